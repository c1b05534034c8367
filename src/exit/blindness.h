/* exit/blindness.h - for how long a grid has been without a price. Pure. */
#ifndef EXIT_BLINDNESS_H
#define EXIT_BLINDNESS_H

#include <stdint.h>

/* How old the newest price that could be used is at `slot_ms`, in ms, when the
 * first slot without one was `blind_ms` (MOMENT_NONE: there is a price, and the
 * age is 0). By the slots it is of the one before that; by the bars, of the
 * close of the newest one (`close_ms`, or MOMENT_NONE), which is older where
 * nobody traded. The older of the two counts: M_BLIND and the messages of a
 * missing price go by the same age. */
int64_t blindness_age_ms(int64_t slot_ms, int64_t blind_ms, int64_t close_ms);

#endif
