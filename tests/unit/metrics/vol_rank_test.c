#include "metrics/vol_rank.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "test.h"

#define BARS 20000
static struct bar bars[BARS];
static struct vol_rank v;

enum reading { FAST, HAZ, SLOW, SHARE, READINGS };

static void read_all(const void *state, struct value *out)
{
    out[FAST] = vol_rank_fast(state);
    out[HAZ] = vol_rank_haz(state);
    out[SLOW] = vol_rank_slow(state);
    out[SHARE] = vol_rank_share(state);
}

static void init(void *state)
{
    vol_rank_init(state);
}

static void push(void *state, const struct bar *b, enum timeframe tf)
{
    (void)tf;
    vol_rank_push(state, b);
}

static const struct metric_law law = {
    .family = { "vol_rank", sizeof(struct vol_rank), init, push },
    .readings = READINGS,
    .read = read_all,
    .scale_free = READINGS,
};

/* Sums of weights and counts in numpy on metric_made_lcg(7):
 * tests/golden/window_statistics.md. */
// clang-format off
static const struct {
    int at;
    double fast, haz, slow, share;
} goldens[] = {
    { 480, 0.0074537812367084406, 0.0065427341403693487, 0.0060702539867176749, 0.95013123359580054 },
    { 700, 0.0081900057043209143, 0.0076534078204213455, 0.0068496385770406955, 0.88519134775374375 },
    { 998, 0.011028493253078709, 0.0095298436883731533, 0.0081032329407070801, 0.96885428253615125 },
    { 999, 0.010726438665244097, 0.0095166507037940055, 0.0081020965079400143, 0.95999999999999996 },
    { 1000, 0.010418905150505461, 0.0095013039604445113, 0.0081002761173997618, 0.94333333333333336 },
    { 1700, 0.011188533575483987, 0.010788281198472461, 0.0097465223161893773, 0.82222222222222219 },
    { 2499, 0.010243085027357697, 0.0096987307506588866, 0.0094852765770617915, 0.68444444444444441 },
};
static const struct {
    int at;
    enum vol_tertile tertile;
} changes[] = {
    { 399, VOL_TERTILE_HIGH },   { 424, VOL_TERTILE_NORMAL },
    { 425, VOL_TERTILE_HIGH },   { 508, VOL_TERTILE_NORMAL },
    { 509, VOL_TERTILE_HIGH },   { 521, VOL_TERTILE_NORMAL },
};
// clang-format on

static void agrees_with_numpy(void)
{
    size_t next = 0;
    double sum = 0.0;
    metric_made_lcg(7, bars, 2500, TF_15M);
    vol_rank_init(&v);
    for (int i = 0; i < 2500; i++) {
        vol_rank_push(&v, &bars[i]);
        if (i >= 399)
            sum += vol_rank_share(&v).v;
        if (i != goldens[next].at)
            continue;
        ASSERT_NEAR(vol_rank_fast(&v).v, goldens[next].fast, 1e-10);
        ASSERT_NEAR(vol_rank_haz(&v).v, goldens[next].haz, 1e-10);
        ASSERT_NEAR(vol_rank_slow(&v).v, goldens[next].slow, 1e-10);
        ASSERT_NEAR(vol_rank_share(&v).v, goldens[next].share, 1e-15);
        ASSERT_INT(vol_rank_share(&v).n_used, i < 999 ? i - 99 : 900);
        next += next + 1 < ARRAY_LEN(goldens);
    }
    ASSERT_NEAR(sum, 1351.236656238048, 1e-12);
}

/* Every change, and how long each tertile was held. */
static void holds_its_tertile_within_the_hysteresis(void)
{
    int held[4] = { 0 }, changed = 0;
    enum vol_tertile now = VOL_TERTILE_NONE;
    metric_made_lcg(7, bars, 2500, TF_15M);
    vol_rank_init(&v);
    for (int i = 0; i < 2500; i++) {
        vol_rank_push(&v, &bars[i]);
        enum vol_tertile t = vol_rank_tertile(&v);
        held[t]++;
        if (t == now)
            continue;
        if (changed < (int)ARRAY_LEN(changes)) {
            ASSERT_INT(i, changes[changed].at);
            ASSERT_INT(t, changes[changed].tertile);
        }
        changed++;
        now = t;
    }
    ASSERT_INT(changed, 175);
    ASSERT_INT(held[VOL_TERTILE_NONE], 399);
    ASSERT_INT(held[VOL_TERTILE_LOW], 411);
    ASSERT_INT(held[VOL_TERTILE_NORMAL], 484);
    ASSERT_INT(held[VOL_TERTILE_HIGH], 1206);
}

