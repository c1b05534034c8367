/* tests/unit/store/two_clones.h - two clones of one remote. */
#ifndef STORE_TWO_CLONES_H
#define STORE_TWO_CLONES_H

#include <stdio.h>
#include <string.h>

#include "store_fixture.h"
#include "test.h"

static struct place place;
static struct text said = TEXT_INIT(1 << 20);
static struct store *ours, *theirs;

static inline enum sync_state sync_of(struct store *s)
{
    enum sync_state state = SYNC_UNKNOWN;
    store_sync(s, STORE_TEST_BUDGET_MS, &state, &place.err);
    return state;
}

static inline int push(struct store *s)
{
    return store_push(s, STORE_TEST_BUDGET_MS, &place.err);
}

/* Two clones of one remote with one commit in it. */
static inline void begin(void)
{
    place_init(&place);
    ASSERT_INT(store_create_remote(place.remote, NULL, &place.err), 0);
    ours = place_start(&place, place.remote);
    place_put(&place, ours, "both", "0", NULL);
    ASSERT_INT(push(ours), 0);
    theirs = place_open(&place, place.other, place.remote);
}

static inline void end(void)
{
    if (git_is_there()) {
        ASSERT(git_finds_no_fault(&place, place.repo));
        ASSERT(git_finds_no_fault(&place, place.remote));
    }
    store_free(theirs);
    store_free(ours);
    theirs = ours = NULL;
    text_release(&said);
    place_release(&place);
}

static inline void they_put(const char *path, const char *text)
{
    ASSERT_INT(place_put(&place, theirs, path, text, NULL), FAULT_NONE);
    ASSERT_INT(push(theirs), 0);
}

static inline void we_put(const char *path, const char *text)
{
    ASSERT_INT(place_put(&place, ours, path, text, NULL), FAULT_NONE);
}

static inline const char *we_have(const char *path)
{
    return place_read(&place, ours, path, &said);
}

static inline const char *git_says(const char *dir, const char *a,
                                   const char *b, const char *c)
{
    git(&place, &said, dir, a, b, c, NULL);
    return text_str(&said);
}

/* Over there, by hand: what git just printed becomes the remote's branch. */
static inline void they_force(void)
{
    char spec[80];
    snprintf(spec, sizeof(spec), "%.40s:main", text_str(&said));
    ASSERT_INT(git(&place, &said, place.other, "push", "-q", "-f", place.remote,
                   spec, NULL),
               0);
}

static struct store_rebuilt rebuilt;

static inline enum fault rebuild(store_keep *keep, void *payload)
{
    const struct store_rules rules = { keep, NULL, payload };
    return store_rebuild(ours, &rules, &rebuilt, &place.err) ? place.err.fault
                                                             : FAULT_NONE;
}

#endif
