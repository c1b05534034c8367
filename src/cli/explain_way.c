/* How far the rows that say no are from yes, and those that say yes from no. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "alert/spoken.h"
#include "cli/explain_internal.h"

static const struct trigger_result *result(const struct told *t,
                                           enum trigger_id id)
{
    return &t->e.verdict.triggers[id];
}

static enum exit_state level_above(enum exit_state state)
{
    static const enum exit_state above[STATE_COUNT] = {
        [STATE_UNKNOWN] = STATE_UNKNOWN,   [STATE_NORMAL] = STATE_WARNING,
        [STATE_WARNING] = STATE_LATEST,    [STATE_LATEST] = STATE_MANDATORY,
        [STATE_MANDATORY] = STATE_UNKNOWN,
    };
    return above[state];
}

/* Pi that the row needs besides, or NO_VALUE: none, or not known here. */
static double gate_of(const struct told *t, enum trigger_id id)
{
    const struct exit_config *c = t->x->limits;
    if (!c || result(t, id)->gate == ANSWER_NOT_APPLICABLE)
        return NO_VALUE;
    return id == M_TREND    ? c->m_trend.pi
           : id == M_BLIND  ? c->m_blind.pi
           : id == L_CRISIS ? c->l_crisis.pi
                            : c->gate;
}

static bool is_price(enum trigger_id id)
{
    return id == M_BOUNDARY || id == M_STOP;
}

static bool counts_closes(enum trigger_id id)
{
    return id == M_BOUNDARY || id == L_TRANS || id == L_Z;
}

/* As a share of the limit; of what is missing, the part that is most so. */
static double far_of(const struct told *t, enum trigger_id id)
{
    const struct trigger_result *r = result(t, id);
    double far = fabs(r->distance);
    if (!is_price(id) && r->limit != 0)
        far /= fabs(r->limit);
    if (r->distance <= 0)
        far = 0;
    bool counts = counts_closes(id) ? r->hits > 0 : r->distance <= 0;
    if (counts && r->of > 1)
        far = 1.0 - (double)r->hits / (double)r->of;
    double gate = gate_of(t, id);
    if (r->gate == ANSWER_NO && gate > 0 && value_usable(t->e.hazard.pi))
        far = fmax(far, 1.0 - t->e.hazard.pi.v / gate);
    return far;
}

/* Nothing is on its way in a row without a number, nor where the price is
 * known and only its absence would count. */
static bool is_way(const struct told *t, enum trigger_id id,
                   enum exit_state level)
{
    const struct trigger_result *r = result(t, id);
    if (triggers[id].raises != level || !told_is_active(t, (int)id) ||
        r->answer != ANSWER_NO || isnan(r->distance))
        return false;
    return id != W_EVENT && !(id == M_BLIND && r->value.v == 0);
}

static int nearer(const void *a, const void *b)
{
    const struct way *x = a, *y = b;
    if (x->far != y->far)
        return x->far < y->far ? -1 : 1;
    return (int)x->id - (int)y->id;
}

size_t told_ways(const struct told *t, struct way out[TRIGGER_COUNT])
{
    enum exit_state level = level_above(t->e.verdict.state);
    size_t n = 0;
    for (int i = 0; i < TRIGGER_COUNT && level != STATE_UNKNOWN; i++) {
        enum trigger_id id = (enum trigger_id)i;
        if (is_way(t, id, level))
            out[n++] = (struct way){ id, far_of(t, id) };
    }
    qsort(out, n, sizeof(out[0]), nearer);
    return n;
}

static void put_boundary(const struct trigger_result *r, struct draft *d)
{
    draft_put(d, "%" PRId64 " of %" PRId64 " hourly closes outside; ", r->hits,
              r->of);
    draft_number(d, r->limit);
    draft_put(d, " is %.1f %% from the last one", 100.0 * fabs(r->distance));
}

static void put_stop(const struct trigger_result *r, struct draft *d)
{
    draft_put(d, "stop ");
    draft_number(d, r->limit);
    draft_put(d, " is %.1f %% from ", 100.0 * fabs(r->distance));
    draft_number(d, r->value.v);
    draft_put(d, ", the newest extreme");
}

static void put_runs(const struct trigger_result *r, struct draft *d)
{
    draft_put(d,
              "%" PRId64 " of %" PRId64
              " closes with label TRANSITION or with pi at its gate",
              r->hits, r->of);
}

static void put_reversion(const struct trigger_result *r, struct draft *d)
{
    draft_put(d,
              "z %.2f, out for %" PRId64 " of %" PRId64
              " closes, back would be %.2f",
              r->value.v, r->hits, r->of, r->limit);
}

static bool falls(const struct spoken *s)
{
    return strcmp(s->op, "≤") == 0;
}

