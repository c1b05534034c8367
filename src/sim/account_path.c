#include "sim/account_path.h"

#include <math.h>
#include <stdbool.h>

#include "base/moment.h"
#include "base/prng.h"
#include "sim/account_money.h"

#define LAST (SIM_PATH_POINTS - 1)

int64_t sim_path_ticks(double price, int places)
{
    return (int64_t)floor(price * (double)sim_power10(places) + 0.5);
}

static uint64_t seed_of(const struct sim_book *b, size_t i)
{
    uint64_t seed = (uint64_t)b->bars[i].open_ms;
    for (const char *s = b->symbol; *s; s++)
        seed = seed * 131 + (unsigned char)*s;
    return seed;
}

static int draw(struct prng *p, int from, int to)
{
    return from + (int)(prng_next(p) % (uint64_t)(to - from + 1));
}

/* The points between two that are fixed. */
static void wiggle(struct prng *p, int64_t *points, int lo, int hi,
                   const int64_t range[2])
{
    int64_t quarter = (range[1] - range[0]) / 4;

    for (int i = lo + 1; i < hi; i++) {
        int64_t straight =
            points[lo] + (points[hi] - points[lo]) * (i - lo) / (hi - lo);
        uint64_t noise = prng_next(p) % (uint64_t)(2 * quarter + 1);
        int64_t at = straight + (int64_t)noise - quarter;
        at = at < range[0] ? range[0] : at;
        points[i] = at > range[1] ? range[1] : at;
    }
}

static void known_points(const struct sim_book *b, size_t i,
                         int64_t out[SIM_PATH_POINTS])
{
    out[0] = sim_path_ticks(b->bars[i].open, b->places);
    for (size_t m = 0; m < SIM_BAR_MINUTES; m++)
        out[m + 1] =
            sim_path_ticks(b->minutes[i * SIM_BAR_MINUTES + m], b->places);
}

_Static_assert(SIM_PATH_POINTS == SIM_BAR_MINUTES + 1, "a point a minute");

void sim_path_points(const struct sim_book *b, size_t i,
                     int64_t out[SIM_PATH_POINTS])
{
    if (b->minutes) {
        known_points(b, i, out);
        return;
    }
    const struct bar *bar = &b->bars[i];
    int64_t range[2] = { sim_path_ticks(bar->low, b->places),
                         sim_path_ticks(bar->high, b->places) };
    struct prng p;

    prng_init(&p, seed_of(b, i));
    bool high_first = draw(&p, 0, 1) == 1;
    int first = draw(&p, 1, LAST - 2);
    int second = draw(&p, first + 1, LAST - 1);
    out[0] = sim_path_ticks(bar->open, b->places);
    out[first] = range[high_first ? 1 : 0];
    out[second] = range[high_first ? 0 : 1];
    out[LAST] = sim_path_ticks(bar->close, b->places);
    wiggle(&p, out, 0, first, range);
    wiggle(&p, out, first, second, range);
    wiggle(&p, out, second, LAST, range);
}

struct sim_leg sim_path_leg(const struct sim_book *b, size_t i,
                            const int64_t points[SIM_PATH_POINTS], int n)
{
    struct sim_leg leg = { points[0], points[0], b->bars[i].open_ms, 0 };

    if (n == 0) {
        if (i > 0)
            leg.from = sim_path_ticks(b->bars[i - 1].close, b->places);
        return leg;
    }
    leg.from = points[n - 1];
    leg.to = points[n];
    leg.start_ms += (n - 1) * MS_PER_MINUTE;
    leg.length_ms = MS_PER_MINUTE;
    return leg;
}

int64_t sim_leg_price(const struct sim_leg *leg, int64_t at_ms)
{
    if (at_ms >= leg->start_ms + leg->length_ms)
        return leg->to;
    sim_money way = leg->to - leg->from;
    return leg->from +
           (int64_t)(way * (at_ms - leg->start_ms) / leg->length_ms);
}

int64_t sim_leg_time(const struct sim_leg *leg, int64_t price)
{
    sim_money way = leg->to - leg->from, part = price - leg->from;
    if (way == 0)
        return leg->start_ms;
    way = way < 0 ? -way : way;
    part = part < 0 ? -part : part;
    return leg->start_ms + (int64_t)((part * leg->length_ms + way - 1) / way);
}
