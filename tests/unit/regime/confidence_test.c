#include "regime/confidence.h"

#include "base/array.h"
#include "test.h"

/* Two classes as likely: H = ln 2, half of ln 4. The others with Python's
 * math.log. */
static void confidence_worked_by_hand(void)
{
    static const struct {
        double p[CLASS_COUNT], want;
    } rows[] = {
        { { .25, .25, .25, .25 }, 0 },
        { { 1, 0, 0, 0 }, 1 },
        { { 0, 0, 0, 1 }, 1 },
        { { .5, .5, 0, 0 }, .5 },
        { { 0, .5, 0, .5 }, .5 },
        { { 0.42459576222660078, 0.29301903377433308, 0.083557713153352711,
            0.19882749084571338 },
          0.0968871107503529 },
        { { 0.099108413418250982, 0.17472867391760138, 0.1284955580455904,
            0.59766735461855724 },
          0.202768229709619 },
        { { 0.70382014575810814, 0.21491935156214262, 0.037877711375657902,
            0.043382791304091312 },
          0.395689812027522 },
        { { 0.16975937584984868, 0.18129435811084263, 0.22215203686157595,
            0.42679422917773274 },
          0.0563112454791447 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double got = regime_confidence(rows[i].p);
        ASSERT(got >= 0 && got <= 1);
        ASSERT(test_near(1 + got, 1 + rows[i].want, 1e-14));
    }
}

static void it_does_not_matter_which_class_is_which(void)
{
    const double p[] = { .1, .2, .3, .4 }, q[] = { .4, .1, .2, .3 };
    ASSERT_NEAR(regime_confidence(p), regime_confidence(q), 1e-13);
}

static void it_grows_with_certainty(void)
{
    double before = -1;
    for (double a = .25; a <= 1; a += .01) {
        double rest = (1 - a) / 3;
        const double p[] = { rest, a, rest, rest };
        ASSERT(regime_confidence(p) > before);
        before = regime_confidence(p);
    }
}

void confidence_test(void);
void confidence_test(void)
{
    TEST_SUITE("confidence");
    TEST(confidence_worked_by_hand);
    TEST(it_does_not_matter_which_class_is_which);
    TEST(it_grows_with_certainty);
}
