/* One grid after the other on a made-up market: when each begins follows from
 * the gates and from when the one before it ended, and how it lives does not
 * depend on who laid it. */
#include "backtest/pass.h"

#include <math.h>
#include <string.h>

#include "alert/decided.h"
#include "engine/made_tape.h"
#include "exit/scene.h"
#include "gate/gate_scene.h"
#include "test.h"

void lifecycle_test(void);

#define FIRST    (INT64_C(16384) * 108) /* number of the first 15m bar */
#define QUARTERS 6200
#define ROOM     2400
#define LIVES    2000
#define WIDTHS   2

static struct tape tape;
static struct pass pass;
static struct trial trials[ROOM];
static struct exit_config exits;
static struct gate_config gates;

struct kept {
    size_t count;
    struct life life[LIVES];
    struct grid grid[LIVES];
    size_t lifecycle[LIVES];
    /* What was said last of the open grid, by the end of each 15m bar. */
    enum exit_state said[WIDTHS * TRIAL_DELAYS][QUARTERS];
};
static struct kept whole, again;

static void keep(void *keeper, const struct trial *t)
{
    struct kept *k = keeper;
    for (size_t i = 0; i < t->life_count; i++) {
        ASSERT_FATAL(k->count < LIVES);
        k->life[k->count] = t->lives[i].life;
        k->lifecycle[k->count] = t->lifecycle;
        k->grid[k->count++] = t->grid;
    }
}

static size_t index_of(int64_t slot_ms)
{
    return (size_t)(slot_ms / MS_PER_SLOT - FIRST - 1);
}

/* A stop that comes after the exit is told, too; it is not meant. */
static void see(void *keeper, const struct trial *t, const struct evaluation *e)
{
    struct kept *k = keeper;
    size_t at = index_of(e->slot_ms);
    enum exit_state *said = k->said[t->lifecycle];

    if (t->lives[0].over)
        return;
    said[at] = e->verdict.state;
    if (said[at] == STATE_UNKNOWN && at > 0)
        said[at] = said[at - 1];
}

/* Gates of a market that is only made up: it moves more than a good one. */
static void loosen(void)
{
    exits = scene_config();
    gates = gate_scene_config();
    gates.pi_24 = .60;
    gates.pi_72 = .95;
    gates.adx = 60;
    gates.er_z = 3;
    gates.ver = 1.5;
}

static struct pass_rule rule_for(struct kept *k, enum pass_design design)
{
    return (struct pass_rule){
        .design = design,
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
        .width_count = WIDTHS,
        .until_ms = INT64_MAX,
        .keep = keep,
        .see = see,
        .keeper = k,
    };
}

static void run_rule(const struct pass_rule *rule)
{
    struct series series[TF_COUNT];

    ASSERT_FATAL(pass_room(rule) <= ROOM);
    tape_series(&tape, series);
    pass_begin(&pass, rule, series, trials);
    while (pass_step(&pass))
        ASSERT_FATAL(pass.count <= pass_room(rule));
    pass_end(&pass);
}

static void run(struct kept *k)
{
    struct pass_rule rule = rule_for(k, PASS_LIFECYCLE);
    memset(k, 0, sizeof(*k));
    run_rule(&rule);
}

static void run_whole(void)
{
    loosen();
    if (whole.count)
        return;
    tape_make(&tape, 7, FIRST, QUARTERS);
    tape_leap(&tape, 4505, .85); /* whoever was not told is stopped */
    run(&whole);
}

/* --- When it begins ------------------------------------------------------- */

/* The life of that lifecycle that starts at the slot, or `count`. */
static size_t life_at(const struct kept *k, size_t lifecycle, int64_t slot_ms)
{
    size_t i = 0;
    while (i < k->count &&
           (k->lifecycle[i] != lifecycle || k->life[i].start_ms != slot_ms))
        i++;
    return i;
}

/* When the next may begin, by the words of the rule. */
static int64_t flat_after(const struct kept *k, size_t i)
{
    const struct life *l = &k->life[i];
    int64_t hard_ms = 24 * MS_PER_HOUR, soft_ms = 4 * MS_PER_HOUR;
    if (l->exit_ms != MOMENT_NONE)
        return l->exit_ms + (k->said[k->lifecycle[i]][index_of(l->exit_ms)] ==
                                     STATE_MANDATORY
                                 ? hard_ms
                                 : soft_ms);
    if (l->s_ms[LIFE_BOTH] != MOMENT_NONE &&
        l->s_ms[LIFE_BOTH] <= l->window_end_ms)
        return moment_floor(l->s_ms[LIFE_BOTH] + MS_PER_SLOT - 1, MS_PER_SLOT) +
               hard_ms;
    return l->window_end_ms + soft_ms;
}

