#include "alert/row.h"

#include <string.h>

#include "alert/stale.h"
#include "base/array.h"
#include "base/moment.h"

static enum exit_state state_of(const struct alert_now *now)
{
    return now->e->verdict.state;
}

/* Is it so long since `then`? Never, when that never was. */
static bool is_past(const struct alert_now *now, int64_t then_ms, int64_t ms)
{
    return then_ms != MOMENT_NONE && now->e->slot_ms - then_ms >= ms;
}

/* The n-th of 4, 8, 16, 24, 24 h. */
static int64_t backoff(const struct alert_config *c, int64_t first_ms,
                       int64_t n)
{
    int64_t ms = first_ms;
    while (n-- > 0 && ms < c->repeat_most_ms)
        ms *= 2;
    return ms > 0 && ms < c->repeat_most_ms ? ms : c->repeat_most_ms;
}

/* Told at this level, on a side that costs, and unanswered. */
static bool is_pending(const struct alert_memory *m,
                       const struct alert_now *now, enum exit_state level)
{
    return state_of(now) == level && m->said == level && !alert_is_idle(now) &&
           !alert_is_acknowledged(m, now);
}

static bool is_first(const struct alert_memory *m, const struct alert_now *now)
{
    return state_of(now) >= STATE_WARNING && !m->open;
}

/* A MANDATORY whose siren was cancelled, because the state fell while nobody
 * was to be told, has come back: the fall took the acknowledgement with it. */
static bool has_come_back(const struct alert_memory *m,
                          const struct alert_now *now)
{
    return is_pending(m, now, STATE_MANDATORY) && !m->idle &&
           !m->siren.intent[0];
}

static bool is_worse(const struct alert_memory *m, const struct alert_now *now)
{
    bool turned =
        m->idle && !alert_is_idle(now) && state_of(now) >= STATE_LATEST;
    return m->open && state_of(now) >= STATE_WARNING &&
           (state_of(now) > m->said || turned || has_come_back(m, now));
}

static bool is_resolved(const struct alert_memory *m,
                        const struct alert_now *now)
{
    return state_of(now) == STATE_NORMAL && m->open;
}

static bool is_better(const struct alert_memory *m, const struct alert_now *now)
{
    return m->open && state_of(now) >= STATE_WARNING && state_of(now) < m->said;
}

static bool rose_by(double was, double is, double by)
{
    return decision_round(is - was) >= decision_round(by);
}

/* Does a row raise the state by itself that was not told of this level? */
static bool has_new_cause(const struct alert_memory *m,
                          const struct alert_now *now)
{
    const struct alert_figures is = alert_figures_of(now);
    bool fresh = false;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        fresh |= is.cause[i] && !m->told.cause[i] &&
                 triggers[i].raises == state_of(now);
    return fresh;
}

/* A figure that is not known on both ends says nothing. More capital at risk
 * because the price went away from the stop is no worse news. */
static bool has_worse_figures(const struct alert_memory *m,
                              const struct alert_now *now)
{
    const struct alert_config *c = now->config;
    const struct alert_figures *was = &m->told, is = alert_figures_of(now);
    bool likelier =
        was->side == is.side && rose_by(was->pi, is.pi, c->graver_pi);
    bool nearer = rose_by(is.stop_atr, was->stop_atr, c->graver_atr);
    bool dearer =
        rose_by(is.stop_atr, was->stop_atr, 0) && is.at_risk > 0 &&
        rose_by(was->at_risk, is.at_risk, c->graver_money * was->at_risk);
    return likelier || nearer || dearer;
}

/* Its id says why it was sent, behind the slot; that of a look says when, too,
 * which may be the time of a slot. */
static bool siren_is_for(const struct alert_memory *m,
                         const struct alert_now *now, enum alert_reason reason)
{
    const char *why = strchr(m->siren.intent, '-');
    struct evaluation then = { .slot_ms = now->e->slot_ms };
    char by_slot[INTENT_ID_MAX], by_look[INTENT_ID_MAX];
    if (!why || m->siren.sent_ms == MOMENT_NONE)
        return false;
    memcpy(then.grid, now->e->grid, sizeof(then.grid));
    intent_id(&then, reason, by_slot);
    then.look_ms = m->siren.sent_ms;
    intent_id(&then, reason, by_look);
    return !strcmp(why, strchr(by_slot, '-')) ||
           !strcmp(why, strchr(by_look, '-'));
}

