/* What was measured slot by slot, with memory that was kept, is what fresh
 * memory measures: on markets with stops, jumps, revisions and late bars. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "engine/made_tape.h"
#include "engine/measure.h"
#include "engine/snapshot_same.h"
#include "market/made.h"
#include "metrics/metric_made.h"
#include "test.h"

/* 15m bar number 16,384 x 108: here the windows of all timeframes move on. */
#define ALL_MOVE  (INT64_C(16384) * 108)
#define SLOTS     3008
#define CUT_FIRST 1536 /* of the short tape, before ALL_MOVE */

static struct tape tape, other_tape;
static struct market_view view, fresh_view;
static struct measure_work work, fresh_work, saved;
static struct snapshot taken, fresh;
static struct metric_made_random dice;

static const struct market_facts sound = { MARKET_OPEN, false, false, NO_VALUE,
                                           MOMENT_NONE };

static bool one_in(uint64_t n)
{
    return metric_made_bits(&dice) % n == 0;
}

static size_t below(size_t n)
{
    return (size_t)(metric_made_bits(&dice) % n);
}

static int64_t slot_of_bar(const struct tape *t, size_t i)
{
    return bar_close_ms(&t->bars[TF_15M][i], TF_15M);
}

static const char *view_difference(const struct market_view *a,
                                   const struct market_view *b)
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        if (!same_window(&a->window[tf], &b->window[tf]))
            return timeframe_name((enum timeframe)tf);
    if (a->price_cause != b->price_cause || a->close_ms != b->close_ms ||
        memcmp(&a->close, &b->close, sizeof(a->close)) != 0)
        return "price";
    return a->hours.count == b->hours.count ? NULL : "hours";
}

static void assert_none(const char *difference, int64_t slot_ms)
{
    if (difference) {
        char at[MOMENT_TEXT];
        moment_format(slot_ms, at);
        printf("    %s differs at %s\n", difference, at);
    }
    ASSERT(!difference);
}

static const char *work_difference(const struct measure_work *a,
                                   const struct measure_work *b)
{
    if (memcmp(&a->stillness, &b->stillness, sizeof(a->stillness)) != 0)
        return "stillness";
    return chain_difference(&a->chain, &b->chain);
}

/* Everything of one slot, with the memory that was kept and with none. */
static void take_both(const struct tape *t, int64_t slot_ms,
                      const struct market_facts *facts, uint64_t edition)
{
    struct series series[TF_COUNT];
    tape_series(t, series);
    market_view_advance(series, slot_ms, facts, edition, &view);
    snapshot_take(&view, &work, &taken);
    market_view_build(series, slot_ms, facts, &fresh_view);
    measure_work_init(&fresh_work);
    snapshot_take(&fresh_view, &fresh_work, &fresh);
    assert_none(view_difference(&view, &fresh_view), slot_ms);
    assert_none(snapshot_difference(&taken, &fresh), slot_ms);
    assert_none(work_difference(&work, &fresh_work), slot_ms);
}

static void begin(void)
{
    measure_work_init(&work);
    memset(&view, 0, sizeof(view));
}

/* Stops of 1, 2 and 10 bars, hours and 4h bars that never came, a spike that is
 * denied, one that its hour confirms when it closes, a level that stays. */
static void spoil(struct tape *t)
{
    static const size_t stops[][2] = {
        { 90, 1 },   { 160, 2 },   { 301, 10 }, { 777, 1 }, { 1200, 10 },
        { 1535, 2 }, { 2048, 10 }, { 2600, 2 }, { 2911, 1 }
    };
    int64_t first_ms = t->bars[TF_15M][0].open_ms;
    tape_spike(t, 500, 1.8);
    tape_spike(t, 1000, 1.9);
    tape_bear_witness(t, 1000); /* three bars later */
    tape_spike(t, 2700, 0.5);
    tape_leap(t, 1400, 1.7);
    for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
        tape_cut(t, TF_15M, first_ms + (int64_t)stops[i][0] * MS_PER_SLOT,
                 (int)stops[i][1]);
    tape_cut(t, TF_1H, first_ms + 100 * MS_PER_HOUR, 1);
    tape_cut(t, TF_1H, first_ms + 412 * MS_PER_HOUR, 3);
    tape_cut(t, TF_4H, first_ms + 200 * MS_PER_HOUR, 1);
    tape_cut(t, TF_4H, first_ms + 420 * MS_PER_HOUR, 3);
}

