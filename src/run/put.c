/* What was concluded, as documents of the commit being prepared. */
#include <stdio.h>
#include <string.h>

#include "config/decisions.h"
#include "metrics/stillness.h"
#include "record/fill.h"
#include "run/run_internal.h"
#include "sys/log.h"

static struct run_info run_info(const struct run *r)
{
    struct run_info info = { .model = HAZARD_MODEL };
    snprintf(info.id, sizeof(info.id), "%s", r->id);
    snprintf(info.engine, sizeof(info.engine), "%s", r->options->engine);
    snprintf(info.config, sizeof(info.config), "%s", r->config_hash);
    return info;
}

static void refuse(struct run *r, const struct error *err)
{
    run_note(r, RUN_NOT_RECORDED, err);
}

/* Adds the rendered document, and a copy under `also` unless that is NULL. */
static int put_rendered(struct run *r, const struct text *data,
                        const char *path, const char *also)
{
    struct error err;
    if (changes_put(&r->changes, path, data, r->quarantine, &err) ||
        (also && changes_put(&r->changes, also, data, r->quarantine, &err))) {
        refuse(r, &err);
        return -1;
    }
    return 0;
}

static int render(struct run *r, enum record_kind kind, const void *document,
                  struct text *out)
{
    struct error err;
    if (document_render(kind, document, out, &err)) {
        refuse(r, &err);
        return -1;
    }
    return 0;
}

static int put_document(struct run *r, enum record_kind kind, const char *path,
                        const char *also, const void *document)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    int rc = render(r, kind, document, &data);
    if (!rc)
        rc = put_rendered(r, &data, path, also);
    text_release(&data);
    return rc;
}

/* An audit event; its path ends in a hash of its text. */
static int put_event(struct run *r, enum record_kind kind, int64_t at_ms,
                     const char *subject, const void *document,
                     char path[RECORD_PATH_MAX])
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char hash8[RECORD_HASH8];
    int rc = render(r, kind, document, &data);
    if (!rc) {
        record_hash8(text_str(&data), data.len, hash8);
        record_audit_path(kind, at_ms, subject, hash8, path);
        rc = put_rendered(r, &data, path, NULL);
    }
    text_release(&data);
    return rc;
}

/* The first bar of the window that is not recorded yet. A symbol that joins has
 * its history in the seed: then only what closed in the slot is new. */
static size_t first_unrecorded(const struct symbol_run *s, enum timeframe tf)
{
    const struct window *w = &s->view->window[tf];
    int64_t after_ms = s->recorded_ms[tf];
    size_t first = w->count;

    if (after_ms == MOMENT_NONE)
        after_ms = s->view->slot_ms - timeframe_ms(tf) - 1;
    while (first > 0 && w->bars[first - 1].open_ms > after_ms)
        first--;
    return first;
}

/* One that finds no room in the document of the slot that first saw it. */
static void put_late_bar(struct run *r, const struct symbol_run *s,
                         enum timeframe tf, const struct bar *b)
{
    struct revision_document d = {
        .slot_ms = s->view->slot_ms,
        .tf = tf,
        .open_ms = b->open_ms,
        .is_there = true,
        .is = *b,
        .largest = NO_VALUE,
    };
    snprintf(d.symbol, sizeof(d.symbol), "%s", s->symbol);
    run_put_revision(r, &d);
}

static void record_bar(struct run *r, struct symbol_run *s, enum timeframe tf,
                       const struct bar *b, struct metrics_document *d)
{
    s->recorded_ms[tf] = b->open_ms;
    if (d->bar_count == RECORD_BARS_MAX) {
        put_late_bar(r, s, tf, b);
        return;
    }
    d->bars[d->bar_count].tf = tf;
    d->bars[d->bar_count++].bar = *b;
}

/* The real bars that are not recorded yet, oldest first: most slots have one.
 * Those that came late belong to the slot that first saw them, for it was
 * concluded with them. */
static void collect_bars(struct run *r, struct symbol_run *s,
                         struct metrics_document *d)
{
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct window *w = &s->view->window[tf];
        if (s->recorded_ms[tf] == MOMENT_NONE && w->count &&
            first_unrecorded(s, (enum timeframe)tf) == w->count)
            s->recorded_ms[tf] = window_last(w)->open_ms;
        for (size_t i = first_unrecorded(s, (enum timeframe)tf); i < w->count;
             i++) {
            if (!(w->bars[i].flags & BAR_FILLED))
                record_bar(r, s, (enum timeframe)tf, &w->bars[i], d);
        }
        d->quality.windows[tf].recorded_ms = s->recorded_ms[tf];
    }
}

/* What the network said of each timeframe. */
static void put_errors(const struct symbol_run *s, struct quality *q)
{
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct kucoin_bars *fetched = &s->answer.series[tf];
        char *out = q->windows[tf].error;
        size_t size = sizeof(q->windows[tf].error);
        if (!fetched->ok)
            snprintf(out, size, "%.*s", (int)size - 1, fetched->err.msg);
    }
}

/* A metric that stands still while the price moves is not measured: it is made
 * up, or its code is broken. The document is not recorded. */
static bool has_dummy(struct run *r, const struct symbol_run *s)
{
    char what[RECORD_LINE_MAX];
    struct error err;
    bool any = false;

    for (int i = 0; i < METRIC_COUNT; i++) {
        if (!s->snapshot.still[i])
            continue;
        any = true;
        snprintf(what, sizeof(what),
                 "metric %s %s did not move over %d closes while the price "
                 "did: not recorded; look at the code that computes it",
                 metrics[i].name, timeframe_name(metrics[i].tf),
                 STILLNESS_CLOSES);
        run_put_fault(r, s->symbol, FAULT_CLASS_RUN, what);
        error_set(&err, FAULT_BUG, "%s: %s", s->symbol, what);
        refuse(r, &err);
    }
    return any;
}

