#include "metrics/ring.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "metric_made.h"
#include "test.h"

static struct ring r;
static struct ranked_ring ranked;
static struct anchored_sums s, late;

static void a_ring_keeps_the_newest(void)
{
    ring_init(&r, 3);
    ASSERT(!ring_full(&r));
    for (int i = 1; i <= 5; i++)
        ring_push(&r, i);
    ASSERT(ring_full(&r));
    ASSERT_INT(r.count, 3);
    ASSERT_NEAR(ring_at(&r, 0), 5.0, 0.0);
    ASSERT_NEAR(ring_at(&r, 1), 4.0, 0.0);
    ASSERT_NEAR(ring_at(&r, 2), 3.0, 0.0);
}

static void every_capacity_wraps(void)
{
    for (int32_t n = 1; n <= RING_MAX; n++) {
        ring_init(&r, n);
        for (int32_t i = 0; i < 2 * n + 1; i++) {
            ring_push(&r, i);
            ASSERT_INT(r.count, i < n ? i + 1 : n);
            ASSERT_INT(ring_at(&r, 0), i);
            ASSERT_INT(ring_at(&r, r.count - 1), i - r.count + 1);
        }
    }
}

/* pandas: Series([3, 1, 4, 1, 5]).rank() is 3, 1.5, 4, 1.5, 5. */
static void equal_values_share_their_mean_rank(void)
{
    static const double x[] = { 3, 1, 4, 1, 5 };
    static const double want[] = { 3, 1.5, 4, 1.5, 5 };
    ranked_ring_init(&ranked, ARRAY_LEN(x));
    for (size_t i = 0; i < ARRAY_LEN(x); i++)
        ranked_ring_push(&ranked, x[i]);
    for (size_t i = 0; i < ARRAY_LEN(x); i++)
        ASSERT_NEAR(ranked_ring_rank(&ranked, x[i]), want[i], 0.0);
    ASSERT_NEAR(ranked_ring_rank(&ranked, 6.0), 5.5, 0.0);
}

static double counted_rank(const struct ring *of, double x)
{
    int below = 0, equal = 0;
    for (int32_t i = 0; i < of->count; i++) {
        below += ring_at(of, i) < x;
        equal += ring_at(of, i) == x;
    }
    return below + (equal + 1) / 2.0;
}

/* With many ties, and with values that come and go in every order. */
static void ranks_are_counts_at_any_size(void)
{
    struct metric_made_random draws = { 16 };
    for (int32_t n = 1; n <= RING_MAX; n += n < 9 ? 1 : 13) {
        ranked_ring_init(&ranked, n);
        for (int32_t i = 0; i < 4 * n + 20; i++) {
            double x = (double)(metric_made_bits(&draws) % 40);
            ranked_ring_push(&ranked, x);
            ASSERT_NEAR(ranked_ring_rank(&ranked, x),
                        counted_rank(&ranked.ring, x), 0.0);
            ASSERT_NEAR(ranked_ring_newest(&ranked),
                        counted_rank(&ranked.ring, x), 0.0);
            ASSERT_NEAR(ranked_ring_rank(&ranked, 19.5),
                        counted_rank(&ranked.ring, 19.5), 0.0);
        }
    }
}

static void without_a_pair_all_is_zero(void)
{
    anchored_sums_init(&s, 5);
    struct centred_sums w = anchored_sums_centre(&s);
    ASSERT_INT(w.count, 0);
    ASSERT_INT(anchored_sums_count(&s), 0);
    ASSERT_NEAR(w.sxx + w.syy + w.sxy + w.mean_x + w.mean_y, 0.0, 0.0);
}

/* x = 1 2 4 8, y = 1 -1 1 -1: by hand. */
static void four_pairs_worked_by_hand(void)
{
    anchored_sums_init(&s, 4);
    for (int i = 0; i < 4; i++)
        anchored_sums_push(&s, 1 << i, i % 2 ? -1 : 1, 10 + i);
    struct centred_sums w = anchored_sums_centre(&s);
    ASSERT_INT(w.count, 4);
    ASSERT_NEAR(w.mean_x, 3.75, 1e-15);
    ASSERT_NEAR(w.mean_y, 0.0, 0.0);
    ASSERT_NEAR(w.sxx, 28.75, 1e-15);
    ASSERT_NEAR(w.syy, 4.0, 1e-15);
    ASSERT_NEAR(w.sxy, -5.0, 1e-15);
}

/* Two passes over the newest `n` of x[0..at], y = x before. */
static struct centred_sums naive(const double *x, size_t at, int32_t n)
{
    struct centred_sums w = { .count = n };
    const double *from = x + at + 1 - n;
    for (int32_t i = 0; i < n; i++) {
        w.mean_x += from[i] / n;
        w.mean_y += from[i - 1] / n;
    }
    for (int32_t i = 0; i < n; i++) {
        w.sxx += (from[i] - w.mean_x) * (from[i] - w.mean_x);
        w.syy += (from[i - 1] - w.mean_y) * (from[i - 1] - w.mean_y);
        w.sxy += (from[i] - w.mean_x) * (from[i - 1] - w.mean_y);
    }
    return w;
}