bool alert_siren_is_of_sight(const struct alert_memory *m,
                             const struct alert_now *now)
{
    return siren_is_for(m, now, ALERT_STALE_SIREN);
}

/* Was the siren that is out sent for graver news, and lately? */
static bool is_lately_graver(const struct alert_memory *m,
                             const struct alert_now *now)
{
    return siren_is_for(m, now, ALERT_GRAVER) &&
           !is_past(now, m->siren.sent_ms, now->config->change_gap_ms);
}

static bool is_graver(const struct alert_memory *m, const struct alert_now *now)
{
    if (state_of(now) != STATE_MANDATORY || m->said != STATE_MANDATORY ||
        alert_is_idle(now))
        return false;
    return has_new_cause(m, now) ||
           (has_worse_figures(m, now) && !is_lately_graver(m, now));
}

static bool is_unheard(const struct alert_memory *m,
                       const struct alert_now *now)
{
    return is_pending(m, now, STATE_MANDATORY) && alert_siren_expired(m, now);
}

static bool is_asked(const struct alert_memory *m, const struct alert_now *now)
{
    int64_t since_ms = now->acknowledged_ms, asked = 0;
    if (state_of(now) != STATE_MANDATORY || m->said != STATE_MANDATORY ||
        alert_is_idle(now) || now->left || !alert_is_acknowledged(m, now))
        return false;
    if (m->asked_ms > since_ms) {
        since_ms = m->asked_ms;
        asked = m->asked;
    }
    return is_past(now, since_ms,
                   backoff(now->config, now->config->ask_ms, asked));
}

/* Quiet hours do not hold it back. */
static bool is_escalated(const struct alert_memory *m,
                         const struct alert_now *now)
{
    return is_pending(m, now, STATE_LATEST) && !m->escalated &&
           is_past(now, alert_told_ms(m, STATE_LATEST),
                   now->config->escalate_ms);
}

static bool is_sighted(const struct alert_memory *m,
                       const struct alert_now *now)
{
    return state_of(now) != STATE_UNKNOWN &&
           now->e->price_cause == PRICE_KNOWN && m->blind;
}

/* May a level that was told be told again for what is new about it? */
static bool may_change(const struct alert_memory *m,
                       const struct alert_now *now)
{
    return m->open && state_of(now) >= STATE_LATEST &&
           state_of(now) == m->said && !alert_is_acknowledged(m, now) &&
           is_past(now, m->last_ms, now->config->change_gap_ms);
}

/* The siren ends with the cost, and the phone says why. */
static bool ends_siren(const struct alert_memory *m,
                       const struct alert_now *now)
{
    return alert_siren_rings(m) && alert_is_idle(now) &&
           !alert_turned_lately(m, now) && state_of(now) == m->said;
}

static bool is_other_side(const struct alert_memory *m,
                          const struct alert_now *now)
{
    return (may_change(m, now) || ends_siren(m, now)) &&
           m->told.side != SIDE_NONE && now->e->side != SIDE_NONE &&
           now->e->side != m->told.side;
}

static bool is_other_cause(const struct alert_memory *m,
                           const struct alert_now *now)
{
    return has_new_cause(m, now) && may_change(m, now);
}

/* What was lowered by the hour and still stands is told as loud as it is. */
static bool is_aloud(const struct alert_memory *m, const struct alert_now *now)
{
    if (now->subdued)
        return false;
    if (state_of(now) == STATE_UNKNOWN)
        return m->blind && m->blind_softly;
    return m->softly && m->open && state_of(now) >= STATE_WARNING &&
           is_pending(m, now, m->said);
}

static bool is_repeat_due(const struct alert_memory *m,
                          const struct alert_now *now)
{
    bool stands = state_of(now) == STATE_UNKNOWN
                      ? m->blind
                      : m->open && state_of(now) == m->said &&
                            state_of(now) >= STATE_WARNING &&
                            !alert_is_acknowledged(m, now);
    return stands &&
           is_past(now, m->last_ms,
                   backoff(now->config, now->config->same_level_gap_ms,
                           m->repeats));
}

static bool is_blind(const struct alert_memory *m, const struct alert_now *now)
{
    return state_of(now) == STATE_UNKNOWN && !m->blind;
}

