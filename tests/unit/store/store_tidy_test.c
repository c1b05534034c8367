#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_fixture.h"
#include "test.h"

static struct place place;
static struct text said = TEXT_INIT(1 << 20);

static void begin(void)
{
    place_init(&place);
}

static void end(struct store *s)
{
    store_free(s);
    text_release(&said);
    place_release(&place);
}

static const char *git_says(const char *a, const char *b, const char *c,
                            const char *d)
{
    git(&place, &said, place.repo, a, b, c, d, NULL);
    return text_str(&said);
}

static long counted(const char *what)
{
    git(&place, &said, place.repo, "count-objects", "-v", NULL);
    const char *line = strstr(text_str(&said), what);
    return line ? strtol(line + strlen(what), NULL, 10) : -1;
}

static void put_numbered(struct store *s, int i)
{
    char path[64], body[64];
    snprintf(path, sizeof(path), "metrics/BTC/2021/%02d/%02d.yaml", i % 12, i);
    snprintf(body, sizeof(body), "slot: %d\n", i);
    ASSERT_INT(place_put(&place, s, path, body, NULL), FAULT_NONE);
    ASSERT_INT(place_put(&place, s, "latest/BTC.yaml", body, NULL), FAULT_NONE);
}

static void two_hundred_commits_are_sound_and_tidy(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    for (int i = 0; i < 100; i++) {
        put_numbered(s, i);
        if (i % 10 == 9)
            ASSERT_INT(store_tidy(s, &place.err), 0);
    }
    ASSERT_STR(place_read(&place, s, "latest/BTC.yaml", &said), "slot: 99\n");
    ASSERT_STR(place_read(&place, s, "metrics/BTC/2021/03/03.yaml", &said),
               "slot: 3\n");
    if (git_is_there()) {
        ASSERT_STR(git_says("rev-list", "--count", "main", NULL), "200");
        ASSERT(git_finds_no_fault(&place, place.repo));
        ASSERT_INT(counted("count: "), 0);
        ASSERT(counted("packs: ") <= 32 && counted("packs: ") > 0);
        ASSERT_INT(counted("garbage: "), 0);
        ASSERT_INT(counted("prune-packable: "), 0);
    }
    end(s);
}

/* Packs so large that two of them are too many to be searched. */
enum { LARGE = 270000, LARGE_ONES = 26 };

static void put_noise(struct store *s, unsigned i)
{
    static unsigned char noise[LARGE];
    char path[40], hex[STORE_ID_SIZE];
    uint32_t x = i + 1;
    for (size_t k = 0; k < sizeof(noise); k++) {
        x = x * 1664525u + 1013904223u;
        noise[k] = (unsigned char)(x >> 24);
    }
    snprintf(path, sizeof(path), "noise/%02u", i);
    const struct store_change c = { path, (char *)noise, sizeof(noise), false };
    const struct store_batch b = { &c, 1, "noise", STORE_TEST_MS };
    ASSERT_INT(store_commit(s, &b, hex, &place.err), 0);
}

static void expect_all_is_there(struct store *s)
{
    struct text body = TEXT_INIT(LARGE);
    for (unsigned i = 0; i < LARGE_ONES; i++) {
        char path[40];
        snprintf(path, sizeof(path), "noise/%02u", i);
        text_clear(&body);
        ASSERT_INT(store_read(s, path, &body, &place.err), 0);
        ASSERT_INT(body.len, LARGE);
    }
    text_release(&body);
    ASSERT_STR(git_says("rev-list", "--count", "main", NULL), "26");
    ASSERT(git_finds_no_fault(&place, place.repo));
}

static void large_packs_are_joined_as_they_are(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    for (unsigned i = 0; i < LARGE_ONES; i++)
        put_noise(s, i);
    ASSERT_INT(store_tidy(s, &place.err), 0);
    if (git_is_there()) {
        ASSERT_INT(counted("packs: "), 1);
        /* commit, root, noise, blob, 26 times */
        ASSERT_INT(counted("in-pack: "), 104);
        ASSERT_INT(counted("garbage: "), 0);
        expect_all_is_there(s);
    }
    end(s);
}

static void packs_that_share_objects_are_joined_too(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    for (unsigned i = 0; i < LARGE_ONES; i++)
        put_noise(s, i);
    if (git_is_there()) {
        ASSERT_INT(git(&place, &said, place.repo, "repack", "-a", "-q",
                       "--no-write-bitmap-index", NULL),
                   0);
        ASSERT_INT(counted("packs: "), 27);
        ASSERT_INT(counted("in-pack: "), 208);
        ASSERT_INT(store_reload(s, &place.err), 0);
        ASSERT_INT(store_tidy(s, &place.err), 0);
        ASSERT_INT(counted("packs: "), 1);
        ASSERT_INT(counted("in-pack: "), 104);
        ASSERT_INT(counted("garbage: "), 0);
        expect_all_is_there(s);
    }
    end(s);
}

