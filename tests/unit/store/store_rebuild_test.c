#include "base/moment.h"
#include "two_clones.h"

/* --- what comes out ------------------------------------------------------ */

static void own_commits_follow_theirs_with_message_and_time(void)
{
    char tip[STORE_ID_SIZE];
    begin();
    they_put("b", "theirs");
    struct store_change c = { "a", "first", 5, false };
    struct store_batch batch = { &c, 1, "the first\n\nrun x\n", 1600000000999 };
    ASSERT_INT(store_commit(ours, &batch, tip, &place.err), 0);
    we_put("a", "second");
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 2);
    ASSERT_INT(rebuilt.empty, 0);
    ASSERT_INT(rebuilt.files_dropped, 0);
    ASSERT_STR(rebuilt.saved, "");
    ASSERT_STR(we_have("a"), "second");
    ASSERT_STR(we_have("b"), "theirs");
    ASSERT_INT(sync_of(ours), SYNC_AHEAD);
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(sync_of(theirs), SYNC_FORWARDED);
    if (git_is_there()) {
        ASSERT_STR(
            git_says(place.remote, "log", "--format=%s %an %at %ct", "main"),
            "one file Grid Watch 1609556645 1609556645\n"
            "the first Grid Watch 1600000000 1600000000\n"
            "one file Grid Watch 1609556645 1609556645\n"
            "one file Grid Watch 1609556645 1609556645");
        ASSERT_STR(git_says(place.remote, "show", "main~1:a", NULL), "first");
        ASSERT_STR(git_says(place.remote, "log", "-1", "--format=%b"), "");
        ASSERT_STR(git_says(place.remote, "rev-list", "--merges", "main"), "");
    }
    end();
}

static void nothing_is_rebuilt_of_what_the_remote_has(void)
{
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE];
    begin();
    store_tip(ours, before);
    we_put("a", "1");
    ASSERT_INT(push(ours), 0);
    /* The answer to that push was lost. */
    if (git_is_there()) {
        git(&place, &said, place.repo, "update-ref", "refs/remotes/origin/main",
            before, NULL);
        ASSERT_INT(sync_of(theirs), SYNC_FORWARDED);
        they_put("b", "1");
        we_put("c", "1");
        ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
        ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
        ASSERT_INT(rebuilt.commits, 1);
        ASSERT_STR(git_says(place.repo, "rev-list", "--count", "main"), "4");
        ASSERT_INT(push(ours), 0);
        /* Once more there is nothing. */
        store_tip(ours, before);
        ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
        ASSERT_INT(rebuilt.commits, 0);
        store_tip(ours, after);
        ASSERT_STR(after, before);
    }
    end();
}

static void a_commit_that_was_merged_there_is_theirs(void)
{
    char mine[STORE_ID_SIZE], next[STORE_ID_SIZE];
    begin();
    if (!git_is_there()) {
        end();
        return;
    }
    place_put(&place, ours, "a", "1", mine);
    place_put(&place, ours, "c", "1", next);
    they_put("b", "1");
    /* By hand, over there: our first commit came in by a merge. */
    git(&place, &said, place.other, "fetch", "-q", place.repo, "main", NULL);
    git(&place, &said, place.other, "commit-tree", "-p", "main", "-p", mine,
        "-m", "merged", "main^{tree}", NULL);
    they_force();
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 1);
    ASSERT_STR(we_have("c"), "1");
    /* The tree of that merge left it out, and that stands. */
    ASSERT_STR(we_have("a"), "");
    end();
}

