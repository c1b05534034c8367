/* Worked by hand: models with as many terms as there are places answer with
 * the logits of the shares themselves. */
#include "tools/study_fit.h"

#include <math.h>

#include "base/array.h"
#include "test.h"

/* (4 2 2; 2 5 3; 2 3 6) (1 -2 3)' = (6, 1, 14). */
static void three_equations_by_hand(void)
{
    double a[FIT_TERMS][FIT_TERMS] = { { 4 }, { 2, 5 }, { 2, 3, 6 } };
    double b[] = { 6, 1, 14 };
    ASSERT(fit_solve(a, b, 3));
    ASSERT_NEAR(b[0], 1.0, 1e-14);
    ASSERT_NEAR(b[1], -2.0, 1e-14);
    ASSERT_NEAR(b[2], 3.0, 1e-14);
}

static void terms_that_are_one_have_no_answer(void)
{
    double a[FIT_TERMS][FIT_TERMS] = { { 1 }, { 2, 4 } };
    double b[] = { 1, 2 };
    ASSERT(!fit_solve(a, b, 2));
}

/* y = 2 x within each of two groups, levels 1 and -5. Over both alone the line
 * through the four points falls: the groups must count. */
static void groups_have_levels_of_their_own(void)
{
    struct groups g = { .terms = 1, .count = 3 };
    struct slopes s;
    groups_add(&g, 0, (double[]){ 0 }, 1);
    groups_add(&g, 0, (double[]){ 1 }, 3);
    groups_add(&g, 2, (double[]){ 2 }, -1);
    groups_add(&g, 2, (double[]){ 3 }, 1);
    ASSERT(groups_fit(&g, &s));
    ASSERT_NEAR(s.slope[0], 2.0, 1e-14);
    ASSERT_NEAR(s.level[0], 1.0, 1e-14);
    ASSERT(isnan(s.level[1]));
    ASSERT_NEAR(s.level[2], -5.0, 1e-14);
}

/* Within each group x does not move: its slope is anybody's guess. */
static void a_term_that_only_says_the_group_has_no_slope(void)
{
    struct groups g = { .terms = 1, .count = 2 };
    struct slopes s;
    for (int i = 0; i < 6; i++)
        groups_add(&g, i % 2, (double[]){ .1 + i % 2 }, i);
    ASSERT(!groups_fit(&g, &s));
}

/* Anscombe's first set (1973): slope .500, intercept 3.00. */
static void one_group_is_the_plain_line(void)
{
    static const double x[] = { 10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5 };
    static const double y[] = { 8.04, 6.95, 7.58,  8.81, 8.33, 9.96,
                                7.24, 4.26, 10.84, 4.82, 5.68 };
    struct groups g = { .terms = 1, .count = 1 };
    struct slopes s;
    for (size_t i = 0; i < ARRAY_LEN(x); i++)
        groups_add(&g, 0, &x[i], y[i]);
    ASSERT(groups_fit(&g, &s));
    ASSERT_NEAR(s.slope[0], 0.5000909, 1e-7);
    ASSERT_NEAR(s.level[0], 3.0000909, 1e-7);
}

static const struct logit_kind line = { 2, 0 }, curve = { 3, 0 };

/* Rows of places and what happened there; they know all, and all of it is 0. */
#define ROWS 16
static struct logit_row *rows_of(const double *x, const bool *event,
                                 size_t count)
{
    static struct logit_row rows[ROWS];
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct logit_row){ .x = x[i],
                                      .known = (1U << LOGIT_MORE) - 1,
                                      .event = event[i] };
    return rows;
}

/* At 0 one of four happened, at 1 three of four: logits -ln 3 and ln 3. */
static void two_places_make_a_line(void)
{
    static const double x[] = { 0, 0, 0, 0, 1, 1, 1, 1 };
    static const bool event[] = { 1, 0, 0, 0, 1, 1, 1, 0 };
    struct logit l;
    ASSERT(logit_fit(rows_of(x, event, 8), 8, &line, &l));
    ASSERT_NEAR(l.b[0], -log(3.0), 1e-12);
    ASSERT_NEAR(l.b[1], 2.0 * log(3.0), 1e-12);
    ASSERT_NEAR(l.b[2], 0.0, 0.0);
    ASSERT_NEAR(logit_at(&l, &(struct logit_row){ .x = 1.0 }), 0.75, 1e-12);
}

/* At -2, 0 and 2 the shares are 1/3, 1/2 and 4/5: logits -ln 2, 0, 2 ln 2. So
 * b1 = (2 + 1) ln 2 / 4, and 2 * .4 b2 = ln 2. */
static void three_places_make_a_curve(void)
{
    static const double x[] = { -2, -2, -2, 0, 0, 2, 2, 2, 2, 2 };
    static const bool event[] = { 1, 0, 0, 1, 0, 1, 1, 1, 1, 0 };
    struct logit l;
    ASSERT(logit_fit(rows_of(x, event, 10), 10, &curve, &l));
    ASSERT(fabs(l.b[0]) < 1e-12);
    ASSERT_NEAR(l.b[1], 0.75 * log(2.0), 1e-12);
    ASSERT_NEAR(l.b[2], log(2.0) / 0.8, 1e-12);
}

/* At x = 0, without and with the term, one and three of four happened: logits
 * -ln 3 and ln 3. At x = 1 two of four: 0. The last row does not know the term,
 * or two of five had happened without it. */
static void a_term_more_has_a_slope_of_its_own(void)
{
    static const double x[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0 };
    static const bool event[] = { 1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1 };
    static const struct logit_kind more = { 2, 1U << 4 };
    struct logit_row *rows = rows_of(x, event, 13);
    struct logit l;
    for (int i = 4; i < 8; i++)
        rows[i].more[4] = 1;
    for (int i = 0; i < 13; i++)
        rows[i].more[2] = i; /* it is not asked for */
    rows[12].known = ~(1U << 4);
    ASSERT(logit_fit(rows, 13, &more, &l));
    ASSERT_NEAR(l.b[0], -log(3.0), 1e-12);
    ASSERT_NEAR(l.b[1], log(3.0), 1e-12);
    ASSERT_NEAR(l.c[4], 2.0 * log(3.0), 1e-12);
    ASSERT_NEAR(l.c[2], 0.0, 0.0);
    ASSERT_NEAR(logit_at(&l, &rows[5]), 0.75, 1e-12);
    ASSERT_NEAR(logit_at(&l, &rows[8]), 0.5, 1e-12);
}

static void what_splits_cleanly_has_no_likeliest_line(void)
{
    static const double x[] = { 0, 0, 1, 1 };
    static const bool event[] = { 0, 0, 1, 1 };
    struct logit l;
    ASSERT(!logit_fit(rows_of(x, event, 4), 4, &line, &l));
}

void study_fit_test(void);
void study_fit_test(void)
{
    TEST_SUITE("tools/study_fit");
    TEST(three_equations_by_hand);
    TEST(terms_that_are_one_have_no_answer);
    TEST(groups_have_levels_of_their_own);
    TEST(a_term_that_only_says_the_group_has_no_slope);
    TEST(one_group_is_the_plain_line);
    TEST(two_places_make_a_line);
    TEST(three_places_make_a_curve);
    TEST(a_term_more_has_a_slope_of_its_own);
    TEST(what_splits_cleanly_has_no_likeliest_line);
}
