/* sim/account_path.h - the way the price takes through a bar. Pure.
 *
 * In whole ticks, continuous, the same for everyone who asks. A bar is a jump
 * from the close before it to its open, in no time, and fifteen straight
 * minutes: sixteen points, the first the open, the last the close. Seeded by
 * symbol and bar are: which of high and low comes first (either, evenly), the
 * minutes 1 to 14 at which the two are reached, and how far the other points
 * lie off the straight lines between these four: up to a quarter of the bar's
 * range to either side, never outside it. Within a minute the price moves
 * evenly, cut down to whole ticks from where the minute began. So a price is
 * touched at the first millisecond at which the price has come that far. Of a
 * book that knows its minutes the points are those.
 */
#ifndef SIM_ACCOUNT_PATH_H
#define SIM_ACCOUNT_PATH_H

#include <stddef.h>
#include <stdint.h>

#include "sim/market.h"

#define SIM_PATH_POINTS 16
#define SIM_PATH_LEGS   16 /* of a bar: the jump, then the minutes */

struct sim_leg {
    int64_t from, to; /* ticks */
    int64_t start_ms, length_ms;
};

/* A price in ticks of 10^-places, the nearest. */
int64_t sim_path_ticks(double price, int places);

/* The points of bar `i`, at its start and after each minute. */
void sim_path_points(const struct sim_book *b, size_t i,
                     int64_t out[SIM_PATH_POINTS]);

/* Leg `n` of bar `i`, whose points are `points`. */
struct sim_leg sim_path_leg(const struct sim_book *b, size_t i,
                            const int64_t points[SIM_PATH_POINTS], int n);

/* The price of a leg at a time within it. */
int64_t sim_leg_price(const struct sim_leg *leg, int64_t at_ms);

/* When a leg first touches a price between its ends. */
int64_t sim_leg_time(const struct sim_leg *leg, int64_t price);

#endif
