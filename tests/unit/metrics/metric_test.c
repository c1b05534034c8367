#include "metrics/metric.h"

#include "base/moment.h"
#include "engine/measure.h"
#include "market/made.h"
#include "test.h"

static struct made made[TF_COUNT];
static struct market_view view;
static struct measure_work work;
static struct snapshot taken;
static struct metric_row row;

/* Bar i of the series that ewma_vol_test.c sums by hand. */
static void add(int64_t number)
{
    made_add(&made[TF_15M], number,
             1000 + (double)((number - 5000) * 37 % 101));
}

static struct value measure(int64_t slot_ms)
{
    struct market_facts facts = { MARKET_OPEN, false, false, NO_VALUE,
                                  MOMENT_NONE };
    struct series series[TF_COUNT];
    for (int tf = 0; tf < TF_COUNT; tf++) {
        made[tf].tf = (enum timeframe)tf;
        series[tf] = made_series(&made[tf]);
    }
    market_view_build(series, slot_ms, &facts, &view);
    snapshot_take(&view, &work, &taken);
    row = taken.metrics;
    return row.values[METRIC_VOL_HAZ_15M];
}

static void begin(void)
{
    made_begin(&made[TF_15M], TF_15M);
}

/* 5000 is above 1024 * 4, and 5299 below 1024 * 6 - 1: nothing is left out. */
static void the_volatility_runs_over_the_window(void)
{
    begin();
    for (int64_t n = 5000; n < 5300; n++)
        add(n);
    struct value x = measure(made_slot(TF_15M, 5299));
    ASSERT_INT(x.status, VALUE_REAL);
    ASSERT_NEAR(x.v, 0.046345892456123451, 1e-12);
    ASSERT_INT(x.n_used, 299);
    x = measure(made_slot(TF_15M, 5199));
    ASSERT_NEAR(x.v, 0.046229068385463778, 1e-12);
    x = measure(made_slot(TF_15M, 5095)); /* 95 returns */
    ASSERT_INT(x.status, VALUE_WARMUP);
}

static void without_bars_it_is_unavailable(void)
{
    begin();
    ASSERT_INT(measure(made_slot(TF_15M, 5299)).status, VALUE_UNAVAILABLE);
    ASSERT(isnan(row.values[METRIC_VOL_HAZ_15M].v));
}

static void a_window_with_filled_bars_is_filled(void)
{
    begin();
    for (int64_t n = 5000; n < 5300; n++) {
        if (n != 5150)
            add(n);
    }
    struct value x = measure(made_slot(TF_15M, 5299));
    ASSERT_INT(x.status, VALUE_FILLED);
    ASSERT(value_usable(x));
    ASSERT_INT(x.n_used, 299);
}

/* 10 of 200 is 5 %, 11 of 201 is more. */
static void more_than_five_percent_missing_is_unavailable(void)
{
    begin();
    for (int64_t n = 5000; n < 5095; n++)
        add(n);
    for (int64_t n = 5105; n < 5200; n++)
        add(n);
    ASSERT_INT(measure(made_slot(TF_15M, 5199)).status, VALUE_FILLED);
    add(5201);
    struct value x = measure(made_slot(TF_15M, 5201));
    ASSERT_INT(x.status, VALUE_UNAVAILABLE);
    ASSERT(isnan(x.v));
}

static void an_old_price_makes_it_stale(void)
{
    begin();
    for (int64_t n = 5000; n < 5300; n++)
        add(n);
    int64_t newest = made_slot(TF_15M, 5299);
    ASSERT_INT(measure(newest + 30 * MS_PER_MINUTE).status, VALUE_REAL);
    struct value x = measure(newest + 45 * MS_PER_MINUTE);
    ASSERT_INT(x.status, VALUE_STALE);
    ASSERT_NEAR(x.v, 0.046345892456123451, 1e-12);
    ASSERT(!value_usable(x));
}

static void a_value_outside_its_range_is_insane(void)
{
    const enum metric_id id = METRIC_VOL_HAZ_15M;
    ASSERT(!metric_is_insane(id, value_real(0.008, 96)));
    ASSERT(!metric_is_insane(id, value_real(metrics[id].sane_lo, 96)));
    ASSERT(!metric_is_insane(id, value_real(metrics[id].sane_hi, 96)));
    ASSERT(metric_is_insane(id, value_real(metrics[id].sane_hi * 1.001, 96)));
    ASSERT(metric_is_insane(id, value_real(metrics[id].sane_lo * 0.999, 96)));
    ASSERT(!metric_is_insane(id, value_none(VALUE_WARMUP)));
    struct value nan = { NO_VALUE, VALUE_REAL, 1 };
    ASSERT(metric_is_insane(id, nan));
}

static void every_row_of_the_table_is_complete(void)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        const struct metric *m = &metrics[i];
        ASSERT(m->name && m->name[0] && m->unit && m->window && m->source);
        ASSERT(m->read != NULL && m->null < NULL_COUNT);
        ASSERT(m->warmup > 0 && m->tf < TF_COUNT);
        ASSERT(m->sane_lo < m->sane_hi);
        for (int k = 0; k < i; k++)
            ASSERT(m->tf != metrics[k].tf ||
                   !test_same(m->name, metrics[k].name));
    }
    ASSERT_STR(metrics[METRIC_VOL_HAZ_15M].name, "vol_haz");
    ASSERT_INT(metrics[METRIC_VOL_HAZ_15M].warmup, 97);
}

void metric_test(void);
void metric_test(void)
{
    TEST_SUITE("metrics/metric");
    TEST(the_volatility_runs_over_the_window);
    TEST(without_bars_it_is_unavailable);
    TEST(a_window_with_filled_bars_is_filled);
    TEST(more_than_five_percent_missing_is_unavailable);
    TEST(an_old_price_makes_it_stale);
    TEST(a_value_outside_its_range_is_insane);
    TEST(every_row_of_the_table_is_complete);
}
