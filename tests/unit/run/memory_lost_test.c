/* A grid whose state is gone: what the rest of the record says of its newest
 * slot and of the messages that were not delivered. */
#include "run/watched.h"

#include "run/one_run.h"

static struct grid_run g;

static void start(void)
{
    begin();
    run_begin();
    sample_make(RECORD_GRID, &sample);
    g = (struct grid_run){ .grid = sample.grid,
                           .exit = exit_memory_new(),
                           .alert = alert_memory_new() };
}

static void stop(void)
{
    run_end();
    end();
}

static void recall(void)
{
    r.seen = (struct fault_list){ .count = 0 };
    r.tells_people = false;
    g.open_count = 0;
    g.exit.slot_ms = MOMENT_NONE;
    run_recall_lost(&r, &g);
}

/* An exit document whose name alone counts. */
static void put_exit_name(int64_t slot_ms)
{
    char path[RECORD_PATH_MAX];
    record_exit_path("btc-a", slot_ms, path);
    add(path, "x");
}

static void put_newest(int64_t slot_ms)
{
    sample_make(RECORD_EXIT, &sample);
    sample.exit.evaluation.slot_ms = slot_ms;
    put(RECORD_EXIT, "latest/grids/btc-a.yaml");
}

/* A message of that grid and slot, with `tag` for the hash of its path. */
static void put_message(const char *grid, int64_t slot_ms, const char *tag)
{
    struct intent *i;
    sample_make(RECORD_INTENT, &sample);
    i = &sample.intent.intent;
    snprintf(i->grid, sizeof(i->grid), "%s", grid);
    snprintf(i->id, sizeof(i->id), "20210519T0200-%s", tag);
    snprintf(i->tag, sizeof(i->tag), "%s-20210519T0030", grid);
    put(RECORD_INTENT, audit(RECORD_INTENT, slot_ms, grid, tag));
}

static void put_answer(const char *grid, int64_t slot_ms, const char *tag)
{
    struct delivery *d;
    sample_make(RECORD_DELIVERY, &sample);
    d = &sample.delivery.delivery;
    snprintf(d->grid, sizeof(d->grid), "%s", grid);
    snprintf(d->intent, sizeof(d->intent), "20210519T0200-%s", tag);
    put(RECORD_DELIVERY, audit(RECORD_DELIVERY, slot_ms, grid, tag));
}

/* The ids of the open messages, by their tags. */
static const char *open_tags(void)
{
    text_clear(&said);
    for (size_t i = 0; i < g.open_count; i++)
        text_printf(&said, "%s ", strchr(g.open[i].id, '-') + 1);
    return text_str(&said);
}

static void a_new_grid_is_left_as_it_is(void)
{
    start();
    put_message("btc-a", T(-1), "0000000a");
    commit(ours);
    recall();
    ASSERT_INT(g.exit.slot_ms, MOMENT_NONE);
    ASSERT_INT(g.open_count, 0);
    ASSERT_INT(r.seen.count, 0);
    ASSERT(!r.tells_people);
    stop();
}

static void the_newest_slot_is_that_of_its_newest_document(void)
{
    start();
    put_newest(T(0));
    put_exit_name(T(1)); /* is not looked for */
    commit(ours);
    recall();
    ASSERT_INT(g.exit.slot_ms, T(0));
    ASSERT_STR(only_fault()->subject, "btc-a");
    ASSERT_INT(only_fault()->class, FAULT_CLASS_MEMORY);
    ASSERT_STR(only_fault()->what,
               "what was remembered of btc-a is gone: it has slots up to "
               "2021-05-19T02:00:00Z and no state/btc-a.yaml; it begins anew "
               "with 0 open messages");
    ASSERT(r.tells_people);
    stop();
}