static bool is_range_back(const struct alert_memory *m,
                          const struct alert_now *now)
{
    return now->hush == HUSH_STOPPED && !m->range_back &&
           gates_open(&now->e->gates);
}

static bool is_left(const struct alert_memory *m, const struct alert_now *now)
{
    return now->left && !m->left;
}

static bool is_returned(const struct alert_memory *m,
                        const struct alert_now *now)
{
    return m->left && !now->left;
}

// clang-format off
const struct alert_row alert_rows[ALERT_REASON_COUNT] = {
    { ALERT_NOTHING,    "nothing",    NULL,           SENDS_NOTHING,  KEEPS_NOTHING,  "no news" },
    { ALERT_TOO_SOON,   "too_soon",   NULL,           SENDS_NOTHING,  KEEPS_NOTHING,  "news, but this level or a higher one was told less than 4 h ago" },
    { ALERT_QUIET,      "quiet",      NULL,           SENDS_NOTHING,  KEEPS_NOTHING,  "news that is kept to the record" },
    { ALERT_SNOOZED,    "snoozed",    NULL,           SENDS_NOTHING,  KEEPS_NOTHING,  "news below MANDATORY_EXIT while the grid is snoozed" },
    { ALERT_RANGE_BACK, "range_back", is_range_back,  SENDS_PLAINLY,  KEEPS_RANGE,    "the grid was stopped, and for the first time since all gates of a restart are open" },
    { ALERT_LEFT,       "left",       is_left,        SENDS_QUIETLY,  KEEPS_PARTING,  "the account shows that the grid was left, though it counts as running: until it is stopped or comes back nothing else is told of it, and its siren is cancelled" },
    { ALERT_FIRST,      "first",      is_first,       SENDS_BY_STATE, KEEPS_RISE,     "WARNING or worse, and nothing was told in this episode" },
    { ALERT_WORSE,      "worse",      is_worse,       SENDS_BY_STATE, KEEPS_RISE,     "a higher level than was last told, or one that costs nothing turned to the side that costs" },
    { ALERT_RESOLVED,   "resolved",   is_resolved,    SENDS_QUIETLY,  KEEPS_FALL,     "NORMAL again after something was told" },
    { ALERT_BETTER,     "better",     is_better,      SENDS_QUIETLY,  KEEPS_FALL,     "a lower level than was last told, but not NORMAL" },
    { ALERT_GRAVER,     "graver",     is_graver,      SENDS_SIREN,    KEEPS_GRAVER,   "MANDATORY_EXIT was told, and a trigger raises it now that was not named, or its figures are materially worse" },
    { ALERT_UNHEARD,    "unheard",    is_unheard,     SENDS_SIREN,    KEEPS_LEVEL,    "the siren of a MANDATORY_EXIT went quiet and nobody acknowledged it" },
    { ALERT_ASKED,      "asked",      is_asked,       SENDS_LOUDLY,   KEEPS_QUESTION, "MANDATORY_EXIT was acknowledged 4 h ago and the grid still runs: was it stopped?" },
    { ALERT_ESCALATED,  "escalated",  is_escalated,   SENDS_SIREN,    KEEPS_SIREN,    "LATEST_ACCEPTABLE_EXIT still stands 30 min after it was told, and nobody acknowledged it" },
    { ALERT_SIGHTED,    "sighted",    is_sighted,     SENDS_QUIETLY,  KEEPS_SIGHT,    "the state can be known again" },
    { ALERT_RETURNED,   "returned",   is_returned,    SENDS_QUIETLY,  KEEPS_PARTING,  "told that it looks left, and the account shows orders or inventory of it" },
    { ALERT_SIDE,       "side",       is_other_side,  SENDS_BY_STATE, KEEPS_LEVEL,    "LATEST_ACCEPTABLE_EXIT or worse was told for the other side, 1 h ago or more; at once when its siren rings and this side costs nothing" },
    { ALERT_CAUSE,      "cause",      is_other_cause, SENDS_BY_STATE, KEEPS_LEVEL,    "LATEST_ACCEPTABLE_EXIT or worse was told 1 h ago or more, and a trigger raises it now that was not named" },
    { ALERT_STALE_SIREN, "stale_siren", alert_is_dark, SENDS_SIREN,    KEEPS_DARK,     "the newest price that could be used is 2 h old, nobody acknowledged that, and M_BLIND did not raise MANDATORY_EXIT" },
    { ALERT_STALE,      "stale",      alert_is_stale, SENDS_LOUDLY,   KEEPS_SIGHT,    "the newest price that could be used is 45 min old; of a MANDATORY_EXIT that was acknowledged, too" },
    { ALERT_ALOUD,      "aloud",      is_aloud,       SENDS_BY_STATE, KEEPS_LEVEL,    "what was told in quiet hours, lowered, still stands at their end, unacknowledged: once" },
    { ALERT_REPEAT,     "repeat",     is_repeat_due,  SENDS_BY_STATE, KEEPS_REPEAT,   "what was told still stands, unacknowledged: after 4 h, then 8, 16 and each 24" },
    { ALERT_BLIND,      "blind",      is_blind,       SENDS_PLAINLY,  KEEPS_SIGHT,    "the state cannot be known any more" },
    { ALERT_SECOND,     "second",     NULL,           SENDS_SIREN,    KEEPS_NOTHING,  "nobody acknowledged the siren of a MANDATORY_EXIT for 15 min: once an episode to every second channel, not to the phone" },
    { ALERT_FAULT,      "fault",      NULL,           SENDS_PLAINLY,  KEEPS_NOTHING,  "the service has a fault that is new or has changed" },
    { ALERT_MENDED,     "mended",     NULL,           SENDS_QUIETLY,  KEEPS_NOTHING,  "a fault that was told has ended" },
    { ALERT_INSTALLED,  "installed",  NULL,           SENDS_PLAINLY,  KEEPS_NOTHING,  "the service runs for the first time: it watches so many grids" },
    { ALERT_ALL_CLEAR,  "all_clear",  NULL,           SENDS_SILENTLY, KEEPS_NOTHING,  "once a day: the service runs, and how its grids stand" },
};

