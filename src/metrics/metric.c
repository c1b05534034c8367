#include "metrics/metric.h"

#include "metrics/ewma_vol.h"

#define VOL_HAZ_HALF_LIFE 96.0 /* 24 h of 15m bars */
#define VOL_HAZ_WARMUP    96

static struct value vol_haz(const struct window *w)
{
    struct ewma_vol e;
    ewma_vol_init(&e, VOL_HAZ_HALF_LIFE, VOL_HAZ_WARMUP);
    for (size_t i = 0; i < w->count; i++)
        ewma_vol_push(&e, w->bars[i].close);
    return ewma_vol_value(&e);
}

// clang-format off
const struct metric metrics[METRIC_COUNT] = {
    [METRIC_VOL_HAZ_15M] = {
        "vol_haz_15m", TF_15M, VOL_HAZ_WARMUP, "1 per bar",
        "canonical, half-life 96 bars", 1e-7, 0.5,
        "RiskMetrics 1996, ch. 5", vol_haz,
    },
};
// clang-format on

static struct value judged(enum metric_id id, const struct window *w,
                           bool stale)
{
    if (w->count == 0 || window_degraded(w) > WINDOW_DEGRADED)
        return value_none(VALUE_UNAVAILABLE);
    struct value x = metrics[id].compute(w);
    if (metric_is_insane(id, x))
        return value_none(VALUE_UNAVAILABLE);
    if (x.status == VALUE_REAL && window_degraded(w) > 0)
        x.status = VALUE_FILLED;
    if (value_usable(x) && stale)
        x.status = VALUE_STALE;
    return x;
}

void metrics_measure(const struct market_view *view, struct metric_row *out)
{
    bool stale = view->price_cause != PRICE_KNOWN;
    for (int i = 0; i < METRIC_COUNT; i++)
        out->values[i] =
            judged((enum metric_id)i, &view->window[metrics[i].tf], stale);
}

bool metric_is_insane(enum metric_id id, struct value x)
{
    return value_usable(x) &&
           !(x.v >= metrics[id].sane_lo && x.v <= metrics[id].sane_hi);
}
