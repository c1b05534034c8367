#include "engine/measure.h"

#include <stddef.h>

#include "base/moment.h"

#define DAY_BARS 96 /* 24 h of 15m bars */

static struct score_inputs score_inputs_of(const struct bank *b)
{
    struct value atr = wilder_atr_frac(&b->raw);
    return (struct score_inputs){
        .er24 = efficiency_ratio(&b->er24),
        .adx_log = wilder_adx(&b->log),
        .z_slope = slope_z(&b->slope, atr),
        .t_df = half_life_t(&b->hl100),
        .vr8 = variance_ratio_value(&b->vr),
        .ver = b->tf == TF_4H ? expansion_raw(&b->ver)
                              : expansion_deseasonalised(&b->ver),
    };
}

static struct score_inputs score_inputs_none(enum value_status why)
{
    struct value x = value_none(why);
    return (struct score_inputs){ x, x, x, x, x, x };
}

/* The profile of the week in which a bar opens; weeks come in order. */
static struct value season_of(const struct market_view *v,
                              struct measure_work *work, int64_t open_ms)
{
    int64_t monday_ms = last_monday(open_ms);
    if (work->season.monday_ms != monday_ms)
        season_build(v->hours.bars, v->hours.count, monday_ms, &work->season);
    return season_factor(&work->season, open_ms);
}

static void feed_hours(struct measure_work *work, enum timeframe tf,
                       const struct bar *b, struct value season)
{
    bank_push(&work->banks[tf], b, season);
    if (b->flags & BAR_GAP)
        regime_chain_break(&work->chain, tf);
    struct score_inputs in = score_inputs_of(&work->banks[tf]);
    regime_chain_push(&work->chain, &regime_model_shipped, tf, &in);
}

/* Highest high and lowest low of the 24 h of bars before bar i. */
static void day_before(const struct window *w, size_t i,
                       struct crisis_inputs *in)
{
    double high = NO_VALUE, low = NO_VALUE;
    if (i < DAY_BARS) {
        in->high_24h = in->low_24h = value_none(VALUE_WARMUP);
        return;
    }
    for (size_t k = i - DAY_BARS; k < i; k++) {
        high = fmax(high, w->bars[k].high); /* fmax passes over a NaN */
        low = fmin(low, w->bars[k].low);
    }
    in->high_24h = value_real(high, DAY_BARS);
    in->low_24h = value_real(low, DAY_BARS);
}

static void feed_fifteen(struct measure_work *work, const struct window *w,
                         size_t i, struct value season)
{
    struct bank *bank = &work->banks[TF_15M];
    const struct bar *b = &w->bars[i];
    struct crisis_inputs in = {
        .sigma = vol_rank_haz(&bank->vols),
        .close = value_real(b->close, 1),
        .r = i ? value_real(log(b->close / w->bars[i - 1].close), 1)
               : value_none(VALUE_WARMUP),
    };
    bank_push(bank, b, season);
    in.range = wilder_true_range(&bank->raw);
    in.atr = wilder_atr(&bank->raw);
    in.ver = expansion_deseasonalised(&bank->ver);
    day_before(w, i, &in);
    regime_chain_push_15m(&work->chain, &regime_model_shipped, &in);
}

/* Which window has the bar that closed first; 4h before 1h before 15m. */
static int next_window(const struct market_view *v, const size_t at[TF_COUNT])
{
    int next = -1;
    int64_t first_ms = 0;
    for (int tf = TF_COUNT - 1; tf >= 0; tf--) {
        const struct window *w = &v->window[tf];
        if (at[tf] == w->count)
            continue;
        int64_t ms = bar_close_ms(&w->bars[at[tf]], (enum timeframe)tf);
        if (next < 0 || ms < first_ms) {
            next = tf;
            first_ms = ms;
        }
    }
    return next;
}

/* When a bar of `tf` was due that did not come, or MOMENT_NONE. It must not
 * leave the bar before it in force. */
static int64_t missing_since(const struct market_view *v, enum timeframe tf)
{
    const struct bar *last = window_last(&v->window[tf]);
    int64_t due_ms = moment_floor(v->slot_ms, timeframe_ms(tf));
    return last && bar_close_ms(last, tf) < due_ms ? due_ms : MOMENT_NONE;
}

static void feed_missing(struct measure_work *work, enum timeframe tf)
{
    struct score_inputs none = score_inputs_none(VALUE_STALE);
    regime_chain_push(&work->chain, &regime_model_shipped, tf, &none);
}

static void feed_bar(const struct market_view *v, struct measure_work *work,
                     enum timeframe tf, size_t i)
{
    const struct window *w = &v->window[tf];
    const struct bar *b = &w->bars[i];
    if (tf == TF_15M)
        feed_fifteen(work, w, i, season_of(v, work, b->open_ms));
    else if (tf == TF_1H)
        feed_hours(work, tf, b, season_of(v, work, b->open_ms));
    else
        feed_hours(work, tf, b, value_none(VALUE_UNAVAILABLE));
}

static void feed(const struct market_view *v, struct measure_work *work)
{
    size_t at[TF_COUNT] = { 0 };
    int64_t lost_4h_ms = missing_since(v, TF_4H);

    for (int tf = next_window(v, at); tf >= 0; tf = next_window(v, at)) {
        const struct bar *b = &v->window[tf].bars[at[tf]];
        if (lost_4h_ms != MOMENT_NONE &&
            bar_close_ms(b, (enum timeframe)tf) >= lost_4h_ms) {
            feed_missing(work, TF_4H);
            lost_4h_ms = MOMENT_NONE;
        }
        feed_bar(v, work, (enum timeframe)tf, at[tf]++);
    }
    if (lost_4h_ms != MOMENT_NONE)
        feed_missing(work, TF_4H);
    if (missing_since(v, TF_1H) != MOMENT_NONE)
        feed_missing(work, TF_1H);
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
    for (int tf = 0; tf < TF_COUNT; tf++)
        bank_init(&work->banks[tf], (enum timeframe)tf);
    regime_chain_init(&work->chain);
    work->season = (struct season){ .status = VALUE_UNAVAILABLE,
                                    .monday_ms = MOMENT_NONE };
    feed(view, work);
    out->view = view;
    metrics_read(view, work->banks, &out->metrics);
    out->scores_1h = work->chain.scores_1h;
    out->scores_4h = work->chain.scores_4h;
    out->regime = regime_now(view, work);
    out->tertile = vol_rank_tertile(&work->banks[TF_15M].vols);
    out->crisis = work->chain.crisis;
}
