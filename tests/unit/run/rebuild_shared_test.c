/* Symbols, grid files and pushes of two writers. */
#include "two_writers.h"

/* --- a symbol of two writers --------------------------------------------- */

static void verdicts_of_the_same_bars_stand_side_by_side(void)
{
    begin();
    put_metrics(THEIRS, "BTC-USDT", T0, 7);
    put_slot(THEIRS, "b", "BTC-USDT", T0, false);
    they_commit();
    put_metrics(OURS, "BTC-USDT", T0, 7);
    put_slot(OURS, "a", "BTC-USDT", T0, false);
    commit(ours);
    put_metrics(OURS, "BTC-USDT", T(1), 8);
    put_slot(OURS, "a", "BTC-USDT", T(1), false);
    commit(ours);
    rebuild();
    ASSERT_INT(report.count, 0);
    ASSERT_STR(writer_of_slot("a", T0), "a");
    ASSERT_STR(writer_of_slot("a", T(1)), "a");
    ASSERT_STR(writer_of_metrics("BTC-USDT", T0), "b");
    ASSERT_STR(writer_of_metrics("BTC-USDT", T(1)), "a");
    ASSERT_STR(writer_of("latest/symbols/BTC-USDT.yaml"), "a");
    end();
}

static void the_newest_of_a_symbol_is_the_newer(void)
{
    begin();
    put_metrics(THEIRS, "BTC-USDT", T(1), 7);
    they_commit();
    put_metrics(OURS, "BTC-USDT", T0, 6);
    put_slot(OURS, "a", "BTC-USDT", T0, false);
    commit(ours);
    rebuild();
    ASSERT_STR(writer_of_slot("a", T0), "a");
    ASSERT_STR(writer_of_metrics("BTC-USDT", T0), "a");
    ASSERT_STR(writer_of("latest/symbols/BTC-USDT.yaml"), "b");
    end();
}

static void another_sight_is_concluded_anew(void)
{
    for (int message = 0; message < 2; message++) {
        begin();
        put_metrics(THEIRS, "BTC-USDT", T0, 7);
        put_metrics(THEIRS, "ETH-USDT", T0, 7);
        they_commit();
        put_metrics(OURS, "BTC-USDT", T0, 8); /* a bar came late to us */
        put_slot(OURS, "a", "BTC-USDT", T0, message);
        put_metrics(OURS, "ETH-USDT", T0, 7);
        put_slot(OURS, "e", "ETH-USDT", T0, false);
        commit(ours);
        rebuild();
        ASSERT_STR(writer_of_slot("a", T0), message ? "a" : "");
        ASSERT_STR(writer_of("state/a.yaml"), message ? "a" : "");
        ASSERT_STR(writer_of_slot("e", T0), "a");
        ASSERT_STR(writer_of_metrics("BTC-USDT", T0), "b");
        ASSERT_INT(report.count, message ? 0 : 1);
        end();
    }
}

/* They joined the symbol, then we did, hours later: the bars in between are in
 * our seed only, and that is not taken. */
static void slots_behind_a_hole_are_concluded_anew(void)
{
    for (int slots = 1; slots < 5; slots += 3) {
        begin();
        put_metrics(THEIRS, "BTC-USDT", T0, 7);
        add("bars/BTC-USDT/15m/seed.csv", "theirs");
        they_commit();
        put_metrics(OURS, "BTC-USDT", T(slots), 8);
        add("bars/BTC-USDT/15m/seed.csv", "ours");
        put_slot(OURS, "a", "BTC-USDT", T(slots), false);
        commit(ours);
        rebuild();
        ASSERT_STR(writer_of_slot("a", T(slots)), slots == 1 ? "a" : "");
        ASSERT_STR(writer_of_metrics("BTC-USDT", T(slots)),
                   slots == 1 ? "a" : "");
        ASSERT_STR(writer_of("latest/symbols/BTC-USDT.yaml"),
                   slots == 1 ? "a" : "b");
        end();
    }
}

/* --- what people wrote, and the rest ------------------------------------- */

static void put_grid(const char *id, double lower)
{
    char path[RECORD_PATH_MAX];
    sample_make(RECORD_GRID, &sample);
    snprintf(sample.grid.id, sizeof(sample.grid.id), "%s", id);
    sample.grid.lower = lower;
    record_grid_path(id, path);
    put(RECORD_GRID, path);
}