/* One bar that is away and comes back. */
static struct {
    bool away;
    enum timeframe tf;
    struct bar bar;
    int64_t back_ms;
} late;

static void lose_or_find(struct tape *t, int64_t slot_ms)
{
    if (late.away && slot_ms >= late.back_ms) {
        tape_put(t, late.tf, late.bar);
        late.away = false;
    } else if (!late.away && one_in(50)) {
        late.tf = (enum timeframe)below(TF_COUNT);
        size_t closed = tape_closed(t, late.tf, slot_ms);
        if (closed < 2)
            return;
        late.bar = tape_take_out(t, late.tf, closed - 1 - below(2));
        late.back_ms = slot_ms + (int64_t)(1 + below(9)) * MS_PER_SLOT;
        late.away = true;
    }
}

static void revise(struct tape *t, int64_t slot_ms)
{
    enum timeframe tf = (enum timeframe)below(TF_COUNT);
    size_t closed = tape_closed(t, tf, slot_ms);
    if (!closed)
        return;
    struct bar *b = &t->bars[tf][closed - 1 - below(closed < 40 ? closed : 40)];
    if (one_in(2))
        b = &t->bars[tf][below(closed)];
    b->close *= 1.001;
    b->high = fmax(b->high, b->close);
}

static struct market_facts some_facts(const struct tape *t, int64_t slot_ms)
{
    struct market_facts facts = sound;
    size_t closed = tape_closed(t, TF_15M, slot_ms);
    if (one_in(4) && closed)
        facts.ticker = t->bars[TF_15M][closed - 1].close * 1.01;
    if (one_in(60))
        facts.status = MARKET_CLOSED;
    return facts;
}

static void every_slot_is_what_fresh_memory_says(void)
{
    dice.state = 71;
    late.away = false;
    tape_make(&tape, 21, ALL_MOVE - CUT_FIRST, SLOTS + 8);
    tape_make(&other_tape, 22, ALL_MOVE - 400, 500);
    spoil(&tape);
    begin();
    int64_t first_ms = tape.bars[TF_15M][0].open_ms;
    for (int i = 1; i <= SLOTS; i++) {
        int64_t slot_ms = first_ms + i * MS_PER_SLOT;
        lose_or_find(&tape, slot_ms);
        if (one_in(50))
            revise(&tape, slot_ms);
        if (one_in(100)) /* back in time */
            take_both(&tape, slot_ms - (int64_t)below(300) * MS_PER_SLOT,
                      &sound, 0);
        if (one_in(150))
            take_both(&other_tape, slot_of_bar(&other_tape, 300 + below(200)),
                      &sound, 0);
        if (one_in(100)) { /* a copy of the bytes goes on */
            saved = work;
            memset(&work, 0x5a, sizeof(work));
            work = saved;
        }
        const struct market_facts facts = some_facts(&tape, slot_ms);
        take_both(&tape, slot_ms, &facts, 0);
    }
}

/* 250 days: the windows of 1h and 4h are long, and hours lie behind them. */
static void long_windows_move_on_too(void)
{
    tape_make(&tape, 23, ALL_MOVE - 23872, 24000);
    begin();
    for (size_t i = 23872 - 4096 - 20; i < 23872 - 4096 + 20; i++)
        take_both(&tape, slot_of_bar(&tape, i), &sound, 0);
    ASSERT_INT(view.window[TF_1H].count, 1024 + 5);
    ASSERT(view.window[TF_4H].count > 1100);
    for (size_t i = 23872 - 40; i < 23872 + 40; i++)
        take_both(&tape, slot_of_bar(&tape, i), &sound, 0);
    ASSERT_INT(view.window[TF_15M].count, 1024 + 40);
    ASSERT_INT(view.window[TF_1H].count, 1024 + 10);
    ASSERT_INT(view.window[TF_4H].count, 1024 + 2);
}

