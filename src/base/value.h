/* base/value.h - a number with its pedigree, and the four answers. Pure.
 *
 * No number in gridwatch travels alone. A value says whether it is real; if it
 * is not, `v` is NO_VALUE and nobody may compare it. A question put to a value
 * has four answers, and "unknown" is never folded into "no".
 */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define NO_VALUE ((double)NAN)

enum value_status {
    VALUE_UNAVAILABLE,    /* an input is missing or was never there */
    VALUE_REAL,           /* computed from enough real bars */
    VALUE_WARMUP,         /* computed too early to be trusted: no value */
    VALUE_FLAT,           /* the denominator is zero: no value, not a fault */
    VALUE_FILLED,         /* real, but up to 5 % of its window was filled */
    VALUE_STALE,          /* the newest bar is too old to decide on */
    VALUE_NOT_IDENTIFIED, /* the data do not pin it down: no value */
    VALUE_STATUS_COUNT
};

struct value {
    double v; /* NO_VALUE unless the status is real, filled or stale */
    enum value_status status;
    int32_t n_used; /* bars that went into it */
};

enum answer {
    ANSWER_UNKNOWN,        /* an input is missing or stale */
    ANSWER_NO,             /* asked and denied */
    ANSWER_NOT_APPLICABLE, /* not armed, not identified, flat: counts as no */
    ANSWER_YES,
    ANSWER_COUNT
};

/* A value that is not there, and why. */
static inline struct value value_none(enum value_status why)
{
    assert(why != VALUE_REAL && why != VALUE_FILLED);
    return (struct value){ NO_VALUE, why, 0 };
}

/* A real value. A number that is not finite becomes VALUE_UNAVAILABLE. */
static inline struct value value_real(double v, int32_t n_used)
{
    if (!isfinite(v))
        return value_none(VALUE_UNAVAILABLE);
    return (struct value){ v, VALUE_REAL, n_used };
}

/* May it be compared? True for real and filled. */
static inline bool value_usable(struct value x)
{
    return x.status == VALUE_REAL || x.status == VALUE_FILLED;
}

/* What a question answers when the value may not be compared: unknown for
 * unavailable, warmup and stale, not-applicable for flat and not_identified.
 * Asserts that the value is not usable. */
enum answer value_missing_answer(struct value x);

/* From here on a double has no fraction; below, whole numbers fit int64_t. */
#define WHOLE_FROM 0x1p52

/* round() of C, to the bit, of |x| < WHOLE_FROM and without a call: a slot has
 * a hundred of them. The largest double below a half is added, so that what is
 * just below a half does not become one. */
static inline double round_half_away(double x)
{
    double away = x + copysign(0x1.fffffffffffffp-2, x);
    return copysign((double)(int64_t)away, x);
}

/* Decisions are made on numbers rounded to nine decimals, so that the last
 * bits of two C libraries cannot disagree about a state. NaN stays NaN. */
static inline double decision_round(double v)
{
    double scaled = v * 1e9;
    if (fabs(scaled) < WHOLE_FROM)
        return round_half_away(scaled) / 1e9;
    return isinf(scaled) ? v : scaled / 1e9; /* too large for decimals */
}

const char *value_status_name(enum value_status status);
const char *answer_name(enum answer answer); /* yes, no, na, unknown */

#endif
