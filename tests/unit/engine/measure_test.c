/* Every metric of the table and the regime, held to the same properties: a new
 * row joins by being in the table. */
#include "engine/measure.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "test.h"

#define BARS     4400                   /* 15m bars: about 46 days */
#define FIRST_MS INT64_C(1609459200000) /* 2021-01-01, a multiple of 4 h */

static struct bar fifteen[BARS], hours[BARS / 4], fours[BARS / 16];
static struct market_view view;
static struct measure_work work;
static struct snapshot taken, other;

/* Steele and Vigna's splitmix64; a sum of twelve uniforms is near normal. */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static double step(uint64_t *state)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += (double)(next_bits(state) >> 11) * 0x1p-53;
    return 0.002 * sum;
}

static void make_fifteen(uint64_t seed, double price)
{
    for (int i = 0; i < BARS; i++) {
        struct bar *b = &fifteen[i];
        *b = (struct bar){ .open_ms = FIRST_MS + i * MS_PER_SLOT,
                           .open = price,
                           .high = price,
                           .low = price,
                           .volume = 1 };
        for (int k = 0; k < 5; k++) {
            price *= exp(step(&seed));
            b->high = fmax(b->high, price);
            b->low = fmin(b->low, price);
        }
        b->close = price;
    }
}

static void join(const struct bar *children, int n, struct bar *out)
{
    *out = children[0];
    for (int i = 1; i < n; i++) {
        out->high = fmax(out->high, children[i].high);
        out->low = fmin(out->low, children[i].low);
        out->volume += children[i].volume;
        out->close = children[i].close;
    }
}

static void make(uint64_t seed, double price)
{
    make_fifteen(seed, price);
    for (int i = 0; i < BARS / 4; i++)
        join(&fifteen[i * 4], 4, &hours[i]);
    for (int i = 0; i < BARS / 16; i++)
        join(&fifteen[i * 16], 16, &fours[i]);
}

/* The snapshot of the slot at which bar `last` closed, of a history without
 * its first `skip` days. */
static void take(int last, int skip, struct snapshot *out)
{
    const struct market_facts facts = { MARKET_OPEN, false, false, NO_VALUE,
                                        MOMENT_NONE };
    const struct series series[TF_COUNT] = {
        { TF_15M, BARS - (size_t)skip * 96, fifteen + skip * 96 },
        { TF_1H, BARS / 4 - (size_t)skip * 24, hours + skip * 24 },
        { TF_4H, BARS / 16 - (size_t)skip * 6, fours + skip * 6 },
    };
    memset(&work, 0xa5, sizeof(work));
    measure_work_init(&work);
    memset(out, 0, sizeof(*out));
    market_view_build(series, fifteen[last].open_ms + MS_PER_SLOT, &facts,
                      &view);
    snapshot_take(&view, &work, out);
}

static bool same_value(struct value a, struct value b)
{
    return a.status == b.status && a.n_used == b.n_used &&
           memcmp(&a.v, &b.v, sizeof(a.v)) == 0;
}

static void assert_same(const struct snapshot *a, const struct snapshot *b)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        if (!same_value(a->metrics.values[i], b->metrics.values[i]))
            printf("    %s %s differs\n", metrics[i].name,
                   timeframe_name(metrics[i].tf));
        ASSERT(same_value(a->metrics.values[i], b->metrics.values[i]));
    }
    for (int k = 0; k < CLASS_COUNT; k++)
        ASSERT(same_value(a->regime.p[k], b->regime.p[k]));
    ASSERT_INT(a->regime.pooled, b->regime.pooled);
    ASSERT_INT(a->regime.run, b->regime.run);
    ASSERT_INT(a->tertile, b->tertile);
    ASSERT_INT(a->crisis.answer, b->crisis.answer);
}

static void a_month_and_a_half_gives_every_metric_its_value(void)
{
    make(1, 40000);
    take(BARS - 1, 0, &taken);
    for (int i = 0; i < METRIC_COUNT; i++) {
        struct value x = taken.metrics.values[i];
        bool told = value_usable(x) || x.status == VALUE_NOT_IDENTIFIED;
        if (!told)
            printf("    %s %s is %s\n", metrics[i].name,
                   timeframe_name(metrics[i].tf), value_status_name(x.status));
        ASSERT(told);
        ASSERT(value_usable(x) == isfinite(x.v));
    }
    ASSERT(taken.regime.pooled != REGIME_UNKNOWN);
}

static void the_future_changes_nothing(void)
{
    make(2, 40000);
    for (int last = 3000; last < 3020; last++) {
        take(last, 0, &taken);
        int hour = (last + 1) / 4, four = (last + 1) / 16;
        for (int i = last + 1; i < BARS; i++)
            fifteen[i].close = fifteen[i].high *= 1.3;
        for (int i = hour; i < BARS / 4; i++)
            hours[i].close = hours[i].low *= 0.7;
        for (int i = four; i < BARS / 16; i++)
            fours[i].close = fours[i].high *= 1.1;
        take(last, 0, &other);
        assert_same(&taken, &other);
        make(2, 40000);
    }
}

