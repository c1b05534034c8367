#include "sim/quota.h"

bool sim_quota_take(struct sim_quota *q, int weight, int64_t mono_ms)
{
    if (!q->begun || mono_ms >= q->end_ms)
        *q = (struct sim_quota){ true, mono_ms + SIM_QUOTA_WINDOW_MS, 0 };
    if (weight > SIM_QUOTA_LIMIT - q->used)
        return false;
    q->used += weight;
    return true;
}

int sim_quota_remaining(const struct sim_quota *q)
{
    return SIM_QUOTA_LIMIT - q->used;
}

int64_t sim_quota_reset_ms(const struct sim_quota *q, int64_t mono_ms)
{
    return q->end_ms > mono_ms ? q->end_ms - mono_ms : 0;
}
