/* picture/scale.h - from prices and times to places, and the round numbers on
 * an axis. Pure. Places are pixels, y grows downwards.
 */
#ifndef PICTURE_SCALE_H
#define PICTURE_SCALE_H

#include <stddef.h>
#include <stdint.h>

/* A panel and what it shows: times from left to right, values from the bottom
 * up. */
struct frame {
    double left, right, top, bottom;
    int64_t from_ms, until_ms; /* from < until */
    double low, high;          /* low < high */
};

double frame_x(const struct frame *f, int64_t ms);
/* Beyond the panel for what is beyond its values. */
double frame_y(const struct frame *f, double value);

/* The values that a panel shows: what must be seen from `low` to `high`, and of
 * the `n` levels, the nearest first, each with which that still takes .16
 * of the height. NO_VALUE is no level. A little room is added on both sides. */
struct span_of_values {
    double low, high;
};
struct span_of_values span_with(double low, double high, const double *levels,
                                size_t n);

#define TICKS_MAX 16

/* Round numbers (1, 2 or 5 times a power of ten apart) from low to high, at
 * most `most` <= TICKS_MAX of them; returns how many. */
size_t ticks_of_values(double low, double high, size_t most,
                       double out[TICKS_MAX]);

/* Round times in UTC after `from` and before `until`, at most `most`. */
size_t ticks_of_time(int64_t from_ms, int64_t until_ms, size_t most,
                     int64_t out[TICKS_MAX]);

/* "57480.2", "0.081235": six digits that count (five below 1), or all of those
 * before the point; no zeros at the end. */
#define SCALE_TEXT 32
void scale_price(double price, char out[SCALE_TEXT]);
/* "11 Feb" at midnight, else "18:00". */
void scale_time(int64_t ms, char out[SCALE_TEXT]);

/* A label beside the line that it names. */
struct beside {
    double wanted; /* y of its line */
    double y;      /* y of its middle, where it was put */
    int weight;    /* those of the least go first when there is no room */
    int tag;       /* the caller's */
};

/* Puts the labels, each `height` high, between top and bottom so that none
 * covers another, as near to their lines as that allows, and sorts them from
 * the top down. Returns how many found room. */
size_t beside_spread(struct beside *list, size_t n, double top, double bottom,
                     double height);

#endif
