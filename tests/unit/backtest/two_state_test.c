/* Two states: one step by hand, and a chain whose truth is known. */
#include "backtest/two_state.h"

#include <math.h>

#include "base/prng.h"
#include "base/value.h"
#include "test.h"

void two_state_test(void);

#define N 20000

static struct two_state_work work[N];
static bool wild[N];

/* Wild beforehand .5 x .1 + .5 x .8 = .45; the return is 1: densities
 * exp(-1/2) / 1 and exp(-1/8) / 2, so .45 x .441248 / (.45 x .441248 + .55 x
 * .606531) = .373129. */
static void one_step_by_hand(void)
{
    struct two_state m = { { 1, 2 }, { .9, .8 }, .5 };
    two_state_push(&m, 1);
    ASSERT_NEAR(m.p, .373129, 1e-6);
    two_state_push(&m, NO_VALUE);
    ASSERT_NEAR(m.p, .373129, 1e-6);
}

static void make_chain(void)
{
    struct prng dice;
    bool now = false;

    prng_init(&dice, 3);
    for (size_t i = 0; i < N; i++) {
        double stay = now ? .95 : .98;
        now = prng_uniform(&dice) < stay ? now : !now;
        wild[i] = now;
        work[i].r = prng_normal(&dice) * (now ? .02 : .005);
    }
}

static double share_right(struct two_state m)
{
    size_t right = 0;
    for (size_t i = 0; i < N; i++) {
        two_state_push(&m, work[i].r);
        right += (m.p > .5) == wild[i];
    }
    return (double)right / N;
}

/* Some 5,700 steps are wild, in 286 spells: sigma is known to 1 %, the chance
 * to stay wild to .003; three of these. */
static void a_known_chain_is_found(void)
{
    const struct two_state truth = { { .005, .02 }, { .98, .95 }, .5 };
    struct two_state m;

    make_chain();
    ASSERT(two_state_fit(work, N, &m));
    ASSERT_NEAR(m.sigma[0], .005, .02); /* relative */
    ASSERT_NEAR(m.sigma[1], .02, .03);
    ASSERT_NEAR(m.stay[0], .98, .005);
    ASSERT_NEAR(m.stay[1], .95, .01);
    m.p = .5;
    double found = share_right(m), best = share_right(truth);
    ASSERT(found > best - .002);
    ASSERT(best > .9);
}

static void what_cannot_be_fitted_is_refused(void)
{
    struct two_state m;

    make_chain();
    ASSERT(!two_state_fit(work, 99, &m));
    work[50].r = NO_VALUE;
    ASSERT(!two_state_fit(work, N, &m));
    for (size_t i = 0; i < 200; i++)
        work[i].r = 0;
    ASSERT(!two_state_fit(work, 200, &m));
}

void two_state_test(void)
{
    TEST_SUITE("backtest/two_state");
    TEST(one_step_by_hand);
    TEST(a_known_chain_is_found);
    TEST(what_cannot_be_fitted_is_refused);
}
