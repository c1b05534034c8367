#include "cron/cron_due.h"

#include "base/moment.h"

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* From where the first time after `ms` is to be searched. */
static int64_t begin_of(const struct cron *c, int64_t last_ms, int64_t ms)
{
    return c->every_ms ? last_ms + (ms - last_ms) / c->every_ms * c->every_ms
                       : ms;
}

struct cron_due cron_due(const struct cron *c, const struct zone *zone,
                         int64_t last_ms, int64_t now_ms, int64_t deadline_ms)
{
    struct cron_due due = { .at_ms = MOMENT_NONE };
    int64_t from_ms = deadline_ms == CRON_NO_DEADLINE
                          ? last_ms
                          : later(last_ms, now_ms - deadline_ms);
    int64_t ms = cron_next(c, zone, begin_of(c, last_ms, from_ms));

    while (ms != MOMENT_NONE && ms <= now_ms && due.missed <= CRON_MISSED_MAX) {
        due.at_ms = ms;
        due.missed++;
        ms = cron_next(c, zone, ms);
    }
    if (due.missed > CRON_MISSED_MAX)
        due.at_ms = MOMENT_NONE;
    due.next_ms =
        cron_next(c, zone, begin_of(c, last_ms, later(last_ms, now_ms)));
    return due;
}

int cron_count(const struct cron *c, const struct zone *zone, int64_t after_ms,
               int64_t until_ms)
{
    int count = 0;
    int64_t ms = cron_next(c, zone, after_ms);
    while (ms != MOMENT_NONE && ms <= until_ms && count <= CRON_MISSED_MAX) {
        count++;
        ms = cron_next(c, zone, ms);
    }
    return count;
}
