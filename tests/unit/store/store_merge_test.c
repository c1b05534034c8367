/* Merges that people make, on a forge or in a clone. git makes them and says
 * what is in them; it is asked again for what the walk must show. */
#include <stdlib.h>

#include "base/array.h"
#include "base/moment.h"
#include "two_clones.h"

void store_merge_test(void);

static char spot[12][STORE_ID_SIZE];

/* A commit of `store` at a time in minutes; its id becomes spot[n]. */
static void at(struct store *s, int n, int minutes, const char *message,
               const char *path, const char *text)
{
    struct store_change c = { path, text, text ? strlen(text) : 0, !text };
    const struct store_batch b = { &c, 1, message,
                                   STORE_TEST_MS + minutes * MS_PER_MINUTE };
    ASSERT_INT(store_commit(s, &b, spot[n], &place.err), 0);
    ASSERT(spot[n][0] != '\0');
}

/* git in the other clone, with a person's name and a time; says its exit. */
static int hand(int minutes, const char *command)
{
    char script[2048];
    long long at_s = STORE_TEST_MS / 1000 + minutes * 60;
    snprintf(script, sizeof(script),
             "cd '%s/work' && unset GIT_DIR GIT_WORK_TREE GIT_PREFIX; "
             "export GIT_AUTHOR_NAME=anna "
             "GIT_AUTHOR_EMAIL=anna@example.org GIT_COMMITTER_NAME=anna "
             "GIT_COMMITTER_EMAIL=anna@example.org "
             "GIT_AUTHOR_DATE='%lld +0000' GIT_COMMITTER_DATE='%lld +0000' "
             "GIT_CONFIG_GLOBAL=/dev/null; { %s; } >/dev/null 2>&1",
             place.root, at_s, at_s, command);
    char alias[2100];
    snprintf(alias, sizeof(alias), "alias.hand=!%s", script);
    return git(&place, &said, place.other, "-c", alias, "hand", NULL);
}

/* A checkout of the remote, as a phone's app has one. */
static void checkout(void)
{
    char dir[300];
    snprintf(dir, sizeof(dir), "%s/work", place.root);
    ASSERT_INT(git(&place, &said, place.remote, "clone", "-q", place.remote,
                   dir, NULL),
               0);
}

static const char *in_remote(const char *rev)
{
    git(&place, &said, place.remote, "rev-parse", rev, NULL);
    return text_str(&said);
}

static void mark_spot(int n, const char *rev)
{
    snprintf(spot[n], sizeof(spot[n]), "%s", in_remote(rev));
}

struct shown {
    char list[64][STORE_ID_SIZE];
    char edits[64][200]; /* "PATH " of each */
    size_t count;
};
static struct shown shown;

static int note(const struct store_commit *c, void *payload, struct error *err)
{
    struct shown *x = payload;
    (void)err;
    ASSERT(x->count < ARRAY_LEN(x->list));
    memcpy(x->list[x->count], c->hex, STORE_ID_SIZE);
    x->edits[x->count][0] = '\0';
    for (size_t i = 0; i < c->count; i++) {
        size_t n = strlen(x->edits[x->count]);
        snprintf(x->edits[x->count] + n, 200 - n, "%s ", c->edits[i].path);
    }
    x->count++;
    return 0;
}

static void see_log(struct store *s)
{
    shown.count = 0;
    ASSERT_INT(store_log(s, note, &shown, &place.err), 0);
}

static size_t place_in_log(const char *hex)
{
    for (size_t i = 0; i < shown.count; i++)
        if (strcmp(shown.list[i], hex) == 0)
            return i;
    return SIZE_MAX;
}

static const char *edits_of_spot(int n)
{
    size_t i = place_in_log(spot[n]);
    return i == SIZE_MAX ? "not shown" : shown.edits[i];
}

/* git's own list: the same commits, each once, none before its child. */
static void log_is_what_git_says(const char *dir)
{
    size_t count = 0;
    git(&place, &said, dir, "rev-list", "--parents", "main", NULL);
    char *all = strdup(text_str(&said)), *next = all, *line;
    while ((line = strsep(&next, "\n")) != NULL) {
        char *hex = strsep(&line, " ");
        size_t own = place_in_log(hex);
        ASSERT(own != SIZE_MAX);
        for (char *parent; (parent = strsep(&line, " ")) != NULL;)
            ASSERT(place_in_log(parent) > own);
        count++;
    }
    free(all);
    ASSERT_INT(shown.count, count);
}

/* Ours: 0, then 1..3 of the run; anna's commit 4 was made on 1, and 5 is her
 * merge, with her own side first if `pulled`. */
