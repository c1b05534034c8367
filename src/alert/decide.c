/* From the table to one reason: what was said belongs to an episode, messages
 * keep their distance, and some news is nobody's to be told. */
#include <string.h>

#include "alert/row.h"
#include "alert/stale.h"
#include "base/moment.h"

/* What was told belongs to its episode. One that ended unseen, because the
 * grid was restarted or nobody was told, is open no more. */
static bool is_of_episode(const struct alert_memory *m,
                          const struct evaluation *e)
{
    return m->open && e->verdict.episode_ms <= alert_told_ms(m, STATE_WARNING);
}

static void forget_ended_episode(struct alert_memory *m,
                                 const struct alert_now *now)
{
    if (!m->open || is_of_episode(m, now->e))
        return;
    m->open = m->idle = m->escalated = false;
    m->said = STATE_NORMAL;
    m->turned_ms = MOMENT_NONE;
}

bool alert_was_idle(const struct alert_memory *m, const struct evaluation *e)
{
    return m->idle && is_of_episode(m, e) && e->verdict.state <= m->said;
}

/* The first message of an episode keeps its distance from what was told
 * before, whatever the episode, and so does UNKNOWN from itself. Within one a
 * fall is told when the higher level is that old: until then the operator is
 * better off with what he has. MANDATORY never waits, nor does its end, nor a
 * rise, nor good news. */
static bool is_too_soon(const struct alert_memory *m, enum alert_reason reason,
                        const struct alert_now *now)
{
    enum exit_state level = now->e->verdict.state;
    int64_t before_ms = MOMENT_NONE;

    if (reason == ALERT_BLIND)
        before_ms = m->said_ms[STATE_UNKNOWN];
    else if ((reason == ALERT_FIRST && level != STATE_MANDATORY) ||
             (reason == ALERT_BETTER && m->said != STATE_MANDATORY))
        before_ms = alert_told_ms(m, level);
    return before_ms != MOMENT_NONE &&
           now->e->slot_ms - before_ms < now->config->same_level_gap_ms;
}

static bool is_faint(struct value pi, double floor)
{
    return value_usable(pi) ? pi.v < floor
                            : value_missing_answer(pi) != ANSWER_UNKNOWN;
}

/* A WARNING that is too faint to be told. That something worse is over is told
 * all the same, and so is one whose chance nobody knows: what is missing is
 * not small. */
static bool is_below_floor(enum alert_reason reason,
                           const struct alert_now *now)
{
    const struct evaluation *e = now->e;
    return e->verdict.state == STATE_WARNING && reason != ALERT_BETTER &&
           reason != ALERT_RETURNED &&
           is_faint(e->hazard.pi, now->config->warning_pi_floor);
}

enum alert_hush alert_hush_of(const struct grid *g, bool shadow,
                              int64_t slot_ms)
{
    /* What is dated ahead waits; a run that is late heeds what was said since
     * its slot began, as with a snooze. */
    enum grid_status status = grid_status_at(g, slot_ms + MS_PER_SLOT - 1);
    if (!shadow && status == GRID_IS_STOPPED)
        return HUSH_STOPPED;
    if (shadow || status != GRID_IS_RUNNING)
        return HUSH_EVERYTHING;
    return grid_snoozed_until_ms(g, slot_ms) == MOMENT_NONE ? HUSH_NOTHING
                                                            : HUSH_SNOOZED;
}

static bool has_fallen_below(enum exit_state least, const struct alert_now *now)
{
    enum exit_state state = now->e->verdict.state;
    return state != STATE_UNKNOWN && state < least;
}

/* Nobody rings for a grid that is down, by its file or by its account. */
static bool is_down(const struct alert_now *now)
{
    return now->hush >= HUSH_STOPPED || now->left;
}

/* A siren is of a price that is not known, of MANDATORY, or of a LATEST that
 * escalated. That one outlasts a
 * WARNING: it rings once, and the operator is left with LATEST until the fall
 * is told. UNKNOWN ends none. */
static bool is_siren_over(const struct alert_memory *m,
                          const struct alert_now *now)
{
    enum exit_state least = m->escalated ? STATE_WARNING : STATE_MANDATORY;
    if (alert_siren_is_of_sight(m, now))
        return is_down(now) || now->e->price_cause == PRICE_KNOWN;
    return is_down(now) || !m->open || has_fallen_below(least, now);
}

static void forget_siren(struct alert_memory *m)
{
    m->siren = (struct alert_siren){ .sent_ms = MOMENT_NONE,
                                     .acknowledged_ms = MOMENT_NONE };
}

/* An acknowledgement of MANDATORY ends with it, whether the fall is told or
 * not: the next one rings. */
static void look_after_siren(struct alert_memory *m,
                             const struct alert_now *now)
{
    if (m->said == STATE_MANDATORY && has_fallen_below(STATE_MANDATORY, now))
        alert_spend_answer(m, now->acknowledged_ms);
    if (!m->siren.intent[0])
        return;
    if (is_siren_over(m, now)) {
        /* Who answered that there is no price has said nothing of the state. */
        if (alert_siren_is_of_sight(m, now))
            alert_spend_answer(m, m->siren.acknowledged_ms);
        forget_siren(m);
        return;
    }
    m->siren.expired = alert_siren_expired(m, now);
    if (alert_siren_is_answered(m, now) &&
        m->siren.acknowledged_ms == MOMENT_NONE)
        m->siren.acknowledged_ms = now->acknowledged_ms;
}