static void without_one_it_is_that_of_the_last_name(void)
{
    start();
    put_exit_name(T(-4 * 96)); /* 05-15 */
    put_exit_name(T(-8));      /* 05-19T00:00 */
    put_exit_name(T(-9));      /* 05-18T23:45 */
    put_exit_name(T(-2));
    commit(ours);
    recall();
    ASSERT_INT(g.exit.slot_ms, T(-2));
    put_exit_name(T(96 * 30)); /* a month later */
    commit(ours);
    recall();
    ASSERT_INT(g.exit.slot_ms, T(96 * 30));
    put_exit_name(T(96 * 240)); /* the next year, an earlier month */
    commit(ours);
    recall();
    ASSERT_INT(g.exit.slot_ms, T(96 * 240));
    ASSERT_INT(r.seen.count, 1);
    stop();
}

static void messages_without_an_answer_are_open(void)
{
    start();
    put_newest(T(0));
    put_message("btc-a", T(-1), "0000000a");
    put_message("btc-a", T(-2), "0000000b");
    put_answer("btc-a", T(-2), "0000000b"); /* at the same time, name first */
    put_message("btc-a", T(-96), "0000000c");
    put_answer("btc-a", T(0), "0000000c"); /* a day later */
    put_message("btc-a", T(-96 * 2), "0000000d");
    put_message("btc-a", T(-96 * 3), "0000000e"); /* too old */
    put_message("btc-b", T(-1), "0000000f");      /* another's */
    commit(ours);
    recall();
    ASSERT_STR(open_tags(), "0000000d 0000000a ");
    ASSERT_STR(g.open[1].path,
               audit(RECORD_INTENT, T(-1), "btc-a", "0000000a"));
    ASSERT(strstr(only_fault()->what, "with 2 open messages") != NULL);
    put_answer("btc-a", T(0), "0000000d");
    commit(ours);
    recall();
    ASSERT_STR(open_tags(), "0000000a ");
    ASSERT(strstr(only_fault()->what, "with 1 open message") != NULL);
    ASSERT(strstr(only_fault()->what, "messages") == NULL);
    stop();
}

static void of_too_many_the_oldest_go(void)
{
    char tag[RECORD_HASH8];
    start();
    put_newest(T(0));
    for (int i = 0; i < RECORD_OPEN_INTENTS_MAX + 3; i++) {
        snprintf(tag, sizeof(tag), "%08x", (unsigned)i);
        put_message("btc-a", T(-20 + i), tag);
    }
    commit(ours);
    recall();
    ASSERT_INT(g.open_count, RECORD_OPEN_INTENTS_MAX);
    ASSERT_STR(g.open[0].id, "20210519T0200-00000003");
    ASSERT_STR(g.open[RECORD_OPEN_INTENTS_MAX - 1].id,
               "20210519T0200-00000012");
    stop();
}

static void nobody_is_told_of_what_is_not_watched_here(void)
{
    start();
    put_newest(T(0));
    put_message("btc-a", T(-1), "0000000a");
    commit(ours);
    snprintf(config.run.grids, sizeof(config.run.grids), "btc-b btc-aa");
    recall();
    ASSERT_INT(g.exit.slot_ms, T(0)); /* and yet no slot is written twice */
    ASSERT_INT(r.seen.count, 0);
    ASSERT_INT(g.open_count, 0);
    snprintf(config.run.grids, sizeof(config.run.grids), "btc-b btc-a");
    recall();
    ASSERT_INT(r.seen.count, 1);
    g.grid.history[g.grid.history_count++] =
        (struct grid_history){ T(-1), GRID_STOPPED, "", 0 };
    recall();
    ASSERT_INT(g.exit.slot_ms, T(0));
    ASSERT_INT(r.seen.count, 0);
    ASSERT(!r.tells_people);
    stop();
}

void memory_lost_test(void);
void memory_lost_test(void)
{
    TEST_SUITE("run/memory_lost");
    TEST(a_new_grid_is_left_as_it_is);
    TEST(the_newest_slot_is_that_of_its_newest_document);
    TEST(without_one_it_is_that_of_the_last_name);
    TEST(messages_without_an_answer_are_open);
    TEST(of_too_many_the_oldest_go);
    TEST(nobody_is_told_of_what_is_not_watched_here);
}
