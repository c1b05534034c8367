/* M_TREND, M_EQUITY and M_BLIND at their limits. M_BOUNDARY and M_STOP have
 * files of their own. Comparisons are on nine decimals: what is told apart is
 * 1e-9, what is not is 4e-10. */
#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static void begin(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
}

/* p >= .75 on 4 successive 15m bars, and pi >= .25. */
// clang-format off
static const struct {
    const char *name;
    double p;
    int64_t slots;
    double pi;
    enum answer want, gate;
} trends[] = {
    { "p just below",         .749999999,  4,  .25,         ANSWER_NO,      ANSWER_YES },
    { "p below by rounding",  .7499999994, 4,  .25,         ANSWER_NO,      ANSWER_YES },
    { "p at, but for a bit",  .7499999996, 4,  .25,         ANSWER_YES,     ANSWER_YES },
    { "p at",                 .75,         4,  .25,         ANSWER_YES,     ANSWER_YES },
    { "p just above",         .750000001,  4,  .25,         ANSWER_YES,     ANSWER_YES },
    { "no slot",              .9,          0,  .25,         ANSWER_NO,      ANSWER_YES },
    { "3 slots",              .9,          3,  .25,         ANSWER_NO,      ANSWER_YES },
    { "5 slots",              .9,          5,  .25,         ANSWER_YES,     ANSWER_YES },
    { "pi just below",        .9,          4,  .249999999,  ANSWER_NO,      ANSWER_NO },
    { "pi below by rounding", .9,          4,  .2499999994, ANSWER_NO,      ANSWER_NO },
    { "pi at, but for a bit", .9,          4,  .2499999996, ANSWER_YES,     ANSWER_YES },
    { "pi unknown",           .9,          4,  NO_VALUE,    ANSWER_UNKNOWN, ANSWER_UNKNOWN },
    { "pi unknown, p low",    .1,          4,  NO_VALUE,    ANSWER_NO,      ANSWER_UNKNOWN },
    { "pi unknown, 3 slots",  .9,          3,  NO_VALUE,    ANSWER_NO,      ANSWER_UNKNOWN },
};
// clang-format on

static void a_trend_needs_p_four_slots_and_pi(void)
{
    for (size_t i = 0; i < ARRAY_LEN(trends); i++) {
        begin();
        s.regime.p[CLASS_TREND] = value_real(trends[i].p, 80);
        s.memory.counts.trend_slots = trends[i].slots;
        scene_pi(&s, trends[i].pi);
        struct trigger_result r = scene_ask(&s, M_TREND);
        test_int(r.answer, trends[i].want, TEST_HERE(trends[i].name));
        test_int(r.gate, trends[i].gate, TEST_HERE(trends[i].name));
        ASSERT_INT(r.of, 4);
        ASSERT(r.hits <= 4);
        ASSERT_NEAR(r.limit, .75, 0);
        ASSERT_INT(r.evidence != EVIDENCE_NONE, r.answer == ANSWER_YES);
        ASSERT_INT(r.seen_ms, r.answer == ANSWER_YES ? s.now_ms : MOMENT_NONE);
    }
}

/* Prices that do not move leave no range. */
static void a_flat_pi_opens_no_gate(void)
{
    begin();
    s.regime.p[CLASS_TREND] = value_real(.9, 80);
    s.memory.counts.trend_slots = 4;
    s.hazard.pi = value_none(VALUE_FLAT);
    ASSERT_INT(scene_ask(&s, M_TREND).answer, ANSWER_NO);
    ASSERT_INT(scene_ask(&s, M_TREND).gate, ANSWER_NO);
}

static void what_is_shown_is_what_was_compared(void)
{
    begin();
    s.regime.p[CLASS_TREND] = value_real(.7512345678912, 80);
    struct trigger_result r = scene_ask(&s, M_TREND);
    ASSERT_NEAR(r.value.v, .751234568, 1e-15);
    ASSERT_NEAR(r.distance, -.001234568, 1e-13);
    ASSERT_INT(r.value.n_used, 80);
}

/* M_TREND of the seed reads the label before the override of a crisis, W_TREND
 * the one with it. Neither reads p. */
