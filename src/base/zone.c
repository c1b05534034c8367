#include "base/zone.h"

#include <string.h>

#include "base/moment.h"

const struct zone_span *zone_span_at(const struct zone *z, int64_t ms)
{
    if (!z || !z->count || ms < z->spans[0].from_ms || ms >= z->until_ms)
        return NULL;
    size_t i = z->count - 1;
    while (z->spans[i].from_ms > ms)
        i--;
    return &z->spans[i];
}

int64_t zone_local_ms(const struct zone *z, int64_t ms)
{
    const struct zone_span *s = zone_span_at(z, ms);
    return s ? ms + s->offset_ms : ms;
}

int zone_minute(const struct zone *z, int64_t ms)
{
    int64_t local_ms = zone_local_ms(z, ms);
    return (int)((local_ms - moment_floor(local_ms, MS_PER_DAY)) /
                 MS_PER_MINUTE);
}

int64_t zone_day(const struct zone *z, int64_t ms)
{
    return moment_floor(zone_local_ms(z, ms), MS_PER_DAY) / MS_PER_DAY;
}

bool zone_is_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789+-_";
    size_t len = strlen(name);
    for (const char *at = name; *at; at++) {
        size_t word = strspn(at, letters);
        if (!word)
            return false;
        at += word;
        if (!*at)
            return len < ZONE_NAME_MAX;
        if (*at != '/')
            return false;
    }
    return false;
}

bool zone_is_utc(const char *name)
{
    return strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0;
}
