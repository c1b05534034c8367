/* A made-up course whose every return is 1 %, up and down in turn: every mean
 * square is 1e-4, whatever the window. */
#include "tools/study_har.h"

#include <math.h>

#include "base/moment.h"
#include "base/value.h"
#include "test.h"

#define SLOTS  4000
#define SQUARE 1e-4
#define FIRST  INT64_C(1514764800000) /* 2018-01-01 */

static double closes[SLOTS], sigmas[SLOTS], fasts[SLOTS], slows[SLOTS];
static const struct har_kind realised = { 0, 6, false };
static const struct har_kind three = { 5, 3, true };

static struct course zigzag(void)
{
    for (int i = 0; i < SLOTS; i++) {
        closes[i] = i % 2 ? 100 * exp(.01) : 100;
        sigmas[i] = .02;
        fasts[i] = .03;
        slows[i] = .04;
    }
    return (struct course){ .slots = SLOTS,
                            .first_ms = FIRST,
                            .close = closes,
                            .sigma = sigmas,
                            .fast = fasts,
                            .slow = slows };
}

static void every_window_sees_the_same(void)
{
    struct course t = zigzag();
    struct har h;

    har_init(&h, &t);
    ASSERT_INT(h.count, SLOTS / 4);
    ASSERT_INT(h.first_ms, FIRST + MS_PER_HOUR);
    const struct har_row *row = har_at(&h, 2999); /* the 750th hour's last */
    ASSERT(row == &h.rows[749]);
    for (int i = 0; i < 5; i++)
        ASSERT_NEAR(row->x[i], log(SQUARE), 1e-10);
    ASSERT_NEAR(row->x[5], log(.0004), 1e-14);
    ASSERT_NEAR(row->x[6], log(.0009), 1e-14);
    ASSERT_NEAR(row->x[7], log(.0016), 1e-14);
    ASSERT_NEAR(row->y, log(SQUARE), 1e-10);
    har_release(&h);
}

/* A quarter of the month may be absent; the first bar has no return. */
static void what_is_not_there_has_no_value(void)
{
    struct course t = zigzag();
    struct har h;

    har_init(&h, &t);
    ASSERT(isnan(har_at(&h, 2875)->x[4]));
    ASSERT(!isnan(har_at(&h, 2879)->x[4]));
    ASSERT(!isnan(har_at(&h, SLOTS - 97)->y));
    ASSERT(isnan(har_at(&h, SLOTS - 93)->y));
    har_release(&h);
    closes[2998] = NO_VALUE; /* two returns of the hour's four */
    har_init(&h, &t);
    ASSERT(isnan(har_at(&h, 2999)->x[0]));
    ASSERT_NEAR(har_at(&h, 2999)->x[1], log(SQUARE), 1e-10);
    har_release(&h);
}

static void an_hour_without_a_move_has_a_hundredth_of_the_usual(void)
{
    struct course t = zigzag();
    struct har h;

    for (int i = 2995; i < 3000; i++)
        closes[i] = 100;
    har_init(&h, &t);
    ASSERT_NEAR(har_at(&h, 2999)->x[0], log(.01 * .0004), 1e-12);
    har_release(&h);
}

/* y = level + .25 x5 + .5 x6 - .125 x7, the level by the hour of the week. */
static void a_volatility_made_by_hand_is_found(void)
{
    struct course t = zigzag();
    struct groups g = { 0 };
    struct slopes s;
    struct har h;

    har_init(&h, &t);
    for (size_t i = 0; i < h.count; i++) {
        struct har_row *row = &h.rows[i];
        row->x[5] = (double)(i % 5);
        row->x[6] = (double)(i % 11);
        row->x[7] = (double)(i % 13);
        row->y = (double)((i + 1) % 168) / 10 + .25 * row->x[5] +
                 .5 * row->x[6] - .125 * row->x[7];
    }
    har_learn(&g, &three, &h, INT64_MAX);
    ASSERT(groups_fit(&g, &s));
    ASSERT_NEAR(s.slope[0], .25, 1e-10);
    ASSERT_NEAR(s.slope[1], .5, 1e-10);
    ASSERT_NEAR(s.slope[2], -.125, 1e-10);
    ASSERT_NEAR(s.level[3], .3, 1e-10); /* 2018-01-01 was a Monday */
    ASSERT_NEAR(har_sigma(&s, &three, &h.rows[2], FIRST + 3 * MS_PER_HOUR),
                exp(.5 * (.3 + .5 + 1 - .25)), 1e-10);
    h.rows[2].x[7] = NO_VALUE;
    ASSERT(isnan(har_sigma(&s, &three, &h.rows[2], FIRST + 3 * MS_PER_HOUR)));
    har_release(&h);
}

/* Row 719 is the first with a month behind it, at hour 720. */
static void only_what_was_over_teaches(void)
{
    struct course t = zigzag();
    struct groups g = { 0 };
    struct har h;

    har_init(&h, &t);
    har_learn(&g, &realised, &h, FIRST + 760 * MS_PER_HOUR);
    ASSERT_NEAR(g.n[0], 736 - 720 + 1, 0);
    har_release(&h);
}

void study_har_test(void);
void study_har_test(void)
{
    TEST_SUITE("tools/study_har");
    TEST(every_window_sees_the_same);
    TEST(what_is_not_there_has_no_value);
    TEST(an_hour_without_a_move_has_a_hundredth_of_the_usual);
    TEST(a_volatility_made_by_hand_is_found);
    TEST(only_what_was_over_teaches);
}
