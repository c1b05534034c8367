#include "alert/reason.h"

#include <inttypes.h>
#include <string.h>

#include "alert/money.h"
#include "alert/spoken.h"
#include "base/moment.h"

static const struct trigger_result *result(const struct reason *r)
{
    return &r->e->verdict.triggers[r->id];
}

static const char *meaning(const struct reason *r)
{
    const char *words = triggers[r->id].rule[r->e->profile].meaning;
    return words ? words : "";
}

static bool is_told(const struct reason_closes *c, struct reason_close close)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->list[i].ms == close.ms &&
            strcmp(c->list[i].timeframe, close.timeframe) == 0)
            return true;
    }
    return false;
}

/* " (1h close 02:00 UTC)", later " (1h)". */
static void put_close(struct draft *d, const struct reason *r,
                      struct reason_closes *closes)
{
    const struct reason_close close = { triggers[r->id].timeframe,
                                        result(r)->seen_ms };
    if (close.ms == MOMENT_NONE)
        return;
    draft_put(d, " (%s", close.timeframe);
    if (!is_told(closes, close)) {
        draft_put(d, " close ");
        draft_clock_within(d, close.ms);
        if (closes->count < REASON_CLOSES)
            closes->list[closes->count++] = close;
    }
    draft_put(d, ")");
}

static void put_boundary(struct draft *d, const struct reason *r,
                         struct reason_closes *closes)
{
    const struct trigger_result *t = result(r);
    (void)closes;
    draft_put(d, "%" PRId64 " hourly closes in a row %s ", t->hits,
              t->side == SIDE_UP ? "above" : "below");
    draft_number(d, t->limit);
    draft_put(d, ", the last ");
    draft_number(d, t->value.v);
    draft_put(d, " at ");
    draft_clock(d, t->seen_ms);
}

static const char *stop_witness(const struct trigger_result *t)
{
    if (t->evidence == EVIDENCE_TICKER)
        return "ticker";
    return t->side == SIDE_UP ? "15m high" : "15m low";
}

static void put_stop(struct draft *d, const struct reason *r,
                     struct reason_closes *closes)
{
    const struct trigger_result *t = result(r);
    (void)closes;
    if (t->evidence == EVIDENCE_LATCH) {
        draft_put(d, "stop ");
        draft_number(d, t->limit);
        draft_put(d, " was touched at ");
        draft_clock(d, t->seen_ms);
        draft_put(d, " and the grid was not stopped since");
        return;
    }
    draft_put(d, "%s ", stop_witness(t));
    draft_number(d, t->value.v);
    draft_put(d, t->side == SIDE_UP ? " ≥ stop " : " ≤ stop ");
    draft_number(d, t->limit);
    if (t->seen_ms == MOMENT_NONE)
        return;
    if (t->evidence == EVIDENCE_TICKER) {
        draft_put(d, " at ");
        draft_clock(d, t->seen_ms);
        return;
    }
    draft_put(d, " (15m close ");
    draft_clock_within(d, t->seen_ms);
    draft_put(d, ")");
}

/* Two limits on pi that are passed at once share the value and the time. */
static void put_pi(struct draft *d, const struct reason *r,
                   struct reason_closes *closes)
{
    const struct trigger_result *all = r->e->verdict.triggers;
    if (r->id == W_HAZ && all[L_HAZ].answer == ANSWER_YES) {
        draft_put(d, "≥ ");
        draft_number(d, result(r)->limit);
        return;
    }
    const struct spoken s = spoken_of(r->e, r->id);
    spoken_put(d, &s, result(r));
    put_close(d, r, closes);
}

/* It is asked only of a grid that states its capital. */
static void put_equity(struct draft *d, const struct reason *r,
                       struct reason_closes *closes)
{
    struct spoken s = spoken_of(r->e, r->id);
    draft_put(d, "%s by ", meaning(r));
    draft_amount(d, result(r)->value.v * r->grid->capital);
    draft_put(d, " ");
    money_put_quote(d, r->grid);
    draft_put(d, ", ");
    s.name = "that is";
    spoken_put(d, &s, result(r));
    put_close(d, r, closes);
}

static void put_guard(struct draft *d, const struct reason *r,
                      struct reason_closes *closes)
{
    struct spoken s = spoken_of(r->e, r->id);
    draft_put(d, "%s, ", meaning(r));
    spoken_put(d, &s, result(r));
    put_close(d, r, closes);
}

static void put_blind(struct draft *d, const struct reason *r,
                      struct reason_closes *closes)
{
    (void)closes;
    draft_put(d, "price unknown for ");
    draft_number(d, result(r)->value.v);
    draft_put(d, " h, limit ");
    draft_number(d, result(r)->limit);
    draft_put(d, " h, and a break was likely before");
}

