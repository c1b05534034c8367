#include "metrics/expansion.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "test.h"

#define BARS 40000
static struct bar bars[BARS];
static struct expansion e, short_one;

/* A made-up season of seven hours: .5 to 2. */
static struct value seven_hours(const struct bar *b, enum timeframe tf)
{
    return value_real(0.5 + (double)(bar_number(b->open_ms, tf) % 7) / 4.0, 1);
}

static const struct value no_season = { 1.0, VALUE_REAL, 1 };

enum reading { RAW, EVEN, RAW_MEAN, EVEN_MEAN, READINGS };

static void read_all(const void *state, struct value *out)
{
    out[RAW] = expansion_raw(state);
    out[EVEN] = expansion_deseasonalised(state);
    out[RAW_MEAN] = expansion_raw_mean(state);
    out[EVEN_MEAN] = expansion_deseasonalised_mean(state);
}

static void init(void *state)
{
    expansion_init(state, 100);
}

static void push(void *state, const struct bar *b, enum timeframe tf)
{
    expansion_push(state, b, tf, seven_hours(b, tf));
}

static const struct metric_law law = {
    .family = { "expansion", sizeof(struct expansion), init, push },
    .readings = READINGS,
    .read = read_all,
    .scale_free = EVEN + 1,
};

/* numpy on metric_made_lcg(7): tests/golden/window_statistics.md. */
static void agrees_with_numpy(void)
{
    static const struct {
        int at;
        double raw, even, raw_50;
    } goldens[] = {
        { 113, 1.0214450071596262, 1.0725512358986011, 1.0433028907056972 },
        { 114, 1.0128015506035379, 1.0470835634294362, 1.0341528338707593 },
        { 200, 0.96130811258715432, 0.91292131878609462, 0.97530311104577105 },
        { 299, 1.0867276226057847, 1.0402098374836928, 1.0615311702748782 },
        { 1000, 1.1110721039593647, 1.0972014747836198, 1.0568609213530176 },
        { 2499, 0.94627725888696534, 1.0026029376261165, 0.89597089083761472 },
    };
    size_t next = 0;
    double raw = 0.0, even = 0.0, raw_50 = 0.0;
    metric_made_lcg(7, bars, 2500, TF_1H);
    expansion_init(&e, 100);
    expansion_init(&short_one, 50);
    for (int i = 0; i < 2500; i++) {
        push(&e, &bars[i], TF_1H);
        push(&short_one, &bars[i], TF_1H);
        raw += i >= 113 ? expansion_raw(&e).v : 0.0;
        even += i >= 113 ? expansion_deseasonalised(&e).v : 0.0;
        raw_50 += i >= 63 ? expansion_raw(&short_one).v : 0.0;
        if (i != goldens[next].at)
            continue;
        ASSERT_NEAR(expansion_raw(&e).v, goldens[next].raw, 1e-10);
        ASSERT_NEAR(expansion_deseasonalised(&e).v, goldens[next].even, 1e-10);
        ASSERT_NEAR(expansion_raw(&short_one).v, goldens[next].raw_50, 1e-10);
        ASSERT_INT(expansion_raw(&e).n_used, i + 1);
        next += next + 1 < ARRAY_LEN(goldens);
    }
    ASSERT_NEAR(raw, 2392.0119014701486, 1e-10);
    ASSERT_NEAR(even, 2392.5140177099129, 1e-10);
    ASSERT_NEAR(raw_50, 2441.1307722746551, 1e-10);
}

/* The mean of the last n by adding them up, newest first. */
static void agrees_with_plain_means_over_many_bars(void)
{
    static double atr[BARS];
    double worst = 0.0, sum = 0.0;
    metric_made_walk(
        (struct metric_made_walk){
            .seed = 71, .price = 8e4, .sigma = 0.01, .steps = 4 },
        bars, BARS, TF_4H);
    expansion_init(&e, 50);
    for (int i = 0; i < BARS; i++) {
        expansion_push(&e, &bars[i], TF_4H, no_season);
        double before = i ? bars[i - 1].close : bars[0].open;
        double tr = fmax(bars[i].high, before) - fmin(bars[i].low, before);
        sum += i >= 1 && i <= 14 ? tr : 0.0;
        if (i >= 14)
            atr[i] = i == 14 ? sum / 14 : atr[i - 1] + (tr - atr[i - 1]) / 14;
        double mean = 0.0;
        for (int k = 0; k < 50 && i >= 63; k++)
            mean += atr[i - k] / 50;
        if (i >= 63)
            worst = fmax(worst, fabs(expansion_raw(&e).v - atr[i] / mean));
    }
    ASSERT(worst <= 1e-11);
    ASSERT(worst > 0.0);
}

/* RS 2.12: sd .063, P(> 1.10) = .062, P(> 1.25) = .0003. */
static void constant_volatility_rarely_expands(void)
{
    double squares = 0.0;
    int count = 0, above_110 = 0, above_125 = 0;
    for (uint64_t seed = 72; seed < 74; seed++) {
        metric_made_walk(
            (struct metric_made_walk){
                .seed = seed, .price = 100.0, .sigma = 0.002, .steps = 60 },
            bars, BARS, TF_1H);
        expansion_init(&e, 100);
        for (int i = 0; i < BARS; i++) {
            expansion_push(&e, &bars[i], TF_1H, no_season);
            if (i < 300)
                continue;
            double ver = expansion_raw(&e).v;
            squares += (ver - 1.0) * (ver - 1.0);
            above_110 += ver > 1.10;
            above_125 += ver > 1.25;
            count++;
        }
    }
    ASSERT(fabs(sqrt(squares / count) - 0.063) < 0.003);
    ASSERT(fabs(above_110 / (double)count - 0.062) < 0.008);
    ASSERT(above_125 < count * 0.001);
}

