#include "run/run_internal.h"

struct quiet run_quiet(const struct run *r)
{
    const struct config_notify *n = &r->config->notify;
    return (struct quiet){ n->quiet_hours, n->maintenance, &r->zone };
}
