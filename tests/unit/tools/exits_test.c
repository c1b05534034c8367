/* The study of exits: its markets, its cells, its random times. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sys/xmalloc.h"
#include "test.h"
#include "tools/exits_deal.h"
#include "tools/exits_holds.h"
#include "tools/exits_skill.h"

void exits_test(void);

/* --- Disasters ------------------------------------------------------------ */

static struct bars made, quiet;

static size_t at(int64_t ms)
{
    return (size_t)((ms - STRESS_START_MS) / MS_PER_SLOT);
}

/* Bars are sound and begin where the one before ended, but for what is torn on
 * purpose. */
static void every_bar_is_sound(void)
{
    for (int s = 0; s < STRESS_COUNT; s++) {
        stress_bars(&made, (enum stress)s, 5);
        ASSERT(made.count > 3000);
        for (size_t i = 0; i < made.count; i++)
            ASSERT_INT(bar_check(&made.at[i], TF_15M), BAR_OK);
    }
}

/* The same noise up to the event, whatever comes. */
static void nothing_happens_before_the_event(void)
{
    static const enum stress changed[] = { STRESS_CRASH,     STRESS_GRIND,
                                           STRESS_EXPLOSION, STRESS_OUTAGE,
                                           STRESS_FLIP_FLOP, STRESS_BAD_TICK,
                                           STRESS_HALT };
    size_t event = at(STRESS_EVENT_MS);

    stress_bars(&quiet, STRESS_QUIET, 5);
    for (size_t k = 0; k < ARRAY_LEN(changed); k++) {
        stress_bars(&made, changed[k], 5);
        ASSERT(memcmp(made.at, quiet.at, event * sizeof(*made.at)) == 0);
        ASSERT(memcmp(&made.at[event], &quiet.at[event], sizeof(*made.at)) !=
               0);
    }
}

/* What the scenario says happens, less what the noise of these minutes can do:
 * .03 sqrt(t in days) is one standard deviation. */
static void each_scenario_does_what_it_says(void)
{
    size_t event = at(STRESS_EVENT_MS), day = MS_PER_DAY / MS_PER_SLOT;

    stress_bars(&made, STRESS_CRASH, 5);
    double before = made.at[event - 1].close;
    double fall = log(made.at[event].close / before);
    ASSERT(fabs(fall - 3 * log(.95)) < .012);
    double back = log(made.at[event + 8].close / before);
    ASSERT(fabs(back - .3 * 3 * log(.95)) < .035);

    stress_bars(&made, STRESS_OUTAGE, 5);
    ASSERT_INT(made.at[event].open_ms, STRESS_EVENT_MS + 6 * MS_PER_HOUR);
    double gap = log(made.at[event].open / made.at[event - 1].close);
    ASSERT(fabs(gap - log(.94)) < .06);

    stress_bars(&made, STRESS_HALT, 5);
    ASSERT_INT(made.count, event + 1);

    stress_bars(&made, STRESS_BAD_TICK, 5);
    ASSERT_NEAR(made.at[event].close, .7 * made.at[event].open, 1e-9);
    ASSERT(made.at[event + 1].open > .98 * made.at[event].open);

    stress_bars(&quiet, STRESS_QUIET, 5);
    stress_bars(&made, STRESS_EXPLOSION, 5);
    double calm = 0, wild = 0;
    for (size_t i = event; i < event + day; i++) {
        calm += pow(log(quiet.at[i].close / quiet.at[i].open), 2);
        wild += pow(log(made.at[i].close / made.at[i].open), 2);
    }
    ASSERT(wild / calm > 7 && wild / calm < 11);

    stress_bars(&made, STRESS_THIN, 5);
    double share = (double)(made.count - event) / (double)(quiet.count - event);
    ASSERT(share > .63 && share < .77);

    stress_bars(&made, STRESS_TINY_PRICE, 5);
    ASSERT_NEAR(made.at[event].close, 1e-8 * quiet.at[event].close, 1e-9);
}

