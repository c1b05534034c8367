#include "regime/regime.h"

const char *regime_label_name(enum regime_label label)
{
    static const char *const names[] = {
        [REGIME_UNKNOWN] = "UNKNOWN",       [REGIME_RANGE_OK] = "RANGE_OK",
        [REGIME_RANGE_WEAK] = "RANGE_WEAK", [REGIME_TRANSITION] = "TRANSITION",
        [REGIME_TREND] = "TREND",
    };
    return names[label];
}

struct regime regime_not_built(void)
{
    return (struct regime){
        REGIME_UNKNOWN,
        REGIME_UNKNOWN,
        REGIME_UNKNOWN,
        "not yet built",
    };
}
