#include "regime/chain.h"

#include <string.h>

#include "base/array.h"
#include "made_rows.h"
#include "regime/confidence.h"
#include "test.h"

static const struct regime_model *const model = &regime_model_shipped;

static struct score_inputs inputs(double er24, double adx, double z, double df,
                                  double vr8, double ver)
{
    return (struct score_inputs){
        value_real(er24, 25), value_real(adx, 100), value_real(z, 24),
        value_real(df, 101),  value_real(vr8, 102), value_real(ver, 114),
    };
}

static struct score_inputs calm(void)
{
    return inputs(.05, 14, .1, -3, .7, .9);
}

static struct score_inputs trending(void)
{
    return inputs(.6, 60, 3, 0, 1.6, 1.3);
}

static struct score_inputs none(enum value_status why)
{
    struct value v = value_none(why);
    return (struct score_inputs){ v, v, v, v, v, v };
}

static struct crisis_inputs quarter(double r, double close)
{
    return (struct crisis_inputs){
        .r = value_real(r, 1),
        .sigma = value_real(.01, 96),
        .range = value_real(1, 1),
        .atr = value_real(2, 14),
        .ver = value_real(1, 114),
        .close = value_real(close, 1),
        .high_24h = value_real(105, 96),
        .low_24h = value_real(95, 96),
    };
}

static void push(struct regime_chain *c, enum timeframe tf,
                 struct score_inputs in)
{
    regime_chain_push(c, model, tf, &in);
}

static void push_15m(struct regime_chain *c, double r, double close)
{
    struct crisis_inputs in = quarter(r, close);
    regime_chain_push_15m(c, model, &in);
}

static struct regime_chain started(void)
{
    struct regime_chain c;
    regime_chain_init(&c);
    push(&c, TF_4H, calm());
    push(&c, TF_1H, calm());
    push_15m(&c, 0, 100);
    return c;
}

static void a_chain_that_saw_nothing_knows_nothing(void)
{
    struct regime_chain c;
    regime_chain_init(&c);
    struct regime r = regime_chain_read(&c);
    ASSERT_INT(r.pooled, REGIME_UNKNOWN);
    ASSERT_INT(r.label_1h, REGIME_UNKNOWN);
    ASSERT_INT(r.label_4h, REGIME_UNKNOWN);
    ASSERT_INT(r.before, REGIME_UNKNOWN);
    ASSERT_STR(r.reason, "1h scores unavailable");
    ASSERT(!r.explained);
    ASSERT(isnan(r.q.v) && isnan(r.p[0].v) && isnan(r.raw[3].v));
    ASSERT_INT(r.fall.falling, ANSWER_UNKNOWN);
    ASSERT_INT(r.m_fall_6h.status, VALUE_UNAVAILABLE);
}

static void a_calm_market_is_a_range_and_says_why(void)
{
    struct regime_chain c = started();
    struct regime r = regime_chain_read(&c);
    double p[CLASS_COUNT];
    ASSERT_INT(r.pooled, REGIME_RANGE_OK);
    ASSERT_INT(r.before, REGIME_RANGE_OK);
    ASSERT_INT(r.label_1h, REGIME_RANGE_OK);
    ASSERT_INT(r.label_4h, REGIME_RANGE_OK);
    ASSERT_STR(r.reason, "");
    ASSERT(r.explained);
    ASSERT_INT(r.why.winner, CLASS_RANGE_OK);
    ASSERT_INT(r.run + r.run_1h + r.run_4h, 3);
    ASSERT_INT(r.range_run + r.quiet_run, 2);
    ASSERT_NEAR(r.q.v + r.p_range.v, 1, 1e-14);
    for (int k = 0; k < CLASS_COUNT; k++)
        p[k] = r.p[k].v;
    ASSERT_NEAR(r.confidence.v, regime_confidence(p), 0);
}

static void the_pool_reads_the_newest_4h_bar(void)
{
    struct regime_chain c = started();
    double before = regime_chain_read(&c).raw[CLASS_TREND].v;
    push(&c, TF_1H, calm());
    ASSERT_NEAR(regime_chain_read(&c).raw[CLASS_TREND].v, before, 0);
    push(&c, TF_4H, trending());
    ASSERT_NEAR(regime_chain_read(&c).raw[CLASS_TREND].v, before, 0);
    push(&c, TF_1H, calm());
    ASSERT(regime_chain_read(&c).raw[CLASS_TREND].v > before);
    ASSERT_INT(regime_chain_read(&c).run, 3);
    ASSERT_INT(regime_chain_read(&c).run_1h, 3);
    ASSERT_INT(regime_chain_read(&c).run_4h, 2);
    ASSERT_INT(regime_chain_read(&c).label_4h, REGIME_RANGE_OK);
}