// clang-format off
static const struct {
    const char *name;
    enum regime_label before, pooled;
    enum answer m_trend, w_trend;
} labels[] = {
    { "both TREND",          REGIME_TREND,      REGIME_TREND,      ANSWER_YES,     ANSWER_YES },
    { "overruled",           REGIME_TREND,      REGIME_TRANSITION, ANSWER_YES,     ANSWER_NO },
    { "by the override",     REGIME_TRANSITION, REGIME_TREND,      ANSWER_NO,      ANSWER_YES },
    { "a range",             REGIME_RANGE_OK,   REGIME_RANGE_OK,   ANSWER_NO,      ANSWER_NO },
    { "a weak range",        REGIME_RANGE_WEAK, REGIME_RANGE_WEAK, ANSWER_NO,      ANSWER_NO },
    { "TRANSITION",          REGIME_TRANSITION, REGIME_TRANSITION, ANSWER_NO,      ANSWER_NO },
    { "unknown",             REGIME_UNKNOWN,    REGIME_UNKNOWN,    ANSWER_UNKNOWN, ANSWER_UNKNOWN },
    { "unknown, overridden", REGIME_UNKNOWN,    REGIME_TREND,      ANSWER_UNKNOWN, ANSWER_YES },
};
// clang-format on

static void a_trend_by_its_label(void)
{
    for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
        begin();
        s.regime.before = labels[i].before;
        s.regime.pooled = labels[i].pooled;
        s.regime.p[CLASS_TREND] = value_real(.5, 80); /* held since .60 */
        ASSERT_INT(scene_ask(&s, W_TREND).answer, labels[i].w_trend);
        s.config.profile = PROFILE_SEED;
        struct trigger_result r = scene_ask(&s, M_TREND);
        test_int(r.answer, labels[i].m_trend, TEST_HERE(labels[i].name));
        ASSERT_INT(r.gate, ANSWER_NOT_APPLICABLE);
        ASSERT_NEAR(r.value.v, .5, 0);
        ASSERT_NEAR(r.limit, .60, 0);
        ASSERT_NEAR(r.distance, .10, 1e-12);
        ASSERT_INT(r.of, 1);
    }
}

/* 15 % of 5000 are 750. */
// clang-format off
static const struct {
    const char *name;
    double lo, nominal, hi;
    enum answer want;
    bool uncertain;
} drawdowns[] = {
    { "none",                 0,       0,          0,    ANSWER_NO,  false },
    { "just below",           0,       749.999995, 0,    ANSWER_NO,  false },
    { "below by rounding",    0,       749.999997, 0,    ANSWER_NO,  false },
    { "at, but for a bit",    750,     749.999998, 750,  ANSWER_YES, false },
    { "at",                   750,     750,        750,  ANSWER_YES, false },
    { "just above",           751,     750.000005, 751,  ANSWER_YES, false },
    { "more than everything", 9000,    9000,       9000, ANSWER_YES, false },
    { "one path says no",     749,     760,        770,  ANSWER_YES, true },
    { "one path says yes",    700,     740,        750,  ANSWER_NO,  true },
    { "all paths say yes",    750,     760,        900,  ANSWER_YES, false },
    { "all paths say no",     10,      20,         749,  ANSWER_NO,  false },
};
// clang-format on

static void a_drawdown_is_held_to_a_share_of_the_capital(void)
{
    for (size_t i = 0; i < ARRAY_LEN(drawdowns); i++) {
        begin();
        scene_pnl(&s, 0, drawdowns[i].nominal);
        s.position.pnl.drawdown.lo = drawdowns[i].lo;
        s.position.pnl.drawdown.hi = drawdowns[i].hi;
        struct trigger_result r = scene_ask(&s, M_EQUITY);
        test_int(r.answer, drawdowns[i].want, TEST_HERE(drawdowns[i].name));
        test_int(r.uncertain, drawdowns[i].uncertain,
                 TEST_HERE(drawdowns[i].name));
        ASSERT_NEAR(r.value.v, drawdowns[i].nominal / 5000, 1e-6);
        ASSERT_NEAR(r.limit, .15, 0);
        ASSERT_INT(r.gate, ANSWER_NOT_APPLICABLE);
    }
}

/* Two cells between 90 and 110, begun at 100, without fees: the range costs 10
 * of 190 (geometry_test.c), 52.6 per mille of the capital. */
static void own_lines(double times)
{
    begin();
    s.grid.spacing = GRID_ARITHMETIC;
    s.grid.levels = 2;
    s.grid.start_price = 100;
    s.config.m_equity.range = times;
}

static void a_loss_that_the_range_explains_is_none(void)
{
    own_lines(1);
    ASSERT_NEAR(scene_ask(&s, M_EQUITY).limit, NO_VALUE, 0);
    scene_pnl(&s, -749, 0);
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_NO);
    ASSERT_NEAR(scene_ask(&s, M_EQUITY).limit, .15, 0); /* the larger */
    scene_pnl(&s, -750, 0);
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_YES);
    s.config.m_equity.range = 4; /* 4 * 10 / 190 = .2105 */
    struct trigger_result r = scene_ask(&s, M_EQUITY);
    ASSERT_INT(r.answer, ANSWER_NO);
    ASSERT_NEAR(r.limit, .210526316, 1e-15);
    ASSERT_NEAR(r.value.v, .15, 0);
    scene_pnl(&s, -1053, 0);
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_YES);
    scene_pnl(&s, -1052, 0);
    s.position.pnl.drawdown.hi = 1053;
    ASSERT(scene_ask(&s, M_EQUITY).uncertain);
}

