#include "metrics/half_life.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "test.h"

#define BARS 2500
static struct bar bars[BARS];
static struct half_life h;

static void read_all(const void *state, struct value *out)
{
    out[0] = half_life_b(state);
    out[1] = half_life_t(state);
}

static void init(void *state)
{
    half_life_init(state, 100);
}

static void push(void *state, const struct bar *b, enum timeframe tf)
{
    half_life_push(state, b, tf);
}

static const struct metric_law law = {
    .family = { "half_life", sizeof(struct half_life), init, push },
    .readings = 2,
    .read = read_all,
    .scale_free = 2,
};

/* statsmodels (t) and numpy (b) on metric_made_lcg(7), half-lives from b:
 * tests/golden/window_statistics.md. Ascending. */
struct golden {
    int at;
    double b, t, raw, corrected;
};
// clang-format off
static const struct golden goldens_100[] = {
    { 100, -0.044340032688379993, -1.7814123215634277, 15.283343326934473, 154.57199252420369 },
    { 101, -0.043175162824286316, -1.7020666514024252, 15.705180957695363, 211.40702804105308 },
    { 146, -0.086140849190718169, -2.6665141304960187, 7.6948962039971311, 14.222358054938271 },
    { 150, -0.069193237430602558, -1.9570687619503595, 9.6668417226612497, 22.68277483549873 },
    { 199, -0.033532055757982328, -1.2006143234918432, 20.322636944714077, HUGE_VAL },
    { 250, -0.026288654550450225, -0.96502124899471786, 26.018667981877304, HUGE_VAL },
    { 309, 0.0024964734597498388, 0.1072618085866215, HUGE_VAL, HUGE_VAL },
    { 310, 0.0026928928052896259, 0.11953235962228838, HUGE_VAL, HUGE_VAL },
    { 749, -0.14705334887677496, -3.233186108637232, 4.3578190182252996, 5.9272123477702925 },
    { 750, -0.149503546925286, -3.1514200463977331, 4.2804027530141315, 5.7865179333992103 },
    { 1000, -0.0088495188823343139, -0.57903937493613344, 77.97888636458687, HUGE_VAL },
    { 2499, -0.12925238139512046, -2.8586788663881735, 5.0081765324098217, 7.1810150883217441 },
};
static const struct golden goldens_200[] = {
    { 200, -0.036270815178077717, -1.9553224194683003, 18.761620590715577, 41.61409715525663 },
    { 250, -0.032348302242654232, -1.6130819729482304, 21.0791486648803, 54.943697184474608 },
    { 333, -0.010272263205593081, -0.85967124142856843, 67.130382571961718, HUGE_VAL },
    { 355, 0.0033473481019298504, 0.30614975315247894, HUGE_VAL, HUGE_VAL },
    { 815, -0.03968705382728923, -2.7990940341321067, 17.116409486486539, 34.332409885824653 },
    { 883, -0.075900104095010121, -2.9040239006233106, 8.7812288085303773, 11.86380318737557 },
    { 884, -0.075911329558334004, -2.8721673214841195, 8.7798776500599924, 11.861350302914378 },
    { 2499, -0.03238580772646351, -1.9118250779272594, 21.054331441663575, 54.77626819486688 },
};
// clang-format on

/* Over every window of the series. */
struct totals {
    double b, t;
    int infinite, infinite_corrected, identified;
};

static void check_time(struct half_life_time x, double want)
{
    ASSERT_INT(x.kind, isinf(want) ? HALF_LIFE_INFINITE : HALF_LIFE_FINITE);
    ASSERT_INT(x.status, VALUE_REAL);
    struct value document = half_life_value(x);
    if (isinf(want)) {
        ASSERT(isnan(x.bars));
        ASSERT_INT(document.status, VALUE_NOT_IDENTIFIED);
    } else {
        ASSERT_NEAR(x.bars, want, 1e-9);
        ASSERT_NEAR(document.v, want, 1e-9);
    }
}

static void check_golden(const struct golden *g, int n)
{
    ASSERT_NEAR(half_life_b(&h).v, g->b, 1e-10);
    ASSERT_NEAR(half_life_t(&h).v, g->t, 1e-10);
    ASSERT_INT(half_life_t(&h).n_used, n + 1);
    check_time(half_life_raw(&h), g->raw);
    check_time(half_life_corrected(&h), g->corrected);
    bool identified = g->corrected <= n / 16.0 && g->t <= -2.57;
    struct value x = half_life_identified(&h);
    ASSERT_INT(x.status, identified ? VALUE_REAL : VALUE_NOT_IDENTIFIED);
    if (identified)
        ASSERT_NEAR(x.v, g->corrected, 1e-9);
}

