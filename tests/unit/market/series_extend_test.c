/* A window that is kept from slot to slot is the one that is built. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/value.h"
#include "market/made.h"
#include "metrics/metric_made.h"
#include "test.h"

#define FIRST 900 /* before the first start that moves */
#define BARS  3000

static struct made made, other, hours;
static struct window kept, built;
static struct metric_made_random dice;

static bool one_in(uint64_t n)
{
    return metric_made_bits(&dice) % n == 0;
}

static size_t below(size_t n)
{
    return (size_t)(metric_made_bits(&dice) % n);
}

/* Both ways of the slot in which bar `number` closes. */
static void look(const struct made *m, int64_t number, double ticker,
                 bool settled)
{
    struct series s = made_series(m), h = made_series(&hours);
    struct witnesses wit = { &h, ticker };
    int64_t slot_ms = made_slot(m->tf, number);
    window_extend(&s, slot_ms, wit, settled, &kept);
    window_build(&s, slot_ms, wit, &built);
    bool same = same_window(&kept, &built);
    if (!same)
        printf("    the window of bar %lld differs\n", (long long)number);
    ASSERT(same);
}

/* A walk with stops and, one time in `jumps`, a jump. */
static void walk(struct made *m, enum timeframe tf, uint64_t jumps)
{
    double price = 100.0;
    made_begin(m, tf);
    for (int64_t n = FIRST; n < FIRST + BARS; n++) {
        price *= exp(0.01 * metric_made_normal(&dice));
        if (one_in(jumps))
            price *= one_in(2) ? 1.8 : 0.55;
        if (one_in(40))
            n += (int64_t)below(5);
        struct bar *b = made_add(m, n, price);
        b->open *= 0.999;
        b->low *= 0.99;
        b->high *= 1.01;
        if (one_in(jumps)) { /* a spike of its own */
            b->close *= 2.0;
            b->high = b->close;
        }
    }
}

static void begin(uint64_t seed, enum timeframe tf, uint64_t jumps)
{
    dice.state = seed;
    walk(&hours, TF_1H, 500);
    walk(&other, tf, jumps);
    walk(&made, tf, jumps);
    memset(&kept, 0, sizeof(kept));
}

static double some_ticker(int64_t number)
{
    return one_in(3) ? made.bars[number - FIRST].close * 1.1 : NO_VALUE;
}

static void forwards_it_is_the_same(void)
{
    static const uint64_t jumps[] = { 1000000, 1000000, 300 };
    for (int tf = 0; tf < TF_COUNT; tf++) {
        begin(5 + (uint64_t)tf, (enum timeframe)tf, jumps[tf]);
        for (int64_t n = FIRST - 3; n < FIRST + BARS + 5; n++)
            look(&made, n, NO_VALUE, false);
        ASSERT(kept.missing > 0);
        ASSERT_INT(kept.jumped, jumps[tf] == 300);
    }
}

static void whatever_happens_it_is_the_same(void)
{
    static const uint64_t jumps[] = { 1000000, 700, 100 };
    for (size_t k = 0; k < 3; k++) {
        begin(8 + k, TF_15M, jumps[k]);
        for (int64_t n = FIRST; n < FIRST + BARS; n++) {
            if (one_in(30)) /* a bar revised, late or lost */
                made.bars[below(made.count)].close *= 1.001;
            if (one_in(60)) {
                size_t i = below(made.count - 1);
                made.count--;
                memmove(&made.bars[i], &made.bars[i + 1],
                        (made.count - i) * sizeof(made.bars[0]));
            }
            if (one_in(60))
                look(&made, n - (int64_t)below(400), NO_VALUE, false);
            if (one_in(60))
                look(&other, n, NO_VALUE, false);
            look(&made, n, some_ticker(n), false);
        }
    }
}

static void what_is_settled_is_the_same_as_well(void)
{
    begin(11, TF_15M, 400);
    for (int64_t n = FIRST; n < FIRST + BARS; n++) {
        if (one_in(50))
            look(&made, n - (int64_t)below(400), NO_VALUE, true);
        look(&made, n, some_ticker(n), true);
    }
    begin(12, TF_15M, 1000000);
    for (int64_t n = FIRST; n < FIRST + BARS; n += 1 + (int64_t)below(9))
        look(&made, n, NO_VALUE, true);
}

