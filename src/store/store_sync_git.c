#include "store/store_talk.h"

#include <git2.h>
#include <stdio.h>

static int forget_tracking(struct store *s)
{
    int rc = git_reference_remove(s->repo, s->tracking);
    return rc == GIT_ENOTFOUND ? 0 : rc;
}

static int fetch_connected(struct store *s, git_remote *remote, struct talk *t,
                           bool *has, git_oid *theirs)
{
    char spec[512];
    char *specs[] = { spec };
    git_strarray list = { specs, 1 };
    git_fetch_options o;
    git_fetch_options_init(&o, GIT_FETCH_OPTIONS_VERSION);
    talk_callbacks(t, &o.callbacks);
    o.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
    int rc = store_find_branch(remote, s->ref, has, theirs);
    if (rc || !*has)
        return rc ? rc : forget_tracking(s);
    snprintf(spec, sizeof(spec), "+%s:%s", s->ref, s->tracking);
    rc = git_remote_download(remote, &list, &o);
    return rc ? rc : store_set_tracking(s, theirs);
}

static int fetch(struct store *s, struct talk *t, bool *has, git_oid *theirs)
{
    git_remote *remote = NULL;
    git_remote_callbacks callbacks;
    talk_callbacks(t, &callbacks);
    int rc = store_make_remote(s, &remote);
    if (!rc)
        rc = talk_go_on(t);
    if (!rc)
        rc = git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, NULL,
                                NULL);
    if (!rc)
        rc = talk_go_on(t);
    if (!rc)
        rc = fetch_connected(s, remote, t, has, theirs);
    git_remote_free(remote);
    return rc;
}

static int compare(struct store *s, const git_oid *theirs,
                   enum sync_state *state)
{
    git_oid ours;
    git_oid common;
    if (!s->tip[0]) {
        *state = SYNC_FORWARDED;
        return 0;
    }
    int rc = git_oid_fromstr(&ours, s->tip);
    if (!rc)
        rc = git_merge_base(&common, s->repo, &ours, theirs);
    if (rc && rc != GIT_ENOTFOUND)
        return rc;
    if (git_oid_equal(&ours, theirs))
        *state = SYNC_SAME;
    else if (rc)
        *state = SYNC_DIVERGED;
    else if (git_oid_equal(&common, &ours))
        *state = SYNC_FORWARDED;
    else if (git_oid_equal(&common, theirs))
        *state = SYNC_AHEAD;
    else
        *state = SYNC_DIVERGED;
    return 0;
}

static int settle(struct store *s, const git_oid *theirs,
                  enum sync_state *state, struct error *err)
{
    int rc = compare(s, theirs, state);
    if (rc)
        return store_fail(err, rc, "history of '%s'", s->ref);
    if (*state == SYNC_DIVERGED)
        return error_set(err, FAULT_BUSY,
                         "branch '%s' and remote '%s' have both moved; "
                         "building the own commits again on the new tip is "
                         "not built yet: rebase by hand",
                         s->ref, s->remote);
    if (*state == SYNC_FORWARDED)
        return store_move_branch(s, theirs, "sync", err);
    return 0;
}

int store_sync(struct store *s, int64_t budget_ms, enum sync_state *state,
               struct error *err)
{
    struct talk t;
    git_oid theirs;
    bool has = false;
    *state = s->remote ? SYNC_UNKNOWN : SYNC_NO_REMOTE;
    if (store_reload(s, err))
        return -1;
    if (!s->remote)
        return 0;
    talk_init(&t, s, budget_ms);
    int rc = fetch(s, &t, &has, &theirs);
    if (rc)
        rc = talk_fail(&t, rc, err);
    else if (has)
        rc = settle(s, &theirs, state, err);
    else
        *state = SYNC_EMPTY;
    text_release(&t.said);
    return rc;
}

const char *sync_state_name(enum sync_state state)
{
    static const char *const names[] = {
        [SYNC_UNKNOWN] = "unknown",   [SYNC_NO_REMOTE] = "no-remote",
        [SYNC_SAME] = "same",         [SYNC_FORWARDED] = "forwarded",
        [SYNC_AHEAD] = "ahead",       [SYNC_EMPTY] = "empty",
        [SYNC_DIVERGED] = "diverged",
    };
    return names[state];
}
