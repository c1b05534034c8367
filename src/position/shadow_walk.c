#include <math.h>

#include "base/array.h"
#include "base/value.h"
#include "position/shadow_internal.h"

#define RANGES_A_ROUND 4 /* see rounds_besides() */

/* A path through a bar: straight lines between points, the first of them from
 * the last price known. */
struct way {
    double point[4];
    size_t count;
};

/* The ways that stand for all paths (shadow.h). */
struct ways {
    struct way way[5];
    size_t count;
    struct way nominal, reverse;
    double low, high;         /* of all of them, the start included */
    double bar_low, bar_high; /* between these the price went to and fro */
    bool jumps;               /* the first straight line of each is a jump */
};

/* Ways by the letters of their points: open, low, high, close. */
static void add_ways(struct ways *all, const char *const *letters, size_t n,
                     const struct bar *b)
{
    for (; all->count < n; all->count++) {
        struct way *w = &all->way[all->count];
        w->count = 0;
        for (const char *c = letters[all->count]; *c; c++)
            w->point[w->count++] = *c == 'o'   ? b->open
                                   : *c == 'l' ? b->low
                                   : *c == 'h' ? b->high
                                               : b->close;
    }
}

static struct ways ways_of(double from, const struct bar *b)
{
    static const char *const letters[] = { "olhc", "ohlc" };
    struct ways all = { .low = fmin(b->low, from),
                        .high = fmax(b->high, from),
                        .bar_low = b->low,
                        .bar_high = b->high,
                        .jumps = true };
    add_ways(&all, letters, ARRAY_LEN(letters), b);
    bool low_first = b->close >= b->open;
    all.nominal = all.way[low_first ? 0 : 1];
    all.reverse = all.way[low_first ? 1 : 0];
    return all;
}

/* Of a bar that began before the start: from the start price to the close for
 * certain, to either extreme perhaps. */
static struct ways ways_of_part(double from, const struct bar *b)
{
    static const char *const letters[] = { "c", "lc", "hc", "lhc", "hlc" };
    struct bar part = *b;
    part.low = fmin(b->low, from);
    part.high = fmax(b->high, from);
    struct ways all = { .low = part.low,
                        .high = part.high,
                        .bar_low = part.low,
                        .bar_high = part.high };
    add_ways(&all, letters, ARRAY_LEN(letters), &part);
    all.nominal = all.reverse = all.way[0];
    return all;
}

/* --- One cell along one way ------------------------------------------------
 */

static struct shadow_walk follow(const struct way *w, double from, double lo,
                                 double hi, struct shadow_walk x)
{
    for (size_t k = 0; k < w->count; k++) {
        double to = w->point[k];
        if (!x.full && to <= from && to <= lo) {
            x.full = true;
        } else if (x.full && to >= from && to >= hi) {
            x.full = false;
            x.sells++;
        }
        from = to;
    }
    return x;
}

/* Rounds that a cell within the bar may have made besides those of a way. Of
 * Brownian motion whose range is R on average, the cell at its start, which
 * turns most often, makes R / 4d rounds on average where the step d is small:
 * half its local time over d (Levy), .40 sigma sqrt(T) / d, to Feller's range
 * of 1.60 sigma sqrt(T). None where d is above R / 4. */
static int32_t rounds_besides(const struct ways *all, double lo, double hi)
{
    if (lo < all->bar_low || hi > all->bar_high)
        return 0;
    double range = all->bar_high - all->bar_low;
    return (int32_t)floor(range / (RANGES_A_ROUND * (hi - lo)));
}

/* Takes the end of one way into the bounds. */
static void take_in(struct shadow_cell *b, bool full, int32_t few, int32_t many)
{
    if (!b->may[full] || few < b->fewest[full])
        b->fewest[full] = few;
    if (!b->may[full] || many > b->most[full])
        b->most[full] = many;
    b->may[full] = true;
}

/* The bounds of a cell after any of the ways. */
static struct shadow_cell bounds_after(const struct shadow *s,
                                       const struct ways *all, size_t i)
{
    const struct shadow_cell *before = &s->cell[i];
    struct shadow_cell after = { .began_full = before->began_full,
                                 .nominal = before->nominal,
                                 .reverse = before->reverse };
    int32_t besides = rounds_besides(all, s->line[i], s->line[i + 1]);
    for (size_t k = 0; k < all->count; k++) {
        for (int t = 0; t < 2; t++) {
            if (!before->may[t])
                continue;
            struct shadow_walk x = { .full = t, .sells = 0 };
            x = follow(&all->way[k], s->last, s->line[i], s->line[i + 1], x);
            take_in(&after, x.full, before->fewest[t] + x.sells,
                    before->most[t] + x.sells + besides);
        }
    }
    return after;
}

