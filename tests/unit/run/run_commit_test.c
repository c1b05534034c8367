/* A branch that other hands moved while a run concluded: the run's commit goes
 * on top when they left alone what it writes, and not at all otherwise. */
#include "run/one_run.h"

static struct store *hand; /* somebody's view of the same repository */
static char was[STORE_ID_SIZE];

static void start(void)
{
    begin();
    run_begin();
    store_tip(ours, was);
    hand = place_open(&place, place.repo, NULL);
    text_puts(&r.subject, "btc-a: NORMAL");
}

static void stop(void)
{
    store_free(hand);
    run_end();
    end();
}

static void by_hand(const char *path, const char *text)
{
    ASSERT_INT(place_put(&place, hand, path, text, NULL), FAULT_NONE);
}

/* As changes_put() does, without the check of what it says. */
static void to_record(const char *path, const char *text)
{
    struct changes *c = &r.changes;
    c->list = xrealloc(c->list, c->count + 1, sizeof(*c->list));
    c->list[c->count++] = (struct store_change){ .path = xstrdup(path),
                                                 .data = xstrdup(text),
                                                 .len = strlen(text) };
    c->room = c->count;
}

static const char *stands(const char *path)
{
    return place_read(&place, ours, path, &said);
}

static int count_commit(const struct store_commit *c, void *payload,
                        struct error *err)
{
    (void)err;
    text_printf(payload, "%.*s|", (int)strcspn(c->message, "\n"), c->message);
    return 0;
}

static const char *history(void)
{
    text_clear(&said);
    ASSERT_INT(store_log(ours, count_commit, &said, &place.err), 0);
    return text_str(&said);
}

static void nobody_was_there(void)
{
    start();
    to_record("latest/a", "1");
    ASSERT_INT(run_commit(&r, &place.err), 0);
    ASSERT_INT(r.changes.count, 0);
    ASSERT_STR(stands("latest/a"), "1");
    ASSERT_STR(history(), "btc-a: NORMAL|x|");
    /* Nothing to record makes no commit. */
    ASSERT_INT(run_commit(&r, &place.err), 0);
    ASSERT_STR(history(), "btc-a: NORMAL|x|");
    stop();
}

static void a_hand_that_was_elsewhere_is_no_harm(void)
{
    start();
    by_hand("grids/new.yaml", "made meanwhile");
    by_hand("README", "and this");
    to_record("latest/a", "1");
    to_record("state/a", "2");
    ASSERT_INT(run_commit(&r, &place.err), 0);
    ASSERT_INT(r.changes.count, 0);
    ASSERT_STR(stands("latest/a"), "1");
    ASSERT_STR(stands("state/a"), "2");
    ASSERT_STR(stands("grids/new.yaml"), "made meanwhile");
    ASSERT_STR(stands("README"), "and this");
    ASSERT_STR(history(), "btc-a: NORMAL|one file|one file|x|");
    if (git_is_there())
        ASSERT(git_finds_no_fault(&place, place.repo));
    stop();
}

static void a_hand_on_what_is_written_stands(void)
{
    start();
    by_hand("state/a", "a hand");
    to_record("latest/a", "1");
    to_record("state/a", "2");
    ASSERT_INT(run_commit(&r, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_BUSY);
    /* Nothing of it is there, and nothing of it is lost. */
    ASSERT_STR(stands("state/a"), "a hand");
    ASSERT(!there("latest/a"));
    ASSERT_INT(r.changes.count, 2);
    ASSERT_STR(history(), "one file|x|");
    stop();
}

static void a_file_that_a_hand_removed_was_touched(void)
{
    struct store_change gone = { "config/9f86d081.yaml", NULL, 0, true };
    const struct store_batch b = { &gone, 1, "gone", T(0) };
    char hex[STORE_ID_SIZE];
    start();
    ASSERT_INT(store_commit(hand, &b, hex, &place.err), 0);
    to_record("config/9f86d081.yaml", "l_haz: 2\n");
    ASSERT_INT(run_commit(&r, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_BUSY);
    ASSERT(!there("config/9f86d081.yaml"));
    stop();
}

static void one_that_wrote_and_took_back_was_not_there(void)
{
    start();
    by_hand("config/9f86d081.yaml", "other\n");
    by_hand("config/9f86d081.yaml", "l_haz: 1\n");
    to_record("config/9f86d081.yaml", "l_haz: 2\n");
    ASSERT_INT(run_commit(&r, &place.err), 0);
    ASSERT_STR(stands("config/9f86d081.yaml"), "l_haz: 2\n");
    stop();
}

void run_commit_test(void);
void run_commit_test(void)
{
    TEST_SUITE("run/commit");
    TEST(nobody_was_there);
    TEST(a_hand_that_was_elsewhere_is_no_harm);
    TEST(a_hand_on_what_is_written_stands);
    TEST(a_file_that_a_hand_removed_was_touched);
    TEST(one_that_wrote_and_took_back_was_not_there);
}
