/* gridwatch explain: one slot of a grid on one screen, from the record alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/command.h"
#include "cli/explain.h"
#include "config/decisions.h"
#include "config/for_grid.h"
#include "picture/picture.h"
#include "replay/open_document.h"
#include "run/chart.h"
#include "run/edit.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

enum explain_option { OPTION_PICTURE, OPTION_DARK };

/* What is read for one explanation. */
struct reading {
    const struct context *context;
    struct store *store;
    int64_t slot_ms; /* or MOMENT_NONE: the newest */
    struct grid grid;
    struct exit_document exit;
    struct metrics_document metrics;
    struct state_document state;
    struct config config;
    struct config_grid strategy;
    struct error no_metrics, no_state;
    struct explain explain;
};

static int read_slot(const char *word, int64_t *slot_ms, struct error *err)
{
    *slot_ms = moment_parse(word);
    if (*slot_ms != MOMENT_NONE &&
        moment_floor(*slot_ms, MS_PER_SLOT) == *slot_ms)
        return 0;
    return error_set(err, FAULT_USAGE,
                     "'%.40s' is no slot: a quarter of an hour such as "
                     "2026-01-31T14:15Z",
                     word);
}

/* "grid 'btc-a' has no record of slot ...; the newest is ..." */
static int not_recorded(struct reading *r, struct error *err)
{
    char slot[MOMENT_TEXT], newest[MOMENT_TEXT], path[RECORD_PATH_MAX];
    const char *id = r->grid.id;

    record_latest_grid_path(id, path);
    if (r->slot_ms == MOMENT_NONE ||
        open_document_ever(r->store, RECORD_EXIT, path, &r->exit, err))
        return error_set(err, FAULT_USAGE, "no run has evaluated grid '%s' yet",
                         id);
    moment_format(r->slot_ms, slot);
    moment_format(r->exit.evaluation.slot_ms, newest);
    return error_set(
        err, FAULT_USAGE,
        "grid '%s' has no record of slot %s%s; the newest is of %s", id, slot,
        store_is_shallow(r->store)
            ? " in this shallow clone, which holds no older "
              "history"
            : "",
        newest);
}

static int read_exit(struct reading *r, struct error *err)
{
    char path[RECORD_PATH_MAX];
    if (r->slot_ms == MOMENT_NONE)
        record_latest_grid_path(r->grid.id, path);
    else
        record_exit_path(r->grid.id, r->slot_ms, path);
    int rc = open_document_ever(r->store, RECORD_EXIT, path, &r->exit, err);
    return rc && err->fault == FAULT_MISSING ? not_recorded(r, err) : rc;
}

/* The grid's file as the slot read it; the present one if that is lost. */
static void read_grid_of_slot(struct reading *r)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    struct grid *g = xcalloc(1, sizeof(*g));
    struct error err;
    if (store_read_blob(r->store, r->exit.inputs.grid_blob, &data, &err) == 0 &&
        document_parse(RECORD_GRID, text_str(&data), data.len, g,
                       &complaints) == 0)
        r->grid = *g;
    free(g);
    text_release(&data);
}

/* The limits that the slot was decided by: of the configuration that it names,
 * from the repository or the one at hand. */
static void read_limits(struct reading *r)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    const char *hash = r->exit.run.config;
    char path[RECORD_PATH_MAX], own[CONFIG_HASH];
    struct error err;
    bool known = false;

    config_hash(r->context->config, own);
    record_config_path(hash, path);
    if (strcmp(own, hash) == 0) {
        r->config = *r->context->config;
        known = true;
    } else if (store_read(r->store, path, &data, &err) == 0) {
        known = config_read_decisions(text_str(&data), data.len, &r->config,
                                      &err) == 0;
    }
    text_release(&data);
    if (!known)
        return;
    /* Overrides that cannot be used were not used by the run either. */
    config_for_grid(&r->config, &r->grid, &r->strategy, &err);
    r->explain.limits = &r->strategy.exit;
}

static const char *why_missing(const struct error *err, const char *words)
{
    return err->fault == FAULT_MISSING ? words : err->msg;
}

static void read_rest(struct reading *r)
{
    struct explain *x = &r->explain;
    char path[RECORD_PATH_MAX];

    record_metrics_path(r->exit.evaluation.symbol, r->exit.evaluation.slot_ms,
                        path);
    if (open_document_ever(r->store, RECORD_METRICS, path, &r->metrics,
                           &r->no_metrics) == 0)
        x->metrics = &r->metrics;
    else
        x->no_metrics =
            why_missing(&r->no_metrics, "there is no document of this slot");
    record_state_path(r->grid.id, path);
    if (open_document_ever(r->store, RECORD_STATE, path, &r->state,
                           &r->no_state) == 0)
        x->state = &r->state;
    else
        x->no_state = why_missing(&r->no_state, "there is no state document");
    read_grid_of_slot(r);
    read_limits(r);
    x->grid = &r->grid;
    x->exit = &r->exit;
    x->now_ms =
        r->context->at_ms == MOMENT_NONE ? clock_wall_ms() : r->context->at_ms;
}

static int read_all(struct reading *r, struct error *err)
{
    const struct args *args = r->context->args;
    r->slot_ms = MOMENT_NONE;
    if (args->value[1][OPTION_DARK] && !args->value[1][OPTION_PICTURE])
        return error_set(err, FAULT_USAGE, "--dark is of a --picture");
    if (args->word_count > 1 && read_slot(args->words[1], &r->slot_ms, err))
        return -1;
    if (run_open_store(r->context->config, true, &r->store, err))
        return -1;
    if (edit_read_grid(r->store, args->words[0], &r->grid, err)) {
        if (err->fault == FAULT_MISSING)
            err->fault = FAULT_USAGE;
        return -1;
    }
    if (read_exit(r, err))
        return -1;
    read_rest(r);
    return 0;
}

static int write_picture(const struct reading *r, struct error *err)
{
    const char *const *own = r->context->args->value[1];
    struct text png = TEXT_INIT(PICTURE_BYTES_MAX);
    const struct chart chart = { r->explain.grid, r->explain.exit,
                                 r->explain.limits };
    if (!own[OPTION_PICTURE])
        return 0;
    int rc = chart_png(&chart, r->store, own[OPTION_DARK] != NULL, &png, err) ||
                     text_write_file(&png, own[OPTION_PICTURE], err)
                 ? -1
                 : 0;
    text_release(&png);
    return rc;
}

enum run_exit cmd_explain(const struct context *c, struct error *err)
{
    struct text out = TEXT_INIT(RECORD_BYTES_MAX);
    struct reading *r = xcalloc(1, sizeof(*r));
    r->context = c;
    int rc = read_all(r, err) || write_picture(r, err) ? -1 : 0;
    if (!rc && c->json)
        explain_json(&r->explain, &out);
    else if (!rc)
        explain_text(&r->explain, &out);
    fputs(text_str(&out), stdout);
    text_release(&out);
    store_free(r->store);
    config_wipe(&r->config);
    free(r);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
