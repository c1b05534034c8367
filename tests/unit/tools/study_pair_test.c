/* Worked by hand. */
#include "tools/study_pair.h"

#include <math.h>

#include "test.h"

static void log_loss_is_the_surprise(void)
{
    ASSERT_NEAR(log_loss(.25, true), 2.0 * log(2.0), 1e-15);
    ASSERT_NEAR(log_loss(.25, false), log(4.0 / 3.0), 1e-15);
    ASSERT_NEAR(log_loss(0, true), 6.0 * log(10.0), 1e-12);
    ASSERT(log_loss(1, true) < 2e-6);
}

/* One of two happened. Old: .5 twice, squared errors .25 + .25, log losses
 * 2 ln 2. New: .75 and .25, squared errors 2/16, log losses 2 ln(4/3). The base
 * is 1/2, so skill gains 4 (.25 - .0625) = .75, log loss ln 1.5. All weeks are
 * alike: so is every draw. */
static void gains_by_hand(void)
{
    struct pair_block b[5] = { { 0 } };
    for (int i = 0; i < 5; i += 2) {
        pair_add(&b[i], .5, .75, true);
        pair_add(&b[i], .5, .25, false);
    }
    struct pair_gain g = pair_gain_of(b, 5, 1);
    ASSERT_INT(g.blocks, 3);
    ASSERT_NEAR(g.loss_old, log(2.0), 1e-14);
    ASSERT_NEAR(g.loss_new, log(4.0 / 3.0), 1e-14);
    ASSERT_NEAR(g.loss, log(1.5), 1e-14);
    ASSERT_NEAR(g.loss_95.lo, log(1.5), 1e-13);
    ASSERT_NEAR(g.loss_95.hi, log(1.5), 1e-13);
    ASSERT_NEAR(g.skill, .75, 1e-14);
    ASSERT_NEAR(g.skill_95.lo, .75, 1e-13);
    ASSERT_NEAR(g.chance, 0.0, 0.0);
}

/* Two weeks undo each other. Of two draws, a quarter takes the bad one twice
 * and half takes both: nothing gained in 3/4 of the draws, give or take four
 * standard errors of 2000. */
static void what_one_week_gains_and_one_loses_is_chance(void)
{
    struct pair_block b[2] = { { 0 } };
    pair_add(&b[0], .5, .75, true);
    pair_add(&b[0], .5, .5, false);
    pair_add(&b[1], .75, .5, true);
    pair_add(&b[1], .5, .5, false);
    struct pair_gain g = pair_gain_of(b, 2, 7);
    ASSERT(fabs(g.loss) < 1e-15);
    ASSERT_NEAR(g.chance, .75, 4.0 * sqrt(.75 * .25 / 2000));
    ASSERT(g.loss_95.lo < 0 && g.loss_95.hi > 0);
}

void study_pair_test(void);
void study_pair_test(void)
{
    TEST_SUITE("tools/study_pair");
    TEST(log_loss_is_the_surprise);
    TEST(gains_by_hand);
    TEST(what_one_week_gains_and_one_loses_is_chance);
}
