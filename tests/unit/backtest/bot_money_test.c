/* The bot's money against a ledger of this file's own, fill by fill; and a fair
 * game that stays one. */
#include "backtest/bot.h"

#include <math.h>

#include "base/value.h"
#include "position/shadow_scene.h"
#include "test.h"

#define BARS  400
#define PATHS 3000
#define DAYS  100 /* bars of a path */
#define TICKS 30  /* steps of one tick within a bar */

void bot_money_test(void);

/* --- Conserved ------------------------------------------------------------ */

/* Orders at lines, followed segment by segment; nothing of src/position. */
struct witness {
    int cells;
    double line[64], amount, fee, last, cash;
    bool full[64];
    double worst; /* change of cash + base * price at a fill, but for its fee */
};

static double base_of(const struct witness *w)
{
    int n = 0;
    for (int i = 0; i < w->cells; i++)
        n += w->full[i];
    return n * w->amount;
}

static void fill(struct witness *w, int i, double price, bool buy)
{
    double before = w->cash + base_of(w) * price;
    double fee = w->amount * price * w->fee;
    w->cash += (buy ? -1 : 1) * w->amount * price - fee;
    w->full[i] = buy;
    double changed = w->cash + base_of(w) * price - before;
    w->worst = fmax(w->worst, fabs(changed + fee));
}

static void segment(struct witness *w, double to)
{
    if (to < w->last)
        for (int i = w->cells - 1; i >= 0; i--)
            if (!w->full[i] && to <= w->line[i])
                fill(w, i, w->line[i], true);
    if (to > w->last)
        for (int i = 0; i < w->cells; i++)
            if (w->full[i] && to >= w->line[i + 1])
                fill(w, i, w->line[i + 1], false);
    w->last = to;
}

static void walk(struct witness *w, const struct bar *b, bool reverse)
{
    bool low_first = (b->close >= b->open) != reverse;
    segment(w, b->open);
    segment(w, low_first ? b->low : b->high);
    segment(w, low_first ? b->high : b->low);
    segment(w, b->close);
}

static struct witness witness_of(const struct grid *g, double fee, double price)
{
    struct witness w = { .cells = (int)g->levels, .fee = fee, .last = price };
    double sum = 0;
    for (int i = 0; i <= w.cells; i++) {
        double share = (double)i / w.cells;
        w.line[i] = g->spacing == GRID_GEOMETRIC
                        ? g->lower * pow(g->upper / g->lower, share)
                        : g->lower + (g->upper - g->lower) * share;
    }
    for (int i = 0; i < w.cells; i++) {
        double middle = g->spacing == GRID_GEOMETRIC
                            ? sqrt(w.line[i] * w.line[i + 1])
                            : (w.line[i] + w.line[i + 1]) / 2;
        w.full[i] = middle > price;
        sum += (w.full[i] ? price : w.line[i]) * (1 + fee);
    }
    w.amount = g->capital / sum;
    w.cash = g->capital - base_of(&w) * price * (1 + fee);
    return w;
}

static struct bar random_bar(uint64_t *r, int n, double before)
{
    double open = before * (1 + 0.004 * (scene_unit(r) - 0.5));
    double close = open * (1 + 0.02 * (scene_unit(r) - 0.5));
    double high = fmax(open, close) * (1 + 0.01 * scene_unit(r));
    double low = fmin(open, close) * (1 - 0.01 * scene_unit(r));
    return shadow_scene_bar(n, open, high, low, close);
}

