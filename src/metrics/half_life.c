#include "metrics/half_life.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#define FLAT_SQUARES  1e-24
#define PERFECT_FIT   1e-12 /* residual share below which there is no error */
#define IDENTIFIED_T  (-2.57)
#define IDENTIFIED_OF 16.0 /* HL_c may be n / this */

void half_life_init(struct half_life *h, int32_t n)
{
    assert(n >= 10);
    h->n = n;
    h->prev_close = NO_VALUE;
    anchored_sums_init(&h->sums, n);
}

void half_life_push(struct half_life *h, const struct bar *b, enum timeframe tf)
{
    if (!isnan(h->prev_close))
        anchored_sums_push(&h->sums, log(h->prev_close),
                           log(b->close / h->prev_close),
                           bar_number(b->open_ms, tf));
    h->prev_close = b->close;
}

/* The regression; b and t are there only when the status is real. */
struct fit {
    enum value_status status;
    double b, t;
};

static struct fit regress(const struct half_life *h)
{
    if (anchored_sums_count(&h->sums) < h->n)
        return (struct fit){ VALUE_WARMUP, NO_VALUE, NO_VALUE };
    struct centred_sums c = anchored_sums_centre(&h->sums);
    if (c.sxx <= FLAT_SQUARES)
        return (struct fit){ VALUE_FLAT, NO_VALUE, NO_VALUE };
    double b = c.sxy / c.sxx;
    double residual = c.syy - b * c.sxy;
    if (residual <= PERFECT_FIT * c.syy)
        return (struct fit){ VALUE_FLAT, NO_VALUE, NO_VALUE };
    double error = sqrt(residual / (h->n - 2.0) / c.sxx);
    return (struct fit){ VALUE_REAL, b, b / error };
}

static struct value fitted(const struct half_life *h, struct fit f, double v)
{
    return f.status == VALUE_REAL ? value_real(v, h->n + 1)
                                  : value_none(f.status);
}

struct value half_life_b(const struct half_life *h)
{
    struct fit f = regress(h);
    return fitted(h, f, f.b);
}

struct value half_life_t(const struct half_life *h)
{
    struct fit f = regress(h);
    return fitted(h, f, f.t);
}

/* The half-life of phi = 1 + b. */
static struct half_life_time half_life_of(double b, int32_t n_used)
{
    struct half_life_time x = { HALF_LIFE_FINITE, VALUE_REAL, NO_VALUE,
                                n_used };
    if (b >= 0.0) {
        x.kind = HALF_LIFE_INFINITE;
    } else if (b <= -1.0) {
        x.kind = HALF_LIFE_OSCILLATING;
        x.bars = 0.0;
    } else {
        x.bars = -log(2.0) / log1p(b);
    }
    return x;
}

/* phi_c - 1, without the cancellation of forming phi_c first. */
static double corrected_b(const struct half_life *h, struct fit f)
{
    return (h->n * f.b + 4.0) / (h->n - 3.0);
}

static struct half_life_time unmeasured(enum value_status why)
{
    return (struct half_life_time){ HALF_LIFE_NONE, why, NO_VALUE, 0 };
}

struct half_life_time half_life_raw(const struct half_life *h)
{
    struct fit f = regress(h);
    if (f.status != VALUE_REAL)
        return unmeasured(f.status);
    return half_life_of(f.b, h->n + 1);
}

struct half_life_time half_life_corrected(const struct half_life *h)
{
    struct fit f = regress(h);
    if (f.status != VALUE_REAL)
        return unmeasured(f.status);
    return half_life_of(corrected_b(h, f), h->n + 1);
}

struct value half_life_identified(const struct half_life *h)
{
    struct fit f = regress(h);
    if (f.status != VALUE_REAL)
        return value_none(f.status);
    struct half_life_time x = half_life_of(corrected_b(h, f), h->n + 1);
    /* An infinite one has no bars and fails the comparison. */
    bool identified =
        decision_round(x.bars) <= decision_round(h->n / IDENTIFIED_OF) &&
        decision_round(f.t) <= IDENTIFIED_T;
    return identified ? value_real(x.bars, x.n_used)
                      : value_none(VALUE_NOT_IDENTIFIED);
}

struct value half_life_value(struct half_life_time x)
{
    if (x.kind == HALF_LIFE_NONE)
        return value_none(x.status);
    if (x.kind == HALF_LIFE_INFINITE)
        return value_none(VALUE_NOT_IDENTIFIED);
    return value_real(x.bars, x.n_used);
}

enum answer half_life_reaches(struct half_life_time x, double limit_bars)
{
    if (x.kind == HALF_LIFE_NONE)
        return value_missing_answer(value_none(x.status));
    if (!(limit_bars > 0.0) || !isfinite(limit_bars))
        return ANSWER_NOT_APPLICABLE;
    if (x.kind == HALF_LIFE_INFINITE)
        return ANSWER_YES;
    return decision_round(x.bars) >= decision_round(limit_bars) ? ANSWER_YES
                                                                : ANSWER_NO;
}

enum answer half_life_longer(struct half_life_time x, struct half_life_time y)
{
    if (x.kind == HALF_LIFE_NONE)
        return value_missing_answer(value_none(x.status));
    if (y.kind == HALF_LIFE_NONE)
        return value_missing_answer(value_none(y.status));
    if (y.kind == HALF_LIFE_INFINITE)
        return ANSWER_NO;
    if (x.kind == HALF_LIFE_INFINITE)
        return ANSWER_YES;
    return decision_round(x.bars) > decision_round(y.bars) ? ANSWER_YES
                                                           : ANSWER_NO;
}

double dickey_fuller_critical(enum dickey_fuller_level level, int32_t n)
{
    // clang-format off
    static const double surface[][4] = {
        [DICKEY_FULLER_1_PCT]  = { -3.43035, -6.5393, -16.786, -79.433 },
        [DICKEY_FULLER_5_PCT]  = { -2.86154, -2.8903,  -4.234, -40.040 },
        [DICKEY_FULLER_10_PCT] = { -2.56677, -1.5384,  -2.809,   0.0 },
    };
    // clang-format on
    const double *c = surface[level];
    double u = 1.0 / n;
    return c[0] + u * (c[1] + u * (c[2] + u * c[3]));
}
