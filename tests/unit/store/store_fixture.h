/* store_fixture.h - a place on the disk for one test, and git's own command
 * line as an independent witness of what stands in it. */
#ifndef UNIT_STORE_FIXTURE_H
#define UNIT_STORE_FIXTURE_H

#include "store/store.h"

/* 2021-01-02 03:04:05.678 UTC */
#define STORE_TEST_MS        1609556645678
/* More than any test needs. */
#define STORE_TEST_BUDGET_MS 60000

struct place {
    char root[256]; /* removed with all below it by place_release() */
    char repo[300];
    char remote[300];
    char other[300]; /* for a second clone */
    struct error err;
};

void place_init(struct place *p);
void place_release(struct place *p);

struct store_options place_options(const char *repo, const char *remote);
/* The test ends here when it cannot be opened. With a remote, clones. */
struct store *place_open(struct place *p, const char *repo, const char *remote);
/* Makes `p->repo` and opens it; `remote` may be NULL. */
struct store *place_start(struct place *p, const char *remote);

/* One commit of one file; `text` NULL removes it, `hex` NULL is fine. Returns
 * the fault. */
enum fault place_put(struct place *p, struct store *s, const char *path,
                     const char *text, char *hex);
/* "" when it cannot be read. */
const char *place_read(struct place *p, struct store *s, const char *path,
                       struct text *out);

/* False, and said aloud, when there is no git to ask. */
bool git_is_there(void);
/* `git -C DIR ARGS...`, the last argument NULL. What it printed goes to `out`
 * without the last line end; returns its exit code. */
int git(const struct place *p, struct text *out, const char *dir, ...)
    __attribute__((sentinel));
/* Nothing broken or missing. */
bool git_finds_no_fault(const struct place *p, const char *dir);

void file_write(const char *dir, const char *name, const char *text);
/* A new empty file, made so many seconds ago. */
void file_lock(const char *dir, const char *name, int64_t age_s);

#endif
