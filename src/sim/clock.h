/* sim/clock.h - the simulated world's time.
 *
 * A standing clock moves only when it is set; a running one goes on from there
 * with the machine's monotonic clock.
 */
#ifndef SIM_CLOCK_H
#define SIM_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct sim_clock {
    bool running;
    int64_t set_ms;  /* the moment it was set to */
    int64_t mono_ms; /* monotonic time of the setting */
};

void sim_clock_set(struct sim_clock *c, int64_t ms, int64_t mono_ms);
int64_t sim_clock_now(const struct sim_clock *c, int64_t mono_ms);

#endif