static double worst(struct centred_sums got, struct centred_sums want)
{
    double most = fabs(got.sxx / want.sxx - 1.0);
    most = fmax(most, fabs(got.syy / want.syy - 1.0));
    most = fmax(most, fabs(got.sxy - want.sxy) / sqrt(want.sxx * want.syy));
    most = fmax(most, fabs(got.mean_x / want.mean_x - 1.0));
    return fmax(most, fabs(got.mean_y / want.mean_y - 1.0));
}

#define LONG 1000000
static double levels[LONG];

static void make_levels(uint64_t seed)
{
    struct metric_made_random draws = { seed };
    double y = log(40000.0);
    for (size_t i = 0; i < LONG; i++)
        levels[i] = y += 0.003 * metric_made_normal(&draws);
}

/* Log prices: the mean is 3,000 times the standard deviation. */
static void a_million_bars_do_not_drift(void)
{
    static const int32_t windows[] = { 20, 100, 200 };
    make_levels(11);
    for (size_t k = 0; k < ARRAY_LEN(windows); k++) {
        int32_t n = windows[k];
        double most = 0.0;
        anchored_sums_init(&s, n);
        for (size_t i = 1; i < LONG; i++) {
            anchored_sums_push(&s, levels[i], levels[i - 1], 777 + (int64_t)i);
            if (i < (size_t)n || (i % 97 && i < LONG - 1000))
                continue;
            most = fmax(most,
                        worst(anchored_sums_centre(&s), naive(levels, i, n)));
        }
        ASSERT(most < 5e-12);
        ASSERT(most > 0.0);
    }
}

/* Bit for bit, once the later one is full. */
static void the_window_does_not_know_when_history_began(void)
{
    make_levels(12);
    anchored_sums_init(&s, 100);
    anchored_sums_init(&late, 100);
    for (size_t i = 1; i < 2000; i++) {
        anchored_sums_push(&s, levels[i], levels[i - 1], (int64_t)i);
        if (i < 733)
            continue;
        anchored_sums_push(&late, levels[i], levels[i - 1], (int64_t)i);
        if (i < 733 + 199)
            continue;
        struct centred_sums a = anchored_sums_centre(&s);
        struct centred_sums b = anchored_sums_centre(&late);
        ASSERT(memcmp(&a.mean_x, &b.mean_x, 5 * sizeof(double)) == 0);
    }
}

/* What left the window leaves nothing behind: a jump of 1e9, then rest. */
static void equal_values_have_a_variance_of_zero(void)
{
    for (int64_t jump = 100; jump < 120; jump++) {
        anchored_sums_init(&s, 20);
        for (int64_t i = 0; i < 200; i++) {
            anchored_sums_push(&s, i < jump ? 1e9 + (double)i : 0.1, 0.0, i);
            struct centred_sums w = anchored_sums_centre(&s);
            ASSERT(i < jump + 19 || w.sxx == 0.0);
            ASSERT(i < jump + 19 || w.mean_x == 0.1);
            ASSERT(w.sxx >= 0.0);
        }
    }
}

/* Stops of any length: the window goes on with the next bar. */
static void numbers_may_skip(void)
{
    struct metric_made_random draws = { 13 };
    int64_t number = 5;
    double most = 0.0;
    make_levels(14);
    anchored_sums_init(&s, 100);
    for (size_t i = 1; i < 20000; i++) {
        uint64_t draw = metric_made_bits(&draws) % 50;
        number += draw == 0 ? 1000 : draw == 1 ? 40 : draw < 5 ? 3 : 1;
        anchored_sums_push(&s, levels[i], levels[i - 1], number);
        if (i >= 100)
            most = fmax(most,
                        worst(anchored_sums_centre(&s), naive(levels, i, 100)));
    }
    ASSERT_INT(anchored_sums_count(&s), 100);
    ASSERT(most < 5e-12);
}

/* A wrong numbering costs no memory and no value. */
static void numbers_that_stand_still_are_survived(void)
{
    make_levels(15);
    anchored_sums_init(&s, 20);
    for (size_t i = 1; i < 300; i++)
        anchored_sums_push(&s, levels[i], levels[i - 1], 7);
    ASSERT(worst(anchored_sums_centre(&s), naive(levels, 299, 20)) < 5e-12);
}

void ring_test(void);
void ring_test(void)
{
    TEST_SUITE("metrics/ring");
    TEST(a_ring_keeps_the_newest);
    TEST(every_capacity_wraps);
    TEST(equal_values_share_their_mean_rank);
    TEST(ranks_are_counts_at_any_size);
    TEST(without_a_pair_all_is_zero);
    TEST(four_pairs_worked_by_hand);
    TEST(a_million_bars_do_not_drift);
    TEST(the_window_does_not_know_when_history_began);
    TEST(equal_values_have_a_variance_of_zero);
    TEST(numbers_may_skip);
    TEST(numbers_that_stand_still_are_survived);
}
