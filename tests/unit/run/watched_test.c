/* What should be watched and is not: said of a file that is gone, unless the
 * grid was stopped when the file was there last. */
#include "run/watched.h"

#include "run/one_run.h"

static void start(void)
{
    begin();
    run_begin();
}

static void stop(void)
{
    run_end();
    end();
}

/* The file of the sample's grid, which runs, or was stopped. */
static void put_file(bool stopped, char blob[STORE_ID_SIZE])
{
    sample_make(RECORD_GRID, &sample);
    if (stopped) {
        struct grid *g = &sample.grid;
        g->history[g->history_count++] =
            (struct grid_history){ T(-1), GRID_STOPPED, "sold", 0 };
    }
    put(RECORD_GRID, "grids/btc-a.yaml");
    commit(ours);
    ASSERT_INT(store_blob_id(ours, "grids/btc-a.yaml", blob, &place.err), 0);
}

static void remove_file(const char *path)
{
    char hex[STORE_ID_SIZE];
    struct store_change gone = { path, NULL, 0, true };
    const struct store_batch b = { &gone, 1, "gone", T(0) };
    ASSERT_INT(store_commit(ours, &b, hex, &place.err), 0);
}

static void put_state(void)
{
    sample_make(RECORD_STATE, &sample);
    put(RECORD_STATE, "state/btc-a.yaml");
    commit(ours);
}

/* The newest slot, concluded from that file. */
static void put_newest(const char *blob)
{
    sample_make(RECORD_EXIT, &sample);
    memcpy(sample.exit.inputs.grid_blob, blob, STORE_ID_SIZE);
    put(RECORD_EXIT, "latest/grids/btc-a.yaml");
    commit(ours);
}

/* How many grids are told of. */
static size_t told(void)
{
    r.seen = (struct fault_list){ .count = 0 };
    r.exit = RUN_DONE;
    ASSERT_INT(run_tell_unwatched(&r, &place.err), 0);
    ASSERT_INT(r.exit, r.seen.count ? RUN_CONFIG : RUN_DONE);
    return r.seen.count;
}

static void a_file_that_cannot_be_used_is_told_with_its_grid(void)
{
    struct error err = { FAULT_NONE, "" };
    start();
    error_set(&err, FAULT_DATA, "line 6: lower: must be a number");
    run_tell_invalid(&r, "btc-b", FAULT_CLASS_GRID_FILE, &err);
    const struct service_fault *f = only_fault();
    ASSERT_STR(f->subject, "btc-b");
    ASSERT_INT(f->class, FAULT_CLASS_GRID_FILE);
    ASSERT_STR(f->what, "line 6: lower: must be a number");
    ASSERT_INT(r.exit, RUN_CONFIG);
    ASSERT_STR(r.err.msg, "grid 'btc-b' is not watched: line 6: lower: must be "
                          "a number");
    ASSERT_STR(err.msg, "line 6: lower: must be a number");
    stop();
}

static void a_name_that_is_no_grids_is_told(void)
{
    static const struct store_entry file = { .path = "grids/BTC.yml",
                                             .name = "BTC.yml" };
    static const struct store_entry dir = { .path = "grids/old",
                                            .name = "old",
                                            .is_dir = true };
    start();
    run_tell_misnamed(&r, &file);
    const struct service_fault *f = only_fault();
    ASSERT_STR(f->subject, "run");
    ASSERT_INT(f->class, FAULT_CLASS_GRID_NAME);
    ASSERT_STR(f->what,
               "'grids/BTC.yml' is no grid file by its name: a grid file is "
               "grids/ID.yaml, ID of a-z, 0-9 and hyphens");
    ASSERT_INT(r.exit, RUN_CONFIG);
    r.seen.count = 0;
    run_tell_misnamed(&r, &dir);
    ASSERT(strncmp(only_fault()->what, "'grids/old' is a directory: ", 28) ==
           0);
    stop();
}

static void a_grid_with_its_file_is_watched(void)
{
    char blob[STORE_ID_SIZE];
    start();
    ASSERT_INT(told(), 0); /* there is nothing at all */
    put_state();
    put_file(false, blob);
    ASSERT_INT(told(), 0);
    stop();
}

static void a_running_grid_without_its_file_is_told(void)
{
    char blob[STORE_ID_SIZE];
    start();
    put_state();
    ASSERT_INT(told(), 1); /* nobody knows what it was */
    put_file(false, blob);
    put_newest(blob);
    remove_file("grids/btc-a.yaml");
    ASSERT_INT(told(), 1);
    ASSERT_STR(only_fault()->subject, "btc-a");
    ASSERT_INT(only_fault()->class, FAULT_CLASS_GRID_FILE);
    ASSERT_STR(only_fault()->what,
               "grid btc-a was watched and its file grids/btc-a.yaml is gone: "
               "it is not watched; put it back, or stop it first");
    stop();
}

static void one_that_was_stopped_may_go(void)
{
    char blob[STORE_ID_SIZE];
    start();
    put_state();
    put_file(true, blob);
    put_newest(blob);
    remove_file("grids/btc-a.yaml");
    ASSERT_INT(told(), 0);
    /* Without the newest slot the file that was removed says it. */
    remove_file("latest/grids/btc-a.yaml");
    ASSERT_INT(told(), 0);
    stop();
}

static void one_that_was_stopped_after_its_newest_slot_may_go(void)
{
    char blob[STORE_ID_SIZE], later[STORE_ID_SIZE];
    start();
    put_state();
    put_file(false, blob);
    put_newest(blob);
    put_file(true, later);
    remove_file("grids/btc-a.yaml");
    ASSERT_INT(told(), 0);
    /* One that came back to life since is no stopped grid. */
    put_file(false, blob);
    remove_file("grids/btc-a.yaml");
    ASSERT_INT(told(), 1);
    stop();
}

/* As in a clone that begins after the file was removed. */
static void the_newest_slot_says_it_when_the_removal_is_not_here(void)
{
    char blob[STORE_ID_SIZE];
    start();
    put_state();
    sample_make(RECORD_GRID, &sample);
    sample.grid.history[sample.grid.history_count++] =
        (struct grid_history){ T(-1), GRID_STOPPED, "", 0 };
    put(RECORD_GRID, "elsewhere/btc-a.yaml");
    commit(ours);
    ASSERT_INT(store_blob_id(ours, "elsewhere/btc-a.yaml", blob, &place.err),
               0);
    ASSERT_INT(told(), 1);
    put_newest(blob);
    ASSERT_INT(told(), 0);
    stop();
}

static void what_else_stands_there_is_no_grid(void)
{
    start();
    add("state/README", "by hand");
    add("state/deep/btc-b.yaml", "by hand");
    commit(ours);
    ASSERT_INT(told(), 0);
    stop();
}

void watched_test(void);
void watched_test(void)
{
    TEST_SUITE("run/watched");
    TEST(a_file_that_cannot_be_used_is_told_with_its_grid);
    TEST(a_name_that_is_no_grids_is_told);
    TEST(a_grid_with_its_file_is_watched);
    TEST(a_running_grid_without_its_file_is_told);
    TEST(one_that_was_stopped_may_go);
    TEST(one_that_was_stopped_after_its_newest_slot_may_go);
    TEST(the_newest_slot_says_it_when_the_removal_is_not_here);
    TEST(what_else_stands_there_is_no_grid);
}
