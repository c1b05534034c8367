/* A fair game stays one: without fees and without drift a grid earns nothing,
 * whatever its grid profit says (regime-science notes 5.3, first invariant). */
#include <math.h>

#include "base/value.h"
#include "shadow_scene.h"
#include "test.h"

#define PATHS 4000
#define BARS  150
#define TICKS 30 /* steps of one tick within a bar */

struct sample {
    double mean, sd; /* sd of the mean */
};

static struct sample sample_of(double sum, double squares)
{
    double mean = sum / PATHS;
    double variance = (squares - PATHS * mean * mean) / (PATHS - 1);
    return (struct sample){ mean, sqrt(variance / PATHS) };
}

/* Thirty fair steps of one tick: hardly ever across a whole cell of 20. */
static struct bar fair_bar(uint64_t *r, int n, int64_t *price)
{
    int64_t open = *price, high = open, low = open;
    uint64_t coins = scene_random(r);
    for (int i = 0; i < TICKS; i++) {
        *price += coins >> i & 1 ? 1 : -1;
        high = *price > high ? *price : high;
        low = *price < low ? *price : low;
    }
    return shadow_scene_bar(n, (double)open / 100, (double)high / 100,
                            (double)low / 100, (double)*price / 100);
}

static void a_fair_game_stays_one(void)
{
    static const struct shadow_terms terms = { 0, 0.01, NO_VALUE };
    uint64_t r = 4711;
    double sum[2] = { 0, 0 }, squares[2] = { 0, 0 }, realised = 0;
    for (int i = 0; i < PATHS; i++) {
        struct grid g = scene_grid(90, 92.4, 12, 1000, 91.23);
        struct shadow s;
        const char *why = NULL;
        ASSERT_FATAL(shadow_begin(&s, &g, &terms, NO_VALUE, &why));
        struct shadow_books b = { 0 };
        int64_t price = 9123;
        for (int n = 0; n < BARS; n++)
            b = scene_walk(&s, &g, &terms, fair_bar(&r, n, &price));
        double e[2] = { b.nominal.e, b.reverse.e };
        for (int k = 0; k < 2; k++) {
            sum[k] += e[k];
            squares[k] += e[k] * e[k];
        }
        realised += b.nominal.realised;
    }
    for (int k = 0; k < 2; k++) {
        struct sample x = sample_of(sum[k], squares[k]);
        ASSERT(fabs(x.mean) < 3 * x.sd);
        /* Narrow enough to see a line that is one tick off: a cell earns about
         * 0.02 too much on each of its sells then. */
        ASSERT(x.sd < 0.2 && x.sd > 0.001);
    }
    ASSERT(realised / PATHS > 1);
}

/* The same with fees: what is lost is what was paid, on average. */
static void fees_are_what_is_lost(void)
{
    static const struct shadow_terms terms = { 0.001, 0.01, NO_VALUE };
    uint64_t r = 1147;
    double sum = 0, squares = 0, fees = 0;
    for (int i = 0; i < PATHS; i++) {
        struct grid g = scene_grid(90, 92.4, 12, 1000, 91.23);
        struct shadow s;
        const char *why = NULL;
        ASSERT_FATAL(shadow_begin(&s, &g, &terms, NO_VALUE, &why));
        struct shadow_books b = { 0 };
        int64_t price = 9123;
        for (int n = 0; n < BARS; n++)
            b = scene_walk(&s, &g, &terms, fair_bar(&r, n, &price));
        /* e counts the fee of selling what is left as well. */
        double paid =
            b.nominal.fees + b.nominal.base * (double)price / 100 * 0.001;
        double gross = b.nominal.e + paid;
        sum += gross;
        squares += gross * gross;
        fees += paid;
    }
    struct sample x = sample_of(sum, squares);
    ASSERT(fabs(x.mean) < 3 * x.sd);
    ASSERT(fees / PATHS > 1);
}

/* Whatever is moved through the ledger, it is a whole number of amounts. */
static void what_is_held_is_whole_amounts(void)
{
    static const struct shadow_terms terms = { 0.001, 0.01, 0.001 };
    struct grid g = scene_grid(90, 92.4, 12, 1000, 91.23);
    struct shadow s;
    const char *why = NULL;
    ASSERT_FATAL(shadow_begin(&s, &g, &terms, NO_VALUE, &why));
    uint64_t r = 5;
    int64_t price = 9123;
    for (int n = 0; n < 40; n++) {
        struct shadow_books b =
            scene_walk(&s, &g, &terms, fair_bar(&r, n, &price));
        double cells = b.nominal.base / s.amount;
        ASSERT(fabs(cells - round(cells)) < 1e-9 && cells >= 0 && cells <= 12);
        ASSERT(b.nominal.cash > -1e-9);
    }
}

void shadow_fair_test(void);
void shadow_fair_test(void)
{
    TEST_SUITE("shadow_fair");
    TEST(a_fair_game_stays_one);
    TEST(fees_are_what_is_lost);
    TEST(what_is_held_is_whole_amounts);
}
