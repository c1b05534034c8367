#include "exit/equity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
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

/* Does a key that reads the account read this grid's loss in it? */
static bool fills_tell(const struct grid *g)
{
    bool own = g->account[0] ? strcmp(g->account, "main") == 0
                             : g->source != GRID_SOURCE_ROBOT;
    return own && g->market == GRID_SPOT && g->source != GRID_SOURCE_MODEL;
}

/* The bar that began with the grid tells what the file does not. */
static bool lacks_start(const struct grid *g)
{
    int64_t life_ms = grid_life_ms(g);
    return isnan(g->start_price) &&
           (life_ms == MOMENT_NONE || life_ms % MS_PER_SLOT != 0);
}

/* "spacing, levels and capital": what the file is to state, or "". Of a grid
 * that is not modelled for another reason only its capital would help. */
static void put_lacks(const struct grid *g, bool fills, char *out, size_t size)
{
    bool never = g->side == GRID_SHORT || g->trailing || g->levels == 1 ||
                 g->levels > SHADOW_CELLS_MAX;
    const struct {
        const char *name;
        bool lacks;
    } rows[] = {
        { "spacing", !never && g->spacing == GRID_SPACING_UNSTATED },
        { "levels", !never && g->levels <= 0 },
        { "start_price", !never && !fills && lacks_start(g) },
        { "capital", !(g->capital > 0) },
    };
    size_t left = 0, used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        left += rows[i].lacks;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (!rows[i].lacks)
            continue;
        left--;
        used += (size_t)snprintf(out + used, size - used, "%s%s", rows[i].name,
                                 left > 1    ? ", "
                                 : left == 1 ? " and "
                                             : "");
    }
}

/* What would help of a grid that lacks nothing that could be stated. */
static const char *way_out(const struct grid *g, bool fills, bool own_limit)
{
    if (fills) /* with a limit of its own it would be watched */
        return "write exit.m_equity.drawdown below overrides in its file, "
               "which is its limit then, or watch its loss in the exchange's "
               "app";
    if (!fills_tell(g))
        return "watch its loss in the exchange's app";
    if (own_limit)
        return "give a key that reads its account, or watch its loss in the "
               "exchange's app";
    return "give a key that reads its account and write "
           "exit.m_equity.drawdown below overrides in its file, or watch its "
           "loss in the exchange's app";
}

/* Why the row is na, or NULL; `lead` goes before it. */
static const char *why_not(const struct grid *g, bool fills, bool own_limit,
                           const char **lead)
{
    const char *cannot = shadow_cannot(g);

    *lead = "";
    if (g->market != GRID_SPOT)
        return cannot;
    *lead = ", which is a share of its capital";
    if (!(g->capital > 0))
        return "the grid's file states none";
    *lead = ", as nobody can say what its range may cost";
    if (cannot && !own_limit)
        return cannot;
    *lead = " where its account does not tell it, as nobody can model what it "
            "holds";
    if (!fills && !cannot && lacks_start(g))
        return "the grid's file states no start_price";
    return fills ? NULL : cannot;
}

void equity_words(const struct exit_config *config, const struct grid *g,
                  bool has_key, char out[EQUITY_WORDS])
{
    bool own_limit = config->m_equity.range == 0;
    bool fills = has_key && fills_tell(g);
    char lacks[64];
    const char *lead, *why = why_not(g, fills, own_limit, &lead);

    out[0] = '\0';
    if (config->mode[M_EQUITY] == TRIGGER_OFF ||
        config->profile == PROFILE_SEED)
        return;
    put_lacks(g, fills, lacks, sizeof(lacks));
    bool state = lacks[0] && g->market == GRID_SPOT;
    if (why)
        snprintf(out, EQUITY_WORDS,
                 "M_EQUITY does not watch its loss%s: %s; %s%s", lead, why,
                 state ? "state its " : "",
                 state ? lacks : way_out(g, fills, own_limit));
    else if (!own_limit &&
             (g->start_price < g->lower || g->start_price > g->upper))
        snprintf(out, EQUITY_WORDS,
                 "its start price %.10g is outside the range %.10g to %.10g: "
                 "is it meant? M_EQUITY takes the nearer bound for it",
                 g->start_price, g->lower, g->upper);
}
