/* Every check just below, at and above its limit, and without its input; then
 * what groups and themes make of the answers. Expected figures: 60 digits in
 * another language, from the formulas of the notes (4.6). */
#include "gate/gate.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "gate/gate_scene.h"
#include "test.h"

static struct gate_scene s;

static enum answer pass(enum gate_id id)
{
    return gate_scene_ask(&s).rows[id].pass;
}

static void the_table_is_in_order(void)
{
    int before = 1;
    for (int i = 0; i < GATE_COUNT; i++) {
        const struct gate *g = &gate_table[i];
        ASSERT_INT(g->id[0], 'G');
        ASSERT_INT(g->id[1] - '0', g->group);
        ASSERT(g->group == before || g->group == before + 1);
        ASSERT(g->unit[0] && g->meaning[0] && g->ask);
        for (int k = 0; k < i; k++)
            ASSERT(strcmp(gate_table[k].id, g->id) != 0);
        before = g->group;
    }
    ASSERT_INT(before, GATE_GROUPS);
    ASSERT_STR(gate_sense(G4_ADX), "at most");
    ASSERT_STR(gate_sense(G8_WAIT), "at least");
    ASSERT_STR(gate_sense(G7_EARN), "above");
    ASSERT_STR(gate_sense(G8_HL), "below");
}

static void in_the_good_scene_every_check_passes(void)
{
    gate_scene_begin(&s);
    struct gates g = gate_scene_ask(&s);
    for (int i = 0; i < GATE_COUNT; i++)
        ASSERT_INT(g.rows[i].pass, ANSWER_YES);
    ASSERT(gates_open(&g));
    ASSERT_NEAR(g.rows[G1_DATA].value.v, 3, 0);
    ASSERT_INT(g.rows[G1_CRISIS].value.status, VALUE_UNAVAILABLE);
    ASSERT_NEAR(g.rows[G2_QUIET].value.v, 5, 0);
    ASSERT_NEAR(g.rows[G4_ER].value.v, .78176401904467187, 1e-9);
    ASSERT(fabs(g.rows[G5_CENTRE].value.v) < 1e-9);
    ASSERT_NEAR(g.rows[G6_PI_24].value.v, .0266447341111889305, 1e-7);
    ASSERT_NEAR(g.rows[G6_PI_72].value.v, .184589778019126506, 1e-8);
    ASSERT_NEAR(g.rows[G7_STEP].value.v, .0060320855042734311721, 1e-6);
    ASSERT_NEAR(g.rows[G7_EARN].value.v, .01458021376068357793, 1e-6);
    ASSERT_NEAR(g.rows[G8_WAIT].value.v, 30, 0);
    ASSERT_NEAR(g.rows[G8_WAIT].limit, 24, 0);
    ASSERT_NEAR(g.rows[G8_RANGE].value.v, 6, 0);
    ASSERT_NEAR(g.rows[G8_HL].value.v, 1.125, 0);
    ASSERT_NEAR(g.rows[G8_INSIDE].value.v, 8, 0);
    ASSERT_NEAR(g.rows[G8_COUNT].value.v, 0, 0);
}

