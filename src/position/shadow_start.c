#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "base/value.h"
#include "position/shadow.h"

/* Twelve digits are more than any exchange's prices have, and few enough that
 * neither two C libraries nor two ways to add up a line differ in them: a line
 * that is a bar's low is equal to it. */
static double twelve_digits(double v)
{
    double scale = 1;
    while (v * scale < 1e11 && scale < 1e22) /* 10^22 is the last exact one */
        scale *= 10;
    return round(v * scale) / scale;
}

/* count * unit, the nearest double to the decimal that is meant: 10013 * 0.01
 * would miss the price that reads 100.13. */
static double multiple_of(double count, double unit)
{
    for (double scale = 1; scale <= 1e15; scale *= 10) {
        double whole = round(unit * scale);
        if (whole >= 1 && fabs(unit * scale - whole) <= 1e-12 * whole)
            return count * whole / scale;
    }
    return count * unit;
}

const char *shadow_cannot(const struct grid *g)
{
    if (g->market != GRID_SPOT)
        return "a futures grid is not modelled";
    if (g->side == GRID_SHORT)
        return "a short grid is not modelled";
    if (g->trailing)
        return "a trailing grid is not modelled";
    if (g->spacing == GRID_SPACING_UNSTATED)
        return "the grid's file states no spacing";
    if (g->levels <= 0)
        return "the grid's file states no levels";
    if (g->levels < 2)
        return "a grid of one level is not modelled";
    if (g->levels > SHADOW_CELLS_MAX)
        return "the grid has too many levels to be modelled";
    if (!isfinite(g->capital) || g->capital <= 0)
        return "the grid's file states no capital";
    return NULL;
}

static bool is_unit(double v)
{
    return isnan(v) || (isfinite(v) && v > 0);
}

static const char *terms_fault(const struct shadow_terms *terms)
{
    if (!isfinite(terms->fee) || terms->fee < 0 || terms->fee >= 1)
        return "the fee is not known";
    if (!is_unit(terms->tick) || !is_unit(terms->step))
        return "the tick or the step of the symbol is not above zero";
    return NULL;
}

double grid_line(const struct grid *g, size_t i, double tick)
{
    double share = (double)i / (double)g->levels;
    double raw = g->spacing == GRID_GEOMETRIC
                     ? g->lower * pow(g->upper / g->lower, share)
                     : g->lower + (g->upper - g->lower) * share;
    double line = twelve_digits(raw);
    if (isnan(tick))
        return line;
    return multiple_of(round(twelve_digits(line / tick)), tick);
}

bool shadow_lines(struct shadow *s, const struct grid *g,
                  const struct shadow_terms *terms, const char **why)
{
    *why = shadow_cannot(g);
    if (!*why)
        *why = terms_fault(terms);
    if (*why)
        return false;
    size_t count = (size_t)g->levels;
    for (size_t i = 0; i <= count; i++) {
        s->line[i] = grid_line(g, i, terms->tick);
        if (!(s->line[i] > (i ? s->line[i - 1] : 0))) {
            *why = "two lines of the grid fall on one price";
            return false;
        }
    }
    s->count = count;
    return true;
}

static bool begins_full(const struct shadow *s, const struct grid *g, size_t i)
{
    double lo = s->line[i], hi = s->line[i + 1];
    double middle =
        g->spacing == GRID_GEOMETRIC ? sqrt(lo * hi) : (lo + hi) / 2;
    return twelve_digits(middle) > twelve_digits(s->start_price);
}

static double amount_of(const struct shadow *s, const struct grid *g,
                        const struct shadow_terms *terms)
{
    double sum = 0;
    for (size_t i = 0; i < s->count; i++) {
        double price = s->cell[i].began_full ? s->start_price : s->line[i];
        sum += price * (1 + terms->fee);
    }
    double amount = g->capital / sum;
    if (isnan(terms->step))
        return amount;
    return multiple_of(floor(decision_round(amount / terms->step)),
                       terms->step);
}

static void begin_cells(struct shadow *s, const struct grid *g)
{
    for (size_t i = 0; i < s->count; i++) {
        bool full = begins_full(s, g, i);
        s->cell[i] = (struct shadow_cell){
            .began_full = full,
            .nominal = { .full = full },
            .reverse = { .full = full },
            .may = { !full, full },
        };
    }
}

bool shadow_begin(struct shadow *s, const struct grid *g,
                  const struct shadow_terms *terms, double first_price,
                  const char **why)
{
    memset(s, 0, sizeof(*s));
    s->stopped_at = s->stop_lo = s->stop_hi = NO_VALUE;
    s->began_ms = s->last_ms = grid_life_ms(g);
    s->start_price = isnan(g->start_price) ? first_price : g->start_price;
    s->last = s->start_price;
    if (!shadow_lines(s, g, terms, why))
        return false;
    if (grid_life_ms(g) == MOMENT_NONE) {
        *why = "the grid was never started";
        return false;
    }
    if (!isfinite(s->start_price) || s->start_price <= 0) {
        *why = "the start price is not known";
        return false;
    }
    begin_cells(s, g);
    s->amount = amount_of(s, g, terms);
    if (!isfinite(s->amount) || s->amount <= 0) {
        *why = "the capital is too small for the grid's levels";
        return false;
    }
    s->start_known = true;
    s->begun = true;
    return true;
}
