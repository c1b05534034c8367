/* recall: the grids, what is remembered of each, and the messages that were
 * decided and not delivered. A grid file that cannot be used is told loudly
 * and left out; the others go on. */
#include <stdlib.h>
#include <string.h>

#include "run/run_internal.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

int run_read_document(struct run *r, enum record_kind kind, const char *path,
                      void *out, struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];
    int rc = store_read(r->store, path, &data, err);
    if (rc == 0 &&
        document_parse(kind, text_str(&data), data.len, out, &complaints)) {
        complaint_format(&complaints.list[0], why);
        rc = error_set(err, FAULT_DATA, "'%s': %s", path, why);
    }
    text_release(&data);
    return rc;
}

static void tell_invalid(struct run *r, const char *id, const struct error *err)
{
    char text[LOG_VALUE_MAX];
    struct error told = *err;
    log_event(LOG_LEVEL_ERROR, "grid-invalid", "grid=%s what=%s", id,
              log_value(err->msg, text));
    run_put_fault(r, id, FAULT_CLASS_DATA, err->msg);
    error_wrap(&told, "grid '%s' is not watched", id);
    run_note(r, RUN_CONFIG, &told);
}

static int recall_state(struct run *r, struct grid_run *g, struct error *err)
{
    struct state_document d;
    char path[RECORD_PATH_MAX];

    g->exit = exit_memory_new();
    g->alert = alert_memory_new();
    record_state_path(g->grid.id, path);
    if (run_read_document(r, RECORD_STATE, path, &d, err))
        return err->fault == FAULT_MISSING ? 0 : -1;
    g->exit = d.exit;
    g->alert = d.alert;
    g->open_count = d.open_count;
    memcpy(g->open, d.open, sizeof(g->open));
    return 0;
}

static void recall_symbol_record(struct run *r, struct symbol_run *s)
{
    struct metrics_document d;
    char path[RECORD_PATH_MAX];
    bool seeded = false;

    for (int tf = 0; tf < TF_COUNT; tf++)
        s->recorded_ms[tf] = MOMENT_NONE;
    record_seed_path(s->symbol, TF_15M, path);
    s->joins = store_exists(r->store, path, &seeded, NULL) || !seeded;
    record_latest_symbol_path(s->symbol, path);
    if (run_read_document(r, RECORD_METRICS, path, &d, NULL))
        return;
    s->hashed_ms = d.slot_ms;
    for (int tf = 0; tf < TF_COUNT; tf++) {
        s->recorded_ms[tf] = d.quality.windows[tf].recorded_ms;
        s->bars_hash[tf] = d.quality.windows[tf].bars_hash;
    }
    /* The exchange's clock may not answer: the last known offset stands in. */
    if (d.quality.clock_offset_ms != INT64_MIN)
        r->offset_ms = d.quality.clock_offset_ms;
}

/* The index of the symbol, which is added when it is new. */
static size_t symbol_index(struct run *r, const char *symbol)
{
    for (size_t i = 0; i < r->symbol_count; i++) {
        if (strcmp(r->symbols[i].symbol, symbol) == 0)
            return i;
    }
    r->symbols = xrealloc(r->symbols, r->symbol_count + 1, sizeof(*r->symbols));
    struct symbol_run *s = &r->symbols[r->symbol_count];
    *s = (struct symbol_run){ .first_due_ms = MOMENT_NONE,
                              .hashed_ms = MOMENT_NONE };
    memcpy(s->symbol, symbol, strlen(symbol) + 1);
    recall_symbol_record(r, s);
    return r->symbol_count++;
}

static int recall_message(struct run *r, size_t grid,
                          const struct open_intent *open, struct error *err)
{
    struct intent_document d;
    if (run_read_document(r, RECORD_INTENT, open->path, &d, err))
        return -1;
    r->messages =
        xrealloc(r->messages, r->message_count + 1, sizeof(*r->messages));
    struct message_run *m = &r->messages[r->message_count++];
    *m = (struct message_run){ .intent = d.intent, .grid = grid };
    memcpy(m->path, open->path, sizeof(m->path));
    return 0;
}

