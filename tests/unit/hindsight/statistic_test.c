#include "hindsight/statistic.h"

#include <math.h>
#include <stdlib.h>

#include "base/value.h"
#include "test.h"

static void shares_and_ratios_are_quotients_of_sums(void)
{
    static const struct statistic_row rows[] = { { 1, 2, 0 },
                                                 { 3, 4, 1 },
                                                 { 0, 1, 1 } };
    static const double twice_the_second[] = { 1, 2 }, none[] = { 0, 0 };

    ASSERT_NEAR(statistic_of(STATISTIC_RATIO, rows, 3, NULL), 4.0 / 7, 1e-15);
    ASSERT_NEAR(statistic_of(STATISTIC_SHARE, rows, 3, twice_the_second),
                7.0 / 12, 1e-15);
    ASSERT(isnan(statistic_of(STATISTIC_RATIO, rows, 3, none)));
    ASSERT(isnan(statistic_of(STATISTIC_RATIO, rows, 0, NULL)));
}

/* 1 5 7 9: 6. With 9 thrice and no 5: 1 7 9 9 9, the third is 9. With 1 twice:
 * 1 1 5 7 9. */
static void medians_count_a_row_as_often_as_its_block(void)
{
    struct statistic_row rows[] = {
        { 9, 1, 0 }, { 1, 1, 1 }, { 7, 1, 2 }, { 5, 1, 3 }
    };
    static const double thrice[] = { 3, 1, 1, 0 }, twice[] = { 1, 2, 1, 1 };
    static const double none[] = { 0, 0, 0, 0 };

    statistic_sort(STATISTIC_MEDIAN, rows, 4);
    ASSERT_NEAR(statistic_of(STATISTIC_MEDIAN, rows, 4, NULL), 6.0, 1e-15);
    ASSERT_NEAR(statistic_of(STATISTIC_MEDIAN, rows, 4, thrice), 9.0, 1e-15);
    ASSERT_NEAR(statistic_of(STATISTIC_MEDIAN, rows, 4, twice), 5.0, 1e-15);
    ASSERT_NEAR(statistic_of(STATISTIC_MEDIAN, rows, 1, NULL), 1.0, 1e-15);
    ASSERT(isnan(statistic_of(STATISTIC_MEDIAN, rows, 4, none)));
    ASSERT(isnan(statistic_of(STATISTIC_MEDIAN, rows, 0, NULL)));
}

/* Weeks of remission of 21 patients each (Freireich and others, Blood 21, 1963;
 * Gehan 1965): Kaplan-Meier medians 23 with 6-mercaptopurine, 8 without, as
 * printed in the textbooks and by R's survfit. Negative: cut off. */
static void survival_as_published(void)
{
    static const int drug[] = { 6,   6,   6,   7,   10,  13,  16,
                                22,  23,  -6,  -9,  -10, -11, -17,
                                -19, -20, -25, -32, -32, -34, -35 };
    static const int placebo[] = { 1, 1, 2,  2,  3,  4,  4,  5,  5,  8, 8,
                                   8, 8, 11, 11, 12, 12, 15, 17, 22, 23 };
    struct statistic_row a[21], b[21];

    for (size_t i = 0; i < 21; i++) {
        a[i] = (struct statistic_row){ abs(drug[i]), drug[i] > 0, i };
        b[i] = (struct statistic_row){ placebo[i], 1, i };
    }
    statistic_sort(STATISTIC_SURVIVAL, a, 21);
    statistic_sort(STATISTIC_SURVIVAL, b, 21);
    ASSERT_NEAR(statistic_of(STATISTIC_SURVIVAL, a, 21, NULL), 23, 1e-15);
    ASSERT_NEAR(statistic_of(STATISTIC_SURVIVAL, b, 21, NULL), 8, 1e-15);
}

/* Of four, two end at 5 and the others outlive the study: half are left. Of
 * five, three outlive it: there is no median. A weight of 0 is no one. */
static void who_outlives_the_study_has_no_median(void)
{
    static const struct statistic_row rows[] = {
        { 5, 1, 0 }, { 5, 1, 1 }, { 9, 0, 2 }, { 9, 0, 3 }, { 9, 0, 4 }
    };
    static const double none[5] = { 0 }, last[] = { 0, 0, 0, 0, 1 };

    ASSERT_NEAR(statistic_of(STATISTIC_SURVIVAL, rows, 4, NULL), 5, 1e-15);
    ASSERT(isnan(statistic_of(STATISTIC_SURVIVAL, rows, 5, NULL)));
    ASSERT(isnan(statistic_of(STATISTIC_SURVIVAL, rows, 5, none)));
    ASSERT(isnan(statistic_of(STATISTIC_SURVIVAL, rows, 5, last)));
}

void statistic_test(void);
void statistic_test(void)
{
    TEST_SUITE("hindsight/statistic");
    TEST(shares_and_ratios_are_quotients_of_sums);
    TEST(medians_count_a_row_as_often_as_its_block);
    TEST(survival_as_published);
    TEST(who_outlives_the_study_has_no_median);
}