/* --- What phones get ------------------------------------------------------ */

/* A log of states and messages, the same on both phones, from the event on. */
struct entry {
    int64_t after_min;
    enum exit_state state;
    enum alert_reason reason;
};

static const struct heard *log_of(const struct entry *e, size_t n)
{
    static struct heard h;

    heard_init(&h);
    for (size_t i = 0; i < n; i++)
        h.at[h.count++] =
            (struct heard_slot){ .slot_ms = STRESS_EVENT_MS +
                                            e[i].after_min * MS_PER_MINUTE,
                                 .state = e[i].state,
                                 .reason = { e[i].reason, e[i].reason } };
    return &h;
}

static enum answer ask(enum stress s, const struct life *l,
                       const struct entry *e, size_t n)
{
    const struct hold_case c = { .life = l, .heard = log_of(e, n) };
    return hold_ask(s, &c);
}

static void messages_are_counted_by_level(void)
{
    static const struct entry e[] = {
        { 0, STATE_LATEST, ALERT_FIRST },
        { 15, STATE_LATEST, ALERT_NOTHING },
        { 30, STATE_MANDATORY, ALERT_WORSE },
        { 45, STATE_UNKNOWN, ALERT_BLIND },
        { 60, STATE_MANDATORY, ALERT_TOO_SOON },
    };
    const struct heard *h = log_of(e, ARRAY_LEN(e));
    int64_t end_ms = STRESS_EVENT_MS + MS_PER_DAY;

    ASSERT_INT(heard_count(h, PHONE_ALONE, STATE_UNKNOWN, 0, end_ms), 3);
    ASSERT_INT(heard_count(h, PHONE_ALONE, STATE_LATEST, 0, end_ms), 2);
    ASSERT_INT(heard_count(h, PHONE_ALONE, STATE_MANDATORY, 0, end_ms), 1);
    ASSERT_INT(
        heard_count(h, PHONE_ALONE, STATE_LATEST, STRESS_EVENT_MS + 1, end_ms),
        1);
    ASSERT(heard_first(h, PHONE_ALONE, STATE_MANDATORY, 0) == &h->at[2]);
    ASSERT(heard_first(h, PHONE_ALONE, STATE_LATEST,
                       STRESS_EVENT_MS + MS_PER_HOUR) == NULL);
    ASSERT(heard_at(h, STRESS_EVENT_MS + 15 * MS_PER_MINUTE) == &h->at[1]);
    ASSERT(heard_at(h, STRESS_EVENT_MS + 1) == NULL);
}

/* Each must-hold is seen to be missed. */
static void a_second_message_of_a_crash_is_seen(void)
{
    struct life l = { .s_ms = { STRESS_EVENT_MS + 15 * MS_PER_MINUTE },
                      .m_ms = { MOMENT_NONE } };
    struct entry e[] = { { 15, STATE_MANDATORY, ALERT_FIRST },
                         { 60, STATE_MANDATORY, ALERT_NOTHING },
                         { 90, STATE_LATEST, ALERT_NOTHING } };

    ASSERT_INT(ask(STRESS_CRASH, &l, e, ARRAY_LEN(e)), ANSWER_YES);
    e[1].reason = ALERT_GRAVER;
    ASSERT_INT(ask(STRESS_CRASH, &l, e, ARRAY_LEN(e)), ANSWER_NO);
    struct hold_case c = { .life = &l,
                           .heard = log_of(e, ARRAY_LEN(e)),
                           .spares_causes = true };
    ASSERT_INT(hold_ask(STRESS_CRASH, &c), ANSWER_NO); /* 45 min after it */
    e[1].after_min = 75;
    c.heard = log_of(e, ARRAY_LEN(e));
    ASSERT_INT(hold_ask(STRESS_CRASH, &c), ANSWER_YES);
    e[1].after_min = 300; /* 4 h 45 after the first */
    ASSERT_INT(ask(STRESS_CRASH, &l, e, 2), ANSWER_YES);
    e[0].after_min = 45; /* half an hour after the stop */
    ASSERT_INT(ask(STRESS_CRASH, &l, e, 2), ANSWER_NO);
    ASSERT_INT(ask(STRESS_CRASH, &l, e, 0), ANSWER_NO);
    l.s_ms[LIFE_BOTH] = MOMENT_NONE;
    ASSERT_INT(ask(STRESS_CRASH, &l, e, 2), ANSWER_NOT_APPLICABLE);
}