static void money_is_conserved(enum grid_spacing spacing, uint64_t seed)
{
    static const struct bot_terms terms = {
        { .fee = 0.001, .tick = NO_VALUE, .step = NO_VALUE }, 0, 0
    };
    static struct bot b;
    struct grid g = scene_grid(90, 111, 23, 1000, NO_VALUE);
    const char *why;
    uint64_t r = seed;
    double price = 100.3, off = 0, least_base = 0, least_cash = 0;

    g.spacing = spacing;
    ASSERT_FATAL(bot_begin(&b, &g, &terms, price, &why));
    struct witness w[2] = { witness_of(&g, 0.001, price),
                            witness_of(&g, 0.001, price) };
    for (int n = 0; n < BARS; n++) {
        struct bar bar = random_bar(&r, n, price);
        price = bar.close;
        bot_walk(&b, &bar);
        for (int k = 0; k < 2; k++) {
            struct bot_money m = bot_money_at(&b, k == 1, price);
            walk(&w[k], &bar, k == 1);
            off = fmax(off, fabs(m.cash - w[k].cash));
            off = fmax(off, fabs(m.base - base_of(&w[k])) * price);
            least_base = fmin(least_base, m.base);
            least_cash = fmin(least_cash, m.cash);
        }
    }
    ASSERT(off < 1e-6); /* lines have twelve digits there, not here */
    ASSERT(w[0].worst < 1e-9 && w[1].worst < 1e-9);
    ASSERT(least_base >= 0);
    ASSERT(least_cash >= -1e-9);
    ASSERT(b.now.fees > 1); /* something was traded */
}

static void arithmetic_money_is_conserved(void)
{
    for (uint64_t seed = 1; seed <= 5; seed++)
        money_is_conserved(GRID_ARITHMETIC, seed);
}

static void geometric_money_is_conserved(void)
{
    for (uint64_t seed = 6; seed <= 10; seed++)
        money_is_conserved(GRID_GEOMETRIC, seed);
}

/* --- A fair game ---------------------------------------------------------- */

/* Steps of one tick, up with `odds` of 256. */
static struct bar tossed_bar(uint64_t *r, int n, int odds, int64_t *price)
{
    int64_t open = *price, high = open, low = open;
    for (int i = 0; i < TICKS; i++) {
        *price += scene_below(r, 256) < odds ? 1 : -1;
        high = *price > high ? *price : high;
        low = *price < low ? *price : low;
    }
    return shadow_scene_bar(n, (double)open / 100, (double)high / 100,
                            (double)low / 100, (double)*price / 100);
}

/* Mean e of many paths without fee and stop, and the sd of that mean. */
static void play(int odds, bool reverse, double *mean, double *sd)
{
    static const struct bot_terms terms = {
        { .fee = 0, .tick = 0.01, .step = NO_VALUE }, 0, 0
    };
    static struct bot b;
    uint64_t r = 4711;
    double sum = 0, squares = 0;

    for (int i = 0; i < PATHS; i++) {
        struct grid g = scene_grid(90, 92.4, 12, 1000, NO_VALUE);
        const char *why;
        int64_t price = 9123;
        ASSERT_FATAL(bot_begin(&b, &g, &terms, 91.23, &why));
        for (int n = 0; n < DAYS; n++) {
            struct bar bar = tossed_bar(&r, n, odds, &price);
            bot_walk(&b, &bar);
        }
        double e = bot_money_at(&b, reverse, (double)price / 100).e;
        sum += e;
        squares += e * e;
    }
    *mean = sum / PATHS;
    *sd = sqrt((squares / PATHS - *mean * *mean) / (PATHS - 1));
}

static void a_fair_game_stays_one(void)
{
    double mean, sd;
    for (int k = 0; k < 2; k++) {
        play(128, k == 1, &mean, &sd);
        ASSERT(fabs(mean) < 3 * sd);
        ASSERT(sd < 0.15); /* of a capital of 1000 */
    }
}

/* 129 of 256 is a drift of .008 ticks a step: the interval is tight enough to
 * see it. */
static void a_small_bias_is_seen(void)
{
    double mean, sd;
    play(130, false, &mean, &sd);
    ASSERT(mean > 3 * sd);
    play(126, false, &mean, &sd);
    ASSERT(mean < -3 * sd);
}

void bot_money_test(void)
{
    TEST_SUITE("backtest/bot money");
    TEST(arithmetic_money_is_conserved);
    TEST(geometric_money_is_conserved);
    TEST(a_fair_game_stays_one);
    TEST(a_small_bias_is_seen);
}
