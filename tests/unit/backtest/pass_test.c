/* All slots of a made-up market: nothing reads the future, and the lives say
 * what the bars say. */
#include "backtest/pass.h"

#include <math.h>
#include <string.h>

#include "alert/decided.h"
#include "base/array.h"
#include "engine/made_tape.h"
#include "exit/scene.h"
#include "gate/gate_scene.h"
#include "test.h"

void pass_test(void);

#define FIRST    (INT64_C(16384) * 108) /* number of the first 15m bar */
#define QUARTERS 6200
#define ROOM     400
#define LIVES    600

static struct tape tape;
static struct pass pass;
static struct trial trials[ROOM];
static struct exit_config exits;
static struct gate_config gates;

/* What a pass said: a hash of all verdicts of each slot, and the lives. */
struct said {
    uint64_t slot[QUARTERS];
    size_t verdicts, lives;
    struct life life[LIVES];
    struct grid grid[LIVES];
};
static struct said whole, part;

static void mix(uint64_t *hash, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof(bits));
    for (int i = 0; i < 8; i++)
        *hash = (*hash ^ (bits >> (8 * i) & 255)) * UINT64_C(1099511628211);
}

static size_t index_of(int64_t slot_ms)
{
    return (size_t)(slot_ms / MS_PER_SLOT - FIRST - 1);
}

static void see(void *keeper, const struct trial *t, const struct evaluation *e)
{
    struct said *s = keeper;
    uint64_t *hash = &s->slot[index_of(e->slot_ms)];
    const struct value *risks[] = { &e->hazard.pi, &e->hazard.pi_dn, &e->close,
                                    &e->distances.to_stop };

    s->verdicts++;
    mix(hash, (double)grid_life_ms(&t->grid));
    mix(hash, t->grid.lower);
    mix(hash, (double)e->verdict.state);
    for (size_t i = 0; i < ARRAY_LEN(risks); i++)
        mix(hash, risks[i]->v);
    for (int k = 0; k < CLASS_COUNT; k++)
        mix(hash, e->regime.p[k].v);
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        mix(hash, (double)e->verdict.triggers[i].answer);
        mix(hash, e->verdict.triggers[i].value.v);
        mix(hash, e->verdict.triggers[i].limit);
    }
}

static void keep(void *keeper, const struct trial *t)
{
    struct said *s = keeper;
    for (int i = 0; i < TRIAL_DELAYS; i++)
        s->grid[s->lives] = t->grid, s->life[s->lives++] = t->lives[i].life;
}

static struct pass_rule rule_for(struct said *s)
{
    exits = scene_config();
    gates = gate_scene_config();
    return (struct pass_rule){
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
        .see = see,
        .keeper = s,
    };
}

static void run_rule(const struct pass_rule *rule,
                     const struct series series[TF_COUNT], int64_t from_ms)
{
    ASSERT_FATAL(pass_room(rule) <= ROOM);
    pass_begin(&pass, rule, series, trials);
    pass_skip(&pass, from_ms);
    while (pass_step(&pass))
        ASSERT_FATAL(pass.count <= pass_room(rule));
    pass_end(&pass);
}

static void run(const struct series series[TF_COUNT], struct said *s)
{
    memset(s, 0, sizeof(*s));
    struct pass_rule rule = rule_for(s);
    run_rule(&rule, series, 0);
}

static void run_whole(void)
{
    struct series series[TF_COUNT];
    if (whole.lives)
        return;
    tape_make(&tape, 7, FIRST, QUARTERS);
    tape_leap(&tape, 4505, .85); /* whoever was not told is stopped */
    tape_series(&tape, series);
    run(series, &whole);
}

/* --- The future ----------------------------------------------------------- */

/* As if the world had ended at `end_ms`: bars that had not closed are gone, and
 * where they stood is something else. */
