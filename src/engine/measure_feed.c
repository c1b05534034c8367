/* Bars are fed in two lanes: 15m bars to their bank and to the crisis, 1h and
 * 4h bars to theirs, to the labels and to the pool. Neither lane reads what the
 * other feeds, so each goes on or begins anew by itself: the 15m window, whose
 * start moves on every 1,024 bars, does not drag the hours along. Only profiles
 * that changed begin both anew. */
#include <stddef.h>

#include "base/moment.h"
#include "engine/measure_internal.h"

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

static void begin(struct measure_work *work, enum timeframe tf)
{
    bank_init(&work->banks[tf], tf);
    stillness_begin(&work->stillness, tf);
    for (int i = 0; i < METRIC_COUNT; i++) {
        if (metrics[i].tf == tf)
            work->read[i] = value_none(VALUE_WARMUP);
    }
    work->fed[tf].count = 0;
}

/* Is what was fed still the beginning of the window? Of two windows of one
 * edition without jumps, that begin with the same bar, it is. */
static bool begins_with(const struct window *w, const struct fed *f,
                        bool settled)
{
    if (w->count < f->count)
        return false;
    if (!settled || w->jumped || f->jumped || !f->count)
        return bars_same(f->bars, w->bars, f->count);
    size_t last = f->count - 1;
    return bars_same(&f->bars[0], &w->bars[0], 1) &&
           bars_same(&f->bars[last], &w->bars[last], 1);
}

static void remember(struct fed *f, const struct window *w)
{
    for (size_t i = f->count; i < w->count; i++)
        f->bars[i] = w->bars[i];
    f->count = w->count;
    f->jumped = w->jumped;
}

/* Reads the metrics of a timeframe at the close of bar i of its window. Earlier
 * bars than these do not matter to anything. */
static void read_metrics(struct measure_work *work, const struct window *w,
                         size_t i)
{
    if (i + STILLNESS_SPAN + 1 < w->count)
        return;
    for (int id = 0; id < METRIC_COUNT; id++) {
        if (metrics[id].tf != w->tf)
            continue;
        work->read[id] = metrics[id].read(&work->banks[w->tf]);
        stillness_push(&work->stillness, (enum metric_id)id, work->read[id],
                       w->bars[i].close);
    }
}

/* Highest high and lowest low of the 24 h of bars before bar i. */
static void day_before(const struct window *w, size_t i,
                       struct crisis_inputs *in)
{
    if (i < DAY_BARS) {
        in->high_24h = in->low_24h = value_none(VALUE_WARMUP);
        return;
    }
    double high = w->bars[i - 1].high, low = w->bars[i - 1].low;
    for (size_t k = i - DAY_BARS; k < i; k++) {
        high = w->bars[k].high > high ? w->bars[k].high : high;
        low = w->bars[k].low < low ? w->bars[k].low : low;
    }
    in->high_24h = value_real(high, DAY_BARS);
    in->low_24h = value_real(low, DAY_BARS);
}

/* Bars from the last real close before bar i to its own: 1, unless some are
 * missing or were filled between. A filled bar moves by nothing. */
static int64_t spanned(const struct window *w, size_t i)
{
    const struct bar *b = &w->bars[i];
    size_t k = i;
    if (!i || b->flags & BAR_FILLED)
        return 1;
    while (k > 1 && w->bars[k - 1].flags & BAR_FILLED)
        k--;
    return bar_number(b->open_ms, w->tf) -
           bar_number(w->bars[k - 1].open_ms, w->tf);
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
        .span = spanned(w, i),
    };
    bank_push(bank, b, season);
    in.range = in.span == 1 ? wilder_true_range(&bank->raw)
                            : value_real(b->high - b->low, 1);
    in.atr = wilder_atr(&bank->raw);
    in.ver = expansion_deseasonalised(&bank->ver);
    day_before(w, i, &in);
    regime_chain_push_15m(&work->chain, &regime_model_shipped, &in);
}

static void feed_quarters(const struct market_view *v,
                          struct measure_work *work, bool kept, bool settled)
{
    const struct window *w = &v->window[TF_15M];
    struct fed *f = &work->fed[TF_15M];
    if (!kept || !f->count || !begins_with(w, f, settled)) {
        begin(work, TF_15M);
        crisis_init(&work->chain.crisis);
    }
    for (size_t i = f->count; i < w->count; i++) {
        struct value season =
            profiles_factor(&work->profiles, &v->hours, w->bars[i].open_ms);
        feed_fifteen(work, w, i, season);
        read_metrics(work, w, i);
    }
    remember(f, w);
}