static void a_range_that_nobody_described_is_not_asked(void)
{
    own_lines(1);
    s.grid.levels = 0;
    scene_pnl(&s, -4000, 0);
    struct trigger_result r = scene_ask(&s, M_EQUITY);
    ASSERT_INT(r.answer, ANSWER_NOT_APPLICABLE);
    ASSERT(!value_usable(r.value)); /* the position tells the loss */
    ASSERT_NEAR(r.limit, NO_VALUE, 0);
    s.config.m_equity.range = 0; /* who wants the plain share has it */
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_YES);
}

static void without_a_position_or_a_capital_it_does_not_apply(void)
{
    begin();
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_NOT_APPLICABLE);
    scene_pnl(&s, -900, 0);
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_YES);
    s.grid.capital = NO_VALUE;
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_NOT_APPLICABLE);
}

/* What was seen does not end because nobody looks any more. */
static void a_source_that_fails_ends_nothing(void)
{
    begin();
    s.memory.triggers[M_EQUITY].active = true;
    s.memory.triggers[L_GUARD].active = true;
    ASSERT_INT(s.position.source, POSITION_NONE);
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_UNKNOWN);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_UNKNOWN);
    s.grid.capital = NO_VALUE;
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_NOT_APPLICABLE);
}

/* A source that is there and says nothing is ignorance, not calm. */
static void a_position_without_a_figure_is_unknown(void)
{
    begin();
    scene_pnl(&s, -900, 0);
    s.position.pnl.drawdown.nominal = value_none(VALUE_UNAVAILABLE);
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_UNKNOWN);
    s.position.pnl.drawdown.nominal.status = VALUE_STALE;
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_UNKNOWN);
    ASSERT(!scene_ask(&s, M_EQUITY).uncertain);
}

/* The last bar closed at 01:00; from the slot 01:45 on the price is unknown,
 * and as old as that bar. */
static void blind(int64_t slots, double last_pi)
{
    begin();
    scene_pi(&s, last_pi);
    scene_step(&s);
    for (int64_t i = 0; i < 2 + slots; i++) {
        scene_pass(&s, 1);
        scene_pi(&s, NO_VALUE);
        scene_step(&s);
    }
}

// clang-format off
static const struct {
    const char *name;
    int64_t slots; /* with an unknown price, the first one too */
    double last_pi, hours;
    enum answer want, gate;
} blinds[] = {
    { "price known",        0, .9,        0,    ANSWER_NO,  ANSWER_YES },
    { "first slot",         1, .9,        .75,  ANSWER_NO,  ANSWER_YES },
    { "1 h 45",             5, .25,       1.75, ANSWER_NO,  ANSWER_YES },
    { "2 h",                6, .25,       2,    ANSWER_YES, ANSWER_YES },
    { "2 h 15",             7, .25,       2.25, ANSWER_YES, ANSWER_YES },
    { "pi was .2499",       6, .2499,     2,    ANSWER_NO,  ANSWER_NO },
    { "pi was just below",  6, .249999999, 2,   ANSWER_NO,  ANSWER_NO },
    { "pi never known",     6, NO_VALUE,  2,    ANSWER_NO,  ANSWER_NO },
};
// clang-format on

static void two_hours_without_a_price_while_a_break_was_likely(void)
{
    for (size_t i = 0; i < ARRAY_LEN(blinds); i++) {
        blind(blinds[i].slots, blinds[i].last_pi);
        struct trigger_result r = scene_ask(&s, M_BLIND);
        test_int(r.answer, blinds[i].want, TEST_HERE(blinds[i].name));
        test_int(r.gate, blinds[i].gate, TEST_HERE(blinds[i].name));
        ASSERT_NEAR(r.value.v, blinds[i].hours, 0);
        ASSERT_NEAR(r.limit, 2, 0);
        ASSERT_NEAR(r.distance, 2 - blinds[i].hours, 0);
    }
}

