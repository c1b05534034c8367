#include "sys/zone_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/moment.h"
#include "sys/text.h"
#include "sys/xmalloc.h"

#define FILE_MAX (256 * 1024)
#define HEADER   44                /* bytes before the first block */
#define SECOND   INT64_C(1000)     /* ms */
#define STEP_MS  (6 * MS_PER_HOUR) /* no zone changes twice within it */

/* The places that libc looks at. */
static int read_file(const char *name, struct text *out)
{
    static const char *const places[] = { "/usr/share/zoneinfo",
                                          "/share/zoneinfo", "/etc/zoneinfo" };
    const char *own = getenv("TZDIR");
    char path[512];
    struct error err;

    if (own && *own) {
        snprintf(path, sizeof(path), "%s/%s", own, name);
        return text_read_file(out, path, &err);
    }
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        snprintf(path, sizeof(path), "%s/%s", places[i], name);
        if (text_read_file(out, path, &err) == 0)
            return 0;
    }
    return -1;
}

static size_t number_at(const unsigned char *p)
{
    return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

/* Bytes of a block and its header (RFC 9636 3.1); 0: there is none. */
static size_t block_size(const struct text *t, size_t at, size_t time_size)
{
    const unsigned char *h = (const unsigned char *)text_str(t) + at;
    if (at + HEADER > t->len || memcmp(h, "TZif", 4) != 0)
        return 0;
    size_t isut = number_at(h + 20), isstd = number_at(h + 24);
    size_t leap = number_at(h + 28), times = number_at(h + 32);
    size_t types = number_at(h + 36), letters = number_at(h + 40);
    return HEADER + times * (time_size + 1) + types * 6 + letters +
           leap * (time_size + 4) + isstd + isut;
}

/* libc says nothing of a file that is cut off: it answers in UTC. */
static bool is_whole(const struct text *t)
{
    size_t first = block_size(t, 0, 4);
    if (!first || first > t->len || text_str(t)[4] < '2')
        return first && first == t->len;
    size_t second = block_size(t, first, 8), end = first + second;
    return second && end + 2 <= t->len && text_str(t)[end] == '\n' &&
           text_str(t)[t->len - 1] == '\n';
}

bool zone_file_there(const char *name)
{
    struct text t = TEXT_INIT(FILE_MAX);
    bool there = zone_is_utc(name) ||
                 (zone_is_name(name) && !read_file(name, &t) && is_whole(&t));
    text_release(&t);
    return there;
}

static struct zone_span span_at(int64_t ms)
{
    time_t at = (time_t)(moment_floor(ms, SECOND) / SECOND);
    struct zone_span s = { .from_ms = ms };
    struct tm tm;
    if (!localtime_r(&at, &tm))
        return s;
    s.offset_ms = tm.tm_gmtoff * SECOND;
    snprintf(s.abbreviation, sizeof(s.abbreviation), "%s", tm.tm_zone);
    return s;
}

static bool is_same(const struct zone_span *a, const struct zone_span *b)
{
    return a->offset_ms == b->offset_ms &&
           strcmp(a->abbreviation, b->abbreviation) == 0;
}

/* The first second of (before, after] that is no more as `was`. */
static int64_t change_between(const struct zone_span *was, int64_t before_ms,
                              int64_t after_ms)
{
    while (after_ms - before_ms > SECOND) {
        int64_t mid_ms =
            moment_floor(before_ms + (after_ms - before_ms) / 2, SECOND);
        const struct zone_span s = span_at(mid_ms);
        if (is_same(was, &s))
            before_ms = mid_ms;
        else
            after_ms = mid_ms;
    }
    return after_ms;
}

static void collect(struct zone *z, int64_t from_ms, int64_t until_ms)
{
    z->spans[0] = span_at(from_ms);
    z->count = 1;
    z->until_ms = until_ms;
    for (int64_t ms = from_ms + STEP_MS; ms < until_ms; ms += STEP_MS) {
        const struct zone_span *was = &z->spans[z->count - 1];
        struct zone_span s = span_at(ms);
        if (is_same(was, &s))
            continue;
        if (z->count == ZONE_SPANS) {
            z->until_ms = ms - STEP_MS; /* beyond it is UTC */
            return;
        }
        s.from_ms = change_between(was, ms - STEP_MS, ms);
        z->spans[z->count++] = s;
    }
}

static int64_t year_begins(int year)
{
    return civil_moment((struct civil){ .year = year, .month = 1, .day = 1 });
}

int zone_file_load(const char *name, int64_t around_ms, struct zone *out,
                   struct error *err)
{
    int year = moment_civil(around_ms).year;
    return zone_file_load_span(name, year_begins(year - 1),
                               year_begins(year + 2), out, err);
}

int zone_file_load_span(const char *name, int64_t from_ms, int64_t until_ms,
                        struct zone *out, struct error *err)
{
    char value[ZONE_NAME_MAX + 1];

    *out = (struct zone){ .name = "UTC" };
    if (!zone_file_there(name))
        return error_set(err, FAULT_CONFIG,
                         "this system has no time zone '%.80s': install its "
                         "tzdata, or use UTC",
                         name);
    snprintf(out->name, sizeof(out->name), "%s", name);
    if (zone_is_utc(name))
        return 0;
    const char *old = getenv("TZ");
    char *before = old ? xstrdup(old) : NULL;
    snprintf(value, sizeof(value), ":%s", name);
    setenv("TZ", value, 1);
    tzset();
    collect(out, from_ms, until_ms);
    if (before)
        setenv("TZ", before, 1);
    else
        unsetenv("TZ");
    tzset();
    free(before);
    return 0;
}

bool zone_file_serves(const struct zone *z, const char *name, int64_t ms)
{
    if (strcmp(z->name, name) != 0)
        return false;
    return !z->count ||
           z->spans[0].from_ms == year_begins(moment_civil(ms).year - 1);
}