static void run_until(int64_t end_ms)
{
    static struct tape cut;
    struct series series[TF_COUNT];

    cut = tape;
    tape_series(&cut, series);
    for (int tf = 0; tf < TF_COUNT; tf++) {
        size_t n = tape_closed(&tape, (enum timeframe)tf, end_ms);
        for (size_t i = n; i < cut.count[tf]; i++)
            cut.bars[tf][i].high = cut.bars[tf][i].close *= 1.1;
        series[tf].count = n;
    }
    run(series, &part);
}

static void nothing_reads_the_future(void)
{
    static const size_t cuts[] = { 3501, 4099, 4802, 5003, 5510 };
    run_whole();
    ASSERT(whole.verdicts > 3000);
    for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
        size_t n = cuts[i];
        run_until((FIRST + 1 + (int64_t)n) * MS_PER_SLOT);
        ASSERT(part.slot[n] != 0);
        ASSERT(memcmp(part.slot, whole.slot, (n + 1) * sizeof(uint64_t)) == 0);
    }
}

/* --- Grids that are given ------------------------------------------------- */

#define GIVEN 3

static bool same_life(const struct life *a, const struct life *b)
{
    struct life x = *a;
    if (!(fabs(a->half_width_atr - b->half_width_atr) < 1e-9 &&
          fabs(a->stop_atr - b->stop_atr) < 1e-9))
        return false;
    x.half_width_atr = b->half_width_atr;
    x.stop_atr = b->stop_atr;
    x.known_end_ms = b->known_end_ms;
    return memcmp(&x, b, sizeof(x)) == 0;
}

/* The cohort's own grids handed in: slots before the first are not looked at,
 * and nothing changes. Width and stop in ATR are told by the range. */
static void a_given_grid_lives_like_one_of_the_cohort(void)
{
    static const size_t at[GIVEN] = { 40, 41, 75 }; /* grids of the cohort */
    struct series series[TF_COUNT];
    struct grid given[GIVEN];

    run_whole();
    for (size_t i = 0; i < GIVEN; i++)
        given[i] = whole.grid[at[i] * TRIAL_DELAYS];
    tape_series(&tape, series);
    memset(&part, 0, sizeof(part));
    struct pass_rule rule = rule_for(&part);
    rule.design = PASS_GIVEN;
    rule.given = given;
    rule.given_count = GIVEN;
    int64_t first_ms = grid_life_ms(&given[0]);
    for (size_t i = 1; i < GIVEN; i++)
        if (grid_life_ms(&given[i]) < first_ms)
            first_ms = grid_life_ms(&given[i]);
    run_rule(&rule, series, first_ms);
    ASSERT_INT(part.lives, GIVEN * TRIAL_DELAYS);
    for (size_t i = 0; i < part.lives; i++) {
        size_t k = 0;
        while (k < GIVEN * TRIAL_DELAYS &&
               !same_life(&part.life[i],
                          &whole.life[at[k / TRIAL_DELAYS] * TRIAL_DELAYS +
                                      k % TRIAL_DELAYS]))
            k++;
        ASSERT(k < GIVEN * TRIAL_DELAYS);
    }
    ASSERT(part.verdicts > 100);
}

/* Who looks on gets a verdict each slot of the window, left or stopped. */
static void who_looks_on_gets_every_verdict(void)
{
    struct series series[TF_COUNT];

    run_whole();
    size_t stopped = 0;
    while (whole.life[stopped].s_ms[LIFE_BOTH] == MOMENT_NONE ||
           whole.life[stopped].s_ms[LIFE_BOTH] >
               whole.life[stopped].window_end_ms - MS_PER_DAY)
        ASSERT_FATAL((stopped += TRIAL_DELAYS) < whole.lives);
    const struct grid *given = &whole.grid[stopped];
    tape_series(&tape, series);
    memset(&part, 0, sizeof(part));
    struct pass_rule rule = rule_for(&part);
    rule.design = PASS_GIVEN;
    rule.given = given;
    rule.given_count = 1;
    run_rule(&rule, series, grid_life_ms(given));
    ASSERT(part.verdicts < 5 * 96 - 96);
    memset(&part, 0, sizeof(part));
    rule.trial.asks_on = true;
    run_rule(&rule, series, grid_life_ms(given));
    ASSERT_INT(part.verdicts, 5 * 96);
    for (size_t i = 0; i < TRIAL_DELAYS; i++)
        ASSERT(same_life(&part.life[i], &whole.life[stopped + i]));
}

