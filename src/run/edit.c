#include "run/edit.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "run/run.h"
#include "run/run_id.h"
#include "sys/clock.h"

/* A run or a look is seldom longer at work; the time of what is done is the one
 * at which it was typed. */
#define PATIENCE_MS 10000

static struct run_info info_of(const struct edit *e)
{
    struct run_info info = { 0 };
    snprintf(info.model, sizeof(info.model), "%s",
             hazard_model_name(e->config->exit.pi_model));
    run_id_make(e->at_ms, info.id);
    snprintf(info.engine, sizeof(info.engine), "%s", e->engine);
    config_hash(e->config, info.config);
    return info;
}

/* Is the file one of this edit? */
static bool is_own(const struct edit *e, const char *path)
{
    for (size_t i = 0; i < e->changes.count; i++)
        if (strcmp(e->changes.list[i].path, path) == 0)
            return true;
    return false;
}

static int put_fault(struct edit *e, struct changes *to, const char *subject,
                     const char *what, struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char path[RECORD_PATH_MAX], hash8[RECORD_HASH8];
    struct fault_document d = { .at_ms = e->at_ms,
                                .class = FAULT_CLASS_RUN,
                                .run = info_of(e) };
    snprintf(d.subject, sizeof(d.subject), "%s", subject);
    snprintf(d.what, sizeof(d.what), "%s", what);
    int rc = document_render(RECORD_FAULT, &d, &data, err);
    if (!rc) {
        record_hash8(text_str(&data), data.len, hash8);
        record_audit_path(RECORD_FAULT, e->at_ms, d.subject, hash8, path);
        rc = changes_put(to, path, &data, NULL, err);
    }
    text_release(&data);
    return rc;
}

static int put_losses(struct edit *e, const struct rebuild_report *b,
                      struct changes *to, struct error *err)
{
    char what[RECORD_LINE_MAX];
    int rc = 0;
    for (size_t i = 0; i < b->count && i < REBUILD_LOSSES_MAX && !rc; i++) {
        const struct rebuild_loss *l = &b->losses[i];
        if (l->slot_ms != MOMENT_NONE || is_own(e, l->path))
            continue; /* whoever edits now hears of it and does it again */
        rebuild_loss_text(l, what);
        rc = put_fault(e, to, l->grid, what, err);
    }
    if (b->store.saved[0] && !rc) {
        rebuild_saved_text(b->store.saved, what);
        rc = put_fault(e, to, "run", what, err);
    }
    return rc;
}

/* What another's word cost is in the record, whatever becomes of this edit. 1
 * when there was something to commit. */
static int record_losses(struct edit *e, const struct rebuild_report *b,
                         struct error *err)
{
    struct changes changes = { 0 };
    char hex[STORE_ID_SIZE];
    int rc = put_losses(e, b, &changes, err);
    const struct store_batch batch = {
        .changes = changes.list,
        .count = changes.count,
        .message = "audit events",
        .when_ms = e->at_ms,
    };
    if (!rc && changes.count)
        rc = store_commit(e->store, &batch, hex, err) ? -1 : 1;
    changes_release(&changes);
    return rc;
}

int edit_begin(struct edit *e, const struct edit_options *options,
               struct error *err)
{
    enum sync_state state;
    const struct config *config = options->config;

    *e = (struct edit){ .config = config, .engine = options->engine };
    e->at_ms = options->at_ms == MOMENT_NONE ? clock_wall_ms() : options->at_ms;
    if (options->dry_run)
        return run_open_store(config, false, &e->store, err);
    if (run_await_lock(config, PATIENCE_MS, &e->lock, err) ||
        run_open_store(config, true, &e->store, err))
        return -1;
    /* Whatever is wrong with the remote, an operator's word is committed here;
     * the push says what stands against it. Runs wait for the lock meanwhile,
     * so it ends. */
    e->rebuilt.until_ms = clock_monotonic_ms() + config->run.deadline_ms;
    if (store_sync(e->store, config->repository.push_budget_ms, &state, NULL) ==
            0 &&
        (state == SYNC_DIVERGED || state == SYNC_REPLACED)) {
        if (rebuild_on_remote(e->store, &e->rebuilt, &e->rebuild_error))
            return 0;
        record_losses(e, &e->rebuilt, &e->rebuild_error);
    }
    return 0;
}

