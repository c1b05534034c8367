/* G5 to G7: the range itself, its centre and its money. Expected figures: 60
 * digits in another language, s^2 = 96 sigma^2, d = ln(1 + step). */
#include "gate/gate_terms.h"

#include "base/array.h"
#include "gate/gate_scene.h"
#include "test.h"

static struct gate_scene s;

static struct gate_terms terms(void)
{
    struct gate_inputs in = gate_scene_look(&s);
    return gate_terms_of(&in);
}

static struct gate_result ask(enum gate_id id)
{
    return gate_scene_ask(&s).rows[id];
}

/* ln(C/centre) = .35 of .08: 100 exp(.028), both ways. */
static void the_price_stands_near_the_centre(void)
{
    static const struct {
        double close, value;
        enum answer want;
    } rows[] = {
        { 102.8395684421425, .35, ANSWER_YES },
        { 97.238836680124689, .35, ANSWER_YES },
        { 102.83957, .350000189, ANSWER_NO },
        { 97.238835, .350000216, ANSWER_NO },
        { 103, .36948502801930503416, ANSWER_NO },
        { 120, 2.2790194459924437, ANSWER_NO },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        gate_scene_close(&s, rows[i].close);
        struct gate_result r = ask(G5_CENTRE);
        ASSERT_INT(r.pass, rows[i].want);
        ASSERT_NEAR(r.value.v, rows[i].value, 1e-8);
    }
}

static void pi_is_that_of_the_range_from_where_the_price_stands(void)
{
    gate_scene_begin(&s);
    gate_scene_close(&s, 103);
    ASSERT_NEAR(ask(G6_PI_24).value.v, .0865730765951882426, 1e-8);
    ASSERT_NEAR(ask(G6_PI_72).value.v, .323781609484761781, 1e-8);
    gate_scene_close(&s, 110); /* outside */
    ASSERT_NEAR(ask(G6_PI_24).value.v, .89, 0);
    ASSERT_NEAR(ask(G6_PI_72).value.v, .89, 0);
    ASSERT_INT(ask(G6_PI_24).pass, ANSWER_NO);
}

static void geometric_levels_have_one_step(void)
{
    gate_scene_begin(&s);
    struct gate_terms t = terms();
    ASSERT_NEAR(t.step.v, .0080320855042734311721, 1e-13);
    ASSERT_NEAR(t.net_step.v, .0060320855042734311721, 1e-13);
    ASSERT_NEAR(t.cycles_day.v, 6.75, 1e-13);
    ASSERT_NEAR(t.life_days.v, 7.4074074074074074074, 1e-13);
    ASSERT_NEAR(t.earn.v, .01458021376068357793, 1e-12);
    ASSERT_INT(t.earn.n_used, 500);
}

static void arithmetic_levels_count_by_the_step_at_the_centre(void)
{
    gate_scene_begin(&s);
    s.grid.spacing = GRID_ARITHMETIC;
    struct gate_terms t = terms();
    ASSERT_NEAR(t.step.v, .0080085360644161385763, 1e-13);
    ASSERT_NEAR(t.cycles_day.v, 6.7895968561566599142, 1e-13);
    ASSERT_NEAR(t.earn.v, .01460945836039397211, 1e-12);
}

/* From 103, ab/s^2 with a = ln(103/L), b = ln(U/103). */
static void off_the_centre_life_is_shorter(void)
{
    gate_scene_begin(&s);
    gate_scene_close(&s, 103);
    struct gate_terms t = terms();
    ASSERT_NEAR(t.life_days.v, 6.3961541782931361024, 1e-13);
    ASSERT_NEAR(t.earn.v, .012521475254418238417, 1e-12);
    gate_scene_close(&s, 109);
    t = terms();
    ASSERT_NEAR(t.life_days.v, 0, 0);
    ASSERT_NEAR(t.earn.v, -.0005, 1e-15); /* the entry alone */
    ASSERT_INT(ask(G7_EARN).pass, ANSWER_NO);
    gate_scene_close(&s, 91);
    ASSERT_NEAR(terms().life_days.v, 0, 0);
}