/* Documents of one kind, of which most is the same each time. */
static void put_alike(struct store *s, int i)
{
    char path[64], body[4096];
    size_t n = 0;
    for (int k = 0; n + 40 < sizeof(body); k++)
        n += (size_t)snprintf(body + n, sizeof(body) - n, "key-%d: %d\n", k,
                              (k * 7919 ^ k * k) % 100003 + (k ? 0 : i));
    snprintf(path, sizeof(path), "exits/g/%02d.yaml", i);
    ASSERT_INT(place_put(&place, s, path, body, NULL), FAULT_NONE);
}

static void what_commits_have_in_common_is_kept_once(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    for (int i = 0; i < 25; i++)
        put_alike(s, i);
    if (git_is_there()) {
        ASSERT_INT(counted("packs: "), 25);
        long plain = counted("size-pack: ");
        ASSERT_INT(store_tidy(s, &place.err), 0);
        ASSERT_INT(counted("packs: "), 1);
        /* commit, root, exits, exits/g, blob */
        ASSERT_INT(counted("in-pack: "), 125);
        /* In KiB. A document is 1.5 KiB by itself and 20 bytes as a change. */
        ASSERT(plain > 40 && counted("size-pack: ") < plain / 3);
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

/* Links the files of the packs into another directory. */
static void link_packs(const char *from, const char *to)
{
    char a[1200], b[1200];
    DIR *dir = opendir(from);
    ASSERT_FATAL(dir != NULL);
    mkdir(to, 0755);
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        snprintf(a, sizeof(a), "%.700s/%s", from, e->d_name);
        snprintf(b, sizeof(b), "%.700s/%s", to, e->d_name);
        (void)!link(a, b);
    }
    closedir(dir);
}

/* As after a crash between the joining and the dropping. */
static void what_was_joined_before_is_not_dropped(void)
{
    char packs[400], saved[400];
    begin();
    struct store *s = place_start(&place, NULL);
    snprintf(packs, sizeof(packs), "%s/objects/pack", place.repo);
    snprintf(saved, sizeof(saved), "%s/saved", place.root);
    for (int i = 0; i < 20; i++)
        put_numbered(s, i);
    link_packs(packs, saved);
    ASSERT_INT(store_tidy(s, &place.err), 0);
    link_packs(saved, packs);
    ASSERT_INT(store_tidy(s, &place.err), 0);
    ASSERT_STR(place_read(&place, s, "latest/BTC.yaml", &said), "slot: 19\n");
    if (git_is_there()) {
        ASSERT_INT(counted("packs: "), 1);
        ASSERT_STR(git_says("rev-list", "--count", "main", NULL), "40");
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

static void tidy_leaves_packs_of_others_alone(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    ASSERT_INT(store_tidy(s, &place.err), 0);
    if (git_is_there()) {
        for (int i = 0; i < 20; i++)
            put_numbered(s, i);
        ASSERT_INT(counted("packs: "), 40);
        ASSERT_INT(
            git(&place, &said, place.repo, "multi-pack-index", "write", NULL),
            0);
        ASSERT_INT(store_tidy(s, &place.err), 0);
        ASSERT_INT(counted("packs: "), 40);
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

static void git_may_repack_between_two_commits(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    if (git_is_there()) {
        put_numbered(s, 1);
        ASSERT_INT(git(&place, &said, place.repo, "gc", "-q", NULL), 0);
        ASSERT_INT(store_reload(s, &place.err), 0);
        put_numbered(s, 2);
        ASSERT_STR(place_read(&place, s, "metrics/BTC/2021/01/01.yaml", &said),
                   "slot: 1\n");
        ASSERT_STR(git_says("rev-list", "--count", "main", NULL), "4");
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

void store_tidy_test(void);
void store_tidy_test(void)
{
    TEST_SUITE("store: packs");
    TEST(two_hundred_commits_are_sound_and_tidy);
    TEST(what_commits_have_in_common_is_kept_once);
    TEST(large_packs_are_joined_as_they_are);
    TEST(packs_that_share_objects_are_joined_too);
    TEST(what_was_joined_before_is_not_dropped);
    TEST(tidy_leaves_packs_of_others_alone);
    TEST(git_may_repack_between_two_commits);
}