static void put_action(const char *grid, const char *hash8)
{
    sample_make(RECORD_OPERATOR, &sample);
    snprintf(sample.operator_act.grid, GRID_ID_MAX, "%s", grid);
    sample.operator_act.inferred = false;
    put(RECORD_OPERATOR, audit(RECORD_OPERATOR, T0, grid, hash8));
}

static void two_peoples_words_are_not_mixed(void)
{
    begin();
    put_grid("both", 40000);
    put_grid("mine", 40000);
    commit(ours);
    push(ours);
    enum sync_state state;
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    put_grid("both", 40001);
    put_action("both", "0000000b");
    they_commit();
    put_grid("both", 40002);
    put_action("both", "0000000a");
    commit(ours);
    put_grid("mine", 40003);
    put_action("mine", "0000000a");
    commit(ours);
    rebuild();
    ASSERT_INT(report.count, 1);
    ASSERT_STR(report.losses[0].path, "grids/both.yaml");
    ASSERT_STR(report.losses[0].grid, "both");
    ASSERT_INT(report.losses[0].slot_ms, MOMENT_NONE);
    ASSERT(strstr(place_read(&place, ours, "grids/both.yaml", &said), "40001"));
    ASSERT(strstr(place_read(&place, ours, "grids/mine.yaml", &said), "40003"));
    ASSERT(audit_there(RECORD_OPERATOR, T0, "both", "0000000b"));
    ASSERT(!audit_there(RECORD_OPERATOR, T0, "both", "0000000a"));
    ASSERT(audit_there(RECORD_OPERATOR, T0, "mine", "0000000a"));
    end();
}

/* What the account showed is concluded at a slot, as the rest of it: it stays
 * with the slot, or goes with it. */
static void what_an_account_showed_goes_with_its_slot(void)
{
    for (int theirs_too = 0; theirs_too < 2; theirs_too++) {
        begin();
        put_slot(THEIRS, theirs_too ? "g" : "h", "ETH-USDT", T0, false);
        they_commit();
        put_slot(OURS, "g", "BTC-USDT", T0, false);
        sample_make(RECORD_OPERATOR, &sample);
        snprintf(sample.operator_act.grid, GRID_ID_MAX, "g");
        sample.operator_act.action = OPERATOR_EXITED;
        sample.operator_act.seen_ms = T0;
        put(RECORD_OPERATOR, audit(RECORD_OPERATOR, T0, "g", "0000000a"));
        commit(ours);
        put_action("g", "0000000c"); /* an answer on the phone */
        commit(ours);
        rebuild();
        ASSERT_STR(writer_of_slot("g", T0), theirs_too ? "b" : "a");
        ASSERT_INT(audit_there(RECORD_OPERATOR, T0, "g", "0000000a"),
                   !theirs_too);
        ASSERT(audit_there(RECORD_OPERATOR, T0, "g", "0000000c"));
        end();
    }
}

static void what_leaves_the_tip_leaves_it(void)
{
    begin();
    put_slot(OURS, "g", "BTC-USDT", T0, false);
    commit(ours);
    push(ours);
    enum sync_state state;
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    put_slot(THEIRS, "g", "BTC-USDT", T(1), false);
    they_commit();
    char path[RECORD_PATH_MAX], hex[STORE_ID_SIZE];
    record_exit_path("g", T0, path);
    struct store_change c = { path, NULL, 0, true };
    struct store_batch b = { &c, 1, "leave", T0 };
    ASSERT_INT(store_commit(ours, &b, hex, &place.err), 0);
    rebuild();
    ASSERT(!there(path));
    ASSERT_STR(writer_of_slot("g", T(1)), "b");
    ASSERT_INT(report.count, 0);
    end();
}

/* --- pushing ------------------------------------------------------------- */