/* 20 steps of 1 + x make the range; x less two fees of .001 is the net step. */
static void a_step_must_leave_three_per_mille(void)
{
    static const struct {
        double x, want;
        enum answer pass;
    } rows[] = {
        { .005, .003, ANSWER_YES },
        { .0050001, .0030001, ANSWER_YES },
        { .0049999, .0029999, ANSWER_NO },
        { .0019, -.0001, ANSWER_NO },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        s.grid.lower = 95;
        s.grid.upper = 95;
        for (int k = 0; k < 20; k++)
            s.grid.upper *= 1 + rows[i].x;
        struct gate_result r = ask(G7_STEP);
        ASSERT_INT(r.pass, rows[i].pass);
        ASSERT_NEAR(r.value.v, rows[i].want, 1e-6);
    }
}

/* Over a life from the centre a grid makes N^2/8 cycles whatever the
 * volatility, so it earns N net/8 - f/2; that is 0 at f = N step/(4 + 2N). */
static void the_cycles_must_pay_for_the_entry(void)
{
    static const double at = .00365094795648792326;
    gate_scene_begin(&s);
    s.config.fee = at;
    ASSERT(fabs(ask(G7_EARN).value.v) < 1e-9);
    ASSERT_INT(ask(G7_EARN).pass, ANSWER_NO); /* nothing is not enough */
    s.config.fee = at - 1e-8;
    ASSERT_INT(ask(G7_EARN).pass, ANSWER_YES);
    s.config.fee = at + 1e-8;
    ASSERT_INT(ask(G7_EARN).pass, ANSWER_NO);
    for (double sigma = 1e-4; sigma < .1; sigma *= 3) {
        gate_scene_begin(&s);
        gate_scene_metric(&s, METRIC_VOL_HAZ_15M, sigma);
        ASSERT_NEAR(terms().earn.v, .01458021376068357793, 1e-12);
    }
}

/* +1 or -1, by Marsaglia's xorshift. */
static int next_move(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 63 ? 1 : -1;
}

/* The two laws that cycles and life stand on, tried on a walk of unit moves:
 * levels 10 apart see a sale each 2 * 10^2 moves, and -8 or 20 is reached after
 * 8 * 20 in the mean. */
static void a_walk_sells_and_leaves_as_often_as_it_should(void)
{
    uint64_t state = 88172645463325252u;
    int at = 0, level = 0, sales = 0;
    for (int i = 0; i < 4000000; i++) {
        at += next_move(&state);
        if (at == level + 10 || at == level - 10) {
            sales += at > level;
            level = at;
        }
    }
    ASSERT_NEAR(sales, 4000000 / 200., .03);
    int64_t moves = 0;
    for (int i = 0; i < 20000; i++)
        for (at = 0; at > -8 && at < 20; moves++)
            at += next_move(&state);
    ASSERT_NEAR((double)moves / 20000, 160, .03);
}

static void what_the_operator_did_not_say_is_unknown(void)
{
    gate_scene_begin(&s);
    s.grid.levels = 0;
    ASSERT_INT(ask(G7_STEP).pass, ANSWER_UNKNOWN);
    ASSERT_INT(ask(G7_EARN).pass, ANSWER_UNKNOWN);
    ASSERT_INT(ask(G7_STEP).value.status, VALUE_UNAVAILABLE);
    ASSERT_INT(ask(G6_PI_24).pass, ANSWER_YES);
    gate_scene_begin(&s);
    s.grid.spacing = GRID_SPACING_UNSTATED;
    ASSERT_INT(ask(G7_STEP).pass, ANSWER_UNKNOWN);
    ASSERT_INT(ask(G7_EARN).pass, ANSWER_UNKNOWN);
    ASSERT_INT(terms().cycles_day.status, VALUE_UNAVAILABLE);
    ASSERT_NEAR(terms().life_days.v, 7.4074074074074074074, 1e-13);
}

void gate_range_test(void);
void gate_range_test(void)
{
    TEST_SUITE("gate/gate: the range");
    TEST(the_price_stands_near_the_centre);
    TEST(pi_is_that_of_the_range_from_where_the_price_stands);
    TEST(geometric_levels_have_one_step);
    TEST(arithmetic_levels_count_by_the_step_at_the_centre);
    TEST(off_the_centre_life_is_shorter);
    TEST(a_step_must_leave_three_per_mille);
    TEST(the_cycles_must_pay_for_the_entry);
    TEST(a_walk_sells_and_leaves_as_often_as_it_should);
    TEST(what_the_operator_did_not_say_is_unknown);
}
