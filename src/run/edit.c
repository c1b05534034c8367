#include "run/edit.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "run/run.h"
#include "run/run_id.h"
#include "sys/clock.h"

int edit_begin(struct edit *e, const struct edit_options *options,
               struct error *err)
{
    enum sync_state state;
    const struct config *config = options->config;

    *e = (struct edit){ .config = config, .engine = options->engine };
    e->at_ms = options->at_ms == MOMENT_NONE ? clock_wall_ms() : options->at_ms;
    if (options->dry_run)
        return run_open_store(config, false, &e->store, err);
    if (run_take_lock(config, &e->lock, err) ||
        run_open_store(config, true, &e->store, err))
        return -1;
    /* Whatever is wrong with the remote, an operator's word is committed here;
     * the push says what stands against it. */
    store_sync(e->store, config->repository.push_budget_ms, &state, NULL);
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

static struct run_info info_of(const struct edit *e)
{
    struct run_info info = { .model = HAZARD_MODEL };
    run_id_make(e->at_ms, info.id);
    snprintf(info.engine, sizeof(info.engine), "%s", e->engine);
    config_hash(e->config, info.config);
    return info;
}

int edit_put_operator(struct edit *e, const char *grid,
                      enum operator_action action, const char *note,
                      struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char path[RECORD_PATH_MAX], hash8[RECORD_HASH8];
    struct operator_document d = {
        .at_ms = e->at_ms,
        .action = action,
        .run = info_of(e),
    };
    snprintf(d.grid, sizeof(d.grid), "%s", grid);
    snprintf(d.note, sizeof(d.note), "%s", note ? note : "");
    int rc = document_render(RECORD_OPERATOR, &d, &data, err);
    if (!rc) {
        record_hash8(text_str(&data), data.len, hash8);
        record_audit_path(RECORD_OPERATOR, e->at_ms, grid, hash8, path);
        rc = edit_put_text(e, path, &data, err);
    }
    text_release(&data);
    return rc;
}

int edit_commit(struct edit *e, const char *subject, struct error *err)
{
    const struct store_batch batch = {
        .changes = e->changes.list,
        .count = e->changes.count,
        .message = subject,
        .when_ms = e->at_ms,
    };
    if (store_commit(e->store, &batch, e->commit, err))
        return -1;
    e->push_owed = store_push(e->store, e->config->repository.push_budget_ms,
                              &e->push_error) != 0;
    return 0;
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