static void many_commits_go_into_few_packs(void)
{
    char path[40];
    begin();
    they_put("b", "1");
    for (int i = 0; i < 150; i++) {
        snprintf(path, sizeof(path), "dir%d/file%d", i % 7, i);
        we_put(path, path);
    }
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    if (git_is_there()) {
        git(&place, &said, place.repo, "count-objects", "-v", NULL);
        int before = -1, after = -1;
        sscanf(strstr(text_str(&said), "packs: "), "packs: %d", &before);
        ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
        git(&place, &said, place.repo, "count-objects", "-v", NULL);
        sscanf(strstr(text_str(&said), "packs: "), "packs: %d", &after);
        ASSERT_INT(after - before, 3); /* of 64, 64 and 22 */
        ASSERT_STR(git_says(place.repo, "rev-list", "--count", "main"), "152");
    } else {
        ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    }
    ASSERT_INT(rebuilt.commits, 150);
    ASSERT_STR(we_have("dir2/file149"), "dir2/file149");
    ASSERT_INT(push(ours), 0);
    end();
}

static void a_directory_that_lost_its_last_file_is_gone(void)
{
    begin();
    we_put("d/e/f/x", "1");
    we_put("d/e/g/y", "1");
    we_put("d/z", "1");
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(sync_of(theirs), SYNC_FORWARDED);
    they_put("b", "1");
    struct store_change c[] = { { "d/e/f/x", NULL, 0, true },
                                { "d/e/g/y", NULL, 0, true },
                                { "new", "1", 1, false } };
    struct store_batch batch = { c, 3, "leave", STORE_TEST_MS };
    char hex[STORE_ID_SIZE];
    ASSERT_INT(store_commit(ours, &batch, hex, &place.err), 0);
    if (git_is_there()) {
        git(&place, &said, place.repo, "ls-tree", "-rt", "--name-only", "main",
            NULL);
        ASSERT_STR(text_str(&said), "both\nd\nd/z\nnew");
    }
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    bool there = true;
    ASSERT_INT(store_exists(ours, "d/e", &there, &place.err), 0);
    ASSERT(!there);
    ASSERT_STR(we_have("d/z"), "1");
    ASSERT_STR(we_have("b"), "1");
    if (git_is_there()) {
        git(&place, &said, place.repo, "ls-tree", "-rt", "--name-only", "main",
            NULL);
        ASSERT_STR(text_str(&said), "b\nboth\nd\nd/z\nnew");
    }
    end();
}

/* --- what is kept -------------------------------------------------------- */

static int keep_all_but(struct store *s, const struct store_commit *own,
                        bool *keep, void *payload, struct error *err)
{
    (void)s;
    (void)err;
    for (size_t i = 0; i < own->count; i++)
        keep[i] = strcmp(own->edits[i].path, payload) != 0;
    return 0;
}

static void what_is_not_kept_is_dropped_and_counted(void)
{
    char a[] = "a";
    begin();
    they_put("a", "theirs");
    we_put("a", "ours");
    struct store_change c[] = { { "a", "again", 5, false },
                                { "b", "ours", 4, false } };
    struct store_batch batch = { c, 2, "two", STORE_TEST_MS };
    char hex[STORE_ID_SIZE];
    ASSERT_INT(store_commit(ours, &batch, hex, &place.err), 0);
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(keep_all_but, a), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 1);
    ASSERT_INT(rebuilt.empty, 1);
    ASSERT_INT(rebuilt.files_dropped, 2);
    ASSERT_STR(we_have("a"), "theirs");
    ASSERT_STR(we_have("b"), "ours");
    end();
}

static void when_nothing_is_left_the_branch_is_theirs(void)
{
    char a[] = "a", tip[STORE_ID_SIZE], remote[STORE_ID_SIZE];
    bool owed = true;
    begin();
    they_put("a", "theirs");
    store_tip(theirs, remote);
    we_put("a", "ours");
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(keep_all_but, a), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 0);
    ASSERT_INT(rebuilt.empty, 1);
    store_tip(ours, tip);
    ASSERT_STR(tip, remote);
    ASSERT_INT(store_push_owed(ours, &owed, &place.err), 0);
    ASSERT(!owed);
    end();
}

