#include "position/grid.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"

enum grid_status grid_status_at(const struct grid *g, int64_t ms)
{
    static const enum grid_status becomes[] = {
        [GRID_CREATED] = GRID_IS_CREATED, [GRID_STARTED] = GRID_IS_RUNNING,
        [GRID_PAUSED] = GRID_IS_PAUSED,   [GRID_RESUMED] = GRID_IS_RUNNING,
        [GRID_EXITED] = GRID_IS_STOPPED,  [GRID_STOPPED] = GRID_IS_STOPPED,
    };
    for (size_t i = g->history_count; i-- > 0;) {
        const struct grid_history *h = &g->history[i];
        if (h->event != GRID_CHANGED && h->at_ms <= ms)
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
    static const char *const names[] = {
        [GRID_CREATED] = "created", [GRID_STARTED] = "started",
        [GRID_PAUSED] = "paused",   [GRID_RESUMED] = "resumed",
        [GRID_CHANGED] = "changed", [GRID_EXITED] = "exited",
        [GRID_STOPPED] = "stopped",
    };
    return names[event];
}

static int64_t newest_of(const struct grid *g, unsigned events)
{
    for (size_t i = g->history_count; i-- > 0;) {
        if (events & (1u << g->history[i].event))
            return g->history[i].at_ms;
    }
    return MOMENT_NONE;
}

int64_t grid_stop_set_ms(const struct grid *g)
{
    return newest_of(g, 1u << GRID_CREATED | 1u << GRID_STARTED |
                            1u << GRID_CHANGED);
}

int64_t grid_life_ms(const struct grid *g)
{
    return newest_of(g, 1u << GRID_STARTED);
}

int64_t grid_last_event_ms(const struct grid *g)
{
    return g->history_count ? g->history[g->history_count - 1].at_ms
                            : MOMENT_NONE;
}

static bool complain(char *why, size_t size, const char *what)
{
    snprintf(why, size, "%s", what);
    return false;
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
    return true;
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

bool grid_risks_down(const struct grid *g)
{
    return g->side != GRID_SHORT || g->market == GRID_FUTURES;
}

bool grid_risks_up(const struct grid *g)
{
    return g->side != GRID_LONG || g->market == GRID_FUTURES;
}
