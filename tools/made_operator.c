#include "tools/made_operator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "run/edit.h"
#include "run/run.h"

#define GRIDS_MAX        64
#define MS_PER_HOUR_HERE INT64_C(3600000)
#define STOP_AFTER_MS    (2 * MS_PER_HOUR_HERE)
#define LIFE_MS          (12 * MS_PER_DAY)
#define REST_MS          MS_PER_DAY
#define REST_MOST_MS     (6 * MS_PER_DAY)

struct names {
    size_t count;
    char id[GRIDS_MAX][GRID_ID_MAX];
};

static int take_name(const struct store_entry *e, void *payload,
                     struct error *err)
{
    struct names *names = payload;
    size_t n = strcspn(e->name, ".");
    if (n >= GRID_ID_MAX || names->count == GRIDS_MAX)
        return error_set(err, FAULT_DATA, "grid '%s' is one too many", e->name);
    memcpy(names->id[names->count], e->name, n);
    names->id[names->count++][n] = '\0';
    return 0;
}

static int read_state(struct store *s, const char *id, struct state_document *d,
                      struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    char path[RECORD_PATH_MAX];

    record_state_path(id, path);
    int rc = store_read(s, path, &data, err);
    if (!rc &&
        document_parse(RECORD_STATE, text_str(&data), data.len, d, &complaints))
        rc = error_set(err, FAULT_DATA, "'%s' cannot be read", path);
    text_release(&data);
    return rc;
}

static bool wants_stop(const struct state_document *d, int64_t at_ms)
{
    return d->exit.known == STATE_MANDATORY &&
           at_ms - d->exit.since_ms >= STOP_AFTER_MS;
}

static bool wants_start(const struct grid *g, int64_t at_ms)
{
    int64_t rested_ms = at_ms - grid_last_event_ms(g);
    return rested_ms >= REST_MOST_MS ||
           (rested_ms >= REST_MS && at_ms - grid_life_ms(g) >= LIFE_MS);
}

static double round_price(double x)
{
    double step = pow(10.0, floor(log10(x)) - 3.0);
    return round(x / step) * step;
}

/* The same grid about another price. */
static void move_to(struct grid *g, double price)
{
    double by = price / sqrt(g->lower * g->upper);
    g->lower = round_price(g->lower * by);
    g->upper = round_price(g->upper * by);
    g->stop.below = round_price(g->stop.below * by);
    g->stop.above = round_price(g->stop.above * by);
}

static void add_event(struct grid *g, enum grid_event event, int64_t at_ms,
                      const char *note)
{
    struct grid_history *h = &g->history[g->history_count++];
    *h = (struct grid_history){ .at_ms = at_ms, .event = event };
    snprintf(h->note, sizeof(h->note), "%s", note);
}

static int commit(struct made_operator *o, const struct grid *g, int64_t at_ms,
                  bool starts, struct error *err)
{
    struct edit e;
    char subject[120];
    const struct edit_options options = { o->config, o->engine, at_ms, false };
    struct operator_document action = {
        .action = starts ? OPERATOR_START : OPERATOR_STOP,
        .state = STATE_UNKNOWN,
    };

    snprintf(action.grid, sizeof(action.grid), "%s", g->id);
    snprintf(action.note, sizeof(action.note), "%s",
             g->history[g->history_count - 1].note);
    snprintf(subject, sizeof(subject), "%s: %s", g->id,
             starts ? "started" : "stopped");
    int rc = edit_begin(&e, &options, err);
    if (!rc)
        rc = edit_put_grid(&e, g, err);
    if (!rc)
        rc = edit_put_operator(&e, &action, err);
    if (!rc)
        rc = edit_commit(&e, subject, err);
    edit_end(&e);
    return rc;
}

static int look_at(struct made_operator *o, struct store *s, const char *id,
                   int64_t at_ms, struct error *err)
{
    struct grid g;
    struct state_document d;

    if (edit_read_grid(s, id, &g, err))
        return -1;
    bool stopped = grid_status(&g) == GRID_IS_STOPPED;
    if (g.history_count + (stopped ? 1 : 2) > GRID_HISTORY_MAX)
        return 0;
    if (stopped && wants_start(&g, at_ms)) {
        move_to(&g, made_world_price(o->world, g.symbol, at_ms));
        g.started_at_ms = at_ms;
        add_event(&g, GRID_STARTED, at_ms, "about the present price");
        o->starts++;
        return commit(o, &g, at_ms, true, err);
    }
    if (stopped)
        return 0;
    if (read_state(s, id, &d, err))
        return -1;
    if (!wants_stop(&d, at_ms))
        return 0;
    add_event(&g, GRID_STOPPED, at_ms, "stopped by hand");
    o->stops++;
    return commit(o, &g, at_ms, false, err);
}

int made_operator_look(struct made_operator *o, int64_t at_ms,
                       struct error *err)
{
    struct names names = { .count = 0 };
    struct store *s = NULL;

    int rc = run_open_store(o->config, false, &s, err);
    if (!rc)
        rc = store_list(s, "grids", take_name, &names, err);
    for (size_t i = 0; i < names.count && !rc; i++)
        rc = look_at(o, s, names.id[i], at_ms, err);
    store_free(s);
    return rc;
}
