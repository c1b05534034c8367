#include "base/value.h"

#include <assert.h>

struct value value_real(double v, int32_t n_used)
{
    if (!isfinite(v))
        return value_none(VALUE_UNAVAILABLE);
    return (struct value){ v, VALUE_REAL, n_used };
}

struct value value_none(enum value_status why)
{
    assert(why != VALUE_REAL && why != VALUE_FILLED);
    return (struct value){ NO_VALUE, why, 0 };
}

bool value_usable(struct value x)
{
    return x.status == VALUE_REAL || x.status == VALUE_FILLED;
}

enum answer value_missing_answer(struct value x)
{
    assert(!value_usable(x));
    bool counts_as_no =
        x.status == VALUE_FLAT || x.status == VALUE_NOT_IDENTIFIED;
    return counts_as_no ? ANSWER_NOT_APPLICABLE : ANSWER_UNKNOWN;
}

double decision_round(double v)
{
    double scaled = round(v * 1e9);
    return isinf(scaled) ? v : scaled / 1e9; /* too large for decimals */
}

const char *value_status_name(enum value_status status)
{
    static const char *const names[] = {
        [VALUE_UNAVAILABLE] = "unavailable",
        [VALUE_REAL] = "real",
        [VALUE_WARMUP] = "warmup",
        [VALUE_FLAT] = "flat",
        [VALUE_FILLED] = "filled",
        [VALUE_STALE] = "stale",
        [VALUE_NOT_IDENTIFIED] = "not_identified",
    };
    return names[status];
}

const char *answer_name(enum answer answer)
{
    static const char *const names[] = {
        [ANSWER_UNKNOWN] = "unknown",
        [ANSWER_NO] = "no",
        [ANSWER_NOT_APPLICABLE] = "na",
        [ANSWER_YES] = "yes",
    };
    return names[answer];
}
