#include "regime/label.h"

const char *regime_label_name(enum regime_label label)
{
    static const char *const names[REGIME_LABELS] = {
        [REGIME_UNKNOWN] = "UNKNOWN",       [REGIME_RANGE_OK] = "RANGE_OK",
        [REGIME_RANGE_WEAK] = "RANGE_WEAK", [REGIME_TRANSITION] = "TRANSITION",
        [REGIME_TREND] = "TREND",
    };
    return names[label];
}

bool regime_label_is_range(enum regime_label label)
{
    return label == REGIME_RANGE_OK || label == REGIME_RANGE_WEAK;
}

enum regime_label regime_class_label(enum regime_class class)
{
    static const enum regime_label labels[CLASS_COUNT] = {
        [CLASS_RANGE_OK] = REGIME_RANGE_OK,
        [CLASS_RANGE_WEAK] = REGIME_RANGE_WEAK,
        [CLASS_TRANSITION] = REGIME_TRANSITION,
        [CLASS_TREND] = REGIME_TREND,
    };
    return labels[class];
}
