/* market/bar.h - one closed candle. Pure.
 *
 * Prices are in the quote currency, volume in the base currency. A bar is
 * named by its open time; it is closed once its close time has passed on the
 * exchange's clock. Only closed bars ever get here.
 */
#ifndef MARKET_BAR_H
#define MARKET_BAR_H

#include <stdbool.h>
#include <stdint.h>

enum timeframe { TF_15M, TF_1H, TF_4H, TF_COUNT };

static inline int64_t timeframe_ms(enum timeframe tf)
{
    static const int64_t minutes[TF_COUNT] = { 15, 60, 240 };
    return minutes[tf] * 60 * 1000;
}
const char *timeframe_name(enum timeframe tf); /* 15m, 1h, 4h */
/* False, and `tf` untouched, for any other word. */
bool timeframe_from_name(const char *name, enum timeframe *tf);

enum bar_flag {
    BAR_FILLED = 1, /* not traded: flat at the previous close */
    BAR_GAP = 2     /* the first real bar after a stop too long to fill */
};

struct bar {
    int64_t open_ms;
    double open, high, low, close;
    double volume;
    unsigned flags;
};

static inline int64_t bar_close_ms(const struct bar *b, enum timeframe tf)
{
    return b->open_ms + timeframe_ms(tf);
}

/* open_ms / timeframe: the absolute bar number of SPEC 4. */
static inline int64_t bar_number(int64_t open_ms, enum timeframe tf)
{
    return open_ms / timeframe_ms(tf);
}

enum bar_fault {
    BAR_OK,
    BAR_NOT_FINITE,   /* a price or the volume is NaN or infinite */
    BAR_NOT_POSITIVE, /* a price is zero or below, or volume is below zero */
    BAR_ENVELOPE,     /* high < max(open, close) or low > min(open, close) */
    BAR_MISALIGNED    /* open_ms is not a multiple of the timeframe */
};

enum bar_fault bar_check(const struct bar *b, enum timeframe tf);
const char *bar_fault_text(enum bar_fault fault);

/* |ln(close / previous close)| above which a bar needs a witness (SPEC 4). */
#define BAR_JUMP_LIMIT 0.5
/* Whatever cannot be compared is a jump. */
bool bar_is_jump(const struct bar *b, double previous_close);

#endif
