#include "exit/exit_state.h"

#include "base/moment.h"
#include "exit/trigger_internal.h"

static bool is_mandatory(int id)
{
    return triggers[id].raises == STATE_MANDATORY;
}

static bool may_raise(const struct exit_config *config, int id)
{
    return !config->shadow && config->mode[id] == TRIGGER_ACTIVE;
}

static enum exit_state worst_yes(const struct trigger_result *results,
                                 const struct exit_config *config)
{
    enum exit_state worst = STATE_NORMAL;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (results[i].answer == ANSWER_YES && may_raise(config, i) &&
            !triggers[i].together && triggers[i].raises > worst)
            worst = triggers[i].raises;
    }
    return worst;
}

/* Flat and not identified are answers, not ignorance. */
static bool is_unknown(struct value x)
{
    return !value_usable(x) && value_missing_answer(x) == ANSWER_UNKNOWN;
}

/* What a state cannot be concluded without. */
static bool inputs_are_known(const struct trigger_inputs *in,
                             const struct trigger_result *results)
{
    return in->view->price_cause == PRICE_KNOWN &&
           results[M_BOUNDARY].answer != ANSWER_UNKNOWN &&
           !is_unknown(in->hazard->pi) && !is_unknown(in->regime->q);
}

static enum answer enough(int64_t yes, int64_t unknown, int64_t needed)
{
    if (yes >= needed)
        return ANSWER_YES;
    return yes + unknown >= needed ? ANSWER_UNKNOWN : ANSWER_NO;
}

/* The warnings that count together. A slot without a new bar, and one on which
 * it cannot be known, leave the count as it was. Rows that only watch do not
 * count. */
static struct together count_together(const struct trigger_inputs *in,
                                      const struct trigger_result *results)
{
    const struct exit_config *config = in->config;
    int64_t held = config->profile == PROFILE_SEED ? 1 : config->warning.held;
    struct together t = { .held = in->memory->counts.warnings };

    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (!triggers[i].together || !may_raise(config, i))
            continue;
        t.yes += results[i].answer == ANSWER_YES;
        t.unknown += results[i].answer == ANSWER_UNKNOWN;
    }
    enum answer now = enough(t.yes, t.unknown, config->warning.needed);
    if (now == ANSWER_NO)
        t.held = 0;
    else if (now == ANSWER_YES && new_bar(in))
        t.held++;
    /* A count of one is a count of none: it needs no bar of its own. */
    bool too_short = held > 1 && t.held < held;
    t.answer = now == ANSWER_YES && too_short ? ANSWER_NO : now;
    return t;
}

/* Counts the 1h closes on which every M row answered no: a yes starts again,
 * an unknown leaves the count as it was. */
static int64_t count_clear(const struct trigger_inputs *in,
                           const struct trigger_result *results)
{
    bool unknown = !market_closed_in_slot(in->view, TF_1H);
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (!is_mandatory(i) || !may_raise(in->config, i))
            continue;
        if (results[i].answer == ANSWER_YES)
            return 0;
        unknown |= results[i].answer == ANSWER_UNKNOWN;
    }
    return in->memory->clear_closes + (unknown ? 0 : 1);
}

static void remember_trigger(struct trigger_memory *t, enum answer answer,
                             int64_t slot_ms)
{
    bool active = answer == ANSWER_YES;
    if (answer == ANSWER_UNKNOWN)
        return;
    if (active != t->active)
        t->since_ms = active ? slot_ms : MOMENT_NONE;
    t->active = active;
}

static void remember_triggers(const struct trigger_inputs *in,
                              const struct trigger_result *results,
                              struct exit_memory *next)
{
    for (int i = 0; i < TRIGGER_COUNT; i++)
        remember_trigger(&next->triggers[i], results[i].answer,
                         in->view->slot_ms);
}

static void latch_stop(const struct trigger_result *stop,
                       const struct grid *grid, int64_t at_ms,
                       struct exit_memory *next)
{
    next->latch = (struct stop_latch){
        stop->side,
        at_ms,
        stop->limit,
        grid_stop_set_ms(grid),
    };
}

static void remember_stop(const struct trigger_inputs *in,
                          const struct trigger_result *stop,
                          struct exit_memory *next)
{
    bool touched =
        stop->evidence == EVIDENCE_BAR || stop->evidence == EVIDENCE_TICKER;
    if (touched)
        latch_stop(stop, in->grid, in->view->slot_ms, next);
    else if (stop->evidence != EVIDENCE_LATCH)
        next->latch = exit_memory_new().latch;
    if (in->view->close_ms > next->scanned_ms)
        next->scanned_ms = in->view->close_ms;
}