void run_put_metrics(struct run *r, struct symbol_run *s)
{
    char path[RECORD_PATH_MAX], latest[RECORD_PATH_MAX];
    struct metrics_document d = {
        .attempt = 1,
        .backfilled = s->view->slot_ms != r->slot_ms,
        .run = run_info(r),
        .quality = { .clock_offset_ms =
                         r->offset_known ? r->offset_ms : INT64_MIN },
    };
    /* A slot is written once. A grid that lags behind another of its symbol
     * finds it there. */
    if (s->hashed_ms != MOMENT_NONE && s->view->slot_ms <= s->hashed_ms)
        return;
    if (has_dummy(r, s))
        return;
    snprintf(d.symbol, sizeof(d.symbol), "%s", s->symbol);
    metrics_document_fill(&d, s->view, &s->snapshot);
    put_errors(s, &d.quality);
    collect_bars(r, s, &d);
    record_metrics_path(s->symbol, d.slot_ms, path);
    record_latest_symbol_path(s->symbol, latest);
    put_document(r, RECORD_METRICS, path, latest, &d);
}

void run_put_exit(struct run *r, const struct grid_run *g,
                  int64_t previous_slot_ms)
{
    const struct symbol_run *s = &r->symbols[g->symbol];
    char path[RECORD_PATH_MAX], latest[RECORD_PATH_MAX];
    struct exit_document d = {
        .attempt = 1,
        .backfilled = g->now.slot_ms != r->slot_ms,
        .previous_slot_ms = previous_slot_ms,
        .run = run_info(r),
        .inputs = { .ticker = s->view->facts.ticker,
                    .ticker_ms = s->view->facts.ticker_ms,
                    .market = s->view->facts.status,
                    .outside = g->outside },
        .decision = { .reason = g->reason },
    };
    exit_document_fill(&d, &g->now, &g->grid, &g->strategy.exit, &g->position);
    memcpy(d.inputs.grid_commit, g->commit, sizeof(d.inputs.grid_commit));
    memcpy(d.inputs.grid_blob, g->blob, sizeof(d.inputs.grid_blob));
    if (!d.backfilled)
        memcpy(d.decision.intent, g->intent, sizeof(d.decision.intent));
    record_exit_path(g->grid.id, g->now.slot_ms, path);
    record_latest_grid_path(g->grid.id, latest);
    put_document(r, RECORD_EXIT, path, latest, &d);
}

void run_put_transition(struct run *r, const struct grid_run *g)
{
    char path[RECORD_PATH_MAX];
    struct transition_document d;
    transition_document_fill(&d, &g->now);
    d.backfilled = d.slot_ms != r->slot_ms;
    d.run = run_info(r);
    put_event(r, RECORD_TRANSITION, d.at_ms, d.grid, &d, path);
}

void run_put_intent(struct run *r, struct message_run *m)
{
    const struct intent_document d = { r->exchange_ms, m->intent, run_info(r) };
    put_event(r, RECORD_INTENT, d.at_ms, m->intent.grid, &d, m->path);
}

void run_put_delivery(struct run *r, const struct message_run *m)
{
    char path[RECORD_PATH_MAX];
    const struct delivery_document d = { m->delivery, run_info(r) };
    put_event(r, RECORD_DELIVERY, d.delivery.at_ms, d.delivery.grid, &d, path);
}

void run_put_state(struct run *r, const struct grid_run *g)
{
    char path[RECORD_PATH_MAX];
    struct state_document d = {
        .run = run_info(r),
        .exit = g->exit,
        .alert = g->alert,
        .open_count = g->open_count,
    };
    memcpy(d.grid, g->grid.id, sizeof(d.grid));
    memcpy(d.open, g->open, sizeof(d.open));
    record_state_path(g->grid.id, path);
    put_document(r, RECORD_STATE, path, NULL, &d);
}

void run_put_fault(struct run *r, const char *subject, enum fault_class class,
                   const char *what)
{
    char path[RECORD_PATH_MAX];
    struct fault_document d = {
        .at_ms = r->exchange_ms,
        .class = class,
        .run = run_info(r),
    };
    snprintf(d.subject, sizeof(d.subject), "%s", subject);
    snprintf(d.what, sizeof(d.what), "%s", what);
    put_event(r, RECORD_FAULT, d.at_ms, d.subject, &d, path);
}

void run_put_revision(struct run *r, struct revision_document *d)
{
    char path[RECORD_PATH_MAX];
    d->at_ms = r->exchange_ms;
    d->run = run_info(r);
    put_event(r, RECORD_REVISION, d->at_ms, d->symbol, d, path);
}

/* The configuration that the slots of this run were concluded with. */
void run_put_config(struct run *r)
{
    char path[RECORD_PATH_MAX];
    bool there = false;
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);

    record_config_path(r->config_hash, path);
    if (store_exists(r->store, path, &there, NULL) == 0 && !there &&
        config_print_decisions(r->config, &data) == 0)
        put_rendered(r, &data, path, NULL);
    text_release(&data);
}

/* History written once, when a symbol joins. */
void run_put_seeds(struct run *r, const struct symbol_run *s)
{
    char path[RECORD_PATH_MAX];
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct kucoin_bars *b = &s->answer.series[tf];
        struct text data = TEXT_INIT((size_t)4 << 20);
        if (b->ok && b->count) {
            record_seed_path(s->symbol, (enum timeframe)tf, path);
            if (seed_render(b->bars, b->count, &data, NULL) == 0)
                put_rendered(r, &data, path, NULL);
        }
        text_release(&data);
    }
}
