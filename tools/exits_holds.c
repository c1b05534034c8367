#include "tools/exits_holds.h"

#include <string.h>

#include "base/array.h"

#define QUIET_AFTER_MS (4 * MS_PER_HOUR) /* no second message of a crash */
#define SEEN_AFTER_MS  MS_PER_HOUR       /* of a bad tick */

static enum answer held(bool yes)
{
    return yes ? ANSWER_YES : ANSWER_NO;
}

static bool raised(const struct heard_slot *s, const enum trigger_id *ids,
                   size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s->yes[ids[i]])
            return true;
    return false;
}

/* A cause that was not told before, or a MANDATORY that became graver by one or
 * by its figures, an hour or more after the message before (notes 4.4). */
static bool is_new_cause(const struct heard_slot *s, enum heard_phone phone,
                         int64_t before_ms)
{
    enum alert_reason r = s->reason[phone];
    return (r == ALERT_CAUSE || r == ALERT_GRAVER) &&
           s->slot_ms - before_ms >= MS_PER_HOUR;
}

/* Is there another message of the level within four hours of `first`? */
static bool is_told_again(const struct hold_case *c, enum heard_phone phone,
                          enum exit_state least, const struct heard_slot *first)
{
    const struct heard_slot *end = c->heard->at + c->heard->count;
    int64_t before_ms = first->slot_ms;

    for (const struct heard_slot *s = first + 1;
         s < end && s->slot_ms - first->slot_ms < QUIET_AFTER_MS; s++) {
        if (!heard_message(s, phone, least) ||
            s->reason[phone] == ALERT_ESCALATED)
            continue;
        if (!c->spares_causes || !is_new_cause(s, phone, before_ms))
            return true;
        before_ms = s->slot_ms;
    }
    return false;
}

/* --- One scenario each ---------------------------------------------------- */

/* The event is a day after the grid's start: what broke in that day is none of
 * the scenario's. */
static bool broke_before(const struct hold_case *c)
{
    int64_t m_ms = c->life->m_ms[LIFE_BOTH];
    return m_ms != MOMENT_NONE && m_ms < STRESS_EVENT_MS;
}

/* MANDATORY within a slot of the stop, whoever was in, and no second message of
 * LATEST or worse while the price comes back, for who answers the first. */
static enum answer ask_crash(const struct hold_case *c)
{
    int64_t s_ms = c->life->s_ms[LIFE_BOTH];

    if (s_ms == MOMENT_NONE || s_ms < STRESS_EVENT_MS || broke_before(c))
        return ANSWER_NOT_APPLICABLE;
    const struct heard_slot *first =
        heard_first(c->heard, PHONE_ANSWERED, STATE_MANDATORY, STRESS_EVENT_MS);
    return held(first && first->slot_ms <= s_ms + MS_PER_SLOT &&
                !is_told_again(c, PHONE_ANSWERED, STATE_LATEST, first));
}

/* A message before the event is one before the boundary, too. */
static enum answer ask_told_before(const struct hold_case *c)
{
    int64_t m_ms = c->life->m_ms[LIFE_BOTH];
    const struct heard_slot *first =
        heard_first(c->heard, PHONE_ALONE, STATE_LATEST, STRESS_GRID_MS);

    if (m_ms == MOMENT_NONE || broke_before(c))
        return ANSWER_NOT_APPLICABLE;
    return held(first && first->slot_ms < m_ms);
}

/* No message of MANDATORY before a row of a break was raised: none is of
 * volatility alone. */
static enum answer ask_explosion(const struct hold_case *c)
{
    static const enum trigger_id breaks[] = { M_BOUNDARY, M_STOP };
    bool broken = false;

    for (size_t i = 0; i < c->heard->count; i++) {
        const struct heard_slot *s = &c->heard->at[i];
        broken = broken || raised(s, breaks, ARRAY_LEN(breaks));
        if (heard_message(s, PHONE_ALONE, STATE_MANDATORY) && !broken)
            return ANSWER_NO;
    }
    return ANSWER_YES;
}

static bool is_unknown(const struct heard_slot *s)
{
    return s && s->cause != PRICE_KNOWN &&
           (s->state == STATE_UNKNOWN || s->state == STATE_MANDATORY);
}

/* The first slot in [from, until] with any message. */
static bool any_message(const struct heard *h, int64_t from_ms,
                        int64_t until_ms)
{
    return heard_count(h, PHONE_ALONE, STATE_UNKNOWN, from_ms, until_ms + 1) >
           0;
}

/* No bar after the event until `back_ms`: nothing is concluded from half an
 * hour on, it is told within the hour, and again, aloud, within 2 h 15. */
static bool says_blind(const struct heard *h, int64_t back_ms)
{
    int64_t old_ms = STRESS_EVENT_MS + PRICE_MAX_AGE_MS;

    for (int64_t ms = old_ms + MS_PER_SLOT; ms < back_ms; ms += MS_PER_SLOT)
        if (!is_unknown(heard_at(h, ms)))
            return false;
    return any_message(h, old_ms, STRESS_EVENT_MS + MS_PER_HOUR) &&
           any_message(h, STRESS_EVENT_MS + MS_PER_HOUR + 1,
                       STRESS_EVENT_MS + 2 * MS_PER_HOUR + MS_PER_SLOT);
}

static bool was_mandatory(const struct hold_case *c)
{
    const struct heard_slot *s = heard_at(c->heard, STRESS_EVENT_MS);
    return !s || s->state == STATE_MANDATORY;
}

static enum answer ask_outage(const struct hold_case *c)
{
    int64_t back_ms =
        STRESS_EVENT_MS + STRESS_GAP_HOURS * MS_PER_HOUR + MS_PER_SLOT;
    const struct heard_slot *back = heard_at(c->heard, back_ms);