static void what_was_before_the_event_is_not_asked_about(void)
{
    const struct entry early = { -60, STATE_MANDATORY, ALERT_FIRST };
    struct life l = { .s_ms = { STRESS_EVENT_MS }, .m_ms = { MOMENT_NONE } };

    ASSERT_INT(ask(STRESS_CRASH, &l, &early, 1), ANSWER_NO);
    l.m_ms[LIFE_BOTH] = STRESS_EVENT_MS - MS_PER_SLOT;
    ASSERT_INT(ask(STRESS_CRASH, &l, &early, 1), ANSWER_NOT_APPLICABLE);
    ASSERT_INT(ask(STRESS_GRIND, &l, &early, 1), ANSWER_NOT_APPLICABLE);
}

static void two_latest_within_four_hours_are_seen(void)
{
    const struct life l = { .start_ms = STRESS_GRID_MS };
    struct entry e[] = { { 0, STATE_LATEST, ALERT_FIRST },
                         { 30, STATE_LATEST, ALERT_ESCALATED },
                         { 120, STATE_NORMAL, ALERT_RESOLVED },
                         { 240, STATE_LATEST, ALERT_FIRST } };

    ASSERT_INT(ask(STRESS_FLIP_FLOP, &l, e, ARRAY_LEN(e)), ANSWER_YES);
    e[3].after_min = 225;
    ASSERT_INT(ask(STRESS_FLIP_FLOP, &l, e, ARRAY_LEN(e)), ANSWER_NO);
    e[3].reason = ALERT_TOO_SOON;
    ASSERT_INT(ask(STRESS_FLIP_FLOP, &l, e, ARRAY_LEN(e)), ANSWER_YES);
}

static void a_mandatory_without_a_break_is_seen(void)
{
    const struct life l = { .start_ms = STRESS_GRID_MS };
    const struct entry e[] = { { 15, STATE_MANDATORY, ALERT_FIRST } };
    struct heard h = *log_of(e, 1);
    const struct hold_case c = { .life = &l, .heard = &h };

    h.at[0].yes[L_VER] = true;
    ASSERT_INT(hold_ask(STRESS_EXPLOSION, &c), ANSWER_NO);
    ASSERT_INT(hold_ask(STRESS_THIN, &c), ANSWER_NO);
    ASSERT_INT(hold_ask(STRESS_BAD_TICK, &c), ANSWER_NO);
    h.at[0].yes[M_BOUNDARY] = true;
    ASSERT_INT(hold_ask(STRESS_EXPLOSION, &c), ANSWER_YES);
    ASSERT_INT(hold_ask(STRESS_BAD_TICK, &c), ANSWER_NO);
}

/* Unknown from 45 min on, told at 45 min and at 2 h 15, back at 6 h 15. */
static struct heard outage_told(void)
{
    struct heard h = { .count = 0 };

    heard_init(&h);
    for (int64_t min = 0; min <= 375; min += 15) {
        bool dark = min >= 45 && min < 375;
        struct heard_slot *s = &h.at[h.count++];
        *s = (struct heard_slot){ .slot_ms =
                                      STRESS_EVENT_MS + min * MS_PER_MINUTE,
                                  .state = dark ? STATE_UNKNOWN : STATE_NORMAL,
                                  .cause =
                                      dark ? PRICE_NO_TRADES : PRICE_KNOWN };
        if (min == 45 || min == 135 || min == 375)
            s->reason[0] = min == 375 ? ALERT_SIGHTED : ALERT_STALE;
    }
    return h;
}

