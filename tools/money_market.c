#include "tools/money_market.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/account_money.h"
#include "sim/account_path.h"
#include "sim/decimal.h"
#include "sim/walk.h"
#include "sys/xmalloc.h"

#define PLACES_MOST 5 /* so that a fee has no more than 18 decimals */
#define LOOKED_AT   200

int64_t money_below(struct prng *p, int64_t n)
{
    return (int64_t)(prng_next(p) % (uint64_t)n);
}

double money_between(struct prng *p, double low, double high)
{
    return low * pow(high / low, prng_uniform(p));
}

static int within(int x, int low, int high)
{
    return x < low ? low : x > high ? high : x;
}

/* The decimals that the bars have, of four to seven digits; of one bar in four
 * one less. */
static int places_of(struct prng *p, const struct bar *bars, size_t n)
{
    int whole = (int)floor(log10(bars[0].close)) + 1, places = 0;
    int least = within(4 - whole, 0, PLACES_MOST);

    for (size_t i = 0; i < n && i < LOOKED_AT; i++) {
        int some = sim_decimal_places(bars[i].close);
        places = some > places ? some : places;
    }
    places = within(places, least, within(7 - whole, least, PLACES_MOST));
    return places > least && money_below(p, 4) == 0 ? places - 1 : places;
}

static double on_tick(double price, int places)
{
    return (double)sim_path_ticks(price, places) / (double)sim_power10(places);
}

static void take(struct money_market *m, struct prng *p, const struct bar *bars,
                 size_t n, double scale)
{
    struct sim_book *b = &m->book;

    b->bars = xcalloc(n, sizeof(*b->bars));
    b->count = b->room = n;
    for (size_t i = 0; i < n; i++) {
        b->bars[i] = bars[i];
        b->bars[i].open *= scale;
        b->bars[i].high *= scale;
        b->bars[i].low *= scale;
        b->bars[i].close *= scale;
    }
    b->places = places_of(p, b->bars, n);
    for (size_t i = 0; i < n; i++) {
        struct bar *bar = &b->bars[i];
        bar->open = on_tick(bar->open, b->places);
        bar->high = on_tick(bar->high, b->places);
        bar->low = on_tick(bar->low, b->places);
        bar->close = on_tick(bar->close, b->places);
    }
}

static struct money_market empty(bool recorded)
{
    return (struct money_market){
        .book = { .symbol = "BTC-USDT", .base = "BTC", .quote = "USDT" },
        .recorded = recorded,
    };
}

static size_t anywhere(struct prng *p, size_t count, size_t *slots)
{
    *slots = *slots < count ? *slots : count;
    return (size_t)money_below(p, (int64_t)(count - *slots + 1));
}

void money_market_recorded(struct money_market *out, struct prng *p,
                           const struct bars *all, const char *name,
                           size_t slots)
{
    size_t from = anywhere(p, all->count, &slots);

    *out = empty(true);
    snprintf(out->from, sizeof(out->from), "%s", name);
    take(out, p, all->at + from, slots, 1.0);
}

void money_market_made(struct money_market *out, struct prng *p, size_t slots)
{
    uint32_t seed = (uint32_t)money_below(p, 1000000);
    double scale = 1.0 / (double)sim_power10((int)money_below(p, 6));
    bool walks = money_below(p, 2) == 0;
    struct bars bars = { 0 };

    *out = empty(false);
    snprintf(out->from, sizeof(out->from), "%s %" PRIu32,
             walks ? "walk" : "regimes", seed);
    if (walks) {
        struct sim_walk walk = { seed, false };
        bars.at = xcalloc(SIM_WALK_BARS, sizeof(*bars.at));
        bars.count = SIM_WALK_BARS;
        sim_walk_bars(&walk, bars.at);
    } else {
        study_bars_regimes(&bars, NULL, seed, slots / 4 + 1);
    }
    size_t from = anywhere(p, bars.count, &slots);
    take(out, p, bars.at + from, slots, scale);
    study_bars_release(&bars);
}

void money_market_release(struct money_market *m)
{
    free(m->book.bars);
    *m = (struct money_market){ 0 };
}
