/* A grid without a state. The rest of the record says what can still be known:
 * its newest slot, so that none is written twice, and the messages that were
 * decided and not delivered, so that none is lost. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/faults.h"
#include "run/watched.h"
#include "sys/xmalloc.h"

#define DAYS_BACK     2   /* for messages */
#define DOCUMENTS_MAX 512 /* read for that */

/* The last name of a folder: years, months, days and slots sort by time. */
static int take_newest(const struct store_entry *e, void *payload,
                       struct error *err)
{
    char *newest = payload;
    (void)err;
    if (strlen(e->path) < RECORD_PATH_MAX && strcmp(e->path, newest) > 0)
        memcpy(newest, e->path, strlen(e->path) + 1);
    return 0;
}

/* exits/GRID/YYYY/MM/DD/HHMM.yaml; MOMENT_NONE when there is none. */
static int64_t newest_exit(struct run *r, const char *grid)
{
    char dir[RECORD_PATH_MAX], newest[RECORD_PATH_MAX];

    snprintf(dir, sizeof(dir), "exits/%s", grid);
    for (int level = 0; level < 4; level++) {
        newest[0] = '\0';
        if (store_list(r->store, dir, take_newest, newest, NULL) || !newest[0])
            return MOMENT_NONE;
        memcpy(dir, newest, sizeof(dir));
    }
    return record_place_of(dir).time_ms;
}

static int64_t newest_slot(struct run *r, const char *grid)
{
    struct exit_document *d = xcalloc(1, sizeof(*d));
    char path[RECORD_PATH_MAX];
    int64_t slot_ms = MOMENT_NONE;

    record_latest_grid_path(grid, path);
    if (run_read_document(r, RECORD_EXIT, path, d, NULL) == 0)
        slot_ms = d->evaluation.slot_ms;
    free(d);
    return slot_ms == MOMENT_NONE ? newest_exit(r, grid) : slot_ms;
}

struct search {
    struct run *run;
    struct grid_run *grid;
    enum record_kind kind;
    size_t documents;
};

static void drop(struct grid_run *g, const char *id)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->open_count; i++) {
        if (strcmp(g->open[i].id, id) != 0)
            g->open[kept++] = g->open[i];
    }
    g->open_count = kept;
}

static void take_intent(struct search *s, const char *path)
{
    struct grid_run *g = s->grid;
    struct intent_document d;

    if (run_read_document(s->run, RECORD_INTENT, path, &d, NULL) ||
        intent_is_of_service(&d.intent) || d.intent.reason == ALERT_SECOND)
        return;
    if (g->open_count == RECORD_OPEN_INTENTS_MAX)
        drop(g, g->open[0].id);
    struct open_intent *o = &g->open[g->open_count++];
    snprintf(o->id, sizeof(o->id), "%s", d.intent.id);
    snprintf(o->path, sizeof(o->path), "%s", path);
}

static int visit_event(const struct store_entry *e, void *payload,
                       struct error *err)
{
    struct search *s = payload;
    struct record_place p = record_place_of(e->path);
    struct delivery_document d;

    (void)err;
    if (p.kind != s->kind || strcmp(p.name, s->grid->grid.id) != 0 ||
        s->documents++ >= DOCUMENTS_MAX)
        return 0;
    if (p.kind == RECORD_INTENT)
        take_intent(s, e->path);
    else if (run_read_document(s->run, RECORD_DELIVERY, e->path, &d, NULL) ==
                 0 &&
             strcmp(d.delivery.channel, DELIVERY_MAIN) == 0)
        drop(s->grid, d.delivery.intent);
    return 0;
}

/* An intent and its delivery have one time when one run wrote both, and the
 * delivery's name comes first: each day is gone through twice. */
static void find_messages(struct run *r, struct grid_run *g)
{
    struct search s = { .run = r, .grid = g };
    char dir[32];

    for (int64_t day = DAYS_BACK; day >= 0; day--) {
        struct civil c = moment_civil(r->exchange_ms - day * MS_PER_DAY);
        snprintf(dir, sizeof(dir), "audit/%04d/%02d/%02d", c.year % 10000,
                 c.month % 100, c.day % 100);
        s.kind = RECORD_INTENT;
        store_list(r->store, dir, visit_event, &s, NULL);
        s.kind = RECORD_DELIVERY;
        store_list(r->store, dir, visit_event, &s, NULL);
    }
}

void run_recall_lost(struct run *r, struct grid_run *g)
{
    char slot[MOMENT_TEXT], what[RECORD_LINE_MAX];

    g->exit.slot_ms = newest_slot(r, g->grid.id);
    if (g->exit.slot_ms == MOMENT_NONE || !run_is_ours(r, g->grid.id) ||
        grid_status(&g->grid) == GRID_IS_STOPPED)
        return;
    find_messages(r, g);
    moment_format(g->exit.slot_ms, slot);
    snprintf(what, sizeof(what),
             "what was remembered of %s is gone: it has slots up to %s and no "
             "state/%s.yaml; it begins anew with %zu open message%s",
             g->grid.id, slot, g->grid.id, g->open_count,
             g->open_count == 1 ? "" : "s");
    run_see(r, FAULT_CLASS_MEMORY, g->grid.id, slot, what);
    r->tells_people = true;
}
