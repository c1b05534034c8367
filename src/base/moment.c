/* Civil dates by counting days in 400-year eras that begin on 1 March, so that
 * the leap day is the last of its year (the proleptic Gregorian calendar). */
#include "base/moment.h"

#include <stdbool.h>
#include <stdio.h>

#define DAYS_PER_ERA  146097
#define DAYS_TO_EPOCH 719468 /* 0000-03-01 to 1970-01-01 */
#define END_OF_9999   INT64_C(253402300800000)

static int64_t days_of_date(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400;
    int64_t year_of_era = y - era * 400;
    int64_t month_from_march = (month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

static void date_of_days(int64_t days, struct civil *c)
{
    int64_t z = days + DAYS_TO_EPOCH;
    int64_t era = z / DAYS_PER_ERA;
    int64_t doe = z - era * DAYS_PER_ERA;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
    c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    c->year = (int)(yoe + era * 400) + (c->month <= 2 ? 1 : 0);
}

struct civil moment_civil(int64_t ms)
{
    struct civil c = { 0 };
    int64_t days = moment_floor(ms, MS_PER_DAY) / MS_PER_DAY;
    int64_t rest = ms - days * MS_PER_DAY;

    date_of_days(days, &c);
    c.hour = (int)(rest / MS_PER_HOUR);
    c.minute = (int)(rest / MS_PER_MINUTE % 60);
    c.second = (int)(rest / 1000 % 60);
    c.ms = (int)(rest % 1000);
    return c;
}

int64_t civil_moment(struct civil c)
{
    return days_of_date(c.year, c.month, c.day) * MS_PER_DAY +
           c.hour * MS_PER_HOUR + c.minute * MS_PER_MINUTE +
           (int64_t)c.second * 1000 + c.ms;
}

void moment_format(int64_t ms, char out[MOMENT_TEXT])
{
    struct civil c = moment_civil(ms);
    int n =
        snprintf(out, MOMENT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d",
                 c.year % 10000, c.month, c.day, c.hour, c.minute, c.second);
    if (n < 0 || n >= MOMENT_TEXT - 6)
        return;
    if (c.ms)
        snprintf(out + n, 6, ".%03dZ", c.ms);
    else
        snprintf(out + n, 6, "Z");
}

/* Reads exactly `digits` digits; -1 when they are not all there. */
static int take_digits(const char **at, int digits)
{
    int n = 0;
    for (int i = 0; i < digits; i++) {
        char ch = (*at)[i];
        if (ch < '0' || ch > '9')
            return -1;
        n = n * 10 + (ch - '0');
    }
    *at += digits;
    return n;
}

static bool take_char(const char **at, char want)
{
    if (**at != want)
        return false;
    (*at)++;
    return true;
}

static bool take_date(const char **at, struct civil *c)
{
    return (c->year = take_digits(at, 4)) >= 1970 && take_char(at, '-') &&
           (c->month = take_digits(at, 2)) >= 1 && c->month <= 12 &&
           take_char(at, '-') && (c->day = take_digits(at, 2)) >= 1;
}

static bool take_clock(const char **at, struct civil *c)
{
    c->hour = take_digits(at, 2);
    if (c->hour < 0 || c->hour > 23 || !take_char(at, ':'))
        return false;
    c->minute = take_digits(at, 2);
    if (c->minute < 0 || c->minute > 59)
        return false;
    if (!take_char(at, ':'))
        return true;
    c->second = take_digits(at, 2);
    if (c->second < 0 || c->second > 59)
        return false;
    if (take_char(at, '.'))
        c->ms = take_digits(at, 3);
    return c->ms >= 0;
}

/* "Z", "+02:00" or "-05:30", as milliseconds east of UTC. */
static bool take_zone(const char **at, int64_t *east_ms)
{
    *east_ms = 0;
    if (take_char(at, 'Z'))
        return true;
    int sign = **at == '+' ? 1 : **at == '-' ? -1 : 0;
    if (!sign)
        return false;
    (*at)++;
    int hours = take_digits(at, 2);
    if (hours < 0 || hours > 23 || !take_char(at, ':'))
        return false;
    int minutes = take_digits(at, 2);
    if (minutes < 0 || minutes > 59)
        return false;
    *east_ms = sign * (hours * MS_PER_HOUR + minutes * MS_PER_MINUTE);
    return true;
}

int64_t moment_parse(const char *text)
{
    struct civil c = { 0 };
    int64_t east_ms = 0;
    const char *at = text;

    if (!take_date(&at, &c))
        return MOMENT_NONE;
    if (*at && (!take_char(&at, 'T') || !take_clock(&at, &c) ||
                !take_zone(&at, &east_ms) || *at))
        return MOMENT_NONE;
    int64_t ms = civil_moment(c);
    struct civil back = moment_civil(ms);
    if (back.day != c.day || back.month != c.month)
        return MOMENT_NONE; /* such as 30 February */
    ms -= east_ms;
    return ms >= 0 && ms < END_OF_9999 ? ms : MOMENT_NONE;
}

int64_t slot_of(int64_t exchange_ms, int64_t settle_ms)
{
    return moment_floor(exchange_ms - settle_ms, MS_PER_SLOT);
}