/* A file that is there already with the same content changes nothing. */
static void what_stands_there_already_is_no_commit(void)
{
    char hex[STORE_ID_SIZE];
    begin();
    they_put("a", "same");
    struct store_change c = { "a", "same", 4, false };
    struct store_batch batch = { &c, 1, "another word", STORE_TEST_MS };
    ASSERT_INT(store_commit(ours, &batch, hex, &place.err), 0);
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 0);
    ASSERT_INT(rebuilt.empty, 1);
    ASSERT_INT(rebuilt.files_dropped, 0);
    end();
}

struct seen {
    int calls;
    char words[400];
};

static int look(struct store *s, const struct store_commit *own, bool *keep,
                void *payload, struct error *err)
{
    struct seen *seen = payload;
    struct text now = TEXT_INIT(1000), then = TEXT_INIT(1000);
    (void)keep;
    seen->calls++;
    for (size_t i = 0; i < own->count; i++) {
        const struct store_edit *e = &own->edits[i];
        text_clear(&now);
        text_clear(&then);
        if (store_read(s, e->path, &now, NULL))
            text_puts(&now, "-");
        if (e->after[0] && store_read_blob(s, e->after, &then, err))
            return -1;
        size_t n = strlen(seen->words);
        snprintf(seen->words + n, sizeof(seen->words) - n, "%s:%s>%s ", e->path,
                 text_str(&now), text_str(&then));
    }
    text_release(&now);
    text_release(&then);
    return 0;
}

static void the_question_is_asked_of_the_tip_under_construction(void)
{
    struct seen seen = { 0, "" };
    begin();
    they_put("a", "theirs");
    we_put("a", "first");
    we_put("a", "second");
    we_put("both", NULL);
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(look, &seen), FAULT_NONE);
    ASSERT_INT(seen.calls, 3);
    ASSERT_STR(seen.words, "a:theirs>first a:first>second both:0> ");
    ASSERT_STR(we_have("both"), "");
    ASSERT_STR(we_have("a"), "second");
    end();
}

static int count_one(const struct store_commit *c, void *payload,
                     struct error *err)
{
    struct seen *seen = payload;
    size_t n = strlen(seen->words);
    (void)err;
    seen->calls++;
    snprintf(seen->words + n, sizeof(seen->words) - n, "%s ", c->edits[0].path);
    return 0;
}

static void own_commits_are_shown_oldest_first(void)
{
    struct seen seen = { 0, "" };
    begin();
    we_put("x", "1");
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(store_own_commits(ours, count_one, &seen, &place.err), 0);
    ASSERT_INT(seen.calls, 0);
    we_put("y", "1");
    we_put("z", "1");
    ASSERT_INT(store_own_commits(ours, count_one, &seen, &place.err), 0);
    ASSERT_STR(seen.words, "y z ");
    end();
}

/* A run was killed after it heard the remote and before it went along. What
 * both have is older than the newest commit there, by more than any clock is
 * off: put there once more it would undo what came later. */
static void what_both_have_is_not_ours_however_old_it_is(void)
{
    const struct store_change c = { "note", "n", 1, false };
    const struct store_batch note = { &c, 1, "a note",
                                      STORE_TEST_MS + 300 * MS_PER_DAY };
    char hex[STORE_ID_SIZE];
    if (!git_is_there())
        return;
    begin();
    we_put("x", "1");
    we_put("y", "1");
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(sync_of(theirs), SYNC_FORWARDED);
    ASSERT_INT(store_commit(theirs, &note, hex, &place.err), 0);
    ASSERT_INT(push(theirs), 0);
    ASSERT_INT(git(&place, &said, place.repo, "fetch", "-q", place.remote,
                   "main:refs/remotes/origin/main", NULL),
               0);
    we_put("z", "1");
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 1);
    ASSERT_INT(rebuilt.empty, 0);
    ASSERT_STR(we_have("note"), "n");
    ASSERT_STR(we_have("z"), "1");
    end();
}

/* --- one commit more ----------------------------------------------------- */

struct more {
    struct store_change change;
    char branch[STORE_ID_SIZE]; /* where git saw it, meanwhile */
    char a[8];                  /* content of "a", meanwhile */
    bool fails;
};