/* An hour that only a profile reads. */
static void an_hour_behind_the_window_is_noticed(void)
{
    tape_make(&tape, 24, ALL_MOVE - 23872, 24000);
    begin();
    take_both(&tape, slot_of_bar(&tape, 23900), &sound, 0);
    double newest = taken.hourly->rows[taken.hourly->count - 1].ver_mean;
    double early = taken.hourly->rows[150].ver_mean;
    int64_t start_ms = view.window[TF_1H].bars[0].open_ms;
    int64_t monday_ms = last_monday(start_ms);
    for (int week = 1; week <= 8; week++) { /* every Monday, 09:00 to 17:00 */
        for (int hour = 9; hour < 17; hour++) {
            int64_t close_ms =
                monday_ms + (hour + 1 - 168 * week) * MS_PER_HOUR;
            size_t i = tape_closed(&tape, TF_1H, close_ms) - 1;
            tape.bars[TF_1H][i].high *= 1.05;
            if (hour == 9)
                take_both(&tape, slot_of_bar(&tape, 23900), &sound, 0);
        }
    }
    take_both(&tape, slot_of_bar(&tape, 23900), &sound, 0);
    ASSERT_INT(view.window[TF_1H].bars[0].open_ms, start_ms);
    ASSERT(taken.hourly->rows[150].ver_mean != early);
    ASSERT(taken.hourly->rows[taken.hourly->count - 1].ver_mean != newest);
}

/* The same slot with a name and without; the latter is what fresh memory says,
 * as the tests above hold. */
static void take_named(const struct tape *t, size_t i, uint64_t edition)
{
    struct series series[TF_COUNT];
    int64_t slot_ms = slot_of_bar(t, i);
    tape_series(t, series);
    market_view_advance(series, slot_ms, &sound, edition, &view);
    snapshot_take(&view, &work, &taken);
    market_view_advance(series, slot_ms, &sound, 0, &fresh_view);
    snapshot_take(&fresh_view, &fresh_work, &fresh);
    assert_none(view_difference(&view, &fresh_view), slot_ms);
    assert_none(snapshot_difference(&taken, &fresh), slot_ms);
    assert_none(work_difference(&work, &fresh_work), slot_ms);
}

/* A history with a name is believed, forwards and backwards. */
static void an_edition_changes_nothing(void)
{
    dice.state = 72;
    tape_make(&tape, 25, ALL_MOVE - 10000, 12000);
    tape_make(&other_tape, 26, ALL_MOVE - 10000, 12000);
    spoil(&tape);
    begin();
    measure_work_init(&fresh_work);
    memset(&fresh_view, 0, sizeof(fresh_view));
    for (size_t i = 400; i < 1700; i++) {
        take_named(&tape, i, 7);
        if (one_in(50))
            take_named(&tape, i - below(400), 7);
        if (one_in(100))
            take_named(&other_tape, i, 8);
    }
    for (size_t i = 9000; i < 11000; i += 1 + below(3)) {
        take_named(&tape, i, 7);
        if (one_in(100))
            take_named(&other_tape, i, 8);
    }
}

/* What the promise is about: without it, each change is found. */
static void without_an_edition_nothing_is_believed(void)
{
    tape_make(&tape, 27, ALL_MOVE - 800, 1600);
    begin();
    take_both(&tape, slot_of_bar(&tape, 900), &sound, 7);
    struct value before = taken.metrics.values[METRIC_VOL_HAZ_15M];
    tape.bars[TF_15M][890].close *= 1.01;
    tape.bars[TF_15M][890].high *= 1.01;
    take_both(&tape, slot_of_bar(&tape, 900), &sound, 0);
    ASSERT(taken.metrics.values[METRIC_VOL_HAZ_15M].v > before.v);
    take_both(&tape, slot_of_bar(&tape, 901), &sound, 8);
}

/* The pool reads the 4h bar that is there; when one is missing, it reads
 * nothing, and what it read before comes back with the bar. */
