#include "run/watched.h"

#include <stdlib.h>
#include <string.h>

#include "run/faults.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

#define REMOVAL_COMMITS_MAX 5000 /* looked at for the end of a grid's file */

void run_tell_invalid(struct run *r, const char *id, enum fault_class class,
                      const struct error *err)
{
    char text[LOG_VALUE_MAX];
    struct error told = *err;
    log_event(LOG_LEVEL_ERROR, "grid-invalid", "grid=%s what=%s", id,
              log_value(err->msg, text));
    run_see(r, class, id, NULL, err->msg);
    error_wrap(&told, "grid '%s' is not watched", id);
    run_note(r, RUN_CONFIG, &told);
}

void run_tell_misnamed(struct run *r, const struct store_entry *e)
{
    struct error err;
    error_set(&err, FAULT_DATA,
              "'grids/%.80s' is %s: a grid file is grids/ID.yaml, ID of a-z, "
              "0-9 and hyphens",
              e->name, e->is_dir ? "a directory" : "no grid file by its name");
    run_see(r, FAULT_CLASS_GRID_NAME, "run", e->path, err.msg);
    run_note(r, RUN_CONFIG, &err);
}

/* The file as it was when it was removed. */
struct removal {
    char path[RECORD_PATH_MAX];
    char before[STORE_ID_SIZE];
    size_t commits;
    int64_t deadline_ms; /* of the monotonic clock */
};

static int find_removal(const struct store_commit *c, void *payload,
                        struct error *err)
{
    struct removal *x = payload;
    for (size_t i = 0; i < c->count && !x->before[0]; i++) {
        if (!c->edits[i].after[0] && strcmp(c->edits[i].path, x->path) == 0)
            memcpy(x->before, c->edits[i].before, sizeof(x->before));
    }
    return x->before[0] || ++x->commits == REMOVAL_COMMITS_MAX ||
                   clock_monotonic_ms() >= x->deadline_ms
               ? error_set(err, FAULT_MISSING, "the search ends")
               : 0;
}

static bool is_stopped(struct run *r, const char *blob)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    struct grid *g = xcalloc(1, sizeof(*g));
    bool stopped = blob[0] &&
                   store_read_blob(r->store, blob, &data, NULL) == 0 &&
                   document_parse(RECORD_GRID, text_str(&data), data.len, g,
                                  &complaints) == 0 &&
                   grid_status(g) == GRID_IS_STOPPED;
    free(g);
    text_release(&data);
    return stopped;
}

/* By the file that its newest slot was concluded from, else by the one that
 * was removed: it may have been stopped after that slot. */
static bool was_stopped(struct run *r, const char *id, int64_t deadline_ms)
{
    struct exit_document *d = xcalloc(1, sizeof(*d));
    struct removal x = { .before = "", .deadline_ms = deadline_ms };
    char latest[RECORD_PATH_MAX];

    record_latest_grid_path(id, latest);
    bool stopped = run_read_document(r, RECORD_EXIT, latest, d, NULL) == 0 &&
                   is_stopped(r, d->inputs.grid_blob);
    free(d);
    if (stopped || clock_monotonic_ms() >= deadline_ms)
        return stopped;
    record_grid_path(id, x.path);
    store_log(r->store, find_removal, &x, NULL);
    return is_stopped(r, x.before);
}

/* --- Sirens of those -------------------------------------------------------
 */

struct ringing {
    struct run *run;
    const char *tag;
    int64_t deadline_ms;
    bool found;
};

static bool is_watched(const struct run *r, const char *id)
{
    bool watched = false;
    for (size_t i = 0; i < r->grid_count; i++)
        watched |= strcmp(r->grids[i].grid.id, id) == 0;
    return watched;
}

static bool may_ring(const struct run *r, const struct state_document *d,
                     const char *tag)
{
    const struct alert_siren *s = &d->alert.siren;
    const char *by = d->siren.by[0] ? d->siren.by_tag : s->tag;
    return s->intent[0] && s->acknowledged_ms == MOMENT_NONE && !s->expired &&
           d->siren.receipt[0] && d->siren.until_ms > r->exchange_ms &&
           strcmp(by, tag) == 0;
}

static int visit_ringing(const struct store_entry *e, void *payload,
                         struct error *err)
{
    struct ringing *x = payload;
    struct record_place p = record_place_of(e->path);
    char path[RECORD_PATH_MAX], blob[STORE_ID_SIZE];

    (void)err;
    if (e->is_dir || p.kind != RECORD_STATE || x->found ||
        is_watched(x->run, p.name) || !run_is_ours(x->run, p.name))
        return 0;
    struct state_document *d = xcalloc(1, sizeof(*d));
    record_grid_path(p.name, path);
    x->found = run_read_document(x->run, RECORD_STATE, e->path, d, NULL) == 0 &&
               may_ring(x->run, d, x->tag) &&
               (store_blob_id(x->run->store, path, blob, NULL) == 0 ||
                !was_stopped(x->run, p.name, x->deadline_ms));
    free(d);
    return 0;
}

bool run_rings_unwatched(struct run *r, const char *tag, int64_t deadline_ms)
{
    struct ringing x = { r, tag, deadline_ms, false };
    if (r->store)
        store_list(r->store, "state", visit_ringing, &x, NULL);
    return x.found;
}

/* --- Those that are gone ---------------------------------------------------
 */

static int visit_state(const struct store_entry *e, void *payload,
                       struct error *err)
{
    struct run *r = payload;
    struct record_place p = record_place_of(e->path);
    struct error why;
    char path[RECORD_PATH_MAX], blob[STORE_ID_SIZE];

    (void)err;
    if (e->is_dir || p.kind != RECORD_STATE)
        return 0;
    record_grid_path(p.name, path);
    if (store_blob_id(r->store, path, blob, NULL) == 0 ||
        was_stopped(r, p.name, INT64_MAX))
        return 0;
    error_set(&why, FAULT_DATA,
              "grid %s was watched and its file %s is gone: it is not watched; "
              "put it back, or stop it first",
              p.name, path);
    run_tell_invalid(r, p.name, FAULT_CLASS_GRID_FILE, &why);
    return 0;
}

int run_tell_unwatched(struct run *r, struct error *err)
{
    return store_list(r->store, "state", visit_state, r, err);
}
