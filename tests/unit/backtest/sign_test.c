/* What a slot said to the baselines: by hand, from made-up 1h bars. */
#include "backtest/sign.h"

#include <math.h>
#include <string.h>

#include "backtest/two_state.h"
#include "base/moment.h"
#include "test.h"

void sign_test(void);

#define START (INT64_C(1767225600000)) /* a whole hour */
#define HOURS (SIGN_FIT_HOURS + 1 + 3 * 48)

static struct bar bars[HOURS];
static struct market_view view;
static struct snapshot now;
static struct two_state_work work[SIGN_FIT_HOURS];

static void quiet_hours(size_t count)
{
    for (size_t i = 0; i < HOURS; i++)
        bars[i] = (struct bar){ .open_ms = START + (int64_t)i * MS_PER_HOUR,
                                .open = 100,
                                .high = 110,
                                .low = 90,
                                .close = 100,
                                .volume = 1 };
    view = (struct market_view){ .hours = { TF_1H, count, bars },
                                 .slot_ms = START + 7 * MS_PER_SLOT,
                                 .price_cause = PRICE_KNOWN,
                                 .close = 101 };
    memset(&now, 0, sizeof(now));
    now.view = &view;
    now.metrics.values[METRIC_Z20_1H] = value_real(0, 20);
    now.metrics.values[METRIC_ADX_1H] = value_real(31, 100);
    now.metrics.values[METRIC_VOL_HAZ_15M] = value_real(.002, 96);
    now.regime.q = value_real(.4, 1);
}

static struct sign taken(struct sign_taker *t)
{
    struct sign s;
    sign_take(t, &now, &s);
    return s;
}

static void it_is_what_the_snapshot_said(void)
{
    struct sign_taker t = { 0 };
    quiet_hours(30);
    struct sign s = taken(&t);
    ASSERT_INT(s.slot_ms, START + 7 * MS_PER_SLOT);
    ASSERT_NEAR(s.close, 101, 0);
    ASSERT_NEAR(s.adx, 31, 0);
    ASSERT_NEAR(s.transition, .4, 0);
    ASSERT_NEAR(s.volatility.haz.v, .002, 0);
    ASSERT_INT(s.volatility.haz.n_used, 96);
    ASSERT(isnan(s.turbulent));
    ASSERT(!s.outside_bands && !s.outside_channel);
    now.metrics.values[METRIC_ADX_1H] = value_none(VALUE_WARMUP);
    now.metrics.values[METRIC_VOL_HAZ_15M] = value_none(VALUE_FLAT);
    now.regime.q = value_none(VALUE_UNAVAILABLE);
    s = taken(&t);
    ASSERT(isnan(s.adx) && isnan(s.transition));
    ASSERT_INT(s.volatility.haz.status, VALUE_FLAT);
}

/* Is the newest of `count` hours outside, closing at `close`? */
static bool outside(size_t count, double close)
{
    struct sign_taker t = { 0 };
    bars[count - 1].close = close;
    view.hours.count = count;
    return taken(&t).outside_channel;
}

static void the_channel_is_that_of_the_day_before(void)
{
    quiet_hours(25);
    ASSERT(!outside(25, 110));
    ASSERT(outside(25, 110.01));
    ASSERT(!outside(25, 90));
    ASSERT(outside(25, 89.99));
    bars[24].high = 300; /* its own high is none of the bars before it */
    ASSERT(outside(25, 110.01));
    bars[0].high = 120;
    ASSERT(!outside(25, 110.01));
    ASSERT(outside(25, 120.01));
    quiet_hours(26);
    bars[0].high = 120; /* 25 bars before: over */
    ASSERT(outside(26, 110.01));
    quiet_hours(24);
    ASSERT(!outside(24, 500)); /* there are not 24 before it */
}

static bool beyond_after(struct sign_taker *t, double z)
{
    view.hours.count++;
    now.metrics.values[METRIC_Z20_1H] =
        isnan(z) ? value_none(VALUE_FLAT) : value_real(z, 20);
    return taken(t).outside_bands;
}

static void two_closes_in_a_row_are_outside_the_bands(void)
{
    struct sign_taker t = { 0 };
    quiet_hours(30);
    ASSERT(!beyond_after(&t, 2.1));
    ASSERT(!taken(&t).outside_bands); /* the next slot of the same hour */
    ASSERT(beyond_after(&t, -2.1));
    ASSERT(taken(&t).outside_bands);
    ASSERT(!beyond_after(&t, 2)); /* at the band is not beyond it */
    ASSERT(!beyond_after(&t, 2.1));
    ASSERT(!beyond_after(&t, NO_VALUE));
    ASSERT(!beyond_after(&t, 2.1));
    ASSERT(beyond_after(&t, 2.1));
}

