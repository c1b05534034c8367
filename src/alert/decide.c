/* The decision table. The first row that applies names the reason; a row never
 * looks at another, but that "sighted" steps in for one that is held back. What
 * was said before is lowered to the state whenever the state has fallen, so
 * that a second climb is news again. */
#include "alert/alert.h"

#include "alert/body.h"
#include "base/array.h"
#include "base/moment.h"

// clang-format off
static const struct {
    const char *name, *meaning;
} reasons[ALERT_REASON_COUNT] = {
    [ALERT_NOTHING]  = { "nothing",  "no news" },
    [ALERT_TOO_SOON] = { "too_soon", "news, but this level or a higher one was told less than 4 h ago" },
    [ALERT_QUIET]    = { "quiet",    "news that is kept to the record" },
    [ALERT_SNOOZED]  = { "snoozed",  "news below MANDATORY_EXIT while the grid is snoozed" },
    [ALERT_FIRST]    = { "first",    "WARNING or worse, and nothing was told in this episode" },
    [ALERT_WORSE]    = { "worse",    "a higher level than was last told" },
    [ALERT_RESOLVED] = { "resolved", "NORMAL again after something was told" },
    [ALERT_BLIND]    = { "blind",    "the state cannot be known any more" },
    [ALERT_SIGHTED]  = { "sighted",  "the state can be known again" },
    [ALERT_FAULT]    = { "fault",    "the service has a fault that is new or has changed" },
    [ALERT_MENDED]   = { "mended",   "a fault that was told has ended" },
};
// clang-format on

const char *alert_reason_name(enum alert_reason reason)
{
    return reasons[reason].name;
}

const char *alert_reason_meaning(enum alert_reason reason)
{
    return reasons[reason].meaning;
}

bool alert_reason_sends(enum alert_reason reason)
{
    return reason >= ALERT_FIRST && reason < ALERT_REASON_COUNT;
}

struct alert_memory alert_memory_new(void)
{
    struct alert_memory m = { .said = STATE_NORMAL };
    for (int i = 0; i < STATE_COUNT; i++)
        m.said_ms[i] = MOMENT_NONE;
    return m;
}

static bool is_riskless(const struct evaluation *e)
{
    return e->riskless && !evaluation_presses(e);
}

static bool is_first(const struct alert_memory *m, const struct evaluation *e)
{
    return e->verdict.state >= STATE_WARNING && !m->open;
}

static bool is_worse(const struct alert_memory *m, const struct evaluation *e)
{
    bool turned =
        m->idle && !is_riskless(e) && e->verdict.state >= STATE_LATEST;
    return e->verdict.state >= STATE_WARNING &&
           (e->verdict.state > m->said || turned);
}

static bool is_resolved(const struct alert_memory *m,
                        const struct evaluation *e)
{
    return e->verdict.state == STATE_NORMAL && m->open;
}

static bool is_blind(const struct alert_memory *m, const struct evaluation *e)
{
    return e->verdict.state == STATE_UNKNOWN && !m->blind;
}

static bool is_sighted(const struct alert_memory *m, const struct evaluation *e)
{
    return e->verdict.state != STATE_UNKNOWN && m->blind;
}

static const struct {
    enum alert_reason reason;
    bool (*applies)(const struct alert_memory *m, const struct evaluation *e);
} rows[] = {
    { ALERT_FIRST, is_first },       { ALERT_WORSE, is_worse },
    { ALERT_RESOLVED, is_resolved }, { ALERT_SIGHTED, is_sighted },
    { ALERT_BLIND, is_blind },
};

/* The newest slot at which this level or a higher one was told. */
static int64_t told_ms(const struct alert_memory *m, enum exit_state level)
{
    int64_t newest = MOMENT_NONE;
    for (int i = (int)level; i < STATE_COUNT; i++)
        newest = m->said_ms[i] > newest ? m->said_ms[i] : newest;
    return newest;
}

