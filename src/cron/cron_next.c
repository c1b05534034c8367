/* SpecSchedule.Next() of robfig/cron, step by step, with what it asks of Go's
 * time package: so that a time that the clocks skip over or show twice is
 * treated as Kubernetes treats it. Its days and hours are found by adding to
 * what the clocks show, from the beginning of the month, day, hour or minute
 * that did not match. */
#include <stddef.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "cron/cron.h"

#define MS_PER_SECOND INT64_C(1000)
#define YEARS         5 /* that are searched after the present one */
/* Days and months of these years are some 2,300. With a zone whose midnights
 * are stranger than any that is known, robfig's search might not end. */
#define STEPS_MAX     10000

struct search {
    const struct cron *cron;
    const struct zone *zone;
    int64_t at_ms;
    struct civil at; /* what the clocks show at `at_ms` */
    bool added;      /* the smaller fields are at their beginning */
    int steps;
};

static int64_t year_begins(int year)
{
    return civil_moment((struct civil){ .year = year, .month = 1, .day = 1 });
}

int64_t cron_horizon(int64_t after_ms)
{
    /* A day more: the year there may be another. */
    int year = moment_civil(after_ms + MS_PER_DAY).year;
    return year_begins(year + YEARS + 1) + MS_PER_DAY;
}

static int64_t offset_at(const struct zone *z, int64_t ms)
{
    return zone_local_ms(z, ms) - ms;
}

/* As Go's time.Date(): of a time that is shown twice one, of one that is not
 * shown at all another, an hour off. */
static int64_t moment_of(const struct zone *z, struct civil c)
{
    int64_t local_ms = civil_moment(c);
    int64_t guess_ms = local_ms - offset_at(z, local_ms);
    return local_ms - offset_at(z, guess_ms);
}

static void go_to(struct search *s, int64_t ms)
{
    s->at_ms = ms;
    s->at = moment_civil(zone_local_ms(s->zone, ms));
}

static void go_to_civil(struct search *s, struct civil c)
{
    go_to(s, moment_of(s->zone, c));
}

static bool has(uint64_t bits, int n)
{
    return bits >> n & 1;
}

/* Monday, 5 January 1970, was the fourth day after the epoch. */
static int week_day(const struct civil *c)
{
    int64_t day = civil_moment((struct civil){
                      .year = c->year, .month = c->month, .day = c->day }) /
                  MS_PER_DAY;
    return (int)((day + 4) % 7);
}

static bool day_matches(const struct search *s)
{
    bool month_day = has(s->cron->month_days, s->at.day);
    bool of_week = has(s->cron->week_days, week_day(&s->at));
    if (s->cron->any_month_day || s->cron->any_week_day)
        return month_day && of_week;
    return month_day || of_week;
}

/* The first of the next month, at the time of day that it is. */
static void next_month(struct search *s)
{
    struct civil c = s->at;
    if (!s->added)
        c = (struct civil){ .year = c.year, .month = c.month, .day = 1 };
    s->added = true;
    c.month = c.month % 12 + 1;
    c.year += c.month == 1;
    go_to_civil(s, c);
}

/* Where a midnight is skipped over, the clocks show 23 or 1 there. */
static void next_day(struct search *s)
{
    if (!s->added)
        go_to_civil(s, (struct civil){ .year = s->at.year,
                                       .month = s->at.month,
                                       .day = s->at.day });
    s->added = true;
    struct civil c = s->at;
    c.day++;
    go_to_civil(s, c);
    if (s->at.hour > 12)
        go_to(s, s->at_ms + (24 - s->at.hour) * MS_PER_HOUR);
    else if (s->at.hour != 0)
        go_to(s, s->at_ms - s->at.hour * MS_PER_HOUR);
}

static void next_hour(struct search *s)
{
    struct civil c = s->at;
    c.minute = c.second = 0;
    if (!s->added)
        go_to_civil(s, c);
    s->added = true;
    go_to(s, s->at_ms + MS_PER_HOUR);
}

static void next_minute(struct search *s)
{
    if (!s->added)
        s->at_ms = moment_floor(s->at_ms, MS_PER_MINUTE);
    s->added = true;
    go_to(s, s->at_ms + MS_PER_MINUTE);
}

static void next_second(struct search *s)
{
    s->added = true;
    go_to(s, s->at_ms + MS_PER_SECOND);
}

static bool month_matches(const struct search *s)
{
    return has(s->cron->months, s->at.month);
}

static bool hour_matches(const struct search *s)
{
    return has(s->cron->hours, s->at.hour);
}

static bool minute_matches(const struct search *s)
{
    return has(s->cron->minutes, s->at.minute);
}

static bool second_matches(const struct search *s)
{
    return s->at.second == 0;
}

static const struct level {
    bool (*matches)(const struct search *s);
    void (*next)(struct search *s);
    size_t field; /* an int of struct civil, and the number it begins with */
    int begin;
} levels[] = {
    { month_matches, next_month, offsetof(struct civil, month), 1 },
    { day_matches, next_day, offsetof(struct civil, day), 1 },
    { hour_matches, next_hour, offsetof(struct civil, hour), 0 },
    { minute_matches, next_minute, offsetof(struct civil, minute), 0 },
    { second_matches, next_second, offsetof(struct civil, second), 0 },
};

static bool begins_anew(const struct search *s, const struct level *l)
{
    int n;
    memcpy(&n, (const char *)&s->at + l->field, sizeof(n));
    return n == l->begin;
}

/* One pass over the fields, largest first. False when one of them began anew:
 * then the larger ones are asked again. */
static bool pass(struct search *s)
{
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        while (!levels[i].matches(s)) {
            levels[i].next(s);
            if (++s->steps > STEPS_MAX || begins_anew(s, &levels[i]))
                return false;
        }
    }
    return true;
}

static bool is_known(const struct zone *z, int64_t ms)
{
    return !z || !z->count || zone_span_at(z, ms);
}

int64_t cron_next(const struct cron *c, const struct zone *zone,
                  int64_t after_ms)
{
    struct search s = { .cron = c, .zone = zone };
    int64_t begin_ms = moment_floor(after_ms, MS_PER_SECOND);

    if (c->every_ms)
        return begin_ms + c->every_ms;
    go_to(&s, begin_ms + MS_PER_SECOND);
    int last_year = s.at.year + YEARS;
    while (s.at.year <= last_year && is_known(zone, s.at_ms) &&
           s.steps <= STEPS_MAX)
        if (pass(&s))
            return is_known(zone, s.at_ms) ? s.at_ms : MOMENT_NONE;
    return MOMENT_NONE;
}