static void merged(bool pulled, int minutes_of_hers)
{
    begin();
    at(ours, 1, 10, "run", "state", "1");
    ASSERT_INT(push(ours), 0);
    checkout();
    ASSERT_INT(hand(minutes_of_hers,
                    "mkdir grids && echo edited > grids/a && git add . && "
                    "git commit -q -m hers"),
               0);
    at(ours, 2, 30, "run", "day/2", "2");
    at(ours, 3, 45, STORE_LEAVE "it", "both", NULL);
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(hand(50, pulled ? "git pull -q --no-rebase && git push -q"
                               : "git fetch -q && git checkout -q -b side && "
                                 "git checkout -q -B main origin/main && "
                                 "git merge -q --no-ff side && git push -q"),
               0);
    mark_spot(5, "main");
    mark_spot(4, pulled ? "main^1" : "main^2");
}

static void each_side_is_history(bool pulled, int minutes_of_hers)
{
    char hex[STORE_ID_SIZE];
    merged(pulled, minutes_of_hers);
    ASSERT_STR(in_remote(pulled ? "main^2" : "main^1"), spot[3]);
    ASSERT_INT(sync_of(ours), SYNC_FORWARDED);
    see_log(ours);
    log_is_what_git_says(place.remote);
    ASSERT_INT(shown.count, 6);
    ASSERT_STR(edits_of_spot(5), "");
    ASSERT_STR(edits_of_spot(4), "grids/a ");
    ASSERT_STR(edits_of_spot(3), "both ");
    ASSERT_STR(edits_of_spot(2), "day/2 ");
    ASSERT_STR(edits_of_spot(1), "state ");

    ASSERT_INT(store_last_commit_of(ours, "grids/a", hex, &place.err), 0);
    ASSERT_STR(hex, spot[4]);
    ASSERT_INT(store_last_commit_of(ours, "day/2", hex, &place.err), 0);
    ASSERT_STR(hex, spot[2]);
    ASSERT_INT(store_last_commit_of(ours, "state", hex, &place.err), 0);
    ASSERT_STR(hex, spot[1]);
    text_clear(&said);
    ASSERT_INT(store_read_past(ours, "both", STORE_TEST_MS, &said, &place.err),
               0);
    ASSERT_STR(text_str(&said), "0");
    end();
}

static void all_sides_of_a_merge_are_history(void)
{
    if (!git_is_there())
        return;
    each_side_is_history(false, 20); /* a pull request */
    each_side_is_history(true, 20);  /* "merge branch 'main'" */
}

static void a_phone_whose_clock_is_off_changes_nothing(void)
{
    if (!git_is_there())
        return;
    each_side_is_history(true, 5);      /* before what it is built on */
    each_side_is_history(false, -5000); /* before all of it */
    each_side_is_history(true, 900);    /* ahead */
}

static void what_the_merge_itself_did_is_seen(void)
{
    if (!git_is_there())
        return;
    begin();
    at(ours, 1, 10, "run", "state", "1");
    at(ours, 2, 11, "run", "day/1", "1");
    ASSERT_INT(push(ours), 0);
    checkout();
    ASSERT_INT(hand(20, "echo edited > a && git add . && git commit -q -m x"),
               0);
    at(ours, 3, 30, "run", "day/2", "2");
    at(ours, 4, 31, "run", "day/3", "3");
    ASSERT_INT(push(ours), 0);
    /* It drops a document that came in, changes one and adds one. */
    ASSERT_INT(hand(50, "git fetch -q; git merge -q --no-commit origin/main; "
                        "git rm -q -f day/2 && echo other > day/1 && "
                        "echo new > day/4 && git add . && "
                        "git commit -q -m 'hers' && git push -q"),
               0);
    mark_spot(5, "main");
    ASSERT_INT(sync_of(ours), SYNC_FORWARDED);
    see_log(ours);
    log_is_what_git_says(place.remote);
    ASSERT_STR(edits_of_spot(5), "day/1 day/2 day/4 ");
    ASSERT_STR(edits_of_spot(3), "day/2 ");
    end();
}

static void the_side_that_was_taken_stands(void)
{
    if (!git_is_there())
        return;
    begin();
    checkout();
    ASSERT_INT(hand(20, "echo hers > both && git commit -q -a -m x"), 0);
    at(ours, 1, 30, "run", "both", "ours");
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(hand(50, "git fetch -q; git merge -q -X ours origin/main && "
                        "git push -q"),
               0);
    mark_spot(2, "main");
    ASSERT_INT(sync_of(ours), SYNC_FORWARDED);
    see_log(ours);
    ASSERT_STR(edits_of_spot(2), ""); /* both sides' edits are shown */
    ASSERT_STR(edits_of_spot(1), "both ");
    ASSERT_STR(we_have("both"), "hers\n");
    end();
}

