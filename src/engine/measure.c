#include "engine/measure_internal.h"

#include <string.h>

void measure_work_init(struct measure_work *work)
{
    memset(work, 0, sizeof(*work));
}

static struct regime regime_now(const struct market_view *v,
                                const struct measure_work *work)
{
    if (v->price_cause != PRICE_KNOWN)
        return regime_none(regime_reason_text(REGIME_REASON_PRICE_UNKNOWN));
    for (int tf = 0; tf < TF_COUNT; tf++) {
        if (window_degraded(&v->window[tf]) > WINDOW_DEGRADED)
            return regime_none(regime_reason_text(REGIME_REASON_DEGRADED));
    }
    return regime_chain_read(&work->chain);
}

void snapshot_take(const struct market_view *view, struct measure_work *work,
                   struct snapshot *out)
{
    measure_feed(view, work);
    out->view = view;
    metrics_judge(view, work->read, &out->metrics);
    for (int i = 0; i < METRIC_COUNT; i++)
        out->still[i] = stillness_found(&work->stillness, (enum metric_id)i);
    out->scores_1h = work->chain.scores_1h;
    out->scores_4h = work->chain.scores_4h;
    out->regime = regime_now(view, work);
    out->tertile = vol_rank_tertile(&work->banks[TF_15M].vols);
    out->crisis = work->chain.crisis;
    out->hourly = &work->hourly;
}