static void what_is_settled_is_not_read_again(void)
{
    struct witnesses nobody = { NULL, NO_VALUE };
    begin(13, TF_15M, 1000000);
    look(&made, FIRST + 500, NO_VALUE, false);
    struct bar *newest = &made.bars[0];
    while (newest->open_ms < window_last(&kept)->open_ms)
        newest++;
    struct bar *revised = newest - 9;
    revised->close *= 1.01;
    struct series s = made_series(&made);
    window_extend(&s, made_slot(TF_15M, FIRST + 501), nobody, true, &kept);
    window_build(&s, made_slot(TF_15M, FIRST + 501), nobody, &built);
    ASSERT(kept.count > 400 && kept.count == built.count);
    ASSERT(!same_window(&kept, &built));
    look(&made, FIRST + 501, NO_VALUE, false);
}

/* Bar 1024 is absent: whether the history is short, the bars do not say. */
static void a_history_may_grow_at_its_beginning(void)
{
    made_begin(&hours, TF_1H);
    made_begin(&made, TF_15M);
    made_run(&made, 1025, 2100, 100);
    memset(&kept, 0, sizeof(kept));
    look(&made, 2090, NO_VALUE, false);
    ASSERT(kept.short_history);
    made_begin(&made, TF_15M);
    made_run(&made, 1000, 1023, 100);
    made_run(&made, 1025, 2100, 100);
    look(&made, 2091, NO_VALUE, false);
    ASSERT(!kept.short_history);
    made_begin(&made, TF_15M);
    made_run(&made, 1000, 2100, 100);
    look(&made, 2092, NO_VALUE, false);
    ASSERT_INT(kept.count, 2092 - 1024 + 1);
}

/* Bars 10, 11, 12 of [10, 13), and nothing of an empty stretch. */
static void a_stretch_of_a_series_begins_and_ends_where_it_says(void)
{
    made_begin(&made, TF_1H);
    made_run(&made, 8, 20, 100);
    struct series s = made_series(&made);
    struct series got = series_between(&s, 10 * 3600000LL, 13 * 3600000LL);
    ASSERT_INT(got.count, 3);
    ASSERT_INT(got.bars[0].open_ms, 10 * 3600000LL);
    ASSERT_INT(series_between(&s, 36000001LL, 13 * 3600000LL).count, 2);
    ASSERT_INT(series_between(&s, 0, 8 * 3600000LL).count, 0);
    ASSERT_INT(series_between(&s, 0, 9 * 3600000LL).count, 1);
    ASSERT_INT(series_between(&s, 20 * 3600000LL, INT64_MAX / 2).count, 1);
    ASSERT_INT(series_between(&s, 15 * 3600000LL, 12 * 3600000LL).count, 0);
}

static void bars_are_the_same_to_the_last_bit_or_not_at_all(void)
{
    struct bar a[3] = { { 1, 2, 3, 4, 5, 6, 0 },
                        { 2, 2, 3, 4, 5, 6, BAR_GAP },
                        { 3, 2, 3, 4, 5, 0, 0 } };
    struct bar b[3] = { a[0], a[1], a[2] };
    ASSERT(bars_same(a, b, 3));
    b[1].flags = 0;
    ASSERT(!bars_same(a, b, 3));
    ASSERT(bars_same(a, b, 1));
    b[1].flags = BAR_GAP;
    b[2].volume = -0.0;
    ASSERT(!bars_same(a, b, 3));
    b[2] = a[2];
    b[2].low = nextafter(4, 5);
    ASSERT(!bars_same(a, b, 3));
    b[2] = a[2];
    b[0].open_ms = 0;
    ASSERT(!bars_same(a, b, 3));
    ASSERT(bars_same(a, b, 0));
}

void series_extend_test(void);
void series_extend_test(void)
{
    TEST_SUITE("market/series: kept from slot to slot");
    TEST(forwards_it_is_the_same);
    TEST(whatever_happens_it_is_the_same);
    TEST(what_is_settled_is_the_same_as_well);
    TEST(what_is_settled_is_not_read_again);
    TEST(a_history_may_grow_at_its_beginning);
    TEST(a_stretch_of_a_series_begins_and_ends_where_it_says);
    TEST(bars_are_the_same_to_the_last_bit_or_not_at_all);
}
