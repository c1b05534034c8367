#include "market/bar.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    int64_t ms;
} timeframes[TF_COUNT] = {
    [TF_15M] = { "15m", (int64_t)15 * 60 * 1000 },
    [TF_1H] = { "1h", (int64_t)60 * 60 * 1000 },
    [TF_4H] = { "4h", (int64_t)240 * 60 * 1000 },
};

int64_t timeframe_ms(enum timeframe tf)
{
    return timeframes[tf].ms;
}

const char *timeframe_name(enum timeframe tf)
{
    return timeframes[tf].name;
}

bool timeframe_from_name(const char *name, enum timeframe *tf)
{
    for (int i = 0; i < TF_COUNT; i++) {
        if (strcmp(timeframes[i].name, name) == 0) {
            *tf = (enum timeframe)i;
            return true;
        }
    }
    return false;
}

int64_t bar_close_ms(const struct bar *b, enum timeframe tf)
{
    return b->open_ms + timeframe_ms(tf);
}

int64_t bar_number(int64_t open_ms, enum timeframe tf)
{
    return open_ms / timeframe_ms(tf);
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
