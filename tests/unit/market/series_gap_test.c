/* What a window makes of absent bars and of jumps. */
#include "base/array.h"
#include "base/value.h"
#include "market/made.h"
#include "test.h"

static struct made made, hours;
static struct window w;

/* The window of the 15m slot in which bar `number` closes. */
static void look_with(int64_t number, double ticker)
{
    struct series s = made_series(&made), h = made_series(&hours);
    struct witnesses wit = { &h, ticker };
    window_build(&s, made_slot(made.tf, number), wit, &w);
}

static void look(int64_t number)
{
    look_with(number, NO_VALUE);
}

/* Bars 100..107 at 100. */
static void begin(void)
{
    made_begin(&hours, TF_1H);
    made_begin(&made, TF_15M);
    made_run(&made, 100, 107, 100);
}

static void a_stop_of_one_or_two_bars_is_filled_flat(void)
{
    for (int64_t absent = 1; absent <= 2; absent++) {
        begin();
        made_add(&made, 108 + absent, 120);
        look(108 + absent);
        ASSERT_INT(w.count, 9 + absent);
        ASSERT_INT(w.filled, absent);
        ASSERT_INT(w.missing, 0);
        for (int64_t k = 0; k < absent; k++) {
            const struct bar *b = &w.bars[8 + k];
            ASSERT_INT(bar_number(b->open_ms, TF_15M), 108 + k);
            ASSERT(b->open == 100 && b->high == 100 && b->low == 100);
            ASSERT(b->close == 100 && b->volume == 0);
            ASSERT_INT(b->flags, BAR_FILLED);
        }
        ASSERT_INT(window_last(&w)->flags, 0);
        ASSERT_NEAR(window_last(&w)->close, 120, 0);
    }
}

static void a_longer_stop_is_closed_up_and_marked(void)
{
    begin();
    made_add(&made, 111, 120);
    made_add(&made, 112, 121);
    look(112);
    ASSERT_INT(w.count, 10);
    ASSERT_INT(w.filled, 0);
    ASSERT_INT(w.missing, 3);
    ASSERT_INT(w.bars[8].flags, BAR_GAP);
    ASSERT_INT(w.bars[9].flags, 0);
}

static void hours_are_never_filled(void)
{
    static const enum timeframe tfs[] = { TF_1H, TF_4H };
    for (size_t i = 0; i < ARRAY_LEN(tfs); i++) {
        made_begin(&hours, TF_1H);
        made_begin(&made, tfs[i]);
        made_run(&made, 10, 12, 100);
        made_add(&made, 14, 100);
        look(14);
        ASSERT_INT(w.count, 4);
        ASSERT_INT(w.filled, 0);
        ASSERT_INT(w.missing, 1);
        ASSERT_INT(w.bars[3].flags, BAR_GAP);
    }
}

static void an_absence_at_the_end_is_not_there_yet(void)
{
    begin();
    for (int64_t slot = 108; slot <= 140; slot += 8) {
        look(slot);
        ASSERT_INT(w.count, 8);
        ASSERT_INT(w.filled + w.missing, 0);
        ASSERT_INT(bar_number(window_last(&w)->open_ms, TF_15M), 107);
    }
}

/* Bars 1023 and 1026 are there, 1024 is the canonical start. */
static void nothing_is_filled_before_the_first_bar(void)
{
    begin();
    made_run(&made, 1000, 1023, 100);
    made_run(&made, 1026, 2100, 100);
    look(2100);
    ASSERT_INT(bar_number(w.bars[0].open_ms, TF_15M), 1026);
    ASSERT_INT(w.filled + w.missing, 0);
    ASSERT_INT(w.bars[0].flags, 0);
    ASSERT(!w.short_history);
}

/* 17 real, 1 filled, 2 filled, then 3 missing of 25 numbers: 6 / 25. */
static void degraded_is_the_share_of_missing_and_filled(void)
{
    made_begin(&hours, TF_1H);
    made_begin(&made, TF_15M);
    made_run(&made, 100, 109, 100);
    made_run(&made, 111, 114, 100);
    made_run(&made, 117, 118, 100);
    look(118);
    ASSERT_NEAR(window_degraded(&w), 3.0 / 19.0, 1e-15);
    made_run(&made, 122, 124, 100);
    look(124);
    ASSERT_NEAR(window_degraded(&w), 6.0 / 25.0, 1e-15);
}

static void a_jump_without_a_witness_is_kept_out(void)
{
    begin();
    made_add(&made, 108, 40);
    look(108);
    ASSERT(w.unwitnessed);
    ASSERT_INT(w.count, 8);
    ASSERT_INT(w.rejected, 0);
    ASSERT_NEAR(window_last(&w)->close, 100, 0);
}

static void the_next_bar_confirms_a_jump(void)
{
    begin();
    made_add(&made, 108, 40);
    made_add(&made, 109, 41);
    look(109);
    ASSERT(!w.unwitnessed);
    ASSERT_INT(w.count, 10);
    ASSERT_NEAR(w.bars[8].close, 40, 0);
    look(108); /* but not in the slot before */
    ASSERT(w.unwitnessed);
}

