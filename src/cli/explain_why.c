/* Why the state is what it is. */
#include <inttypes.h>

#include "alert/body.h"
#include "alert/reason.h"
#include "alert/spoken.h"
#include "alert/why.h"
#include "base/moment.h"
#include "cli/explain_internal.h"

/* ", passed by 0.052", in percent for prices and shares. */
static void put_passed(const struct told *t, enum trigger_id id,
                       struct draft *d)
{
    const struct trigger_result *r = &t->e.verdict.triggers[id];
    const struct spoken s = spoken_of(&t->e, id);
    if (r->evidence != EVIDENCE_BAR && r->evidence != EVIDENCE_TICKER)
        return;
    if (isnan(r->distance) || isnan(r->limit) || r->limit == 0)
        return;
    draft_put(d, ", passed by ");
    if (id == M_BOUNDARY || id == M_STOP)
        draft_put(d, "%.1f %%", 100.0 * (1.0 - exp(r->distance)));
    else if (s.kind == SPOKEN_SHARE)
        draft_put(d, "%.1f %%", -100.0 * r->distance);
    else
        draft_put(d, "%.3g", -r->distance);
}

static void put_since(const struct told *t, enum trigger_id id, struct draft *d)
{
    if (t->e.verdict.triggers[id].evidence == EVIDENCE_LATCH)
        return; /* it tells when itself */
    if (!t->state_now || t->x->state->exit.triggers[id].since_ms == MOMENT_NONE)
        return;
    draft_put(d, ", since ");
    draft_clock(d, t->x->state->exit.triggers[id].since_ms);
}

static void put_row(const struct told *t, enum trigger_id id, struct page *p,
                    struct reason_closes *closes)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    const struct reason r = { &t->e, t->x->grid, id, REASON_SHORT };
    reason_put(d, &r, closes);
    put_passed(t, id, d);
    put_since(t, id, d);
    page_put(p, text.text);
}

static bool is_reason(const struct told *t, int id, bool together)
{
    return t->e.verdict.triggers[id].answer == ANSWER_YES &&
           triggers[id].together == together && told_is_active(t, id);
}

static void put_warnings(const struct told *t, struct page *p,
                         struct reason_closes *closes)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    int count = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        const struct reason r = { &t->e, t->x->grid, (enum trigger_id)i,
                                  REASON_SHORT };
        if (!is_reason(t, i, true))
            continue;
        if (!count++)
            warnings_put(d, &t->e);
        draft_put(d, count == 1 ? ": " : ", ");
        reason_put(d, &r, closes);
    }
    page_put(p, text.text);
}

/* What says yes but was not allowed to raise anything. */
static void put_shadow(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    int count = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (t->e.verdict.triggers[i].answer == ANSWER_YES &&
            !told_is_active(t, i))
            draft_put(d, "%s%s",
                      count++ ? ", " : "yes, but in shadow: ", triggers[i].id);
    }
    page_put(p, text.text);
}

static void put_held(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    if (!t->e.verdict.held)
        return;
    draft_put(d, "held: no M row says yes now, but hourly closes in a row "
                 "without any are still missing");
    page_put(p, text.text);
}

static void put_unknown(const struct told *t, struct page *p)
{
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);
    if (t->e.verdict.data_known)
        return;
    draft_put(d, "not known: ");
    evaluation_put_cause(d, &t->e);
    page_put(p, text.text);
}

void explain_why(const struct told *t, struct page *p)
{
    struct reason_closes closes = { 0 };
    put_unknown(t, p);
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (is_reason(t, i, false))
            put_row(t, (enum trigger_id)i, p, &closes);
    }
    put_warnings(t, p, &closes);
    put_held(t, p);
    put_shadow(t, p);
    if (t->e.boundary_pending)
        page_put(p, "pending: the last two 15m closes are outside the range");
    if (page_is_empty(p))
        page_put(p, "no trigger says yes");
}
