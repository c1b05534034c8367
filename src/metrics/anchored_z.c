#include "metrics/anchored_z.h"

#include <math.h>

#define FLAT_SIGMA     1e-12
#define ARM_LEVEL      2.0
#define ARM_OF_WIDTH   0.75
#define BACK_LEVEL     0.5
#define HALF_LIVES     3.0
#define PATIENCE_LEAST 12
#define PATIENCE_MOST  72

struct value anchored_z_sigma(const struct bar *bars, size_t n, double atr_frac)
{
    if (n < 2 || !isfinite(atr_frac))
        return value_none(VALUE_UNAVAILABLE);
    double mean = 0.0, squares = 0.0, count = (double)n;
    for (size_t i = 0; i < n; i++)
        mean += log(bars[i].close / bars[0].close) / count;
    for (size_t i = 0; i < n; i++) {
        double d = log(bars[i].close / bars[0].close) - mean;
        squares += d * d;
    }
    double sigma = fmax(sqrt(squares / (count - 1.0)), atr_frac);
    return value_real(sigma, (int32_t)n);
}

struct value anchored_z(double close, double centre, double sigma)
{
    if (!(close > 0.0) || !(centre > 0.0) || !isfinite(sigma))
        return value_none(VALUE_UNAVAILABLE);
    if (sigma <= FLAT_SIGMA)
        return value_none(VALUE_FLAT);
    return value_real(log(close / centre) / sigma, 1);
}

static int32_t patience_of(double half_life)
{
    if (isnan(half_life))
        return 0;
    double bars = ceil(decision_round(HALF_LIVES * half_life));
    return (int32_t)fmin(fmax(bars, PATIENCE_LEAST), PATIENCE_MOST);
}

struct reversion_rule reversion_rule(double half_width, double sigma,
                                     double half_life)
{
    double arm = fmin(ARM_LEVEL, ARM_OF_WIDTH * half_width / sigma);
    return (struct reversion_rule){
        .arm = decision_round(arm),
        .back = decision_round(fmin(BACK_LEVEL, arm / 2.0)),
        .patience = patience_of(half_life),
    };
}

void reversion_step(struct reversion *r, const struct reversion_rule *rule,
                    struct value z)
{
    if (!value_usable(z))
        return;
    double distance = decision_round(fabs(z.v));
    int32_t side = z.v < 0.0 ? -1 : 1;
    if (r->side != 0 && (distance <= rule->back || side != r->side))
        *r = (struct reversion){ 0 };
    if (r->side != 0)
        r->since += r->since < rule->patience;
    else if (distance >= rule->arm)
        r->side = side;
    r->failed =
        r->side != 0 && rule->patience > 0 && r->since >= rule->patience;
}

enum answer reversion_answer(const struct reversion *r,
                             const struct reversion_rule *rule)
{
    if (rule->patience == 0 || r->side == 0)
        return ANSWER_NOT_APPLICABLE;
    return r->failed ? ANSWER_YES : ANSWER_NO;
}
