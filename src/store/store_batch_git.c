/* A batch of changes as a draft: what they say becomes content, in the order
 * that a tree is made in. */
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_draft.h"
#include "store/store_listing.h"
#include "sys/xmalloc.h"

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

static int sort_changes(const struct store_batch *batch,
                        const struct store_change **sorted, struct error *err)
{
    size_t n = batch->count;
    for (size_t i = 0; i < n; i++) {
        sorted[i] = &batch->changes[i];
        if (store_path_check(sorted[i]->path, err))
            return -1;
    }
    qsort(sorted, n, sizeof(*sorted), by_path);
    for (size_t i = 1; i < n; i++)
        if (check_pair(sorted[i - 1]->path, sorted[i]->path, err))
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

static int make_blobs(struct store *s, const struct store_change **sorted,
                      struct store_draft *d, struct error *err)
{
    for (size_t i = 0; i < d->count; i++) {
        d->puts[i].path = sorted[i]->path;
        if (!sorted[i]->remove && make_blob(s, sorted[i], d->puts[i].blob, err))
            return -1;
    }
    return 0;
}

static int make_puts(struct store *s, const struct store_change **sorted,
                     struct store_draft *d, struct error *err)
{
    struct listing rest;
    int rc = listing_now(s);
    if (rc)
        return store_fail(err, rc, "packs of '%s'", s->path);
    listing_rest(s, &rest);
    rc = make_blobs(s, sorted, d, err);
    listing_resume(&rest);
    return rc;
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

int store_draft_batch(struct store *s, const struct store_batch *batch,
                      struct store_draft *d, struct error *err)
{
    const struct store_change **sorted =
        xcalloc(batch->count + 1, sizeof(*sorted));
    d->puts = xcalloc(batch->count + 1, sizeof(*d->puts));
    d->count = batch->count;
    int rc = sort_changes(batch, sorted, err);
    if (!rc)
        rc = make_puts(s, sorted, d, err);
    if (!rc)
        rc = store_draft_tree(s, d, err);
    if (!rc && !store_draft_changes_nothing(d))
        rc = make_commit(s, batch, d, err);
    free(sorted);
    return rc;
}
