#include "metrics/wilder.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "test.h"

#define BARS 40000
static struct bar bars[BARS];
static struct wilder w;

enum reading { DI_UP, DI_DOWN, DX, ADX, NATR, ATR, RANGE, READINGS };

static void read_all(const void *state, struct value *out)
{
    out[DI_UP] = wilder_plus_di(state);
    out[DI_DOWN] = wilder_minus_di(state);
    out[DX] = wilder_dx(state);
    out[ADX] = wilder_adx(state);
    out[NATR] = wilder_natr(state);
    out[ATR] = wilder_atr(state);
    out[RANGE] = wilder_true_range(state);
}

static void init_raw(void *state)
{
    wilder_init(state, 14, PRICE_RAW);
}

static void init_log(void *state)
{
    wilder_init(state, 14, PRICE_LOG);
}

static void push(void *state, const struct bar *b, enum timeframe tf)
{
    (void)tf;
    wilder_push(state, b);
}

static const struct metric_law raw = {
    .family = { "wilder", sizeof(struct wilder), init_raw, push },
    .readings = READINGS,
    .read = read_all,
    .scale_free = NATR + 1,
};
static const struct metric_law logarithmic = {
    .family = { "wilder_log", sizeof(struct wilder), init_log, push },
    .readings = READINGS,
    .read = read_all,
    .scale_free = READINGS,
};

/* TA-Lib on the 3,000 bars of metric_made_lcg(1): tests/oracles/README.md. */
struct golden {
    int at;
    double range, atr, natr, di_up, di_down, dx, adx;
};
// clang-format off
static const struct golden raw_goldens[] = {
    { 13, 2.1599999999999966, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE },
    { 14, 1.3499999999999943, 1.6071428571428572, 0.8251914444151043, 7.432363450740078, 29.647779479326257, 59.91189427312824, NO_VALUE },
    { 26, 1.3900000000000148, 1.7450208063615402, 0.8681695554037514, 24.232086112991034, 10.740484937182067, 38.577664640250084, NO_VALUE },
    { 27, 0.5100000000000193, 1.6568050344785745, 0.8244451803734945, 23.68571021805743, 10.49831255292219, 38.57766464025008, 27.250240351808582 },
    { 28, 1.8100000000000023, 1.6677475320158195, 0.8237010579423221, 27.198105840344866, 9.665374867149588, 47.56124662322194, 28.701026514052394 },
    { 100, 2.6500000000000057, 2.036169513101842, 0.9824702113881024, 21.79978898452049, 20.00301882024801, 4.298204495410762, 23.467228899457393 },
    { 500, 2.4399999999999977, 1.838489391931305, 0.9000290752099207, 18.557465059027756, 29.540445813562027, 22.83463159892313, 32.178990991852466 },
    { 1999, 0.799999999999983, 1.7866206443621364, 0.8428250987650422, 14.20320133883923, 20.318561938218117, 17.714508237309722, 14.482752804757414 },
    { 2999, 2.1000000000000227, 1.8606952551884117, 0.6876691755445383, 26.877794862618074, 13.782273239166798, 32.207328307146675, 18.944507583159492 },
};
static const struct golden log_goldens[] = {
    { 13, 0.011039106327447534, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE },
    { 14, 0.006928256396184551, 0.00811933396507777, 100 * 0.00811933396507777, 7.401652642207422, 29.78244682073764, 60.189152088605155, NO_VALUE },
    { 26, 0.00690120158251073, 0.008806661179515396, 100 * 0.008806661179515396, 24.11926846819688, 10.801382691080185, 38.137564263542224, NO_VALUE },
    { 27, 0.002535107608488296, 0.008358693067299175, 100 * 0.008358693067299175, 23.583437043774584, 10.5614201780909, 38.13756426354221, 27.15735116296198 },
    { 28, 0.008971337214880748, 0.008402453363555001, 100 * 0.008402453363555001, 27.039390616873522, 9.737024376682891, 47.047452132629495, 28.578072660795375 },
    { 100, 0.012747605097224834, 0.009806433607123142, 100 * 0.009806433607123142, 21.69704014956655, 20.05875561469996, 3.92349015239841, 23.318466142709262 },
    { 500, 0.011993851995356408, 0.008867085567354372, 100 * 0.008867085567354372, 18.556660440785993, 29.62068510074457, 22.965201871533164, 32.64610447907446 },
    { 1999, 0.0037716323999203993, 0.008374886764038825, 100 * 0.008374886764038825, 14.152405510492658, 20.39797709099254, 18.076707434873406, 14.741859258148414 },
    { 2999, 0.0077899347857002255, 0.006975253154880214, 100 * 0.006975253154880214, 26.768413434668904, 13.833436182112141, 31.858098521725083, 18.808315374531112 },
};
// clang-format on

