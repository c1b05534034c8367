/* The grid of exit/scene.h on a market whose every return is ln 1.005, up and
 * down in turn, so that the volatility is known without computing it. Expected
 * figures: 60 digits in another language. */
#include "engine/evaluate.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "engine/scene_inputs.h"
#include "test.h"

#define PI_AT_100    0.08394062934646621 /* grid 90 .. 110 */
#define PI_DN_AT_100 0.03173412532340243
#define PI_UP_AT_100 0.05220650402306378
#define TOUCH_80     1.0631317648759574e-10 /* from 100, in 48 bars */
#define TOUCH_120    1.3180602018129847e-7

static struct scene s;
static struct snapshot now;
static struct measure_work work;
static struct evaluation e;

static void begin(void)
{
    scene_sway(&s);
}

static void look(void)
{
    scene_snapshot(&s, &work, &now);
}

static void judge(struct evaluation *out, struct exit_memory *next)
{
    const struct evaluate_inputs in = scene_inputs(&s, &now);
    evaluate(&in, out, next);
}

static void run(void)
{
    look();
    judge(&e, &s.memory);
}

static void everything_is_concluded_from_bars_and_grid(void)
{
    begin();
    run();
    ASSERT_STR(e.grid, "btc-a");
    ASSERT_STR(e.symbol, "BTC-USDT");
    ASSERT_INT(e.slot_ms, s.now_ms);
    ASSERT_INT(e.close_ms, s.now_ms);
    ASSERT_NEAR(e.close.v, 100, 0);
    ASSERT_INT(e.price_cause, PRICE_KNOWN);
    ASSERT_INT(e.profile, PROFILE_CALIBRATED);
    ASSERT_INT(e.regime.pooled, REGIME_RANGE_OK);
    ASSERT_NEAR(now.metrics.values[METRIC_VOL_HAZ_15M].v, 0.0049875415110390736,
                1e-12);
    ASSERT_NEAR(e.hazard.pi.v, PI_AT_100, 1e-11);
    ASSERT_NEAR(e.hazard.pi_dn.v, PI_DN_AT_100, 1e-11);
    ASSERT_NEAR(e.hazard.pi_up.v, PI_UP_AT_100, 1e-11);
    ASSERT_INT(e.side, SIDE_UP);
    ASSERT_INT(e.verdict.state, STATE_NORMAL);
    ASSERT(!e.boundary_pending);
}

static void distances_are_logarithms_of_ratios(void)
{
    begin();
    run();
    ASSERT_NEAR(e.distances.to_lower.v, 0.10536051565782630, 1e-14);
    ASSERT_NEAR(e.distances.to_upper.v, 0.095310179804324860, 1e-14);
    ASSERT_NEAR(e.distances.to_stop.v, 0.22314355131420976, 1e-14);
    ASSERT_INT(e.distances.stop_side, SIDE_DOWN);
    ASSERT_NEAR(e.distances.stop_touch_12h.v, TOUCH_80, 1e-9);
    ASSERT_NEAR(e.distances.stop_loss_most.v, 1000, 1e-12);
    ASSERT_INT(e.distances.bound_loss_most.status, VALUE_UNAVAILABLE);
}

static void the_nearer_stop_is_shown_and_money_is_held_to_the_lower(void)
{
    begin();
    s.grid.stop = (struct grid_stop){ 80, 120 };
    run();
    ASSERT_INT(e.distances.stop_side, SIDE_UP);
    ASSERT_NEAR(e.distances.to_stop.v, 0.18232155679395462, 1e-14);
    ASSERT_NEAR(e.distances.stop_touch_12h.v, TOUCH_120, 1e-9);
    ASSERT_NEAR(e.distances.stop_loss_most.v, 1000, 1e-12);
    s.grid.stop.below = NO_VALUE;
    run();
    ASSERT_INT(e.distances.stop_side, SIDE_UP);
    ASSERT_INT(e.distances.stop_loss_most.status, VALUE_UNAVAILABLE);
    ASSERT_NEAR(e.distances.bound_loss_most.v, 500, 1e-12);
}

