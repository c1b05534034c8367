/* An intent: what is sent, how loudly, and under which name it is known. */
#include <stdio.h>
#include <string.h>

#include "alert/alert.h"
#include "alert/body.h"
#include "base/hash.h"
#include "base/moment.h"

/* What the title says in front of the state. */
static const char *title_prefix(const struct evaluation *e,
                                const struct grid *g, enum alert_reason reason)
{
    if (reason == ALERT_RESOLVED)
        return "Resolved: ";
    if (reason == ALERT_SIGHTED)
        return "Known again: ";
    if (e->verdict.state < STATE_LATEST || !evaluation_is_riskless(e, g))
        return "";
    return evaluation_is_broken(e) ? "Idle: " : "No hurry: ";
}

static void make_title(const struct evaluation *e, const struct grid *g,
                       enum alert_reason reason, struct intent *out)
{
    const char *side = e->side == SIDE_DOWN ? " ↓"
                       : e->side == SIDE_UP ? " ↑"
                                            : "";
    snprintf(out->title, sizeof(out->title), "%s%s%s %s (%s)",
             title_prefix(e, g, reason), exit_state_name(e->verdict.state),
             e->verdict.state >= STATE_WARNING ? side : "", e->grid, e->symbol);
}

static int64_t priority_of(const struct evaluation *e, const struct grid *g,
                           enum alert_reason reason)
{
    static const int64_t by_state[STATE_COUNT] = {
        [STATE_UNKNOWN] = 0, [STATE_NORMAL] = -1,   [STATE_WARNING] = 0,
        [STATE_LATEST] = 1,  [STATE_MANDATORY] = 2,
    };
    if (reason == ALERT_SIGHTED)
        return -1;
    int64_t priority = by_state[e->verdict.state];
    return priority > 0 && evaluation_is_riskless(e, g) ? 0 : priority;
}

void intent_stamp(int64_t ms, char out[INTENT_STAMP])
{
    struct civil c = moment_civil(ms);
    snprintf(out, INTENT_STAMP, "%04u%02u%02uT%02u%02u",
             (unsigned)c.year % 10000, (unsigned)c.month % 100,
             (unsigned)c.day % 100, (unsigned)c.hour % 100,
             (unsigned)c.minute % 100);
}

static void make_id(struct intent *out)
{
    char stamp[INTENT_STAMP];
    const char *reason = alert_reason_name(out->reason);
    uint32_t h = hash_feed(HASH_START, out->grid, strlen(out->grid) + 1);
    h = hash_feed(h, reason, strlen(reason));
    intent_stamp(out->slot_ms, stamp);
    snprintf(out->id, sizeof(out->id), "%s-%08x", stamp, (unsigned)h);
}

void intent_make(const struct evaluation *e, const struct grid *grid,
                 const struct position *position, enum alert_reason reason,
                 const struct alert_config *config, struct intent *out)
{
    char stamp[INTENT_STAMP];
    *out = (struct intent){ 0 };

    snprintf(out->grid, sizeof(out->grid), "%s", e->grid);
    snprintf(out->symbol, sizeof(out->symbol), "%s", e->symbol);
    out->slot_ms = e->slot_ms;
    out->reason = reason;
    out->state = e->verdict.state;
    make_id(out);
    out->priority = priority_of(e, grid, reason);
    if (out->priority == 2) {
        out->retry_s = config->siren_retry_s;
        out->expire_s = config->siren_expire_s;
    }
    intent_stamp(e->verdict.episode_ms == MOMENT_NONE ? e->slot_ms
                                                      : e->verdict.episode_ms,
                 stamp);
    snprintf(out->tag, sizeof(out->tag), "%s-%s", out->grid, stamp);
    make_title(e, grid, reason, out);
    body_write(e, grid, position, config, out);
}

const char *delivery_outcome_name(enum delivery_outcome outcome)
{
    static const char *const names[] = { "accepted", "refused", "superseded" };
    return names[outcome];
}
