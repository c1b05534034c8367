#include "cli/daemon_zone.h"

#include "base/moment.h"
#include "cron/cron.h"
#include "sys/zone_file.h"

struct daemon_zone daemon_zone_new(void)
{
    return (struct daemon_zone){ .loaded_ms = MOMENT_NONE,
                                 .tried_ms = MOMENT_NONE };
}

/* A clock that was set back makes it old as well. */
static bool is_within(int64_t since_ms, int64_t span_ms, int64_t now_ms)
{
    return since_ms != MOMENT_NONE && now_ms >= since_ms &&
           now_ms < since_ms + span_ms;
}

int daemon_zone_keep(struct daemon_zone *z, const struct config_daemon *c,
                     int64_t now_ms, struct error *err)
{
    struct zone zone;
    if (is_within(z->loaded_ms, MS_PER_DAY, now_ms) ||
        is_within(z->tried_ms, MS_PER_HOUR, now_ms))
        return 0;
    z->tried_ms = now_ms;
    if (zone_file_load_span(c->time_zone,
                            now_ms - c->starting_deadline_ms - 2 * MS_PER_DAY,
                            cron_horizon(now_ms + MS_PER_DAY), &zone, err))
        return -1;
    *z = (struct daemon_zone){ zone, now_ms, MOMENT_NONE };
    return 0;
}
