#include "store/store_listing.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include "store/store_internal.h"

int listing_now(struct store *s)
{
    git_odb *odb = NULL;
    int rc = git_repository_odb(&odb, s->repo);
    if (!rc)
        rc = git_odb_refresh(odb);
    git_odb_free(odb);
    return rc;
}

void listing_rest(struct store *s, struct listing *l)
{
    git_odb *odb = NULL;
    l->count = 0;
    size_t n = 0;
    if (git_repository_odb(&odb, s->repo) == 0)
        n = git_odb_num_backends(odb);
    for (size_t i = 0; i < n && l->count < LISTING_ROOM; i++) {
        git_odb_backend *b = NULL;
        if (git_odb_get_backend(&b, odb, i) || !b->refresh)
            continue;
        l->backend[l->count] = b;
        l->refresh[l->count++] = b->refresh;
        b->refresh = NULL;
    }
    git_odb_free(odb);
}

void listing_resume(struct listing *l)
{
    for (size_t i = 0; i < l->count; i++)
        l->backend[i]->refresh = l->refresh[i];
    l->count = 0;
}