/* What was told belongs to its episode. One that ended unseen, because the
 * grid was restarted, is open no more. */
static void forget_ended_episode(struct alert_memory *m,
                                 const struct evaluation *e)
{
    if (!m->open || e->verdict.episode_ms <= told_ms(m, STATE_WARNING))
        return;
    m->open = false;
    m->said = STATE_NORMAL;
}

/* WARNING and LATEST keep their distance from what was told before, whatever
 * the episode, and so does UNKNOWN from itself. MANDATORY never waits, nor does
 * good news. */
static bool is_too_soon(const struct alert_memory *m, enum alert_reason reason,
                        const struct evaluation *e, int64_t gap_ms)
{
    enum exit_state level = e->verdict.state;
    int64_t before = MOMENT_NONE;

    if (reason == ALERT_BLIND)
        before = m->said_ms[STATE_UNKNOWN];
    else if ((reason == ALERT_FIRST || reason == ALERT_WORSE) &&
             level != STATE_MANDATORY)
        before = told_ms(m, level);
    return before != MOMENT_NONE && e->slot_ms - before < gap_ms;
}

static bool is_below_floor(const struct evaluation *e,
                           const struct alert_config *config)
{
    return e->verdict.state == STATE_WARNING &&
           !(value_usable(e->hazard.pi) &&
             e->hazard.pi.v >= config->warning_pi_floor);
}

static void remember(struct alert_memory *next, enum alert_reason reason,
                     const struct evaluation *e)
{
    enum exit_state state = e->verdict.state;
    bool idle = is_riskless(e) && state >= STATE_LATEST;

    next->blind = state == STATE_UNKNOWN;
    if (reason == ALERT_SIGHTED)
        return; /* it tells that we see, not what: the level is still to tell */
    /* That nothing is at risk must not delay the word that something is. */
    next->said_ms[idle ? STATE_WARNING : state] = e->slot_ms;
    if (reason == ALERT_BLIND)
        return;
    next->said = state;
    next->open = state > STATE_NORMAL;
    next->idle = idle;
}

static enum alert_reason news_of(const struct alert_memory *m,
                                 const struct evaluation *e)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (rows[i].applies(m, e))
            return rows[i].reason;
    }
    return ALERT_NOTHING;
}

enum alert_hush alert_hush_of(const struct grid *g, bool shadow,
                              int64_t slot_ms)
{
    if (shadow || grid_status(g) != GRID_IS_RUNNING)
        return HUSH_EVERYTHING;
    return grid_snoozed_until_ms(g, slot_ms) == MOMENT_NONE ? HUSH_NOTHING
                                                            : HUSH_SNOOZED;
}

enum alert_reason alert_decide(const struct alert_memory *memory,
                               const struct evaluation *e,
                               const struct alert_config *config,
                               enum alert_hush hush, struct alert_memory *next)
{
    bool snoozed = hush == HUSH_SNOOZED && e->verdict.state != STATE_MANDATORY;
    bool quiet = hush == HUSH_EVERYTHING || is_below_floor(e, config);
    struct alert_memory m = *memory;

    forget_ended_episode(&m, e);
    if (e->verdict.state >= STATE_NORMAL && e->verdict.state < m.said)
        m.said = e->verdict.state;
    enum alert_reason reason = news_of(&m, e);
    if (reason != ALERT_NOTHING && quiet)
        reason = ALERT_QUIET;
    else if (reason != ALERT_NOTHING && snoozed)
        reason = ALERT_SNOOZED;
    else if (is_too_soon(&m, reason, e, config->same_level_gap_ms))
        reason = ALERT_TOO_SOON;
    /* Whoever was told that the state is unknown is told that it is not. */
    if (!alert_reason_sends(reason) && is_sighted(&m, e) &&
        hush != HUSH_EVERYTHING)
        reason = snoozed ? ALERT_SNOOZED : ALERT_SIGHTED;
    if (alert_reason_sends(reason))
        remember(&m, reason, e);
    *next = m;
    return reason;
}