static void blindness_alone_makes_it_mandatory(void)
{
    blind(5, .25);
    ASSERT_INT(s.memory.known, STATE_WARNING); /* by W_HAZ, before */
    ASSERT(s.memory.unknown_since_ms != MOMENT_NONE);
    scene_pass(&s, 1);
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.state, STATE_MANDATORY);
    ASSERT(!v.data_known && !v.held);
    ASSERT_INT(v.triggers[M_BLIND].seen_ms, s.now_ms);
    ASSERT_INT(v.triggers[M_BOUNDARY].answer, ANSWER_UNKNOWN);
    scene_pass(&s, 3);
    ASSERT_INT(scene_step(&s).state, STATE_MANDATORY);
    scene_trade(&s, 1, 100); /* 04:00: seen again, and one clear close */
    scene_pi(&s, .05);
    v = scene_step(&s);
    ASSERT_INT(v.triggers[M_BLIND].answer, ANSWER_NO);
    ASSERT_INT(v.state, STATE_MANDATORY);
    ASSERT(v.held);
    scene_trade(&s, 3, 100);
    ASSERT_INT(scene_step(&s).state, STATE_MANDATORY);
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).state, STATE_NORMAL);
}

/* A price in between starts the two hours again. */
static void blindness_counts_from_its_newest_beginning(void)
{
    blind(5, .9);
    scene_trade(&s, 1, 100);
    scene_pi(&s, .9);
    scene_step(&s);
    ASSERT_INT(s.memory.blind_ms, MOMENT_NONE);
    for (int i = 0; i < 2 + 5; i++) {
        scene_pass(&s, 1);
        ASSERT(scene_step(&s).triggers[M_BLIND].answer == ANSWER_NO);
    }
    scene_pass(&s, 1);
    ASSERT_INT(scene_step(&s).triggers[M_BLIND].answer, ANSWER_YES);
}

/* Nobody looked for two hours, and then there is no price. */
static void slots_without_a_run_had_no_price(void)
{
    begin();
    scene_pi(&s, .3);
    scene_step(&s);
    int64_t looked_ms = s.now_ms;
    scene_pass(&s, 8);
    scene_pi(&s, NO_VALUE);
    struct verdict v = scene_step(&s);
    ASSERT_INT(s.memory.blind_ms, looked_ms + MS_PER_SLOT);
    ASSERT_NEAR(v.triggers[M_BLIND].value.v, 2, 0);
    ASSERT_INT(v.state, STATE_MANDATORY);
}

/* A closed market has bars, and no price: its age is of the slot before. */
static void a_closed_market_is_blind_too(void)
{
    begin();
    scene_pi(&s, .3);
    scene_step(&s);
    s.facts.status = MARKET_CLOSED;
    for (int i = 0; i < 7; i++) {
        scene_trade(&s, 1, 100);
        ASSERT_INT(scene_step(&s).triggers[M_BLIND].answer, ANSWER_NO);
    }
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).state, STATE_MANDATORY);
}

static void the_limits_are_those_of_the_configuration(void)
{
    begin();
    s.config.m_trend.p = .5;
    s.config.m_trend.slots = 2;
    s.config.m_trend.pi = .01;
    s.config.m_equity.drawdown = .5;
    s.regime.p[CLASS_TREND] = value_real(.5, 80);
    s.memory.counts.trend_slots = 2;
    scene_pnl(&s, 0, 2400);
    ASSERT_INT(scene_ask(&s, M_TREND).answer, ANSWER_YES);
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_NO);
    scene_pnl(&s, 0, 2500);
    ASSERT_INT(scene_ask(&s, M_EQUITY).answer, ANSWER_YES);
    blind(1, .2);
    s.config.m_blind.after_ms = 4 * MS_PER_SLOT;
    s.config.m_blind.pi = .2;
    ASSERT_INT(scene_ask(&s, M_BLIND).answer, ANSWER_NO);
    scene_pass(&s, 1);
    ASSERT_INT(scene_ask(&s, M_BLIND).answer, ANSWER_YES);
}

void mandatory_test(void);
void mandatory_test(void)
{
    TEST_SUITE("exit/trigger: M_TREND, M_EQUITY, M_BLIND");
    TEST(a_trend_needs_p_four_slots_and_pi);
    TEST(a_flat_pi_opens_no_gate);
    TEST(what_is_shown_is_what_was_compared);
    TEST(a_trend_by_its_label);
    TEST(a_drawdown_is_held_to_a_share_of_the_capital);
    TEST(a_loss_that_the_range_explains_is_none);
    TEST(a_range_that_nobody_described_is_not_asked);
    TEST(without_a_position_or_a_capital_it_does_not_apply);
    TEST(a_source_that_fails_ends_nothing);
    TEST(a_position_without_a_figure_is_unknown);
    TEST(two_hours_without_a_price_while_a_break_was_likely);
    TEST(blindness_alone_makes_it_mandatory);
    TEST(blindness_counts_from_its_newest_beginning);
    TEST(slots_without_a_run_had_no_price);
    TEST(a_closed_market_is_blind_too);
    TEST(the_limits_are_those_of_the_configuration);
}
