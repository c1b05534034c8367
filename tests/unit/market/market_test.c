#include "market/market.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "market/made.h"
#include "test.h"

static struct made made[TF_COUNT];
static struct market_view view;
static struct market_facts facts;

/* 15m bars 1600..1631 at 100, the hours and the 4h bars that they make. */
static void begin(void)
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        made_begin(&made[tf], (enum timeframe)tf);
    made_run(&made[TF_15M], 1600, 1631, 100);
    made_run(&made[TF_1H], 400, 407, 100);
    made_run(&made[TF_4H], 100, 101, 100);
    facts = (struct market_facts){ MARKET_OPEN, false, false, NO_VALUE,
                                   MOMENT_NONE };
}

static void look(int64_t slot_ms)
{
    struct series series[TF_COUNT];
    for (int tf = 0; tf < TF_COUNT; tf++)
        series[tf] = made_series(&made[tf]);
    market_view_build(series, slot_ms, &facts, &view);
}

static int64_t newest_slot(void)
{
    return made_slot(TF_15M, 1631);
}

static void a_sound_market_has_a_price(void)
{
    begin();
    made[TF_15M].bars[31].close = made[TF_15M].bars[31].high = 103;
    look(newest_slot());
    ASSERT_INT(view.price_cause, PRICE_KNOWN);
    ASSERT_NEAR(view.close, 103, 0);
    ASSERT_INT(view.close_ms, newest_slot());
    ASSERT_INT(view.slot_ms, newest_slot());
    ASSERT_INT(view.window[TF_15M].count, 32);
    ASSERT_INT(view.window[TF_1H].count, 8);
    ASSERT_INT(view.window[TF_4H].count, 2);
}

static void a_price_may_be_thirty_minutes_old(void)
{
    begin();
    look(newest_slot() + 30 * MS_PER_MINUTE);
    ASSERT_INT(view.price_cause, PRICE_KNOWN);
    look(newest_slot() + 30 * MS_PER_MINUTE + 1);
    ASSERT_INT(view.price_cause, PRICE_NO_TRADES);
    look(newest_slot() + 45 * MS_PER_MINUTE);
    ASSERT_INT(view.price_cause, PRICE_NO_TRADES);
    ASSERT_NEAR(view.close, 100, 0); /* with its age beside it */
    ASSERT_INT(view.close_ms, newest_slot());
}

static void without_any_bar_there_is_no_price(void)
{
    begin();
    made[TF_15M].count = 0;
    look(newest_slot());
    ASSERT_INT(view.price_cause, PRICE_NO_TRADES);
    ASSERT(isnan(view.close));
    ASSERT_INT(view.close_ms, MOMENT_NONE);
}

static void each_cause_yields_to_the_one_before_it(void)
{
    begin();
    made_add(&made[TF_15M], 1632, 40);
    int64_t slot = made_slot(TF_15M, 1632), later = slot + MS_PER_HOUR;
    look(later);
    ASSERT_INT(view.price_cause, PRICE_UNWITNESSED);
    look(slot);
    ASSERT_INT(view.price_cause, PRICE_UNWITNESSED);
    ASSERT_NEAR(view.close, 100, 0);
    facts.candles_failed = true;
    look(slot);
    ASSERT_INT(view.price_cause, PRICE_API_ERROR);
    facts.clock_off = true;
    look(slot);
    ASSERT_INT(view.price_cause, PRICE_CLOCK);
    facts.status = MARKET_CANCEL_ONLY;
    look(slot);
    ASSERT_INT(view.price_cause, PRICE_MARKET_CLOSED);
    facts.status = MARKET_CLOSED;
    look(slot);
    ASSERT_INT(view.price_cause, PRICE_MARKET_CLOSED);
    facts =
        (struct market_facts){ MARKET_STATUS_UNKNOWN, false, false, 41, slot };
    look(slot);
    ASSERT_INT(view.price_cause, PRICE_KNOWN);
    ASSERT_NEAR(view.close, 40, 0);
}

static void causes_and_statuses_have_names(void)
{
    static const char *const causes[] = { "none",      "market_closed",
                                          "clock",     "api_error",
                                          "no_trades", "unwitnessed" };
    static const char *const statuses[] = { "open", "closed", "cancelonly",
                                            "unknown" };
    for (size_t i = 0; i < ARRAY_LEN(causes); i++)
        ASSERT_STR(price_cause_name((enum price_cause)i), causes[i]);
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
        ASSERT_STR(market_status_name((enum market_status)i), statuses[i]);
}

static void a_bar_closed_in_the_slot_or_did_not(void)
{
    begin();
    look(newest_slot());
    ASSERT(market_closed_in_slot(&view, TF_15M) != NULL);
    ASSERT(market_closed_in_slot(&view, TF_4H) ==
           window_last(&view.window[TF_4H]));
    look(newest_slot() + MS_PER_SLOT);
    ASSERT(!market_closed_in_slot(&view, TF_15M));
    ASSERT(!market_closed_in_slot(&view, TF_1H));
    made[TF_1H].count = 0;
    look(newest_slot());
    ASSERT(!market_closed_in_slot(&view, TF_1H));
}

static void advance(int64_t slot_ms, uint64_t edition)
{
    struct series series[TF_COUNT];
    for (int tf = 0; tf < TF_COUNT; tf++)
        series[tf] = made_series(&made[tf]);
    market_view_advance(series, slot_ms, &facts, edition, &view);
}

