#include "regime/regime.h"

const char *regime_reason_text(enum regime_reason reason)
{
    static const char *const texts[REGIME_REASONS] = {
        [REGIME_REASON_NONE] = "",
        [REGIME_REASON_NOT_BUILT] = "not yet built",
        [REGIME_REASON_PRICE_UNKNOWN] = "the price is unknown",
        [REGIME_REASON_DEGRADED] = "more than 5 % of a window is missing",
        [REGIME_REASON_1H_UNAVAILABLE] = "1h scores unavailable",
        [REGIME_REASON_1H_WARMUP] = "1h scores in warm-up",
        [REGIME_REASON_1H_FLAT] = "1h prices flat",
        [REGIME_REASON_1H_STALE] = "1h bars stale",
        [REGIME_REASON_1H_NOT_IDENTIFIED] = "1h scores not identified",
        [REGIME_REASON_4H_UNAVAILABLE] = "4h scores unavailable",
        [REGIME_REASON_4H_WARMUP] = "4h scores in warm-up",
        [REGIME_REASON_4H_FLAT] = "4h prices flat",
        [REGIME_REASON_4H_STALE] = "4h bars stale",
        [REGIME_REASON_4H_NOT_IDENTIFIED] = "4h scores not identified",
    };
    return texts[reason];
}

struct regime regime_none(const char *reason)
{
    struct value none = value_none(VALUE_UNAVAILABLE);
    struct regime r = {
        .reason = reason,
        .q = none,
        .p_range = none,
        .confidence = none,
        .fall = { ANSWER_UNKNOWN, none },
        .m_fall_6h = none,
    };
    for (int k = 0; k < CLASS_COUNT; k++)
        r.p[k] = r.raw[k] = none;
    return r;
}

struct regime regime_not_built(void)
{
    return regime_none(regime_reason_text(REGIME_REASON_NOT_BUILT));
}