static void twice_the_same_is_the_same_to_the_bit(void)
{
    make(3, 40000);
    take(4000, 0, &taken);
    take(4000, 0, &other);
    assert_same(&taken, &other);
}

/* Bar 4,000 of the walk: its 15m window begins at an absolute number 1,024 to
 * 2,047 bars before; eleven days less of history leave it alone. */
static void history_before_the_window_changes_no_15m_metric(void)
{
    make(4, 40000);
    take(4000, 0, &taken);
    take(4000, 11, &other);
    for (int i = 0; i < METRIC_COUNT; i++) {
        if (metrics[i].tf == TF_15M && i != METRIC_VER_15M)
            ASSERT(
                same_value(taken.metrics.values[i], other.metrics.values[i]));
    }
}

static bool is_money(int id)
{
    return strcmp(metrics[id].unit, "quote") == 0;
}

static void what_is_no_money_does_not_depend_on_the_scale(void)
{
    static const double scales[] = { 1e-12, 1e8 };
    make(5, 1);
    take(BARS - 1, 0, &taken);
    for (size_t s = 0; s < 2; s++) {
        make(5, scales[s]);
        take(BARS - 1, 0, &other);
        for (int i = 0; i < METRIC_COUNT; i++) {
            double want = taken.metrics.values[i].v;
            ASSERT_INT(other.metrics.values[i].status,
                       taken.metrics.values[i].status);
            if (is_money(i))
                want *= scales[s];
            double off = fabs(other.metrics.values[i].v - want);
            ASSERT(isnan(want) ||
                   off <= 1e-8 * fabs(want) +
                              1e-10 * (is_money(i) ? scales[s] : 1.0));
        }
        ASSERT_INT(other.regime.pooled, taken.regime.pooled);
    }
}

static void a_dead_market_gives_no_number_that_decides(void)
{
    make(6, 100);
    for (int i = 0; i < BARS; i++)
        fifteen[i].open = fifteen[i].high = fifteen[i].low = fifteen[i].close =
            100;
    for (int i = 0; i < BARS / 4; i++)
        join(&fifteen[i * 4], 4, &hours[i]);
    for (int i = 0; i < BARS / 16; i++)
        join(&fifteen[i * 16], 16, &fours[i]);
    take(BARS - 1, 0, &taken);
    for (int i = 0; i < METRIC_COUNT; i++)
        ASSERT(value_usable(taken.metrics.values[i]) ==
               isfinite(taken.metrics.values[i].v));
    ASSERT_INT(taken.metrics.values[METRIC_VOL_HAZ_15M].status, VALUE_FLAT);
    ASSERT_INT(taken.metrics.values[METRIC_ER24_1H].status, VALUE_FLAT);
    ASSERT_INT(taken.regime.pooled, REGIME_UNKNOWN);
}

static void an_unknown_price_leaves_numbers_that_may_not_be_compared(void)
{
    const struct market_facts closed = { MARKET_CLOSED, false, false, NO_VALUE,
                                         MOMENT_NONE };
    const struct series series[TF_COUNT] = {
        { TF_15M, BARS, fifteen },
        { TF_1H, BARS / 4, hours },
        { TF_4H, BARS / 16, fours },
    };
    make(7, 40000);
    market_view_build(series, FIRST_MS + BARS * MS_PER_SLOT, &closed, &view);
    snapshot_take(&view, &work, &taken);
    ASSERT_INT(taken.metrics.values[METRIC_ADX_1H].status, VALUE_STALE);
    ASSERT(isfinite(taken.metrics.values[METRIC_ADX_1H].v));
    ASSERT_INT(taken.regime.pooled, REGIME_UNKNOWN);
    ASSERT_STR(taken.regime.reason, "the price is unknown");
}

/* Without the newest 4h bar the pool must not read the one before it. */
static void a_lost_4h_bar_makes_the_pool_unknown(void)
{
    const struct market_facts facts = { MARKET_OPEN, false, false, NO_VALUE,
                                        MOMENT_NONE };
    const struct series series[TF_COUNT] = {
        { TF_15M, BARS, fifteen },
        { TF_1H, BARS / 4, hours },
        { TF_4H, BARS / 16 - 1, fours },
    };
    make(8, 40000);
    market_view_build(series, FIRST_MS + BARS * MS_PER_SLOT, &facts, &view);
    snapshot_take(&view, &work, &taken);
    ASSERT_INT(taken.regime.before, REGIME_UNKNOWN);
    ASSERT(taken.regime.label_1h != REGIME_UNKNOWN);
    ASSERT_INT(taken.regime.label_4h, REGIME_UNKNOWN);
}

void measure_test(void);
void measure_test(void)
{
    TEST_SUITE("engine/measure");
    TEST(a_month_and_a_half_gives_every_metric_its_value);
    TEST(the_future_changes_nothing);
    TEST(twice_the_same_is_the_same_to_the_bit);
    TEST(history_before_the_window_changes_no_15m_metric);
    TEST(what_is_no_money_does_not_depend_on_the_scale);
    TEST(a_dead_market_gives_no_number_that_decides);
    TEST(an_unknown_price_leaves_numbers_that_may_not_be_compared);
    TEST(a_lost_4h_bar_makes_the_pool_unknown);
}