/* Nothing is said while the price is unknown; what the hours said is not
 * forgotten by it. */
static void an_unknown_price_says_nothing(void)
{
    struct sign_taker t = { 0 };
    quiet_hours(30);
    bars[31].close = 500;
    ASSERT(!beyond_after(&t, 3));
    view.price_cause = PRICE_API_ERROR;
    ASSERT(!beyond_after(&t, 3));
    struct sign s = taken(&t);
    ASSERT(isnan(s.close) && isnan(s.adx) && isnan(s.transition));
    ASSERT_INT(s.volatility.haz.status, VALUE_STALE);
    ASSERT(!s.outside_channel && !s.outside_bands);
    view.price_cause = PRICE_KNOWN;
    s = taken(&t);
    ASSERT(s.outside_channel && s.outside_bands);
}

/* --- The wild state ------------------------------------------------------- */

/* Blocks of 48 hours: returns of +-.001, then of +-.01. The fit's hours end
 * with a wild block; after it come a calm, a wild and a calm one. */
static void calm_and_wild_hours(void)
{
    double log_price = log(100.);
    quiet_hours(HOURS);
    for (size_t i = 1; i < HOURS; i++) {
        bool wild = (i - 1) / 48 % 2 == 1;
        log_price += (i % 2 ? 1 : -1) * (wild ? .01 : .001);
        bars[i].close = exp(log_price);
    }
}

/* A slot each hour, at the close of bar 1,400 + i; its close is known. */
#define SLOTS 180
static struct sign signs[SLOTS];
static void add_turbulent(size_t hours)
{
    for (size_t i = 0; i < SLOTS; i++)
        signs[i] =
            (struct sign){ .slot_ms = START + (int64_t)(1401 + i) * MS_PER_HOUR,
                           .close = 100,
                           .turbulent = NO_VALUE };
    signs[70].close = NO_VALUE;
    view.hours.count = hours;
    signs_add_turbulent(signs, SLOTS, &view.hours, work);
}
static double wild_after(int bar)
{
    return signs[bar - 1400].turbulent;
}

static void wild_hours_are_told_from_calm_ones(void)
{
    calm_and_wild_hours();
    add_turbulent(HOURS);
    ASSERT(isnan(wild_after(1439)));
    ASSERT(wild_after(1440) > .9); /* the last of the fit, wild */
    ASSERT(wild_after(1450) < .1 && wild_after(1488) < .1);
    ASSERT(wild_after(1489) > .9); /* the first wild return, at its close */
    ASSERT(wild_after(1536) > .9);
    ASSERT(wild_after(1546) < .1);
    ASSERT(isnan(wild_after(1470))); /* its price is unknown */
    ASSERT(!isnan(wild_after(1469)) && !isnan(wild_after(1471)));
}

/* What comes later changes nothing of what was said. */
static void it_does_not_look_ahead(void)
{
    double before[SLOTS];
    calm_and_wild_hours();
    add_turbulent(HOURS);
    for (size_t i = 0; i < SLOTS; i++)
        before[i] = signs[i].turbulent;
    for (size_t i = 1500; i < HOURS; i++)
        bars[i].close = 100;
    add_turbulent(HOURS);
    for (int i = 1440; i < 1500; i++)
        ASSERT_NEAR(wild_after(i), before[i - 1400], 0);
    ASSERT(wild_after(1536) < .1); /* and it does read what is there */
    ASSERT(before[136] > .9);
}

static void without_a_fit_nothing_is_said(void)
{
    calm_and_wild_hours();
    add_turbulent(SIGN_FIT_HOURS); /* one close too few */
    ASSERT(isnan(wild_after(1440)) && isnan(wild_after(1500)));
    add_turbulent(SIGN_FIT_HOURS + 1);
    ASSERT(!isnan(wild_after(1440)));
    quiet_hours(HOURS); /* no return at all: no two states */
    add_turbulent(HOURS);
    ASSERT(isnan(wild_after(1440)) && isnan(wild_after(1500)));
}

void sign_test(void)
{
    TEST_SUITE("sign");
    TEST(it_is_what_the_snapshot_said);
    TEST(the_channel_is_that_of_the_day_before);
    TEST(two_closes_in_a_row_are_outside_the_bands);
    TEST(an_unknown_price_says_nothing);
    TEST(wild_hours_are_told_from_calm_ones);
    TEST(it_does_not_look_ahead);
    TEST(without_a_fit_nothing_is_said);
}