static void a_push_that_came_late_is_made_again(void)
{
    bool owed = true;
    begin();
    put_slot(THEIRS, "b", "ETH-USDT", T0, false);
    they_commit();
    put_slot(OURS, "a", "BTC-USDT", T0, false);
    commit(ours);
    ASSERT_INT(
        rebuild_and_push(ours, STORE_TEST_BUDGET_MS, 1, &report, &place.err),
        0);
    ASSERT_INT(report.times, 1);
    ASSERT_INT(store_push_owed(ours, &owed, &place.err), 0);
    ASSERT(!owed);
    enum sync_state state;
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    ASSERT_INT(state, SYNC_FORWARDED);
    end();
}

static void spent_time_leaves_the_push_owed(void)
{
    bool owed = false;
    begin();
    put_slot(OURS, "a", "BTC-USDT", T0, false);
    commit(ours);
    int64_t before_ms = clock_monotonic_ms();
    ASSERT_INT(rebuild_and_push(ours, 0, 1, &report, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_TRANSIENT);
    ASSERT(clock_monotonic_ms() - before_ms < 2000);
    ASSERT_INT(report.times, 0);
    ASSERT_INT(store_push_owed(ours, &owed, &place.err), 0);
    ASSERT(owed);
    end();
}

static void rebuilding_that_is_late_changes_nothing(void)
{
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE];
    enum sync_state state = SYNC_UNKNOWN;
    bool owed = false;
    begin();
    put_slot(THEIRS, "b", "ETH-USDT", T0, false);
    they_commit();
    put_slot(OURS, "a", "BTC-USDT", T0, false);
    commit(ours);
    ASSERT_INT(store_sync(ours, STORE_TEST_BUDGET_MS, &state, &place.err), 0);
    ASSERT_INT(state, SYNC_DIVERGED);
    store_tip(ours, before);
    report.until_ms = clock_monotonic_ms();
    ASSERT_INT(rebuild_on_remote(ours, &report, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_TRANSIENT);
    ASSERT(report.late);
    ASSERT_INT(report.times, 0);
    store_tip(ours, after);
    ASSERT_STR(after, before);
    ASSERT_INT(store_push_owed(ours, &owed, &place.err), 0);
    ASSERT(owed);
    report.until_ms = clock_monotonic_ms() + STORE_TEST_BUDGET_MS;
    ASSERT_INT(rebuild_on_remote(ours, &report, &place.err), 0);
    ASSERT(!report.late);
    ASSERT_INT(report.times, 1);
    push(ours);
    end();
}

static struct config config;
static const struct edit_options edit_options = { &config, "0.1.0+1a2b3c4d5e6f",
                                                  T0, false };

/* As the program would open it: ours is closed meanwhile. */
static void configure(void)
{
    store_free(ours);
    ours = NULL;
    snprintf(config.repository.path, CONFIG_TEXT, "%s", place.repo);
    snprintf(config.repository.remote, CONFIG_TEXT, "%s", place.remote);
    snprintf(config.repository.branch, CONFIG_TEXT, "main");
    snprintf(config.repository.author_name, CONFIG_TEXT, "Grid Watch");
    snprintf(config.repository.author_email, CONFIG_TEXT, "g@example.org");
    config.repository.push_budget_ms = STORE_TEST_BUDGET_MS;
    config.run.deadline_ms = 120000;
}

static int find_fault(const struct store_entry *e, void *payload,
                      struct error *err)
{
    size_t *count = payload;
    (void)err;
    *count += record_kind_of_path(e->path) == RECORD_FAULT;
    return 0;
}

/* Of the edits: nobody pushed for an hour, and somebody edited there. */
static void an_earlier_edit_that_is_lost_is_told_and_recorded(void)
{
    enum sync_state state;
    size_t faults = 0;
    struct edit e;
    begin();
    put_grid("g", 40000);
    put_grid("h", 40000);
    commit(ours);
    push(ours);
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    put_grid("g", 40003); /* ours, not pushed */
    commit(ours);
    put_grid("g", 40001);
    they_commit();
    configure();
    ASSERT_INT(edit_begin(&e, &edit_options, &place.err), 0);
    ASSERT_STR(e.rebuild_error.msg, "");
    ASSERT_INT(e.rebuilt.count, 1);
    ASSERT_STR(e.rebuilt.losses[0].path, "grids/g.yaml");
    sample_make(RECORD_GRID, &sample);
    snprintf(sample.grid.id, sizeof(sample.grid.id), "h");
    sample.grid.lower = 40002;
    ASSERT_INT(edit_put_grid(&e, &sample.grid, &place.err), 0);
    ASSERT_INT(edit_commit(&e, "h: changed", &place.err), 0);
    ASSERT(!e.push_owed);
    ASSERT_INT(e.rebuilt.count, 1);
    edit_end(&e);
    ours = place_open(&place, place.repo, place.remote);
    ASSERT_INT(store_walk(ours, "audit", find_fault, &faults, &place.err), 0);
    ASSERT_INT(faults, 1);
    ASSERT(strstr(place_read(&place, ours, "grids/g.yaml", &said), "40001"));
    ASSERT(strstr(place_read(&place, ours, "grids/h.yaml", &said), "40002"));
    end();
}

/* The same when only the push finds it: the remote was silent before. */
static void an_edit_that_the_push_lost_is_told_and_recorded(void)
{
    enum sync_state state;
    size_t faults = 0;
    struct edit e;
    begin();
    put_grid("g", 40000);
    commit(ours);
    push(ours);
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    put_grid("g", 40003);
    commit(ours);
    configure();
    ASSERT_INT(edit_begin(&e, &edit_options, &place.err), 0);
    put_grid("g", 40001);
    they_commit();
    sample_make(RECORD_GRID, &sample);
    snprintf(sample.grid.id, sizeof(sample.grid.id), "h");
    ASSERT_INT(edit_put_grid(&e, &sample.grid, &place.err), 0);
    ASSERT_INT(edit_commit(&e, "h: new", &place.err), 0);
    ASSERT(!e.push_owed);
    ASSERT_INT(e.rebuilt.count, 1);
    ASSERT_STR(e.rebuilt.losses[0].grid, "g");
    edit_end(&e);
    ours = place_open(&place, place.repo, place.remote);
    ASSERT_INT(store_walk(ours, "audit", find_fault, &faults, &place.err), 0);
    ASSERT_INT(faults, 1);
    ASSERT(there("grids/h.yaml"));
    end();
}

static void an_operator_hears_that_an_edit_was_not_taken(void)
{
    begin();
    put_grid("g", 40000);
    commit(ours);
    push(ours);
    enum sync_state state;
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    configure();
    for (int late = 0; late < 2; late++) {
        struct edit e;
        ASSERT_INT(edit_begin(&e, &edit_options, &place.err), 0);
        put_grid(late ? "other" : "g", 40001);
        they_commit();
        sample_make(RECORD_GRID, &sample);
        snprintf(sample.grid.id, sizeof(sample.grid.id), "g");
        sample.grid.lower = 40002;
        ASSERT_INT(edit_put_grid(&e, &sample.grid, &place.err), 0);
        ASSERT_INT(edit_commit(&e, "g: changed", &place.err), late ? 0 : -1);
        if (!late) {
            ASSERT_INT(place.err.fault, FAULT_BUSY);
            ASSERT(strstr(place.err.msg, "gridwatch grid show g") != NULL);
        }
        ASSERT(!e.push_owed);
        edit_end(&e);
        store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    }
    ours = place_open(&place, place.repo, place.remote);
    ASSERT(strstr(place_read(&place, ours, "grids/g.yaml", &said), "40002"));
    end();
}

void rebuild_shared_test(void);
void rebuild_shared_test(void)
{
    TEST_SUITE("run: what two writers share");
    TEST(verdicts_of_the_same_bars_stand_side_by_side);
    TEST(the_newest_of_a_symbol_is_the_newer);
    TEST(another_sight_is_concluded_anew);
    TEST(slots_behind_a_hole_are_concluded_anew);
    TEST(two_peoples_words_are_not_mixed);
    TEST(what_an_account_showed_goes_with_its_slot);
    TEST(what_leaves_the_tip_leaves_it);
    TEST(a_push_that_came_late_is_made_again);
    TEST(spent_time_leaves_the_push_owed);
    TEST(rebuilding_that_is_late_changes_nothing);
    TEST(an_earlier_edit_that_is_lost_is_told_and_recorded);
    TEST(an_edit_that_the_push_lost_is_told_and_recorded);
    TEST(an_operator_hears_that_an_edit_was_not_taken);
}
