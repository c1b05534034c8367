/* What was concluded, as documents of the commit being prepared. */
#include <stdio.h>
#include <string.h>

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

static struct window_quality window_quality(const struct window *w,
                                            const struct kucoin_bars *fetched)
{
    const struct bar *last = window_last(w);
    struct window_quality q = {
        .start_ms = w->count ? w->start_ms : MOMENT_NONE,
        .last_ms = last ? last->open_ms : MOMENT_NONE,
        .bars = (int64_t)w->count,
        .filled = (int64_t)w->filled,
        .missing = (int64_t)w->missing,
        .rejected = (int64_t)w->rejected,
        .short_history = w->short_history,
    };
    if (!fetched->ok)
        snprintf(q.error, sizeof(q.error), "%.*s", (int)sizeof(q.error) - 1,
                 fetched->err.msg);
    return q;
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

/* The real bars that are not recorded yet, oldest first. Most slots have one;
 * those that came late stand in the slot that first saw them, and what finds
 * no room in the slots that follow. */
static void collect_bars(struct symbol_run *s, struct metrics_document *d)
{
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct window *w = &s->view->window[tf];
        if (s->recorded_ms[tf] == MOMENT_NONE && w->count &&
            first_unrecorded(s, (enum timeframe)tf) == w->count)
            s->recorded_ms[tf] = window_last(w)->open_ms;
        for (size_t i = first_unrecorded(s, (enum timeframe)tf);
             i < w->count && d->bar_count < RECORD_BARS_MAX; i++) {
            if (w->bars[i].flags & BAR_FILLED)
                continue;
            d->bars[d->bar_count].tf = (enum timeframe)tf;
            d->bars[d->bar_count++].bar = w->bars[i];
            s->recorded_ms[tf] = w->bars[i].open_ms;
        }
        d->quality.windows[tf].recorded_ms = s->recorded_ms[tf];
    }
}

void run_put_metrics(struct run *r, struct symbol_run *s)
{
    const struct market_view *v = s->view;
    char path[RECORD_PATH_MAX], latest[RECORD_PATH_MAX];
    struct metrics_document d = {
        .slot_ms = v->slot_ms,
        .attempt = 1,
        .backfilled = v->slot_ms != r->slot_ms,
        .run = run_info(r),
        .quality = {
            .price_known = v->price_cause == PRICE_KNOWN,
            .cause = v->price_cause,
            .close = v->close,
            .close_ms = v->close_ms,
            .market = v->facts.status,
            .clock_offset_ms = r->offset_known ? r->offset_ms : INT64_MIN,
            .disagreement_count = s->disagreement_count,
        },
        .metrics = s->snapshot.metrics,
        .regime = s->snapshot.regime,
        .scores_1h = s->snapshot.scores_1h,
        .scores_4h = s->snapshot.scores_4h,
        .crisis = s->snapshot.crisis,
        .tertile = s->snapshot.tertile,
        .classifier = classifier_of(&regime_model_shipped),
    };
    for (int i = 0; i < METRIC_COUNT; i++)
        d.percentile[i] =
            metric_percentile((enum metric_id)i, d.metrics.values[i]);
    snprintf(d.symbol, sizeof(d.symbol), "%s", s->symbol);
    for (int tf = 0; tf < TF_COUNT; tf++)
        d.quality.windows[tf] =
            window_quality(&v->window[tf], &s->answer.series[tf]);
    if (d.quality.disagreement_count > RECORD_DISAGREEMENTS_MAX)
        d.quality.disagreement_count = RECORD_DISAGREEMENTS_MAX;
    memcpy(d.quality.disagreements, s->disagreements,
           sizeof(d.quality.disagreements));
    collect_bars(s, &d);
    record_metrics_path(s->symbol, v->slot_ms, path);
    record_latest_symbol_path(s->symbol, latest);
    put_document(r, RECORD_METRICS, path, latest, &d);
}

static struct recorded_position recorded_position(const struct position *p)
{
    struct recorded_position out = { .source = p->source,
                                     .inventory = p->inventory.nominal,
                                     .net_pnl = p->pnl.e.nominal };
    snprintf(out.reason, sizeof(out.reason), "%s", p->reason);
    return out;
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
                    .market = s->view->facts.status },
        .evaluation = g->now,
        .position = recorded_position(&g->position),
        .decision = { .reason = g->reason },
    };
    memcpy(d.inputs.grid_commit, g->commit, sizeof(d.inputs.grid_commit));
    memcpy(d.inputs.grid_blob, g->blob, sizeof(d.inputs.grid_blob));
    if (!d.backfilled)
        memcpy(d.decision.intent, g->intent, sizeof(d.decision.intent));
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        bool shadow =
            r->config->exit.shadow && r->config->exit.mode[i] == TRIGGER_ACTIVE;
        d.mode[i] = shadow ? TRIGGER_SHADOW : r->config->exit.mode[i];
    }
    record_exit_path(g->grid.id, g->now.slot_ms, path);
    record_latest_grid_path(g->grid.id, latest);
    put_document(r, RECORD_EXIT, path, latest, &d);
}

void run_put_transition(struct run *r, const struct grid_run *g)
{
    const struct evaluation *e = &g->now;
    char path[RECORD_PATH_MAX];
    struct transition_document d = {
        .at_ms = e->slot_ms,
        .slot_ms = e->slot_ms,
        .from = e->verdict.previous,
        .to = e->verdict.state,
        .side = e->side,
        .backfilled = e->slot_ms != r->slot_ms,
        .run = run_info(r),
    };
    memcpy(d.grid, e->grid, sizeof(d.grid));
    memcpy(d.symbol, e->symbol, sizeof(d.symbol));
    for (int i = 0; i < TRIGGER_COUNT; i++)
        d.reasons[i] = e->verdict.triggers[i].answer == ANSWER_YES;
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
