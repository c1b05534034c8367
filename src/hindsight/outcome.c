#include "hindsight/outcome.h"

#include <math.h>

#include "base/moment.h"
#include "base/value.h"

#define FOLLOW_MS MS_PER_DAY

const char *outcome_name(enum outcome outcome)
{
    static const char *const names[OUTCOME_COUNT] = { "UNKNOWN", "RANGE",
                                                      "BREAK", "FALSE",
                                                      "FOLLOW" };
    return names[outcome];
}

/* -1 below, +1 above, 0 inside or unknown. */
static int side_of(const struct outcome_range *r, double close)
{
    return (close > r->upper) - (close < r->lower);
}

static int64_t hour_end(const struct bar *b)
{
    return moment_floor(b->open_ms, MS_PER_HOUR) + MS_PER_HOUR;
}

/* Does the hour end with this bar, and is it over? */
static bool ends_hour(const struct bar *bars, size_t count, size_t i)
{
    if (i + 1 < count)
        return hour_end(&bars[i + 1]) > hour_end(&bars[i]);
    return bar_close_ms(&bars[i], TF_15M) == hour_end(&bars[i]);
}

/* The side on which a stop is touched by this bar; the one below, if both. */
static int stop_side(const struct outcome_range *r, const struct bar *b)
{
    if (isfinite(r->stop_below) && b->low <= r->stop_below)
        return -1;
    return isfinite(r->stop_above) && b->high >= r->stop_above;
}

static enum outcome follow(const struct outcome_range *r,
                           const struct outcome_label *label,
                           const struct bar *bars, size_t count, size_t at)
{
    double from = bars[at].close, end = (double)(label->break_ms + FOLLOW_MS);

    for (size_t i = at + 1; i < count; i++) {
        const struct bar *b = &bars[i];
        if ((double)bar_close_ms(b, TF_15M) > end)
            return OUTCOME_FALSE;
        bool below = b->low <= from - r->atr, above = b->high >= from + r->atr;
        if (label->down ? above : below)
            return OUTCOME_FALSE;
        if (below || above)
            return OUTCOME_FOLLOW;
    }
    return OUTCOME_BREAK;
}

struct outcome_label outcome_of(const struct outcome_range *range,
                                const struct bar *bars, size_t count)
{
    struct outcome_label none = { OUTCOME_UNKNOWN, MOMENT_NONE, false, false };
    int64_t end = range->from_ms + range->horizon_ms;
    int last = side_of(range, range->close);

    for (size_t i = 0; i < count; i++) {
        int64_t slot = bar_close_ms(&bars[i], TF_15M);
        if (bars[i].open_ms < range->from_ms)
            continue;
        if (slot > end) {
            none.outcome = OUTCOME_RANGE;
            return none;
        }
        int side = stop_side(range, &bars[i]);
        struct outcome_label broken = { OUTCOME_BREAK, slot, side < 0, true };
        if (side == 0 && ends_hour(bars, count, i)) {
            int now = side_of(range, bars[i].close);
            side = now == last ? now : 0;
            last = now;
            broken = (struct outcome_label){ OUTCOME_BREAK, hour_end(&bars[i]),
                                             side < 0, false };
        }
        if (side != 0 && broken.break_ms <= end) {
            broken.outcome = follow(range, &broken, bars, count, i);
            return broken;
        }
        if (slot == end)
            none.outcome = OUTCOME_RANGE;
    }
    return none;
}
