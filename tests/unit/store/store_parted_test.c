/* What may stand against it, and a remote that was written anew. */
#include "two_clones.h"

/* --- what goes wrong ----------------------------------------------------- */

static int refuse_second(struct store *s, const struct store_commit *own,
                         bool *keep, void *payload, struct error *err)
{
    int *calls = payload;
    (void)s;
    (void)own;
    (void)keep;
    return ++*calls == 2 ? error_set(err, FAULT_DATA, "not this one") : 0;
}

static void a_refusal_changes_nothing(void)
{
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE];
    int calls = 0;
    begin();
    they_put("b", "1");
    we_put("a", "1");
    we_put("a", "2");
    store_tip(ours, before);
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(refuse_second, &calls), FAULT_DATA);
    ASSERT_STR(place.err.msg, "not this one");
    ASSERT_INT(rebuilt.commits, 0);
    store_tip(ours, after);
    ASSERT_STR(after, before);
    ASSERT_STR(we_have("a"), "2");
    ASSERT_STR(we_have("b"), "");
    ASSERT_INT(store_reload(ours, &place.err), 0);
    store_tip(ours, after);
    ASSERT_STR(after, before);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_STR(we_have("b"), "1");
    end();
}

/* Somebody who does not hold the lock. */
static int interfere(struct store *s, const struct store_commit *own,
                     bool *keep, void *payload, struct error *err)
{
    (void)s;
    (void)own;
    (void)keep;
    (void)err;
    struct store *other = place_open(&place, place.repo, NULL);
    ASSERT_INT(place_put(&place, other, "late", "1", payload), FAULT_NONE);
    store_free(other);
    return 0;
}

static void a_branch_that_moved_meanwhile_is_left_alone(void)
{
    char late[STORE_ID_SIZE], now[STORE_ID_SIZE];
    begin();
    they_put("b", "1");
    we_put("a", "1");
    ASSERT_INT(sync_of(ours), SYNC_DIVERGED);
    ASSERT_INT(rebuild(interfere, late), FAULT_BUSY);
    ASSERT_INT(store_reload(ours, &place.err), 0);
    store_tip(ours, now);
    ASSERT_STR(now, late);
    ASSERT_STR(we_have("a"), "1");
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 2);
    ASSERT_STR(we_have("late"), "1");
    ASSERT_STR(we_have("b"), "1");
    end();
}

static void a_remote_never_heard_cannot_be_built_on(void)
{
    place_init(&place);
    ours = place_start(&place, NULL);
    place_put(&place, ours, "a", "1", NULL);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_MISSING);
    ASSERT_STR(we_have("a"), "1");
    store_free(ours);
    ours = NULL;
    text_release(&said);
    place_release(&place);
}

/* --- a remote written anew ----------------------------------------------- */

static void a_history_written_anew_keeps_the_old_one_reachable(void)
{
    char old[STORE_ID_SIZE], ref[128];
    begin();
    if (!git_is_there()) {
        end();
        return;
    }
    they_put("secret", "1");
    ASSERT_INT(sync_of(ours), SYNC_FORWARDED);
    we_put("own", "1");
    store_tip(ours, old);
    /* Over there the last commit is taken back, and another made. */
    git(&place, &said, place.other, "commit-tree", "-p", "main~1", "-m", "anew",
        "main~1^{tree}", NULL);
    they_force();
    ASSERT_INT(sync_of(ours), SYNC_REPLACED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 1);
    ASSERT_STR(we_have("own"), "1");
    ASSERT_STR(we_have("secret"), "");
    snprintf(ref, sizeof(ref), "refs/gridwatch/replaced/%s", old);
    ASSERT_STR(rebuilt.saved, ref);
    ASSERT_STR(git_says(place.repo, "rev-parse", ref, NULL), old);
    ASSERT_STR(git_says(place.repo, "log", "--format=%s", "main"),
               "one file\nanew\none file");
    ASSERT_INT(push(ours), 0);
    ASSERT_INT(sync_of(ours), SYNC_SAME);
    end();
}

static void a_history_without_a_common_root_is_built_on_too(void)
{
    begin();
    we_put("own", "1");
    store_free(theirs);
    struct store_options o = place_options(place.other, NULL);
    theirs = NULL;
    char gone[400], fresh[400];
    snprintf(gone, sizeof(gone), "%s/gone", place.root);
    snprintf(fresh, sizeof(fresh), "%s/fresh.git", place.root);
    ASSERT_INT(rename(place.remote, gone), 0);
    ASSERT_INT(store_create_remote(place.remote, NULL, &place.err), 0);
    o.path = fresh;
    ASSERT_INT(store_create(&o, &place.err), 0);
    theirs = place_open(&place, fresh, NULL);
    place_put(&place, theirs, "new", "1", NULL);
    store_free(theirs);
    theirs = place_open(&place, fresh, place.remote);
    ASSERT_INT(push(theirs), 0);
    ASSERT_INT(sync_of(ours), SYNC_REPLACED);
    ASSERT_INT(rebuild(NULL, NULL), FAULT_NONE);
    ASSERT_INT(rebuilt.commits, 1);
    ASSERT(rebuilt.saved[0] != '\0');
    ASSERT_STR(we_have("own"), "1");
    ASSERT_STR(we_have("new"), "1");
    ASSERT_STR(we_have("both"), "");
    ASSERT_INT(push(ours), 0);
    end();
}

void store_parted_test(void);
void store_parted_test(void)
{
    TEST_SUITE("store: a rebuilding that fails, a remote written anew");
    TEST(a_refusal_changes_nothing);
    TEST(a_branch_that_moved_meanwhile_is_left_alone);
    TEST(a_remote_never_heard_cannot_be_built_on);
    TEST(a_history_written_anew_keeps_the_old_one_reachable);
    TEST(a_history_without_a_common_root_is_built_on_too);
}