/* Slot by slot with snapshots of an own pass: a grid begins where its line is
 * flat and the gates are open, and nowhere else. */
static void each_begins_as_soon_as_it_may(void)
{
    int64_t flat_ms[WIDTHS * TRIAL_DELAYS] = { 0 };
    size_t begun = 0, held_back = 0, shut = 0;
    struct pass_rule rule = rule_for(&again, PASS_GIVEN);
    struct series series[TF_COUNT];
    struct trial_plan plan;

    run_whole();
    memset(&again, 0, sizeof(again));
    tape_series(&tape, series);
    pass_begin(&pass, &rule, series, trials);
    for (bool more = true; more;) {
        more = pass_step(&pass);
        int64_t slot_ms = pass.now.view->slot_ms;
        for (size_t i = 0; i < WIDTHS * TRIAL_DELAYS; i++) {
            struct cohort_rule cohort = rule.cohort;
            cohort.width = rule.width[i / TRIAL_DELAYS];
            bool flat = slot_ms >= flat_ms[i] && slot_ms < pass.end_ms;
            bool laid = cohort_lay(&cohort, &pass.now, &plan);
            bool open =
                laid && lifecycle_gates_open(&rule.trial, &pass.now, &plan);
            size_t k = life_at(&whole, i, slot_ms);
            ASSERT((k < whole.count) == (flat && open));
            shut += flat && laid && !open;
            held_back += !flat && open;
            if (k == whole.count)
                continue;
            begun++;
            ASSERT(whole.grid[k].lower == plan.grid.lower);
            ASSERT(whole.life[k].half_width_atr == cohort.width);
            ASSERT_INT(whole.life[k].delay_ms,
                       rule.trial.delay_ms[i % TRIAL_DELAYS]);
            flat_ms[i] = flat_after(&whole, k);
        }
    }
    ASSERT_INT(begun, whole.count);
    ASSERT(begun > 40 && shut > 100 && held_back > 1000);
}

static void no_gate_no_grid(void)
{
    run_whole();
    gates.pi_24 = 0;
    run(&again);
    ASSERT_INT(again.count, 0);
    ASSERT(pass.asked_slots > 1000 && pass.open_slots == 0);
}

static void the_time_with_a_grid_is_counted(void)
{
    size_t slots = 0;

    run_whole();
    run(&again);
    for (size_t i = 0; i < again.count; i++) {
        const struct life *l = &again.life[i];
        int64_t end_ms = life_end(l);
        slots += (size_t)((end_ms - l->start_ms) / MS_PER_SLOT);
    }
    /* The bar in which somebody leaves is not over yet when he does, and in
     * some slots nobody was asked. */
    ASSERT(pass.open_slots <= slots + again.count);
    ASSERT(pass.open_slots + again.count >= slots);
    ASSERT(pass.asked_slots > pass.open_slots);
}

/* --- How it lives --------------------------------------------------------- */

/* The same grid handed in lives the same life, for every operator. */
static void it_lives_as_if_it_were_given(void)
{
    static struct grid given[LIVES];
    struct pass_rule rule = rule_for(&again, PASS_GIVEN);
    size_t met = 0;

    run_whole();
    memset(&again, 0, sizeof(again));
    for (size_t i = 0; i < 30; i++)
        given[i] = whole.grid[i];
    rule.given = given;
    rule.given_count = 30;
    run_rule(&rule);
    ASSERT_INT(again.count, 30 * TRIAL_DELAYS);
    for (size_t i = 0; i < 30; i++)
        for (size_t k = 0; k < again.count; k++) {
            struct life x = again.life[k];
            if (x.start_ms != whole.life[i].start_ms ||
                x.delay_ms != whole.life[i].delay_ms ||
                x.half_width != whole.life[i].half_width)
                continue;
            x.half_width_atr = whole.life[i].half_width_atr;
            x.stop_atr = whole.life[i].stop_atr;
            x.known_end_ms = whole.life[i].known_end_ms;
            ASSERT(memcmp(&x, &whole.life[i], sizeof(x)) == 0);
            met++;
            break;
        }
    ASSERT_INT(met, 30);
}

void lifecycle_test(void)
{
    TEST_SUITE("backtest/lifecycle");
    TEST(each_begins_as_soon_as_it_may);
    TEST(no_gate_no_grid);
    TEST(the_time_with_a_grid_is_counted);
    TEST(it_lives_as_if_it_were_given);
}
