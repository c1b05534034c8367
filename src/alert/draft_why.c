#include <inttypes.h>

#include "alert/draft.h"
#include "base/moment.h"

static void put_boundary(struct draft *d, const struct trigger_result *r)
{
    draft_put(d, "%" PRId64 " hourly closes in a row %s ", r->hits,
              r->side == SIDE_UP ? "above" : "below");
    draft_number(d, r->limit);
    draft_put(d, ", the last ");
    draft_number(d, r->value.v);
    draft_put(d, " at ");
    draft_clock(d, r->seen_ms);
}

static const char *stop_witness(const struct trigger_result *r)
{
    if (r->evidence == EVIDENCE_TICKER)
        return "ticker";
    return r->side == SIDE_UP ? "15m high" : "15m low";
}

static void put_stop(struct draft *d, const struct trigger_result *r)
{
    if (r->evidence == EVIDENCE_LATCH) {
        draft_put(d, "stop ");
        draft_number(d, r->limit);
        draft_put(d, " was touched at ");
        draft_clock(d, r->seen_ms);
        draft_put(d, " and the grid was not stopped since");
        return;
    }
    draft_put(d, "%s ", stop_witness(r));
    draft_number(d, r->value.v);
    draft_put(d, r->side == SIDE_UP ? " ≥ stop " : " ≤ stop ");
    draft_number(d, r->limit);
    if (r->seen_ms == MOMENT_NONE)
        return;
    draft_put(d, r->evidence == EVIDENCE_TICKER ? " at " : " (15m close ");
    draft_clock(d, r->seen_ms);
    draft_put(d, r->evidence == EVIDENCE_TICKER ? "" : ")");
}

/* Two limits on pi that are passed at once share the value and the time. */
static void put_pi(struct draft *d, const struct trigger_result *r, bool again)
{
    if (!again)
        draft_put(d, "pi %.3f ", r->value.v);
    draft_put(d, "≥ ");
    draft_number(d, r->limit);
    if (again)
        return;
    draft_put(d, " (15m close ");
    draft_clock(d, r->seen_ms);
    draft_put(d, ")");
}

static void put_reason(struct draft *d, int id,
                       const struct trigger_result *all)
{
    draft_put(d, "%s ", triggers[id].id);
    if (id == M_BOUNDARY)
        put_boundary(d, &all[id]);
    else if (id == M_STOP)
        put_stop(d, &all[id]);
    else
        put_pi(d, &all[id], id == W_HAZ && all[L_HAZ].answer == ANSWER_YES);
}

void draft_why(struct draft *d, const struct verdict *v)
{
    const char *between = "Why: ";
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (v->triggers[i].answer != ANSWER_YES)
            continue;
        draft_put(d, "%s", between);
        put_reason(d, i, v->triggers);
        between = "; ";
    }
    if (v->held)
        draft_put(
            d,
            "%sMANDATORY_EXIT is held until hourly closes in a row are free "
            "of its cause",
            between);
    if (*between == ';' || v->held)
        draft_put(d, ".\n");
}
