/* One commit of changes, on the tip seen; how it is made stands in
 * store_batch_git.c and store_draft_git.c. */
#include <git2.h>
#include <git2/sys/mempack.h>
#include <string.h>

#include "store/store_draft.h"
#include "sys/fault_point.h"

/* Before anything is written; store_move_branch() looks again. */
static int check_not_moved(struct store *s, struct error *err)
{
    char seen[STORE_ID_SIZE];
    memcpy(seen, s->tip, sizeof(seen));
    if (store_reload(s, err))
        return -1;
    bool moved = strcmp(seen, s->tip) != 0;
    memcpy(s->tip, seen, sizeof(seen));
    if (moved)
        return error_set(err, FAULT_BUSY,
                         "branch '%s' was moved by somebody else; read it "
                         "again and build the changes anew",
                         s->ref);
    return 0;
}

static int finish(struct store *s, const struct store_draft *d,
                  struct error *err)
{
    git_oid id;
    struct new_objects *pack = new_objects_begin(s);
    if (store_pack_draft(pack, d, err)) {
        new_objects_free(pack);
        return -1;
    }
    FAULT_POINT("commit-made");
    if (store_pack_end(pack, err))
        return -1;
    FAULT_POINT("commit-packed");
    int rc = git_oid_fromstr(&id, d->commit);
    rc = rc ? store_fail(err, rc, "commit")
            : store_move_branch(s, &id, "commit", err);
    FAULT_POINT("commit-moved");
    return rc;
}

int store_commit(struct store *s, const struct store_batch *batch,
                 char hex[STORE_ID_SIZE], struct error *err)
{
    struct store_draft d = { .count = 0 };
    hex[0] = '\0';
    if (check_not_moved(s, err))
        return -1;
    memcpy(d.parent, s->tip, sizeof(d.parent));
    FAULT_POINT("commit-begin");
    int rc = store_draft_batch(s, batch, &d, err);
    if (!rc && d.commit[0])
        rc = finish(s, &d, err);
    if (!rc)
        memcpy(hex, d.commit, STORE_ID_SIZE);
    git_mempack_reset(s->fresh);
    store_draft_release(&d);
    return rc;
}