static void check_golden(const struct golden *g, double rtol)
{
    ASSERT_NEAR(wilder_true_range(&w).v, g->range, rtol);
    ASSERT_NEAR(wilder_atr(&w).v, g->atr, rtol);
    ASSERT_NEAR(wilder_natr(&w).v, g->natr, rtol);
    ASSERT_NEAR(wilder_plus_di(&w).v, g->di_up, rtol);
    ASSERT_NEAR(wilder_minus_di(&w).v, g->di_down, rtol);
    ASSERT_NEAR(wilder_dx(&w).v, g->dx, rtol);
    ASSERT_NEAR(wilder_adx(&w).v, g->adx, rtol);
}

static void check_goldens(enum price_form form, const struct golden *rows,
                          size_t n, double rtol)
{
    size_t at = 0;
    metric_made_lcg(1, bars, 3000, TF_1H);
    wilder_init(&w, 14, form);
    for (int i = 0; i < 3000; i++) {
        wilder_push(&w, &bars[i]);
        if (at < n && rows[at].at == i)
            check_golden(&rows[at++], rtol);
    }
    ASSERT_INT(at, n);
}

static void is_ta_lib_to_the_last_digits(void)
{
    check_goldens(PRICE_RAW, raw_goldens, ARRAY_LEN(raw_goldens), 1e-12);
}

/* Differences of logarithms of 200 lose three digits. */
static void is_ta_lib_on_logarithms(void)
{
    check_goldens(PRICE_LOG, log_goldens, ARRAY_LEN(log_goldens), 1e-10);
}

static const int first_values[READINGS] = {
    [DI_UP] = 14, [DI_DOWN] = 14, [DX] = 14,   [ADX] = 27,
    [NATR] = 14,  [ATR] = 14,     [RANGE] = 1,
};

static void first_values_are_where_ta_lib_has_them(void)
{
    metric_law_first(&raw, first_values);
    metric_law_first(&logarithmic, first_values);
}

static void bars_seen_are_counted(void)
{
    metric_made_lcg(2, bars, 100, TF_1H);
    wilder_init(&w, 14, PRICE_RAW);
    for (int i = 0; i < 100; i++) {
        ASSERT_INT(wilder_count(&w), i);
        wilder_push(&w, &bars[i]);
    }
    ASSERT_INT(wilder_atr(&w).n_used, 100);
    ASSERT_INT(wilder_adx(&w).n_used, 100);
}

/* Sums with explicit weights over the whole history, newest first. */
static double weighted(const double *x, int from, int to, int n)
{
    double sum = 0.0, weight = 1.0;
    for (int i = to; i >= from; i--) {
        sum += weight * x[i];
        if (i >= from + n - 1)
            weight *= 1.0 - 1.0 / n;
    }
    return sum;
}

#define SHORT 2000
static double range[SHORT], up[SHORT], down[SHORT], dx[SHORT];

/* Every seventh bar stands apart from its neighbours. */
static void make_moves(uint32_t seed)
{
    metric_made_lcg(seed, bars, SHORT, TF_1H);
    for (int i = 5; i < SHORT; i += 7)
        metric_made_scale(i % 2 ? 1.04 : 0.96, &bars[i], 1);
    for (int i = 1; i < SHORT; i++) {
        const struct bar *b = &bars[i], *a = &bars[i - 1];
        double u = b->high - a->high, d = a->low - b->low;
        range[i] = fmax(b->high - b->low, fmax(fabs(b->high - a->close),
                                               fabs(b->low - a->close)));
        up[i] = u > d && u > 0 ? u : 0.0;
        down[i] = d > u && d > 0 ? d : 0.0;
    }
}

