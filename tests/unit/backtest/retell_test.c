/* Told what a pass told, a grid has the pass's life; told nothing, or at other
 * times, what the bars say. */
#include "backtest/retell.h"

#include <string.h>

#include "alert/decided.h"
#include "backtest/pass.h"
#include "base/array.h"
#include "engine/made_tape.h"
#include "exit/scene.h"
#include "gate/gate_scene.h"
#include "test.h"

void retell_test(void);

#define FIRST    (INT64_C(16384) * 108)
#define QUARTERS 5600
#define ROOM     400
#define KEPT     80

static struct tape tape;
static struct series series[TF_COUNT];
static struct pass pass;
static struct trial trials[ROOM], kept[KEPT], again;
static size_t kept_count;
static struct exit_config exits;
static struct gate_config gates;
static struct pass_rule rule;

static void keep(void *keeper, const struct trial *t)
{
    (void)keeper;
    if (kept_count < KEPT)
        kept[kept_count++] = *t;
}

static void run_pass(void)
{
    if (kept_count)
        return;
    exits = scene_config();
    gates = gate_scene_config();
    rule = (struct pass_rule){
        .trial = { .exits = &exits,
                   .gates = &gates,
                   .alerts = &decided_config,
                   .terms = { { .001, NO_VALUE, NO_VALUE }, .0002, .001 },
                   .window_ms = 5 * MS_PER_DAY,
                   .delay_ms = { 0, 900000, 3600000, 14400000 } },
        .cohort = { .stop_atr = .5,
                    .side = GRID_LONG,
                    .spacing = GRID_GEOMETRIC,
                    .step = .006,
                    .capital = 1000 },
        .width = { 1.5, 3 },
        .width_count = 2,
        .until_ms = INT64_MAX,
        .keep = keep,
    };
    tape_make(&tape, 11, FIRST, QUARTERS);
    tape_leap(&tape, 3905, .9);
    tape_series(&tape, series);
    pass_begin(&pass, &rule, series, trials);
    while (pass_step(&pass))
        ASSERT_FATAL(pass.count <= ROOM);
    pass_end(&pass);
}

static struct trial_plan plan_of(const struct trial *t)
{
    struct trial_plan plan = { .grid = t->grid,
                               .symbol = t->lives[0].life.symbol,
                               .half_width_atr =
                                   t->lives[0].life.half_width_atr,
                               .stop_atr = t->lives[0].life.stop_atr,
                               .sigma_1h = t->sigma_1h };
    plan.grid.start_price = NO_VALUE;
    return plan;
}

static const struct cue silence = { MOMENT_NONE, MOMENT_NONE, false,
                                    LIFE_OTHER };

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof(a)) == 0 || (isnan(a) && isnan(b));
}

static void is_same_life(const struct life *a, const struct life *b)
{
    ASSERT_INT(a->exit_ms, b->exit_ms);
    ASSERT_INT(a->first_latest_ms, b->first_latest_ms);
    ASSERT_INT(a->window_end_ms, b->window_end_ms);
    ASSERT_INT(a->known_end_ms, b->known_end_ms);
    ASSERT(same(a->end_equity, b->end_equity));
    ASSERT(same(a->end_realised, b->end_realised));
    ASSERT(same(a->peak_equity, b->peak_equity));
    ASSERT(same(a->peak_unrealised, b->peak_unrealised));
    ASSERT(same(a->later_equity, b->later_equity));
    ASSERT(memcmp(a->m_ms, b->m_ms, sizeof(a->m_ms)) == 0);
    ASSERT(memcmp(a->s_ms, b->s_ms, sizeof(a->s_ms)) == 0);
    ASSERT(memcmp(a->hours, b->hours, sizeof(a->hours)) == 0);
}

static void told_the_same_it_lives_the_same(void)
{
    size_t left = 0, stopped = 0;

    run_pass();
    ASSERT_FATAL(kept_count > 40);
    for (size_t i = 0; i < kept_count; i++) {
        const struct life *last = &kept[i].lives[TRIAL_DELAYS - 1].life;
        struct trial_plan plan = plan_of(&kept[i]);
        struct cue cue = silence;
        cue.latest_ms = last->first_latest_ms;
        cue.mandatory_ms = last->first_mandatory_ms;
        ASSERT(retell(&rule.trial, &plan, series, &cue, 1, &again));
        for (int d = 0; d < TRIAL_DELAYS; d++) {
            const struct life *a = &kept[i].lives[d].life;
            is_same_life(a, &again.lives[d].life);
            left += a->exit_ms != MOMENT_NONE;
            stopped +=
                a->exit_ms == MOMENT_NONE && a->s_ms[LIFE_BOTH] != MOMENT_NONE;
        }
    }
    ASSERT(left > 100);
    ASSERT(stopped > 0);
}

