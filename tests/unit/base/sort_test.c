#include "base/sort.h"

#include <stdint.h>

#include "base/prng.h"
#include "test.h"

static void few_by_hand(void)
{
    double x[] = { 3, -1, 3, 0, 2 };
    static const double want[] = { -1, 0, 2, 3, 3 };

    sort_doubles(x, 5);
    for (int i = 0; i < 5; i++)
        ASSERT_NEAR(x[i], want[i], 0);
    sort_doubles(x, 0);
    sort_doubles(x, 1);
    ASSERT_NEAR(x[0], -1, 0);
}

/* Of a permutation of 0 .. n-1 the sorted form is known. */
static void every_length_up_to_a_hundred(void)
{
    struct prng prng;
    int wrong = 0;

    prng_init(&prng, 7);
    for (size_t n = 0; n <= 100; n++) {
        double x[100];
        for (size_t i = 0; i < n; i++)
            x[i] = (double)i;
        for (size_t i = n; i > 1; i--) {
            size_t k = (size_t)(prng_next(&prng) % i);
            double kept = x[i - 1];
            x[i - 1] = x[k];
            x[k] = kept;
        }
        sort_doubles(x, n);
        for (size_t i = 0; i < n; i++)
            wrong += x[i] < (double)i || x[i] > (double)i;
    }
    ASSERT_INT(wrong, 0);
}

struct pair {
    int32_t key, carried;
};

static int by_key_down(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return (x->key < y->key) - (x->key > y->key);
}

/* A row goes as a whole. */
static void rows_keep_what_they_carry(void)
{
    struct pair p[] = { { 1, 10 }, { 4, 40 }, { 2, 20 }, { 3, 30 } };

    sort_rows(p, 4, sizeof(p[0]), by_key_down);
    for (int i = 0; i < 4; i++) {
        ASSERT_INT(p[i].key, 4 - i);
        ASSERT_INT(p[i].carried, 10 * p[i].key);
    }
}

void sort_test(void);
void sort_test(void)
{
    TEST_SUITE("base/sort");
    TEST(few_by_hand);
    TEST(every_length_up_to_a_hundred);
    TEST(rows_keep_what_they_carry);
}
