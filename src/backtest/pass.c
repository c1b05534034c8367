#include "backtest/pass.h"

#include <assert.h>
#include <string.h>

#define EDITION 1 /* recorded bars do not change */

size_t pass_room(const struct pass_rule *rule)
{
    int64_t days = (rule->trial.window_ms + TRIAL_AFTER_MS) / MS_PER_DAY + 2;
    return (size_t)days * rule->width_count + rule->given_count;
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
    if (!t->cannot)
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

static void open_trial(struct pass *p, struct trial_plan *plan)
{
    plan->symbol = p->rule->symbol;
    assert(p->count < pass_room(p->rule));
    trial_open(&p->trials[p->count++], &p->rule->trial, plan);
    p->laid++;
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

static bool is_start(const struct pass *p)
{
    return p->slot_ms % MS_PER_DAY == 0 && p->slot_ms >= p->rule->from_ms &&
           p->slot_ms < p->rule->until_ms && p->slot_ms < p->end_ms;
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
        if (trial_is_over(&p->trials[i], p->slot_ms))
            retire(p, i);
    }
    if (p->rule->given)
        lay_given(p);
    else if (is_start(p))
        lay(p);
    p->slot_ms += MS_PER_SLOT;
    return p->slot_ms <= p->end_ms;
}

void pass_end(struct pass *p)
{
    while (p->count > 0)
        retire(p, p->count - 1);
}
