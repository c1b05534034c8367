#include "store/store_talk.h"

#include <git2.h>
#include <stdio.h>
#include <string.h>

static int push_ref(struct store *s, struct talk *t)
{
    char spec[512];
    char *specs[] = { spec };
    git_strarray list = { specs, 1 };
    git_remote *remote = NULL;
    git_push_options o;
    git_push_options_init(&o, GIT_PUSH_OPTIONS_VERSION);
    talk_callbacks(t, &o.callbacks);
    snprintf(spec, sizeof(spec), "%s:%s", s->ref, s->ref);
    int rc = store_make_remote(s, &remote);
    if (!rc)
        rc = talk_go_on(t);
    if (!rc)
        rc = git_remote_push(remote, &list, &o);
    git_remote_free(remote);
    return rc;
}

int store_push(struct store *s, int64_t budget_ms, struct error *err)
{
    struct talk t;
    git_oid sent;
    if (!s->remote)
        return 0;
    int rc = git_reference_name_to_id(&sent, s->repo, s->ref);
    if (rc)
        return rc == GIT_ENOTFOUND ? 0
                                   : store_fail(err, rc, "branch '%s'", s->ref);
    talk_init(&t, s, budget_ms);
    rc = push_ref(s, &t);
    if (rc || t.refused)
        rc = talk_fail(&t, rc, err);
    else if ((rc = store_set_tracking(s, &sent)) != 0)
        rc = store_fail(err, rc, "branch '%s'", s->tracking);
    text_release(&t.said);
    return rc;
}

int store_push_owed(struct store *s, bool *owed, struct error *err)
{
    git_oid id;
    char hex[STORE_ID_SIZE] = "";
    *owed = false;
    if (!s->remote)
        return 0;
    int rc = git_reference_name_to_id(&id, s->repo, s->tracking);
    if (rc && rc != GIT_ENOTFOUND)
        return store_fail(err, rc, "branch '%s'", s->tracking);
    if (!rc)
        git_oid_tostr(hex, sizeof(hex), &id);
    *owed = s->tip[0] && strcmp(hex, s->tip) != 0;
    return 0;
}
