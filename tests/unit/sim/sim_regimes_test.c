/* What is expected follows from the model that the header describes, by
 * calculation: see the comment at each claim. */
#include "sim/regimes.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"
#include "base/moment.h"
#include "sim/options.h"
#include "test.h"

#define LONG_HOURS   200000
/* Of the log volatility: E e^v = e^(var / 2) and E e^2v = e^(2 var), where
 * var = .05^2 / (1 - .98^2). */
#define VOL_VARIANCE (0.0025 / (1.0 - 0.9604))

/* What one long run shows of one regime. */
struct seen {
    double hours, spells;
    double squares;        /* of hourly log returns */
    double net;            /* |log move| from begin to end of its spells */
    double xy, xx;         /* next and present distance to the spell's start */
    double fourth, second; /* powers of 15m log returns */
    int32_t shortest, longest;
    double next[SIM_REGIME_COUNT]; /* which regime came after */
};

struct run {
    struct seen of[SIM_REGIME_COUNT];
    int unsound, untied, off_tick;
    int twice; /* TREND, TRANSITION, TREND */
};

struct reader {
    struct run *run;
    enum sim_regime regime, before;
    int32_t hours;       /* of the spell so far */
    double center, here; /* log prices: begin of the spell, now */
};

static void end_spell(struct reader *at, enum sim_regime next)
{
    struct seen *s = &at->run->of[at->regime];

    s->spells++;
    s->net += fabs(at->here - at->center);
    s->next[next]++;
    if (s->spells == 1.0 || at->hours < s->shortest)
        s->shortest = at->hours;
    if (at->hours > s->longest)
        s->longest = at->hours;
    if (at->regime == SIM_TRANSITION && at->before == SIM_TREND)
        at->run->twice += next == SIM_TREND;
    at->before = at->regime;
    at->regime = next;
    at->hours = 0;
    at->center = at->here;
}

static void look_at_bars(struct run *run, struct seen *s,
                         const struct bar bars[SIM_BARS_PER_HOUR])
{
    for (int i = 0; i < SIM_BARS_PER_HOUR; i++) {
        const struct bar *b = &bars[i];
        double cents = b->close * 100.0, r = log(b->close / b->open);
        run->unsound += bar_check(b, TF_15M) != BAR_OK || b->volume <= 0.0;
        run->untied += i > 0 && b->open != bars[i - 1].close;
        run->untied += i > 0 && b->open_ms != bars[i - 1].open_ms + MS_PER_SLOT;
        run->off_tick += fabs(cents - floor(cents + 0.5)) > 1e-4;
        s->second += r * r;
        s->fourth += r * r * r * r;
    }
}

static void look_at_hour(struct reader *at, enum sim_regime regime,
                         const struct bar bars[SIM_BARS_PER_HOUR])
{
    /* One range never follows itself, nor does any other regime. */
    if (regime != at->regime)
        end_spell(at, regime);
    struct seen *s = &at->run->of[regime];
    double close = log(bars[SIM_BARS_PER_HOUR - 1].close);
    double x = at->here - at->center, y = close - at->center;

    look_at_bars(at->run, s, bars);
    s->hours++;
    s->squares += (y - x) * (y - x);
    s->xy += x * y;
    s->xx += x * x;
    at->hours++;
    at->here = close;
}

/* Made once, and only read by the claims. */
static const struct run *long_run(void)
{
    static struct run run;
    struct bar bars[SIM_BARS_PER_HOUR];
    struct sim_regimes r;

    if (run.of[0].hours > 0.0)
        return &run;
    sim_regimes_init(&r, 5);
    struct reader at = { .run = &run, .center = log(60000.0) };
    at.here = at.center;
    at.regime = r.spell.regime;
    double open = 60000.0;
    for (int hour = 0; hour < LONG_HOURS; hour++) {
        enum sim_regime regime = sim_regimes_hour(&r, bars);
        run.untied += bars[0].open != open;
        open = bars[SIM_BARS_PER_HOUR - 1].close;
        look_at_hour(&at, regime, bars);
    }
    return &run;
}

static void every_bar_is_sound_and_follows_the_one_before(void)
{
    const struct run *run = long_run();
    ASSERT_INT(run->unsound, 0);
    ASSERT_INT(run->untied, 0);
    ASSERT_INT(run->off_tick, 0);
}

static void shares_of_time_are_those_of_the_model(void)
{
    static const double want[] = { .45, .24, .09, .22 };
    const struct run *run = long_run();
    for (int k = 0; k < SIM_REGIME_COUNT; k++)
        ASSERT(fabs(run->of[k].hours / LONG_HOURS - want[k]) < 0.03);
}

