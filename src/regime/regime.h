/* regime/regime.h - what the market is doing, with its probabilities. Pure.
 *
 * The classifier is not built yet. Until it is, the answer is UNKNOWN with
 * the reason "not yet built", and no state is concluded from it.
 */
#ifndef REGIME_REGIME_H
#define REGIME_REGIME_H

enum regime_label {
    REGIME_UNKNOWN,
    REGIME_RANGE_OK,
    REGIME_RANGE_WEAK,
    REGIME_TRANSITION,
    REGIME_TREND
};
const char *regime_label_name(enum regime_label label);

struct regime {
    enum regime_label pooled, label_1h, label_4h;
    const char *reason; /* why it is UNKNOWN, or ""; static */
};

struct regime regime_not_built(void);

#endif
