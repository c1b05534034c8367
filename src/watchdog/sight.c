#include "watchdog/sight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "record/record.h"
#include "replay/open_document.h"
#include "sys/xmalloc.h"

_Static_assert(WATCH_NAME_MAX >= GRID_ID_MAX, "a grid's name must fit");
_Static_assert(WATCH_PATH_MAX >= RECORD_PATH_MAX, "a path must fit");

struct check {
    struct store *store;
    struct sight *sight;
};

static void add_invalid(struct sight *s, const char *path, const char *what)
{
    s->invalid =
        xrealloc(s->invalid, s->invalid_count + 1, sizeof(*s->invalid));
    struct watch_invalid *i = &s->invalid[s->invalid_count++];
    snprintf(i->path, sizeof(i->path), "%s", path);
    snprintf(i->what, sizeof(i->what), "%s", what);
}

/* A forge's own files (paths that begin with a dot) are not looked at. */
static int check_file(const struct store_entry *e, void *payload,
                      struct error *err)
{
    struct check *c = payload;
    struct text data = TEXT_INIT(RECORD_SEED_MAX);
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];

    if (e->path[0] == '.')
        return 0;
    int rc = store_read(c->store, e->path, &data, err);
    if (rc && (err->fault == FAULT_DATA || err->fault == FAULT_MISSING)) {
        add_invalid(c->sight, e->path, err->msg);
        rc = 0;
    } else if (!rc && record_validate(e->path, text_str(&data), data.len,
                                      &complaints)) {
        complaint_format(&complaints.list[0], why);
        add_invalid(c->sight, e->path, why);
    }
    c->sight->documents++;
    text_release(&data);
    return rc;
}

struct grids {
    struct store *store;
    struct sight *sight;
    int64_t now_ms, from_ms;
};

struct watch_grid *sight_add(struct sight *s, const char *id)
{
    size_t count = s->grid_count + 1;
    s->grids = xrealloc(s->grids, count, sizeof(*s->grids));
    s->tell_since_ms =
        xrealloc(s->tell_since_ms, count, sizeof(*s->tell_since_ms));
    s->tell_since_ms[count - 1] = MOMENT_NONE;
    s->grid_count = count;
    struct watch_grid *g = &s->grids[count - 1];
    *g = (struct watch_grid){
        .life_ms = MOMENT_NONE,
        .runs_ms = MOMENT_NONE,
        .heard_ms = MOMENT_NONE,
        .slot_ms = MOMENT_NONE,
        .ahead_ms = MOMENT_NONE,
        .before_ms = MOMENT_NONE,
        .torn_ms = MOMENT_NONE,
        .mandatory_ms = MOMENT_NONE,
        .drawdown = NO_VALUE,
        .equity_limit = NO_VALUE,
    };
    snprintf(g->id, sizeof(g->id), "%s", id);
    return g;
}

/* What its state file says of it; without one nothing. */
static bool is_left(struct store *store, const char *grid)
{
    struct state_document *d = xcalloc(1, sizeof(*d));
    char path[RECORD_PATH_MAX];
    struct error why;

    record_state_path(grid, path);
    bool left = open_document(store, RECORD_STATE, path, d, &why) == 0 &&
                d->holding.parting.left_ms != MOMENT_NONE;
    free(d);
    return left;
}

static int see_grid(const struct store_entry *e, void *payload,
                    struct error *err)
{
    struct grids *all = payload;
    struct record_place place = record_place_of(e->path);
    struct grid file;
    struct error why;

    if (e->is_dir || place.kind != RECORD_GRID)
        return 0;
    struct watch_grid *g = sight_add(all->sight, place.name);
    if (open_document(all->store, RECORD_GRID, e->path, &file, &why)) {
        g->unread = true; /* and invalid already */
        return 0;
    }
    size_t i = all->sight->grid_count - 1;
    enum grid_status status = grid_status_at(&file, all->now_ms);
    g->runs = status == GRID_IS_RUNNING || status == GRID_IS_PAUSED;
    g->paused = status == GRID_IS_PAUSED;
    g->left = is_left(all->store, place.name);
    g->life_ms = grid_life_ms(&file);
    int rc = sight_slots(all->store, all->now_ms, all->from_ms, g, file.capital,
                         &all->sight->tell_since_ms[i], err);
    /* While it was paused nothing was told, and the next slot tells it. */
    int64_t since_ms = grid_told_since_ms(&file, all->now_ms);
    if (g->mandatory_ms != MOMENT_NONE && g->mandatory_ms < since_ms)
        g->mandatory_ms = since_ms;
    return rc;
}

static void see_service(struct store *store, struct sight *s)
{
    struct service_document *d = xcalloc(1, sizeof(*d));
    char path[RECORD_PATH_MAX];
    struct error why;

    record_service_path(path);
    if (open_document(store, RECORD_SERVICE, path, d, &why) == 0) {
        s->service = true;
        for (size_t i = 0; i < d->faults.count; i++) {
            const struct service_fault *f = &d->faults.list[i];
            bool orders = f->class == FAULT_CLASS_ORDERS;
            if (!orders && fault_rules[f->class].priority < 1)
                continue;
            s->stands =
                xrealloc(s->stands, s->stands_count + 1, sizeof(*s->stands));
            struct watch_stands *o = &s->stands[s->stands_count++];
            *o = (struct watch_stands){ .since_ms = f->since_ms,
                                        .orders = orders };
            snprintf(o->class, sizeof(o->class), "%s",
                     fault_class_name(f->class));
            snprintf(o->subject, sizeof(o->subject), "%s", f->subject);
            snprintf(o->what, sizeof(o->what), "%.190s", f->what);
        }
    }
    free(d);
}

int sight_take(struct store *store, int64_t now_ms, int64_t from_ms,
               struct sight *out, struct error *err)
{
    struct check check = { store, out };
    struct grids grids = { store, out, now_ms, from_ms };

    memset(out, 0, sizeof(*out));
    int rc = store_walk(store, "", check_file, &check, err);
    if (!rc)
        rc = store_list(store, "grids", see_grid, &grids, err);
    if (!rc)
        rc = sight_messages(store, now_ms, out, err);
    if (!rc)
        see_service(store, out);
    return rc;
}

void sight_release(struct sight *s)
{
    free(s->grids);
    free(s->tell_since_ms);
    free(s->unheard);
    free(s->invalid);
    free(s->stands);
    memset(s, 0, sizeof(*s));
}
