#include "tools/study_grids.h"

#include <math.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"
#include "engine/measure.h"
#include "exit/hazard.h"
#include "test.h"

#define SLOTS 40
#define HOURS 720 /* 30 days */
#define FLAT  480 /* from this hour on the price stands still, */
#define JUMP  600 /* until it jumps: hours of the series */

/* A course of ten hours whose price is 100, to be written on. */
static double closes[SLOTS], lows[SLOTS], sigmas[SLOTS], atrs[SLOTS],
    hours[SLOTS];

static struct course blank(void)
{
    for (int i = 0; i < SLOTS; i++) {
        closes[i] = lows[i] = 100;
        sigmas[i] = .01;
        atrs[i] = NO_VALUE;
        hours[i] = i % 4 == 3 ? 100 : NO_VALUE;
    }
    return (struct course){ .slots = SLOTS,
                            .close = closes,
                            .low = lows,
                            .sigma = sigmas,
                            .atr = atrs,
                            .hour_close = hours };
}

static size_t event(const struct course *t, size_t begin, bool *is_stop)
{
    static const struct edges e = { 90, 110, 80 };
    return edges_event(&e, t, begin, t->slots, is_stop);
}

static void two_closes_on_one_side_are_the_event(void)
{
    struct course t = blank();
    bool stop;

    ASSERT_INT(event(&t, 0, &stop), SLOTS);
    hours[7] = 111;
    ASSERT_INT(event(&t, 0, &stop), SLOTS);
    hours[11] = 89; /* the other side: the count begins anew */
    ASSERT_INT(event(&t, 0, &stop), SLOTS);
    hours[15] = 89.5;
    ASSERT_INT(event(&t, 0, &stop), 15);
    ASSERT(!stop);
    ASSERT_INT(event(&t, 11, &stop), SLOTS);
    hours[15] = 90; /* on the bound is inside */
    ASSERT_INT(event(&t, 0, &stop), SLOTS);
}

static void an_absent_hour_does_not_come_between(void)
{
    struct course t = blank();
    bool stop;

    hours[7] = 111;
    hours[11] = NO_VALUE;
    hours[15] = 112;
    ASSERT_INT(event(&t, 0, &stop), 15);
}

static void a_low_at_the_stop_is_the_event(void)
{
    struct course t = blank();
    bool stop;

    lows[6] = 80.001;
    ASSERT_INT(event(&t, 0, &stop), SLOTS);
    lows[6] = 80;
    ASSERT_INT(event(&t, 0, &stop), 6);
    ASSERT(stop);
    ASSERT_INT(event(&t, 6, &stop), SLOTS); /* it was before */
    hours[3] = hours[7] = 120;
    ASSERT_INT(event(&t, 0, &stop), 6);
    lows[6] = NO_VALUE;
    ASSERT_INT(event(&t, 0, &stop), 7);
}

/* A range so wide that it holds. 400 h of 4h bars make an ATR, so the first
 * grid is that of day 17. The last question sees 24 h more: at hour 1416 of
 * 1440. Days 17 to 56 are asked 72 times, then 49, 25 and 1; what is left of
 * their hours up to 1440 is cut off: 23, 24, 24, and 1 of day 60. */
static void questions_are_counted(void)
{
    static const struct grid_rule rule = { 1000, 72, 4 };
    struct bars b = { 0 };
    struct course t;
    struct outcomes o = { 0 };
    int events = 0;

    study_bars_walk(&b, 11, 1440);
    course_init(&t, &b);
    outcomes_add(&o, &t, &rule);
    ASSERT_INT(o.grids, 43);
    ASSERT_INT(o.count, 40 * 72 + 49 + 25 + 1);
    ASSERT_INT(o.cut, 23 + 24 + 24 + 1);
    ASSERT_INT(o.absent, 0);
    ASSERT_INT(o.broken + o.stopped, 0);
    for (size_t i = 0; i < o.count; i++)
        events += o.at[i].event || o.at[i].outside;
    ASSERT_INT(events, 0);
    ASSERT_INT(outcomes_monday(o.at[0].block),
               moment_parse("2018-01-15T00:00:00Z"));
    ASSERT_INT(outcomes_monday(o.at[4 * 72].block),
               moment_parse("2018-01-22T00:00:00Z"));
    outcomes_release(&o);
    course_release(&t);
    study_bars_release(&b);
}

/* A walk of 20 days; then the price stands still until, at hour 600, it is half
 * as high again and stays. */
static void make_step(struct bars *b)
{
    study_bars_walk(b, 12, HOURS);
    double price = b->at[4 * FLAT - 1].close;
    for (size_t i = 4 * FLAT; i < b->count; i++) {
        double p = i < 4 * JUMP ? price : 1.5 * price;
        b->at[i].open = b->at[i].high = b->at[i].low = b->at[i].close = p;
    }
}

/* Grids that live three hours. The second close outside is at hour 602. Of the
 * grid of day 24, hours 576 to 578, only the last has it within 24 h; the one
 * of day 25 is asked at 600 and, outside already, at 601. Later ones are not
 * left; that of day 29 has one question that sees its 24 h. */
