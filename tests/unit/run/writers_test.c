/* Other writers of the same record: what is told of what was dropped, and what
 * a run that lost a grid says no more. */
#include "record/keep.h"
#include "run/writers.h"

#include "run/one_run.h"

static struct grid_run grid;
static struct rebuild_report b;

static void start(void)
{
    begin();
    run_begin();
    grid = (struct grid_run){ .state_changed = true };
    snprintf(grid.grid.id, sizeof(grid.grid.id), "btc-a");
    b = (struct rebuild_report){ .times = 1 };
}

static void stop(void)
{
    run_end();
    end();
}

static struct rebuild_loss *lose(int64_t slot_ms)
{
    struct rebuild_loss *l = &b.losses[b.count++];
    *l = (struct rebuild_loss){ .path = "grids/btc-a.yaml",
                                .grid = "btc-a",
                                .slot_ms = slot_ms };
    return l;
}

static void nothing_is_told_when_nothing_was_dropped(void)
{
    start();
    b.times = 0;
    lose(MOMENT_NONE); /* of a report that is of nothing */
    writers_tell(&r, &b);
    ASSERT_INT(r.seen.count, 0);
    b = (struct rebuild_report){ .times = 2 };
    lose(T(0)); /* a slot that another wrote first is nobody's loss */
    writers_tell(&r, &b);
    ASSERT_INT(r.seen.count, 0);
    ASSERT_INT(r.changes.count, 0);
    ASSERT(!r.tells_people);
    stop();
}

static void an_edit_that_was_dropped_is_told_with_its_words(void)
{
    start();
    sample_make(RECORD_GRID, &sample);
    sample.grid.history[sample.grid.history_count++] =
        (struct grid_history){ T(-1), GRID_PAUSED, "", 0 };
    put(RECORD_GRID, "grids/btc-a.yaml");
    commit(ours);
    struct rebuild_loss *l = lose(MOMENT_NONE);
    ASSERT_INT(store_blob_id(ours, l->path, l->after, &place.err), 0);
    writers_tell(&r, &b);
    ASSERT_STR(only_fault()->subject, "btc-a");
    ASSERT_INT(only_fault()->class, FAULT_CLASS_EDIT);
    ASSERT_STR(only_fault()->what,
               "grid btc-a: 'paused' of 2021-05-19T01:45:00Z was dropped, "
               "because the file was edited at the remote as well and that "
               "stands; say it again");
    ASSERT(r.tells_people);
    /* And an event for the record, of the same grid. */
    ASSERT_INT(r.changes.count, 1);
    ASSERT(strstr(r.changes.list[0].path, "-btc-a-fault-") != NULL);
    ASSERT(strstr(r.changes.list[0].data, "was edited here and at the remote"));
    stop();
}

static void an_edit_that_cannot_be_read_is_told_all_the_same(void)
{
    start();
    lose(MOMENT_NONE); /* it removed the file */
    writers_tell(&r, &b);
    ASSERT(strncmp(only_fault()->what, "grid btc-a: an edit was dropped,",
                   32) == 0);
    stop();
}

static void a_history_that_was_replaced_is_told(void)
{
    start();
    snprintf(b.store.saved, sizeof(b.store.saved), "refs/heads/saved-1");
    writers_tell(&r, &b);
    ASSERT_STR(only_fault()->subject, "run");
    ASSERT_INT(only_fault()->class, FAULT_CLASS_HISTORY);
    ASSERT_STR(only_fault()->what,
               "remote history was replaced; what was here before is kept as "
               "refs/heads/saved-1");
    ASSERT(r.tells_people);
    ASSERT_INT(r.changes.count, 1);
    stop();
}

/* Two open messages, of the grid and of the service, one of the grid that is
 * out, and one of it that could not be recorded. */
static void add_messages(void)
{
    run_add_message(&r)->grid = 0;
    run_add_message(&r)->grid = MESSAGE_OF_SERVICE;
    struct message_run *m = run_add_message(&r);
    m->grid = 0;
    m->fate = MESSAGE_FINAL;
    m = run_add_message(&r);
    m->grid = 0;
    m->unrecorded = true;
}

/* The grid and the service as the tip has them, written by another run. */
static void put_there(void)
{
    sample_make(RECORD_STATE, &sample);
    snprintf(sample.state.run.id, sizeof(sample.state.run.id), "%s", THEIRS);
    grid.holding = holding_new();
    state_document_keep(&sample.state, &grid.holding);
    grid.exit = sample.state.exit;
    grid.alert = sample.state.alert;
    grid.siren = sample.state.siren;
    grid.open_count = sample.state.open_count;
    memcpy(grid.open, sample.state.open, sizeof(grid.open));
    grid.owed = sample.state.owed;
    put(RECORD_STATE, "state/btc-a.yaml");
    sample_make(RECORD_SERVICE, &sample);
    snprintf(sample.service.run.id, sizeof(sample.service.run.id), "%s",
             THEIRS);
    r.service = sample.service;
    put(RECORD_SERVICE, "latest/service.yaml");
    commit(ours);
    r.grids = &grid;
    r.grid_count = 1;
    r.service_changed = true;
    add_messages();
}

static void what_stands_as_it_was_known_is_ours_still(void)
{
    start();
    put_there();
    snprintf(r.service.run.id, sizeof(r.service.run.id), "%s", OURS);
    r.service.slot_ms = T(9);
    writers_yield(&r);
    ASSERT_INT(r.message_count, 4);
    ASSERT(grid.state_changed);
    ASSERT(r.service_changed);
    /* It is of the run that wrote it. */
    ASSERT_STR(r.service.run.id, THEIRS);
    ASSERT_INT(r.service.slot_ms, SAMPLE_SLOT);
    stop();
}