static void metrics_are_held_to_their_limits(void)
{
    static const struct {
        enum gate_id id;
        enum metric_id metric;
        double at, limit;
    } rows[] = {
        { G3_VER_1H, METRIC_VER_1H, 1.10, 1.10 },
        { G3_VER_4H, METRIC_VER_4H, 1.10, 1.10 },
        { G4_ER, METRIC_ER24_1H, .42084310864299339089, 1.645 },
        { G4_ADX, METRIC_ADX_1H, 30, 30 },
        { G6_PI_24, METRIC_VOL_HAZ_15M, .0036178807765071006557, .06 },
        { G6_PI_72, METRIC_VOL_HAZ_15M, .0038289237689641778381, .30 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        gate_scene_metric(&s, rows[i].metric, rows[i].at * (1 - 1e-7));
        ASSERT_INT(pass(rows[i].id), ANSWER_YES);
        gate_scene_metric(&s, rows[i].metric, rows[i].at);
        ASSERT_INT(pass(rows[i].id), ANSWER_YES);
        struct gates g = gate_scene_ask(&s);
        ASSERT_NEAR(g.rows[rows[i].id].value.v, rows[i].limit, 2e-9);
        ASSERT_NEAR(g.rows[rows[i].id].limit, rows[i].limit, 0);
        gate_scene_metric(&s, rows[i].metric, rows[i].at * (1 + 1e-7));
        ASSERT_INT(pass(rows[i].id), ANSWER_NO);
    }
}

/* Whatever is the matter with it: flat, too, opens nothing. */
static void a_missing_metric_is_unknown_and_does_not_pass(void)
{
    static const struct {
        enum metric_id metric;
        enum gate_id ids[3];
    } rows[] = {
        { METRIC_VER_1H, { G3_VER_1H, G3_VER_1H, G3_VER_1H } },
        { METRIC_VER_4H, { G3_VER_4H, G3_VER_4H, G3_VER_4H } },
        { METRIC_ER24_1H, { G4_ER, G4_ER, G4_ER } },
        { METRIC_ADX_1H, { G4_ADX, G4_ADX, G4_ADX } },
        { METRIC_VOL_HAZ_15M, { G6_PI_24, G6_PI_72, G7_EARN } },
        { METRIC_T_DF_200_1H, { G8_HL, G8_HL, G8_HL } },
    };
    static const enum value_status missing[] = { VALUE_UNAVAILABLE,
                                                 VALUE_WARMUP, VALUE_FLAT,
                                                 VALUE_STALE,
                                                 VALUE_NOT_IDENTIFIED };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (size_t k = 0; k < ARRAY_LEN(missing); k++) {
            gate_scene_begin(&s);
            s.metrics.values[rows[i].metric].status = missing[k];
            struct gates g = gate_scene_ask(&s);
            for (int j = 0; j < 3; j++) {
                const struct gate_result *r = &g.rows[rows[i].ids[j]];
                ASSERT_INT(r->pass, ANSWER_UNKNOWN);
                ASSERT_INT(r->value.status, missing[k]);
            }
            ASSERT(!gates_open(&g));
        }
        gate_scene_begin(&s);
        s.metrics.values[rows[i].metric].status = VALUE_FILLED;
        ASSERT_INT(pass(rows[i].ids[0]), ANSWER_YES);
    }
}