static void spells_are_as_long_as_they_may_be(void)
{
    static const int32_t want[][2] = {
        { 48, 240 }, { 36, 160 }, { 6, 24 }, { 24, 120 }
    };
    const struct run *run = long_run();
    for (int k = 0; k < SIM_REGIME_COUNT; k++) {
        const struct seen *s = &run->of[k];
        double mean = 0.5 * (want[k][0] + want[k][1]);
        ASSERT(s->shortest >= want[k][0] && s->shortest < want[k][0] + 8);
        ASSERT(s->longest <= want[k][1] && s->longest > want[k][1] - 8);
        ASSERT_NEAR(s->hours / s->spells, mean, 0.05);
    }
}

/* Shares of what follows; 4 standard errors of a few hundred spells. */
static void regimes_follow_each_other_as_the_chain_says(void)
{
    const struct run *run = long_run();
    for (int k = SIM_RANGE_OK; k <= SIM_RANGE_WEAK; k++) {
        const struct seen *s = &run->of[k];
        ASSERT(fabs(s->next[SIM_TRANSITION] / s->spells - 0.75) < 0.08);
        ASSERT(fabs(s->next[SIM_TREND] / s->spells - 0.10) < 0.06);
        ASSERT(s->next[k] == 0.0);
    }
    const struct seen *trend = &run->of[SIM_TREND];
    ASSERT(fabs(trend->next[SIM_TRANSITION] / trend->spells - 0.5) < 0.1);
    ASSERT(trend->next[SIM_TREND] == 0.0);
    ASSERT(run->of[SIM_TRANSITION].next[SIM_TRANSITION] == 0.0);
    ASSERT_INT(run->twice, 0);
}

/* Mean square of f ~ U(a, b). */
static double mean_square(double a, double b)
{
    return (b * b * b - a * a * a) / (3.0 * (b - a));
}

/* Mean square of an hour's return: sigma^2 E f^2 E e^2v, and in a trend the
 * drift's share E k^2 besides. In a range the pull takes a few percent away. */
static void volatility_is_that_of_the_regime(void)
{
    const struct run *run = long_run();
    double unit = 0.005 * 0.005 * exp(2.0 * VOL_VARIANCE);
    double want[SIM_REGIME_COUNT] = {
        [SIM_RANGE_OK] = unit * mean_square(.8, 1.05),
        [SIM_RANGE_WEAK] = unit * mean_square(.85, 1.15),
        [SIM_TRANSITION] = unit * mean_square(1.15, 1.7),
        [SIM_TREND] =
            unit * mean_square(.95, 1.35) * (1.0 + mean_square(.15, .4)),
    };
    for (int k = 0; k < SIM_REGIME_COUNT; k++)
        ASSERT_NEAR(run->of[k].squares / run->of[k].hours, want[k], 0.08);
}

/* E k E f E e^v sigma an hour is .275 * 1.15 * 1.032 * .005 = .00163; noise
 * turns a few of the weak and short trends round and adds to |move|. Without
 * drift, 72 hours of noise would make 1.02 * .8 * 8.5 / 72 sigma = .0006. */
static void a_trend_goes_somewhere(void)
{
    const struct seen *s = &long_run()->of[SIM_TREND];
    ASSERT(s->net / s->hours > 0.00155);
    ASSERT(s->net / s->hours < 0.00185);
}

/* Least squares through the known center, so without the usual bias. The
 * share that is left after an hour is 2^(-1/h): .841 to .944 in RANGE_OK and
 * .966 to .9885 in RANGE_WEAK. Long half-lives weigh more: mean of h 2^(-1/h)
 * over mean of h is .912 and .9819. */
static void a_range_comes_back_with_its_half_life(void)
{
    const struct seen *ok = &long_run()->of[SIM_RANGE_OK];
    const struct seen *weak = &long_run()->of[SIM_RANGE_WEAK];
    ASSERT(fabs(ok->xy / ok->xx - 0.912) < 0.012);
    ASSERT(fabs(weak->xy / weak->xx - 0.982) < 0.006);
}

/* Three steps of t5 have the kurtosis 3 + 6/3 = 5, times E e^4v / (E e^2v)^2
 * = e^(4 var) = 1.29 and 1.02 for f: 6.5. Of normal steps it would be 3.9. */
static void shocks_have_the_tails_of_t5(void)
{
    const struct seen *s = &long_run()->of[SIM_RANGE_OK];
    double n = s->hours * SIM_BARS_PER_HOUR;
    double kurtosis = n * s->fourth / (s->second * s->second);
    ASSERT(kurtosis > 5.2 && kurtosis < 8.5);
}

