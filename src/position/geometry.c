#include "position/geometry.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"
#include "base/moment.h"
#include "position/shadow.h"

static const struct geometry_in_time in_time[] = {
    { MS_PER_HOUR, { 91, 95, 96 } },
    { 4 * MS_PER_HOUR, { 80, 83, 84 } },
};

const struct geometry_in_time *geometry_in_time(int64_t delay_ms)
{
    size_t i = 0;
    while (i + 1 < ARRAY_LEN(in_time) && in_time[i].most_ms < delay_ms)
        i++;
    return &in_time[i];
}

/* The stop on one side: how far beyond its bound, and where it would be far
 * enough. */
static void see_stop(double bound, double stop, double outwards, double atr,
                     struct geometry *out)
{
    double far = outwards * (stop - bound) / atr;
    double good = bound + outwards * GEOMETRY_STOP_ATR * atr;
    if (!isnan(out->stop_atr) && far >= out->stop_atr)
        return;
    out->stop_atr = far;
    out->good_stop = good > 0 ? good : NO_VALUE;
}

static enum geometry_grade grade_of(const struct geometry *g, bool bare)
{
    if (g->stop_atr < GEOMETRY_STOP_LEAST)
        return GEOMETRY_TOO_CLOSE;
    if (bare)
        return GEOMETRY_NO_STOP;
    if (g->stop_atr < GEOMETRY_STOP_ATR)
        return GEOMETRY_CLOSE;
    return g->half_atr < GEOMETRY_HALF_ATR ? GEOMETRY_NARROW : GEOMETRY_GOOD;
}

struct geometry geometry_of(const struct grid *g, struct value atr_4h)
{
    struct geometry out = { GEOMETRY_UNKNOWN, NO_VALUE, NO_VALUE, NO_VALUE };
    bool below = grid_risks_down(g), above = grid_risks_up(g);
    bool bare =
        (below && isnan(g->stop.below)) || (above && isnan(g->stop.above));

    if (!value_usable(atr_4h) || !(atr_4h.v > 0)) {
        out.grade = bare ? GEOMETRY_NO_STOP : GEOMETRY_UNKNOWN;
        return out;
    }
    out.half_atr = (g->upper - g->lower) / 2.0 / atr_4h.v;
    if (below && !isnan(g->stop.below))
        see_stop(g->lower, g->stop.below, -1, atr_4h.v, &out);
    if (above && !isnan(g->stop.above))
        see_stop(g->upper, g->stop.above, 1, atr_4h.v, &out);
    out.grade = grade_of(&out, bare);
    return out;
}

/* Line i of N, not rounded. */
static double line_at(const struct grid *g, double i)
{
    double share = i / (double)g->levels;
    return g->spacing == GRID_GEOMETRIC
               ? g->lower * pow(g->upper / g->lower, share)
               : g->lower + (g->upper - g->lower) * share;
}

double geometry_range_loss(const struct grid *g, double fee)
{
    double paid = 0, lost = 0, line = g->lower;

    if (shadow_cannot(g) || !(fee >= 0 && fee < 1))
        return NO_VALUE;
    double start = fmax(g->lower, g->start_price); /* unknown: the lower one */
    /* Lines one after the other: a power each would be most of a slot. */
    double first = line_at(g, 1);
    double ratio = g->spacing == GRID_GEOMETRIC ? first / line : 1;
    double step = g->spacing == GRID_GEOMETRIC ? 0 : first - line;
    for (int64_t i = 0; i < g->levels; i++) {
        double next = line * ratio + step;
        double middle = g->spacing == GRID_GEOMETRIC ? sqrt(line * next)
                                                     : (line + next) / 2;
        paid += (middle > start ? start : line) * (1 + fee);
        lost += line * (1 + fee) - g->lower * (1 - fee);
        line = next;
    }
    return lost / paid;
}

static void put_way_out(const struct geometry *g, char *out, size_t size)
{
    if (!isnan(g->good_stop))
        snprintf(out, size, "; %.6g would be %g ATR", g->good_stop,
                 GEOMETRY_STOP_ATR);
}

void geometry_words(const struct geometry *g, int64_t delay_ms,
                    char out[GEOMETRY_WORDS])
{
    const struct geometry_in_time *t = geometry_in_time(delay_ms);
    char way_out[64] = "";
    out[0] = '\0';
    put_way_out(g, way_out, sizeof(way_out));
    switch (g->grade) {
    case GEOMETRY_GOOD:
    case GEOMETRY_UNKNOWN:
        break;
    case GEOMETRY_NO_STOP:
        snprintf(out, GEOMETRY_WORDS,
                 "no stop is set on a side that costs: M_STOP does not watch "
                 "there, and money is shown to the bound");
        break;
    case GEOMETRY_NARROW:
        snprintf(out, GEOMETRY_WORDS,
                 "half of the range is %.1f ATR(4h): at %g ATR half of the "
                 "grids live 78 hours with 1 message a day, at 3 ATR 46 hours "
                 "with 1.6, at 2 ATR 18 hours with 4",
                 g->half_atr, GEOMETRY_HALF_ATR);
        break;
    case GEOMETRY_CLOSE:
        snprintf(out, GEOMETRY_WORDS,
                 "the stop is %.1f ATR(4h) beyond the range: at 1 ATR %d of "
                 "100 exits %d h after the alert come in time, at 2 ATR %d%s",
                 g->stop_atr, t->of_100[0], (int)(t->most_ms / MS_PER_HOUR),
                 t->of_100[1], way_out);
        break;
    case GEOMETRY_TOO_CLOSE:
        snprintf(out, GEOMETRY_WORDS,
                 "the stop is %.1f ATR(4h) beyond the range: so close that no "
                 "rule can warn in time%s",
                 g->stop_atr, way_out);
        break;
    }
}
