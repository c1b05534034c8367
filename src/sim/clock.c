#include "sim/clock.h"

void sim_clock_set(struct sim_clock *c, int64_t ms, int64_t mono_ms)
{
    c->set_ms = ms;
    c->mono_ms = mono_ms;
}

int64_t sim_clock_now(const struct sim_clock *c, int64_t mono_ms)
{
    return c->running ? c->set_ms + (mono_ms - c->mono_ms) : c->set_ms;
}