static void put_gap(const struct spoken *s, double gap, bool down,
                    struct draft *d)
{
    bool share = s->kind == SPOKEN_SHARE;
    draft_put(d, ": %s%.3g%s", down ? "−" : "+",
              fabs(share ? 100.0 * gap : gap), share ? " %" : "");
}

static const char *what_counts(enum trigger_id id)
{
    return id == M_TREND ? "bars of 15m" : "closes";
}

static void put_number(const struct told *t, enum trigger_id id,
                       struct draft *d)
{
    const struct trigger_result *r = result(t, id);
    const struct spoken s = spoken_of(&t->e, id);
    spoken_put_value(d, &s, r);
    if (r->distance <= 0 && r->of > 1 && r->hits < r->of) {
        draft_put(d, " on %" PRId64 " of %" PRId64 " %s", r->hits, r->of,
                  what_counts(id));
        return;
    }
    draft_put(d, r->distance <= 0 ? ", limit "
                 : *s.op == '>'   ? ", needs more than "
                                  : ", needs ");
    spoken_put_limit(d, &s, r);
    draft_put(d, falls(&s) ? " or less" : "");
    if (r->distance > 0)
        put_gap(&s, r->distance, falls(&s), d);
    if (id == M_TREND || id == L_HL)
        draft_put(d, ", for %" PRId64 " %s", r->of, what_counts(id));
}

static void put_gate(const struct told *t, enum trigger_id id, struct draft *d)
{
    double gate = gate_of(t, id), pi = t->e.hazard.pi.v;
    if (result(t, id)->gate != ANSWER_NO)
        return;
    draft_put(d, "; and pi ");
    if (isnan(gate) || isnan(pi)) {
        draft_put(d, "at its gate");
        return;
    }
    draft_number(d, gate);
    draft_put(d, ": +%.3g", gate - pi);
}

void told_put_way(const struct told *t, enum trigger_id id, struct draft *d)
{
    const struct trigger_result *r = result(t, id);
    draft_put(d, "%s ", triggers[id].id);
    if (id == M_BOUNDARY)
        put_boundary(r, d);
    else if (id == M_STOP)
        put_stop(r, d);
    else if (id == L_TRANS)
        put_runs(r, d);
    else if (id == L_Z)
        put_reversion(r, d);
    else if (id == L_CRISIS)
        draft_put(d, "the newest 15m bar has %.2f of what a crisis needs",
                  r->value.v);
    else
        put_number(t, id, d);
    put_gate(t, id, d);
}

/* Rows whose yes ends by something else than their number. */
static const char *end_words(const struct told *t, enum trigger_id id)
{
    static const char *const words[TRIGGER_COUNT] = {
        [M_BOUNDARY] = "an hourly close is inside the range",
        [M_STOP] = "the grid is stopped or restarted, or its stop is changed",
        [M_BLIND] = "the price is known",
        [L_TRANS] = "the label is another, or pi is off its gate",
        [L_CRISIS] = "4 h after the last such bar",
        [W_TREND] = "the regime is no more TREND",
        [W_EVENT] = "the window is over",
    };
    if (id == M_TREND && result(t, id)->evidence == EVIDENCE_LABEL)
        return words[W_TREND];
    return words[id];
}

/* Where the yes ends: a row with hysteresis has a limit to leave by. */
static double leave_of(const struct told *t, enum trigger_id id)
{
    const struct exit_config *c = t->x->limits;
    if (id == L_HAZ && t->e.verdict.theta.asked)
        return t->e.verdict.theta.limits.leave;
    if (c && id == L_HAZ) /* recorded before the table was */
        return c->l_haz.leave;
    if (c && id == W_HAZ)
        return c->w_haz.leave;
    return result(t, id)->limit;
}

static void put_end_number(const struct told *t, enum trigger_id id,
                           struct draft *d)
{
    struct trigger_result r = *result(t, id);
    const struct spoken s = spoken_of(&t->e, id);
    const char *from = falls(&s)      ? "above "
                       : *s.op == '>' ? "at most "
                                      : "below ";

    r.limit = leave_of(t, id);
    draft_put(d, "%s is %s", s.name, from);
    spoken_put_limit(d, &s, &r);
    if (value_usable(r.value) && !isnan(r.limit))
        put_gap(&s, r.value.v - r.limit, !falls(&s), d);
}

void told_put_end(const struct told *t, enum trigger_id id, struct draft *d)
{
    const char *words = end_words(t, id);
    double gate = gate_of(t, id);
    draft_put(d, "%s until ", triggers[id].id);
    if (words)
        draft_put(d, "%s", words);
    else if (id == L_Z)
        draft_put(d, "z is back at %.2f, now %.2f", result(t, id)->limit,
                  result(t, id)->value.v);
    else
        put_end_number(t, id, d);
    if (id != L_TRANS && id != M_BLIND && !isnan(gate)) {
        draft_put(d, ", or pi is below ");
        draft_number(d, gate);
    }
}