static void a_missing_4h_bar_leaves_no_trace(void)
{
    tape_make(&tape, 28, ALL_MOVE - 23872, 24000);
    size_t at = tape.count[TF_4H] - 2;
    int64_t slot_ms = bar_close_ms(&tape.bars[TF_4H][at], TF_4H);
    begin();
    take_both(&tape, slot_ms - MS_PER_SLOT, &sound, 0);
    ASSERT(taken.regime.before != REGIME_UNKNOWN);
    struct bar lost = tape_take_out(&tape, TF_4H, at);
    for (int i = 0; i < 6; i++) {
        take_both(&tape, slot_ms + i * MS_PER_SLOT, &sound, 0);
        ASSERT_INT(taken.regime.before, REGIME_UNKNOWN);
        ASSERT_INT(taken.scores_4h.t.status, VALUE_STALE);
    }
    tape_put(&tape, TF_4H, lost);
    take_both(&tape, slot_ms + 6 * MS_PER_SLOT, &sound, 0);
    ASSERT(taken.regime.before != REGIME_UNKNOWN);
    ASSERT_INT(taken.scores_4h.t.status, VALUE_REAL);
}

/* A price that moved by 6.5 sigma while `hole` bars are missing is a crisis
 * only if they are none: hole + 1 bars have sqrt(hole + 1) sigma. */
static void a_move_over_a_hole_is_read_per_bar(void)
{
    for (int hole = 0; hole <= 8; hole++) {
        size_t before = 1999;
        tape_make(&tape, 31, ALL_MOVE - 4096, 4096);
        double was = tape.bars[TF_15M][before].close;
        int64_t slot_ms = slot_of_bar(&tape, before);
        begin();
        take_both(&tape, slot_ms, &sound, 0);
        ASSERT_INT(taken.crisis.answer, ANSWER_NO);
        double sigma = taken.metrics.values[METRIC_VOL_HAZ_15M].v;
        double now = tape.bars[TF_15M][before + 1 + (size_t)hole].close;
        tape_leap(&tape, before + 1, was * exp(6.5 * sigma) / now);
        tape_cut(&tape, TF_15M, slot_ms, hole);
        slot_ms += (hole + 1) * MS_PER_SLOT;
        take_both(&tape, slot_ms, &sound, 0);
        bool filled = 0 < hole && hole <= 2; /* and sigma has seen flat bars */
        if (!filled)
            ASSERT_NEAR(taken.crisis.size[CRISIS_RETURN].v,
                        6.5 / sqrt(hole + 1), 1e-9);
        ASSERT_INT(taken.crisis.answer, hole ? ANSWER_NO : ANSWER_YES);
    }
}

/* 40 slots; bars of `tf` appear at the slot in which bar `at` closes. */
static void come_late(enum timeframe tf, size_t at)
{
    size_t count = tape.count[tf];
    begin();
    for (size_t i = at - 20; i < at + 20; i++) {
        tape.count[tf] = i < at ? 0 : count;
        take_both(&tape, slot_of_bar(&tape, i), &sound, 0);
    }
    ASSERT(taken.hourly->count > 100);
}

/* The first 4h bars, or the first hours, come when the others were fed: nobody
 * missed them. A week from Monday to Sunday, in which no profile is read. */
static void a_timeframe_may_come_late_as_a_whole(void)
{
    int64_t monday_ms = last_monday(ALL_MOVE * MS_PER_SLOT);
    tape_make(&tape, 29, monday_ms / MS_PER_SLOT, 600);
    come_late(TF_1H, 480);
    come_late(TF_4H, 480);
}

/* Only the 4h bar that closes with bar 9,983, and with an hour. */
static void a_4h_bar_goes_before_its_last_hour(void)
{
    tape_make(&tape, 30, ALL_MOVE - 10000, 10100);
    tape_cut(&tape, TF_4H, tape.bars[TF_4H][0].open_ms, 623);
    ASSERT_INT(bar_close_ms(&tape.bars[TF_4H][0], TF_4H),
               slot_of_bar(&tape, 9983));
    come_late(TF_4H, 9984);
}

void measure_stream_test(void);
void measure_stream_test(void)
{
    TEST_SUITE("engine/measure: slot by slot");
    TEST(every_slot_is_what_fresh_memory_says);
    TEST(long_windows_move_on_too);
    TEST(an_hour_behind_the_window_is_noticed);
    TEST(an_edition_changes_nothing);
    TEST(without_an_edition_nothing_is_believed);
    TEST(a_missing_4h_bar_leaves_no_trace);
    TEST(a_timeframe_may_come_late_as_a_whole);
    TEST(a_move_over_a_hole_is_read_per_bar);
    TEST(a_4h_bar_goes_before_its_last_hour);
}
