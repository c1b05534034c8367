/* regime/label.h - the words for what a market is doing. Pure. */
#ifndef REGIME_LABEL_H
#define REGIME_LABEL_H

#include <stdbool.h>

enum regime_label {
    REGIME_UNKNOWN,
    REGIME_RANGE_OK,
    REGIME_RANGE_WEAK,
    REGIME_TRANSITION,
    REGIME_TREND
};
#define REGIME_LABELS (REGIME_TREND + 1)
/* UNKNOWN, RANGE_OK, RANGE_WEAK, TRANSITION, TREND */
const char *regime_label_name(enum regime_label label);

/* RANGE_OK or RANGE_WEAK. */
bool regime_label_is_range(enum regime_label label);

/* What a probability is given to: the labels without UNKNOWN. */
enum regime_class {
    CLASS_RANGE_OK,
    CLASS_RANGE_WEAK,
    CLASS_TRANSITION,
    CLASS_TREND,
    CLASS_COUNT
};
enum regime_label regime_class_label(enum regime_class class);

#endif