static const bool pictured[ALERT_REASON_COUNT] = {
    [ALERT_FIRST]     = true,
    [ALERT_WORSE]     = true,
    [ALERT_GRAVER]    = true,
    [ALERT_UNHEARD]   = true,
    [ALERT_ESCALATED] = true,
    [ALERT_SIDE]      = true,
};

static const char *const sends_text[ALERT_SENDS_COUNT] = {
    [SENDS_NOTHING]  = "no",
    [SENDS_BY_STATE] = "by state",
    [SENDS_SILENTLY] = "−2",
    [SENDS_QUIETLY]  = "−1",
    [SENDS_PLAINLY]  = "0",
    [SENDS_LOUDLY]   = "1",
    [SENDS_SIREN]    = "2",
};

static const char *const keeps_text[ALERT_KEEPS_COUNT] = {
    [KEEPS_NOTHING]  = "nothing",
    [KEEPS_RISE]     = "level, figures, causes anew; acknowledgements before do not count",
    [KEEPS_GRAVER]   = "level and figures; causes add up; acknowledgements before do not count",
    [KEEPS_FALL]     = "level, figures, causes anew; it does not escalate",
    [KEEPS_LEVEL]    = "level and figures; causes add up",
    [KEEPS_SIREN]    = "level and figures; that it escalated",
    [KEEPS_REPEAT]   = "level and figures; the next repeat comes later",
    [KEEPS_SIGHT]    = "whether the state can be known",
    [KEEPS_DARK]     = "whether the state can be known, and the siren",
    [KEEPS_QUESTION] = "when it was asked, and how often",
    [KEEPS_RANGE]    = "that it was told",
    [KEEPS_PARTING]  = "whether it looks left",
};
// clang-format on

const char *alert_sends_text(enum alert_sends sends)
{
    return sends_text[sends];
}

const char *alert_keeps_text(enum alert_keeps keeps)
{
    return keeps_text[keeps];
}

const char *alert_reason_name(enum alert_reason reason)
{
    return alert_rows[reason].name;
}

const char *alert_reason_meaning(enum alert_reason reason)
{
    return alert_rows[reason].meaning;
}

bool alert_reason_sends(enum alert_reason reason)
{
    return reason < ALERT_REASON_COUNT &&
           alert_rows[reason].sends != SENDS_NOTHING;
}

bool alert_reason_of_sight(enum alert_reason reason)
{
    enum alert_keeps keeps = alert_rows[reason].keeps;
    return keeps == KEEPS_SIGHT || keeps == KEEPS_DARK;
}

bool alert_reason_pictured(enum alert_reason reason)
{
    return pictured[reason];
}
