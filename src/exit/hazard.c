/* Two series for the same number: sines converge fast for a narrow range,
 * images for a wide one. They agree to 1e-15 where both are good. */
#include "exit/hazard.h"

#include <assert.h>
#include <stdbool.h>

static const double pi_number = 3.14159265358979323846;

#define NARROW     1.5  /* total width in standard deviations */
#define IMAGES     3    /* pairs of mirror images on each side, at most */
#define TAIL       10.0 /* beyond it Phi is 0 or 1 to the last bit of the sum */
#define TERM_END   1e-14 /* an exponential below this adds nothing */
#define LOGIT_CLIP 1e-4
#define PI_CAP     0.89 /* observed share when the close is outside already */

/* A curve in the logit of p. */
struct curve {
    double a, b, c;
};
static const struct curve three_days = { 0.16, 0.38, 0.0 };

static const struct {
    const char *name;
    struct curve one_day;
} models[HAZARD_MODEL_COUNT] = {
    [HAZARD_EWMA] = { "pi-24h-1", { -0.87, 0.63, 0.0 } },
    [HAZARD_THREE] = { "pi-24h-2", { -0.747, 0.653, 0.0263 } },
};

/* ln sigma = level + fast ln fast + haz ln haz + slow ln slow */
static const struct {
    double level, fast, haz, slow;
    double least; /* a volatility below so many haz counts as that many */
} forecast = { -0.5955, 0.3331, 0.2625, 0.3001, 0.1 };

const char *hazard_model_name(enum hazard_model model)
{
    return models[model].name;
}

struct volatility volatility_of(const struct metric_row *row)
{
    return (struct volatility){
        .haz = row->values[METRIC_VOL_HAZ_15M],
        .fast = row->values[METRIC_VOL_FAST_15M],
        .slow = row->values[METRIC_VOL_SLOW_15M],
    };
}

struct volatility volatility_haz(struct value haz)
{
    struct value none = value_none(VALUE_UNAVAILABLE);
    return (struct volatility){ haz, none, none };
}

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

static double recalibrated(struct curve curve, double p)
{
    double q = fmin(1.0 - LOGIT_CLIP, fmax(LOGIT_CLIP, p));
    double x = log(q / (1.0 - q));
    double y = curve.a + curve.b * x + curve.c * x * x;
    return fmin(PI_CAP, 1.0 / (1.0 + exp(-y)));
}

struct hazard hazard_none(enum value_status why, enum hazard_model asked)
{
    struct value none = value_none(why);
    return (struct hazard){ none, none, none, none, asked };
}

/* A number that follows from a usable one is as whole as that one. */
static struct value derived(double x, struct value from)
{
    struct value out = value_real(x, from.n_used);
    if (out.status == VALUE_REAL)
        out.status = from.status;
    return out;
}

static struct hazard split(double pi, double share_dn, double pi_72,
                           struct value from, enum hazard_model model)
{
    return (struct hazard){
        .pi = derived(pi, from),
        .pi_dn = derived(pi * share_dn, from),
        .pi_up = derived(pi * (1.0 - share_dn), from),
        .pi_72 = derived(pi_72, from),
        .model = model,
    };
}

/* The bounds in standard deviations of the horizon. */
struct reach {
    double down, up;
};

static struct reach reach_of(double close, double lower, double upper,
                             double sigma)
{
    double scale = sigma * sqrt(HAZARD_HORIZON_BARS);
    return (struct reach){ log(close / lower) / scale,
                           log(upper / close) / scale };
}

/* Each side's share as that of the chances to touch it alone. */
static double share_below(struct reach r)
{
    double dn = normal_cdf(-r.down), up = normal_cdf(-r.up);
    double both = dn + up;
    return both > 0 ? dn / both : r.down < r.up ? 1.0 : 0.0;
}

static bool all_known(const struct volatility *v)
{
    return value_usable(v->fast) && value_usable(v->slow);
}

/* haz, as whole as all that the forecast is made of. */
static struct value basis_of(const struct volatility *v)
{
    struct value basis = v->haz;
    if (v->fast.status == VALUE_FILLED || v->slow.status == VALUE_FILLED)
        basis.status = VALUE_FILLED;
    return basis;
}

static double forecast_of(const struct volatility *v)
{
    double least = forecast.least * v->haz.v;
    return exp(forecast.level + forecast.fast * log(fmax(v->fast.v, least)) +
               forecast.haz * log(v->haz.v) +
               forecast.slow * log(fmax(v->slow.v, least)));
}

struct hazard hazard_of(double close, double lower, double upper,
                        const struct volatility *volatility,
                        enum hazard_model asked)
{
    struct value haz = volatility->haz;

    assert(close > 0 && lower > 0 && lower < upper);
    if (close <= lower || close >= upper)
        return split(PI_CAP, close <= lower ? 1.0 : 0.0, PI_CAP,
                     value_real(PI_CAP, haz.n_used), asked);
    if (!value_usable(haz))
        return hazard_none(haz.status, asked);

    struct reach r = reach_of(close, lower, upper, haz.v);
    double p = first_exit_probability(r.down, r.up);
    double pi_72 = recalibrated(three_days, p);
    if (asked == HAZARD_EWMA || !all_known(volatility))
        return split(recalibrated(models[HAZARD_EWMA].one_day, p),
                     share_below(r), pi_72, haz, HAZARD_EWMA);

    r = reach_of(close, lower, upper, forecast_of(volatility));
    double pi = recalibrated(models[HAZARD_THREE].one_day,
                             first_exit_probability(r.down, r.up));
    return split(pi, share_below(r), fmax(pi, pi_72), basis_of(volatility),
                 HAZARD_THREE);
}

struct value touch_probability(double distance, double bars, struct value sigma)
{
    if (!value_usable(sigma))
        return (struct value){ NO_VALUE, sigma.status, 0 };
    if (distance <= 0)
        return value_real(1.0, sigma.n_used);
    return derived(2.0 * normal_cdf(-distance / (sigma.v * sqrt(bars))), sigma);
}
