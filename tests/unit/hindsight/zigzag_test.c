#include "hindsight/zigzag.h"

#include <math.h>

#include "base/prng.h"
#include "test.h"

static void all(double *theta, size_t count, double v)
{
    for (size_t i = 0; i < count; i++)
        theta[i] = v;
}

/* theta 2: low 0 at bar 1, up 2 at bar 3, to 7 at bar 6; down 2 at bar 8, to 4
 * at bar 9; up 2 at bar 10, to 6 at bar 11, down 2 at bar 12. */
static void legs_by_hand(void)
{
    static const double x[] = { 1, 0, 1, 2, 5, 6, 7, 6, 5, 4, 6, 6, 4 };
    static const struct {
        size_t start, confirmed, end;
        double length;
    } want[] = { { 1, 3, 6, 7 }, { 6, 8, 9, -3 }, { 9, 10, 10, 2 } };
    double theta[13];
    struct leg legs[5];

    all(theta, 13, 2);
    ASSERT_INT(zigzag_legs(x, theta, 13, legs, 5), 3);
    for (int i = 0; i < 3; i++) {
        ASSERT_INT(legs[i].start, want[i].start);
        ASSERT_INT(legs[i].confirmed, want[i].confirmed);
        ASSERT_INT(legs[i].end, want[i].end);
        ASSERT_NEAR(legs[i].length, want[i].length, 1e-15);
        ASSERT_NEAR(legs[i].theta, 2, 1e-15);
    }
    ASSERT_INT(zigzag_legs(x, theta, 12, legs, 5), 2); /* not yet finished */
    ASSERT_INT(zigzag_legs(x, theta, 13, legs, 1),
               3); /* counted all the same */
    ASSERT_INT(zigzag_legs(x, theta, 0, legs, 5), 0);
}

/* Of the legs above only the first is 3 theta long. Of the bars after it, 6 5 4
 * 6 about a middle of 5, the second and the last cross. What comes after the
 * last finished leg is not known. */
static void segments_by_hand(void)
{
    static const double x[] = { 1, 0, 1, 2, 5, 6, 7, 6, 5, 4, 6, 6, 4 };
    static const enum segment want[] = { SEGMENT_RANGE_WEAK, SEGMENT_TRANSITION,
                                         SEGMENT_TRANSITION, SEGMENT_TREND,
                                         SEGMENT_TREND,      SEGMENT_TREND,
                                         SEGMENT_TREND,      SEGMENT_RANGE_WEAK,
                                         SEGMENT_RANGE_WEAK, SEGMENT_RANGE_WEAK,
                                         SEGMENT_RANGE_OK,   SEGMENT_UNKNOWN,
                                         SEGMENT_UNKNOWN };
    double theta[13];
    struct leg legs[5];
    enum segment got[13];

    all(theta, 13, 2);
    size_t n = zigzag_legs(x, theta, 13, legs, 5);
    zigzag_segments(x, 13, legs, n, 3, got);
    for (int i = 0; i < 13; i++)
        ASSERT_INT(got[i], want[i]);
}

/* To bar 79 it swings between 0 and 4, which is its last low: 1; then up to 12
 * at bar 91. The trend's leg begins at bar 79, so 55 is the last that is 24
 * bars away; it is 3 above its start at bar 83. */
static void a_range_is_weak_before_it_ends(void)
{
    static const double wave[] = { 0, 3, 4, 1 };
    double x[120], theta[120];
    struct leg legs[120];
    enum segment got[120];

    all(theta, 120, 3);
    for (int i = 0; i < 120; i++)
        x[i] = i < 80 ? wave[i % 4] : i < 92 ? i - 79.0 : 0.0;
    size_t n = zigzag_legs(x, theta, 120, legs, 120);
    zigzag_segments(x, 120, legs, n, 3, got);
    ASSERT_INT(got[1], SEGMENT_RANGE_WEAK); /* crossed once so far */
    ASSERT_INT(got[10], SEGMENT_RANGE_OK);
    ASSERT_INT(got[55], SEGMENT_RANGE_OK);
    ASSERT_INT(got[56], SEGMENT_RANGE_WEAK);
    ASSERT_INT(got[78], SEGMENT_RANGE_WEAK);
    ASSERT_INT(got[79], SEGMENT_TRANSITION);
    ASSERT_INT(got[82], SEGMENT_TRANSITION);
    ASSERT_INT(got[83], SEGMENT_TREND);
    ASSERT_INT(got[91], SEGMENT_TREND);
    ASSERT_INT(got[119], SEGMENT_UNKNOWN);
}

#define LEGS  4000
#define STEPS (LEGS * 400)

/* Steps of one up or down and theta 20: beyond theta a leg gets one further
 * before it falls back with probability 20/21 (gambler's ruin), so it is 3
 * theta long or longer with (20/21)^40 = .1420. Its legs are independent:
 * three standard errors of the binomial law for as many as there were. */
static void a_lattice_walk_has_its_exact_share(void)
{
    static double x[STEPS], theta[STEPS];
    static struct leg legs[2 * LEGS];
    struct prng prng;
    int trends = 0;

    prng_init(&prng, 31);
    all(theta, STEPS, 20);
    for (int i = 1; i < STEPS; i++)
        x[i] = x[i - 1] + (prng_uniform(&prng) < .5 ? 1 : -1);
    size_t n = zigzag_legs(x, theta, STEPS, legs, 2 * LEGS);
    double p = pow(20.0 / 21.0, 40);
    ASSERT(n > LEGS * 9 / 10 && n <= 2 * LEGS);
    for (size_t i = 0; i < n; i++)
        trends += fabs(legs[i].length) >= 60;
    ASSERT(fabs(trends - p * (double)n) < 3 * sqrt(p * (1 - p) * (double)n));
}

/* Normal steps, theta of 60 of them: near the Brownian path, whose share is
 * exp(-1) at 2 and exp(-2) = .135 at 3. That a path is only seen at its steps
 * makes theta longer by about 1.17 of them (twice .583, Broadie and others
 * 1997), which is 2 % in the exponent. */
static void a_brownian_path_has_trends_without_any_trend(void)
{
    static double x[STEPS], theta[STEPS];
    static struct leg legs[LEGS];
    struct prng prng;

    prng_init(&prng, 32);
    all(theta, STEPS, 60);
    for (int i = 1; i < STEPS; i++)
        x[i] = x[i - 1] + prng_normal(&prng);
    size_t n = zigzag_legs(x, theta, STEPS, legs, LEGS);
    ASSERT(n > 350 && n <= LEGS);
    for (int b = 2; b <= 3; b++) {
        double p = exp(-(b - 1)), seen = 0;
        for (size_t i = 0; i < n; i++)
            seen += fabs(legs[i].length) >= b * 60;
        ASSERT(fabs(seen - p * (double)n) < 3 * sqrt(p * (1 - p) * (double)n));
    }
}

void zigzag_test(void);
void zigzag_test(void)
{
    TEST_SUITE("hindsight/zigzag");
    TEST(legs_by_hand);
    TEST(segments_by_hand);
    TEST(a_range_is_weak_before_it_ends);
    TEST(a_lattice_walk_has_its_exact_share);
    TEST(a_brownian_path_has_trends_without_any_trend);
}
