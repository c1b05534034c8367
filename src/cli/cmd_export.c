/* gridwatch export: one row for each slot of a grid or a symbol, oldest first.
 *
 * Slots that left the tip are read from history; that takes one pass over all
 * commits, so it is left out when the span lies on the tip. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/act.h"
#include "cli/days.h"
#include "cli/export_csv.h"
#include "record/pattern.h"
#include "sys/xmalloc.h"

#define LINE_MAX_BYTES ((size_t)256 * 1024)

union slot_document {
    struct exit_document exit;
    struct metrics_document metrics;
};

struct export
{
    const struct context *context;
    struct store *store;
    struct store_past *past; /* NULL: the tip alone */
    enum record_kind kind;
    bool json;
    char name[GRID_ID_MAX]; /* a grid, or a symbol */
    char folder[DAYS_PATH_MAX];
    struct span span;
    union slot_document *document;
    struct text bytes, line;
    size_t rows, unreadable;
};

static int print_line(struct export *x, struct error *err)
{
    int rc = fputs(text_str(&x->line), stdout) < 0
                 ? error_set(err, FAULT_IO, "the table ends early: %s",
                             strerror(errno))
                 : 0;
    text_clear(&x->line);
    return rc;
}

static int print_row(struct export *x, struct error *err)
{
    if (!x->json && x->rows == 0)
        export_csv_header(x->kind, &x->line);
    if (x->json)
        flat_json(x->kind, x->document, &x->line);
    else
        export_csv_row(x->kind, x->document, &x->line);
    x->rows++;
    return print_line(x, err);
}

static int show(const struct store_entry *e, void *payload, struct error *err)
{
    struct export *x = payload;
    struct record_place place = record_place_of(e->path);
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];

    if (e->is_dir || place.kind != x->kind || place.time_ms < x->span.from_ms ||
        place.time_ms >= x->span.to_ms)
        return 0;
    text_clear(&x->bytes);
    if (store_read_blob(x->store, e->id, &x->bytes, err))
        return -1;
    if (document_parse(x->kind, text_str(&x->bytes), x->bytes.len, x->document,
                       &complaints) == 0)
        return print_row(x, err);
    complaint_format(&complaints.list[0], why);
    fprintf(stderr, "gridwatch: '%s' is left out: %s\n", e->path, why);
    x->unreadable++;
    return 0;
}

/* --- What is asked for ------------------------------------------------------
 */

static int read_format(struct export *x, struct error *err)
{
    const char *format = act_option(x->context, "format");
    x->json = format && strcmp(format, "jsonl") == 0;
    if (format && !x->json && strcmp(format, "csv") != 0)
        return error_set(err, FAULT_USAGE,
                         "--format '%.40s' is neither csv nor jsonl", format);
    return 0;
}

static int read_what(struct export *x, bool symbol, struct error *err)
{
    const char *what = act_option(x->context, "what");
    x->kind = symbol ? RECORD_METRICS : RECORD_EXIT;
    if (what && strcmp(what, "metrics") == 0)
        x->kind = RECORD_METRICS;
    else if (what && strcmp(what, "exits") != 0)
        return error_set(err, FAULT_USAGE,
                         "--what '%.40s' is neither exits nor metrics", what);
    if (what && symbol && strcmp(what, "exits") == 0)
        return error_set(err, FAULT_USAGE,
                         "exits are of a grid, and '%s' is a symbol", x->name);
    if (!what || symbol || x->kind == RECORD_EXIT)
        return 0;
    struct grid g; /* the metrics of a grid are those of its symbol */
    if (edit_read_grid(x->store, x->name, &g, err)) {
        err->fault = err->fault == FAULT_MISSING ? FAULT_USAGE : err->fault;
        return -1;
    }
    snprintf(x->name, sizeof(x->name), "%s", g.symbol);
    return 0;
}

static int read_name(struct export *x, struct error *err)
{
    const char *word = x->context->args->words[0];
    bool symbol = pattern_matches(PATTERN_SYMBOL, word);

    if (!symbol && !pattern_matches(PATTERN_GRID_ID, word))
        return error_set(err, FAULT_USAGE,
                         "'%.40s' is neither a grid nor a symbol", word);
    snprintf(x->name, sizeof(x->name), "%s", word);
    if (read_what(x, symbol, err))
        return -1;
    snprintf(x->folder, sizeof(x->folder), "%s/%s",
             x->kind == RECORD_EXIT ? "exits" : "metrics", x->name);
    return 0;
}

/* --- Where it is ------------------------------------------------------------
 */

/* Does the span begin before the first full day of the tip? */
static int needs_past(struct export *x, bool *needs, struct error *err)
{
    static const struct span ever = { INT64_MIN, INT64_MAX };
    struct days days = { NULL, 0 };
    int rc = days_collect(x->store, x->folder, &ever, &days, err);
    *needs = days.count == 0 || x->span.from_ms < days.list[0] + MS_PER_DAY;
    days_release(&days);
    return rc;
}

static int show_tip(struct export *x, struct error *err)
{
    struct days days = { NULL, 0 };
    char path[DAYS_PATH_MAX];
    int rc = days_collect(x->store, x->folder, &x->span, &days, err);

    for (size_t i = 0; !rc && i < days.count; i++) {
        days_path(x->folder, days.list[i], path);
        rc = store_list(x->store, path, show, x, err);
    }
    days_release(&days);
    return rc;
}

static int show_ever(struct export *x, struct error *err)
{
    if (store_is_shallow(x->store))
        fprintf(stderr, "gridwatch: this clone is shallow: slots that left the "
                        "tip before it begins are not here\n");
    if (store_past_open(x->store, &x->past, err))
        return -1;
    int rc = store_walk_ever(x->store, x->past, x->folder, show, x, err);
    store_past_free(x->past);
    return rc;
}

static int finish(struct export *x, struct error *err)
{
    bool there = false;

    if (x->unreadable)
        return error_set(err, FAULT_DATA,
                         "%zu document%s could not be read and %s left out",
                         x->unreadable, x->unreadable == 1 ? "" : "s",
                         x->unreadable == 1 ? "is" : "are");
    if (x->rows)
        return 0;
    if (store_exists(x->store, x->folder, &there, err))
        return -1;
    if (!there)
        return error_set(err, FAULT_USAGE, "nothing is recorded of '%s'",
                         x->name);
    if (!x->json)
        export_csv_header(x->kind, &x->line);
    return print_line(x, err);
}

static int export(struct export *x, struct error *err)
{
    bool past = false;
    if (read_name(x, err) || needs_past(x, &past, err) ||
        (past ? show_ever(x, err) : show_tip(x, err)))
        return -1;
    return finish(x, err);
}

enum run_exit cmd_export(const struct context *c, struct error *err)
{
    struct export x = { .context = c,
                        .bytes = TEXT_INIT(RECORD_BYTES_MAX),
                        .line = TEXT_INIT(LINE_MAX_BYTES) };

    if (read_format(&x, err) || span_read(c, &x.span, err))
        return RUN_USAGE;
    int rc = run_open_store(c->config, true, &x.store, err);
    x.document = xcalloc(1, sizeof(*x.document));
    if (!rc)
        rc = export(&x, err);
    store_free(x.store);
    free(x.document);
    text_release(&x.bytes);
    text_release(&x.line);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