static void what_is_missing_is_named(void)
{
    static const struct {
        enum timeframe tf;
        enum value_status why;
        const char *want;
    } rows[] = {
        { TF_1H, VALUE_UNAVAILABLE, "1h scores unavailable" },
        { TF_1H, VALUE_WARMUP, "1h scores in warm-up" },
        { TF_1H, VALUE_FLAT, "1h prices flat" },
        { TF_1H, VALUE_STALE, "1h bars stale" },
        { TF_1H, VALUE_NOT_IDENTIFIED, "1h scores not identified" },
        { TF_4H, VALUE_UNAVAILABLE, "4h scores unavailable" },
        { TF_4H, VALUE_WARMUP, "4h scores in warm-up" },
        { TF_4H, VALUE_FLAT, "4h prices flat" },
        { TF_4H, VALUE_STALE, "4h bars stale" },
        { TF_4H, VALUE_NOT_IDENTIFIED, "4h scores not identified" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct regime_chain c = started();
        bool fast = rows[i].tf == TF_1H;
        push(&c, TF_4H, fast ? calm() : none(rows[i].why));
        push(&c, TF_1H, fast ? none(rows[i].why) : calm());
        struct regime r = regime_chain_read(&c);
        ASSERT_INT(r.pooled, REGIME_UNKNOWN);
        ASSERT_INT(r.label_1h, fast ? REGIME_UNKNOWN : REGIME_RANGE_OK);
        ASSERT_INT(r.label_4h, fast ? REGIME_RANGE_OK : REGIME_UNKNOWN);
        ASSERT_STR(r.reason, rows[i].want);
        ASSERT_INT(r.q.status, rows[i].why);
        ASSERT(!r.explained);
        /* 4h is back, but no 1h bar has closed since. */
        push(&c, TF_4H, calm());
        ASSERT(strcmp(regime_chain_read(&c).reason, "") != 0);
        push(&c, TF_1H, calm());
        ASSERT_STR(regime_chain_read(&c).reason, "");
        ASSERT_INT(regime_chain_read(&c).pooled, REGIME_RANGE_OK);
    }
}

static void a_crisis_overrules_the_pooled_label_only(void)
{
    struct regime_chain c = started();
    push_15m(&c, -.07, 100);
    struct regime r = regime_chain_read(&c);
    ASSERT_INT(r.pooled, REGIME_TRANSITION);
    ASSERT_INT(r.before, REGIME_RANGE_OK);
    ASSERT_INT(r.label_1h, REGIME_RANGE_OK);
    ASSERT_INT(r.label_4h, REGIME_RANGE_OK);
    ASSERT_INT(r.run, 1);
    ASSERT_NEAR(r.confidence.v, 0, 0);
    ASSERT(r.q.v > 0 && r.q.v < .5);
    push_15m(&c, .08, 106);
    ASSERT_INT(regime_chain_read(&c).pooled, REGIME_TREND);
    for (int i = 0; i < 17; i++)
        push_15m(&c, 0, 100);
    ASSERT_INT(regime_chain_read(&c).pooled, REGIME_RANGE_OK);
    ASSERT(regime_chain_read(&c).confidence.v > 0);
}

static void a_stop_of_trading_breaks_the_runs_of_its_timeframe(void)
{
    struct regime_chain c = started();
    for (int i = 0; i < 8; i++) {
        push(&c, TF_4H, calm());
        push(&c, TF_1H, calm());
    }
    ASSERT_INT(regime_chain_read(&c).m_fall_6h.status, VALUE_REAL);
    regime_chain_break(&c, TF_1H);
    push(&c, TF_1H, calm());
    struct regime r = regime_chain_read(&c);
    ASSERT_INT(r.run + r.run_1h + r.range_run + r.quiet_run, 4);
    ASSERT_INT(r.run_4h, 9);
    ASSERT_INT(r.m_fall_6h.status, VALUE_WARMUP);
    ASSERT_INT(r.fall.falling, ANSWER_UNKNOWN);
    regime_chain_break(&c, TF_4H);
    push(&c, TF_4H, calm());
    ASSERT_INT(regime_chain_read(&c).run_4h, 1);
    regime_chain_break(&c, TF_15M);
    ASSERT_INT(regime_chain_read(&c).run_1h, 1);
}

/* With VR8 = 1 its half of M is 25; F_DF at the quantiles 10, 25, 50, 75 %. */
static void reversion_is_compared_with_six_closes_ago(void)
{
    static const double df[] = { -2.58, -2.08, -1.55, -.99,
                                 -.99,  -.99,  -1.55, -.99 };
    struct regime_chain c;
    regime_chain_init(&c);
    for (size_t i = 0; i < ARRAY_LEN(df); i++) {
        push(&c, TF_1H, inputs(.2, 20, 0, df[i], 1, 1));
        struct value fall = regime_chain_read(&c).m_fall_6h;
        if (i < M_FALL_BARS)
            ASSERT_INT(fall.status, VALUE_WARMUP);
        if (i == 6)
            ASSERT_NEAR(fall.v, 50 * (.50 - .10), 1e-9);
        if (i == 7)
            ASSERT_NEAR(fall.v, 50 * (.75 - .25), 1e-9);
    }
    push(&c, TF_1H, none(VALUE_FLAT));
    ASSERT_INT(regime_chain_read(&c).m_fall_6h.status, VALUE_FLAT);
    for (int i = 0; i < 6; i++) {
        push(&c, TF_1H, calm());
        ASSERT_INT(regime_chain_read(&c).m_fall_6h.status, VALUE_WARMUP);
    }
    push(&c, TF_1H, calm());
    ASSERT_NEAR(regime_chain_read(&c).m_fall_6h.v, 0, 0);
}

static void same_value(struct value a, struct value b)
{
    ASSERT_NEAR(a.v, b.v, 0);
    ASSERT_INT(a.status, b.status);
}

static void same_regime(const struct regime *a, const struct regime *b)
{
    ASSERT_INT(a->pooled, b->pooled);
    ASSERT_INT(a->before, b->before);
    ASSERT_INT(a->label_1h, b->label_1h);
    ASSERT_INT(a->label_4h, b->label_4h);
    ASSERT_STR(a->reason, b->reason);
    ASSERT_INT(a->run, b->run);
    ASSERT_INT(a->run_1h, b->run_1h);
    ASSERT_INT(a->run_4h, b->run_4h);
    ASSERT_INT(a->range_run, b->range_run);
    ASSERT_INT(a->quiet_run, b->quiet_run);
    for (int k = 0; k < CLASS_COUNT; k++) {
        same_value(a->p[k], b->p[k]);
        same_value(a->raw[k], b->raw[k]);
    }
    same_value(a->confidence, b->confidence);
    same_value(a->fall.drop, b->fall.drop);
    same_value(a->m_fall_6h, b->m_fall_6h);
}

/* One made-up row, and after it a 15m bar that is a crisis now and then. */
static void push_made(struct regime_chain *c, struct made_rows *made)
{
    struct score_inputs in;
    enum timeframe tf = made_row(made, &in);
    regime_chain_push(c, model, tf, &in);
    double u = made_uniform(made);
    push_15m(c, u < .02 ? .08 : .02 * u, 94 + 12 * made_uniform(made));
}

static void a_copy_goes_on_with_the_same_bits(void)
{
    struct made_rows made, made_copy;
    struct regime_chain c, copy;
    made_rows_init(&made, 5);
    regime_chain_init(&c);
    for (int i = 0; i < 700; i++)
        push_made(&c, &made);
    memcpy(&copy, &c, sizeof(c));
    made_copy = made;
    for (int i = 0; i < 700; i++) {
        push_made(&c, &made);
        push_made(&copy, &made_copy);
        struct regime a = regime_chain_read(&c), b = regime_chain_read(&copy);
        same_regime(&a, &b);
    }
}

/* A prefix of the rows gives a prefix of the answers. */
static void the_past_does_not_depend_on_the_future(void)
{
    struct made_rows made;
    struct regime_chain c, again;
    static struct regime first[400];
    made_rows_init(&made, 11);
    regime_chain_init(&c);
    for (size_t i = 0; i < ARRAY_LEN(first); i++) {
        push_made(&c, &made);
        first[i] = regime_chain_read(&c);
    }
    made_rows_init(&made, 11);
    regime_chain_init(&again);
    for (size_t i = 0; i < ARRAY_LEN(first) / 2; i++) {
        push_made(&again, &made);
        struct regime r = regime_chain_read(&again);
        same_regime(&r, &first[i]);
    }
}

static void no_number_is_ever_not_a_number(void)
{
    struct made_rows made;
    struct regime_chain c;
    made_rows_init(&made, 3);
    regime_chain_init(&c);
    for (int i = 0; i < 5000; i++) {
        push_made(&c, &made);
        struct regime r = regime_chain_read(&c);
        const struct value all[] = { r.p[0],      r.p[3],       r.raw[1],
                                     r.raw[2],    r.q,          r.p_range,
                                     r.m_fall_6h, r.confidence, r.fall.drop };
        for (size_t k = 0; k < ARRAY_LEN(all); k++)
            ASSERT(value_usable(all[k]) == (bool)isfinite(all[k].v));
        ASSERT((r.before == REGIME_UNKNOWN) == (strcmp(r.reason, "") != 0));
    }
}

void chain_test(void);
void chain_test(void)
{
    TEST_SUITE("chain");
    TEST(a_chain_that_saw_nothing_knows_nothing);
    TEST(a_calm_market_is_a_range_and_says_why);
    TEST(the_pool_reads_the_newest_4h_bar);
    TEST(what_is_missing_is_named);
    TEST(a_crisis_overrules_the_pooled_label_only);
    TEST(a_stop_of_trading_breaks_the_runs_of_its_timeframe);
    TEST(reversion_is_compared_with_six_closes_ago);
    TEST(a_copy_goes_on_with_the_same_bits);
    TEST(the_past_does_not_depend_on_the_future);
    TEST(no_number_is_ever_not_a_number);
}
