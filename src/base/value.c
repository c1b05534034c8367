#include "base/value.h"

enum answer value_missing_answer(struct value x)
{
    assert(!value_usable(x));
    bool counts_as_no =
        x.status == VALUE_FLAT || x.status == VALUE_NOT_IDENTIFIED;
    return counts_as_no ? ANSWER_NOT_APPLICABLE : ANSWER_UNKNOWN;
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