static void an_outage_that_is_not_told_is_seen(void)
{
    const struct life l = { .start_ms = STRESS_GRID_MS };
    struct heard h = outage_told();
    const struct hold_case c = { .life = &l, .heard = &h };

    ASSERT_INT(hold_ask(STRESS_OUTAGE, &c), ANSWER_YES);
    h.at[10].state = STATE_NORMAL; /* at 2 h 30 */
    ASSERT_INT(hold_ask(STRESS_OUTAGE, &c), ANSWER_NO);
    for (size_t told = 3; told <= 25; told += told == 3 ? 6 : 16) {
        h = outage_told();
        ASSERT(h.at[told].reason[0] != ALERT_NOTHING);
        h.at[told].reason[0] = ALERT_NOTHING;
        ASSERT_INT(hold_ask(STRESS_OUTAGE, &c), ANSWER_NO);
    }
    h = outage_told();
    h.at[25].state = STATE_UNKNOWN; /* the bar is there, and says nothing */
    ASSERT_INT(hold_ask(STRESS_OUTAGE, &c), ANSWER_NO);
    h = outage_told();
    h.at[0].state = STATE_MANDATORY; /* it had ended before */
    ASSERT_INT(hold_ask(STRESS_OUTAGE, &c), ANSWER_NOT_APPLICABLE);
}

static void every_scenario_must_hold_something(void)
{
    for (int s = 0; s < STRESS_COUNT; s++) {
        ASSERT(hold_text((enum stress)s)[0] != 0);
        ASSERT(hold_least((enum stress)s) > .8);
        ASSERT(hold_beside((enum stress)s) <= (enum stress)s);
    }
}

/* One grid of a scenario, followed as the table follows it. */
static struct heard logged;

static void hear(void *hearer, const struct exits_market *m,
                 const struct trial *t, const struct evaluation *e)
{
    const struct exits_rules *r = hearer;
    (void)m;
    heard_take(&logged, &r->trial, &t->grid, e);
}

static size_t of_level(enum exit_state level, int64_t until_ms)
{
    size_t n = 0;
    for (size_t i = 0; i < logged.count; i++)
        n += logged.at[i].slot_ms <= until_ms && logged.at[i].state == level &&
             heard_message(&logged.at[i], PHONE_ALONE, level);
    return n;
}

/* The trial counts what its operators are sent until they left, by a memory of
 * its own; the phone that nobody answers gets the same, and the log goes on. */
static void a_phone_gets_what_the_trial_counts(void)
{
    static struct exits_rules r;
    static struct exits_market m;

    exits_rules_init(&r);
    r.policies = false;
    r.widths = 1;
    r.trial.asks_on = true;
    r.from_ms = STRESS_GRID_MS;
    r.until_ms = STRESS_GRID_MS + MS_PER_DAY;
    r.hear = hear;
    r.hearer = &r;
    heard_init(&logged);
    stress_bars(&m.bars[TF_15M], STRESS_EXPLOSION, 5);
    exits_fold(&m);
    exits_follow(&m, &r);
    ASSERT_FATAL(m.count == 1);
    const struct life *l = &m.grids[0].engine[TRIAL_DELAYS - 1]; /* 4 h */
    ASSERT(l->exit_ms != MOMENT_NONE);
    ASSERT(l->alerts[1] > 0);
    for (int i = 0; i < 3; i++)
        ASSERT_INT(of_level((enum exit_state)(STATE_WARNING + i), l->exit_ms),
                   l->alerts[i]);
    ASSERT(logged.at[logged.count - 1].slot_ms > l->exit_ms + MS_PER_DAY);
    exits_market_release(&m);
}

/* --- Without drift -------------------------------------------------------- */

