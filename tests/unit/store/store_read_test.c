#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "store_fixture.h"
#include "test.h"

static struct place place;
static struct text said = TEXT_INIT(1 << 20);

static struct store *begin(void)
{
    place_init(&place);
    return place_start(&place, NULL);
}

static void end(struct store *s)
{
    store_free(s);
    text_release(&said);
    place_release(&place);
}

static void an_empty_branch_has_nothing(void)
{
    char hex[STORE_ID_SIZE] = "x";
    bool there = true;
    struct store *s = begin();
    ASSERT_INT(store_read(s, "a", &said, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_MISSING);
    ASSERT_STR(place.err.msg, "there is no file 'a': the branch has no commit");
    ASSERT_INT(store_exists(s, "a", &there, &place.err), 0);
    ASSERT(!there);
    ASSERT_INT(store_blob_id(s, "a", hex, &place.err), -1);
    ASSERT_STR(hex, "");
    ASSERT_INT(store_last_commit_of(s, "a", hex, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_MISSING);
    end(s);
}

static void what_is_not_a_file_is_missing(void)
{
    bool there = false;
    struct store *s = begin();
    place_put(&place, s, "a/b", "1", NULL);
    static const char *const absent[] = { "a", "a/c", "a/b/c", "b", "A/b" };
    for (size_t i = 0; i < ARRAY_LEN(absent); i++) {
        ASSERT_INT(store_read(s, absent[i], &said, &place.err), -1);
        ASSERT_INT(place.err.fault, FAULT_MISSING);
    }
    ASSERT_INT(store_exists(s, "a", &there, &place.err), 0);
    ASSERT(there);
    ASSERT_INT(store_exists(s, "a/b", &there, &place.err), 0);
    ASSERT(there);
    ASSERT_INT(store_exists(s, "a/b/c", &there, &place.err), 0);
    ASSERT(!there);
    ASSERT_INT(store_exists(s, "../a", &there, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_DATA);
    ASSERT_INT(said.len, 0);
    end(s);
}

static void a_file_longer_than_the_limit_is_refused(void)
{
    struct text small = TEXT_INIT(4);
    struct store *s = begin();
    place_put(&place, s, "five", "12345", NULL);
    place_put(&place, s, "four", "1234", NULL);
    ASSERT_INT(store_read(s, "five", &small, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_DATA);
    ASSERT_STR(place.err.msg, "file 'five': its 5 bytes are more than the 4 "
                              "that may be read");
    ASSERT_INT(store_read(s, "four", &small, &place.err), 0);
    ASSERT_STR(text_str(&small), "1234");
    text_release(&small);
    end(s);
}

static int note_entry(const struct store_entry *e, void *store,
                      struct error *err)
{
    (void)err;
    text_printf(&said, "%s|%s|%s|%zu", e->path, e->name,
                e->is_dir ? "dir" : "file", e->size);
    if (store && !e->is_dir) {
        text_puts(&said, "|");
        if (store_read(store, e->path, &said, err))
            return -1;
    }
    text_puts(&said, "\n");
    return 0;
}

static void fill(struct store *s)
{
    static const char *const paths[] = { "a/b/one",  "a/b-two", "a/b0",
                                         "a/b.yaml", "z",       "a/b/c/three" };
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        ASSERT_INT(place_put(&place, s, paths[i], paths[i], NULL), FAULT_NONE);
}

static const char *listed(struct store *s, const char *dir)
{
    text_clear(&said);
    ASSERT_INT(store_list(s, dir, note_entry, NULL, &place.err), 0);
    return text_str(&said);
}

static void a_list_is_one_level(void)
{
    struct store *s = begin();
    ASSERT_STR(listed(s, ""), "");
    fill(s);
    ASSERT_STR(listed(s, ""), "a|a|dir|0\nz|z|file|0\n");
    ASSERT_STR(listed(s, "a"), "a/b-two|b-two|file|0\n"
                               "a/b.yaml|b.yaml|file|0\n"
                               "a/b|b|dir|0\n"
                               "a/b0|b0|file|0\n");
    ASSERT_STR(listed(s, "a/b/c"), "a/b/c/three|three|file|0\n");
    ASSERT_STR(listed(s, "absent/dir"), "");
    ASSERT_INT(store_list(s, "z", note_entry, NULL, &place.err), -1);
    ASSERT_STR(place.err.msg, "'z' is not a directory");
    ASSERT_INT(store_list(s, "a/", note_entry, NULL, &place.err), -1);
    end(s);
}

static const char *walked(struct store *s, const char *dir, struct store *read)
{
    text_clear(&said);
    ASSERT_INT(store_walk(s, dir, note_entry, read, &place.err), 0);
    return text_str(&said);
}

static void a_walk_is_every_file_in_path_order(void)
{
    struct store *s = begin();
    ASSERT_STR(walked(s, "", s), "");
    fill(s);
    ASSERT_STR(walked(s, "", s), "a/b-two|b-two|file|7|a/b-two\n"
                                 "a/b.yaml|b.yaml|file|8|a/b.yaml\n"
                                 "a/b/c/three|three|file|11|a/b/c/three\n"
                                 "a/b/one|one|file|7|a/b/one\n"
                                 "a/b0|b0|file|4|a/b0\n"
                                 "z|z|file|1|z\n");
    ASSERT_STR(walked(s, "a/b", NULL), "a/b/c/three|three|file|11\n"
                                       "a/b/one|one|file|7\n");
    ASSERT_STR(walked(s, "absent", NULL), "");
    end(s);
}

static int stop_at_second(const struct store_entry *e, void *seen,
                          struct error *err)
{
    int *n = seen;
    return ++*n == 2 ? error_set(err, FAULT_STALE, "enough at '%s'", e->path)
                     : 0;
}

static void a_visitor_can_end_the_listing(void)
{
    int seen = 0;
    struct store *s = begin();
    fill(s);
    ASSERT_INT(store_walk(s, "", stop_at_second, &seen, &place.err), -1);
    ASSERT_INT(seen, 2);
    ASSERT_INT(place.err.fault, FAULT_STALE);
    ASSERT_STR(place.err.msg, "enough at 'a/b.yaml'");
    seen = 0;
    ASSERT_INT(store_list(s, "a", stop_at_second, &seen, &place.err), -1);
    ASSERT_INT(seen, 2);
    ASSERT_STR(place.err.msg, "enough at 'a/b.yaml'");
    end(s);
}

static void an_older_revision_can_be_read(void)
{
    char one[STORE_ID_SIZE], two[STORE_ID_SIZE];
    struct text out = TEXT_INIT(100);
    struct store *s = begin();
    place_put(&place, s, "d/a", "first", one);
    place_put(&place, s, "d/a", "second", two);
    place_put(&place, s, "d/a", NULL, NULL);
    ASSERT_INT(store_read_at(s, one, "d/a", &out, &place.err), 0);
    ASSERT_INT(store_read_at(s, two, "d/a", &out, &place.err), 0);
    ASSERT_STR(text_str(&out), "firstsecond");
    ASSERT_INT(store_read(s, "d/a", &out, &place.err), -1);
    static const char *const bad[] = {
        "HEAD", "main", "1234", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        ASSERT_INT(store_read_at(s, bad[i], "d/a", &out, &place.err), -1);
        ASSERT_INT(place.err.fault, FAULT_DATA);
    }
    ASSERT_INT(store_read_at(s, "0123456789012345678901234567890123456789",
                             "d/a", &out, &place.err),
               -1);
    ASSERT_INT(place.err.fault, FAULT_MISSING);
    text_release(&out);
    end(s);
}

static void the_last_commit_of_a_file_is_the_one_that_changed_it(void)
{
    char root[STORE_ID_SIZE], a[STORE_ID_SIZE], hex[STORE_ID_SIZE];
    struct store *s = begin();
    place_put(&place, s, "grids/root", "1", root);
    place_put(&place, s, "grids/a", "1", NULL);
    place_put(&place, s, "grids/a", "2", a);
    for (int i = 0; i < 5; i++)
        place_put(&place, s, "other", i % 2 ? "odd" : "even", NULL);
    place_put(&place, s, "grids/b", "1", NULL);
    ASSERT_INT(store_last_commit_of(s, "grids/a", hex, &place.err), 0);
    ASSERT_STR(hex, a);
    ASSERT_INT(store_last_commit_of(s, "grids/root", hex, &place.err), 0);
    ASSERT_STR(hex, root);
    ASSERT_INT(store_last_commit_of(s, "grids", hex, &place.err), -1);
    ASSERT_STR(hex, "");
    if (git_is_there()) {
        git(&place, &said, place.repo, "log", "-1", "--format=%H", "main", "--",
            "grids/a", NULL);
        ASSERT_STR(text_str(&said), a);
        git(&place, &said, place.repo, "rev-parse", "main:grids/a", NULL);
        store_blob_id(s, "grids/a", hex, &place.err);
        ASSERT_STR(hex, text_str(&said));
    }
    end(s);
}

/* The operator's phone, or anything else that speaks git. */
static void commit_with_git(const char *clone)
{
    file_write(clone, "by-hand", "edited\n");
    git(&place, &said, clone, "add", ".", NULL);
    ASSERT_INT(git(&place, &said, clone, "commit", "-q", "-m", "x", NULL), 0);
    ASSERT_INT(git(&place, &said, clone, "push", "-q", "origin", "HEAD", NULL),
               0);
}

static void what_git_wrote_can_be_read(void)
{
    struct store *s = begin();
    place_put(&place, s, "a/b", "1", NULL);
    if (git_is_there()) {
        git(&place, &said, place.root, "clone", "-q", place.repo, place.other,
            NULL);
        commit_with_git(place.other);
        git(&place, &said, place.repo, "pack-refs", "--all", NULL);
        ASSERT_STR(place_read(&place, s, "by-hand", &said), "");
        ASSERT_INT(store_reload(s, &place.err), 0);
        ASSERT_STR(place_read(&place, s, "by-hand", &said), "edited\n");
        ASSERT_STR(place_read(&place, s, "a/b", &said), "1");
        ASSERT_INT(place_put(&place, s, "a/b", "2", NULL), FAULT_NONE);
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

void store_read_test(void);
void store_read_test(void)
{
    TEST_SUITE("store: reading");
    TEST(an_empty_branch_has_nothing);
    TEST(what_is_not_a_file_is_missing);
    TEST(a_file_longer_than_the_limit_is_refused);
    TEST(a_list_is_one_level);
    TEST(a_walk_is_every_file_in_path_order);
    TEST(a_visitor_can_end_the_listing);
    TEST(an_older_revision_can_be_read);
    TEST(the_last_commit_of_a_file_is_the_one_that_changed_it);
    TEST(what_git_wrote_can_be_read);
}
