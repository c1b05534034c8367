#include "backtest/cohort.h"

#include <math.h>
#include <stdio.h>

#include "gate/propose.h"

#define QUARTERS 2.0 /* sqrt(4): an hour's volatility of that of 15 minutes */

static bool is_known(const struct snapshot *now)
{
    return now->view->price_cause == PRICE_KNOWN &&
           value_usable(now->metrics.values[METRIC_ATR_4H]) &&
           value_usable(now->metrics.values[METRIC_VOL_HAZ_15M]) &&
           value_usable(now->regime.q);
}

static void start(struct grid *g, int64_t slot_ms)
{
    g->started_at_ms = slot_ms;
    g->history_count = 2;
    g->history[0] = (struct grid_history){ slot_ms, GRID_CREATED, "", 0 };
    g->history[1] = (struct grid_history){ slot_ms, GRID_STARTED, "", 0 };
}

bool cohort_lay(const struct cohort_rule *rule, const struct snapshot *now,
                struct trial_plan *out)
{
    double close = now->view->close;
    struct grid *g = &out->grid;

    if (!is_known(now))
        return false;
    double atr = now->metrics.values[METRIC_ATR_4H].v / close;
    double half = rule->width * atr;
    double stop = half + rule->stop_atr * atr;
    *out = (struct trial_plan){
        .half_width_atr = rule->width,
        .stop_atr = rule->stop_atr,
        .sigma_1h = QUARTERS * now->metrics.values[METRIC_VOL_HAZ_15M].v,
    };
    *g = (struct grid){ .id = "backtest",
                        .market = GRID_SPOT,
                        .side = rule->side,
                        .spacing = rule->spacing,
                        .lower = close * exp(-half),
                        .upper = close * exp(half),
                        .capital = rule->capital,
                        .start_price = NO_VALUE,
                        .stop = { NO_VALUE, NO_VALUE },
                        .take_profit = NO_VALUE };
    g->levels = propose_levels(half, rule->step);
    if (grid_risks_down(g))
        g->stop.below = close * exp(-stop);
    if (grid_risks_up(g))
        g->stop.above = close * exp(stop);
    start(g, now->view->slot_ms);
    return true;
}

static double in_atr(double far, double near, struct value atr, double close)
{
    return value_usable(atr) ? log(far / near) / (atr.v / close) : NO_VALUE;
}

/* What its owner did after the start is nobody's here: the rules are judged as
 * if nobody had acted but the operator of the model. */
static void forget_what_followed(struct grid *g)
{
    size_t n = g->history_count;
    while (n > 0 && g->history[n - 1].event != GRID_STARTED)
        n--;
    g->history_count = n;
}

void cohort_adopt(const struct grid *grid, const struct snapshot *now,
                  struct trial_plan *out)
{
    struct value atr = now->metrics.values[METRIC_ATR_4H];
    struct value sigma = now->metrics.values[METRIC_VOL_HAZ_15M];
    double close = now->view->close;

    *out = (struct trial_plan){
        .grid = *grid,
        .half_width_atr = in_atr(grid->upper, grid->lower, atr, close) / 2,
        .stop_atr = isnan(grid->stop.below)
                        ? in_atr(grid->stop.above, grid->upper, atr, close)
                        : in_atr(grid->lower, grid->stop.below, atr, close),
        .sigma_1h = value_usable(sigma) ? QUARTERS * sigma.v : NO_VALUE,
    };
    forget_what_followed(&out->grid);
}