/* A price that doubles in a day ends where it began, and what it did on the
 * way is there. */
static void no_drift_is_left(void)
{
    struct exits_market m = { 0 };

    for (int i = 0; i <= 96; i++) {
        double p = 100 * exp2(i / 96.0);
        struct bar b = { .open_ms = i * MS_PER_SLOT,
                         .open = p,
                         .high = 1.1 * p,
                         .low = .9 * p,
                         .close = p,
                         .volume = 1 };
        study_bars_add(&m.bars[TF_15M], &b);
    }
    exits_neutralise(&m);
    for (int i = 0; i <= 96; i++) {
        ASSERT_NEAR(m.bars[TF_15M].at[i].close, 100, 1e-9);
        ASSERT_NEAR(m.bars[TF_15M].at[i].high, 110, 1e-9);
    }
    ASSERT_NEAR(m.drift * MS_PER_DAY, log(2), 1e-9);
    exits_market_release(&m);
}

/* --- A whole market ------------------------------------------------------- */

static struct exits_market *followed(struct exits_rules *r)
{
    struct exits_market *m = xcalloc(1, sizeof(*m));

    exits_rules_init(r);
    r->frontier = true;
    study_bars_regimes(&m->bars[TF_15M], NULL, 3, 1600);
    exits_fold(m);
    exits_follow(m, r);
    return m;
}

/* All policies met the same grid: what became of the range is one and the same,
 * and so are A* and start. */
static void check_same_grid(const struct exits_grid *g)
{
    for (size_t p = 0; p < POLICY_COUNT; p++) {
        const struct life *l = &g->by[p], *own = &g->engine[EXITS_DELAY];
        if (policies[p].kind == POLICY_PLACEBO)
            continue;
        ASSERT_INT(l->start_ms, own->start_ms);
        ASSERT(l->half_width_atr == own->half_width_atr);
        ASSERT_INT(l->m_ms[LIFE_BOTH], own->m_ms[LIFE_BOTH]);
        ASSERT_INT(l->s_ms[LIFE_BOTH], own->s_ms[LIFE_BOTH]);
        ASSERT(l->activation == own->activation);
        ASSERT_INT(l->delay_ms, 60 * MS_PER_MINUTE);
    }
}

static void all_policies_meet_the_same_grids(void)
{
    static struct exits_rules r;
    struct exits_market *m = followed(&r);
    size_t pi = (size_t)(policy_named("pi") - policies);
    size_t oracle = (size_t)(policy_named("oracle") - policies);
    size_t hold = (size_t)(policy_named("hold") - policies);
    double best = 0, held = 0;

    ASSERT(m->count > 40);
    for (size_t i = 0; i < m->count; i++) {
        const struct exits_grid *g = &m->grids[i];
        check_same_grid(g);
        ASSERT_INT(g->by[0].exit_ms, g->engine[EXITS_DELAY].exit_ms);
        ASSERT_INT(g->by[pi].exit_ms, g->by_limit[5].exit_ms); /* .40 */
        ASSERT_INT(g->by[hold].exit_ms, MOMENT_NONE);
        ASSERT(g->first.told == (life_alert(&g->engine[3]) != MOMENT_NONE));
        best += g->by[oracle].end_equity;
        held += g->by[hold].end_equity;
    }
    ASSERT(best > held);
    exits_market_release(m);
    free(m);
}

/* A grid is not told at its random time when its stop came first, or when the
 * file ends before it. */
static bool could_not_be_told(const struct life *l)
{
    return (l->s_ms[LIFE_BOTH] != MOMENT_NONE && l->exit_ms == MOMENT_NONE) ||
           l->window_end_ms - l->start_ms < 10 * MS_PER_DAY;
}