static void merges_of_merges_and_of_three_are_walked(void)
{
    if (!git_is_there())
        return;
    begin();
    checkout();
    ASSERT_INT(hand(1, "for b in x y z; do git checkout -q -b $b origin/main; "
                       "for i in 1 2 3; do echo $i > $b$i; git add .; "
                       "git commit -q -m $b$i; done; done"),
               0);
    at(ours, 1, 10, "run", "day/1", "1");
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(hand(20, "git checkout -q -B main origin/main && "
                        "git fetch -q && git merge -q --no-edit x y z && "
                        "git merge -q --no-edit origin/main && "
                        "git checkout -q x && git merge -q --no-edit z && "
                        "echo 4 > x4 && git add . && git commit -q -m x4 && "
                        "git checkout -q main && git merge -q --no-edit x && "
                        "git push -q"),
               0);
    /* A history of its own comes in as well. */
    ASSERT_INT(hand(30, "git checkout -q --orphan alone && git rm -q -rf . && "
                        "echo o > o && git add . && git commit -q -m o && "
                        "git checkout -q main && git merge -q --no-edit "
                        "--allow-unrelated-histories alone && git push -q"),
               0);
    ASSERT_INT(sync_of(ours), SYNC_FORWARDED);
    see_log(ours);
    log_is_what_git_says(place.remote);
    ASSERT(shown.count > 14);
    for (size_t i = 0; i < shown.count; i++) /* a file a commit, none a merge */
        ASSERT(strlen(shown.edits[i]) <= strlen("day/1 "));
    end();
}

static void own_commits_go_on_the_end_of_a_merge(void)
{
    char spoken[STORE_ID_SIZE];
    if (!git_is_there())
        return;
    for (int pulled = 0; pulled < 2; pulled++) {
        merged(pulled, 20);
        at(ours, 6, 60, "not there yet", "day/6", "6");
        ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
        ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
        ASSERT_INT(rebuilt.commits, 1);
        ASSERT_STR(we_have("day/6"), "6");
        ASSERT_STR(we_have("grids/a"), "edited\n");
        ASSERT_STR(we_have("day/2"), "2");
        ASSERT_INT(push(ours), 0);
        ASSERT_STR(in_remote("main^1"), spot[5]);
        store_tip(ours, spoken);
        ASSERT_STR(in_remote("main"), spoken);
        see_log(ours);
        log_is_what_git_says(place.remote);
        ASSERT_INT(shown.count, 7);
        end();
    }
}

/* Somebody pushed a merge into the repository here; the remote moved on. */
static void an_own_merge_becomes_a_line(void)
{
    if (!git_is_there())
        return;
    begin();
    checkout();
    ASSERT_INT(hand(20, "echo edited > a && git add . && git commit -q -m x"),
               0);
    at(ours, 1, 30, "run", "day/1", "1");
    ASSERT_INT(push(ours), 0);
    at(ours, 2, 40, "run", "day/2", "2");
    char pull[700];
    snprintf(pull, sizeof(pull),
             "git pull -q --no-rebase '%s' main && git push -q '%s' main",
             place.repo, place.repo);
    ASSERT_INT(hand(50, pull), 0);
    ASSERT_INT(store_reload(ours, &place.err), 0);
    ASSERT_INT(sync_of(theirs), SYNC_FORWARDED);
    they_put("b", "theirs");
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 2); /* day/2 and hers */
    ASSERT_INT(rebuilt.empty, 1);   /* the merge */
    ASSERT_STR(rebuilt.saved, "");
    ASSERT_STR(we_have("a"), "edited\n");
    ASSERT_STR(we_have("b"), "theirs");
    ASSERT_STR(we_have("day/2"), "2");
    ASSERT_INT(push(ours), 0);
    ASSERT_STR(git_says(place.remote, "rev-list", "--merges", "main"), "");
    ASSERT_STR(git_says(place.remote, "rev-list", "--count", "main"), "5");
    end();
}

/* What stood at the end of a month is on the line of the runs. */
static void the_commit_before_is_one_of_the_runs(void)
{
    char hex[STORE_ID_SIZE];
    int64_t when_ms = 0;
    if (!git_is_there())
        return;
    for (int pulled = 0; pulled < 2; pulled++) {
        merged(pulled, 46);
        ASSERT_INT(sync_of(ours), SYNC_FORWARDED);
        ASSERT_INT(store_commit_before(ours, STORE_TEST_MS + 48 * MS_PER_MINUTE,
                                       9, hex, &when_ms, &place.err),
                   0);
        ASSERT_STR(hex, spot[3]);
        end();
    }
}

void store_merge_test(void)
{
    TEST_SUITE("store_merge");
    TEST(all_sides_of_a_merge_are_history);
    TEST(a_phone_whose_clock_is_off_changes_nothing);
    TEST(what_the_merge_itself_did_is_seen);
    TEST(the_side_that_was_taken_stands);
    TEST(merges_of_merges_and_of_three_are_walked);
    TEST(own_commits_go_on_the_end_of_a_merge);
    TEST(an_own_merge_becomes_a_line);
    TEST(the_commit_before_is_one_of_the_runs);
}
