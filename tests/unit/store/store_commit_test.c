#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
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

static void first_commit_needs_no_parent(void)
{
    begin();
    char hex[STORE_ID_SIZE], tip[STORE_ID_SIZE];
    struct store *s = place_start(&place, NULL);
    ASSERT(!store_tip(s, tip));
    ASSERT_STR(tip, "");
    ASSERT_INT(place_put(&place, s, "grids/btc-a.yaml", "id: btc-a\n", hex),
               FAULT_NONE);
    ASSERT(store_tip(s, tip));
    ASSERT_STR(tip, hex);
    if (git_is_there()) {
        ASSERT_STR(git_says("rev-parse", "main", NULL, NULL), hex);
        ASSERT_STR(git_says("rev-list", "--count", "main", NULL), "1");
        ASSERT_STR(git_says("show", "main:grids/btc-a.yaml", NULL, NULL),
                   "id: btc-a");
        ASSERT_STR(git_says("symbolic-ref", "HEAD", NULL, NULL),
                   "refs/heads/main");
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

static int commit_many(struct store *s, const struct store_change *c, size_t n,
                       char hex[STORE_ID_SIZE])
{
    struct store_batch b = { c, n, "many files", STORE_TEST_MS };
    return store_commit(s, &b, hex, &place.err);
}

static void a_batch_adds_overwrites_and_removes_and_leaves_the_rest(void)
{
    begin();
    char hex[STORE_ID_SIZE];
    struct store *s = place_start(&place, NULL);
    const struct store_change before[] = {
        { "README.md", "hello", 5, false },
        { "latest/grids/a.yaml", "one", 3, false },
        { "latest/grids/b.yaml", "two", 3, false },
        { "latest/symbols/x.yaml", "three", 5, false },
        { "state/a.yaml", "four", 4, false },
    };
    const struct store_change after[] = {
        { "state/a.yaml", NULL, 0, true },
        { "latest/grids/b.yaml", "TWO", 3, false },
        { "metrics/BTC-USDT/2021/01/02/0300.yaml", "new", 3, false },
        { "latest/symbols/x.yaml", NULL, 0, true },
        { "latest/grids-old", "beside a directory", 18, false },
    };
    ASSERT_INT(commit_many(s, before, 5, hex), 0);
    ASSERT_INT(commit_many(s, after, 5, hex), 0);
    if (git_is_there()) {
        ASSERT_STR(git_says("ls-tree", "-r", "--name-only", "main"),
                   "README.md\n"
                   "latest/grids-old\n"
                   "latest/grids/a.yaml\n"
                   "latest/grids/b.yaml\n"
                   "metrics/BTC-USDT/2021/01/02/0300.yaml");
        ASSERT_STR(git_says("show", "main:latest/grids/b.yaml", NULL, NULL),
                   "TWO");
        ASSERT_STR(git_says("show", "main:latest/grids/a.yaml", NULL, NULL),
                   "one");
        ASSERT_STR(git_says("show", "main~1:state/a.yaml", NULL, NULL), "four");
        ASSERT_STR(git_says("show", "-s", "--format=%s|%an|%ce", "main"),
                   "many files|Grid Watch|gridwatch@example.org");
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

static void the_last_file_takes_its_directories_with_it(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    bool there = true;
    place_put(&place, s, "a/b/c/file", "x", NULL);
    place_put(&place, s, "z", "x", NULL);
    ASSERT_INT(place_put(&place, s, "a/b/c/file", NULL, NULL), FAULT_NONE);
    ASSERT_INT(store_exists(s, "a", &there, &place.err), 0);
    ASSERT(!there);
    if (git_is_there()) {
        ASSERT_STR(git_says("ls-tree", "-r", "-t", "main"),
                   "100644 blob c1b0730e0133447badcfd47fd144e254807b06e1\tz");
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

static void a_whole_directory_can_be_removed(void)
{
    begin();
    char hex[STORE_ID_SIZE];
    struct store *s = place_start(&place, NULL);
    const struct store_change files[] = {
        { "exits/a/2021/01/01/0000.yaml", "1", 1, false },
        { "exits/a/2021/01/01/0015.yaml", "2", 1, false },
        { "exits/a/2021/01/02/0000.yaml", "3", 1, false },
    };
    ASSERT_INT(commit_many(s, files, 3, hex), 0);
    ASSERT_INT(place_put(&place, s, "exits/a/2021/01/01", NULL, hex),
               FAULT_NONE);
    if (git_is_there()) {
        ASSERT_STR(git_says("ls-tree", "-r", "--name-only", "main"),
                   "exits/a/2021/01/02/0000.yaml");
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

static void what_changes_nothing_makes_no_commit(void)
{
    begin();
    char hex[STORE_ID_SIZE] = "x", tip[STORE_ID_SIZE], now[STORE_ID_SIZE];
    struct store *s = place_start(&place, NULL);
    ASSERT_INT(place_put(&place, s, "absent", NULL, hex), FAULT_NONE);
    ASSERT_STR(hex, "");
    ASSERT(!store_tip(s, tip));
    ASSERT_INT(place_put(&place, s, "a/file", "same", tip), FAULT_NONE);
    ASSERT_INT(place_put(&place, s, "a/file", "same", hex), FAULT_NONE);
    ASSERT_STR(hex, "");
    ASSERT_INT(place_put(&place, s, "a/absent", NULL, hex), FAULT_NONE);
    ASSERT_STR(hex, "");
    ASSERT_INT(commit_many(s, NULL, 0, hex), 0);
    ASSERT_STR(hex, "");
    store_tip(s, now);
    ASSERT_STR(now, tip);
    end(s);
}

static void a_branch_moved_by_another_refuses_the_commit(void)
{
    begin();
    char first[STORE_ID_SIZE], theirs[STORE_ID_SIZE], hex[STORE_ID_SIZE];
    struct store *ours = place_start(&place, NULL);
    struct store *other = place_open(&place, place.repo, NULL);
    ASSERT_INT(place_put(&place, other, "a", "1", first), FAULT_NONE);
    ASSERT_INT(place_put(&place, ours, "b", "1", hex), FAULT_BUSY);
    ASSERT_INT(store_reload(ours, &place.err), 0);
    ASSERT_INT(place_put(&place, other, "a", "2", theirs), FAULT_NONE);
    ASSERT_INT(place_put(&place, ours, "b", "1", hex), FAULT_BUSY);
    ASSERT(strstr(place.err.msg, "moved by somebody else") != NULL);
    ASSERT(store_tip(ours, hex));
    ASSERT_STR(hex, first);
    ASSERT_STR(place_read(&place, ours, "a", &said), "1");
    ASSERT_INT(store_reload(ours, &place.err), 0);
    ASSERT_INT(place_put(&place, ours, "b", "1", hex), FAULT_NONE);
    ASSERT_STR(place_read(&place, ours, "a", &said), "2");
    if (git_is_there())
        ASSERT_STR(git_says("rev-list", "--count", "main", NULL), "3");
    store_free(other);
    end(ours);
}

static void a_locked_branch_says_which_file_to_remove(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    place_put(&place, s, "a", "1", NULL);
    file_write(place.repo, "refs/heads/main.lock", "");
    ASSERT_INT(place_put(&place, s, "a", "2", NULL), FAULT_BUSY);
    ASSERT(strstr(place.err.msg, "refs/heads/main.lock'") != NULL);
    ASSERT_STR(place_read(&place, s, "a", &said), "1");
    end(s);
}

static void the_given_time_is_the_time_of_the_commit(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    place_put(&place, s, "a", "1", NULL);
    if (git_is_there())
        /* %aI is Z to one git and +00:00 to another. */
        ASSERT_STR(git_says("show", "-s", "--format=%at %ct %ai %ci", "main"),
                   "1609556645 1609556645 2021-01-02 03:04:05 +0000 "
                   "2021-01-02 03:04:05 +0000");
    end(s);
}

static void the_same_history_has_the_same_ids(void)
{
    begin();
    char one[STORE_ID_SIZE], two[STORE_ID_SIZE];
    struct store_options o = place_options(place.other, NULL);
    struct store *s = place_start(&place, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0);
    struct store *other = place_open(&place, place.other, NULL);
    for (int i = 0; i < 3; i++) {
        char body[16];
        snprintf(body, sizeof(body), "%d", i);
        place_put(&place, s, "d/a", body, one);
        place_put(&place, other, "d/a", body, two);
        ASSERT_STR(one, two);
    }
    store_free(other);
    end(s);
}

static void bytes_are_kept_as_they_are(void)
{
    begin();
    static const char bytes[] = "\0\r\n\xff\0end without line end";
    char hex[STORE_ID_SIZE], id[STORE_ID_SIZE];
    struct text back = TEXT_INIT(100);
    struct store *s = place_start(&place, NULL);
    const struct store_change c[] = {
        { "raw", bytes, sizeof(bytes), false },
        { "empty", NULL, 0, false },
        { "hello", "hello\n", 6, false },
    };
    ASSERT_INT(commit_many(s, c, 3, hex), 0);
    ASSERT_INT(store_read(s, "raw", &back, &place.err), 0);
    ASSERT_INT(back.len, sizeof(bytes));
    ASSERT(back.len == sizeof(bytes) &&
           memcmp(back.data, bytes, sizeof(bytes)) == 0);
    /* Git's well-known ids of no bytes and of "hello\n". */
    ASSERT_INT(store_blob_id(s, "empty", id, &place.err), 0);
    ASSERT_STR(id, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    ASSERT_INT(store_blob_id(s, "hello", id, &place.err), 0);
    ASSERT_STR(id, "ce013625030ba8dba906f756967f9e9ca394464a");
    ASSERT_INT(store_blob_id_of("hello\n", 6, id, &place.err), 0);
    ASSERT_STR(id, "ce013625030ba8dba906f756967f9e9ca394464a");
    text_release(&back);
    end(s);
}

static void a_path_that_could_do_harm_is_refused(void)
{
    static const char *const bad[] = {
        "",         "/",      "/etc/passwd",   "a//b", "a/",    "..",
        "../x",     "a/../b", "a/..",          ".",    "./a",   "a/.",
        ".git",     ".git/x", "a/.GIT/config", ".Git", "GIT~1", ".git.",
        ".git ",    "a\\b",   "a\nb",          "a\tb", "c:d",   "a\x7f",
        "\xc3\xa9", "dir./x", "what?",         "a*",   "\"a\"", "<a>",
        ".git::$I", "a/b /c", "a|b",
    };
    static const char *const good[] = {
        "a",
        "README.md",
        ".gitignore",
        "a.b/c-d_e/0000.yaml",
        "x y/z",
        "...a",
        "gitty/.github/x",
        "audit/2021/01/02/0304-x-y@z.yaml",
    };
    char longest[STORE_PATH_MAX + 2];
    begin();
    struct store *s = place_start(&place, NULL);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        bool refused = place_put(&place, s, bad[i], "x", NULL) == FAULT_DATA;
        if (!refused)
            printf("    '%s' was taken\n", bad[i]);
        ASSERT(refused);
        ASSERT(strchr(place.err.msg, '\n') == NULL);
    }
    ASSERT(!store_tip(s, longest));
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        ASSERT_INT(place_put(&place, s, good[i], "x", NULL), FAULT_NONE);
    memset(longest, 'a', sizeof(longest));
    longest[STORE_PATH_MAX + 1] = '\0';
    ASSERT_INT(place_put(&place, s, longest, "x", NULL), FAULT_DATA);
    longest[STORE_PATH_MAX] = '\0';
    ASSERT_INT(place_put(&place, s, longest, "x", NULL), FAULT_NONE);
    if (git_is_there())
        ASSERT(git_finds_no_fault(&place, place.repo));
    end(s);
}

static void a_batch_that_contradicts_itself_is_refused(void)
{
    begin();
    char hex[STORE_ID_SIZE];
    struct store *s = place_start(&place, NULL);
    const struct store_change twice[] = {
        { "a", "1", 1, false },
        { "b", "1", 1, false },
        { "a", NULL, 0, true },
    };
    const struct store_change inside[] = {
        { "a/b", "1", 1, false },
        { "a-b", "1", 1, false },
        { "a", "1", 1, false },
    };
    ASSERT_INT(commit_many(s, twice, 3, hex), -1);
    ASSERT_STR(place.err.msg, "path 'a' stands twice in one batch");
    ASSERT_INT(commit_many(s, inside, 3, hex), -1);
    ASSERT_STR(place.err.msg,
               "path 'a/b' is inside 'a', which stands in the same batch");
    ASSERT_INT(place.err.fault, FAULT_DATA);
    ASSERT(!store_tip(s, hex));
    end(s);
}

static void a_file_does_not_replace_a_directory(void)
{
    begin();
    char tip[STORE_ID_SIZE], now[STORE_ID_SIZE];
    struct store *s = place_start(&place, NULL);
    ASSERT_INT(place_put(&place, s, "a/b", "1", tip), FAULT_NONE);
    ASSERT_INT(place_put(&place, s, "a", "1", NULL), FAULT_DATA);
    ASSERT_INT(place_put(&place, s, "a/b/c", "1", NULL), FAULT_DATA);
    store_tip(s, now);
    ASSERT_STR(now, tip);
    ASSERT_INT(place_put(&place, s, "a/c", "1", NULL), FAULT_NONE);
    end(s);
}

static long counted(const char *what)
{
    git(&place, &said, place.repo, "count-objects", "-v", NULL);
    const char *line = strstr(text_str(&said), what);
    return line ? strtol(line + strlen(what), NULL, 10) : -1;
}

static void a_commit_is_one_pack_of_just_its_own_objects(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    place_put(&place, s, "a/b/one", "1", NULL);
    place_put(&place, s, "c/two", "2", NULL);
    if (git_is_there()) {
        ASSERT_INT(counted("count: "), 0);
        ASSERT_INT(counted("packs: "), 2);
        /* commit, root, a, a/b, blob; then commit, root, c, blob */
        ASSERT_INT(counted("in-pack: "), 9);
        ASSERT_INT(place_put(&place, s, "a/b", "3", NULL), FAULT_DATA);
        ASSERT_INT(place_put(&place, s, "c/two", "2", NULL), FAULT_NONE);
        ASSERT_INT(counted("in-pack: "), 9);
        ASSERT_INT(counted("count: "), 0);
        ASSERT_INT(counted("garbage: "), 0);
        ASSERT_INT(place_put(&place, s, "c/two", "22", NULL), FAULT_NONE);
        ASSERT_INT(counted("in-pack: "), 13);
        /* Back to what it was: only the commit is new. */
        ASSERT_INT(place_put(&place, s, "c/two", "2", NULL), FAULT_NONE);
        ASSERT_INT(counted("in-pack: "), 14);
    }
    end(s);
}

static void a_refused_commit_leaves_nothing_behind(void)
{
    begin();
    struct store *s = place_start(&place, NULL);
    struct store *other = place_open(&place, place.repo, NULL);
    place_put(&place, other, "a", "1", NULL);
    ASSERT_INT(place_put(&place, s, "b", "1", NULL), FAULT_BUSY);
    if (git_is_there()) {
        ASSERT_INT(counted("in-pack: "), 3);
        ASSERT_INT(counted("count: "), 0);
    }
    store_free(other);
    end(s);
}

static void a_commit_survives_reopening_with_fsync(void)
{
    begin();
    struct store_options o = place_options(place.repo, NULL);
    struct store *s = place_start(&place, NULL);
    store_free(s);
    o.fsync = true;
    ASSERT_INT(store_open(&o, &s, &place.err), 0);
    ASSERT_INT(place_put(&place, s, "a", "1", NULL), FAULT_NONE);
    store_free(s);
    s = place_open(&place, place.repo, NULL);
    ASSERT_STR(place_read(&place, s, "a", &said), "1");
    end(s);
}

void store_commit_test(void);
void store_commit_test(void)
{
    TEST_SUITE("store: commits");
    TEST(first_commit_needs_no_parent);
    TEST(a_batch_adds_overwrites_and_removes_and_leaves_the_rest);
    TEST(the_last_file_takes_its_directories_with_it);
    TEST(a_whole_directory_can_be_removed);
    TEST(what_changes_nothing_makes_no_commit);
    TEST(a_branch_moved_by_another_refuses_the_commit);
    TEST(a_locked_branch_says_which_file_to_remove);
    TEST(the_given_time_is_the_time_of_the_commit);
    TEST(the_same_history_has_the_same_ids);
    TEST(bytes_are_kept_as_they_are);
    TEST(a_path_that_could_do_harm_is_refused);
    TEST(a_batch_that_contradicts_itself_is_refused);
    TEST(a_file_does_not_replace_a_directory);
    TEST(a_commit_is_one_pack_of_just_its_own_objects);
    TEST(a_refused_commit_leaves_nothing_behind);
    TEST(a_commit_survives_reopening_with_fsync);
}