static void check_goldens(int n, const struct golden *goldens, size_t count,
                          struct totals want)
{
    struct totals got = { 0 };
    size_t next = 0;
    metric_made_lcg(7, bars, BARS, TF_1H);
    half_life_init(&h, n);
    for (int i = 0; i < BARS; i++) {
        half_life_push(&h, &bars[i], TF_1H);
        if (i < n) {
            ASSERT_INT(half_life_raw(&h).kind, HALF_LIFE_NONE);
            ASSERT_INT(half_life_raw(&h).status, VALUE_WARMUP);
            continue;
        }
        got.b += half_life_b(&h).v;
        got.t += half_life_t(&h).v;
        got.infinite += half_life_raw(&h).kind == HALF_LIFE_INFINITE;
        got.infinite_corrected +=
            half_life_corrected(&h).kind == HALF_LIFE_INFINITE;
        got.identified += value_usable(half_life_identified(&h));
        if (next < count && i == goldens[next].at)
            check_golden(&goldens[next++], n);
    }
    ASSERT_INT(next, count);
    ASSERT_NEAR(got.b, want.b, 1e-10);
    ASSERT_NEAR(got.t, want.t, 1e-10);
    ASSERT_INT(got.infinite, want.infinite);
    ASSERT_INT(got.infinite_corrected, want.infinite_corrected);
    ASSERT_INT(got.identified, want.identified);
}

static void agrees_with_statsmodels(void)
{
    check_goldens(100, goldens_100, ARRAY_LEN(goldens_100),
                  (struct totals){ -120.69941736694744, -3506.1608611682905,
                                   154, 1323, 144 });
    check_goldens(200, goldens_200, ARRAY_LEN(goldens_200),
                  (struct totals){ -54.184103058964119, -3190.5992148652258,
                                   149, 1295, 104 });
}

static void explosive_growth_is_infinite(void)
{
    metric_made_flat(100.0, bars, 101, TF_1H);
    half_life_init(&h, 100);
    for (int i = 0; i < 101; i++) {
        bars[i].close = 100.0 * exp(1e-4 * pow(1.05, i) + 1e-6 * (i % 2));
        half_life_push(&h, &bars[i], TF_1H);
    }
    ASSERT(half_life_b(&h).v > 0);
    struct half_life_time x = half_life_raw(&h);
    ASSERT_INT(x.kind, HALF_LIFE_INFINITE);
    ASSERT_INT(x.n_used, 101);
    ASSERT_INT(half_life_reaches(x, 1e9), ANSWER_YES);
    ASSERT_INT(half_life_value(x).status, VALUE_NOT_IDENTIFIED);
    ASSERT_INT(half_life_identified(&h).status, VALUE_NOT_IDENTIFIED);
}

/* y jumps over its mean at every bar: phi is below zero. */
static void a_bounce_oscillates(void)
{
    metric_made_flat(100.0, bars, 101, TF_1H);
    half_life_init(&h, 100);
    for (int i = 0; i < 101; i++) {
        bars[i].close = (i % 2 ? 101.0 : 100.0) + (i % 3) * 0.01;
        half_life_push(&h, &bars[i], TF_1H);
    }
    ASSERT(half_life_b(&h).v < -1.0);
    struct half_life_time x = half_life_raw(&h);
    ASSERT_INT(x.kind, HALF_LIFE_OSCILLATING);
    ASSERT_NEAR(x.bars, 0.0, 0.0);
    ASSERT_INT(half_life_reaches(x, 1.0), ANSWER_NO);
    ASSERT_NEAR(half_life_identified(&h).v, 0.0, 0.0);
}

static struct half_life_time of_bars(double bars_)
{
    return (struct half_life_time){ HALF_LIFE_FINITE, VALUE_REAL, bars_, 101 };
}

