#include <git2.h>
#include <stdio.h>
#include <string.h>

#include "store/store_talk.h"
#include "sys/fault_point.h"

int store_push(struct store *s, int64_t budget_ms, struct error *err)
{
    struct heard h;
    git_oid sent;
    if (!s->remote)
        return 0;
    int rc = git_reference_name_to_id(&sent, s->repo, s->ref);
    if (rc)
        return rc == GIT_ENOTFOUND ? 0
                                   : store_fail(err, rc, "branch '%s'", s->ref);
    FAULT_POINT("push-begin");
    talk(s, TALK_PUSH, budget_ms, &h);
    if (!heard_good(&h))
        return heard_fail(s, &h, err);
    FAULT_POINT("push-taken");
    return store_set_tracking(s, &sent, err) || store_agreed(s, err) ? -1 : 0;
}

int store_push_owed(struct store *s, bool *owed, struct error *err)
{
    char hex[STORE_ID_SIZE];
    *owed = false;
    if (!s->remote)
        return 0;
    if (store_tracking(s, hex, err))
        return -1;
    *owed = s->tip[0] && strcmp(hex, s->tip) != 0;
    return 0;
}
