/* picture/ - what a grid lived through, as one PNG that can be read on a phone:
 * candles with range, stop and cost, the states below them, pi against its
 * limit.
 *
 * A scene becomes a plan (marks with places, plan.h), the plan becomes an
 * image (canvas_cairo.c, the one file that knows cairo). Letters are strokes of
 * our own (letters.h), so no font has to be there and an image is the same on
 * each machine. Nothing here reads files, the clock or the environment. May
 * include: base, sys, market, metrics, regime, position, exit, engine.
 */
#ifndef PICTURE_PICTURE_H
#define PICTURE_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "exit/trigger_id.h"
#include "market/bar.h"
#include "sys/text.h"

/* Shown at half the size: two pixels for each that the phone counts. */
#define PICTURE_WIDTH     720
#define PICTURE_HEIGHT    540
#define PICTURE_BYTES_MAX ((size_t)2 << 20)

/* What was concluded at one slot; drawn over the quarter of an hour before. */
struct picture_slot {
    int64_t slot_ms;
    enum exit_state state;
    double pi; /* 0 to 1, or NO_VALUE */
};

/* All borrowed. Prices in the quote currency. What is NO_VALUE, and a time for
 * which there is no bar or slot, stays empty: nothing is drawn from one side of
 * a gap to the other. The close is named where the newest bar could not be
 * newer. */
struct picture_scene {
    const char *symbol;
    const char *grid;
    const char *title;    /* behind the grid, in the newest state's colour */
    const char *subtitle; /* one line below, or "" */
    int64_t from_ms, until_ms; /* the time axis */
    enum timeframe tf;
    const struct bar *bars; /* ascending; those outside of the axis and those
                               that were filled are left out */
    size_t bar_count;
    double lower, upper;              /* of the range */
    double stop_below, stop_above;    /* or NO_VALUE */
    double avg_cost;                  /* or NO_VALUE */
    const struct picture_slot *slots; /* ascending */
    size_t slot_count;
    double pi_limit; /* or NO_VALUE */
    bool dark;
};

/* Appends the PNG. FAULT_DATA when there is no bar to draw, when a bar is not
 * sound or when `out` is full, FAULT_BUG when the size or the axis makes no
 * sense: at least 180 x 135 pixels, at most 4096 x 4096. */
int picture_png(const struct picture_scene *scene, int width, int height,
                struct text *out, struct error *err);

#endif