static void without_a_stop_money_is_held_to_the_bound(void)
{
    begin();
    s.grid.stop = (struct grid_stop){ NO_VALUE, NO_VALUE };
    run();
    ASSERT_INT(e.distances.stop_side, SIDE_NONE);
    ASSERT_INT(e.distances.to_stop.status, VALUE_UNAVAILABLE);
    ASSERT_INT(e.distances.stop_touch_12h.status, VALUE_UNAVAILABLE);
    ASSERT_INT(e.distances.stop_loss_most.status, VALUE_UNAVAILABLE);
    ASSERT_NEAR(e.distances.bound_loss_most.v, 500, 1e-12);
    ASSERT_INT(e.verdict.triggers[M_STOP].answer, ANSWER_NOT_APPLICABLE);
}

static void money_that_cannot_be_known_is_unavailable(void)
{
    begin();
    s.grid.capital = NO_VALUE;
    run();
    ASSERT_INT(e.distances.stop_loss_most.status, VALUE_UNAVAILABLE);
    begin();
    s.grid.market = GRID_FUTURES;
    run();
    ASSERT_INT(e.distances.stop_loss_most.status, VALUE_UNAVAILABLE);
    begin();
    s.grid.side = GRID_SHORT;
    run();
    ASSERT_INT(e.distances.stop_loss_most.status, VALUE_UNAVAILABLE);
    begin();
    scene_trade(&s, 1, 79); /* below the stop nothing bounds the loss */
    run();
    ASSERT_NEAR(e.close.v, 79, 0);
    ASSERT(e.distances.to_stop.v < 0);
    ASSERT_NEAR(e.distances.stop_touch_12h.v, 1, 0);
    ASSERT_INT(e.distances.stop_loss_most.status, VALUE_UNAVAILABLE);
}

static void an_unknown_price_is_kept_but_not_used(void)
{
    begin();
    scene_pass(&s, 3);
    run();
    ASSERT_INT(e.price_cause, PRICE_NO_TRADES);
    ASSERT_INT(e.close.status, VALUE_STALE);
    ASSERT_NEAR(e.close.v, 100, 0);
    ASSERT_INT(e.close_ms, s.now_ms - 45 * MS_PER_MINUTE);
    ASSERT_INT(e.hazard.pi.status, VALUE_UNAVAILABLE);
    ASSERT(isnan(e.hazard.pi.v));
    ASSERT_INT(e.distances.to_lower.status, VALUE_UNAVAILABLE);
    ASSERT_INT(e.distances.stop_side, SIDE_NONE);
    ASSERT_INT(e.side, SIDE_NONE);
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
}

static void too_little_history_is_unknown(void)
{
    scene_begin(&s);
    scene_trade(&s, 96, 100); /* 95 returns */
    run();
    ASSERT_INT(e.hazard.pi.status, VALUE_WARMUP);
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
    scene_begin(&s);
    run();
    ASSERT_INT(e.close.status, VALUE_UNAVAILABLE);
    ASSERT_INT(e.close_ms, MOMENT_NONE);
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
}

static void the_side_is_the_broken_one_else_the_likelier(void)
{
    begin();
    scene_trade(&s, 1, 97);
    run();
    ASSERT_INT(e.side, SIDE_DOWN); /* nearer below */
    scene_trade(&s, 1, 111);
    run();
    ASSERT_INT(e.side, SIDE_UP); /* outside */
    scene_bar(&s, 79, 111, 108);
    run();
    ASSERT_INT(e.side, SIDE_DOWN); /* the stop, though nearer above */
    begin();
    s.grid.stop.below = NO_VALUE;
    scene_trade(&s, 8, 111);
    scene_trade(&s, 1, 92);
    run();
    ASSERT_INT(e.side, SIDE_UP); /* two closes above, though nearer below */
}

