#include "tools/money_grid.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/value.h"

#define BEFORE 2 /* bars before the one of the start */
#define LEVELS 150
#define OFTEN  700 /* slots; less than any window is long */

/* Where the price is at a time of bar `i`, in ticks. */
static int64_t price_at(const struct sim_book *b, size_t i, int64_t at_ms)
{
    int64_t points[SIM_PATH_POINTS];
    int minute = (int)((at_ms - b->bars[i].open_ms) / MS_PER_MINUTE);

    sim_path_points(b, i, points);
    struct sim_leg leg = sim_path_leg(b, i, points, minute + 1);
    return sim_leg_price(&leg, at_ms);
}

static void draw_range(struct sim_bot_plan *bot, struct prng *p, int64_t price)
{
    double width = (double)price * money_between(p, .02, .30);
    double at = 1.2 * prng_uniform(p) - .1; /* 0: at the lower bound */

    bot->lower = (int64_t)((double)price - at * width);
    bot->upper = bot->lower + (int64_t)ceil(width);
    if (money_below(p, 2))
        bot->stop =
            (int64_t)((double)bot->lower * (.998 - .05 * prng_uniform(p)));
    bot->geometric = money_below(p, 2) == 1;
    bot->cells = (int)money_between(p, 2, LEVELS + 1);
}

/* Of seven grids in eight the step pays for its two fees, if it can. */
static int64_t draw_rate(const struct money_grid *g, struct prng *p)
{
    int64_t most = (int64_t)(g->step_share * 1e4 / 2.2), rate;

    rate = money_below(p, 11);
    return money_below(p, 8) && rate > most ? most : rate;
}

static double in_quote(int64_t ticks, int places)
{
    return (double)ticks / (double)sim_power10(places);
}

static void write_file(struct money_grid *g, int64_t price, double capital)
{
    int places = g->market->book.places;
    const struct sim_bot_plan *bot = &g->bot;

    g->file = (struct grid){
        .id = "drawn",
        .symbol = "BTC-USDT",
        .market = GRID_SPOT,
        .side = GRID_LONG,
        .spacing = bot->geometric ? GRID_GEOMETRIC : GRID_ARITHMETIC,
        .lower = in_quote(bot->lower, places),
        .upper = in_quote(bot->upper, places),
        .levels = bot->cells,
        .capital = capital,
        .quote = "USDT",
        .start_price = price ? in_quote(price, places) : NO_VALUE,
        .started_at_ms = bot->at_ms,
        .stop = { bot->stop ? in_quote(bot->stop, places) : NO_VALUE,
                  NO_VALUE },
        .take_profit = NO_VALUE,
        .history_count = 2,
        .history = { { .at_ms = bot->at_ms, .event = GRID_CREATED },
                     { .at_ms = bot->at_ms, .event = GRID_STARTED } },
    };
}

static double mean_range(const struct sim_book *b, size_t first)
{
    double sum = 0;
    for (size_t i = first; i < b->count; i++) {
        double before = b->bars[i - 1].close;
        sum += (fmax(b->bars[i].high, before) - fmin(b->bars[i].low, before)) /
               b->bars[i].close;
    }
    return sum / (double)(b->count - first);
}

static bool lines_differ(struct money_grid *g)
{
    static struct shadow lines; /* large */
    const char *why;

    g->file.levels = g->bot.cells;
    return shadow_lines(&lines, &g->file, &g->terms, &why);
}

void money_grid_draw(struct money_grid *g, struct prng *p,
                     const struct money_market *market)
{
    const struct sim_book *b = &market->book;
    struct sim_bot_plan *bot = &g->bot;

    *g = (struct money_grid){ .market = market, .first = BEFORE };
    g->inside = money_below(p, 2) == 1;
    bot->at_ms = b->bars[BEFORE].open_ms +
                 (g->inside ? 1 + money_below(p, MS_PER_SLOT - 1) : 0);
    bot->end_ms = INT64_MAX;
    memcpy(bot->symbol, b->symbol, sizeof(bot->symbol));
    int64_t price = price_at(b, BEFORE, bot->at_ms);
    draw_range(bot, p, price);

    double most = fmin(1e6, 1e6 * in_quote(bot->lower, b->places));
    int64_t cents = (int64_t)(100 * money_between(p, 20, most));
    bot->capital = sim_money_of(cents, 2);
    bool stated = g->inside || money_below(p, 2) == 1;
    write_file(g, stated ? price : 0, in_quote(cents, 2));

    g->terms.tick = in_quote(1, b->places);
    g->terms.step = in_quote(1, SIM_STEP_PLACES);
    while (!lines_differ(g) && bot->cells > 2)
        bot->cells = bot->cells / 2 > 2 ? bot->cells / 2 : 2;
    g->step_share = 2 * (double)(bot->upper - bot->lower) /
                    (double)(bot->upper + bot->lower) / bot->cells;
    g->range_share = mean_range(b, BEFORE);
    bot->rate = draw_rate(g, p);
    g->terms.fee = in_quote(bot->rate, SIM_RATE_PLACES);
    g->other = money_below(p, 2) ? SIM_FEE_BASE : SIM_FEE_OTHER;
    g->slippage = money_below(p, 51);
    g->every = money_below(p, 4) ? 1 : (size_t)(1 + money_below(p, OFTEN));
}
