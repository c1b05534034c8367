/* gridwatch grid create | start | pause | resume | change | stop: each is one
 * commit. What does not fit the grid as it is, is refused in words that say
 * what would. */
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "cli/grid_words.h"

#define ACTION(what)                                                           \
    &(const struct operator_document)                                          \
    {                                                                          \
        .action = (what)                                                       \
    }

int grid_create(struct act *a, const char *id, struct error *err)
{
    struct grid g, there;
    struct error why;
    struct grid_history created = { .at_ms = a->edit.at_ms,
                                    .event = GRID_CREATED };

    if (grid_describe(a->context, id, a->edit.at_ms, &g, err))
        return -1;
    if (edit_read_grid(a->edit.store, id, &there, &why) == 0 ||
        why.fault != FAULT_MISSING)
        return error_set(err, FAULT_USAGE,
                         "there is a grid '%s' already: choose another id", id);
    snprintf(created.note, sizeof(created.note), "%s", a->note);
    grid_add_event(&g, &created);
    grid_warn(a, &g);
    return act_put(a, &g, GRID_STARTED, ACTION(OPERATOR_CREATE), "",
                   "created and started", err);
}

static int refuse(const struct grid *g, const char *why, const char *way_out,
                  struct error *err)
{
    return error_set(err, FAULT_USAGE, "grid '%s' %s%s%s", g->id, why,
                     way_out ? ": " : "", way_out ? way_out : "");
}

/* A new life: what was known of the old one's beginning is not true of it. */
int grid_start(struct act *a, const char *id, struct error *err)
{
    struct grid g;

    if (act_read(a, id, &g, err))
        return -1;
    enum grid_status status = grid_status(&g);
    if (status == GRID_IS_RUNNING)
        return refuse(&g, "is running already", NULL, err);
    if (status == GRID_IS_PAUSED)
        return refuse(&g, "is paused, and its life goes on",
                      "'gridwatch grid resume' ends the pause", err);
    g.started_at_ms = a->edit.at_ms;
    g.start_price = NO_VALUE;
    return act_put(a, &g, GRID_STARTED, ACTION(OPERATOR_START), NULL,
                   status == GRID_IS_STOPPED ? "started again" : "started",
                   err);
}

int grid_pause(struct act *a, const char *id, struct error *err)
{
    struct grid g;

    if (act_read(a, id, &g, err))
        return -1;
    if (grid_status(&g) == GRID_IS_PAUSED)
        return refuse(&g, "is paused already", NULL, err);
    if (grid_status(&g) != GRID_IS_RUNNING)
        return refuse(&g, "is not running",
                      "'gridwatch grid start' begins a new life", err);
    return act_put(a, &g, GRID_PAUSED, ACTION(OPERATOR_PAUSE), NULL,
                   "paused: recorded, and nothing is told, MANDATORY_EXIT "
                   "neither",
                   err);
}

int grid_resume(struct act *a, const char *id, struct error *err)
{
    struct grid g;

    if (act_read(a, id, &g, err))
        return -1;
    if (grid_status(&g) == GRID_IS_RUNNING)
        return refuse(&g, "is running already", NULL, err);
    if (grid_status(&g) != GRID_IS_PAUSED)
        return refuse(&g, "is not paused",
                      "'gridwatch grid start' begins a new life", err);
    return act_put(a, &g, GRID_RESUMED, ACTION(OPERATOR_RESUME), NULL,
                   "resumed", err);
}

int grid_change(struct act *a, const char *id, struct error *err)
{
    struct grid g;
    char why[GRID_NOTE_MAX], words[GRID_NOTE_MAX + 16];
    struct operator_document what = { .action = OPERATOR_CHANGE };

    if (act_read(a, id, &g, err) || grid_redescribe(a->context, &g, why, err))
        return -1;
    snprintf(what.note, sizeof(what.note), "%s", why);
    snprintf(words, sizeof(words), "changed %s", why);
    grid_warn(a, &g);
    return act_put(a, &g, GRID_CHANGED, &what, why, words, err);
}

int grid_stop_it(struct act *a, const char *id, struct error *err)
{
    struct grid g;

    if (act_read(a, id, &g, err))
        return -1;
    if (grid_status(&g) == GRID_IS_STOPPED)
        return refuse(&g, "is stopped already", NULL, err);
    return act_put(a, &g, GRID_STOPPED, ACTION(OPERATOR_STOP), NULL, "stopped",
                   err);
}