static void without_a_season_both_chains_agree(void)
{
    metric_made_lcg(12, bars, 400, TF_1H);
    expansion_init(&e, 100);
    for (int i = 0; i < 400; i++) {
        expansion_push(&e, &bars[i], TF_1H, no_season);
        ASSERT_NEAR(expansion_deseasonalised(&e).v, expansion_raw(&e).v, 0.0);
        ASSERT_NEAR(expansion_deseasonalised_mean(&e).v,
                    expansion_raw_mean(&e).v, 0.0);
    }
}

/* Ranges that follow the season exactly are no news. */
static void the_season_is_not_an_expansion(void)
{
    metric_made_flat(100.0, bars, 400, TF_1H);
    expansion_init(&e, 100);
    double most = 0.0, most_even = 0.0;
    for (int i = 0; i < 400; i++) {
        bool busy = bar_number(bars[i].open_ms, TF_1H) % 24 < 8;
        bars[i].high = busy ? 103.0 : 101.0;
        expansion_push(&e, &bars[i], TF_1H, value_real(busy ? 1.5 : 0.5, 1));
        if (i < 113)
            continue;
        most = fmax(most, expansion_raw(&e).v);
        most_even = fmax(most_even, expansion_deseasonalised(&e).v);
    }
    ASSERT(most > 1.2);
    ASSERT_NEAR(most_even, 1.0, 1e-12);
    ASSERT_NEAR(expansion_deseasonalised_mean(&e).v, 2.0, 1e-12);
}

static void an_unknown_season_is_never_mixed_in(void)
{
    const struct value none = value_none(VALUE_UNAVAILABLE);
    metric_made_lcg(13, bars, 900, TF_1H);
    expansion_init(&e, 100);
    ASSERT_INT(expansion_deseasonalised(&e).status, VALUE_WARMUP);
    for (int i = 0; i < 900; i++) {
        bool known = i < 300 || i >= 400;
        expansion_push(&e, &bars[i], TF_1H,
                       known ? seven_hours(&bars[i], TF_1H) : none);
        enum value_status want = VALUE_REAL;
        if (!known)
            want = VALUE_UNAVAILABLE;
        else if (i < 113 || (i >= 400 && i < 513))
            want = VALUE_WARMUP;
        ASSERT_INT(expansion_deseasonalised(&e).status, want);
        ASSERT_INT(expansion_deseasonalised_mean(&e).status, want);
        ASSERT_INT(expansion_raw(&e).status,
                   i < 113 ? VALUE_WARMUP : VALUE_REAL);
    }
    ASSERT_INT(expansion_deseasonalised(&e).n_used, 500);
    ASSERT_INT(expansion_raw(&e).n_used, 900);
}

/* Bars without a range of their own, one unit from close to close. */
static void a_gap_is_part_of_the_range(void)
{
    expansion_init(&e, 50);
    for (int i = 0; i < 64; i++) {
        double p = i % 2 ? 101.0 : 100.0;
        struct bar b = { .open = p, .high = p, .low = p, .close = p };
        expansion_push(&e, &b, TF_1H, no_season);
    }
    ASSERT_NEAR(expansion_raw_mean(&e).v, 1.0, 1e-12);
    ASSERT_NEAR(expansion_raw(&e).v, 1.0, 1e-12);
}

static void a_price_that_never_moved_is_flat(void)
{
    metric_made_flat(1e-9, bars, 200, TF_1H);
    expansion_init(&e, 100);
    for (int i = 0; i < 200; i++)
        expansion_push(&e, &bars[i], TF_1H, no_season);
    ASSERT_INT(expansion_raw(&e).status, VALUE_FLAT);
    ASSERT_INT(expansion_deseasonalised(&e).status, VALUE_FLAT);
    ASSERT_INT(expansion_raw_mean(&e).status, VALUE_FLAT);
}

static void obeys_the_laws_of_a_metric(void)
{
    static const int first[] = { 113, 113, 113, 113 };
    metric_law_first(&law, first);
    metric_law_prefix(&law);
    metric_law_snapshot(&law);
    metric_law_start(&law, 137, 600, 1e-9);
    metric_law_scale(&law, 1e-9);
    metric_law_hostile(&law, 114);
}

void expansion_test(void);
void expansion_test(void)
{
    TEST_SUITE("metrics/expansion");
    TEST(agrees_with_numpy);
    TEST(agrees_with_plain_means_over_many_bars);
    TEST(constant_volatility_rarely_expands);
    TEST(without_a_season_both_chains_agree);
    TEST(the_season_is_not_an_expansion);
    TEST(an_unknown_season_is_never_mixed_in);
    TEST(a_gap_is_part_of_the_range);
    TEST(a_price_that_never_moved_is_flat);
    TEST(obeys_the_laws_of_a_metric);
}
