/* Expected values: the same series summed with 60 digits in another language,
 * the first three also in the notes that the formula comes from (3.6). */
#include "exit/hazard.h"

#include "base/array.h"
#include "test.h"

static struct hazard by_haz(double close, double lower, double upper,
                            struct value haz)
{
    const struct volatility v = volatility_haz(haz);
    return hazard_of(close, lower, upper, &v, HAZARD_EWMA);
}

static void first_exit_agrees_with_sixty_digits(void)
{
    static const struct {
        double down, up, want;
    } rows[] = {
        { 1, 1, 0.62922257020047609 },     { .2, 3, 0.84350651813018455 },
        { 2, 4, 0.04556360638002341 },     { .3, .3, 0.99999858193801117 },
        { .05, 6, 0.96012238923574571 },   { 3, 3, 0.0053995921265203777 },
        { 4.5, 5, 7.3686493932185086e-6 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT(fabs(first_exit_probability(rows[i].down, rows[i].up) -
                    rows[i].want) < 1e-14);
}

/* Narrower than 1.5 the sines are summed, else the images. */
static void both_series_agree_where_they_meet(void)
{
    static const struct {
        double down, up, want;
    } rows[] = {
        { .7, .79, 0.86271925086878342 },
        { .7, .81, 0.8547485441626017 },
        { .75, .7499, 0.85800641843115418 },
        { .75, .7501, 0.85792334700567347 },
        { .1, 1.39, 0.97113919614636277 },
        { .1, 1.41, 0.96980011322534391 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT(fabs(first_exit_probability(rows[i].down, rows[i].up) -
                    rows[i].want) < 1e-14);
    for (double d = 0.01; d < 1.5; d += 0.01)
        ASSERT(fabs(first_exit_probability(d, 1.5 - d - 1e-12) -
                    first_exit_probability(d, 1.5 - d + 1e-12)) < 1e-11);
}

/* All seven images, in the same order. */
static double seven_images(double down, double up)
{
    double width = down + up, stay = 0.0;
    for (int n = -3; n <= 3; n++) {
        const double at[] = { up, -down, -up, -down - 2.0 * up };
        double cdf[4];
        for (int i = 0; i < 4; i++)
            cdf[i] = 0.5 * erfc(-(at[i] - 2.0 * n * width) / sqrt(2.0));
        stay += cdf[0] - cdf[1] - cdf[2] + cdf[3];
    }
    return fmin(1.0, fmax(0.0, 1.0 - stay));
}

static void images_that_are_left_out_change_no_bit(void)
{
    for (double width = 1.5; width < 40; width *= 1.003)
        for (double share = 1e-6; share < 1; share += 0.0043)
            ASSERT_NEAR(
                first_exit_probability(share * width, width - share * width),
                seven_images(share * width, width - share * width), 0);
}

static void it_does_not_matter_which_side_is_which(void)
{
    for (double a = 0.05; a < 4; a += 0.37)
        for (double b = 0.05; b < 4; b += 0.41)
            ASSERT(fabs(first_exit_probability(a, b) -
                        first_exit_probability(b, a)) < 1e-14);
}

static void it_is_a_probability_that_falls_with_distance(void)
{
    double before = 1.0;
    for (double d = 1e-6; d < 40; d *= 1.1) {
        double p = first_exit_probability(d, 2 * d);
        ASSERT(p >= 0 && p <= before + 1e-14);
        before = p;
    }
    ASSERT_NEAR(first_exit_probability(1e-9, 1e-9), 1.0, 1e-15);
    ASSERT(first_exit_probability(1e9, 1e9) <= 1e-15);
}

/* Distances in sigma sqrt(96) by hand, p as above, logistic(-.87 + .63
 * logit p); shares by the normal tails; all with 60 digits. */
static void pi_worked_by_hand(void)
{
    static const struct {
        double close, lower, upper, sigma, pi, dn, up;
    } rows[] = {
        { 100, 90, 115, .008, 0.1750087628896745, 0.123516797864635,
          0.05149196502503956 },
        { 100, 90, 115, .005, 0.05001297098217151, 0.04396637453485795,
          0.006046596447313565 },
        { 100, 90, 115, .02, 0.7202722677990135, 0.3990018511514382,
          0.3212704166475753 },
        { 100, 99, 101, .001, 0.3573237617110843, 0.177256222519093,
          0.1800675391919913 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct hazard h = by_haz(rows[i].close, rows[i].lower, rows[i].upper,
                                 value_real(rows[i].sigma, 500));
        ASSERT_NEAR(h.pi.v, rows[i].pi, 1e-12);
        ASSERT_NEAR(h.pi_dn.v, rows[i].dn, 1e-12);
        ASSERT_NEAR(h.pi_up.v, rows[i].up, 1e-12);
        ASSERT_NEAR(h.pi_dn.v + h.pi_up.v, h.pi.v, 1e-15);
        ASSERT_INT(h.pi.n_used, 500);
        ASSERT_INT(h.pi.status, VALUE_REAL);
    }
}

static void pi_rises_with_volatility_up_to_its_cap(void)
{
    double before = 0;
    for (double sigma = 1e-7; sigma < 0.5; sigma *= 1.2) {
        struct hazard h = by_haz(100, 90, 115, value_real(sigma, 100));
        ASSERT(h.pi.v >= before && h.pi.v <= 0.89);
        ASSERT(fabs(h.pi_dn.v + h.pi_up.v - h.pi.v) < 1e-15);
        before = h.pi.v;
    }
    ASSERT_NEAR(before, 0.89, 0);
}

/* logistic(-.87 + .63 logit 1e-4) */
static void pi_never_falls_below_the_clip(void)
{
    struct hazard h = by_haz(100, 50, 200, value_real(1e-6, 100));
    ASSERT_NEAR(h.pi.v, 0.0012636942231941683, 1e-12);
    ASSERT(value_usable(h.pi_dn) && value_usable(h.pi_up));
    h = by_haz(100, 99, 200, value_real(1e-6, 100)); /* both tails are 0 */
    ASSERT_NEAR(h.pi_dn.v, 0.0012636942231941683, 1e-12);
    ASSERT_NEAR(h.pi_up.v, 0, 0);
}

static void on_or_outside_a_bound_pi_is_the_constant(void)
{
    static const struct {
        double close, dn, up;
    } rows[] = {
        { 90, .89, 0 },  { 89.99, .89, 0 },  { 1e-12, .89, 0 },
        { 110, 0, .89 }, { 110.01, 0, .89 }, { 1e12, 0, .89 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct hazard h =
            by_haz(rows[i].close, 90, 110, value_none(VALUE_WARMUP));
        ASSERT_NEAR(h.pi.v, 0.89, 0);
        ASSERT_NEAR(h.pi_dn.v, rows[i].dn, 0);
        ASSERT_NEAR(h.pi_up.v, rows[i].up, 0);
        ASSERT_INT(h.pi.status, VALUE_REAL);
    }
}

static void without_a_volatility_there_is_no_pi(void)
{
    static const enum value_status missing[] = { VALUE_UNAVAILABLE,
                                                 VALUE_WARMUP, VALUE_FLAT,
                                                 VALUE_STALE,
                                                 VALUE_NOT_IDENTIFIED };
    for (size_t i = 0; i < ARRAY_LEN(missing); i++) {
        struct value sigma = { 0.01, missing[i], 96 }; /* must not be read */
        struct hazard h = by_haz(100, 90, 110, sigma);
        ASSERT_INT(h.pi.status, missing[i]);
        ASSERT_INT(h.pi_dn.status, missing[i]);
        ASSERT_INT(h.pi_up.status, missing[i]);
        ASSERT(isnan(h.pi.v) && isnan(h.pi_dn.v) && isnan(h.pi_up.v));
        ASSERT_INT(touch_probability(0.1, 48, sigma).status, missing[i]);
    }
    struct value filled = { 0.008, VALUE_FILLED, 96 };
    ASSERT_NEAR(by_haz(100, 90, 115, filled).pi.v, 0.1750087628896745, 1e-12);
}

/* fifty digits of the formulas in the header, worked elsewhere; a volatility of
 * nearly nothing counts as a tenth of haz */
static void three_volatilities_make_one_sigma(void)
{
    static const struct {
        double close, lower, upper, haz, fast, slow, pi, dn, pi_72;
    } rows[] = {
        { 100, 90, 115, .005, .005, .005, 0.060771364068681402,
          0.054398381100807773, 0.25141416816997411 },
        { 100, 90, 115, .005, .010, .004, 0.093249444600566197,
          0.077548992108146306, 0.25141416816997411 },
        { 100, 90, 115, .005, .002, .006, 0.028084443970618857,
          0.02718151693094126, 0.25141416816997411 },
        { 100, 95, 130, .004, 1e-7, .004, 0.028074362787234398,
          0.028074362787234398, 0.40383812779514503 },
        { 100, 95, 130, .004, .004, 1e-7, 0.03566051240108949,
          0.03566051240108949, 0.40383812779514503 },
        { 100, 99, 101, .001, .0009, .0011, 0.47002365186873598,
          0.23346618833073571, 0.58192947579123816 },
        { 100, 50, 200, .003, .003, .003, 0.010662562566098568,
          0.0053312812830492841, 0.034227749416607389 },
        /* no less than one day */
        { 100, 98, 102, .002, .06, .003, 0.89, 0.44379359233749222, 0.89 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct volatility v = { value_real(rows[i].haz, 500),
                                      value_real(rows[i].fast, 101),
                                      value_real(rows[i].slow, 481) };
        struct hazard h = hazard_of(rows[i].close, rows[i].lower, rows[i].upper,
                                    &v, HAZARD_THREE);
        ASSERT_NEAR(h.pi.v, rows[i].pi, 1e-12);
        ASSERT_NEAR(h.pi_dn.v, rows[i].dn, 1e-12);
        ASSERT_NEAR(h.pi_dn.v + h.pi_up.v, h.pi.v, 1e-15);
        ASSERT_NEAR(h.pi_72.v, rows[i].pi_72, 1e-12);
        ASSERT_INT(h.pi.status, VALUE_REAL);
        ASSERT_INT(h.pi.n_used, 500);
        ASSERT_INT(h.model, HAZARD_THREE);
    }
}

/* pi of haz .005 alone: 0.05001297098217151, as above. */
static void without_all_three_the_first_model_speaks(void)
{
    struct value real = value_real(.005, 500), warm = value_none(VALUE_WARMUP);
    const struct volatility lacks[] = { { real, warm, real },
                                        { real, real, warm },
                                        volatility_haz(real) };
    for (size_t i = 0; i < ARRAY_LEN(lacks); i++) {
        struct hazard h = hazard_of(100, 90, 115, &lacks[i], HAZARD_THREE);
        ASSERT_NEAR(h.pi.v, 0.05001297098217151, 1e-12);
        ASSERT_INT(h.model, HAZARD_EWMA);
    }
    const struct volatility all = { real, real, real };
    ASSERT_INT(hazard_of(100, 90, 115, &all, HAZARD_EWMA).model, HAZARD_EWMA);
    ASSERT_NEAR(hazard_of(100, 90, 115, &all, HAZARD_EWMA).pi.v,
                0.05001297098217151, 1e-12);
    const struct volatility none = { warm, real, real };
    ASSERT_INT(hazard_of(100, 90, 115, &none, HAZARD_THREE).pi.status,
               VALUE_WARMUP);
}

/* Whichever of the three was made of a window with holes: the number is the
 * same and says so; the constant outside is made of none. */
static void what_was_filled_says_so(void)
{
    for (int hole = 0; hole < 4; hole++) {
        struct volatility v = { value_real(.004, 500), value_real(.004, 500),
                                value_real(.004, 500) };
        struct value *of[] = { NULL, &v.fast, &v.haz, &v.slow };
        struct hazard whole = hazard_of(100, 95, 105, &v, HAZARD_THREE);
        if (hole)
            of[hole]->status = VALUE_FILLED;
        enum value_status want = hole ? VALUE_FILLED : VALUE_REAL;
        struct hazard h = hazard_of(100, 95, 105, &v, HAZARD_THREE);
        ASSERT_NEAR(h.pi.v, whole.pi.v, 0);
        ASSERT_INT(h.pi.status, want);
        ASSERT_INT(h.pi_dn.status, want);
        ASSERT_INT(h.pi_up.status, want);
        ASSERT_INT(h.pi_72.status, want);
        ASSERT_INT(h.pi.n_used, 500);
        h = hazard_of(94, 95, 105, &v, HAZARD_THREE);
        ASSERT_INT(h.pi.status, VALUE_REAL);
        h = hazard_of(100, 95, 105, &v, HAZARD_EWMA);
        ASSERT_INT(h.pi.status, hole == 2 ? VALUE_FILLED : VALUE_REAL);
    }
    struct value filled = { .004, VALUE_FILLED, 500 };
    ASSERT_INT(touch_probability(.05, 48, filled).status, VALUE_FILLED);
}

static void pi_of_three_rises_with_each_volatility(void)
{
    double before = 0;
    for (double times = 1e-3; times < 1e3; times *= 1.2) {
        const struct volatility v = { value_real(.004 * times, 500),
                                      value_real(.005 * times, 500),
                                      value_real(.003 * times, 500) };
        struct hazard h = hazard_of(100, 90, 115, &v, HAZARD_THREE);
        ASSERT(h.pi.v >= before && h.pi.v <= 0.89);
        ASSERT(h.pi_72.v >= h.pi.v);
        before = h.pi.v;
    }
    ASSERT_NEAR(before, 0.89, 0);
}

static void each_model_has_its_name(void)
{
    ASSERT_STR(hazard_model_name(HAZARD_EWMA), "pi-24h-1");
    ASSERT_STR(hazard_model_name(HAZARD_THREE), "pi-24h-2");
}

/* The same p, logistic(.16 + .38 logit p); 60 digits. The last two are clipped
 * and capped. */
static void three_days_have_a_line_of_their_own(void)
{
    static const struct {
        double close, lower, upper, sigma, pi;
    } rows[] = {
        { 100, 90, 115, .008, 0.437704751601552975 },
        { 100, 90, 115, .005, 0.251414168169974114 },
        { 100, 90, 115, .02, 0.778207685257134319 },
        { 100, 99, 101, .001, 0.581929475791238163 },
        { 100, 50, 200, 1e-6, 0.0342277494166073889 },
        { 100, 99.9, 100.1, .01, 0.89 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct value pi = by_haz(rows[i].close, rows[i].lower, rows[i].upper,
                                 value_real(rows[i].sigma, 97))
                              .pi_72;
        ASSERT_NEAR(pi.v, rows[i].pi, 1e-12);
        ASSERT_INT(pi.status, VALUE_REAL);
        ASSERT_INT(pi.n_used, 97);
    }
}

static void three_days_without_a_volatility_or_inside(void)
{
    struct value sigma = { 0.01, VALUE_STALE, 96 }; /* must not be read */
    struct value pi = by_haz(100, 90, 110, sigma).pi_72;
    ASSERT_INT(pi.status, VALUE_STALE);
    ASSERT(isnan(pi.v));
    ASSERT_NEAR(by_haz(90, 90, 110, sigma).pi_72.v, 0.89, 0);
    ASSERT_NEAR(by_haz(110, 90, 110, sigma).pi_72.v, 0.89, 0);
    ASSERT_NEAR(by_haz(200, 90, 110, sigma).pi_72.v, 0.89, 0);
}

/* 2 Phi(-distance / (sigma sqrt bars)), 60 digits; the last is 2 Phi(-1). */
static void the_chance_to_touch_a_price(void)
{
    static const struct {
        double distance, bars, sigma, want;
    } rows[] = {
        { .1, 48, .01, 0.1489146731787657 },
        { .05, 48, .008, 0.3669985458350948 },
        { .02, 4, .01, 0.3173105078629141 },
        { 0, 48, .01, 1 },
        { -.3, 48, .01, 1 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct value p = touch_probability(rows[i].distance, rows[i].bars,
                                           value_real(rows[i].sigma, 97));
        ASSERT_NEAR(p.v, rows[i].want, 1e-13);
        ASSERT_INT(p.n_used, 97);
    }
    ASSERT_INT(touch_probability(NO_VALUE, 48, value_real(.01, 97)).status,
               VALUE_UNAVAILABLE);
}

void hazard_test(void);
void hazard_test(void)
{
    TEST_SUITE("exit/hazard");
    TEST(first_exit_agrees_with_sixty_digits);
    TEST(both_series_agree_where_they_meet);
    TEST(images_that_are_left_out_change_no_bit);
    TEST(it_does_not_matter_which_side_is_which);
    TEST(it_is_a_probability_that_falls_with_distance);
    TEST(pi_worked_by_hand);
    TEST(pi_rises_with_volatility_up_to_its_cap);
    TEST(pi_never_falls_below_the_clip);
    TEST(on_or_outside_a_bound_pi_is_the_constant);
    TEST(without_a_volatility_there_is_no_pi);
    TEST(three_volatilities_make_one_sigma);
    TEST(without_all_three_the_first_model_speaks);
    TEST(what_was_filled_says_so);
    TEST(pi_of_three_rises_with_each_volatility);
    TEST(each_model_has_its_name);
    TEST(three_days_have_a_line_of_their_own);
    TEST(three_days_without_a_volatility_or_inside);
    TEST(the_chance_to_touch_a_price);
}
