#include "backtest/sign.h"

#include <math.h>

#include "backtest/two_state.h"

#define BANDS 2.0

static double number_of(struct value x)
{
    return value_usable(x) ? x.v : NO_VALUE;
}

/* Is the close of the newest bar beyond what the bars before it reached? */
static bool leaves_channel(const struct series *hours)
{
    size_t n = hours->count;
    double high = -HUGE_VAL, low = HUGE_VAL;

    if (n <= SIGN_CHANNEL_HOURS)
        return false;
    for (size_t i = n - 1 - SIGN_CHANNEL_HOURS; i < n - 1; i++) {
        high = fmax(high, hours->bars[i].high);
        low = fmin(low, hours->bars[i].low);
    }
    double close = hours->bars[n - 1].close;
    return close > high || close < low;
}

static void take_hour(struct sign_taker *t, const struct snapshot *now)
{
    const struct series *hours = &now->view->hours;
    double z = number_of(now->metrics.values[METRIC_Z20_1H]);

    if ((int64_t)hours->count == t->hours)
        return;
    t->hours = (int64_t)hours->count;
    t->beyond = !isnan(z) && fabs(z) > BANDS ? t->beyond + 1 : 0;
    t->channel = leaves_channel(hours);
}

void sign_take(struct sign_taker *t, const struct snapshot *now,
               struct sign *out)
{
    bool known = now->view->price_cause == PRICE_KNOWN;

    take_hour(t, now);
    struct value stale = value_none(VALUE_STALE);
    *out = (struct sign){
        .slot_ms = now->view->slot_ms,
        .close = known ? now->view->close : NO_VALUE,
        .volatility = known ? volatility_of(&now->metrics)
                            : (struct volatility){ stale, stale, stale },
        .adx = known ? number_of(now->metrics.values[METRIC_ADX_1H]) : NO_VALUE,
        .transition = known ? number_of(now->regime.q) : NO_VALUE,
        .turbulent = NO_VALUE,
        .outside_bands = known && t->beyond >= 2,
        .outside_channel = known && t->channel,
    };
}

static double return_of(const struct series *hours, size_t i)
{
    return log(hours->bars[i].close / hours->bars[i - 1].close);
}

void signs_add_turbulent(struct sign *signs, size_t count,
                         const struct series *hours,
                         struct two_state_work *work)
{
    struct two_state model;
    size_t n = SIGN_FIT_HOURS, next = n + 1;

    if (hours->count <= n)
        return;
    for (size_t i = 0; i < n; i++)
        work[i].r = return_of(hours, i + 1);
    if (!two_state_fit(work, n, &model))
        return;
    int64_t fitted_ms = bar_close_ms(&hours->bars[n], TF_1H);
    for (size_t i = 0; i < count; i++) {
        for (; next < hours->count &&
               bar_close_ms(&hours->bars[next], TF_1H) <= signs[i].slot_ms;
             next++)
            two_state_push(&model, return_of(hours, next));
        if (signs[i].slot_ms >= fitted_ms && !isnan(signs[i].close))
            signs[i].turbulent = model.p;
    }
}
