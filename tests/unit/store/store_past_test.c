/* What left the tip is found again, with git's own words as the witness. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "store_fixture.h"
#include "test.h"

/* 2021-01-30 00:00 UTC */
#define DAY0 INT64_C(1611964800000)

static struct place place;
static struct text said = TEXT_INIT(1 << 20);

/* `text` NULL removes. */
static void put(struct store *s, const char *message, int64_t when_ms,
                const char *path, const char *text)
{
    char hex[STORE_ID_SIZE];
    struct store_change c = { path, text, text ? strlen(text) : 0, !text };
    const struct store_batch b = { &c, 1, message, when_ms };
    ASSERT_INT(store_commit(s, &b, hex, &place.err), 0);
    ASSERT(hex[0] != '\0');
}

/* Four days of two files; the first two days leave. "b" stays for ever, "c" is
 * taken away by somebody who is no retention. */
static struct store *begin(void)
{
    static const char *const days[] = { "01", "02", "03", "04" };
    struct store *s;
    char path[40];
    place_init(&place);
    s = place_start(&place, NULL);
    put(s, "b", DAY0, "b", "stays");
    put(s, "c", DAY0, "c", "by hand");
    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        snprintf(path, sizeof(path), "a/x/%s/1.yaml", days[i]);
        put(s, "run", DAY0 + (int64_t)i * MS_PER_DAY, path, days[i]);
        snprintf(path, sizeof(path), "a/y/%s/1.yaml", days[i]);
        put(s, "run", DAY0 + (int64_t)i * MS_PER_DAY + 1000, path, days[i]);
    }
    put(s, "cleaned", DAY0 + 4 * MS_PER_DAY, "c", NULL);
    put(s, STORE_LEAVE "day 1 of x", DAY0 + 4 * MS_PER_DAY, "a/x/01", NULL);
    put(s, STORE_LEAVE "day 1 of y", DAY0 + 4 * MS_PER_DAY, "a/y/01", NULL);
    put(s, STORE_LEAVE "day 2 of x", DAY0 + 5 * MS_PER_DAY, "a/x/02", NULL);
    return s;
}

static void end(struct store *s)
{
    store_free(s);
    text_release(&said);
    place_release(&place);
}

static const char *past(struct store *s, const char *path, int64_t since_ms)
{
    text_clear(&said);
    if (store_read_past(s, path, since_ms, &said, &place.err))
        return place.err.fault == FAULT_MISSING ? "missing" : "fails";
    return text_str(&said);
}

static void a_file_that_left_is_read(void)
{
    struct store *s = begin();
    ASSERT_STR(place_read(&place, s, "a/x/01/1.yaml", &said), "");
    ASSERT_STR(past(s, "a/x/01/1.yaml", DAY0), "01");
    ASSERT_STR(past(s, "a/y/01/1.yaml", DAY0), "01");
    ASSERT_STR(past(s, "a/x/02/1.yaml", DAY0), "02");
    ASSERT_STR(past(s, "a/x/03/1.yaml", DAY0), "missing"); /* stands */
    ASSERT_STR(past(s, "a/x/05/1.yaml", DAY0), "missing"); /* never was */
    ASSERT_STR(past(s, "c", DAY0), "missing"); /* no retention took it */
    ASSERT_STR(past(s, "../c", DAY0), "fails");
    end(s);
}

static void what_came_again_is_read_as_it_was_last(void)
{
    struct store *s = begin();
    put(s, "again", DAY0 + 6 * MS_PER_DAY, "a/x/01/1.yaml", "new");
    put(s, STORE_LEAVE "again", DAY0 + 7 * MS_PER_DAY, "a/x/01", NULL);
    ASSERT_STR(past(s, "a/x/01/1.yaml", DAY0), "new");
    end(s);
}

static int note(const struct store_entry *e, void *payload, struct error *err)
{
    struct store *s = payload;
    struct text data = TEXT_INIT(100);
    ASSERT_INT(store_read_blob(s, e->id, &data, err), 0);
    ASSERT(!e->is_dir);
    ASSERT_STR(e->name,
               strrchr(e->path, '/') ? strrchr(e->path, '/') + 1 : e->path);
    text_printf(&said, "%s=%s ", e->path, text_str(&data));
    text_release(&data);
    return 0;
}

