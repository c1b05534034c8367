#include "watch/watch_rule.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"

static void find(struct watch_findings *out, const char *subject,
                 const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static void find(struct watch_findings *out, const char *subject,
                 const char *fmt, ...)
{
    va_list ap;
    if (out->count == WATCH_FINDINGS_MAX) {
        out->more++;
        return;
    }
    struct watch_finding *f = &out->list[out->count++];
    snprintf(f->subject, sizeof(f->subject), "%s", subject);
    va_start(ap, fmt);
    vsnprintf(f->what, sizeof(f->what), fmt, ap);
    va_end(ap);
}

/* "2026-02-10 02:00 UTC" */
#define CLOCK_TEXT 40
static const char *clock_text(int64_t ms, char out[CLOCK_TEXT])
{
    struct civil c = moment_civil(ms);
    snprintf(out, CLOCK_TEXT, "%04d-%02d-%02d %02d:%02d UTC", c.year % 10000,
             c.month, c.day, c.hour, c.minute);
    return out;
}

static int minutes(int64_t ms)
{
    return (int)(ms / MS_PER_MINUTE);
}

static void ask_unreachable(const struct watch_facts *f,
                            struct watch_findings *out)
{
    if (!f->read)
        find(out, "record", "%s", f->why);
}

static void ask_rewritten(const struct watch_facts *f,
                          struct watch_findings *out)
{
    if (f->rewritten)
        find(out, "record",
             "commit %.12s was the newest one and is no part of the history of "
             "%.12s",
             f->tip_was, f->tip);
}

static int64_t later(int64_t a_ms, int64_t b_ms)
{
    return a_ms > b_ms ? a_ms : b_ms;
}

/* A grid that was just started has no slot yet; one that is said to run for
 * long, and was not seen to, neither. */
static void ask_silent(const struct watch_facts *f, struct watch_findings *out)
{
    char clock[CLOCK_TEXT];
    for (size_t i = 0; i < f->grid_count; i++) {
        const struct watch_grid *g = &f->grids[i];
        bool seen = g->slot_ms != MOMENT_NONE && g->slot_ms >= g->life_ms;
        int64_t since_ms = later(seen ? g->slot_ms : g->life_ms, g->runs_ms);
        if (!g->runs || since_ms == MOMENT_NONE ||
            f->now_ms - since_ms <= WATCH_SILENT_MS)
            continue;
        if (seen)
            find(out, g->id, "newest slot %s, %d min ago",
                 clock_text(g->slot_ms, clock),
                 minutes(f->now_ms - g->slot_ms));
        else
            find(out, g->id, "no slot since it was %s at %s",
                 since_ms == g->life_ms ? "started" : "first seen to run",
                 clock_text(since_ms, clock));
    }
}

static void ask_vanished(const struct watch_facts *f,
                         struct watch_findings *out)
{
    for (size_t i = 0; i < f->grid_count; i++)
        if (f->grids[i].gone)
            find(out, f->grids[i].id,
                 "it ran, and nothing says that it was stopped");
}

/* Slots went back. Of a grid that does not run all may go: its documents have
 * had their time. */
static bool went_back(const struct watch_grid *g)
{
    bool had_its_time = !g->runs && g->slot_ms == MOMENT_NONE;
    return g->before_ms != MOMENT_NONE && g->slot_ms < g->before_ms &&
           !had_its_time;
}

static void ask_torn(const struct watch_facts *f, struct watch_findings *out)
{
    char a[CLOCK_TEXT], b[CLOCK_TEXT], c[CLOCK_TEXT];
    for (size_t i = 0; i < f->grid_count; i++) {
        const struct watch_grid *g = &f->grids[i];
        if (went_back(g))
            find(out, g->id, "newest slot %s, but %s was there before",
                 g->slot_ms == MOMENT_NONE ? "none" : clock_text(g->slot_ms, a),
                 clock_text(g->before_ms, b));
        else if (g->torn_ms != MOMENT_NONE)
            find(out, g->id, "slot %s follows %s, and says it follows %s",
                 clock_text(g->torn_ms, a), clock_text(g->torn_to_ms, b),
                 g->torn_says_ms == MOMENT_NONE
                     ? "none"
                     : clock_text(g->torn_says_ms, c));
    }
}

static void ask_ahead(const struct watch_facts *f, struct watch_findings *out)
{
    char slot[CLOCK_TEXT], now[CLOCK_TEXT];
    for (size_t i = 0; i < f->grid_count; i++) {
        const struct watch_grid *g = &f->grids[i];
        if (g->ahead_ms != MOMENT_NONE)
            find(out, g->id, "newest slot %s, and here it is %s",
                 clock_text(g->ahead_ms, slot), clock_text(f->now_ms, now));
    }
}

static void ask_invalid(const struct watch_facts *f, struct watch_findings *out)
{
    for (size_t i = 0; i < f->invalid_count; i++)
        find(out, f->invalid[i].path, "%s", f->invalid[i].what);
}

static void ask_undelivered(const struct watch_facts *f,
                            struct watch_findings *out)
{
    char clock[CLOCK_TEXT];
    for (size_t i = 0; i < f->unheard_count; i++) {
        const struct watch_unheard *u = &f->unheard[i];
        int64_t age_ms = f->now_ms - u->at_ms;
        if (age_ms > WATCH_UNHEARD_MS)
            find(out, u->grid,
                 "decided at %s, %d min ago, and no channel took it",
                 clock_text(u->at_ms, clock), minutes(age_ms));
    }
}

static bool is_unsaid(const struct watch_grid *g)
{
    return g->runs && !g->paused && !g->left &&
           g->mandatory_ms != MOMENT_NONE && !g->decided;
}

/* There is not even a message that could have been lost. */
static void ask_unsaid(const struct watch_facts *f, struct watch_findings *out)
{
    char clock[CLOCK_TEXT];
    for (size_t i = 0; i < f->grid_count; i++) {
        const struct watch_grid *g = &f->grids[i];
        int64_t age_ms = f->now_ms - g->mandatory_ms;
        if (is_unsaid(g) && age_ms > WATCH_UNHEARD_MS &&
            age_ms <= WATCH_UNSAID_MOST_MS)
            find(out, g->id,
                 "MANDATORY_EXIT since %s at the least, %d min ago, and the "
                 "record has no message that says so",
                 clock_text(g->mandatory_ms, clock), minutes(age_ms));
    }
}

/* What the range itself explains is none, where the record says what that is:
 * up to a limit of our own, so that no configuration talks us out of it. */
static bool is_deep(const struct watch_grid *g)
{
    double limit = WATCH_DRAWDOWN_SHARE;

    if (g->equity_limit > limit)
        limit = g->equity_limit < WATCH_DRAWDOWN_MOST ? g->equity_limit
                                                      : WATCH_DRAWDOWN_MOST;
    return !isnan(g->drawdown) && g->drawdown >= limit;
}

/* The message may be on its way: it is sent after the slot is recorded. */
static void ask_drawdown(const struct watch_facts *f,
                         struct watch_findings *out)
{
    for (size_t i = 0; i < f->grid_count; i++) {
        const struct watch_grid *g = &f->grids[i];
        if (g->runs && !g->paused && is_deep(g) && !g->told &&
            g->slot_ms != MOMENT_NONE && f->now_ms - g->slot_ms >= WATCH_RUN_MS)
            find(out, g->id,
                 "net PnL is %.1f %% of the capital below its peak, and "
                 "nobody was told to leave",
                 100.0 * g->drawdown);
    }
}

static void ask_standing(const struct watch_facts *f, bool orders,
                         int64_t least_ms, struct watch_findings *out)
{
    char subject[2 * WATCH_NAME_MAX];
    for (size_t i = 0; i < f->stands_count; i++) {
        const struct watch_stands *s = &f->stands[i];
        if (s->orders != orders || f->now_ms - s->since_ms < least_ms)
            continue;
        snprintf(subject, sizeof(subject), "%s%s%s", s->subject,
                 orders ? "" : " ", orders ? "" : s->class);
        find(out, subject, "%s", s->what);
    }
}

static void ask_zombies(const struct watch_facts *f, struct watch_findings *out)
{
    ask_standing(f, true, 0, out);
}

static void ask_stands(const struct watch_facts *f, struct watch_findings *out)
{
    ask_standing(f, false, WATCH_STANDS_MS, out);
}

// clang-format off
const struct watch_rule watch_rules[WATCH_RULE_COUNT] = {
    [WATCH_UNREACHABLE] = { "record_unreachable", 0, WATCH_UNREACHABLE_MS, "30 min",
        "the watchdog cannot read the data repository, so that it sees nothing", "record cannot be read",
        "Look whether the remote is up and lets the watchdog in (its own token or key). Until then look at the grids yourself.", ask_unreachable },
    [WATCH_REWRITTEN] = { "history_rewritten", 1, 0, "at once",
        "the newest commit that an earlier look saw is no part of history any more", "history was replaced",
        "Find out who pushed with force. If nobody meant it, push back what the clone beside the watchdog's kept; if somebody did, 'gridwatch watchdog --accept'.", ask_rewritten },
    [WATCH_SILENT] = { "job_silent", 1, 0, "40 min",
        "a grid runs and its newest recorded slot is too old: the job is dead, or cannot push", "not watched",
        "Look at the grid on the exchange now. Then find out why: does the job run, does its last log name an error, may it push?", ask_silent },
    [WATCH_VANISHED] = { "grid_vanished", 1, 0, "at once",
        "a grid ran when it was looked at before, and its file is gone: nobody watches it", "grid file is gone",
        "Look at the grid on the exchange now. Then bring its file back: 'git log -- grids' shows who removed it. If it was meant, 'gridwatch watchdog --accept'.", ask_vanished },
    [WATCH_TORN] = { "slots_torn", 0, 0, "at once",
        "a slot is missing between two that stand, or the newest one went back", "torn record",
        "Somebody removed or reordered documents: 'git log -- exits/GRID' shows who. 'gridwatch verify' names what does not follow.", ask_torn },
    [WATCH_AHEAD] = { "slot_ahead", 1, 0, "5 min",
        "a slot is dated ahead: one of the clocks is wrong, or the document is", "dated ahead",
        "Compare the clocks of the job's host and of the watchdog's. If both are right, somebody wrote a false document: 'git log -- exits/GRID' shows who.", ask_ahead },
    [WATCH_INVALID] = { "document_invalid", 0, 0, "at once",
        "a document does not fit its schema", "invalid document",
        "'gridwatch validate' tells the same with line and reason. Mend it or bring it back from an earlier commit; after an update bring the watchdog to the job's version.", ask_invalid },
    [WATCH_UNDELIVERED] = { "alert_undelivered", 2, 0, "20 min",
        "a message of MANDATORY_EXIT, or a siren, was decided and no channel took it", "alert that nobody got",
        "Look at the grid on the exchange now: the job wants it to be left. Then find out why its channel takes nothing.", ask_undelivered },
    [WATCH_UNSAID] = { "mandatory_untold", 2, 0, "20 min",
        "a running grid is in MANDATORY_EXIT and the record has no message that says so", "has to be left, and nobody was told",
        "Look at the grid on the exchange now, and leave it unless you know better. Then find out why the job tells nobody: 'gridwatch explain GRID'.", ask_unsaid },
    [WATCH_DRAWDOWN] = { "drawdown_untold", 2, 0, "15 to 30 % of the capital",
        "a running grid lost so much from its peak, and nobody was told that it has to be left", "great loss, and nobody was told",
        "Look at the grid on the exchange now, and leave it unless you know better.", ask_drawdown },
    [WATCH_ZOMBIES] = { "orders_zombie", 0, 0, "as the job records it",
        "orders of a grid are still open though it was stopped", "open orders of a stopped grid",
        "Cancel them in the exchange's app, or say 'gridwatch grid start' if the grid goes on.", ask_zombies },
    [WATCH_STANDS] = { "fault_stands", 0, 0, "60 min",
        "a fault that the job told with priority 1 stands and nobody mended it", "fault that stands",
        "docs/runbook.md has a section of that fault's name.", ask_stands },
};
// clang-format on

bool watch_is_asked(enum watch_rule_id id, const struct watch_facts *f)
{
    return f->read || id == WATCH_UNREACHABLE;
}

void watch_ask(enum watch_rule_id id, const struct watch_facts *f,
               struct watch_findings *out)
{
    out->count = out->more = 0;
    if (watch_is_asked(id, f))
        watch_rules[id].ask(f, out);
}

static const struct watch_grid *grid_of(const struct watch_facts *f,
                                        const char *id)
{
    size_t i = 0;
    while (i < f->grid_count && strcmp(f->grids[i].id, id) != 0)
        i++;
    return i < f->grid_count ? &f->grids[i] : NULL;
}

/* A message that came to nobody is made good by one that came, decided no
 * longer ago than two looks may be late. One that is gone says nothing. */
#define HEARD_MS MS_PER_HOUR

/* Why the silence of the rule about the subject says nothing, or NULL. A grid
 * that was stopped and then removed is over. */
static const char *blind(enum watch_rule_id id, const struct watch_facts *f,
                         const char *subject, int64_t since_ms)
{
    const struct watch_grid *g = grid_of(f, subject);
    if (id == WATCH_ZOMBIES || id == WATCH_STANDS)
        return f->service ? NULL : "latest/service.yaml cannot be read";
    if (id == WATCH_UNREACHABLE || id == WATCH_REWRITTEN ||
        id == WATCH_INVALID || !g)
        return NULL;
    if (g->unread)
        return "its file cannot be read";
    if (g->gone)
        return "its file is gone";
    if (id == WATCH_DRAWDOWN && g->runs && !g->paused && !g->told &&
        isnan(g->drawdown))
        return "its loss cannot be read";
    if (id == WATCH_UNSAID && is_unsaid(g) &&
        f->now_ms - g->mandatory_ms > WATCH_UNSAID_MOST_MS)
        return "it is so for too long to look for its message";
    if (id == WATCH_UNDELIVERED && g->runs &&
        (g->heard_ms == MOMENT_NONE || g->heard_ms < since_ms - HEARD_MS))
        return "no message about it was got since";
    return NULL;
}

void watch_stand_on(enum watch_rule_id id, const struct watch_facts *f,
                    const char *subject, int64_t since_ms,
                    struct watch_findings *out)
{
    const char *why = f->accepted ? NULL : blind(id, f, subject, since_ms);
    for (size_t i = 0; i < out->count; i++)
        if (strcmp(out->list[i].subject, subject) == 0)
            return;
    if (why)
        find(out, subject, "it was told, and stands as far as known: %s", why);
}
