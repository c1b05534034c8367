/* An intent: what is sent, how loudly, and under which name it is known. */
#include <stdio.h>
#include <string.h>

#include "alert/alert.h"
#include "alert/body.h"
#include "alert/next.h"
#include "base/hash.h"
#include "base/moment.h"

/* What the title says in front of the state. */
static const char *const begins[ALERT_REASON_COUNT] = {
    [ALERT_RANGE_BACK] = "Range is back: ",
    [ALERT_LEFT] = "Left? ",
    [ALERT_RESOLVED] = "Resolved: ",
    [ALERT_BETTER] = "Better: ",
    [ALERT_GRAVER] = "Graver: ",
    [ALERT_UNHEARD] = "Unanswered: ",
    [ALERT_ASKED] = "Stopped? ",
    [ALERT_ESCALATED] = "Unresolved: ",
    [ALERT_SIGHTED] = "Known again: ",
    [ALERT_RETURNED] = "Not left: ",
    [ALERT_SIDE] = "Other side: ",
    [ALERT_CAUSE] = "One more reason: ",
    [ALERT_STALE_SIREN] = "No price: ",
    [ALERT_STALE] = "No price: ",
    [ALERT_ALOUD] = "Still: ",
    [ALERT_REPEAT] = "Still: ",
    [ALERT_SECOND] = "Not acknowledged: ",
};

static const char *idle_prefix(const struct alert_now *now,
                               enum alert_reason reason)
{
    const struct evaluation *e = now->e;
    if (reason == ALERT_SIGHTED || e->verdict.state < STATE_LATEST ||
        !evaluation_is_riskless(e, now->grid, now->was_idle))
        return "";
    return evaluation_is_broken(e) ? "Idle: " : "No hurry: ";
}

static void make_title(const struct alert_now *now, enum alert_reason reason,
                       struct intent *out)
{
    const struct evaluation *e = now->e;
    const char *side = e->side == SIDE_DOWN ? " ↓"
                       : e->side == SIDE_UP ? " ↑"
                                            : "";
    const char *begin = begins[reason] ? begins[reason] : "";
    if (reason == ALERT_RANGE_BACK || reason == ALERT_LEFT)
        snprintf(out->title, sizeof(out->title), "%s%s (%s)", begin, e->grid,
                 e->symbol);
    else
        snprintf(out->title, sizeof(out->title), "%s%s%s%s %s (%s)", begin,
                 idle_prefix(now, reason), exit_state_name(e->verdict.state),
                 e->verdict.state >= STATE_WARNING ? side : "", e->grid,
                 e->symbol);
}

void intent_stamp(int64_t ms, char out[INTENT_STAMP])
{
    struct civil c = moment_civil(ms);
    snprintf(out, INTENT_STAMP, "%04u%02u%02uT%02u%02u",
             (unsigned)c.year % 10000, (unsigned)c.month % 100,
             (unsigned)c.day % 100, (unsigned)c.hour % 100,
             (unsigned)c.minute % 100);
}

void intent_id(const struct evaluation *e, enum alert_reason reason,
               char out[INTENT_ID_MAX])
{
    char stamp[INTENT_STAMP];
    const char *name = alert_reason_name(reason);
    uint32_t h = hash_feed(HASH_START, e->grid, strlen(e->grid) + 1);
    h = hash_feed(h, name, strlen(name));
    if (e->look_ms) { /* the slot may have had that reason itself */
        char at[MOMENT_TEXT];
        moment_format(e->look_ms, at);
        h = hash_feed(h, at, strlen(at));
    }
    intent_stamp(e->slot_ms, stamp);
    snprintf(out, INTENT_ID_MAX, "%s-%08x", stamp, (unsigned)h);
}

bool intent_is_of_look(const struct intent *i, int64_t at_ms)
{
    struct evaluation then = { .slot_ms = i->slot_ms, .look_ms = at_ms };
    char id[INTENT_ID_MAX];

    memcpy(then.grid, i->grid, sizeof(then.grid));
    intent_id(&then, i->reason, id);
    return at_ms && strcmp(id, i->id) == 0;
}

void intent_tag(const struct evaluation *e, char out[INTENT_TAG_MAX])
{
    char stamp[INTENT_STAMP];
    intent_stamp(e->verdict.episode_ms == MOMENT_NONE ? e->slot_ms
                                                      : e->verdict.episode_ms,
                 stamp);
    snprintf(out, INTENT_TAG_MAX, "%s-%s", e->grid, stamp);
}

void intent_make(const struct alert_now *now, enum alert_reason reason,
                 struct intent *out)
{
    const struct evaluation *e = now->e;
    *out = (struct intent){ 0 };

    snprintf(out->grid, sizeof(out->grid), "%s", e->grid);
    snprintf(out->symbol, sizeof(out->symbol), "%s", e->symbol);
    out->slot_ms = e->slot_ms;
    out->reason = reason;
    out->state = e->verdict.state;
    out->side = e->side;
    out->priority = alert_priority(reason, now);
    if (out->priority == 2) {
        out->retry_s = now->config->siren_retry_s;
        out->expire_s = now->config->siren_expire_s;
    }
    intent_id(e, reason, out->id);
    intent_tag(e, out->tag);
    make_title(now, reason, out);
    body_write(now, out);
}

/* Shorter than the line whose place it takes: the text fits as it did. */
void intent_unrung(const struct intent *i, char out[INTENT_BODY_MAX])
{
    char line[128] = "";
    struct draft siren = { .out = line, .size = sizeof(line) };
    struct draft d = { .out = out, .size = INTENT_BODY_MAX };

    next_put_siren(&siren, i);
    const char *at = strstr(i->body, line);
    out[0] = '\0';
    if (!at) {
        draft_put(&d, "%s", i->body);
        return;
    }
    draft_put(&d, "It does not ring: that is over, or costs nothing by now.\n");
    draft_put(&d, "%.*s%s", (int)(at - i->body), i->body, at + strlen(line));
}

const char *delivery_outcome_name(enum delivery_outcome outcome)
{
    static const char *const names[] = { "accepted", "refused", "superseded",
                                         "cancelled", "grouped" };
    return names[outcome];
}