/* A view that is kept says what one that is built says, slot by slot. */
static void a_view_that_is_kept_is_the_one_that_is_built(void)
{
    static struct market_view kept;
    begin();
    made_add(&made[TF_15M], 1632, 40); /* a jump, denied by the next */
    made_run(&made[TF_15M], 1633, 1640, 102);
    made_run(&made[TF_15M], 1651, 1660, 103);
    made_run(&made[TF_1H], 408, 414, 101);
    memset(&kept, 0, sizeof(kept));
    for (int64_t n = 1590; n < 1670; n++) {
        facts.ticker = n == 1632 ? 41 : NO_VALUE;
        view = kept;
        advance(made_slot(TF_15M, n), 0);
        kept = view;
        look(made_slot(TF_15M, n));
        for (int tf = 0; tf < TF_COUNT; tf++)
            ASSERT(same_window(&kept.window[tf], &view.window[tf]));
        ASSERT_INT(kept.price_cause, view.price_cause);
        ASSERT_INT(kept.close_ms, view.close_ms);
        ASSERT_NEAR(kept.close, view.close, 0);
        ASSERT_INT(kept.hours.count, view.hours.count);
        ASSERT_INT(kept.slot_ms, view.slot_ms);
    }
}

static void only_a_history_with_a_name_is_believed(void)
{
    begin();
    advance(newest_slot() - MS_PER_SLOT, 5);
    ASSERT_INT(view.edition, 5);
    made[TF_15M].bars[20].close = 99; /* a lie */
    advance(newest_slot(), 5);
    ASSERT_INT(view.window[TF_15M].count, 32);
    ASSERT_NEAR(view.window[TF_15M].bars[20].close, 100, 0);
    advance(newest_slot(), 0);
    ASSERT_NEAR(view.window[TF_15M].bars[20].close, 99, 0);
    ASSERT_INT(view.edition, 0);
    made[TF_15M].bars[20].close = 98;
    advance(newest_slot(), 5); /* what went before had no name */
    ASSERT_NEAR(view.window[TF_15M].bars[20].close, 98, 0);
    made[TF_15M].bars[20].close = 97;
    advance(newest_slot(), 6); /* another history */
    ASSERT_NEAR(view.window[TF_15M].bars[20].close, 97, 0);
    look(newest_slot());
    ASSERT_INT(view.edition, 0);
}

/* Hour 405 is made of the 15m bars 1620..1623, 4h bar 101 of 1616..1631. */
static struct bar *quarter(int64_t number)
{
    return &made[TF_15M].bars[number - 1600];
}

static void hours_that_agree_are_not_disagreements(void)
{
    struct disagreement found[4];
    begin();
    *quarter(1621) =
        (struct bar){ quarter(1621)->open_ms, 100, 104, 97, 100, 1, 0 };
    made[TF_1H].bars[5].high = made[TF_4H].bars[1].high = 104;
    made[TF_1H].bars[5].low = made[TF_4H].bars[1].low = 97;
    look(newest_slot());
    ASSERT_INT(market_disagreements(&view, found, ARRAY_LEN(found)), 0);
}

static void each_field_that_differs_is_named_with_both_values(void)
{
    struct disagreement found[8];
    begin();
    made[TF_1H].bars[5].high = 104;
    made[TF_1H].bars[5].low = 97;
    made[TF_4H].bars[1].close = 99;
    look(newest_slot());
    ASSERT_INT(market_disagreements(&view, found, ARRAY_LEN(found)), 3);
    ASSERT_INT(found[0].tf, TF_1H);
    ASSERT_INT(found[0].open_ms, 405 * MS_PER_HOUR);
    ASSERT_STR(found[0].field, "high");
    ASSERT_NEAR(found[0].fetched, 104, 0);
    ASSERT_NEAR(found[0].derived, 100, 0);
    ASSERT_STR(found[1].field, "low");
    ASSERT_INT(found[2].tf, TF_4H);
    ASSERT_STR(found[2].field, "close");
    ASSERT_NEAR(found[2].fetched, 99, 0);
}

static void the_newest_disagreements_come_first_and_all_are_counted(void)
{
    struct disagreement found[3] = { 0 };
    begin();
    for (int h = 0; h < 8; h++)
        made[TF_1H].bars[h].close = 99.5;
    look(newest_slot());
    ASSERT_INT(market_disagreements(&view, found, 2), 8);
    ASSERT_INT(found[0].open_ms, 407 * MS_PER_HOUR);
    ASSERT_INT(found[1].open_ms, 406 * MS_PER_HOUR);
    ASSERT(!found[2].field);
    ASSERT_INT(market_disagreements(&view, NULL, 0), 8);
}

static void only_complete_real_sets_are_compared(void)
{
    struct disagreement found[4];
    begin();
    made[TF_1H].bars[5].close = 99;
    made[TF_4H].bars[1].close = 99;
    /* 1622 is absent and filled: neither its hour nor its 4h bar is held to
     * anything. */
    for (int64_t n = 1622; n < 1631; n++)
        *quarter(n) = *quarter(n + 1);
    made[TF_15M].count--;
    look(newest_slot());
    ASSERT_INT(view.window[TF_15M].filled, 1);
    ASSERT_INT(market_disagreements(&view, found, ARRAY_LEN(found)), 0);
}

void market_test(void);
void market_test(void)
{
    TEST_SUITE("market/market");
    TEST(a_sound_market_has_a_price);
    TEST(a_price_may_be_thirty_minutes_old);
    TEST(without_any_bar_there_is_no_price);
    TEST(each_cause_yields_to_the_one_before_it);
    TEST(causes_and_statuses_have_names);
    TEST(a_bar_closed_in_the_slot_or_did_not);
    TEST(a_view_that_is_kept_is_the_one_that_is_built);
    TEST(only_a_history_with_a_name_is_believed);
    TEST(hours_that_agree_are_not_disagreements);
    TEST(each_field_that_differs_is_named_with_both_values);
    TEST(the_newest_disagreements_come_first_and_all_are_counted);
    TEST(only_complete_real_sets_are_compared);
}