static void two_quarters_outside_are_pending(void)
{
    static const struct {
        double before, last;
        bool want;
    } rows[] = {
        { 89, 89, true },   { 100, 89, false },  { 89, 100, false },
        { 111, 111, true }, { 111, 89, false },  { 90, 90, false },
        { 89, 90, false },  { 110, 111, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        scene_trade(&s, 1, rows[i].before);
        scene_trade(&s, 1, rows[i].last);
        run();
        ASSERT_INT(e.boundary_pending, rows[i].want);
    }
    begin();
    scene_trade(&s, 2, 89);
    scene_pass(&s, 3);
    run();
    ASSERT(!e.boundary_pending);
}

/* c sigma sqrt(h) with sigma = ln 1.005 per 15m bar: regime-science notes 4.7,
 * the columns 25 % and 10 %; on nine decimals. */
static void waiting_has_its_price(void)
{
    static const struct {
        int hours;
        double typical, adverse;
    } rows[WAITING_COUNT] = {
        { 1, 0.005187043, 0.010972591 },
        { 4, 0.01077309, 0.024738206 },
        { 12, 0.021423915, 0.050449864 },
        { 24, 0.0322527, 0.075744977 },
    };
    begin();
    run();
    for (int i = 0; i < WAITING_COUNT; i++) {
        ASSERT_INT(waiting_hours[i], rows[i].hours);
        ASSERT_NEAR(e.waiting[i].typical.v, rows[i].typical, 1e-12);
        ASSERT_NEAR(e.waiting[i].adverse.v, rows[i].adverse, 1e-12);
    }
    scene_pass(&s, 3);
    run();
    ASSERT_INT(e.waiting[0].typical.status, VALUE_STALE);
    ASSERT(isnan(e.waiting[3].adverse.v));
}

/* A fall of 4 % is 8 sigma. pi reads the EWMA volatility all the same, .0068731
 * and after 16 bars .0065597: read from the fall itself it would be at its cap
 * of .89, and no longer calibrated. */
static void a_crisis_leaves_pi_calibrated(void)
{
    begin();
    s.grid.lower = 88;
    scene_trade(&s, 1, 96);
    run();
    ASSERT_INT(e.verdict.triggers[L_CRISIS].evidence, EVIDENCE_BAR);
    ASSERT_INT(e.verdict.state, STATE_LATEST);
    ASSERT_NEAR(e.hazard.pi.v, 0.1683016998544244, 1e-10);
    ASSERT_NEAR(e.hazard.pi_dn.v, 0.13793125458163324, 1e-10);
    for (int i = 1; i <= 16; i++)
        scene_trade(&s, 1, i % 2 ? 96.48 : 96);
    run();
    ASSERT_INT(e.verdict.triggers[L_CRISIS].evidence, EVIDENCE_LATCH);
    ASSERT_NEAR(e.hazard.pi.v, 0.15383583431656406, 1e-10);
    scene_trade(&s, 1, 96.48);
    run();
    ASSERT(e.verdict.triggers[L_CRISIS].answer != ANSWER_YES);
}

/* A regime that is not there is no calm; a flat one is an answer. */
static void without_a_regime_the_state_is_unknown(void)
{
    begin();
    s.regime = regime_not_built();
    run();
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
    ASSERT(value_usable(e.hazard.pi));
    s.regime.q.status = VALUE_FLAT;
    run();
    ASSERT_INT(e.verdict.state, STATE_NORMAL);
    scene_look(&s); /* as it is measured: 26 hours are too few */
    snapshot_take(&s.view, &work, &now);
    judge(&e, &s.memory);
    ASSERT_INT(e.regime.pooled, REGIME_UNKNOWN);
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
}

static void position_and_outside_are_passed_on(void)
{
    begin();
    scene_pnl(&s, -800, 0);
    s.outside.calendar = s.outside.calendar_read = true;
    s.outside.event[0] = 'x';
    run();
    ASSERT_INT(e.verdict.triggers[M_EQUITY].answer, ANSWER_YES);
    ASSERT_INT(e.verdict.triggers[W_EVENT].answer, ANSWER_YES);
    ASSERT_INT(e.verdict.state, STATE_MANDATORY);
}

/* A long spot grid that is left upward holds only quote currency. */
static void a_side_that_costs_nothing_is_riskless(void)
{
    static const struct {
        enum grid_market market;
        enum grid_side side;
        double close;
        bool want;
    } rows[] = {
        { GRID_SPOT, GRID_LONG, 109, true },
        { GRID_SPOT, GRID_LONG, 91, false },
        { GRID_SPOT, GRID_SHORT, 91, true },
        { GRID_SPOT, GRID_SHORT, 109, false },
        { GRID_SPOT, GRID_NEUTRAL, 109, false },
        { GRID_SPOT, GRID_NEUTRAL, 91, false },
        { GRID_FUTURES, GRID_LONG, 109, false },
        { GRID_FUTURES, GRID_SHORT, 91, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        s.grid.market = rows[i].market;
        s.grid.side = rows[i].side;
        scene_trade(&s, 1, rows[i].close);
        run();
        ASSERT_INT(e.riskless, rows[i].want);
    }
}

static bool same_value(struct value a, struct value b)
{
    return memcmp(&a.v, &b.v, sizeof(a.v)) == 0 && a.status == b.status &&
           a.n_used == b.n_used;
}

static bool same_result(const struct trigger_result *a,
                        const struct trigger_result *b)
{
    return a->answer == b->answer && same_value(a->value, b->value) &&
           memcmp(&a->limit, &b->limit, sizeof(a->limit)) == 0 &&
           memcmp(&a->distance, &b->distance, sizeof(a->distance)) == 0 &&
           a->side == b->side && a->evidence == b->evidence &&
           a->gate == b->gate && a->uncertain == b->uncertain &&
           a->hits == b->hits && a->of == b->of && a->seen_ms == b->seen_ms;
}

static bool same_evaluation(const struct evaluation *a,
                            const struct evaluation *b)
{
    const struct distances *x = &a->distances, *y = &b->distances;
    bool same =
        strcmp(a->grid, b->grid) == 0 && a->slot_ms == b->slot_ms &&
        a->price_cause == b->price_cause && same_value(a->close, b->close) &&
        a->side == b->side && same_value(a->hazard.pi, b->hazard.pi) &&
        same_value(a->hazard.pi_dn, b->hazard.pi_dn) &&
        same_value(a->hazard.pi_up, b->hazard.pi_up) &&
        same_value(x->to_lower, y->to_lower) &&
        same_value(x->to_upper, y->to_upper) &&
        same_value(x->to_stop, y->to_stop) && x->stop_side == y->stop_side &&
        same_value(x->stop_touch_12h, y->stop_touch_12h) &&
        same_value(x->stop_loss_most, y->stop_loss_most) &&
        same_value(x->bound_loss_most, y->bound_loss_most) &&
        a->boundary_pending == b->boundary_pending &&
        a->verdict.state == b->verdict.state &&
        memcmp(a->verdict.literal, b->verdict.literal,
               sizeof(a->verdict.literal)) == 0 &&
        a->verdict.together.answer == b->verdict.together.answer &&
        a->verdict.together.held == b->verdict.together.held &&
        a->verdict.held == b->verdict.held &&
        a->verdict.data_known == b->verdict.data_known &&
        a->verdict.since_ms == b->verdict.since_ms &&
        a->verdict.episode_ms == b->verdict.episode_ms;
    for (int i = 0; same && i < TRIGGER_COUNT; i++)
        same = same_result(&a->verdict.triggers[i], &b->verdict.triggers[i]);
    for (int i = 0; same && i < GATE_COUNT; i++)
        same = a->gates.rows[i].pass == b->gates.rows[i].pass &&
               same_value(a->gates.rows[i].value, b->gates.rows[i].value);
    for (int i = 0; same && i < WAITING_COUNT; i++)
        same = same_value(a->waiting[i].typical, b->waiting[i].typical) &&
               same_value(a->waiting[i].adverse, b->waiting[i].adverse);
    return same;
}

/* Whatever stood in the outputs before, and whether the memory is written in
 * place or not. */
static void equal_inputs_give_equal_outputs(void)
{
    static const double lows[] = { 100, 95, 91, 89, 79, 100 };
    static struct evaluation a, b;
    begin();
    for (size_t i = 0; i < ARRAY_LEN(lows); i++) {
        struct exit_memory one, two;
        memset(&a, 0xff, sizeof(a));
        memset(&b, 0x5a, sizeof(b));
        memset(&one, 0xff, sizeof(one));
        memset(&two, 0x5a, sizeof(two));
        scene_bar(&s, lows[i], 100.5, lows[i] + 0.25);
        look();
        judge(&a, &one);
        look();
        judge(&b, &two);
        run();
        ASSERT(same_evaluation(&a, &b) && same_evaluation(&a, &e));
        ASSERT_INT(one.scanned_ms, two.scanned_ms);
        ASSERT_INT(one.scanned_ms, s.memory.scanned_ms);
        ASSERT_INT(one.known, two.known);
        ASSERT_INT(one.latch.at_ms, s.memory.latch.at_ms);
    }
}

/* The bars are checked before they get here; if one were not, it must not
 * read as calm. */
static void a_hole_in_the_numbers_is_never_calm(void)
{
    begin();
    s.made[TF_15M].bars[0].close = HUGE_VAL;
    run();
    ASSERT_INT(e.hazard.pi.status, VALUE_UNAVAILABLE);
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
    begin();
    s.made[TF_15M].bars[s.made[TF_15M].count - 1].close = NO_VALUE;
    run();
    ASSERT_INT(e.price_cause, PRICE_UNWITNESSED);
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
    begin();
    s.grid.stop = (struct grid_stop){ NO_VALUE, NO_VALUE };
    s.grid.capital = s.grid.take_profit = s.facts.ticker = NO_VALUE;
    run();
    ASSERT_INT(e.verdict.state, STATE_NORMAL);
    ASSERT_INT(e.distances.bound_loss_most.status, VALUE_UNAVAILABLE);
}

/* A price a million times smaller, or larger, is the same market. */
static void the_unit_of_the_price_does_not_matter(void)
{
    static const double scales[] = { 1e-8, 1e8 };
    for (size_t i = 0; i < ARRAY_LEN(scales); i++) {
        double k = scales[i];
        scene_begin(&s);
        s.grid.lower *= k;
        s.grid.upper *= k;
        s.grid.stop.below *= k;
        for (int n = 0; n < 52; n++) {
            scene_trade(&s, 1, 100.5 * k);
            scene_trade(&s, 1, 100 * k);
        }
        run();
        ASSERT_NEAR(e.hazard.pi.v, PI_AT_100, 1e-10);
        ASSERT_NEAR(e.distances.stop_loss_most.v, 1000, 1e-12);
        ASSERT_INT(e.verdict.state, STATE_NORMAL);
    }
}

void evaluate_test(void);
void evaluate_test(void)
{
    TEST_SUITE("engine/evaluate");
    TEST(everything_is_concluded_from_bars_and_grid);
    TEST(distances_are_logarithms_of_ratios);
    TEST(the_nearer_stop_is_shown_and_money_is_held_to_the_lower);
    TEST(without_a_stop_money_is_held_to_the_bound);
    TEST(money_that_cannot_be_known_is_unavailable);
    TEST(an_unknown_price_is_kept_but_not_used);
    TEST(too_little_history_is_unknown);
    TEST(the_side_is_the_broken_one_else_the_likelier);
    TEST(two_quarters_outside_are_pending);
    TEST(waiting_has_its_price);
    TEST(a_crisis_leaves_pi_calibrated);
    TEST(without_a_regime_the_state_is_unknown);
    TEST(position_and_outside_are_passed_on);
    TEST(a_side_that_costs_nothing_is_riskless);
    TEST(equal_inputs_give_equal_outputs);
    TEST(a_hole_in_the_numbers_is_never_calm);
    TEST(the_unit_of_the_price_does_not_matter);
}