static const char *ever(struct store *s, struct store_past *p, const char *dir)
{
    text_clear(&said);
    ASSERT_INT(store_walk_ever(s, p, dir, note, s, &place.err), 0);
    return text_str(&said);
}

static void a_walk_shows_what_ever_stood_in_order(void)
{
    struct store *s = begin();
    struct store_past *p = NULL;
    ASSERT_INT(store_past_open(s, &p, &place.err), 0);
    ASSERT_INT(store_past_count(p), 3);
    ASSERT_STR(ever(s, p, "a/x"),
               "a/x/01/1.yaml=01 a/x/02/1.yaml=02 a/x/03/1.yaml=03 "
               "a/x/04/1.yaml=04 ");
    ASSERT_STR(ever(s, p, "a/y"),
               "a/y/01/1.yaml=01 a/y/02/1.yaml=02 a/y/03/1.yaml=03 "
               "a/y/04/1.yaml=04 ");
    ASSERT_STR(ever(s, p, "a/x/01"), "a/x/01/1.yaml=01 ");
    ASSERT_STR(ever(s, p, "nothing"), "");
    ASSERT_STR(ever(s, NULL, "a/x"), "a/x/03/1.yaml=03 a/x/04/1.yaml=04 ");
    ASSERT_STR(ever(s, p, ""),
               "a/x/01/1.yaml=01 a/x/02/1.yaml=02 a/x/03/1.yaml=03 "
               "a/x/04/1.yaml=04 a/y/01/1.yaml=01 a/y/02/1.yaml=02 "
               "a/y/03/1.yaml=03 a/y/04/1.yaml=04 b=stays ");
    text_clear(&said);
    ASSERT_INT(store_past_read(s, p, "a/x/02/1.yaml", &said, &place.err), 0);
    ASSERT_STR(text_str(&said), "02");
    ASSERT_INT(store_past_read(s, p, "a/x/03/1.yaml", &said, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_MISSING);
    ASSERT_INT(store_past_read(s, NULL, "a/x/02/1.yaml", &said, &place.err),
               -1);
    store_past_free(p);
    end(s);
}

static void what_stands_again_is_shown_once_as_it_stands(void)
{
    struct store *s = begin();
    struct store_past *p = NULL;
    put(s, "again", DAY0 + 6 * MS_PER_DAY, "a/x/01/1.yaml", "new");
    ASSERT_INT(store_past_open(s, &p, &place.err), 0);
    ASSERT_STR(ever(s, p, "a/x/01"), "a/x/01/1.yaml=new ");
    put(s, "a neighbour", DAY0, "a/x01/1", "no");
    put(s, STORE_LEAVE "of it", DAY0, "a/x01", NULL);
    store_past_free(p);
    ASSERT_INT(store_past_open(s, &p, &place.err), 0);
    ASSERT_STR(ever(s, p, "a/x01"), "a/x01/1=no ");
    ASSERT_STR(ever(s, p, "a/x0"), "");
    ASSERT(strstr(ever(s, p, "a/x"), "x01") == NULL);
    ASSERT(strstr(ever(s, p, ""), "x01") != NULL);
    store_past_free(p);
    p = store_past_new();
    store_past_add(p, "z", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    store_past_add(p, "z", "0000000000000000000000000000000000000001");
    store_past_add(p, "q", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    text_clear(&said);
    put(s, "empty", DAY0, "empty", ""); /* e69de29: git's id of no bytes */
    ASSERT_INT(store_past_read(s, p, "z", &said, &place.err), 0);
    ASSERT_INT(said.len, 0);
    ASSERT_INT(store_past_count(p), 2);
    store_past_free(p);
    end(s);
}

/* The window of who asks: what left long before it is not looked for, and a
 * clock that was wrong for an hour does not end the search. */
static void the_past_goes_back_as_far_as_is_asked(void)
{
    struct store *s = begin(); /* three files left, up to day 5 */
    struct store_past *p = NULL;
    char n[12];
    for (int i = 0; i < 300; i++) {
        snprintf(n, sizeof(n), "%d", i);
        put(s, "run", DAY0 + 6 * MS_PER_DAY + i * 1000, "n", n);
    }
    put(s, STORE_LEAVE "day 3 of x", DAY0 + 8 * MS_PER_DAY, "a/x/03", NULL);
    put(s, "late", DAY0, "n", "late");
    ASSERT_INT(store_past_open_since(s, DAY0 + 7 * MS_PER_DAY, &p, &place.err),
               0);
    ASSERT_INT(store_past_count(p), 1);
    text_clear(&said);
    ASSERT_INT(store_past_read(s, p, "a/x/03/1.yaml", &said, &place.err), 0);
    ASSERT_STR(text_str(&said), "03");
    store_past_free(p);
    ASSERT_INT(store_past_open_since(s, DAY0 + 6 * MS_PER_DAY, &p, &place.err),
               0);
    ASSERT_INT(store_past_count(p), 4);
    store_past_free(p);
    ASSERT_INT(store_past_open(s, &p, &place.err), 0);
    ASSERT_INT(store_past_count(p), 4);
    store_past_free(p);
    end(s);
}

/* The last line of `git log --name-status` of each commit against ours. */
static int log_edits(const struct store_commit *c, void *payload,
                     struct error *err)
{
    (void)payload;
    (void)err;
    for (size_t i = 0; i < c->count; i++)
        text_printf(&said, "%.7s %s\t%s\n", c->hex,
                    !c->edits[i].before[0]  ? "A"
                    : !c->edits[i].after[0] ? "D"
                                            : "M",
                    c->edits[i].path);
    return 0;
}

static void the_log_says_what_git_says(void)
{
    struct text theirs = TEXT_INIT(1 << 16), want = TEXT_INIT(1 << 16);
    struct store *s = begin();
    put(s, "changed", DAY0, "b", "stays not");
    put(s, "a file for a directory", DAY0, "a.b", "x"); /* sorts before a/ */
    put(s, "deep", DAY0, "a0/b/c/d", "x");
    put(s, "gone", DAY0, "a", NULL);
    put(s, "a name anew", DAY0, "a", "now a file");
    if (git_is_there()) {
        ASSERT_INT(git(&place, &theirs, place.repo, "log", "--no-renames",
                       "--name-status", "--format=@%H", "main", NULL),
                   0);
        char hex[8] = "";
        const char *line = text_str(&theirs);
        for (size_t len; (len = strcspn(line, "\n")) || *line;
             line += len + (line[len] != '\0')) {
            if (line[0] == '@')
                snprintf(hex, sizeof(hex), "%.7s", line + 1);
            else if (len)
                text_printf(&want, "%s %.*s\n", hex, (int)len, line);
        }
        text_clear(&said);
        ASSERT_INT(store_log(s, log_edits, NULL, &place.err), 0);
        ASSERT_STR(text_str(&said), text_str(&want));
        ASSERT(said.len > 300);
    }
    text_release(&theirs);
    text_release(&want);
    end(s);
}

static void a_tag_stays_what_it_is(void)
{
    char hex[STORE_ID_SIZE], tip[STORE_ID_SIZE], first[STORE_ID_SIZE];
    int64_t at_ms = 0;
    struct store *s = begin();
    store_tip(s, tip);
    ASSERT_INT(store_tag_commit(s, "2021-01", hex, &place.err), 0);
    ASSERT_STR(hex, "");
    /* The newest commit before February: day 2 of y. */
    ASSERT_INT(store_commit_before(s, DAY0 + 2 * MS_PER_DAY, 100, first, &at_ms,
                                   &place.err),
               0);
    ASSERT_INT(at_ms, DAY0 + MS_PER_DAY + 1000);
    ASSERT_INT(store_tag(s, "2021-01", first, &place.err), 0);
    ASSERT_INT(store_tag(s, "2021-01", tip, &place.err), 0);
    ASSERT_INT(store_tag_commit(s, "2021-01", hex, &place.err), 0);
    ASSERT_STR(hex, first);
    if (git_is_there()) {
        git(&place, &said, place.repo, "rev-list", "-1",
            "--before=2021-01-31T23:59:59Z", "main", NULL);
        ASSERT_STR(text_str(&said), first);
        git(&place, &said, place.repo, "tag", "-a", "-m", "x", "fat", first,
            NULL);
        ASSERT_INT(store_tag_commit(s, "fat", hex, &place.err), 0);
        ASSERT_STR(hex, first);
    }
    ASSERT_INT(store_tag(s, "a b", tip, &place.err), -1);
    ASSERT_INT(store_tag(s, "x", "0123456789012345678901234567890123456789",
                         &place.err),
               -1);
    ASSERT_INT(store_commit_before(s, DAY0, 100, hex, &at_ms, &place.err), 0);
    ASSERT_STR(hex, "");
    ASSERT_INT(store_commit_before(s, DAY0 + 2 * MS_PER_DAY, 3, hex, &at_ms,
                                   &place.err),
               0);
    ASSERT_STR(hex, ""); /* not among so few */
    ASSERT_INT(store_blob_id_at(s, first, "a/x/02/1.yaml", hex, &place.err), 0);
    ASSERT_STR(hex, "b08e32771fe34c944ed555c90244fcdc4ac0176e"); /* of "02" */
    ASSERT_INT(store_blob_id_at(s, first, "a/x/03/1.yaml", hex, &place.err),
               -1);
    ASSERT_INT(place.err.fault, FAULT_MISSING);
    ASSERT_INT(store_blob_id_at(s, first, "a/x", hex, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_MISSING);
    end(s);
}

static int count_commit(const struct store_commit *c, void *payload,
                        struct error *err)
{
    size_t *n = payload;
    (void)err;
    n[0]++;
    n[1] += c->edge;
    if (c->edge)
        n[2] = c->count;
    return 0;
}

static void a_shallow_clone_ends_and_is_whole(void)
{
    size_t n[3] = { 0, 0, 0 };
    char from[400], hex[STORE_ID_SIZE];
    struct store *s = begin();
    struct store_past *p = NULL;
    ASSERT(!store_is_shallow(s));
    store_free(s);
    if (!git_is_there()) {
        end(NULL);
        return;
    }
    snprintf(from, sizeof(from), "file://%s", place.repo);
    ASSERT_INT(git(&place, &said, place.root, "clone", "-q", "--bare",
                   "--depth", "2", from, place.other, NULL),
               0);
    s = place_open(&place, place.other, NULL);
    ASSERT(store_is_shallow(s));
    ASSERT_INT(store_log(s, count_commit, n, &place.err), 0);
    ASSERT_INT(n[0], 2);
    ASSERT_INT(n[1], 1);
    ASSERT_INT(n[2], 7); /* three days of x and y each, and b */
    ASSERT_INT(store_past_open(s, &p, &place.err), 0);
    ASSERT_INT(store_past_count(p), 1); /* the second day of x */
    ASSERT_STR(past(s, "a/x/02/1.yaml", DAY0), "02");
    ASSERT_STR(past(s, "a/x/01/1.yaml", DAY0), "missing");
    ASSERT(strstr(place.err.msg, "since this clone begins") != NULL);
    ASSERT_INT(store_last_commit_of(s, "b", hex, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_MISSING);
    store_past_free(p);
    end(s);
}

static void a_branch_without_a_commit_has_no_past(void)
{
    struct store_past *p = NULL;
    char hex[STORE_ID_SIZE];
    int64_t at_ms;
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    ASSERT_STR(past(s, "a", 0), "missing");
    ASSERT_INT(store_past_open(s, &p, &place.err), 0);
    ASSERT_INT(store_past_count(p), 0);
    ASSERT_STR(ever(s, p, ""), "");
    ASSERT_INT(store_commit_before(s, DAY0, 9, hex, &at_ms, &place.err), 0);
    ASSERT_STR(hex, "");
    store_past_free(p);
    end(s);
}

void store_past_test(void);
void store_past_test(void)
{
    TEST_SUITE("store_past");
    TEST(a_file_that_left_is_read);
    TEST(what_came_again_is_read_as_it_was_last);
    TEST(a_walk_shows_what_ever_stood_in_order);
    TEST(the_past_goes_back_as_far_as_is_asked);
    TEST(what_stands_again_is_shown_once_as_it_stands);
    TEST(the_log_says_what_git_says);
    TEST(a_tag_stays_what_it_is);
    TEST(a_shallow_clone_ends_and_is_whole);
    TEST(a_branch_without_a_commit_has_no_past);
}