void edit_end(struct edit *e)
{
    changes_release(&e->changes);
    store_free(e->store);
    lock_drop(&e->lock);
    e->store = NULL;
}

int edit_put_text(struct edit *e, const char *path, const struct text *data,
                  struct error *err)
{
    return changes_put(&e->changes, path, data, NULL, err);
}

int edit_put_grid(struct edit *e, const struct grid *g, struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char path[RECORD_PATH_MAX];
    record_grid_path(g->id, path);
    int rc = document_render(RECORD_GRID, g, &data, err);
    if (!rc)
        rc = edit_put_text(e, path, &data, err);
    if (rc) /* the operator's words, not our bug */
        err->fault = FAULT_USAGE;
    text_release(&data);
    return rc;
}

int edit_put_operator(struct edit *e, const struct operator_document *what,
                      struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char path[RECORD_PATH_MAX], hash8[RECORD_HASH8];
    struct operator_document d = *what;

    d.at_ms = e->at_ms;
    d.run = info_of(e);
    int rc = document_render(RECORD_OPERATOR, &d, &data, err);
    if (!rc) {
        record_hash8(text_str(&data), data.len, hash8);
        record_audit_path(RECORD_OPERATOR, e->at_ms, d.grid, hash8, path);
        rc = edit_put_text(e, path, &data, err);
    }
    text_release(&data);
    return rc;
}

static int check_taken(const struct edit *e, const struct rebuild_report *b,
                       struct error *err)
{
    for (size_t i = 0; i < b->count && i < REBUILD_LOSSES_MAX; i++)
        if (b->losses[i].slot_ms == MOMENT_NONE && is_own(e, b->losses[i].path))
            return error_set(err, FAULT_BUSY,
                             "grid '%s' was changed at the remote at the same "
                             "time: that stands, this was not taken; look with "
                             "'gridwatch grid show %s' and do it again",
                             b->losses[i].grid, b->losses[i].grid);
    return 0;
}

static int push(struct edit *e, struct rebuild_report *report)
{
    return rebuild_and_push(e->store, e->config->repository.push_budget_ms,
                            rebuild_seed(), report, &e->push_error);
}

/* Adds what the push found out. */
static void merge(struct rebuild_report *to, const struct rebuild_report *more)
{
    for (size_t i = 0; i < more->count && i < REBUILD_LOSSES_MAX;
         i++, to->count++)
        if (to->count < REBUILD_LOSSES_MAX)
            to->losses[to->count] = more->losses[i];
    to->times += more->times;
    if (more->store.saved[0])
        memcpy(to->store.saved, more->store.saved, sizeof(to->store.saved));
}

int edit_commit(struct edit *e, const char *subject, struct error *err)
{
    struct rebuild_report report = { .times = 0 };
    const struct store_batch batch = {
        .changes = e->changes.list,
        .count = e->changes.count,
        .message = subject,
        .when_ms = e->at_ms,
    };
    if (store_commit(e->store, &batch, e->commit, err))
        return -1;
    memcpy(report.follow, e->commit, sizeof(report.follow));
    e->push_owed = push(e, &report) != 0;
    if (report.times) {
        memcpy(e->commit, report.follow, sizeof(e->commit));
        merge(&e->rebuilt, &report);
        if (record_losses(e, &report, &e->rebuild_error) > 0 && !e->push_owed) {
            struct rebuild_report again = { .times = 0 };
            memcpy(again.follow, e->commit, sizeof(again.follow));
            e->push_owed = push(e, &again) != 0;
            memcpy(e->commit, again.follow, sizeof(e->commit));
            merge(&e->rebuilt, &again);
        }
    }
    return check_taken(e, &report, err);
}

int edit_read_grid(struct store *store, const char *id, struct grid *out,
                   struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    char path[RECORD_PATH_MAX], why[COMPLAINT_TEXT];
    struct error own = { FAULT_NONE, "" };
    err = err ? err : &own;
    record_grid_path(id, path);
    int rc = store_read(store, path, &data, err);
    if (rc && err->fault == FAULT_MISSING)
        error_set(err, FAULT_MISSING, "there is no grid '%s'", id);
    if (rc == 0 && document_parse(RECORD_GRID, text_str(&data), data.len, out,
                                  &complaints)) {
        complaint_format(&complaints.list[0], why);
        rc = error_set(err, FAULT_DATA, "'%s': %s", path, why);
    }
    text_release(&data);
    return rc;
}