static int put_more(struct store *s, struct store_batch *batch, void *payload,
                    struct error *err)
{
    struct more *m = payload;
    struct text a = TEXT_INIT(100);
    store_read(s, "a", &a, NULL);
    snprintf(m->a, sizeof(m->a), "%s", text_str(&a));
    text_release(&a);
    if (git_is_there())
        snprintf(m->branch, sizeof(m->branch), "%.40s",
                 git_says(place.repo, "rev-parse", "main", NULL));
    *batch = (struct store_batch){ &m->change, 1, "one more", 1600000000999 };
    return m->fails ? error_set(err, FAULT_DATA, "no more") : 0;
}

/* What the branch was and became, and what git saw in between. */
static enum fault rebuild_with(struct more *m, char before[STORE_ID_SIZE],
                               char after[STORE_ID_SIZE])
{
    const struct store_rules rules = { NULL, put_more, m };
    begin();
    they_put("b", "theirs");
    we_put("a", "ours");
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    store_tip(ours, before);
    memcpy(m->branch, before, STORE_ID_SIZE);
    int rc = store_rebuild(ours, &rules, &rebuilt, &place.err);
    store_tip(ours, after);
    ASSERT_STR(m->a, "ours");
    ASSERT_STR(m->branch, before);
    return rc ? place.err.fault : FAULT_NONE;
}

static void one_commit_more_comes_last_and_moves_with_the_others(void)
{
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE];
    struct more m = { .change = { "dir/c", "more", 4, false } };
    ASSERT_INT(rebuild_with(&m, before, after), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 1);
    ASSERT_STR(we_have("dir/c"), "more");
    ASSERT_STR(we_have("a"), "ours");
    if (git_is_there())
        ASSERT_STR(git_says(place.repo, "log", "--format=%s %ct", "main"),
                   "one more 1600000000\none file 1609556645\n"
                   "one file 1609556645\none file 1609556645");
    ASSERT_INT(push(ours), 0);
    end();
}

static void one_that_changes_nothing_is_none(void)
{
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE];
    struct more m = { .change = { "a", "ours", 4, false } };
    ASSERT_INT(rebuild_with(&m, before, after), FAULT_NONE);
    if (git_is_there())
        ASSERT_STR(git_says(place.repo, "rev-list", "--count", "main"), "3");
    end();
}

static void one_that_cannot_be_made_leaves_all_as_it_was(void)
{
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE];
    struct more m = { .change = { "dir/c", "more", 4, false }, .fails = true };
    ASSERT_INT(rebuild_with(&m, before, after), FAULT_DATA);
    ASSERT_STR(after, before);
    ASSERT_INT(rebuilt.commits, 0);
    end();
    m = (struct more){ .change = { "../c", "more", 4, false } };
    ASSERT_INT(rebuild_with(&m, before, after), FAULT_DATA);
    ASSERT_STR(after, before);
    ASSERT_STR(we_have("a"), "ours");
    end();
}

void store_rebuild_test(void);
void store_rebuild_test(void)
{
    TEST_SUITE("store: own commits on a tip that moved");
    TEST(own_commits_follow_theirs_with_message_and_time);
    TEST(nothing_is_rebuilt_of_what_the_remote_has);
    TEST(a_commit_that_was_merged_there_is_theirs);
    TEST(what_both_have_is_not_ours_however_old_it_is);
    TEST(many_commits_go_into_few_packs);
    TEST(a_directory_that_lost_its_last_file_is_gone);
    TEST(what_is_not_kept_is_dropped_and_counted);
    TEST(when_nothing_is_left_the_branch_is_theirs);
    TEST(what_stands_there_already_is_no_commit);
    TEST(the_question_is_asked_of_the_tip_under_construction);
    TEST(own_commits_are_shown_oldest_first);
    TEST(one_commit_more_comes_last_and_moves_with_the_others);
    TEST(one_that_changes_nothing_is_none);
    TEST(one_that_cannot_be_made_leaves_all_as_it_was);
}