static void random_times_are_as_many(void)
{
    static struct exits_rules r;
    struct exits x = { followed(&r), 1 }, dealt = { 0 };
    size_t told = 0, by_chance = 0, could_not = 0, moved = 0;

    exits_deal(&x, &r, true, 1, &dealt);
    ASSERT_INT(dealt.markets[0].count, x.markets[0].count);
    for (size_t i = 0; i < x.markets[0].count; i++) {
        const struct life *a = &x.markets[0].grids[i].by[0];
        const struct life *b = &dealt.markets[0].grids[i].by[0];
        told += life_alert(a) != MOMENT_NONE;
        by_chance += life_alert(b) != MOMENT_NONE;
        could_not += life_alert(b) == MOMENT_NONE && could_not_be_told(b);
        moved += a->exit_ms != b->exit_ms;
        ASSERT_INT(a->start_ms, b->start_ms);
    }
    ASSERT(by_chance <= told && by_chance + could_not >= told);
    ASSERT(by_chance > told / 2);
    ASSERT(moved > told / 3);
    exits_take_random(&x, &dealt);
    size_t placebo = (size_t)(policy_named("random") - policies);
    ASSERT_INT(x.markets[0].grids[3].by[placebo].exit_ms,
               dealt.markets[0].grids[3].by[0].exit_ms);
    exits_release(&x);
    exits_release(&dealt);
}

/* --- Dealings ------------------------------------------------------------- */

/* By hand: -1, 1, 3 have mean 1 and s 2; the weeks give 1 -+ 3; 3.92 is
 * 1.96 * 2, so both give 1 -+ sqrt(9 + 15.366) = 1 -+ 4.936. */
static void dealings_widen_the_interval(void)
{
    struct skill_sum s = {
        .count = 3, .value = { -1, 1, 3 }, .lo = 3 * -2.0, .hi = 3 * 4.0
    };
    struct skill_result r = exits_skill_of(&s);

    ASSERT_NEAR(r.mean, 1, 1e-12);
    ASSERT_NEAR(r.apart, 2, 1e-12);
    ASSERT_NEAR(r.lo, 1 - 4.9361, 1e-4);
    ASSERT_NEAR(r.hi, 1 + 4.9361, 1e-4);
    s.count = 1;
    ASSERT(isnan(exits_skill_of(&s).lo)); /* one has no spread */
}

/* --- Cells ---------------------------------------------------------------- */

static void a_cell_says_value_and_interval(void)
{
    struct kpi_result r = { .value = value_real(.8994, 1),
                            .lo = value_real(-.05, 1),
                            .hi = value_real(12.34, 1) };
    char cell[EXITS_CELL];

    ASSERT_STR(exits_cell(&r, cell), ".899 [-.050, 12.3]");
    r.hi = value_none(VALUE_NOT_IDENTIFIED);
    ASSERT_STR(exits_cell(&r, cell), ".899 [-]");
    r.value = value_none(VALUE_UNAVAILABLE);
    ASSERT_STR(exits_cell(&r, cell), "-");
    ASSERT_STR(exits_number(-.0001, cell), ".000");
    ASSERT_STR(exits_number(-1.5, cell), "-1.500");
}

void exits_test(void)
{
    TEST_SUITE("tools/exits");
    TEST(every_bar_is_sound);
    TEST(nothing_happens_before_the_event);
    TEST(each_scenario_does_what_it_says);
    TEST(messages_are_counted_by_level);
    TEST(a_second_message_of_a_crash_is_seen);
    TEST(what_was_before_the_event_is_not_asked_about);
    TEST(two_latest_within_four_hours_are_seen);
    TEST(a_mandatory_without_a_break_is_seen);
    TEST(an_outage_that_is_not_told_is_seen);
    TEST(every_scenario_must_hold_something);
    TEST(a_phone_gets_what_the_trial_counts);
    TEST(dealings_widen_the_interval);
    TEST(no_drift_is_left);
    TEST(all_policies_meet_the_same_grids);
    TEST(random_times_are_as_many);
    TEST(a_cell_says_value_and_interval);
    study_bars_release(&made);
    study_bars_release(&quiet);
}
