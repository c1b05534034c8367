/* sim/quota.h - the exchange's rate limit: weights in a fixed window. Pure.
 *
 * The window starts with the first request after the last one ended, and the
 * whole quota comes back at its end. Time is the machine's monotonic clock,
 * because a client waits in real time, also while the simulated clock stands.
 * Setting the simulated clock ends the window.
 */
#ifndef SIM_QUOTA_H
#define SIM_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

#define SIM_QUOTA_LIMIT     2000 /* Public pool, any VIP level */
#define SIM_QUOTA_WINDOW_MS 30000

struct sim_quota {
    bool begun;
    int64_t end_ms; /* of the present window */
    int used;
    int limit;         /* 0: SIM_QUOTA_LIMIT */
    int64_t window_ms; /* 0: SIM_QUOTA_WINDOW_MS */
};

/* Takes `weight`; false, and nothing is taken, when not so much is left. */
bool sim_quota_take(struct sim_quota *q, int weight, int64_t mono_ms);

int sim_quota_limit(const struct sim_quota *q);
int sim_quota_remaining(const struct sim_quota *q);
int64_t sim_quota_reset_ms(const struct sim_quota *q, int64_t mono_ms);

#endif
