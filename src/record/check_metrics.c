/* What the table cannot say about a metrics document. */
#include <math.h>
#include <stdio.h>

#include "record/check_internal.h"

#define WALK_TOLERANCE 1e-9 /* both are on the thousandth */

static void check_quality(const struct metrics_document *d,
                          const struct checker *k)
{
    const struct quality *q = &d->quality;
    if (q->price_known != (q->cause == PRICE_KNOWN))
        checker_say(k, "quality.price",
                    "must be known if and only if the cause is none");
    if (isnan(q->close) != !is_there(q->close_ms))
        checker_say(k, "quality.close",
                    "close and close_time must both be there or both null");
    check_no_later(k, "quality.close_time", q->close_ms, d->slot_ms);
    bool fresh =
        is_there(q->close_ms) && d->slot_ms - q->close_ms <= PRICE_MAX_AGE_MS;
    if (q->price_known && !fresh)
        checker_say(k, "quality.price",
                    "cannot be known without a close in the last 30 min");
    for (size_t i = 0; i < q->disagreement_count; i++)
        if (q->disagreements[i].tf == TF_15M)
            checker_say(k, "quality.disagreements",
                        "a 15m bar is not made of others");
}

static void check_window(const struct metrics_document *d, int tf,
                         const struct checker *k)
{
    const struct window_quality *w = &d->quality.windows[tf];
    char path[64];
    snprintf(path, sizeof(path), "quality.windows[%d]", tf);
    if (w->filled > w->bars)
        checker_say(k, path, "has more filled bars than bars");
    if (is_there(w->last_ms) != (w->bars > 0))
        checker_say(k, path, "last_bar must be null if and only if bars is 0");
    if (!is_there(w->last_ms))
        return;
    if (w->last_ms + timeframe_ms((enum timeframe)tf) > d->slot_ms)
        checker_say(k, path, "last_bar closes after the slot");
    if (w->last_ms % timeframe_ms((enum timeframe)tf))
        checker_say(k, path, "last_bar is not on the timeframe's grid");
    if (is_there(w->start_ms) && w->start_ms > w->last_ms)
        checker_say(k, path, "start is later than last_bar");
    if (tf == TF_15M && is_there(d->quality.close_ms) &&
        w->last_ms + timeframe_ms(TF_15M) != d->quality.close_ms)
        checker_say(k, path, "last_bar does not close at close_time");
}

static void check_recorded(const struct metrics_document *d, int tf,
                           const struct checker *k)
{
    const struct window_quality *w = &d->quality.windows[tf];
    char path[64];
    snprintf(path, sizeof(path), "quality.windows[%d]", tf);
    if (!is_there(w->recorded_ms))
        return;
    if (w->recorded_ms % timeframe_ms((enum timeframe)tf))
        checker_say(k, path, "recorded is not on the timeframe's grid");
    if (is_there(w->last_ms) && w->recorded_ms > w->last_ms)
        checker_say(k, path, "recorded is later than last_bar");
}

static bool follows(const struct closed_bar *a, const struct closed_bar *b)
{
    return a->tf < b->tf || (a->tf == b->tf && a->bar.open_ms < b->bar.open_ms);
}

static void check_bars(const struct metrics_document *d,
                       const struct checker *k)
{
    for (size_t i = 0; i < d->bar_count; i++) {
        const struct closed_bar *b = &d->bars[i];
        enum bar_fault fault = bar_check(&b->bar, b->tf);
        char path[32];
        snprintf(path, sizeof(path), "bars[%zu]", i);
        if (fault != BAR_OK)
            checker_say(k, path, "%s", bar_fault_text(fault));
        else if (bar_close_ms(&b->bar, b->tf) > d->slot_ms)
            checker_say(k, path, "closes after the slot");
        if (i > 0 && !follows(&d->bars[i - 1], b))
            checker_say(k, path,
                        "must come before the row above it: the shortest "
                        "timeframe first, then by time");
    }
}

static void check_walk(const struct metrics_document *d, int i,
                       const struct checker *k)
{
    char path[32];
    double got = d->percentile[i];
    double want = metric_percentile((enum metric_id)i, d->metrics.values[i]);
    snprintf(path, sizeof(path), "metrics[%d].walk", i);
    if (isnan(want) && !isnan(got))
        checker_say(k, path, "must be null: %s has no such share",
                    isnan(d->metrics.values[i].v) ? "what has no value"
                                                  : metrics[i].name);
    else if (isnan(want) != isnan(got) || fabs(want - got) > WALK_TOLERANCE)
        checker_say(k, path, "must be %.3f for that value of %s", want,
                    metrics[i].name);
}

static void check_measured(const struct metrics_document *d,
                           const struct checker *k)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        char path[32];
        double v = d->metrics.values[i].v;
        snprintf(path, sizeof(path), "metrics[%d].value", i);
        if (v < metrics[i].sane_lo || v > metrics[i].sane_hi)
            checker_say(k, path,
                        "is outside the sanity range %g to %g of %s %s",
                        metrics[i].sane_lo, metrics[i].sane_hi, metrics[i].name,
                        timeframe_name(metrics[i].tf));
        else
            check_walk(d, i, k);
    }
}

void check_metrics(const void *document, const struct checker *k)
{
    const struct metrics_document *d = document;
    check_quality(d, k);
    for (int tf = 0; tf < TF_COUNT; tf++) {
        check_window(d, tf, k);
        check_recorded(d, tf, k);
    }
    check_bars(d, k);
    check_measured(d, k);
    check_regime(d, k);
}
