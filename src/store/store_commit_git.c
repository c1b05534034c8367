/* One commit of changes, on the tip seen; how it is made stands in
 * store_draft_git.c. */
#include <git2.h>
#include <git2/sys/mempack.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_draft.h"
#include "store/store_listing.h"
#include "sys/fault_point.h"
#include "sys/xmalloc.h"

struct changes {
    const struct store_batch *batch;
    const struct store_change **sorted;
    struct store_put *puts;
};

static int rank(char c)
{
    return c == '/' ? 1 : (unsigned char)c;
}

/* Puts a directory right before what is inside it. */
static int by_path(const void *a, const void *b)
{
    const char *x = (*(const struct store_change *const *)a)->path;
    const char *y = (*(const struct store_change *const *)b)->path;
    while (*x && *x == *y) {
        x++;
        y++;
    }
    return rank(*x) - rank(*y);
}

static int check_pair(const char *outer, const char *inner, struct error *err)
{
    size_t len = strlen(outer);
    if (strcmp(outer, inner) == 0)
        return error_set(err, FAULT_DATA, "path '%s' stands twice in one batch",
                         inner);
    if (strncmp(outer, inner, len) == 0 && inner[len] == '/')
        return error_set(err, FAULT_DATA,
                         "path '%s' is inside '%s', which stands in the same "
                         "batch",
                         inner, outer);
    return 0;
}

static int sort_changes(struct changes *c, struct error *err)
{
    size_t n = c->batch->count;
    c->sorted = xcalloc(n, sizeof(*c->sorted));
    for (size_t i = 0; i < n; i++) {
        c->sorted[i] = &c->batch->changes[i];
        if (store_path_check(c->sorted[i]->path, err))
            return -1;
    }
    qsort(c->sorted, n, sizeof(*c->sorted), by_path);
    for (size_t i = 1; i < n; i++)
        if (check_pair(c->sorted[i - 1]->path, c->sorted[i]->path, err))
            return -1;
    return 0;
}

static int make_blob(struct store *s, const struct store_change *c,
                     char hex[STORE_ID_SIZE], struct error *err)
{
    git_oid id;
    int rc = git_blob_create_from_buffer(&id, s->repo, c->len ? c->data : "",
                                         c->len);
    if (rc)
        return store_fail(err, rc, "file '%s'", c->path);
    git_oid_tostr(hex, STORE_ID_SIZE, &id);
    return 0;
}

static int make_blobs(struct store *s, struct changes *c, struct error *err)
{
    c->puts = xcalloc(c->batch->count + 1, sizeof(*c->puts));
    for (size_t i = 0; i < c->batch->count; i++) {
        c->puts[i].path = c->sorted[i]->path;
        if (!c->sorted[i]->remove &&
            make_blob(s, c->sorted[i], c->puts[i].blob, err))
            return -1;
    }
    return 0;
}

static int make_puts(struct store *s, struct changes *c, struct error *err)
{
    struct listing rest;
    int rc = listing_now(s);
    if (rc)
        return store_fail(err, rc, "packs of '%s'", s->path);
    listing_rest(s, &rest);
    rc = make_blobs(s, c, err);
    listing_resume(&rest);
    return rc;
}

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

static int make_commit(struct store *s, const struct store_batch *batch,
                       struct store_draft *d, struct error *err)
{
    git_signature *who = NULL;
    int rc = git_signature_new(&who, s->author_name, s->author_email,
                               batch->when_ms / 1000, 0);
    rc = rc ? store_fail(err, rc, "author of a commit")
            : store_draft_commit(s, d, who, who, batch->message, err);
    git_signature_free(who);
    return rc;
}

static int finish(struct store *s, const struct store_batch *batch,
                  struct store_draft *d, struct error *err)
{
    git_oid id;
    if (make_commit(s, batch, d, err))
        return -1;
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

static int commit_changes(struct store *s, struct changes *c,
                          char hex[STORE_ID_SIZE], struct error *err)
{
    struct store_draft d = { .count = c->batch->count };
    memcpy(d.parent, s->tip, sizeof(d.parent));
    FAULT_POINT("commit-begin");
    int rc = make_puts(s, c, err);
    d.puts = c->puts;
    if (!rc)
        rc = store_draft_tree(s, &d, err);
    if (!rc && !store_draft_changes_nothing(&d)) {
        rc = finish(s, c->batch, &d, err);
        if (!rc)
            memcpy(hex, d.commit, STORE_ID_SIZE);
    }
    git_mempack_reset(s->fresh);
    store_draft_release(&d);
    return rc;
}

int store_commit(struct store *s, const struct store_batch *batch,
                 char hex[STORE_ID_SIZE], struct error *err)
{
    struct changes c = { .batch = batch };
    hex[0] = '\0';
    int rc = sort_changes(&c, err);
    if (!rc)
        rc = check_not_moved(s, err);
    if (!rc)
        rc = commit_changes(s, &c, hex, err);
    free(c.puts);
    free(c.sorted);
    return rc;
}
