#include "record/fill.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "market/window_hash.h"

static void fill_window(struct window_quality *q, const struct window *w)
{
    const struct bar *last = window_last(w);
    q->start_ms = w->count ? w->start_ms : MOMENT_NONE;
    q->last_ms = last ? last->open_ms : MOMENT_NONE;
    q->bars = (int64_t)w->count;
    q->filled = (int64_t)w->filled;
    q->missing = (int64_t)w->missing;
    q->rejected = (int64_t)w->rejected;
    q->short_history = w->short_history;
    q->bars_hash = window_hash(w);
}

static void fill_quality(struct quality *q, const struct market_view *v)
{
    q->price_known = v->price_cause == PRICE_KNOWN;
    q->cause = v->price_cause;
    q->close = v->close;
    q->close_ms = v->close_ms;
    q->market = v->facts.status;
    for (int tf = 0; tf < TF_COUNT; tf++)
        fill_window(&q->windows[tf], &v->window[tf]);
    size_t n =
        market_disagreements(v, q->disagreements, RECORD_DISAGREEMENTS_MAX);
    q->disagreement_count =
        n < RECORD_DISAGREEMENTS_MAX ? n : RECORD_DISAGREEMENTS_MAX;
}

void metrics_document_fill(struct metrics_document *d,
                           const struct market_view *view,
                           const struct snapshot *snapshot)
{
    d->slot_ms = view->slot_ms;
    fill_quality(&d->quality, view);
    d->metrics = snapshot->metrics;
    for (int i = 0; i < METRIC_COUNT; i++)
        d->percentile[i] =
            metric_percentile((enum metric_id)i, d->metrics.values[i]);
    d->regime = snapshot->regime;
    d->scores_1h = snapshot->scores_1h;
    d->scores_4h = snapshot->scores_4h;
    d->crisis = snapshot->crisis;
    d->tertile = snapshot->tertile;
    d->classifier = classifier_of(&regime_model_shipped);
}

static enum trigger_mode mode_in_effect(const struct exit_config *strategy,
                                        bool stopped, int trigger)
{
    enum trigger_mode mode = strategy->mode[trigger];
    if (stopped)
        return TRIGGER_OFF;
    return strategy->shadow && mode == TRIGGER_ACTIVE ? TRIGGER_SHADOW : mode;
}

void exit_document_fill(struct exit_document *d, const struct evaluation *e,
                        const struct grid *grid,
                        const struct exit_config *strategy,
                        const struct position *position,
                        const struct risk *risk)
{
    bool stopped = grid_status_at(grid, e->slot_ms) == GRID_IS_STOPPED;

    d->evaluation = *e;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        d->mode[i] = mode_in_effect(strategy, stopped, i);
    d->position.is = *position;
    d->risk = *risk;
    snprintf(d->position.reason, sizeof(d->position.reason), "%s",
             position->reason);
}

void transition_document_fill(struct transition_document *d,
                              const struct evaluation *e)
{
    *d = (struct transition_document){
        .at_ms = e->slot_ms,
        .slot_ms = e->slot_ms,
        .from = e->verdict.previous,
        .to = e->verdict.state,
        .side = e->side,
    };
    memcpy(d->grid, e->grid, sizeof(d->grid));
    memcpy(d->symbol, e->symbol, sizeof(d->symbol));
    for (int i = 0; i < TRIGGER_COUNT; i++)
        d->reasons[i] = e->verdict.triggers[i].answer == ANSWER_YES;
}