    if (was_mandatory(c))
        return ANSWER_NOT_APPLICABLE;
    if (!back || back == c->heard->at || back->cause != PRICE_KNOWN ||
        back->state == STATE_UNKNOWN || !says_blind(c->heard, back_ms))
        return ANSWER_NO;
    bool rings = back[-1].state == STATE_MANDATORY; /* M_BLIND, told */
    return held(rings || any_message(c->heard, back_ms, back_ms));
}

static enum answer ask_halt(const struct hold_case *c)
{
    if (was_mandatory(c))
        return ANSWER_NOT_APPLICABLE;
    return held(
        says_blind(c->heard, STRESS_GRID_MS + STRESS_AFTER_DAYS * MS_PER_DAY));
}

/* Told as at the common spread, and the price of leaving is in the money. */
static enum answer ask_dearer(const struct hold_case *c)
{
    const struct life *l = c->life, *b = c->beside_life;

    if (!b || l->exit_ms == MOMENT_NONE || l->exit_ms != b->exit_ms)
        return ANSWER_NOT_APPLICABLE;
    return held(l->end_equity < b->end_equity);
}

/* Two messages of LATEST are four hours apart. That one of them rings because
 * nobody took notice is its own second voice, and told as such. */
static enum answer ask_flip_flop(const struct hold_case *c)
{
    int64_t before_ms = MOMENT_NONE;

    for (size_t i = 0; i < c->heard->count; i++) {
        const struct heard_slot *s = &c->heard->at[i];
        if (s->state != STATE_LATEST ||
            !heard_message(s, PHONE_ALONE, STATE_LATEST) ||
            s->reason[PHONE_ALONE] == ALERT_ESCALATED)
            continue;
        bool spared = c->spares_causes && before_ms != MOMENT_NONE &&
                      is_new_cause(s, PHONE_ALONE, before_ms);
        if (before_ms != MOMENT_NONE && !spared &&
            s->slot_ms - before_ms < QUIET_AFTER_MS)
            return ANSWER_NO;
        before_ms = s->slot_ms;
    }
    return ANSWER_YES;
}

/* An L_HAZ that M follows was none too many. */
static enum answer ask_quiet(const struct hold_case *c)
{
    int64_t m_ms = c->life->m_ms[LIFE_BOTH];

    for (size_t i = 0; i < c->heard->count; i++) {
        const struct heard_slot *s = &c->heard->at[i];
        bool followed = m_ms != MOMENT_NONE && s->slot_ms < m_ms;
        if (s->yes[L_HAZ] && s->state >= STATE_LATEST && !followed)
            return ANSWER_NO;
    }
    return ANSWER_YES;
}

static enum answer ask_bad_tick(const struct hold_case *c)
{
    return held(heard_count(c->heard, PHONE_ALONE, STATE_MANDATORY,
                            STRESS_EVENT_MS,
                            STRESS_EVENT_MS + SEEN_AFTER_MS + 1) == 0);
}

static enum answer ask_same(const struct hold_case *c)
{
    return c->beside ? held(heard_same(c->heard, c->beside))
                     : ANSWER_NOT_APPLICABLE;
}

/* --- The table ------------------------------------------------------------ */

struct hold_row {
    const char *must;
    enum answer (*ask)(const struct hold_case *c);
    double least;
    enum stress beside;
};

// clang-format off
static const struct hold_row rows[STRESS_COUNT] = {
    [STRESS_QUIET]      = { "no L_HAZ without a break after it within 5 days, .15 a grid-week", ask_quiet, 1 - .15 * STRESS_AFTER_DAYS / 7, STRESS_QUIET },
    [STRESS_CRASH]      = { "MANDATORY within a slot of the stop, and who answers hears no more of LATEST or worse for 4 h", ask_crash, 1, STRESS_CRASH },
    [STRESS_GRIND]      = { "told before the boundary", ask_told_before, 1, STRESS_GRIND },
    [STRESS_EXPLOSION]  = { "no MANDATORY but by a break", ask_explosion, 1, STRESS_EXPLOSION },
    [STRESS_OUTAGE]     = { "nothing is concluded after 30 min, told within 1 h and 2 h 15, judged and told at the first bar", ask_outage, 1, STRESS_OUTAGE },
    [STRESS_SPREAD]     = { "told before the boundary", ask_told_before, 1, STRESS_GRIND },
    [STRESS_FLIP_FLOP]  = { "4 h between two LATEST messages, but for a siren nobody answered", ask_flip_flop, 1, STRESS_FLIP_FLOP },
    [STRESS_BAD_TICK]   = { "no MANDATORY within the hour", ask_bad_tick, 1, STRESS_BAD_TICK },
    [STRESS_TINY_PRICE] = { "states and messages of the quiet control", ask_same, 1, STRESS_QUIET },
    [STRESS_THIN]       = { "no MANDATORY but by a break", ask_explosion, 1, STRESS_QUIET },
    [STRESS_HALT]       = { "nothing is concluded after 30 min, told within 1 h and 2 h 15", ask_halt, 1, STRESS_HALT },
    [STRESS_COSTS]      = { "leaving costs more than in the slow grind", ask_dearer, 1, STRESS_GRIND },
};
// clang-format on

enum stress hold_beside(enum stress s)
{
    return rows[s].beside;
}

const char *hold_text(enum stress s)
{
    return rows[s].must;
}

double hold_least(enum stress s)
{
    return rows[s].least;
}

enum answer hold_ask(enum stress s, const struct hold_case *c)
{
    return rows[s].ask(c);
}
