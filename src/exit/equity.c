#include "exit/equity.h"

#include <math.h>
#include <stdio.h>

#include "base/value.h"
#include "position/geometry.h"
#include "position/shadow.h"

double equity_limit(const struct exit_config *config, const struct grid *g,
                    double fee)
{
    double times = config->m_equity.range, own = config->m_equity.drawdown;
    if (times == 0) /* as it was written */
        return own;
    double range = times * geometry_range_loss(g, fee);
    return isnan(range) ? NO_VALUE : decision_round(fmax(own, range));
}

/* What would help: of futures no money is read, and without a capital there is
 * no share of it. */
static const char *way_out(const struct grid *g)
{
    if (g->market != GRID_SPOT)
        return "watch its loss in the exchange's app";
    if (!(g->capital > 0))
        return "state it";
    return "write exit.m_equity.drawdown below overrides in its file, which is "
           "its limit then, or watch its loss in the exchange's app";
}

void equity_words(const struct exit_config *config, const struct grid *g,
                  char out[EQUITY_WORDS])
{
    const char *why = shadow_cannot(g);
    bool plain =
        config->m_equity.range == 0 && g->market == GRID_SPOT && g->capital > 0;

    out[0] = '\0';
    if (config->mode[M_EQUITY] == TRIGGER_OFF ||
        config->profile == PROFILE_SEED)
        return;
    if (why && !plain)
        snprintf(out, EQUITY_WORDS,
                 "M_EQUITY does not watch its loss, as nobody can say what its "
                 "range may cost: %s; %s",
                 why, way_out(g));
    else if (!plain && (g->start_price < g->lower || g->start_price > g->upper))
        snprintf(out, EQUITY_WORDS,
                 "its start price %.10g is outside the range %.10g to %.10g: "
                 "is it meant? M_EQUITY takes the nearer bound for it",
                 g->start_price, g->lower, g->upper);
}