/* Nobody leaves; who leaves at the boundary leaves a delay after M. */
static void who_is_told_nothing_stays(void)
{
    size_t at_m = 0;

    run_pass();
    for (size_t i = 0; i < kept_count; i++) {
        struct trial_plan plan = plan_of(&kept[i]);
        struct cue cue = silence;
        ASSERT(retell(&rule.trial, &plan, series, &cue, 1, &again));
        for (int d = 0; d < TRIAL_DELAYS; d++)
            ASSERT_INT(again.lives[d].life.exit_ms, MOMENT_NONE);
        cue.at_boundary = true;
        ASSERT(retell(&rule.trial, &plan, series, &cue, 1, &again));
        for (int d = 0; d < TRIAL_DELAYS; d++) {
            const struct life *l = &again.lives[d].life;
            if (l->exit_ms == MOMENT_NONE)
                continue;
            ASSERT_INT(l->exit_ms, l->m_ms[LIFE_BOTH] + l->delay_ms);
            ASSERT_INT(l->reason, LIFE_MANDATORY);
            ASSERT_INT(l->alerts[2], 1);
            at_m++;
        }
    }
    ASSERT(at_m > 20);
}

/* A policy has the same lives alone and in the company of others. What is known
 * of the time after the window depends on how long anybody is followed. */
static void company_changes_nothing(void)
{
    static struct trial alone;

    run_pass();
    for (size_t i = 0; i < kept_count; i += 5) {
        struct trial_plan plan = plan_of(&kept[i]);
        int64_t start_ms = grid_life_ms(&plan.grid);
        struct cue cues[3] = { silence, silence, silence };
        cues[0].latest_ms = start_ms + 3 * MS_PER_HOUR;
        cues[1].at_boundary = true;
        cues[2].latest_ms = start_ms + 50 * MS_PER_HOUR;
        ASSERT(retell(&rule.trial, &plan, series, cues, 3, &again));
        for (size_t k = 0; k < 3; k++) {
            ASSERT(retell(&rule.trial, &plan, series, &cues[k], 1, &alone));
            for (size_t d = 0; d < TRIAL_DELAYS; d++) {
                const struct life *a = &alone.lives[d].life;
                const struct life *b = &again.lives[k * TRIAL_DELAYS + d].life;
                ASSERT_INT(a->exit_ms, b->exit_ms);
                ASSERT_INT(a->reason, b->reason);
                ASSERT_INT(a->alerts[1] + a->alerts[2],
                           b->alerts[1] + b->alerts[2]);
                ASSERT(same(a->end_equity, b->end_equity));
                ASSERT(same(a->peak_equity, b->peak_equity));
                ASSERT(same(a->later_equity, b->later_equity));
            }
        }
    }
}

/* At the slot before an exit without delay, what leaving brings is what the
 * bot of the trial had, less the costs of the order. */
static void the_equity_is_the_bots(void)
{
    static double e[480];

    run_pass();
    for (size_t i = 0; i < kept_count; i += 7) {
        struct trial_plan plan = plan_of(&kept[i]);
        struct cue cue = silence;
        retell_equity(&rule.trial, &plan, series, e, ARRAY_LEN(e));
        cue.latest_ms = grid_life_ms(&plan.grid) + 30 * MS_PER_SLOT;
        ASSERT(retell(&rule.trial, &plan, series, &cue, 1, &again));
        const struct life *l = &again.lives[0].life;
        double peak = 0;
        for (size_t k = 0; k < 30; k++)
            peak = fmax(peak, e[k]);
        ASSERT_NEAR(l->peak_equity, fmax(peak, l->end_equity), 1e-9);
        ASSERT(l->end_equity <= e[29] + 1e-9);
        ASSERT(l->end_equity >= e[29] - .0025 * 1000);
    }
}

void retell_test(void)
{
    TEST_SUITE("backtest/retell");
    TEST(told_the_same_it_lives_the_same);
    TEST(who_is_told_nothing_stays);
    TEST(company_changes_nothing);
    TEST(the_equity_is_the_bots);
}
