/* Two series for the same number: sines converge fast for a narrow range,
 * images for a wide one. They agree to 1e-15 where both are good. */
#include "exit/hazard.h"

#include <assert.h>

static const double pi_number = 3.14159265358979323846;

#define NARROW     1.5  /* total width in standard deviations */
#define IMAGES     3    /* pairs of mirror images on each side, at most */
#define TAIL       10.0 /* beyond it Phi is 0 or 1 to the last bit of the sum */
#define TERM_END   1e-14 /* an exponential below this adds nothing */
#define LOGIT_CLIP 1e-4
#define PI_CAP     0.89 /* observed share when the close is outside already */

/* A line in the logit of p. */
struct line {
    double a, b;
};
static const struct line one_day = { -0.87, 0.63 };
static const struct line three_days = { 0.16, 0.38 };

static double normal_cdf(double x)
{
    return 0.5 * erfc(-x / sqrt(2.0));
}

static double stay_by_sines(double d_down, double width)
{
    double stay = 0.0;
    for (int k = 1; k < 1000; k += 2) {
        double damp =
            exp(-k * k * pi_number * pi_number / (2.0 * width * width));
        if (damp < TERM_END)
            break;
        stay +=
            4.0 / (k * pi_number) * sin(k * pi_number * d_down / width) * damp;
    }
    return stay;
}

/* All arguments of image n lie beyond (2|n| - 2) widths. */
static double stay_by_images(double d_down, double d_up)
{
    double width = d_down + d_up, stay = 0.0;
    int images = (int)fmin(IMAGES, ceil(TAIL / (2.0 * width)));
    for (int n = -images; n <= images; n++) {
        double shift = 2.0 * n * width;
        stay += normal_cdf(d_up - shift) - normal_cdf(-d_down - shift) -
                normal_cdf(-d_up - shift) +
                normal_cdf(-d_down - 2.0 * d_up - shift);
    }
    return stay;
}

double first_exit_probability(double d_down, double d_up)
{
    assert(d_down > 0 && d_up > 0);
    double width = d_down + d_up;
    double stay = width < NARROW ? stay_by_sines(d_down, width)
                                 : stay_by_images(d_down, d_up);
    return fmin(1.0, fmax(0.0, 1.0 - stay));
}

static double recalibrated(struct line line, double p)
{
    double q = fmin(1.0 - LOGIT_CLIP, fmax(LOGIT_CLIP, p));
    double x = line.a + line.b * log(q / (1.0 - q));
    return fmin(PI_CAP, 1.0 / (1.0 + exp(-x)));
}

struct hazard hazard_none(enum value_status why)
{
    struct value none = value_none(why);
    return (struct hazard){ none, none, none, none };
}

static struct hazard split(double pi, double share_dn, double pi_72, int32_t n)
{
    return (struct hazard){
        .pi = value_real(pi, n),
        .pi_dn = value_real(pi * share_dn, n),
        .pi_up = value_real(pi * (1.0 - share_dn), n),
        .pi_72 = value_real(pi_72, n),
    };
}

struct hazard hazard_of(double close, double lower, double upper,
                        struct value sigma)
{
    assert(close > 0 && lower > 0 && lower < upper);
    if (close <= lower)
        return split(PI_CAP, 1.0, PI_CAP, sigma.n_used);
    if (close >= upper)
        return split(PI_CAP, 0.0, PI_CAP, sigma.n_used);
    if (!value_usable(sigma))
        return hazard_none(sigma.status);
    double scale = sigma.v * sqrt(HAZARD_HORIZON_BARS);
    double d_down = log(close / lower) / scale;
    double d_up = log(upper / close) / scale;
    double touch_dn = normal_cdf(-d_down), touch_up = normal_cdf(-d_up);
    double both = touch_dn + touch_up;
    double share_dn = both > 0 ? touch_dn / both : d_down < d_up ? 1.0 : 0.0;
    double p = first_exit_probability(d_down, d_up);
    return split(recalibrated(one_day, p), share_dn,
                 recalibrated(three_days, p), sigma.n_used);
}

struct value touch_probability(double distance, double bars, struct value sigma)
{
    if (!value_usable(sigma))
        return (struct value){ NO_VALUE, sigma.status, 0 };
    if (distance <= 0)
        return value_real(1.0, sigma.n_used);
    double p = 2.0 * normal_cdf(-distance / (sigma.v * sqrt(bars)));
    return value_real(p, sigma.n_used);
}