static void what_is_not_there_is_ours(void)
{
    start();
    r.grids = &grid;
    r.grid_count = 1;
    r.service_changed = true;
    add_messages();
    writers_yield(&r);
    ASSERT_INT(r.message_count, 4);
    ASSERT(grid.state_changed);
    ASSERT(r.service_changed);
    stop();
}

static void a_grid_that_another_has_is_anothers(void)
{
    start();
    put_there();
    grid.exit.slot_ms = T(-1);
    grid.alert.said = STATE_WARNING;
    grid.open_count = 0;
    writers_yield(&r);
    /* What the tip says is what is known now, and is not written again. */
    ASSERT_INT(grid.exit.slot_ms, SAMPLE_SLOT);
    ASSERT_INT(grid.alert.said, STATE_MANDATORY);
    ASSERT_INT(grid.open_count, 1);
    ASSERT_STR(grid.open[0].id, "20210519T0145-5f3a9c01");
    ASSERT(!grid.state_changed);
    /* Its message is dropped; what is out or in no record stays. */
    ASSERT_INT(r.message_count, 3);
    ASSERT_INT(r.messages[0].grid, MESSAGE_OF_SERVICE);
    ASSERT_INT(r.messages[1].fate, MESSAGE_FINAL);
    ASSERT(r.messages[2].unrecorded);
    ASSERT(r.service_changed);
    stop();
}

/* The slot could not be recorded, and found that a siren has to be quiet: no
 * tip can say that, and no other writer takes it over. */
static void a_siren_that_is_to_be_quiet_is_not_left_to_others(void)
{
    for (int moved = 0; moved < 2; moved++) {
        start();
        put_there();
        grid.unrecorded = true;
        snprintf(grid.siren.cancel, sizeof(grid.siren.cancel), "old-siren");
        snprintf(grid.siren.cancel_tag, sizeof(grid.siren.cancel_tag), "ep-1");
        grid.siren.cancel_until_ms = T(4);
        if (moved) /* another writer recorded it meanwhile */
            grid.exit.slot_ms -= MS_PER_SLOT;
        writers_yield(&r);
        ASSERT_STR(grid.siren.cancel, "old-siren");
        ASSERT_STR(grid.siren.cancel_tag, "ep-1");
        ASSERT_INT(grid.siren.cancel_until_ms, T(4));
        ASSERT(grid.siren.receipt[0] != 0);
        ASSERT_INT(r.message_count, moved ? 3 : 4);
        stop();
    }
}

static void messages_alone_make_another_state(void)
{
    start();
    put_there();
    grid.open[0].id[0] = '3';
    writers_yield(&r);
    ASSERT_STR(grid.open[0].id, "20210519T0145-5f3a9c01");
    ASSERT_INT(r.message_count, 3);
    stop();
}

static void so_it_is_with_the_service(void)
{
    start();
    put_there();
    r.service.faults.count = 0;
    writers_yield(&r);
    ASSERT_INT(r.service.faults.count, 2);
    ASSERT(!r.service_changed);
    ASSERT_INT(r.message_count, 3);
    ASSERT_INT(r.messages[0].grid, 0);
    ASSERT(grid.state_changed);
    stop();
}

/* A message whose file is there since the second commit. */
static struct message_run *find_message(int64_t decided_ms, const char *hash8)
{
    struct message_run *m = run_add_message(&r);
    snprintf(m->path, sizeof(m->path), "%s",
             audit(RECORD_INTENT, decided_ms, "btc-a", hash8));
    snprintf(m->intent.id, sizeof(m->intent.id), "%s", hash8);
    add(m->path, "x");
    return m;
}

static const char *kept(void)
{
    text_clear(&said);
    for (size_t i = 0; i < r.message_count; i++)
        text_printf(&said, "%s ", r.messages[i].intent.id);
    return text_str(&said);
}

/* The run is at T(0) + 10 s and a run takes two minutes at most. */
static void a_message_that_came_just_now_is_left_to_its_writer(void)
{
    start();
    int64_t now_ms = r.exchange_ms;
    find_message(now_ms - 20000, "0000000a");
    commit(ours);
    store_tip(ours, r.synced_from);
    find_message(now_ms - 20000, "0000000b");
    find_message(now_ms - 119999, "0000000c");
    find_message(now_ms - 120000, "0000000d");
    find_message(now_ms - 20000, "0000000e")->decided_now = true;
    commit(ours);
    writers_leave(&r);
    ASSERT_STR(kept(), "0000000a 0000000d 0000000e ");
    stop();
}

static void without_a_tip_before_the_sync_all_came_with_it(void)
{
    start();
    find_message(r.exchange_ms - 20000, "0000000a");
    find_message(r.exchange_ms - 180000, "0000000b");
    commit(ours);
    writers_leave(&r);
    ASSERT_STR(kept(), "0000000b ");
    writers_leave(&r);
    ASSERT_STR(kept(), "0000000b ");
    stop();
}

void writers_test(void);
void writers_test(void)
{
    TEST_SUITE("run/writers");
    TEST(nothing_is_told_when_nothing_was_dropped);
    TEST(an_edit_that_was_dropped_is_told_with_its_words);
    TEST(an_edit_that_cannot_be_read_is_told_all_the_same);
    TEST(a_history_that_was_replaced_is_told);
    TEST(what_stands_as_it_was_known_is_ours_still);
    TEST(what_is_not_there_is_ours);
    TEST(a_grid_that_another_has_is_anothers);
    TEST(a_siren_that_is_to_be_quiet_is_not_left_to_others);
    TEST(messages_alone_make_another_state);
    TEST(so_it_is_with_the_service);
    TEST(a_message_that_came_just_now_is_left_to_its_writer);
    TEST(without_a_tip_before_the_sync_all_came_with_it);
}
