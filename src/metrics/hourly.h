/* metrics/hourly.h - what each 1h close of the window said. Pure.
 *
 * Rules that look back over several 1h closes, or to the start of a grid, read
 * it from here: so a count never depends on how often somebody looked. One row
 * per 1h bar of the canonical window (1h bars are never filled), as the banks
 * stood at its close.
 */
#ifndef METRICS_HOURLY_H
#define METRICS_HOURLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "market/series.h"
#include "metrics/bank.h"

struct hourly_row {
    int64_t close_ms;
    double close;
    bool gap;        /* a stop of trading lies before it (BAR_GAP) */
    double raw100;   /* half-lives in bars: HUGE_VAL infinite, 0 oscillating, */
    double raw200;   /* NO_VALUE not measured; raw, n = 100 and 200, */
    double hl200;    /* and corrected, n = 200 */
    double t200;     /* t_DF, n = 200, or NO_VALUE */
    double ver_mean; /* expansion_deseasonalised_mean(), or NO_VALUE */
    double atr_4h;   /* wilder_atr_frac() of the newest 4h bar, or NO_VALUE */
    /* Rows up to and with the newest before this one ... */
    int32_t lower, higher; /* that closed lower, higher; 0: none did */
    int32_t gaps;          /* or rows before the newest gap, this one's too */
};

struct hourly {
    size_t count;
    struct hourly_row rows[WINDOW_MAX]; /* ascending */
};

void hourly_init(struct hourly *h);

/* The 1h bank has just been fed `b`; the 4h bank stands where it stood then. */
void hourly_push(struct hourly *h, const struct bar *b,
                 const struct bank *bank_1h, const struct bank *bank_4h);

/* How many rows closed at or before `ms`: rows[0 .. that - 1]. */
size_t hourly_until(const struct hourly *h, int64_t ms);

/* Newest rows in a row that closed within the bounds, both included. A stop of
 * trading ends them: nobody knows where the price was. Steps from low to lower
 * low and from high to higher high: a few dozen of 2,047 rows. */
size_t hourly_inside(const struct hourly *h, double lower, double upper);

#endif
