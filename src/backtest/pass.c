#include "backtest/pass.h"

#include <assert.h>
#include <string.h>

#define EDITION 1 /* recorded bars do not change */

size_t pass_room(const struct pass_rule *rule)
{
    size_t days =
        (size_t)((rule->trial.window_ms + TRIAL_AFTER_MS) / MS_PER_DAY + 2);
    size_t lines = rule->width_count;

    if (rule->design == PASS_LIFECYCLE)
        lines *= TRIAL_DELAYS * lifecycle_most_a_day(rule->trial.gates);
    return days * lines + rule->given_count;
}

void pass_begin(struct pass *p, const struct pass_rule *rule,
                const struct series series[TF_COUNT], struct trial *trials)
{
    const struct series *fifteen = &series[TF_15M];

    assert(fifteen->count > 0);
    memset(p, 0, sizeof(*p));
    measure_work_init(&p->work);
    p->rule = rule;
    p->trials = trials;
    for (int i = 0; i < TF_COUNT; i++)
        p->series[i] = series[i];
    p->slot_ms = bar_close_ms(&fifteen->bars[0], TF_15M);
    p->end_ms = bar_close_ms(&fifteen->bars[fifteen->count - 1], TF_15M);
}

void pass_skip(struct pass *p, int64_t slot_ms)
{
    slot_ms = moment_floor(slot_ms, MS_PER_SLOT);
    if (p->slot_ms < slot_ms)
        p->slot_ms = slot_ms;
}

/* The bar that closed in this very slot, or NULL. */
static const struct bar *closed(struct pass *p, enum timeframe tf)
{
    const struct series *s = &p->series[tf];
    const struct bar *newest = NULL;

    for (; p->next[tf] < s->count; p->next[tf]++) {
        const struct bar *b = &s->bars[p->next[tf]];
        if (bar_close_ms(b, tf) > p->slot_ms)
            break;
        newest = b;
    }
    return newest && bar_close_ms(newest, tf) == p->slot_ms ? newest : NULL;
}

/* The place of the last is taken: their order does not matter to them, but it
 * is the same every time. */
static void retire(struct pass *p, size_t i)
{
    struct trial *t = &p->trials[i];

    trial_end(t, p->end_ms);
    if (t->cannot)
        p->cannot++;
    else
        p->rule->keep(p->rule->keeper, t);
    if (i != --p->count)
        memcpy(t, &p->trials[p->count], sizeof(*t));
}

static void follow(struct pass *p, struct trial *t, const struct bar *fifteen,
                   const struct bar *hour)
{
    const struct trial_rule *rule = &p->rule->trial;

    if (fifteen)
        trial_bar(t, rule, fifteen);
    if (hour)
        trial_hour(t, hour);
    trial_look(t, &p->now);
    if (!trial_asks(t, p->slot_ms))
        return;
    trial_ask(t, rule, &p->now, &p->verdict);
    if (p->rule->see)
        p->rule->see(p->rule->keeper, t, &p->verdict);
}

/* The next place, for this plan. */
static struct trial *take_place(struct pass *p, struct trial_plan *plan)
{
    plan->symbol = p->rule->symbol;
    assert(p->count < pass_room(p->rule));
    p->laid++;
    return &p->trials[p->count++];
}

static void open_trial(struct pass *p, struct trial_plan *plan)
{
    struct trial *t = take_place(p, plan);
    trial_open(t, &p->rule->trial, plan);
}

static void lay_given(struct pass *p)
{
    struct trial_plan plan;

    for (size_t i = 0; i < p->rule->given_count; i++) {
        const struct grid *g = &p->rule->given[i];
        if (moment_floor(grid_life_ms(g), MS_PER_SLOT) != p->slot_ms)
            continue;
        cohort_adopt(g, &p->now, &plan);
        open_trial(p, &plan);
    }
}

static void lay(struct pass *p)
{
    struct cohort_rule rule = p->rule->cohort;
    struct trial_plan plan;

    for (size_t i = 0; i < p->rule->width_count; i++) {
        rule.width = p->rule->width[i];
        if (!cohort_lay(&rule, &p->now, &plan)) {
            p->passed_over++;
            continue;
        }
        open_trial(p, &plan);
    }
}

/* The operators of this width who are FLAT begin a grid if the gates let
 * them, which are the same for all of them. */
static void lay_where_flat(struct pass *p, size_t width,
                           struct trial_plan *plan)
{
    struct lifecycle *of_width = &p->lifecycle[width * TRIAL_DELAYS];
    enum answer open = ANSWER_UNKNOWN; /* not asked yet */

    for (size_t i = 0; i < TRIAL_DELAYS; i++) {
        struct lifecycle *l = &of_width[i];
        p->asked_slots++;
        p->open_slots += l->open;
        if (l->open || p->slot_ms < l->flat_ms)
            continue;
        if (open == ANSWER_UNKNOWN)
            open = lifecycle_gates_open(&p->rule->trial, &p->now, plan)
                       ? ANSWER_YES
                       : ANSWER_NO;
        if (open == ANSWER_NO)
            continue;
        lifecycle_open(l, p->slot_ms);
        plan->lifecycle = width * TRIAL_DELAYS + i;
        struct trial *t = take_place(p, plan);
        trial_open_one(t, &p->rule->trial, plan, i);
    }
}

static void lay_by_gates(struct pass *p)
{
    struct cohort_rule rule = p->rule->cohort;
    struct trial_plan plan;

    for (size_t i = 0; i < p->rule->width_count; i++) {
        rule.width = p->rule->width[i];
        if (cohort_lay(&rule, &p->now, &plan))
            lay_where_flat(p, i, &plan);
        else
            p->passed_over++;
    }
}

static bool may_start(const struct pass *p)
{
    return p->slot_ms >= p->rule->from_ms && p->slot_ms < p->rule->until_ms &&
           p->slot_ms < p->end_ms;
}

static void lay_all(struct pass *p)
{
    switch (p->rule->design) {
    case PASS_GIVEN:
        lay_given(p);
        break;
    case PASS_COHORT:
        if (may_start(p) && p->slot_ms % MS_PER_DAY == 0)
            lay(p);
        break;
    case PASS_LIFECYCLE:
        if (may_start(p))
            lay_by_gates(p);
        break;
    }
}

/* A trial whose operator has left is followed on; the next grid need not wait.
 */
static void follow_lifecycle(struct pass *p, const struct trial *t)
{
    if (p->rule->design == PASS_LIFECYCLE)
        lifecycle_follow(&p->lifecycle[t->lifecycle], t, p->rule->trial.gates,
                         p->slot_ms);
}

bool pass_step(struct pass *p)
{
    const struct market_facts facts = { MARKET_OPEN, false, false, NO_VALUE,
                                        MOMENT_NONE };
    const struct bar *fifteen = closed(p, TF_15M), *hour = closed(p, TF_1H);

    market_view_advance(p->series, p->slot_ms, &facts, EDITION, &p->view);
    snapshot_take(&p->view, &p->work, &p->now);
    for (size_t i = p->count; i-- > 0;) {
        follow(p, &p->trials[i], fifteen, hour);
        follow_lifecycle(p, &p->trials[i]);
        if (trial_is_over(&p->trials[i], p->slot_ms))
            retire(p, i);
    }
    lay_all(p);
    p->slot_ms += MS_PER_SLOT;
    return p->slot_ms <= p->end_ms;
}

void pass_end(struct pass *p)
{
    while (p->count > 0)
        retire(p, p->count - 1);
}