/* The share by counting, over the values that the family itself gave. */
static void ranks_like_a_count_over_many_bars(void)
{
    static double fast[BARS];
    int wrong = 0;
    metric_made_walk(
        (struct metric_made_walk){
            .seed = 61, .price = 100.0, .sigma = 0.003, .steps = 1 },
        bars, BARS, TF_15M);
    vol_rank_init(&v);
    for (int i = 0; i < BARS; i++) {
        vol_rank_push(&v, &bars[i]);
        fast[i] = vol_rank_fast(&v).v;
        int first = i - VOL_RANK_WINDOW + 1, count = 0, below = 0;
        for (int k = first < 100 ? 100 : first; k <= i; k++) {
            count++;
            below += fast[k] <= fast[i];
        }
        struct value share = vol_rank_share(&v);
        if (count >= VOL_RANK_LEAST)
            wrong += share.n_used != count || lround(share.v * count) != below;
        else
            wrong += share.status != VALUE_WARMUP;
    }
    ASSERT_INT(wrong, 0);
    ASSERT_INT(v.count, VOL_RANK_WINDOW);
    for (int k = 1; k < VOL_RANK_WINDOW; k++)
        ASSERT(v.sorted[k - 1] <= v.sorted[k]);
}

static void push_moves(double size, int n)
{
    static double price = 100.0;
    for (int i = 0; i < n; i++) {
        price *= i % 2 ? 1.0 + size : 1.0 / (1.0 + size);
        vol_rank_push(&v, &(struct bar){ .close = price });
    }
}

static void calm_is_low_and_a_storm_is_high(void)
{
    vol_rank_init(&v);
    ASSERT_INT(vol_rank_tertile(&v), VOL_TERTILE_NONE);
    push_moves(0.01, 700);
    push_moves(0.002, 200);
    ASSERT_INT(vol_rank_tertile(&v), VOL_TERTILE_LOW);
    push_moves(0.05, 30);
    ASSERT_INT(vol_rank_tertile(&v), VOL_TERTILE_HIGH);
    ASSERT_NEAR(vol_rank_share(&v).v, 1.0, 0.0);
    ASSERT(vol_rank_fast(&v).v > vol_rank_haz(&v).v);
    ASSERT(vol_rank_haz(&v).v > vol_rank_slow(&v).v);
}

static void a_dead_market_is_flat_and_wakes_up(void)
{
    vol_rank_init(&v);
    push_moves(0.01, 600);
    enum vol_tertile before = vol_rank_tertile(&v);
    for (int i = 0; i < 700; i++)
        vol_rank_push(&v, &(struct bar){ .close = 50.0 });
    ASSERT_INT(vol_rank_fast(&v).status, VALUE_FLAT);
    ASSERT_INT(vol_rank_share(&v).status, VALUE_FLAT);
    ASSERT_INT(vol_rank_tertile(&v), VOL_TERTILE_LOW);
    ASSERT(before != VOL_TERTILE_NONE);
    push_moves(0.02, 1);
    ASSERT_INT(vol_rank_share(&v).status, VALUE_REAL);
    push_moves(0.02, 10);
    ASSERT_INT(vol_rank_tertile(&v), VOL_TERTILE_HIGH);
}

static void tertiles_have_names(void)
{
    ASSERT_STR(vol_tertile_name(VOL_TERTILE_NONE), "none");
    ASSERT_STR(vol_tertile_name(VOL_TERTILE_LOW), "low");
    ASSERT_STR(vol_tertile_name(VOL_TERTILE_NORMAL), "normal");
    ASSERT_STR(vol_tertile_name(VOL_TERTILE_HIGH), "high");
}

static void obeys_the_laws_of_a_metric(void)
{
    static const int first[] = { 100, 96, 480, 399 };
    metric_law_first(&law, first);
    metric_law_prefix(&law);
    metric_law_snapshot(&law);
    metric_law_scale(&law, 1e-9);
    metric_law_hostile(&law, 480);
}

/* Nothing older than 900 values plays a part, save the start of the EWMAs. */
static void an_old_start_is_forgotten(void)
{
    static struct vol_rank late;
    metric_made_walk(
        (struct metric_made_walk){
            .seed = 62, .price = 100.0, .sigma = 0.003, .steps = 1 },
        bars, 3000, TF_15M);
    vol_rank_init(&v);
    vol_rank_init(&late);
    for (int i = 0; i < 3000; i++) {
        vol_rank_push(&v, &bars[i]);
        if (i >= 500)
            vol_rank_push(&late, &bars[i]);
        if (i < 500 + 1300)
            continue;
        ASSERT_NEAR(vol_rank_fast(&late).v, vol_rank_fast(&v).v, 1e-12);
        ASSERT_NEAR(vol_rank_share(&late).v, vol_rank_share(&v).v, 0.0);
    }
}

void vol_rank_test(void);
void vol_rank_test(void)
{
    TEST_SUITE("metrics/vol_rank");
    TEST(agrees_with_numpy);
    TEST(holds_its_tertile_within_the_hysteresis);
    TEST(ranks_like_a_count_over_many_bars);
    TEST(calm_is_low_and_a_storm_is_high);
    TEST(a_dead_market_is_flat_and_wakes_up);
    TEST(tertiles_have_names);
    TEST(an_old_start_is_forgotten);
    TEST(obeys_the_laws_of_a_metric);
}
