#include "position/grid.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"

enum grid_status grid_status_at(const struct grid *g, int64_t ms)
{
    static const enum grid_status becomes[GRID_EVENT_COUNT] = {
        [GRID_CREATED] = GRID_IS_CREATED, [GRID_STARTED] = GRID_IS_RUNNING,
        [GRID_PAUSED] = GRID_IS_PAUSED,   [GRID_RESUMED] = GRID_IS_RUNNING,
        [GRID_EXITED] = GRID_IS_STOPPED,  [GRID_STOPPED] = GRID_IS_STOPPED,
    };
    for (size_t i = g->history_count; i-- > 0;) {
        const struct grid_history *h = &g->history[i];
        if (!grid_event_keeps(h->event) && h->at_ms <= ms)
            return becomes[h->event];
    }
    return GRID_IS_CREATED;
}

enum grid_status grid_status(const struct grid *g)
{
    return grid_status_at(g, INT64_MAX);
}

const char *grid_status_name(enum grid_status status)
{
    static const char *const names[] = {
        [GRID_IS_CREATED] = "created",
        [GRID_IS_RUNNING] = "running",
        [GRID_IS_PAUSED] = "paused",
        [GRID_IS_STOPPED] = "stopped",
    };
    return names[status];
}

const char *grid_event_name(enum grid_event event)
{
    static const char *const names[GRID_EVENT_COUNT] = {
        [GRID_CREATED] = "created", [GRID_STARTED] = "started",
        [GRID_PAUSED] = "paused",   [GRID_RESUMED] = "resumed",
        [GRID_CHANGED] = "changed", [GRID_EXITED] = "exited",
        [GRID_STOPPED] = "stopped", [GRID_ACKNOWLEDGED] = "acknowledged",
        [GRID_SNOOZED] = "snoozed",
    };
    return names[event];
}

bool grid_event_keeps(enum grid_event event)
{
    return event == GRID_CHANGED || event == GRID_ACKNOWLEDGED ||
           event == GRID_SNOOZED;
}

/* The newest of them that is no later than `until_ms`. */
static int64_t newest_of(const struct grid *g, unsigned events,
                         int64_t until_ms)
{
    for (size_t i = g->history_count; i-- > 0;) {
        const struct grid_history *h = &g->history[i];
        if (events & (1u << h->event) && h->at_ms <= until_ms)
            return h->at_ms;
    }
    return MOMENT_NONE;
}

int64_t grid_stop_set_ms(const struct grid *g)
{
    return newest_of(
        g, 1u << GRID_CREATED | 1u << GRID_STARTED | 1u << GRID_CHANGED,
        INT64_MAX);
}

int64_t grid_life_ms(const struct grid *g)
{
    return newest_of(g, 1u << GRID_STARTED, INT64_MAX);
}

int64_t grid_told_since_ms(const struct grid *g, int64_t now_ms)
{
    return newest_of(g, 1u << GRID_STARTED | 1u << GRID_RESUMED, now_ms);
}

int64_t grid_stopped_ms(const struct grid *g, int64_t now_ms)
{
    if (grid_status_at(g, now_ms) != GRID_IS_STOPPED)
        return MOMENT_NONE;
    return newest_of(g, 1u << GRID_STOPPED | 1u << GRID_EXITED, now_ms);
}

int64_t grid_last_event_ms(const struct grid *g)
{
    return g->history_count ? g->history[g->history_count - 1].at_ms
                            : MOMENT_NONE;
}

int64_t grid_snoozed_until_ms(const struct grid *g, int64_t slot_ms)
{
    for (size_t i = g->history_count; i-- > 0;) {
        const struct grid_history *h = &g->history[i];
        if (h->at_ms >= slot_ms + MS_PER_SLOT)
            continue;
        if (h->event == GRID_STARTED)
            break;
        if (h->event != GRID_SNOOZED)
            continue;
        int64_t most_ms = h->at_ms + GRID_SNOOZE_MAX_MS;
        int64_t until_ms = h->until_ms < most_ms ? h->until_ms : most_ms;
        return until_ms > slot_ms ? until_ms : MOMENT_NONE;
    }
    return MOMENT_NONE;
}

int64_t grid_acknowledged_ms(const struct grid *g, int64_t slot_ms)
{
    for (size_t i = g->history_count; i-- > 0;) {
        if (g->history[i].event == GRID_STARTED)
            break;
        if (g->history[i].event == GRID_ACKNOWLEDGED &&
            g->history[i].at_ms < slot_ms + MS_PER_SLOT)
            return g->history[i].at_ms;
    }
    return MOMENT_NONE;
}

