#include "sim/candles.h"

#include <math.h>

#include "base/moment.h"
#include "sim/account_money.h"
#include "sim/account_path.h"
#include "sim/decimal.h"

/* The index of the first bar that opens at or after `ms`. */
static size_t first_from(const struct sim_book *b, int64_t ms)
{
    size_t lo = 0, hi = b->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (b->bars[mid].open_ms < ms)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Goes along with the minutes of a bar that is forming: the extremes so far
 * and the last price. */
static void move_along(const struct sim_book *b, size_t i, int64_t now_ms,
                       struct bar *seen)
{
    int64_t points[SIM_PATH_POINTS];
    double ticks = (double)sim_power10(b->places);

    sim_path_points(b, i, points);
    for (int n = 1; n < SIM_PATH_LEGS; n++) {
        struct sim_leg leg = sim_path_leg(b, i, points, n);
        if (leg.start_ms >= now_ms)
            break;
        seen->close = (double)sim_leg_price(&leg, now_ms) / ticks;
        seen->high = fmax(seen->high, seen->close);
        seen->low = fmin(seen->low, seen->close);
    }
}

/* Bar `i` as far as it is known at the clock. */
static struct bar seen_at(const struct sim_book *b, size_t i, int64_t now_ms)
{
    struct bar seen = b->bars[i];
    if (bar_close_ms(&seen, TF_15M) > now_ms) {
        seen.high = seen.low = seen.close = seen.open;
        seen.volume = SIM_FORMING_VOLUME;
        if (b->minutes)
            move_along(b, i, now_ms, &seen);
    }
    return seen;
}

/* One row made of the 15m bars with index lo to hi - 1. */
static struct bar merge(const struct sim_book *b, size_t lo, size_t hi,
                        int64_t now_ms)
{
    struct bar row = seen_at(b, lo, now_ms);
    for (size_t i = lo + 1; i < hi; i++) {
        struct bar bar = seen_at(b, i, now_ms);
        row.high = fmax(row.high, bar.high);
        row.low = fmin(row.low, bar.low);
        row.close = bar.close;
        row.volume += bar.volume;
    }
    if (hi - lo > 1)
        row.volume = sim_round8(row.volume);
    return row;
}

/* Behind the last 15m bar of the last bucket that starts before the end and
 * not after the clock. */
static size_t visible_end(const struct sim_book *b, int64_t now_ms,
                          const struct sim_candle_query *q)
{
    size_t known = first_from(b, now_ms + 1);
    if (q->end_ms > now_ms)
        return known;
    int64_t step = timeframe_ms(q->tf);
    size_t asked = first_from(b, moment_floor(q->end_ms - 1, step) + step);
    return asked < known ? asked : known;
}

size_t sim_candles(const struct sim_book *b, int64_t now_ms,
                   const struct sim_candle_query *q,
                   struct bar out[SIM_CANDLES_MAX])
{
    size_t n = 0;
    size_t hi = visible_end(b, now_ms, q);

    while (hi > 0 && n < SIM_CANDLES_MAX) {
        int64_t bucket =
            moment_floor(b->bars[hi - 1].open_ms, timeframe_ms(q->tf));
        if (bucket < q->start_ms)
            break;
        size_t lo = hi - 1;
        while (lo > 0 && b->bars[lo - 1].open_ms >= bucket)
            lo--;
        out[n] = merge(b, lo, hi, now_ms);
        out[n++].open_ms = bucket;
        hi = lo;
    }
    return n;
}

bool sim_last_trade(const struct sim_book *b, int64_t now_ms,
                    struct sim_trade *out)
{
    size_t known = first_from(b, now_ms + 1);
    if (known == 0)
        return false;
    struct bar last = seen_at(b, known - 1, now_ms);
    int64_t close_ms = bar_close_ms(&last, TF_15M);
    out->price = last.close;
    out->at_ms = close_ms > now_ms ? now_ms : close_ms;
    return true;
}
