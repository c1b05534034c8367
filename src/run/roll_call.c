#include "run/roll_call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/watch.h"
#include "run/channel_set.h"
#include "run/phone.h"
#include "sys/xmalloc.h"

struct quiet run_quiet(const struct run *r)
{
    const struct config_notify *n = &r->config->notify;
    return (struct quiet){ n->quiet_hours, n->maintenance, &r->zone };
}

/* Slots of a grid in (from, to] that the record has, and the first at all that
 * was looked at. */
struct slots {
    const char *grid;
    int64_t from_ms, to_ms, first_ms;
    size_t count;
};

static void take_path(struct slots *s, const char *path)
{
    struct record_place p = record_place_of(path);
    if (p.kind != RECORD_EXIT || p.time_ms == MOMENT_NONE ||
        strcmp(p.name, s->grid) != 0 || p.time_ms > s->to_ms)
        return;
    if (s->first_ms == MOMENT_NONE || p.time_ms < s->first_ms)
        s->first_ms = p.time_ms;
    s->count += p.time_ms > s->from_ms;
}

static int visit_slot(const struct store_entry *e, void *payload,
                      struct error *err)
{
    (void)err;
    take_path(payload, e->path);
    return 0;
}

/* A grid that joined meanwhile is due from its first slot on. What this run
 * adds is not on the tip yet. */
static void count_slots(struct run *r, const char *grid, struct watch *w)
{
    struct slots s = { grid, w->since_ms, w->slot_ms, MOMENT_NONE, 0 };
    struct error err;
    char dir[GRID_ID_MAX + 32];

    for (int day = 2; day >= 0; day--) {
        struct civil c = moment_civil(w->slot_ms - day * MS_PER_DAY);
        snprintf(dir, sizeof(dir), "exits/%s/%04d/%02d/%02d", grid,
                 c.year % 10000, c.month % 100, c.day % 100);
        (void)store_list(r->store, dir, visit_slot, &s, &err);
    }
    for (size_t i = 0; i < r->changes.count; i++)
        take_path(&s, r->changes.list[i].path);
    w->evaluated += s.count;
    if (s.first_ms == MOMENT_NONE)
        return;
    int64_t before_ms = s.first_ms - MS_PER_SLOT;
    if (before_ms < w->since_ms)
        before_ms = w->since_ms;
    w->due += (size_t)((w->slot_ms - before_ms) / MS_PER_SLOT);
}

static void decide(struct run *r, const struct watch *w,
                   void (*write)(const struct watch *, struct intent *),
                   int64_t *told_ms)
{
    struct service_document *d = &r->service;
    struct message_run m = { .grid = MESSAGE_OF_SERVICE, .decided_now = true };

    if (d->open_count == RECORD_OPEN_INTENTS_MAX)
        return;
    write(w, &m.intent);
    *told_ms = r->slot_ms;
    r->service_changed = true;
    if (run_put_intent(r, &m))
        return;
    struct open_intent *o = &d->open[d->open_count++];
    snprintf(o->id, sizeof(o->id), "%s", m.intent.id);
    snprintf(o->path, sizeof(o->path), "%s", m.path);
    *run_add_message(r) = m;
}

/* Is nothing recorded before this run? */
static bool is_first(const struct run *r)
{
    bool first = r->service.installed_ms == 0;
    for (size_t i = 0; i < r->symbol_count; i++)
        first &= r->symbols[i].hashed_ms == MOMENT_NONE;
    return first;
}

static void take_grid(struct watch *w, struct watch_grid *list,
                      const struct grid_run *g)
{
    if (grid_status(&g->grid) == GRID_IS_STOPPED)
        return;
    list[w->count++] = (struct watch_grid){
        .grid = &g->grid,
        .position = &g->position,
        .state = g->now.verdict.state,
        .left = g->holding.parting.left_ms != MOMENT_NONE,
        .at_risk = g->risk.at_risk,
    };
}

/* All of the slot, or none: a run that concluded only a part of it tells at the
 * next. */
static bool take_grids(const struct run *r, struct watch *w,
                       struct watch_grid *list)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        if (g->first_due_ms == MOMENT_NONE)
            continue; /* not watched: stopped long ago, or not yet begun */
        if (!g->evaluated || g->unrecorded)
            return false;
        take_grid(w, list, g);
    }
    w->grids = list;
    return w->count > 0;
}

void run_watch_tell(struct run *r)
{
    const struct config *c = r->config;
    struct service_document *d = &r->service;
    const struct quiet quiet = run_quiet(r);
    char channels[CHANNEL_NAMES_MAX];
    struct watch_grid *list = xcalloc(r->grid_count + 1, sizeof(*list));
    struct watch w = {
        .slot_ms = r->slot_ms,
        .quiet = &quiet,
        .all_clear_at = c->notify.all_clear_at,
        .channels = channels,
        .has_phone = run_has_channel(r),
        .has_key = c->secrets.kucoin_api_key.text[0] != '\0',
        .has_calendar = c->outside.calendar_file[0] != '\0',
        .has_signal = c->outside.signal_file[0] || c->outside.signal_url[0],
        .since_ms = r->slot_ms - MS_PER_DAY,
        .faults = &d->faults,
    };
    int64_t last_ms =
        d->all_clear_ms > d->installed_ms ? d->all_clear_ms : d->installed_ms;

    channel_set_names(c, w.has_phone, channels);
    if (!take_grids(r, &w, list)) {
        free(list);
        return;
    }
    if (c->notify.first_message && is_first(r)) {
        decide(r, &w, watch_installed, &d->installed_ms);
    } else if (watch_is_due(&w, last_ms)) {
        for (size_t i = 0; i < w.count; i++)
            count_slots(r, w.grids[i].grid->id, &w);
        decide(r, &w, watch_all_clear, &d->all_clear_ms);
    }
    free(list);
}

bool run_watch_superseded(const struct run *r, size_t message)
{
    if (r->messages[message].intent.reason != ALERT_ALL_CLEAR)
        return false;
    for (size_t i = message + 1; i < r->message_count; i++)
        if (r->messages[i].intent.reason == ALERT_ALL_CLEAR)
            return true;
    return false;
}
