#include "metrics/bollinger.h"

#include <math.h>
#include <string.h>

#define RELATIVE_ZERO   1e-12
#define SQUEEZE_PCT     0.10
#define RELEASE_WITHIN  6
#define RELEASE_RISINGS 3

void bollinger_init(struct bollinger *b)
{
    memset(b, 0, sizeof(*b));
    anchored_sums_init(&b->closes, BOLLINGER_N);
    ranked_ring_init(&b->widths, BOLLINGER_RANKS);
    b->since_squeeze = BOLLINGER_RANKS;
}

static void rank(struct bollinger *b)
{
    const struct ring *widths = &b->widths.ring;
    if (!ring_full(widths))
        return;
    b->pct = ranked_ring_newest(&b->widths) / BOLLINGER_RANKS;
    if (b->ranked < RELEASE_WITHIN)
        b->ranked++;
    if (b->pct <= SQUEEZE_PCT)
        b->since_squeeze = 0;
    else if (b->since_squeeze < BOLLINGER_RANKS)
        b->since_squeeze++;
}

static bool is_full(const struct bollinger *b)
{
    return anchored_sums_count(&b->closes) == BOLLINGER_N;
}

/* A deviation that is zero beside the mean is zero. */
static void push_bands(struct bollinger *b, const struct bar *bar,
                       enum timeframe tf)
{
    b->close = bar->close;
    anchored_sums_push(&b->closes, bar->close, 0.0,
                       bar_number(bar->open_ms, tf));
    struct centred_sums w = anchored_sums_centre(&b->closes);
    double sd = sqrt(w.sxx / BOLLINGER_N);
    b->mean = w.mean_x;
    b->sd = sd <= RELATIVE_ZERO * w.mean_x ? 0.0 : sd;
}

void bollinger_push(struct bollinger *b, const struct bar *bar,
                    enum timeframe tf)
{
    push_bands(b, bar, tf);
    struct value width = bollinger_width(b);
    if (!value_usable(width))
        return;
    double bbw = decision_round(width.v);
    const struct ring *widths = &b->widths.ring;
    bool rose = widths->count > 0 && bbw > ring_at(widths, 0);
    b->rising = rose ? b->rising + 1 : 0;
    ranked_ring_push(&b->widths, bbw);
    rank(b);
}

struct value bollinger_sma(const struct bollinger *b)
{
    if (!is_full(b))
        return value_none(VALUE_WARMUP);
    return value_real(b->mean, BOLLINGER_N);
}

struct value bollinger_sd(const struct bollinger *b)
{
    if (!is_full(b))
        return value_none(VALUE_WARMUP);
    return value_real(b->sd, BOLLINGER_N);
}

struct value bollinger_width(const struct bollinger *b)
{
    if (!is_full(b))
        return value_none(VALUE_WARMUP);
    return value_real(4.0 * b->sd / b->mean, BOLLINGER_N);
}

struct value bollinger_z(const struct bollinger *b)
{
    if (!is_full(b))
        return value_none(VALUE_WARMUP);
    if (!(b->sd > 0))
        return value_none(VALUE_FLAT);
    return value_real((b->close - b->mean) / b->sd, BOLLINGER_N);
}

struct value bollinger_pct(const struct bollinger *b)
{
    if (b->ranked == 0)
        return value_none(VALUE_WARMUP);
    return value_real(b->pct, BOLLINGER_N + BOLLINGER_RANKS - 1);
}

enum answer bollinger_squeeze(const struct bollinger *b)
{
    if (b->ranked == 0)
        return ANSWER_UNKNOWN;
    return b->pct <= SQUEEZE_PCT ? ANSWER_YES : ANSWER_NO;
}

enum answer bollinger_release(const struct bollinger *b)
{
    if (b->ranked > 0 && b->rising < RELEASE_RISINGS)
        return ANSWER_NO;
    if (b->since_squeeze < RELEASE_WITHIN)
        return ANSWER_YES;
    return b->ranked < RELEASE_WITHIN ? ANSWER_UNKNOWN : ANSWER_NO;
}