/* The slot after a spike knows its price. */
static void the_next_bar_denies_a_spike(void)
{
    static const double spikes[] = { 40, 250 };
    for (size_t i = 0; i < ARRAY_LEN(spikes); i++) {
        begin();
        made_add(&made, 108, spikes[i]);
        made_add(&made, 109, 101);
        look(109);
        ASSERT(!w.unwitnessed);
        ASSERT_INT(w.rejected, 1);
        ASSERT_NEAR(window_last(&w)->close, 101, 0);
        ASSERT_INT(w.bars[8].flags, BAR_FILLED);
        ASSERT_NEAR(w.bars[8].close, 100, 0);
        made_add(&made, 110, 102);
        look(110);
        ASSERT_INT(w.rejected, 1);
        ASSERT_INT(w.count, 11);
    }
}

/* 100, 40, 250: the second denies nothing, and neither may end the window. */
static void two_jumps_in_a_row_are_both_kept_out(void)
{
    begin();
    made_add(&made, 108, 40);
    made_add(&made, 109, 250);
    look(109);
    ASSERT(w.unwitnessed);
    ASSERT_INT(w.count, 8);
    ASSERT_NEAR(window_last(&w)->close, 100, 0);
    made_add(&made, 110, 255);
    look(110);
    ASSERT(!w.unwitnessed);
    ASSERT_INT(w.rejected, 1);
    ASSERT_NEAR(w.bars[w.count - 2].close, 250, 0);
}

static void the_ticker_confirms_the_newest_jump_only(void)
{
    begin();
    made_add(&made, 108, 40);
    look_with(108, 42);
    ASSERT(!w.unwitnessed);
    ASSERT_NEAR(window_last(&w)->close, 40, 0);
    look_with(108, 99);
    ASSERT(w.unwitnessed);
    look_with(108, -40);
    ASSERT(w.unwitnessed);
    look_with(108, 0);
    ASSERT(w.unwitnessed);
    made_add(&made, 109, 100);
    look_with(109, 40);
    ASSERT_INT(w.rejected, 1);
    ASSERT_NEAR(window_last(&w)->close, 100, 0);
}

/* Bars 108..111 make hour 27, which closes in the slot of bar 111. */
static void an_hour_that_traded_there_confirms_a_jump(void)
{
    begin();
    made_add(&made, 108, 40);
    struct bar *h = made_add(&hours, 27, 100);
    h->low = 40;
    look(108);
    ASSERT(w.unwitnessed); /* that hour is still open */
    made_run(&made, 109, 111, 100);
    look(110);
    ASSERT_INT(w.rejected, 1);
    look(111);
    ASSERT_INT(w.rejected, 0);
    ASSERT_NEAR(w.bars[8].close, 40, 0);
    h->low = 41;
    look(111);
    ASSERT_INT(w.rejected, 1);
    h->low = 40;
    h->open_ms += 3600000; /* another hour bears no witness */
    look(115);
    ASSERT_INT(w.rejected, 1);
}

static void hours_do_not_bear_witness_to_hours(void)
{
    made_begin(&made, TF_1H);
    made_run(&made, 10, 20, 100);
    made_add(&made, 21, 40);
    made_begin(&hours, TF_1H);
    made_add(&hours, 21, 40);
    look(21);
    ASSERT(w.unwitnessed);
    look_with(21, 41);
    ASSERT(!w.unwitnessed);
}

static void a_jump_that_ends_an_old_chain_keeps_the_old_start(void)
{
    begin();
    made_run(&made, 1000, 2046, 100);
    made_add(&made, 2047, 40);
    look(2047);
    ASSERT(w.unwitnessed);
    ASSERT_INT(w.start_ms, 0);
    ASSERT_INT(bar_number(w.bars[0].open_ms, TF_15M), 100);
    look_with(2047, 40);
    ASSERT_INT(bar_number(w.bars[0].open_ms, TF_15M), 1024);
}

void series_gap_test(void);
void series_gap_test(void)
{
    TEST_SUITE("market/series: gaps and jumps");
    TEST(a_stop_of_one_or_two_bars_is_filled_flat);
    TEST(a_longer_stop_is_closed_up_and_marked);
    TEST(hours_are_never_filled);
    TEST(an_absence_at_the_end_is_not_there_yet);
    TEST(nothing_is_filled_before_the_first_bar);
    TEST(degraded_is_the_share_of_missing_and_filled);
    TEST(a_jump_without_a_witness_is_kept_out);
    TEST(the_next_bar_confirms_a_jump);
    TEST(the_next_bar_denies_a_spike);
    TEST(two_jumps_in_a_row_are_both_kept_out);
    TEST(the_ticker_confirms_the_newest_jump_only);
    TEST(an_hour_that_traded_there_confirms_a_jump);
    TEST(hours_do_not_bear_witness_to_hours);
    TEST(a_jump_that_ends_an_old_chain_keeps_the_old_start);
}