/* A label that stays, or pi that does. */
static void put_runs(struct draft *d, const struct reason *r,
                     struct reason_closes *closes)
{
    const struct trigger_result *t = result(r);
    const struct regime *g = &r->e->regime;
    bool hour = g->label_1h == REGIME_TRANSITION && g->run_1h >= t->of;
    bool four = g->label_4h == REGIME_TRANSITION && g->run_4h >= t->of;
    bool label = t->gate != ANSWER_NO && (hour || four);

    if (label)
        draft_put(d, "label TRANSITION for ");
    if (label && hour)
        draft_put(d, "%" PRId32 " closes of 1h", g->run_1h);
    if (label && four)
        draft_put(d, "%s%" PRId32 " closes of 4h", hour ? " and " : "",
                  g->run_4h);
    if (!label)
        draft_put(d, "pi at its gate for %" PRId64 " hourly closes in a row",
                  t->hits);
    put_close(d, r, closes);
    if (label && t->gate == ANSWER_YES)
        draft_put(d, ", pi confirms");
}

static void put_reversion(struct draft *d, const struct reason *r,
                          struct reason_closes *closes)
{
    const struct trigger_result *t = result(r);
    struct spoken s = spoken_of(r->e, r->id);
    draft_put(d, "%s, ", meaning(r));
    spoken_put_value(d, &s, t);
    draft_put(d, " after %" PRId64 " closes, back would be %.2f", t->hits,
              t->limit);
    put_close(d, r, closes);
    if (t->gate == ANSWER_YES)
        draft_put(d, ", pi confirms");
}

static void put_crisis(struct draft *d, const struct reason *r,
                       struct reason_closes *closes)
{
    const struct trigger_result *t = result(r);
    if (t->evidence != EVIDENCE_BAR) {
        draft_put(d, "%s", meaning(r));
        return;
    }
    draft_put(d, "a 15m bar far out of proportion, ");
    draft_against(d, t->value.v, t->limit, 2);
    draft_put(d, " times its limit");
    put_close(d, r, closes);
}

static void put_event(struct draft *d, const struct reason *r,
                      struct reason_closes *closes)
{
    (void)closes;
    draft_put(d, "%s", meaning(r));
}

static void put_signal(struct draft *d, const struct reason *r,
                       struct reason_closes *closes)
{
    const struct spoken s = spoken_of(r->e, r->id);
    (void)closes;
    spoken_put(d, &s, result(r));
    draft_put(d, " (of ");
    draft_clock_within(d, result(r)->seen_ms);
    draft_put(d, ")");
}

/* From the table alone. */
static void put_row(struct draft *d, const struct reason *r,
                    struct reason_closes *closes)
{
    const struct trigger_result *t = result(r);
    const struct spoken s = spoken_of(r->e, r->id);

    /* That a label holds is no matter of numbers. */
    if (r->form == REASON_FULL ||
        (t->evidence == EVIDENCE_LABEL && s.kind != SPOKEN_HALF_LIFE))
        draft_put(d, "%s, ", meaning(r));
    spoken_put(d, &s, t);
    if (r->form == REASON_FULL && t->of > 1)
        draft_put(d, " on %" PRId64 " %s", t->hits,
                  r->id == M_TREND ? "bars of 15m" : "closes");
    put_close(d, r, closes);
    if (t->gate == ANSWER_YES)
        draft_put(d, ", pi confirms");
}

static void (*const own_words[TRIGGER_COUNT])(struct draft *,
                                              const struct reason *,
                                              struct reason_closes *) = {
    [M_BOUNDARY] = put_boundary,
    [M_STOP] = put_stop,
    [M_EQUITY] = put_equity,
    [M_BLIND] = put_blind,
    [L_TRANS] = put_runs,
    [L_Z] = put_reversion,
    [L_HAZ] = put_pi,
    [L_GUARD] = put_guard,
    [L_CRISIS] = put_crisis,
    [W_EVENT] = put_event,
    [W_SIGNAL] = put_signal,
    [W_HAZ] = put_pi,
};

void reason_put(struct draft *d, const struct reason *r,
                struct reason_closes *closes)
{
    draft_put(d, "%s ", triggers[r->id].id);
    (own_words[r->id] ? own_words[r->id] : put_row)(d, r, closes);
    if (result(r)->uncertain)
        draft_put(d, ", but the model's other path says no");
    if (triggers[r->id].raises > r->e->verdict.state &&
        !triggers[r->id].together)
        draft_put(d, ", in shadow");
}