/* --- The lives ------------------------------------------------------------ */

/* By the words of the rule: the first 15m low at the stop or below. */
static int64_t stop_by_hand(const struct life *l, double stop)
{
    for (size_t i = 0; i < QUARTERS; i++) {
        const struct bar *b = &tape.bars[TF_15M][i];
        if (b->open_ms >= l->start_ms && b->low <= stop)
            return b->open <= stop ? b->open_ms : b->open_ms + MS_PER_SLOT;
    }
    return MOMENT_NONE;
}

/* Two successive hours that closed on one side, or the stop. */
static int64_t event_by_hand(const struct life *l, double lower, double upper,
                             int64_t stop_ms)
{
    for (size_t i = 1; i < tape.count[TF_1H]; i++) {
        const struct bar *a = &tape.bars[TF_1H][i - 1], *b = a + 1;
        int64_t at_ms = b->open_ms + MS_PER_HOUR;
        bool down = a->close < lower && b->close < lower;
        bool up = a->close > upper && b->close > upper;
        if (a->open_ms < l->start_ms || (!down && !up))
            continue;
        return stop_ms != MOMENT_NONE && stop_ms < at_ms ? stop_ms : at_ms;
    }
    return stop_ms;
}

static double close_at(int64_t ms)
{
    return tape.bars[TF_15M][index_of(ms)].close;
}

/* In force until it is known no more, the bars know no other. */
static int64_t known(int64_t ms, const struct life *l)
{
    return ms == MOMENT_NONE || ms > l->known_end_ms ? MOMENT_NONE : ms;
}

static void the_range_did_what_the_bars_say(void)
{
    size_t breaks = 0, stops = 0;
    run_whole();
    ASSERT(whole.lives >= 200);
    for (size_t i = 0; i < whole.lives; i += TRIAL_DELAYS) {
        const struct life *l = &whole.life[i];
        double c = close_at(l->start_ms), w = l->half_width;
        double atr = l->stop_atr * w / l->half_width_atr;
        int64_t stop_ms = stop_by_hand(l, c * exp(-w - atr));
        int64_t event_ms = event_by_hand(l, c * exp(-w), c * exp(w), stop_ms);
        ASSERT(l->s_ms[LIFE_BOTH] == known(stop_ms, l));
        ASSERT(l->m_ms[LIFE_BOTH] == known(event_ms, l));
        breaks += l->m_ms[LIFE_BOTH] != MOMENT_NONE;
        stops += l->s_ms[LIFE_BOTH] != MOMENT_NONE;
    }
    ASSERT(breaks > 20 && stops > 10);
}

