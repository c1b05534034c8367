#include "alert/draft.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"

void draft_put(struct draft *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(d->out + d->len, d->size - d->len, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= d->size - d->len)
        d->out[d->len] = '\0';
    else
        d->len += (size_t)n;
}

#define CLOCK_TEXT 48

/* "2021-05-19 02:00 UTC" */
static void put_clock(char out[CLOCK_TEXT], int64_t ms, bool dated,
                      const char *whose)
{
    struct civil c = moment_civil(ms);
    char day[24] = "";
    if (dated)
        snprintf(day, sizeof(day), "%04d-%02d-%02d ", c.year % 10000,
                 c.month % 100, c.day % 100);
    snprintf(out, CLOCK_TEXT, "%s%02d:%02d %s", day, c.hour % 100,
             c.minute % 100, whose);
}

/* The day of UTC stands beside the other one only where it is another. */
static void put_clocks(struct draft *d, int64_t ms, const char *between,
                       const char *end)
{
    const struct zone_span *s = zone_span_at(d->zone, ms);
    bool far = ms <= d->now_ms - MS_PER_DAY || ms >= d->now_ms + MS_PER_DAY;
    char utc[CLOCK_TEXT], local[CLOCK_TEXT];

    if (!s || (s->offset_ms == 0 && strcmp(s->abbreviation, "UTC") == 0)) {
        put_clock(utc, ms, far, "UTC");
        draft_put(d, "%s", utc);
        return;
    }
    bool same_day = zone_day(d->zone, ms) == zone_day(NULL, ms);
    put_clock(local, ms + s->offset_ms, far, s->abbreviation);
    put_clock(utc, ms, far && !same_day, "UTC");
    draft_put(d, "%s%s%s%s", local, between, utc, end);
}

void draft_clock(struct draft *d, int64_t ms)
{
    put_clocks(d, ms, " (", ")");
}

void draft_clock_within(struct draft *d, int64_t ms)
{
    put_clocks(d, ms, ", ", "");
}

void draft_number(struct draft *d, double x)
{
    char text[NUMBER_TEXT];
    number_format(x, text);
    if (fabs(x) < 1.0 && strchr(text, 'e')) {
        int n = snprintf(text, sizeof(text), "%.16f", x);
        while (n > 1 && text[n - 1] == '0')
            text[--n] = '\0';
    }
    draft_put(d, "%s", text);
}

void draft_percent(struct draft *d, double fraction)
{
    draft_put(d, fraction < 0.0995 ? "%.1f %%" : "%.0f %%", 100.0 * fraction);
}

void draft_amount(struct draft *d, double x)
{
    draft_put(d, x >= 100.0 ? "%.0f" : "%.3g", x);
}

static int side_of(double x, double limit)
{
    return (x > limit) - (x < limit);
}

void draft_against(struct draft *d, double x, double limit, int decimals)
{
    char text[64];
    double shown = x;
    do {
        snprintf(text, sizeof(text), "%.*f", decimals, x);
        number_parse(text, &shown);
    } while (side_of(shown, limit) != side_of(x, limit) && ++decimals <= 9);
    draft_put(d, "%s", shown == 0 && text[0] == '-' ? text + 1 : text);
}