/* The mean of the first n weighs as one old value and is smoothed as such. */
static void agrees_with_sums_of_weights(void)
{
    make_moves(3);
    wilder_init(&w, 14, PRICE_RAW);
    for (int i = 0; i < SHORT; i++) {
        wilder_push(&w, &bars[i]);
        if (i < 14)
            continue;
        double s_up = weighted(up, 1, i, 14), s_down = weighted(down, 1, i, 14);
        dx[i] = 100.0 * fabs(s_up - s_down) / (s_up + s_down);
        ASSERT_NEAR(wilder_plus_di(&w).v,
                    100.0 * s_up / weighted(range, 1, i, 14), 1e-10);
        ASSERT_NEAR(wilder_minus_di(&w).v,
                    100.0 * s_down / weighted(range, 1, i, 14), 1e-10);
        ASSERT(fabs(wilder_dx(&w).v - dx[i]) < 1e-10);
    }
}

/* Mean of the first n, then weights (1 - 1/n)^k / n. */
static double smoothed(const double *x, int from, int to, int n)
{
    double mean = 0.0, sum = 0.0, weight = 1.0;
    for (int i = from; i < from + n; i++)
        mean += x[i] / n;
    for (int i = to; i >= from + n; i--) {
        sum += weight * x[i] / n;
        weight *= 1.0 - 1.0 / n;
    }
    return sum + weight * mean;
}

static void smooths_as_wilder_does(void)
{
    make_moves(4);
    wilder_init(&w, 14, PRICE_RAW);
    for (int i = 0; i < SHORT; i++) {
        wilder_push(&w, &bars[i]);
        dx[i] = wilder_dx(&w).v;
        if (i >= 14)
            ASSERT_NEAR(wilder_atr(&w).v, smoothed(range, 1, i, 14), 1e-10);
        if (i >= 27)
            ASSERT_NEAR(wilder_adx(&w).v, smoothed(dx, 14, i, 14), 1e-10);
    }
}

static void obeys_the_laws(void)
{
    metric_law_prefix(&raw);
    metric_law_snapshot(&raw);
    metric_law_scale(&raw, 1e-10);
    metric_law_hostile(&raw, 28);
}

static void obeys_the_laws_on_logarithms(void)
{
    metric_law_prefix(&logarithmic);
    metric_law_snapshot(&logarithmic);
    metric_law_scale(&logarithmic, 1e-9);
    metric_law_hostile(&logarithmic, 28);
}

/* The weight of a seed after 600 bars is (13/14)^600 < 1e-19. */
static void where_history_began_is_forgotten(void)
{
    metric_law_start(&raw, 100, 700, 1e-11);
}

/* RS 2.1, 2.2: Brownian bars of 60 steps. */
static void a_random_walk_looks_as_it_should(void)
{
    double sum = 0.0, ranges = 0.0;
    int above = 0, n = BARS - 200;
    metric_made_walk(
        (struct metric_made_walk){
            .seed = 21, .price = 100.0, .sigma = 0.001, .steps = 60 },
        bars, BARS, TF_1H);
    wilder_init(&w, 14, PRICE_LOG);
    for (int i = 0; i < BARS; i++) {
        wilder_push(&w, &bars[i]);
        if (i < 200)
            continue;
        sum += wilder_adx(&w).v;
        above += wilder_adx(&w).v > 25.0;
        ranges += wilder_true_range(&w).v;
    }
    ASSERT(fabs(sum / n - 24.0) < 1.0);
    ASSERT(fabs((double)above / n - 0.38) < 0.03);
    ASSERT(fabs(ranges / n / 0.001 - 1.45) < 0.02);
}

void wilder_test(void);
void wilder_test(void)
{
    TEST_SUITE("metrics/wilder");
    TEST(is_ta_lib_to_the_last_digits);
    TEST(is_ta_lib_on_logarithms);
    TEST(first_values_are_where_ta_lib_has_them);
    TEST(bars_seen_are_counted);
    TEST(agrees_with_sums_of_weights);
    TEST(smooths_as_wilder_does);
    TEST(obeys_the_laws);
    TEST(obeys_the_laws_on_logarithms);
    TEST(where_history_began_is_forgotten);
    TEST(a_random_walk_looks_as_it_should);
}