static void tell_lost_message(struct run *r, const char *id,
                              const struct error *err)
{
    struct error told = *err;
    run_put_fault(r, id, FAULT_CLASS_RUN, err->msg);
    error_wrap(&told, "an open message of grid '%s' cannot be read", id);
    run_note(r, RUN_NOT_DELIVERED, &told);
}

/* The commit that last touched the grid's file. The newest exit document knows
 * it as long as the file has not changed, so history is not walked each run. */
static void recall_commit(struct run *r, struct grid_run *g, const char *path)
{
    struct exit_document *d = xcalloc(1, sizeof(*d));
    char latest[RECORD_PATH_MAX];

    record_latest_grid_path(g->grid.id, latest);
    if (run_read_document(r, RECORD_EXIT, latest, d, NULL) == 0 &&
        strcmp(d->inputs.grid_blob, g->blob) == 0)
        memcpy(g->commit, d->inputs.grid_commit, sizeof(g->commit));
    else if (store_last_commit_of(r->store, path, g->commit, NULL))
        g->commit[0] = '\0'; /* older than the walk: the blob's id says it */
    free(d);
}

/* Two files with one id would overwrite each other's record. */
static int check_name(const struct grid *g, const char *path, struct error *err)
{
    char own[RECORD_PATH_MAX];
    record_grid_path(g->id, own);
    return strcmp(own, path) == 0
               ? 0
               : error_set(err, FAULT_DATA,
                           "'%s' says id: %s; the file's name must be the id",
                           path, g->id);
}

/* A grid with overrides that cannot be used is watched without them. */
static void recall_strategy(struct run *r, struct grid_run *g)
{
    struct error err;
    if (config_for_grid(r->config, &g->grid, &g->strategy, &err) == 0)
        return;
    run_put_fault(r, g->grid.id, FAULT_CLASS_DATA, err.msg);
    run_note(r, RUN_CONFIG, &err);
}

static int recall_grid(struct run *r, const char *path, struct error *err)
{
    struct grid_run g = { .first_due_ms = MOMENT_NONE };

    if (run_read_document(r, RECORD_GRID, path, &g.grid, err) ||
        check_name(&g.grid, path, err) ||
        store_blob_id(r->store, path, g.blob, err) || recall_state(r, &g, err))
        return -1;
    recall_commit(r, &g, path);
    g.position = position_none("no position source is built yet");
    recall_strategy(r, &g);
    g.symbol = symbol_index(r, g.grid.symbol);
    r->grids = xrealloc(r->grids, r->grid_count + 1, sizeof(*r->grids));
    r->grids[r->grid_count] = g;
    size_t index = r->grid_count++;
    for (size_t i = 0; i < g.open_count; i++) {
        if (recall_message(r, index, &g.open[i], err))
            tell_lost_message(r, g.grid.id, err);
    }
    return 0;
}

static int visit_grid(const struct store_entry *e, void *payload,
                      struct error *err)
{
    struct run *r = payload;
    struct error why = { FAULT_NONE, "" };
    char id[GRID_ID_MAX + 8];

    (void)err;
    if (e->is_dir || record_kind_of_path(e->path) != RECORD_GRID ||
        recall_grid(r, e->path, &why) == 0)
        return 0;
    size_t len = strcspn(e->name, ".");
    if (len >= GRID_ID_MAX)
        len = GRID_ID_MAX - 1;
    memcpy(id, e->name, len);
    id[len] = '\0';
    tell_invalid(r, id, &why);
    return 0;
}

int run_recall(struct run *r)
{
    struct error err;
    if (store_list(r->store, "grids", visit_grid, r, &err)) {
        run_note(r, RUN_NO_REPOSITORY, &err);
        return -1;
    }
    return 0;
}
