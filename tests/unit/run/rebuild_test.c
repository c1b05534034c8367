/* Two writers of one record: what of the slower one's is kept. The documents
 * are the samples of record/, with other names and times. */
#include "two_writers.h"

/* --- grids --------------------------------------------------------------- */

static void grids_of_their_own_do_not_meet(void)
{
    char tip[STORE_ID_SIZE];
    begin();
    put_metrics(THEIRS, "ETH-USDT", T0, 1);
    put_slot(THEIRS, "b", "ETH-USDT", T0, true);
    they_commit();
    put_metrics(OURS, "BTC-USDT", T0, 2);
    put_slot(OURS, "a", "BTC-USDT", T0, true);
    commit(ours);
    store_tip(ours, report.follow);
    rebuild();
    ASSERT_INT(report.count, 0);
    ASSERT_INT(report.store.commits, 1);
    ASSERT_INT(report.store.files_dropped, 0);
    store_tip(ours, tip);
    ASSERT_STR(report.follow, tip);
    ASSERT_STR(writer_of_slot("a", T0), "a");
    ASSERT_STR(writer_of_slot("b", T0), "b");
    ASSERT_STR(writer_of("latest/symbols/BTC-USDT.yaml"), "a");
    ASSERT_STR(writer_of("latest/symbols/ETH-USDT.yaml"), "b");
    ASSERT(audit_there(RECORD_INTENT, T0, "a", "0000000a"));
    end();
}

static void a_slot_is_recorded_by_the_first(void)
{
    begin();
    put_metrics(THEIRS, "BTC-USDT", T0, 1);
    put_slot(THEIRS, "g", "BTC-USDT", T0, true);
    they_commit();
    put_metrics(OURS, "BTC-USDT", T0, 1);
    put_slot(OURS, "g", "BTC-USDT", T0, true);
    commit(ours);
    store_tip(ours, report.follow);
    rebuild();
    ASSERT_INT(report.store.commits, 0);
    ASSERT_INT(report.store.empty, 1);
    ASSERT_STR(report.follow, "");
    ASSERT_INT(report.count, 1);
    ASSERT_STR(report.losses[0].grid, "g");
    ASSERT_INT(report.losses[0].slot_ms, T0);
    ASSERT_STR(report.losses[0].path, "exits/g/2021/05/19/0200.yaml");
    ASSERT_STR(writer_of_slot("g", T0), "b");
    ASSERT_STR(writer_of("state/g.yaml"), "b");
    ASSERT_STR(writer_of("latest/grids/g.yaml"), "b");
    ASSERT_STR(writer_of_metrics("BTC-USDT", T0), "b");
    ASSERT(!audit_there(RECORD_INTENT, T0, "g", "0000000a"));
    ASSERT(!audit_there(RECORD_TRANSITION, T0, "g", "0000000a"));
    ASSERT(audit_there(RECORD_INTENT, T0, "g", "0000000b"));
    end();
}

/* Slots that followed from a memory that is not in the record, and one older
 * than the newest. */
static void one_chain_of_memories(void)
{
    begin();
    put_slot(THEIRS, "g", "BTC-USDT", T(1), false);
    put_slot(THEIRS, "h", "BTC-USDT", T(0), false);
    they_commit();
    put_slot(OURS, "g", "BTC-USDT", T(0), true);
    put_slot(OURS, "h", "BTC-USDT", T(0), false);
    commit(ours);
    put_slot(OURS, "h", "BTC-USDT", T(1), true);
    commit(ours);
    rebuild();
    ASSERT_INT(report.count, 3);
    ASSERT_STR(writer_of_slot("g", T(0)), "");
    ASSERT_STR(writer_of_slot("h", T(0)), "b");
    ASSERT_STR(writer_of_slot("h", T(1)), "");
    ASSERT_STR(writer_of("state/h.yaml"), "b");
    ASSERT(!audit_there(RECORD_INTENT, T(1), "h", "0000000a"));
    ASSERT(!audit_there(RECORD_TRANSITION, T(1), "h", "0000000a"));
    end();
}