/* Whatever was told of it: nobody rings for what costs nothing. One that is
 * taken off unanswered leaves the operator as a message that says so would: the
 * way back is news at once. */
static void take_off_idle_siren(struct alert_memory *m,
                                const struct alert_now *now)
{
    if (!m->siren.intent[0] || !alert_is_idle(now) ||
        alert_turned_lately(m, now))
        return;
    if (m->siren.acknowledged_ms == MOMENT_NONE) {
        m->idle = true;
        m->turned_ms = now->e->slot_ms;
    }
    forget_siren(m);
}

bool alert_cancels(const struct alert_memory *before,
                   const struct alert_memory *after)
{
    return before->siren.intent[0] &&
           before->siren.acknowledged_ms == MOMENT_NONE &&
           strcmp(before->siren.intent, after->siren.intent) != 0;
}

static bool applies(enum alert_reason reason, const struct alert_memory *m,
                    const struct alert_now *now)
{
    const struct alert_row *row = &alert_rows[reason];
    return row->applies && row->applies(m, now);
}

static enum alert_reason news_of(const struct alert_memory *m,
                                 const struct alert_now *now)
{
    for (int i = 0; i < ALERT_REASON_COUNT; i++) {
        if (applies((enum alert_reason)i, m, now))
            return (enum alert_reason)i;
    }
    return ALERT_NOTHING;
}

/* What becomes of news. */
static enum alert_reason let_through(enum alert_reason reason,
                                     const struct alert_memory *m,
                                     const struct alert_now *now)
{
    bool snoozed =
        now->hush == HUSH_SNOOZED && now->e->verdict.state != STATE_MANDATORY;

    if (reason == ALERT_NOTHING || reason == ALERT_RANGE_BACK)
        return reason;
    if (reason == ALERT_LEFT && now->hush < HUSH_STOPPED)
        return snoozed ? ALERT_SNOOZED : reason;
    if (is_down(now) || is_below_floor(reason, now))
        reason = ALERT_QUIET;
    else if (snoozed)
        reason = ALERT_SNOOZED;
    else if (is_too_soon(m, reason, now))
        reason = ALERT_TOO_SOON;
    /* Whoever was told that the state is unknown is told that it is not. */
    if (!alert_reason_sends(reason) && applies(ALERT_SIGHTED, m, now) &&
        !is_down(now))
        return snoozed ? ALERT_SNOOZED : ALERT_SIGHTED;
    /* And whoever was told that it looks left, that it does not. */
    if (!alert_reason_sends(reason) && applies(ALERT_RETURNED, m, now) &&
        !is_down(now))
        return snoozed ? ALERT_SNOOZED : ALERT_RETURNED;
    return reason;
}

enum alert_reason alert_decide(const struct alert_memory *memory,
                               const struct alert_now *now,
                               struct alert_memory *next)
{
    struct alert_memory m = *memory;

    forget_ended_episode(&m, now);
    look_after_siren(&m, now);
    enum alert_reason reason = let_through(news_of(&m, now), &m, now);
    if (alert_reason_sends(reason))
        alert_remember(&m, &alert_rows[reason], now);
    take_off_idle_siren(&m, now);
    *next = m;
    return reason;
}

/* How loud a state is, by itself and on a side that costs. */
static int64_t priority_of_state(const struct alert_now *now)
{
    static const int64_t by_state[STATE_COUNT] = {
        [STATE_UNKNOWN] = 0, [STATE_NORMAL] = -1,   [STATE_WARNING] = 0,
        [STATE_LATEST] = 1,  [STATE_MANDATORY] = 2,
    };
    int64_t priority = by_state[now->e->verdict.state];
    if (now->e->verdict.state == STATE_UNKNOWN &&
        alert_price_age(now->e) >= now->config->stale_ms)
        return 1;
    return priority > 0 && alert_is_idle(now) ? 0 : priority;
}

static int64_t priority_aloud(enum alert_reason reason,
                              const struct alert_now *now)
{
    static const int64_t fixed[ALERT_SENDS_COUNT] = {
        [SENDS_SILENTLY] = -2, [SENDS_QUIETLY] = -1, [SENDS_PLAINLY] = 0,
        [SENDS_LOUDLY] = 1,    [SENDS_SIREN] = 2,
    };
    enum alert_sends sends = alert_rows[reason].sends;
    return sends == SENDS_BY_STATE ? priority_of_state(now) : fixed[sends];
}

bool alert_is_softened(enum alert_reason reason, const struct alert_now *now)
{
    return now->subdued && now->e->verdict.state != STATE_MANDATORY &&
           alert_rows[reason].sends != SENDS_SIREN &&
           priority_aloud(reason, now) > -1;
}

int64_t alert_priority(enum alert_reason reason, const struct alert_now *now)
{
    return alert_is_softened(reason, now) ? -1 : priority_aloud(reason, now);
}
