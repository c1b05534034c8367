/* What was seen of a symbol, as documents of the commit being prepared: its
 * metrics with the bars that are new, and its history when it joins. */
#include <stdio.h>
#include <string.h>

#include "metrics/stillness.h"
#include "record/fill.h"
#include "run/put_internal.h"

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
        error_set(&err, FAULT_BUG, "%s: %s", s->symbol, what);
        put_refuse(r, RECORD_METRICS, s->symbol, &err);
    }
    return any;
}

static int put_metrics(struct run *r, struct symbol_run *s)
{
    char path[RECORD_PATH_MAX], latest[RECORD_PATH_MAX];
    struct metrics_document d = {
        .attempt = 1,
        .backfilled = s->view->slot_ms != r->slot_ms,
        .run = put_info(r),
        .quality = { .clock_offset_ms =
                         r->offset_known ? r->offset_ms : INT64_MIN },
    };
    /* A slot is written once. A grid that lags behind another of its symbol
     * finds it there. */
    if (s->hashed_ms != MOMENT_NONE && s->view->slot_ms <= s->hashed_ms)
        return 0;
    if (has_dummy(r, s))
        return -1;
    snprintf(d.symbol, sizeof(d.symbol), "%s", s->symbol);
    metrics_document_fill(&d, s->view, &s->snapshot);
    put_errors(s, &d.quality);
    collect_bars(r, s, &d);
    record_metrics_path(s->symbol, d.slot_ms, path);
    record_latest_symbol_path(s->symbol, latest);
    return put_document(r, RECORD_METRICS, path, latest, &d);
}

/* Bars whose document was refused are to be recorded by a later one. */
int run_put_metrics(struct run *r, struct symbol_run *s)
{
    struct changes rest = r->changes;
    int64_t recorded_ms[TF_COUNT];

    memcpy(recorded_ms, s->recorded_ms, sizeof(recorded_ms));
    r->changes = (struct changes){ 0 };
    if (put_metrics(r, s)) /* which may have counted there itself */
        r->changes.refused++;
    int rc = changes_join(&rest, &r->changes);
    if (rc)
        memcpy(s->recorded_ms, recorded_ms, sizeof(recorded_ms));
    r->changes = rest;
    return rc;
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