static void comparisons_have_four_answers(void)
{
    const struct half_life_time infinite = { HALF_LIFE_INFINITE, VALUE_REAL,
                                             NO_VALUE, 101 };
    const struct half_life_time early = { HALF_LIFE_NONE, VALUE_WARMUP,
                                          NO_VALUE, 0 };
    const struct half_life_time flat = { HALF_LIFE_NONE, VALUE_FLAT, NO_VALUE,
                                         0 };
    ASSERT_INT(half_life_reaches(of_bars(10), 10), ANSWER_YES);
    ASSERT_INT(half_life_reaches(of_bars(9.99), 10), ANSWER_NO);
    ASSERT_INT(half_life_reaches(infinite, 10), ANSWER_YES);
    ASSERT_INT(half_life_reaches(infinite, HUGE_VAL), ANSWER_NOT_APPLICABLE);
    ASSERT_INT(half_life_reaches(of_bars(10), NO_VALUE), ANSWER_NOT_APPLICABLE);
    ASSERT_INT(half_life_reaches(of_bars(10), 0), ANSWER_NOT_APPLICABLE);
    ASSERT_INT(half_life_reaches(early, 10), ANSWER_UNKNOWN);
    ASSERT_INT(half_life_reaches(flat, 10), ANSWER_NOT_APPLICABLE);
    ASSERT_INT(half_life_longer(of_bars(11), of_bars(10)), ANSWER_YES);
    ASSERT_INT(half_life_longer(of_bars(10), of_bars(10)), ANSWER_NO);
    ASSERT_INT(half_life_longer(infinite, of_bars(10)), ANSWER_YES);
    ASSERT_INT(half_life_longer(of_bars(10), infinite), ANSWER_NO);
    ASSERT_INT(half_life_longer(infinite, infinite), ANSWER_NO);
    ASSERT_INT(half_life_longer(infinite, early), ANSWER_UNKNOWN);
    ASSERT_INT(half_life_longer(flat, of_bars(1)), ANSWER_NOT_APPLICABLE);
}

static void flat_prices_have_no_half_life(void)
{
    metric_made_flat(100.0, bars, 150, TF_1H);
    half_life_init(&h, 100);
    for (int i = 0; i < 150; i++)
        half_life_push(&h, &bars[i], TF_1H);
    ASSERT_INT(half_life_t(&h).status, VALUE_FLAT);
    ASSERT_INT(half_life_raw(&h).status, VALUE_FLAT);
    ASSERT_INT(half_life_corrected(&h).kind, HALF_LIFE_NONE);
    ASSERT_INT(half_life_identified(&h).status, VALUE_FLAT);
    ASSERT_INT(half_life_value(half_life_raw(&h)).status, VALUE_FLAT);
}

/* A fit that leaves no error: y gives back a tenth of itself every bar. */
static void a_perfect_fit_has_no_error_to_divide_by(void)
{
    metric_made_flat(100.0, bars, 60, TF_1H);
    half_life_init(&h, 50);
    for (int i = 0; i < 60; i++) {
        bars[i].close = 100.0 * exp(pow(0.9, i));
        half_life_push(&h, &bars[i], TF_1H);
    }
    ASSERT_INT(half_life_t(&h).status, VALUE_FLAT);
}

/* statsmodels.tsa.adfvalues.mackinnoncrit(N=1, regression="c", nobs=n). */
static void critical_values_are_those_of_mackinnon(void)
{
    static const struct {
        int n;
        double pct_1, pct_5, pct_10;
    } rows[] = {
        { 50, -3.56848586400, -2.92135992, -2.5986616 },
        { 100, -3.497501033, -2.89090644, -2.5824349 },
        { 200, -3.463476079125, -2.876102355, -2.574532225 },
        { 1000, -3.436906165433, -2.864434574040, -2.568311209 },
    };
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        int n = rows[k].n;
        ASSERT_NEAR(dickey_fuller_critical(DICKEY_FULLER_1_PCT, n),
                    rows[k].pct_1, 1e-12);
        ASSERT_NEAR(dickey_fuller_critical(DICKEY_FULLER_5_PCT, n),
                    rows[k].pct_5, 1e-12);
        ASSERT_NEAR(dickey_fuller_critical(DICKEY_FULLER_10_PCT, n),
                    rows[k].pct_10, 1e-12);
    }
}

static void obeys_the_laws_of_a_metric(void)
{
    static const int first[] = { 100, 100 };
    metric_law_first(&law, first);
    metric_law_prefix(&law);
    metric_law_snapshot(&law);
    metric_law_start(&law, 137, 200, 0.0);
    metric_law_scale(&law, 1e-9);
    metric_law_hostile(&law, 101);
}

void half_life_test(void);
void half_life_test(void)
{
    TEST_SUITE("metrics/half_life");
    TEST(agrees_with_statsmodels);
    TEST(explosive_growth_is_infinite);
    TEST(a_bounce_oscillates);
    TEST(comparisons_have_four_answers);
    TEST(flat_prices_have_no_half_life);
    TEST(a_perfect_fit_has_no_error_to_divide_by);
    TEST(critical_values_are_those_of_mackinnon);
    TEST(obeys_the_laws_of_a_metric);
}
