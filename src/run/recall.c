/* recall: the grids, what is remembered of each, and the messages that were
 * decided and not delivered. A grid file that cannot be used is told loudly
 * and left out; the others go on. */
#include <stdlib.h>
#include <string.h>

#include "record/keep.h"
#include "run/faults.h"
#include "run/outcry.h"
#include "run/watched.h"
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

static int recall_state(struct run *r, struct grid_run *g, struct error *err)
{
    struct state_document d;
    char path[RECORD_PATH_MAX];

    g->exit = exit_memory_new();
    g->alert = alert_memory_new();
    g->holding = holding_new();
    record_state_path(g->grid.id, path);
    if (run_read_document(r, RECORD_STATE, path, &d, err)) {
        if (err->fault != FAULT_MISSING)
            return -1;
        run_recall_lost(r, g);
        return 0;
    }
    g->exit = d.exit;
    g->alert = d.alert;
    g->siren = d.siren;
    g->open_count = d.open_count;
    memcpy(g->open, d.open, sizeof(g->open));
    g->owed = d.owed;
    if (state_document_holding(&d, &g->grid, &g->holding, err)) {
        /* The watch goes on without: the position begins anew. */
        run_put_fault(r, g->grid.id, FAULT_CLASS_RUN, err->msg);
        g->holding = holding_new();
    }
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
                              .hashed_ms = MOMENT_NONE,
                              .refused_ms = MOMENT_NONE };
    memcpy(s->symbol, symbol, strlen(symbol) + 1);
    recall_symbol_record(r, s);
    return r->symbol_count++;
}

int run_recall_message(struct run *r, size_t grid,
                       const struct open_intent *open, struct error *err)
{
    struct intent_document d;
    if (run_read_document(r, RECORD_INTENT, open->path, &d, err))
        return -1;
    struct message_run *m = run_add_message(r);
    *m = (struct message_run){ .intent = d.intent, .grid = grid };
    memcpy(m->path, open->path, sizeof(m->path));
    return 0;
}

/* Its place alone is the fingerprint: the words may name the tip. */
bool run_tell_lost_message(struct run *r, const char *subject, const char *path,
                           const struct error *err)
{
    bool gone = err->fault == FAULT_MISSING;
    struct error told = *err;
    if (gone)
        error_set(&told, FAULT_MISSING, "'%s' is not in the record", path);
    run_see(r, FAULT_CLASS_MESSAGE, subject, path, told.msg);
    r->tells_people = true;
    error_wrap(&told, "an open message of '%s' cannot be read", subject);
    run_note(r, RUN_NOT_DELIVERED, &told);
    return gone || err->fault == FAULT_DATA;
}

static void recall_messages(struct run *r, size_t index)
{
    struct grid_run *g = &r->grids[index];
    struct error err;
    size_t kept = 0;

    for (size_t i = 0; i < g->open_count; i++) {
        if (run_recall_message(r, index, &g->open[i], &err) == 0 ||
            !run_tell_lost_message(r, g->grid.id, g->open[i].path, &err))
            g->open[kept++] = g->open[i];
    }
    g->state_changed |= kept != g->open_count;
    g->open_count = kept;
}

/* The commit that last touched the grid's file. The newest exit document knows
 * it as long as the file has not changed, so history is not walked each run. */
static void recall_commit(struct run *r, struct grid_run *g, const char *path,
                          const struct exit_document *newest)
{
    if (newest && strcmp(newest->inputs.grid_blob, g->blob) == 0)
        memcpy(g->commit, newest->inputs.grid_commit, sizeof(g->commit));
    else if (store_last_commit_of(r->store, path, g->commit, NULL))
        g->commit[0] = '\0'; /* older than the walk: the blob's id says it */
}

/* What a grid remembers is of one market. */
static int check_symbol(const struct grid_run *g, const char *path,
                        const struct exit_document *newest, struct error *err)
{
    const char *was = newest ? newest->evaluation.symbol : g->grid.symbol;
    if (strcmp(was, g->grid.symbol) == 0)
        return 0;
    return error_set(err, FAULT_DATA,
                     "'%s' says symbol: %s, but this grid was watched on %s; "
                     "set it back, stop this grid and make a new one",
                     path, g->grid.symbol, was);
}

static int recall_newest(struct run *r, struct grid_run *g, const char *path,
                         struct error *err)
{
    struct exit_document *d = xcalloc(1, sizeof(*d));
    char latest[RECORD_PATH_MAX];

    record_latest_grid_path(g->grid.id, latest);
    bool read = run_read_document(r, RECORD_EXIT, latest, d, NULL) == 0;
    int rc = check_symbol(g, path, read ? d : NULL, err);
    if (!rc)
        recall_commit(r, g, path, read ? d : NULL);
    free(d);
    return rc;
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
    run_see(r, FAULT_CLASS_OVERRIDES, g->grid.id, NULL, err.msg);
    run_note(r, RUN_CONFIG, &err);
}

/* Those that another writer watches are left to it. */
bool run_is_ours(const struct run *r, const char *id)
{
    const char *list = r->config->run.grids;
    size_t len = strlen(id);
    if (!list[strspn(list, " ")])
        return true;
    for (const char *at = list; *at; at += strcspn(at, " ")) {
        at += strspn(at, " ");
        if (strcspn(at, " ") == len && strncmp(at, id, len) == 0)
            return true;
    }
    return false;
}

static int recall_grid(struct run *r, const char *path, enum fault_class *class,
                       struct error *err)
{
    struct grid_run g = { .first_due_ms = MOMENT_NONE };

    *class = FAULT_CLASS_GRID_FILE;
    if (run_read_document(r, RECORD_GRID, path, &g.grid, err) ||
        check_name(&g.grid, path, err) ||
        store_blob_id(r->store, path, g.blob, err) ||
        recall_newest(r, &g, path, err))
        return -1;
    *class = FAULT_CLASS_GRID_STATE;
    if (recall_state(r, &g, err))
        return -1;
    if (!run_is_ours(r, g.grid.id))
        return 0;
    recall_strategy(r, &g);
    g.symbol = symbol_index(r, g.grid.symbol);
    r->grids = xrealloc(r->grids, r->grid_count + 1, sizeof(*r->grids));
    r->grids[r->grid_count] = g;
    recall_messages(r, r->grid_count++);
    return 0;
}

static int visit_grid(const struct store_entry *e, void *payload,
                      struct error *err)
{
    struct run *r = payload;
    struct error why = { FAULT_NONE, "" };
    enum fault_class class;
    char id[GRID_ID_MAX];

    (void)err;
    if (e->is_dir || record_kind_of_path(e->path) != RECORD_GRID) {
        run_tell_misnamed(r, e);
        return 0;
    }
    if (recall_grid(r, e->path, &class, &why) == 0)
        return 0;
    size_t len = strcspn(e->name, ".");
    if (len >= GRID_ID_MAX)
        len = GRID_ID_MAX - 1;
    memcpy(id, e->name, len);
    id[len] = '\0';
    run_tell_invalid(r, id, class, &why);
    return 0;
}

int run_recall(struct run *r)
{
    struct error err;
    run_faults_recall(r);
    if (store_list(r->store, "grids", visit_grid, r, &err) ||
        run_tell_unwatched(r, &err)) {
        run_note(r, RUN_NO_REPOSITORY, &err);
        run_outcry(r, OUTCRY_OPEN, &err);
        return -1;
    }
    return 0;
}
