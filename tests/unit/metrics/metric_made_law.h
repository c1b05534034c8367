/* tests/unit/metrics/metric_made_law.h - what every streaming metric obeys,
 * as tests that a suite calls with its own family. Each makes its bars itself
 * and compares with ASSERT.
 */
#ifndef METRICS_METRIC_MADE_LAW_H
#define METRICS_METRIC_MADE_LAW_H

#include <stddef.h>

#include "metrics/family.h"

#define METRIC_LAW_READINGS 12    /* at most */
#define METRIC_LAW_STATE    65536 /* bytes of a state, at most */

struct metric_law {
    struct family family;
    size_t readings;
    /* Writes `readings` values; those that do not depend on the unit of the
     * price come first. */
    void (*read)(const void *state, struct value *out);
    size_t scale_free; /* how many these are */
};

/* Warm-up until bar first[k], counted from 0; a value there and from there on,
 * on a random walk. */
void metric_law_first(const struct metric_law *m, const int *first);

/* What comes later changes no bit of what was said. */
void metric_law_prefix(const struct metric_law *m);

/* A copy of the bytes, taken at any moment, goes on with the same bits. */
void metric_law_snapshot(const struct metric_law *m);

/* A history that begins `late` bars later agrees from `settled` bars after
 * that on: within rtol, or bit for bit if rtol is 0. */
void metric_law_start(const struct metric_law *m, size_t late, size_t settled,
                      double rtol);

/* Prices times 1e-16, 1e-12 and 1e8: the scale-free readings agree within rtol
 * of their largest size, with the same statuses. */
void metric_law_scale(const struct metric_law *m, double rtol);

/* A usable value is finite and any other is NaN: on flat bars, on one tick, on
 * spikes, before and after them. 30 flat bars, then a trend: all are usable
 * again `recovery` bars later. */
void metric_law_hostile(const struct metric_law *m, size_t recovery);

#endif
