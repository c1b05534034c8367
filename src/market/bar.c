#include "market/bar.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const names[TF_COUNT] = { "15m", "1h", "4h" };

const char *timeframe_name(enum timeframe tf)
{
    return names[tf];
}

bool timeframe_from_name(const char *name, enum timeframe *tf)
{
    for (int i = 0; i < TF_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            *tf = (enum timeframe)i;
            return true;
        }
    }
    return false;
}

enum bar_fault bar_check(const struct bar *b, enum timeframe tf)
{
    if (!isfinite(b->open) || !isfinite(b->high) || !isfinite(b->low) ||
        !isfinite(b->close) || !isfinite(b->volume))
        return BAR_NOT_FINITE;
    if (b->open <= 0 || b->high <= 0 || b->low <= 0 || b->close <= 0 ||
        b->volume < 0)
        return BAR_NOT_POSITIVE;
    if (b->high < fmax(b->open, b->close) || b->low > fmin(b->open, b->close))
        return BAR_ENVELOPE;
    if (b->open_ms < 0 || b->open_ms % timeframe_ms(tf) != 0)
        return BAR_MISALIGNED;
    return BAR_OK;
}

const char *bar_fault_text(enum bar_fault fault)
{
    static const char *const texts[] = {
        [BAR_OK] = "sound",
        [BAR_NOT_FINITE] = "a price or the volume is not a finite number",
        [BAR_NOT_POSITIVE] =
            "a price is not above zero, or the volume is below zero",
        [BAR_ENVELOPE] = "open and close are not between low and high",
        [BAR_MISALIGNED] = "the open time is not on the timeframe's grid",
    };
    return texts[fault];
}

bool bar_is_jump(const struct bar *b, double previous_close)
{
    return !(fabs(log(b->close / previous_close)) <= BAR_JUMP_LIMIT);
}
