/* run/figures.h - what a run came to, as numbers for Prometheus.
 *
 * Only what this run knows: what it did not come to, or could not conclude, is
 * not on the page. Reads the run and the page's memory, nothing else.
 */
#ifndef RUN_FIGURES_H
#define RUN_FIGURES_H

#include "expose/exposition.h"
#include "run/run_internal.h"

/* `end_ms` by the wall clock, `took_ms` by the monotonic one. */
void figures_of_run(const struct run *r, int64_t end_ms, int64_t took_ms,
                    struct exposition *out);

/* What a look delivered and what is still owed; nothing else is told of it. */
void figures_of_look(const struct run *r, struct exposition *out);

#endif
