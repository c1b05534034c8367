#include "sim/quota.h"

bool sim_quota_take(struct sim_quota *q, int weight, int64_t mono_ms)
{
    if (!q->begun || mono_ms >= q->end_ms) {
        q->begun = true;
        q->end_ms =
            mono_ms + (q->window_ms ? q->window_ms : SIM_QUOTA_WINDOW_MS);
        q->used = 0;
    }
    if (weight > sim_quota_remaining(q))
        return false;
    q->used += weight;
    return true;
}

int sim_quota_limit(const struct sim_quota *q)
{
    return q->limit ? q->limit : SIM_QUOTA_LIMIT;
}

int sim_quota_remaining(const struct sim_quota *q)
{
    return sim_quota_limit(q) - q->used;
}

int64_t sim_quota_reset_ms(const struct sim_quota *q, int64_t mono_ms)
{
    return q->end_ms > mono_ms ? q->end_ms - mono_ms : 0;
}