static void an_event_belongs_to_the_day_before_it(void)
{
    static const struct grid_rule rule = { 4, 3, 4 };
    static const bool want[] = { false, false, true,  true,  true,
                                 false, false, false, false, false,
                                 false, false, false, false, false };
    struct bars b = { 0 };
    struct course t;
    struct outcomes o = { 0 };

    make_step(&b);
    course_init(&t, &b);
    outcomes_add(&o, &t, &rule);
    ASSERT(o.count > ARRAY_LEN(want));
    const struct forecast *f = o.at + o.count - ARRAY_LEN(want);
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        ASSERT_INT(f[i].event, want[i]);
        ASSERT_INT(f[i].outside, i == 4);
    }
    ASSERT_NEAR(f[4].p, .89, 1e-12);
    ASSERT_NEAR(f[4].raw, 1.0, 1e-12);
    /* In the middle of a range of 4 ATR, by the product's own formula. */
    size_t slot = 4 * 576 - 1;
    double half = 4 * t.atr[slot] / t.close[slot];
    const struct volatility v = volatility_haz(value_real(t.sigma[slot], 1));
    struct hazard h = hazard_of(1, exp(-half), exp(half), &v, HAZARD_EWMA);
    ASSERT_NEAR(f[0].p, h.pi.v, 1e-9);
    ASSERT_INT(o.broken, 1);
    struct outcomes second = { .model = HAZARD_THREE };
    const struct volatility all = course_volatility(&t, slot);
    outcomes_add(&second, &t, &rule);
    f = second.at + second.count - ARRAY_LEN(want);
    ASSERT(fabs(f[0].p - h.pi.v) > 1e-4);
    ASSERT_NEAR(f[0].p,
                hazard_of(1, exp(-half), exp(half), &all, HAZARD_THREE).pi.v,
                1e-9);
    outcomes_release(&second);
    outcomes_release(&o);
    course_release(&t);
    study_bars_release(&b);
}

/* The bar after the jump falls by 90 %. Of the grid of day 25, which began at
 * the close of hour 600, two questions are left: at that close, and one bar
 * later, outside. The event is the bar after that, although no hour closed. */
static void a_crash_ends_at_the_stop(void)
{
    static const struct grid_rule rule = { 4, 1, 1 };
    struct bars b = { 0 };
    struct course t;
    struct outcomes o = { 0 };

    make_step(&b);
    for (size_t i = 4 * JUMP + 1; i < b.count; i++)
        b.at[i].open = b.at[i].high = b.at[i].low = b.at[i].close =
            .1 * b.at[i].close;
    course_init(&t, &b);
    outcomes_add(&o, &t, &rule);
    ASSERT_INT(o.stopped, 1);
    ASSERT_INT(o.broken, 0);
    ASSERT_INT(o.cut, 3 + 1);
    /* Days 26 to 28 are asked four times, day 29 once. */
    const struct forecast *f = o.at + o.count - 15;
    ASSERT(f[0].event && !f[0].outside);
    ASSERT(f[1].event && f[1].outside);
    ASSERT(!f[2].event);
    ASSERT(!f[14].event);
    outcomes_release(&o);
    course_release(&t);
    study_bars_release(&b);
}

static struct market_view view;
static struct measure_work work;
static struct snapshot taken;

/* The product's own windows, at the last close: sigma differs by what came
 * before its window, ATR by nothing. */
static void course_agrees_with_the_product(void)
{
    struct bars in[TF_COUNT] = { { 0 }, { 0 }, { 0 } };
    struct series series[TF_COUNT];
    struct market_facts facts = { .ticker = NO_VALUE,
                                  .ticker_ms = MOMENT_NONE };
    struct course t;

    study_bars_walk(&in[TF_15M], 13, 1500);
    study_bars_fold(&in[TF_1H], &in[TF_15M], TF_15M, TF_1H);
    study_bars_fold(&in[TF_4H], &in[TF_15M], TF_15M, TF_4H);
    for (int tf = 0; tf < TF_COUNT; tf++)
        series[tf] =
            (struct series){ (enum timeframe)tf, in[tf].count, in[tf].at };
    course_init(&t, &in[TF_15M]);
    size_t last = t.slots - 1;
    market_view_build(series, t.first_ms + 1500 * MS_PER_HOUR, &facts, &view);
    snapshot_take(&view, &work, &taken);
    ASSERT_INT(view.price_cause, PRICE_KNOWN);
    ASSERT_NEAR(t.sigma[last], vol_rank_haz(&work.banks[TF_15M].vols).v, 1e-3);
    ASSERT_NEAR(t.atr[last], wilder_atr(&work.banks[TF_4H].raw).v, 1e-12);
    ASSERT_NEAR(t.close[last], view.close, 0);
    ASSERT_NEAR(t.hour_close[last], view.close, 0);
    course_release(&t);
    for (int tf = 0; tf < TF_COUNT; tf++)
        study_bars_release(&in[tf]);
}

void study_grids_test(void);
void study_grids_test(void)
{
    TEST_SUITE("tools/study_grids");
    TEST(two_closes_on_one_side_are_the_event);
    TEST(an_absent_hour_does_not_come_between);
    TEST(a_low_at_the_stop_is_the_event);
    TEST(questions_are_counted);
    TEST(an_event_belongs_to_the_day_before_it);
    TEST(a_crash_ends_at_the_stop);
    TEST(course_agrees_with_the_product);
}