/* `at_ms` is the slot, or the look after it. */
static void remember_state(int64_t slot_ms, int64_t at_ms,
                           enum exit_state state, struct exit_memory *next)
{
    if (state == STATE_UNKNOWN) {
        if (next->unknown_since_ms == MOMENT_NONE)
            next->unknown_since_ms = slot_ms;
        return;
    }
    next->unknown_since_ms = MOMENT_NONE;
    if (state != next->known)
        next->since_ms = at_ms;
    next->known = state;
    if (state == STATE_NORMAL)
        next->episode_ms = MOMENT_NONE;
    else if (next->episode_ms == MOMENT_NONE)
        next->episode_ms = slot_ms;
}

static enum exit_state state_of(const struct exit_memory *m)
{
    return m->unknown_since_ms == MOMENT_NONE ? m->known : STATE_UNKNOWN;
}

/* What the verdict says of time, once `next` is as it will be. */
static void tell_history(const struct exit_memory *before,
                         const struct exit_memory *next, struct verdict *v)
{
    v->previous = state_of(before);
    v->known = next->known;
    v->since_ms =
        v->state == STATE_UNKNOWN ? next->unknown_since_ms : next->since_ms;
    v->episode_ms = next->episode_ms;
}

/* What is known at this slot whatever the state: it is not counted. */
static void remember_facts(const struct trigger_inputs *in,
                           struct exit_memory *next)
{
    next->slot_ms = in->view->slot_ms;
    next->blind_ms = in->memory->blind_ms;
    next->baseline = in->memory->baseline;
    next->atr_entry = in->memory->atr_entry;
    if (value_usable(in->hazard->pi))
        next->last_pi = in->hazard->pi.v;
    if (in->crisis->answer == ANSWER_YES)
        next->crisis_ms = in->view->slot_ms;
}

static void remember_counts(const struct trigger_inputs *in,
                            const struct verdict *v, struct exit_memory *next)
{
    next->counts = in->memory->counts;
    next->counts.warnings = v->together.held;
    remember_triggers(in, v->triggers, next);
}

static enum exit_state conclude(const struct trigger_inputs *in,
                                const struct verdict *v)
{
    enum exit_state state = worst_yes(v->triggers, in->config);
    bool warns = v->together.answer == ANSWER_YES && !in->config->shadow;
    if (warns && state < STATE_WARNING)
        state = STATE_WARNING;
    return state == STATE_NORMAL && !v->data_known ? STATE_UNKNOWN : state;
}

void exit_state_step(const struct trigger_inputs *inputs, struct verdict *out,
                     struct exit_memory *next)
{
    const struct exit_memory before = *inputs->memory;
    bool was_mandatory = before.known == STATE_MANDATORY;
    struct exit_memory at = before;
    struct trigger_inputs in = *inputs;

    in.theta = theta_of(in.config, in.grid, triggers_atr_entry(&in, &before),
                        in.hazard->model);
    out->theta = in.theta;
    triggers_count(&in, &at);
    in.memory = &at;
    triggers_ask(&in, out->triggers);
    triggers_literal(&in, out->literal);
    out->together = count_together(&in, out->triggers);
    out->data_known = inputs_are_known(&in, out->triggers);
    out->state = conclude(&in, out);
    bool concluded = out->state != STATE_UNKNOWN;

    *next = before;
    next->clear_closes = was_mandatory ? count_clear(&in, out->triggers) : 0;
    out->held = was_mandatory && out->state != STATE_MANDATORY &&
                next->clear_closes < in.config->release_closes;
    if (out->held)
        out->state = STATE_MANDATORY;

    remember_facts(&in, next);
    /* UNKNOWN leaves counters and hysteresis as they were, held or not. */
    if (concluded)
        remember_counts(&in, out, next);
    remember_stop(&in, &out->triggers[M_STOP], next);
    remember_state(in.view->slot_ms, in.view->slot_ms, out->state, next);
    tell_history(&before, next, out);
}

static int64_t touched_ms(const struct exit_look *in)
{
    int64_t seen_ms = in->stop->seen_ms;
    return seen_ms == MOMENT_NONE || seen_ms > in->at_ms ? in->at_ms : seen_ms;
}

void exit_state_look(const struct exit_look *in, struct verdict *out,
                     struct exit_memory *next)
{
    const struct exit_memory before = *in->memory;

    *out = *in->slot;
    out->triggers[M_STOP] = *in->stop;
    out->literal[M_STOP] = in->stop->answer == ANSWER_YES;
    out->state = state_of(&before);
    enum exit_state worst = worst_yes(out->triggers, in->config);
    /* No yes that raises is no knowledge: UNKNOWN stays. */
    if (worst > STATE_NORMAL && worst > out->state)
        out->state = worst;
    *next = before;
    if (may_raise(in->config, M_STOP))
        next->clear_closes = 0;
    remember_trigger(&next->triggers[M_STOP], in->stop->answer, in->at_ms);
    latch_stop(in->stop, in->grid, touched_ms(in), next);
    remember_state(before.slot_ms, in->at_ms, out->state, next);
    tell_history(&before, next, out);
}