/* --- Room for one more event ---------------------------------------------- */

static size_t newest_start(const struct grid *g)
{
    for (size_t i = g->history_count; i-- > 0;) {
        if (g->history[i].event == GRID_STARTED)
            return i;
    }
    return 0;
}

/* Is there a later event that says the same or overrules it? */
static bool is_overruled(const struct grid *g, size_t i)
{
    enum grid_event event = g->history[i].event;
    for (size_t k = i + 1; k < g->history_count; k++) {
        enum grid_event later = g->history[k].event;
        if (later == event ||
            (!grid_event_keeps(event) && !grid_event_keeps(later)))
            return true;
    }
    return false;
}

/* 0 for what goes first, 3 for what has to stay. */
static int worth_of(const struct grid *g, size_t i, size_t start,
                    int64_t now_ms)
{
    const struct grid_history *h = &g->history[i];
    if (i == 0 || i == start)
        return 3;
    if (h->event == GRID_ACKNOWLEDGED ||
        (h->event == GRID_SNOOZED && h->until_ms <= now_ms))
        return 0;
    if (i < start)
        return 1;
    return is_overruled(g, i) ? 2 : 3;
}

static void give_up_oldest(struct grid *g, int64_t now_ms)
{
    size_t start = newest_start(g), goes = 1;
    int least = 3;
    for (size_t i = 1; i < g->history_count; i++) {
        int worth = worth_of(g, i, start, now_ms);
        if (worth < least) {
            least = worth;
            goes = i;
        }
    }
    memmove(&g->history[goes], &g->history[goes + 1],
            (g->history_count - goes - 1) * sizeof(g->history[0]));
    g->history_count--;
}

size_t grid_add_event(struct grid *g, const struct grid_history *event)
{
    size_t given_up = 0;
    for (; g->history_count >= GRID_HISTORY_MAX; given_up++)
        give_up_oldest(g, event->at_ms);
    g->history[g->history_count++] = *event;
    return given_up;
}

/* --- What a file may say ---------------------------------------------------
 */

static bool complain(char *why, size_t size, const char *what)
{
    snprintf(why, size, "%s", what);
    return false;
}

static bool snoozes_are_sound(const struct grid *g, char *why, size_t size)
{
    for (size_t i = 0; i < g->history_count; i++) {
        const struct grid_history *h = &g->history[i];
        if (h->event != GRID_SNOOZED && h->until_ms)
            return complain(why, size,
                            "history may say 'until' of 'snoozed' only");
        if (h->event == GRID_SNOOZED && !h->until_ms)
            return complain(why, size,
                            "history says 'snoozed', but not 'until' when");
        if (h->event == GRID_SNOOZED && h->until_ms < h->at_ms)
            return complain(why, size,
                            "history says 'snoozed' until before it began");
    }
    return true;
}

static bool history_is_sound(const struct grid *g, char *why, size_t size)
{
    if (g->history_count && g->history[0].event != GRID_CREATED)
        return complain(why, size, "history must begin with 'created'");
    for (size_t i = 1; i < g->history_count; i++) {
        if (g->history[i].at_ms < g->history[i - 1].at_ms)
            return complain(why, size,
                            "history must be in order of time, oldest first");
        if (g->history[i].event == GRID_CREATED)
            return complain(why, size, "history may say 'created' only once");
    }
    return snoozes_are_sound(g, why, size);
}

bool grid_check(const struct grid *g, char *why, size_t why_size)
{
    if (!(g->lower > 0 && g->lower < g->upper))
        return complain(why, why_size, "lower must be above 0 and below upper");
    if (g->stop.below <= 0)
        return complain(why, why_size, "stop below must be above 0");
    if (g->stop.below >= g->lower)
        return complain(why, why_size, "stop below must be below lower");
    if (g->stop.above <= g->upper)
        return complain(why, why_size, "stop above must be above upper");
    if (g->trailing)
        return complain(why, why_size,
                        "trailing grids are not built yet; set trailing: "
                        "false and record each move as a 'changed' event");
    return history_is_sound(g, why, why_size);
}

const char *grid_quote(const struct grid *g)
{
    const char *dash = strchr(g->symbol, '-');
    return g->quote[0] || !dash ? g->quote : dash + 1;
}

bool grid_risks_down(const struct grid *g)
{
    return g->side != GRID_SHORT || g->market == GRID_FUTURES;
}

bool grid_risks_up(const struct grid *g)
{
    return g->side != GRID_LONG || g->market == GRID_FUTURES;
}