static void begin_hours(struct measure_work *work)
{
    struct crisis crisis = work->chain.crisis; /* the other lane's */
    begin(work, TF_1H);
    begin(work, TF_4H);
    regime_chain_init(&work->chain);
    work->chain.crisis = crisis;
    hourly_init(&work->hourly);
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

/* When the newest bar fed closed, or MOMENT_NONE. */
static int64_t fed_until(const struct fed *f, enum timeframe tf)
{
    return f->count ? bar_close_ms(&f->bars[f->count - 1], tf) : MOMENT_NONE;
}

/* When the first bar not fed yet closes, or INT64_MAX. */
static int64_t next_close(const struct window *w, size_t at)
{
    return at < w->count ? bar_close_ms(&w->bars[at], w->tf) : INT64_MAX;
}

/* Have all bars that were fed to be fed now, as they are, and before all
 * others? */
static bool hours_go_on(const struct market_view *v,
                        const struct measure_work *work, bool settled)
{
    const struct window *one = &v->window[TF_1H], *four = &v->window[TF_4H];
    const struct fed *fed_1h = &work->fed[TF_1H], *fed_4h = &work->fed[TF_4H];
    return fed_1h->count + fed_4h->count > 0 &&
           begins_with(one, fed_1h, settled) &&
           begins_with(four, fed_4h, settled) &&
           next_close(four, fed_4h->count) > fed_until(fed_1h, TF_1H) &&
           next_close(one, fed_1h->count) >= fed_until(fed_4h, TF_4H);
}

static void feed_hour(const struct market_view *v, struct measure_work *work,
                      enum timeframe tf, size_t i)
{
    const struct window *w = &v->window[tf];
    const struct bar *b = &w->bars[i];
    struct bank *bank = &work->banks[tf];
    bank_push(bank, b,
              tf == TF_1H
                  ? profiles_factor(&work->profiles, &v->hours, b->open_ms)
                  : value_none(VALUE_UNAVAILABLE));
    if (b->flags & BAR_GAP)
        regime_chain_break(&work->chain, tf);
    struct score_inputs in = score_inputs_of(bank);
    regime_chain_push(&work->chain, &regime_model_shipped, tf, &in);
    if (tf == TF_1H)
        hourly_push(&work->hourly, b, bank, &work->banks[TF_4H]);
    read_metrics(work, w, i);
}

/* When the newest of the first `n` bars closed, or MOMENT_NONE. */
static int64_t last_close(const struct window *w, size_t n)
{
    return n ? bar_close_ms(&w->bars[n - 1], w->tf) : MOMENT_NONE;
}

/* Is the hour at hand the first after a 4h close that has no bar? Then the one
 * before it must not stay in force. */
static bool four_is_absent(const struct window *one, size_t at_1h,
                           const struct window *four, size_t at_4h)
{
    int64_t due_ms = moment_floor(bar_close_ms(&one->bars[at_1h], TF_1H),
                                  timeframe_ms(TF_4H));
    return at_4h && last_close(four, at_4h) < due_ms &&
           last_close(one, at_1h) < due_ms;
}

/* A bar that is missing is fed for this slot only: the next may know it, or
 * miss it later. Then nothing that was fed can stay. */
static void feed_hours(const struct market_view *v, struct measure_work *work,
                       bool kept, bool settled)
{
    const struct window *one = &v->window[TF_1H], *four = &v->window[TF_4H];
    struct fed *fed_1h = &work->fed[TF_1H], *fed_4h = &work->fed[TF_4H];
    int64_t lost_4h_ms = missing_since(v, TF_4H);
    bool lost =
        lost_4h_ms != MOMENT_NONE || missing_since(v, TF_1H) != MOMENT_NONE;

    if (!kept || !hours_go_on(v, work, settled))
        begin_hours(work);
    size_t at_1h = fed_1h->count, at_4h = fed_4h->count;
    while (at_1h < one->count || at_4h < four->count) {
        int64_t close_1h = next_close(one, at_1h);
        if (next_close(four, at_4h) <= close_1h) {
            feed_hour(v, work, TF_4H, at_4h++);
            continue;
        }
        if (four_is_absent(one, at_1h, four, at_4h))
            feed_missing(work, TF_4H);
        feed_hour(v, work, TF_1H, at_1h++);
    }
    if (lost_4h_ms != MOMENT_NONE && last_close(one, at_1h) < lost_4h_ms)
        feed_missing(work, TF_4H); /* no hour after it has told it */
    if (missing_since(v, TF_1H) != MOMENT_NONE)
        feed_missing(work, TF_1H);
    remember(fed_1h, one);
    remember(fed_4h, four);
    if (lost)
        fed_1h->count = fed_4h->count = 0;
}

/* The open time of the first bar that needs a profile, or MOMENT_NONE. */
static int64_t first_open(const struct market_view *v)
{
    const struct window *fifteen = &v->window[TF_15M], *one = &v->window[TF_1H];
    if (!fifteen->count || !one->count)
        return fifteen->count ? fifteen->bars[0].open_ms
               : one->count   ? one->bars[0].open_ms
                              : MOMENT_NONE;
    return fifteen->bars[0].open_ms < one->bars[0].open_ms
               ? fifteen->bars[0].open_ms
               : one->bars[0].open_ms;
}

void measure_feed(const struct market_view *view, struct measure_work *work)
{
    bool settled = view->edition != 0 && view->edition == work->edition;
    int64_t first_ms = first_open(view);
    bool kept = first_ms == MOMENT_NONE ||
                profiles_keep(&work->profiles, &view->hours, first_ms, settled);
    feed_quarters(view, work, kept, settled);
    feed_hours(view, work, kept, settled);
    work->edition = view->edition;
}