static void whoever_is_told_leaves_a_delay_later(void)
{
    static const int64_t delays[] = { 0, 900000, 3600000, 14400000 };
    size_t left = 0, stopped = 0;
    run_whole();
    for (size_t i = 0; i < whole.lives; i++) {
        const struct life *l = &whole.life[i], *at_once = l - i % TRIAL_DELAYS;
        int64_t told_ms = life_alert(l);
        if (l->exit_ms != MOMENT_NONE) {
            ASSERT(l->exit_ms == told_ms + l->delay_ms);
            ASSERT(l->s_ms[LIFE_BOTH] == MOMENT_NONE ||
                   l->s_ms[LIFE_BOTH] > l->exit_ms);
            ASSERT(l->peak_equity >= l->end_equity);
            left++;
        } else {
            stopped += l->s_ms[LIFE_BOTH] != MOMENT_NONE &&
                       l->s_ms[LIFE_BOTH] <= l->window_end_ms;
        }
        if (at_once->exit_ms != MOMENT_NONE && l->exit_ms != MOMENT_NONE)
            ASSERT(life_alert(at_once) == told_ms);
        ASSERT(l->reason == LIFE_NO_ALERT || told_ms != MOMENT_NONE);
        ASSERT(l->met <= l->mandatory);
        if (l->exit_ms == MOMENT_NONE) /* the stop is no operator */
            ASSERT_INT(l->met, 0);
        if (l->delay_ms <= LIFE_REACTION_MS) /* who leaves so soon is in time */
            ASSERT_INT(l->met, l->mandatory);
        ASSERT(l->known_end_ms >= l->window_end_ms);
        ASSERT_INT(l->delay_ms, delays[i % TRIAL_DELAYS]);
    }
    ASSERT(left > 100);
    ASSERT(stopped > 0);
}

/* Six days without a bar. Who was told before them leaves behind them, and no
 * grid is followed beyond its time, so that the room suffices. */
static void a_long_stop_is_waited_out(void)
{
    static struct tape cut;
    struct series series[TF_COUNT];
    size_t late = 0;

    run_whole();
    const struct life *told = &whole.life[TRIAL_DELAYS * 20];
    while (told->exit_ms == MOMENT_NONE)
        told++;
    int64_t from_ms =
        moment_floor(life_alert(told), 4 * MS_PER_HOUR) + 4 * MS_PER_HOUR;
    int64_t to_ms = from_ms + 6 * MS_PER_DAY;
    cut = tape;
    tape_cut(&cut, TF_15M, from_ms, 6 * 96);
    tape_cut(&cut, TF_1H, from_ms, 6 * 24);
    tape_cut(&cut, TF_4H, from_ms, 6 * 6);
    tape_series(&cut, series);
    run(series, &part);
    for (size_t i = 0; i < part.lives; i++) {
        const struct life *l = &part.life[i];
        int64_t due_ms = life_alert(l) + l->delay_ms;
        ASSERT(l->known_end_ms <= l->window_end_ms + TRIAL_AFTER_MS);
        if (l->exit_ms == MOMENT_NONE || due_ms < from_ms || due_ms >= to_ms)
            continue;
        ASSERT_INT(l->exit_ms, to_ms);
        late++;
    }
    ASSERT(late > 0);
}

/* Whole hours before M, or before the end of the window; of LIFE_DOWN those
 * whose close is below the middle, where the grid began. */
static int64_t hours_by_hand(const struct life *l, enum life_side side)
{
    int64_t end_ms = life_event(l, side), hours = 0;
    if (end_ms == MOMENT_NONE || end_ms > l->window_end_ms)
        end_ms = l->window_end_ms;
    for (int64_t ms = l->start_ms + MS_PER_HOUR; ms < end_ms; ms += MS_PER_HOUR)
        hours += side == LIFE_BOTH || close_at(ms) < close_at(l->start_ms);
    return hours;
}

static void each_hour_is_counted_once(void)
{
    run_whole();
    for (size_t i = 0; i < whole.lives; i++)
        for (int side = 0; side < LIFE_SIDES; side++) {
            const struct life *l = &whole.life[i];
            const struct life_hours *h = &l->hours[side];
            ASSERT(h->live + h->pending ==
                   hours_by_hand(l, (enum life_side)side));
        }
}

void pass_test(void)
{
    TEST_SUITE("backtest/pass");
    TEST(nothing_reads_the_future);
    TEST(a_given_grid_lives_like_one_of_the_cohort);
    TEST(who_looks_on_gets_every_verdict);
    TEST(the_range_did_what_the_bars_say);
    TEST(whoever_is_told_leaves_a_delay_later);
    TEST(a_long_stop_is_waited_out);
    TEST(each_hour_is_counted_once);
}