static bool same_bars(const struct bar *a, const struct bar *b)
{
    for (int i = 0; i < SIM_BARS_PER_HOUR; i++)
        if (a[i].open_ms != b[i].open_ms || a[i].open != b[i].open ||
            a[i].high != b[i].high || a[i].low != b[i].low ||
            a[i].close != b[i].close || a[i].volume != b[i].volume)
            return false;
    return true;
}

static void the_seed_decides_everything(void)
{
    struct bar a[SIM_BARS_PER_HOUR], b[SIM_BARS_PER_HOUR];
    struct bar c[SIM_BARS_PER_HOUR];
    struct sim_regimes first, again, other;
    int same = 0, equal = 0;

    sim_regimes_init(&first, 1);
    sim_regimes_init(&again, 1);
    sim_regimes_init(&other, 2);
    for (int hour = 0; hour < 500; hour++) {
        enum sim_regime regime = sim_regimes_hour(&first, a);
        same += regime == sim_regimes_hour(&again, b) && same_bars(a, b);
        sim_regimes_hour(&other, c);
        equal += a[3].close == c[3].close;
    }
    ASSERT_INT(same, 500);
    ASSERT(equal < 3);
    ASSERT(first.next_ms == SIM_REGIMES_START_MS + 500 * MS_PER_HOUR);
    ASSERT(SIM_REGIMES_START_MS == moment_parse("2026-01-01T00:00:00Z"));
}

static void only_a_seed_and_hours_are_a_plan(void)
{
    static const char *const wrong[] = { "",    "x",     "-1",   "1:",
                                         "1:0", "1:x",   ":5",   "1.5",
                                         "1 ",  "1:5:6", "1:-3", "1:100001" };
    struct sim_regimes_plan plan = { 99, 98 };

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        ASSERT(!sim_regimes_parse(wrong[i], &plan));
    ASSERT(plan.seed == 99 && plan.hours == 98);
    ASSERT(sim_regimes_parse("12", &plan) && plan.seed == 12);
    ASSERT_INT(plan.hours, 1600);
    ASSERT(sim_regimes_parse("0:100000", &plan) && plan.seed == 0);
    ASSERT_INT(plan.hours, 100000);
}

static int options(int argc, const char *a, const char *b, const char *c,
                   struct sim_bars_options *o)
{
    char texts[3][16];
    char *argv[3] = { texts[0], texts[1], texts[2] };
    snprintf(texts[0], sizeof(texts[0]), "%s", a);
    snprintf(texts[1], sizeof(texts[1]), "%s", b);
    snprintf(texts[2], sizeof(texts[2]), "%s", c);
    return sim_bars_options(argc, argv, o, NULL);
}

static void bars_are_of_a_walk_or_of_regimes(void)
{
    struct sim_bars_options o;

    ASSERT_INT(options(2, "--regimes", "3:50", "", &o), 0);
    ASSERT(o.regimes.seed == 3 && o.regimes.hours == 50 && !o.truth);
    ASSERT_INT(options(3, "--regimes", "3", "--truth", &o), 0);
    ASSERT(o.truth && o.regimes.hours == 1600);
    ASSERT_INT(options(2, "--walk", "3", "", &o), 0);
    ASSERT(o.regimes.hours == 0 && o.walk.seed == 3);
    ASSERT_INT(options(0, "", "", "", &o), -1);
    ASSERT_INT(options(1, "--truth", "", "", &o), -1);
    ASSERT_INT(options(2, "--regimes", "x", "", &o), -1);
    ASSERT_INT(options(3, "--walk", "3", "--truth", &o), -1);
    ASSERT_INT(options(3, "--regimes", "3", "--script", &o), -1);
}

static void regimes_have_names(void)
{
    ASSERT_STR(sim_regime_name(SIM_RANGE_OK), "RANGE_OK");
    ASSERT_STR(sim_regime_name(SIM_RANGE_WEAK), "RANGE_WEAK");
    ASSERT_STR(sim_regime_name(SIM_TRANSITION), "TRANSITION");
    ASSERT_STR(sim_regime_name(SIM_TREND), "TREND");
}

void sim_regimes_test(void);

void sim_regimes_test(void)
{
    TEST_SUITE("sim/regimes");
    TEST(every_bar_is_sound_and_follows_the_one_before);
    TEST(shares_of_time_are_those_of_the_model);
    TEST(spells_are_as_long_as_they_may_be);
    TEST(regimes_follow_each_other_as_the_chain_says);
    TEST(volatility_is_that_of_the_regime);
    TEST(a_trend_goes_somewhere);
    TEST(a_range_comes_back_with_its_half_life);
    TEST(shocks_have_the_tails_of_t5);
    TEST(the_seed_decides_everything);
    TEST(only_a_seed_and_hours_are_a_plan);
    TEST(bars_are_of_a_walk_or_of_regimes);
    TEST(regimes_have_names);
}
