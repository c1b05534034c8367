#include "shadow_truth.h"

#include <math.h>
#include <string.h>

static int64_t line_tick(const struct grid *g, int64_t i)
{
    int64_t lower = llround(g->lower * 100), upper = llround(g->upper * 100);
    int64_t n = g->levels;
    if (g->spacing == GRID_ARITHMETIC)
        return lower + (2 * (upper - lower) * i + n) / (2 * n);
    long double ratio = (long double)upper / (long double)lower;
    return llroundl((long double)lower *
                    powl(ratio, (long double)i / (long double)n));
}

/* The middle of a cell against the price, in whole numbers. */
static bool is_above(const struct grid *g, int64_t lo, int64_t hi,
                     int64_t price)
{
    return g->spacing == GRID_ARITHMETIC ? lo + hi > 2 * price
                                         : lo * hi > price * price;
}

static void pay(struct truth *t, int64_t price)
{
    t->cash -= (truth_money)t->amount * price * (10000 + t->fee);
    t->held++;
}

static void earn(struct truth *t, int64_t price)
{
    t->cash += (truth_money)t->amount * price * (10000 - t->fee);
    t->held--;
}

bool truth_begin(struct truth *t, const struct grid *g, int64_t fee,
                 int64_t price)
{
    memset(t, 0, sizeof(*t));
    memset(t->line_at, -1, sizeof(t->line_at));
    t->fee = fee;
    t->cells = (int)g->levels;
    t->price = price;
    t->capital = llround(g->capital);
    truth_money sum = 0;
    for (int i = 0; i <= t->cells; i++) {
        t->line[i] = line_tick(g, i);
        if (i && t->line[i] <= t->line[i - 1])
            return false;
        t->line_at[t->line[i]] = (int16_t)i;
    }
    for (int i = 0; i < t->cells; i++) {
        t->full[i] = is_above(g, t->line[i], t->line[i + 1], price);
        sum += (t->full[i] ? price : t->line[i]) * (10000 + fee);
    }
    t->cash = (truth_money)t->capital * 1000000000;
    t->amount = (int64_t)(t->cash / sum);
    for (int i = 0; i < t->cells; i++) {
        if (t->full[i])
            pay(t, price);
    }
    t->stop_below = isnan(g->stop.below) ? 0 : llround(g->stop.below * 100);
    t->stop_above = isnan(g->stop.above) ? 0 : llround(g->stop.above * 100);
    return t->amount > 0;
}

static void stop_at(struct truth *t, int64_t price)
{
    while (t->held)
        earn(t, price);
    t->stopped = true;
}

static void one_tick(struct truth *t, int64_t sale)
{
    int k = t->line_at[t->price];
    if (k >= 0 && k < t->cells && !t->full[k]) {
        pay(t, t->price);
        t->full[k] = true;
    }
    if (k >= 1 && t->full[k - 1]) {
        earn(t, t->price);
        t->full[k - 1] = false;
        t->sells++;
    }
    if (t->is_obedient && (t->price <= t->stop_below ||
                           (t->stop_above && t->price >= t->stop_above)))
        stop_at(t, sale ? sale : t->price);
}

static void go(struct truth *t, int64_t to, int64_t sale)
{
    while (t->price != to && !t->stopped) {
        t->price += to > t->price ? 1 : -1;
        one_tick(t, sale);
    }
    t->price = to;
}

void truth_move(struct truth *t, int64_t to)
{
    go(t, to, 0);
}

void truth_jump(struct truth *t, int64_t to)
{
    go(t, to, to);
}

double truth_quote(truth_money m)
{
    return (double)(int64_t)(m / 1000000000) +
           (double)(int64_t)(m % 1000000000) / 1e9;
}

double truth_e(const struct truth *t)
{
    truth_money worth =
        t->cash - (truth_money)t->capital * 1000000000 +
        (truth_money)t->held * t->amount * t->price * (10000 - t->fee);
    return truth_quote(worth);
}
