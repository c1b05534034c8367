/* The verdict of a slot, and what the operators are told by it. */
#include "backtest/trial.h"
#include "backtest/trial_internal.h"
#include "base/array.h"

bool trial_asks(const struct trial *t, int64_t slot_ms)
{
    if (!t->begun || t->cannot || !trial_in_window(t, slot_ms))
        return false;
    if (t->asks_on)
        return true;
    if (t->course.s_ms[LIFE_BOTH] != MOMENT_NONE)
        return slot_ms - t->course.s_ms[LIFE_BOTH] <= MS_PER_SLOT;
    for (size_t i = 0; i < t->life_count; i++)
        if (!t->lives[i].over)
            return true;
    return false;
}

static struct position position_of(const struct trial *t,
                                   const struct snapshot *now)
{
    const struct bot *b = &t->bot;
    struct value close = value_real(now->view->close, 1);

    if (b->shadow.stopped)
        return position_none("the stop was touched");
    if (value_usable(close) && now->view->price_cause != PRICE_KNOWN)
        close.status = VALUE_STALE;
    return position_from_shadow(&b->books, close, "simulated");
}

enum life_reason trial_reason(const struct evaluation *e,
                              const enum trigger_mode mode[TRIGGER_COUNT])
{
    static const enum trigger_id transitions[] = { L_HAZ, L_TRANS, L_HL, L_VER,
                                                   L_Z };
    const struct trigger_result *rows = e->verdict.triggers;

    if (e->verdict.state == STATE_MANDATORY)
        return LIFE_MANDATORY;
    for (size_t i = 0; i < ARRAY_LEN(transitions); i++)
        if (rows[transitions[i]].answer == ANSWER_YES &&
            mode[transitions[i]] == TRIGGER_ACTIVE)
            return LIFE_TRANSITION;
    return rows[L_GUARD].answer == ANSWER_YES && mode[L_GUARD] == TRIGGER_ACTIVE
               ? LIFE_GUARD
               : LIFE_OTHER;
}

static void first(int64_t *at_ms, int64_t ms)
{
    if (*at_ms == MOMENT_NONE)
        *at_ms = ms;
}

void trial_heed(struct life *l, const struct trial_word *w)
{
    if (w->state >= STATE_LATEST && life_alert(l) == MOMENT_NONE) {
        l->reason = w->reason;
        l->alert_down = w->side == SIDE_DOWN;
    }
    if (w->state >= STATE_WARNING)
        first(&l->first_warning_ms, w->slot_ms);
    if (w->state >= STATE_LATEST)
        first(&l->first_latest_ms, w->slot_ms);
    if (w->state != STATE_MANDATORY || l->first_mandatory_ms != MOMENT_NONE)
        return;
    l->first_mandatory_ms = w->slot_ms;
    l->mandatory_down = w->side == SIDE_DOWN;
}

static void hear(const struct trial *t, struct trial_life *l,
                 const struct trial_word *w)
{
    bool begins = w->state == STATE_MANDATORY && l->before != STATE_MANDATORY;
    bool stopped_now = t->bot.shadow.stopped; /* then this is the last slot */

    if (w->state != STATE_UNKNOWN)
        l->before = w->state;
    if (l->over && !(stopped_now && l->life.exit_ms == MOMENT_NONE))
        return;
    trial_heed(&l->life, w);
    if (w->message >= 0)
        l->life.alerts[w->message]++;
    if (!begins || l->over) /* what the stop ended cannot be left */
        return;
    l->life.mandatory++;
    l->mandatory_ms = w->slot_ms;
}

void trial_hear(struct trial *t, size_t group, const struct trial_word *w)
{
    for (size_t i = 0; i < t->operators; i++)
        hear(t, &t->lives[group * t->operators + i], w);
}

/* Which of the three counts a message belongs to, or -1. */
static int message_of(struct trial *t, const struct trial_rule *rule,
                      const struct position *position,
                      const struct evaluation *e)
{
    const struct alert_now now = {
        .e = e,
        .grid = &t->grid,
        .position = position,
        .config = rule->alerts,
        .mode = rule->exits->mode,
        .hush = alert_hush_of(&t->grid, rule->exits->shadow, e->slot_ms),
        .acknowledged_ms = MOMENT_NONE,
        .siren = SIREN_NOT_ASKED,
        .was_idle = alert_was_idle(&t->told, e),
    };
    enum alert_reason reason = alert_decide(&t->told, &now, &t->told);

    if (!alert_reason_sends(reason) || e->verdict.state < STATE_WARNING)
        return -1;
    return (int)e->verdict.state - (int)STATE_WARNING;
}

void trial_ask(struct trial *t, const struct trial_rule *rule,
               const struct snapshot *now, struct evaluation *out)
{
    const struct outside outside = outside_none();
    const struct position position = position_of(t, now);
    const struct evaluate_inputs in = { .now = now,
                                        .grid = &t->grid,
                                        .position = &position,
                                        .outside = &outside,
                                        .memory = &t->memory,
                                        .config = rule->exits,
                                        .gates = rule->gates };
    evaluate(&in, out, &t->memory);
    const struct trial_word word = {
        .slot_ms = out->slot_ms,
        .state = out->verdict.state,
        .side = out->side,
        .reason = trial_reason(out, rule->exits->mode),
        .message = message_of(t, rule, &position, out),
    };
    trial_hear(t, 0, &word);
}
