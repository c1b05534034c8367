#include "base/prng.h"

#include <math.h>

#include "test.h"

/* Published vectors: the state 1, 2, 3, 4 for xoshiro256** and the seed
 * 1234567 for splitmix64. */
static void random_numbers_are_those_of_the_definition(void)
{
    struct prng p = { { 1, 2, 3, 4 } };
    uint64_t state = 1234567;

    ASSERT(splitmix64(&state) == UINT64_C(6457827717110365317));
    ASSERT(splitmix64(&state) == UINT64_C(3203168211198807973));
    ASSERT(splitmix64(&state) == UINT64_C(9817491932198370423));
    ASSERT(prng_next(&p) == 11520);
    ASSERT(prng_next(&p) == 0);
    ASSERT(prng_next(&p) == 1509978240);
    ASSERT(prng_next(&p) == UINT64_C(1215971899390074240));
    ASSERT(prng_next(&p) == UINT64_C(1216172134540287360));
}

static void normal_numbers_have_mean_0_and_variance_1(void)
{
    enum { N = 100000 };
    struct prng p;
    double sum = 0.0, squares = 0.0;

    prng_init(&p, 42);
    for (int i = 0; i < N; i++) {
        double z = prng_normal(&p);
        sum += z;
        squares += z * z;
    }
    ASSERT(fabs(sum / N) < 0.015);
    ASSERT(fabs(squares / N - 1.0) < 0.02);
}

void prng_test(void);
void prng_test(void)
{
    TEST_SUITE("base/prng");
    TEST(random_numbers_are_those_of_the_definition);
    TEST(normal_numbers_have_mean_0_and_variance_1);
}
