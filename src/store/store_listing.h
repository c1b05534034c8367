/* store/store_listing.h - how often libgit2 lists the directory of packs.
 *
 * Before it believes that an object is new it lists it once more, for each
 * object written: most of what a small commit costs. It is enough to list it
 * once before. Should another program add a pack meanwhile, an object may come
 * to be in two packs, which does no harm. A read, though, may then miss what
 * that program moved from one pack to another: who reads while the listing
 * rests tries again with it.
 */
#ifndef STORE_STORE_LISTING_H
#define STORE_STORE_LISTING_H

#include <stddef.h>

struct git_odb_backend;
struct store;

enum { LISTING_ROOM = 4 }; /* the repository's, and alternates of it */

struct listing {
    struct git_odb_backend *backend[LISTING_ROOM];
    int (*refresh[LISTING_ROOM])(struct git_odb_backend *);
    size_t count;
};

/* Lists the packs; 0 or libgit2's code. */
int listing_now(struct store *s);

/* Between the two nothing is listed. What the second does not give back would
 * stay at rest: they stand in one function. */
void listing_rest(struct store *s, struct listing *l);
void listing_resume(struct listing *l);

#endif