/* --- The stop --------------------------------------------------------------
 */

/* Cuts a way off where it first reaches the stop, and says at what price it
 * sold there. False when it does not. */
static bool cut_at_stop(struct way *w, double from,
                        const struct grid_stop *stop, double *at)
{
    for (size_t k = 0; k < w->count; k++) {
        double to = w->point[k];
        bool below = fmin(from, to) <= stop->below;
        if (below || fmax(from, to) >= stop->above) {
            *at = below ? fmin(stop->below, from) : fmax(stop->above, from);
            w->point[k] = *at;
            w->count = k + 1;
            return true;
        }
        from = to;
    }
    return false;
}

/* What a bot that sold at the stop in this bar is left with, along any path;
 * one that had reached it before and went on counts again. */
static void stop_in_bar(struct shadow *s, const struct grid *g,
                        const struct shadow_terms *terms,
                        const struct ways *all)
{
    struct ways cut = { .count = 0,
                        .bar_low = all->bar_low,
                        .bar_high = all->bar_high };
    struct shadow_span at = { NO_VALUE, NO_VALUE }, e = { 0, 0 };
    for (size_t k = 0; k < all->count; k++) {
        struct way w = all->way[k];
        double sold, first = w.point[0];
        if (!cut_at_stop(&w, s->last, &g->stop, &sold))
            continue;
        cut.way[cut.count++] = w;
        /* A jump over the stop may have sold where it landed. */
        double landed = w.count == 1 && all->jumps ? first : sold;
        at.lo = fmin(at.lo, fmin(sold, landed));
        at.hi = fmax(at.hi, fmax(sold, landed));
    }
    if (!cut.count)
        return;
    for (size_t i = 0; i < s->count; i++) {
        struct shadow_cell bounds = bounds_after(s, &cut, i);
        struct shadow_span one =
            shadow_cell_span(s, terms, i, &bounds, at.lo, at.hi);
        e.lo += one.lo;
        e.hi += one.hi;
    }
    s->stop_lo = fmin(e.lo, s->stop_lo); /* of NaN and a number: the number */
    s->stop_hi = fmax(e.hi, s->stop_hi);
}

/* --- The bar ---------------------------------------------------------------
 */

static bool is_touched(const struct ways *all, double line)
{
    return all->low <= line && line <= all->high;
}

static void walk_cells(struct shadow *s, const struct ways *all)
{
    for (size_t i = 0; i < s->count; i++) {
        double lo = s->line[i], hi = s->line[i + 1];
        if (!is_touched(all, lo) && !is_touched(all, hi))
            continue;
        struct shadow_cell *cell = &s->cell[i];
        *cell = bounds_after(s, all, i);
        if (s->stopped)
            continue;
        cell->nominal = follow(&all->nominal, s->last, lo, hi, cell->nominal);
        cell->reverse = follow(&all->reverse, s->last, lo, hi, cell->reverse);
    }
}

void shadow_walk_bar(struct shadow *s, const struct grid *g,
                     const struct shadow_terms *terms, const struct bar *bar)
{
    int64_t close_ms = bar_close_ms(bar, TF_15M);
    if (!s->begun || close_ms <= s->last_ms || bar_check(bar, TF_15M) != BAR_OK)
        return;
    bool is_part = bar->open_ms < s->began_ms;
    struct ways all =
        is_part ? ways_of_part(s->last, bar) : ways_of(s->last, bar);
    if (is_part)
        s->start_known = false;

    stop_in_bar(s, g, terms, &all);
    bool stops = false;
    double nominal_at = NO_VALUE, reverse_at = NO_VALUE;
    if (!s->stopped) {
        /* Both, or neither: they visit the same prices. Where they end at stops
         * on either side, the one above sold nothing. */
        stops = cut_at_stop(&all.nominal, s->last, &g->stop, &nominal_at);
        cut_at_stop(&all.reverse, s->last, &g->stop, &reverse_at);
    }
    walk_cells(s, &all);
    if (stops) {
        s->stopped = true;
        s->stopped_at = fmin(nominal_at, reverse_at);
    }
    s->last = bar->close;
    s->last_ms = close_ms;
    s->nominal_peak = shadow_path_of(s, g, terms, false, s->last).peak;
    s->reverse_peak = shadow_path_of(s, g, terms, true, s->last).peak;
}