static void a_young_chain_is_not_read_yet(void)
{
    static const struct {
        enum metric_id metric;
        enum gate_id id;
        int32_t bars;
    } rows[] = {
        { METRIC_ADX_1H, G4_ADX, 100 },
        { METRIC_VER_1H, G3_VER_1H, 200 },
        { METRIC_VER_4H, G3_VER_4H, 150 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        s.metrics.values[rows[i].metric].n_used = rows[i].bars - 1;
        ASSERT_INT(pass(rows[i].id), ANSWER_UNKNOWN);
        ASSERT_INT(gate_scene_ask(&s).rows[rows[i].id].value.status,
                   VALUE_WARMUP);
        s.metrics.values[rows[i].metric].n_used = rows[i].bars;
        ASSERT_INT(pass(rows[i].id), ANSWER_YES);
    }
}

static void all_three_timeframes_must_be_readable(void)
{
    for (int tf = 0; tf < TF_COUNT; tf++) {
        gate_scene_begin(&s);
        struct window *w = &s.view.window[tf];
        w->count = 0;
        ASSERT_INT(pass(G1_DATA), ANSWER_NO);
        ASSERT_NEAR(gate_scene_ask(&s).rows[G1_DATA].value.v, 2, 0);
        gate_scene_begin(&s);
        w->filled = 1; /* of 8: above 5 % */
        ASSERT_INT(pass(G1_DATA), ANSWER_NO);
        gate_scene_begin(&s);
        w->count = 7; /* the newest is late */
        ASSERT_INT(pass(G1_DATA), tf == TF_15M ? ANSWER_YES : ANSWER_NO);
    }
    gate_scene_begin(&s);
    s.view.price_cause = PRICE_NO_TRADES;
    struct gates g = gate_scene_ask(&s);
    ASSERT_INT(g.rows[G1_DATA].pass, ANSWER_NO);
    ASSERT_INT(g.rows[G5_CENTRE].pass, ANSWER_UNKNOWN);
    ASSERT_INT(g.rows[G6_PI_24].pass, ANSWER_UNKNOWN);
    ASSERT_INT(g.rows[G6_PI_72].pass, ANSWER_UNKNOWN);
    ASSERT_INT(g.rows[G7_STEP].pass, ANSWER_YES);
    ASSERT_INT(g.rows[G7_EARN].pass, ANSWER_UNKNOWN);
    ASSERT_INT(g.rows[G8_INSIDE].pass, ANSWER_UNKNOWN);
    gate_scene_begin(&s);
    s.view.slot_ms += 15 * MS_PER_MINUTE; /* the hour is not over */
    s.view.window[TF_15M].count = 8;
    ASSERT_INT(pass(G1_DATA), ANSWER_YES);
}

static void a_crisis_must_be_twelve_hours_over(void)
{
    static const struct {
        int64_t remembered; /* minutes ago, or -1 */
        int32_t ago;        /* by the bars */
        enum answer now, want;
        double hours;
    } rows[] = {
        { 719, 0, ANSWER_NO, ANSWER_NO, 719. / 60 },
        { 720, 0, ANSWER_NO, ANSWER_YES, 12 },
        { 721, 0, ANSWER_NO, ANSWER_YES, 721. / 60 },
        { -1, 48, ANSWER_NO, ANSWER_NO, 11.75 },
        { -1, 49, ANSWER_NO, ANSWER_YES, 12 },
        { 900, 48, ANSWER_NO, ANSWER_NO, 11.75 },
        { 600, 200, ANSWER_NO, ANSWER_NO, 10 },
        { 6000, 200, ANSWER_NOT_APPLICABLE, ANSWER_YES, 49.75 },
        { -1, 1, ANSWER_YES, ANSWER_NO, 0 },
        { 6000, 0, ANSWER_YES, ANSWER_NO, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        if (rows[i].remembered >= 0)
            s.memory.crisis_ms = GATE_SLOT - rows[i].remembered * MS_PER_MINUTE;
        s.crisis.ago = rows[i].ago;
        s.crisis.answer = rows[i].now;
        struct gate_result r = gate_scene_ask(&s).rows[G1_CRISIS];
        ASSERT_INT(r.pass, rows[i].want);
        ASSERT_NEAR(r.value.v, rows[i].hours, 1e-9);
        ASSERT_NEAR(r.limit, 12, 0);
    }
    gate_scene_begin(&s);
    s.crisis.answer = ANSWER_UNKNOWN;
    ASSERT_INT(pass(G1_CRISIS), ANSWER_UNKNOWN);
}

/* Bars are counted back from the newest one, which may be older than the slot:
 * it closed at 0 h 30, its 48th at 12 h 15 before the slot. */
static void a_crisis_is_as_old_as_its_bar(void)
{
    gate_scene_begin(&s);
    s.view.window[TF_15M].count -= 2;
    s.crisis.ago = 48;
    struct gate_result r = gate_scene_ask(&s).rows[G1_CRISIS];
    ASSERT_NEAR(r.value.v, 12.25, 1e-9);
    ASSERT_INT(r.pass, ANSWER_YES);
}

/* A crisis shuts its own check; pi is that of the running grid, which reads
 * the EWMA volatility in a crisis, too. */
static void pi_is_the_same_in_a_crisis(void)
{
    gate_scene_begin(&s);
    gate_scene_metric(&s, METRIC_VOL_HAZ_15M, .004);
    s.crisis.answer = ANSWER_YES;
    struct gates g = gate_scene_ask(&s);
    ASSERT_NEAR(g.rows[G6_PI_24].value.v, .0840951223226778269, 1e-8);
    ASSERT_NEAR(g.rows[G6_PI_72].value.v, .319602901987013223, 1e-8);
    ASSERT_INT(g.rows[G6_PI_24].pass, ANSWER_NO);
    ASSERT_INT(g.rows[G1_CRISIS].pass, ANSWER_NO);
}

static void the_regime_must_have_been_quiet(void)
{
    for (int n = 0; n < 4; n++) {
        gate_scene_begin(&s);
        s.regime.quiet_run = n;
        ASSERT_INT(pass(G2_QUIET), n >= 2 ? ANSWER_YES : ANSWER_NO);
    }
    gate_scene_begin(&s);
    s.regime.q = value_none(VALUE_STALE);
    struct gate_result r = gate_scene_ask(&s).rows[G2_QUIET];
    ASSERT_INT(r.pass, ANSWER_UNKNOWN);
    ASSERT_INT(r.value.status, VALUE_STALE);
    ASSERT(isnan(r.value.v));
}

static void groups_take_the_answer_that_keeps_them_shut(void)
{
    static const struct {
        enum answer a, b, want;
    } rows[] = {
        { ANSWER_YES, ANSWER_YES, ANSWER_YES },
        { ANSWER_YES, ANSWER_NO, ANSWER_NO },
        { ANSWER_NO, ANSWER_UNKNOWN, ANSWER_NO },
        { ANSWER_UNKNOWN, ANSWER_YES, ANSWER_UNKNOWN },
        { ANSWER_UNKNOWN, ANSWER_NOT_APPLICABLE, ANSWER_UNKNOWN },
        { ANSWER_NOT_APPLICABLE, ANSWER_YES, ANSWER_YES },
        { ANSWER_NO, ANSWER_NOT_APPLICABLE, ANSWER_NO },
        { ANSWER_NOT_APPLICABLE, ANSWER_NOT_APPLICABLE, ANSWER_NOT_APPLICABLE },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        struct gates g = gate_scene_ask(&s);
        bool open =
            rows[i].want == ANSWER_YES || rows[i].want == ANSWER_NOT_APPLICABLE;
        g.rows[G3_VER_1H].pass = rows[i].a;
        g.rows[G3_VER_4H].pass = rows[i].b;
        ASSERT_INT(gate_group_pass(&g, 3), rows[i].want);
        ASSERT_INT(gate_group_pass(&g, 4), ANSWER_YES);
        ASSERT_INT(gates_open(&g), open);
    }
}

static void no_check_can_be_left_out(void)
{
    static const enum answer shut[] = { ANSWER_NO, ANSWER_UNKNOWN };
    for (int i = 0; i < GATE_COUNT; i++) {
        for (size_t k = 0; k < ARRAY_LEN(shut); k++) {
            gate_scene_begin(&s);
            struct gates g = gate_scene_ask(&s);
            g.rows[i].pass = shut[k];
            ASSERT(!gates_open(&g));
            ASSERT_INT(gate_group_pass(&g, gate_table[i].group), shut[k]);
            ASSERT_INT(gate_theme_pass(&g, gate_table[i].theme), shut[k]);
        }
    }
    struct gates nothing = { 0 };
    ASSERT(!gates_open(&nothing));
}

void gate_test(void);
void gate_test(void)
{
    TEST_SUITE("gate/gate");
    TEST(the_table_is_in_order);
    TEST(in_the_good_scene_every_check_passes);
    TEST(metrics_are_held_to_their_limits);
    TEST(a_missing_metric_is_unknown_and_does_not_pass);
    TEST(a_young_chain_is_not_read_yet);
    TEST(all_three_timeframes_must_be_readable);
    TEST(a_crisis_must_be_twelve_hours_over);
    TEST(a_crisis_is_as_old_as_its_bar);
    TEST(pi_is_the_same_in_a_crisis);
    TEST(the_regime_must_have_been_quiet);
    TEST(groups_take_the_answer_that_keeps_them_shut);
    TEST(no_check_can_be_left_out);
}