static void our_own_chain_goes_on(void)
{
    begin();
    put_slot(OURS, "g", "BTC-USDT", T(0), true);
    commit(ours);
    push(ours);
    add("config/00000001.yaml", "x: 1\n");
    enum sync_state state;
    store_sync(theirs, STORE_TEST_BUDGET_MS, &state, &place.err);
    they_commit();
    put_slot(OURS, "g", "BTC-USDT", T(1), true);
    commit(ours);
    put_slot(OURS, "g", "BTC-USDT", T(2), true);
    commit(ours);
    rebuild();
    ASSERT_INT(report.store.commits, 2);
    ASSERT_INT(report.count, 0);
    ASSERT_STR(writer_of_slot("g", T(1)), "a");
    ASSERT_STR(writer_of_slot("g", T(2)), "a");
    ASSERT(there("config/00000001.yaml"));
    end();
}

/* --- messages ------------------------------------------------------------ */

static void what_rang_is_kept(void)
{
    begin();
    put_slot(THEIRS, "g", "BTC-USDT", T0, true);
    they_commit();
    put_slot(OURS, "g", "BTC-USDT", T0, true);
    commit(ours);
    put_delivery("g", DELIVERY_ACCEPTED);
    put_slot(OURS, "g", "BTC-USDT", T0, false); /* its state, once more */
    commit(ours);
    rebuild();
    ASSERT_STR(writer_of_slot("g", T0), "b");
    ASSERT_STR(writer_of("state/g.yaml"), "b");
    ASSERT(audit_there(RECORD_INTENT, T0, "g", "0000000a"));
    ASSERT(audit_there(RECORD_DELIVERY, T0, "g", "0000000a"));
    ASSERT(!audit_there(RECORD_TRANSITION, T0, "g", "0000000a"));
    end();
}

static void what_was_superseded_goes_with_its_message(void)
{
    begin();
    put_slot(THEIRS, "g", "BTC-USDT", T0, true);
    they_commit();
    put_slot(OURS, "g", "BTC-USDT", T0, true);
    commit(ours);
    put_delivery("g", DELIVERY_SUPERSEDED);
    commit(ours);
    rebuild();
    ASSERT(!audit_there(RECORD_INTENT, T0, "g", "0000000a"));
    ASSERT(!audit_there(RECORD_DELIVERY, T0, "g", "0000000a"));
    end();
}

static void put_service(const char *run, const char *what)
{
    struct fault_list faults;
    sample_make(RECORD_SERVICE, &sample);
    faults = sample.service.faults;
    snprintf(sample.service.run.id, sizeof(sample.service.run.id), "%s", run);
    snprintf(sample.service.faults.list[0].what, FAULT_WHAT_MAX, "%s", what);
    put(RECORD_SERVICE, "latest/service.yaml");
    sample_make(RECORD_INTENT, &sample);
    fault_intent(&faults.list[0], T0, NULL, false, &sample.intent.intent);
    put(RECORD_INTENT, audit(RECORD_INTENT, T0, "run", run + strlen(run) - 8));
    sample_make(RECORD_FAULT, &sample);
    put(RECORD_FAULT, audit(RECORD_FAULT, T0, "run", run + strlen(run) - 8));
}

static void messages_of_the_service_go_with_its_document(void)
{
    begin();
    put_service(THEIRS, "no room");
    they_commit();
    put_service(OURS, "no remote");
    commit(ours);
    rebuild();
    ASSERT_STR(writer_of("latest/service.yaml"), "b");
    ASSERT(audit_there(RECORD_INTENT, T0, "run", "0000000b"));
    ASSERT(!audit_there(RECORD_INTENT, T0, "run", "0000000a"));
    ASSERT(audit_there(RECORD_FAULT, T0, "run", "0000000a"));
    end();
}

void rebuild_test(void);
void rebuild_test(void)
{
    TEST_SUITE("run: own commits beside another writer's");
    TEST(grids_of_their_own_do_not_meet);
    TEST(a_slot_is_recorded_by_the_first);
    TEST(one_chain_of_memories);
    TEST(our_own_chain_goes_on);
    TEST(what_rang_is_kept);
    TEST(what_was_superseded_goes_with_its_message);
    TEST(messages_of_the_service_go_with_its_document);
}
