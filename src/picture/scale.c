#include "picture/scale.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"

#define LEAST_SHARE 0.16  /* of the height, for what must be seen */
#define ROOM        0.04  /* above and below, as a share of what is shown */
#define FLAT        0.005 /* of the price, where nothing moved */

double frame_x(const struct frame *f, int64_t ms)
{
    double share =
        (double)(ms - f->from_ms) / (double)(f->until_ms - f->from_ms);
    return f->left + share * (f->right - f->left);
}

double frame_y(const struct frame *f, double value)
{
    double share = (value - f->low) / (f->high - f->low);
    return f->bottom - share * (f->bottom - f->top);
}

static double beyond(struct span_of_values s, double level)
{
    return level > s.high ? level - s.high : level < s.low ? s.low - level : 0;
}

/* The level nearest to what is shown among those beyond it, or NO_VALUE. */
static double nearest(struct span_of_values s, const double *levels, size_t n)
{
    double best = NO_VALUE;
    for (size_t i = 0; i < n; i++)
        if (beyond(s, levels[i]) > 0 &&
            !(beyond(s, best) > 0 && beyond(s, best) <= beyond(s, levels[i])))
            best = levels[i];
    return best;
}

struct span_of_values span_with(double low, double high, const double *levels,
                                size_t n)
{
    struct span_of_values s = { low, high };
    if (!(high > low)) {
        s.low -= FLAT * fabs(low);
        s.high += FLAT * fabs(high);
    }
    double most = (s.high - s.low) / LEAST_SHARE;
    for (double level; isfinite(level = nearest(s, levels, n));) {
        struct span_of_values wider = { fmin(s.low, level),
                                        fmax(s.high, level) };
        if (wider.high - wider.low > most)
            break;
        s = wider;
    }
    double room = ROOM * (s.high - s.low);
    return (struct span_of_values){ s.low - room, s.high + room };
}

static double round_step(double span, size_t most)
{
    static const double steps[] = { 1, 2, 5, 10 };
    double power = pow(10, floor(log10(span / (double)most)));
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (floor(span / (steps[i] * power)) + 1 <= (double)most)
            return steps[i] * power;
    return 20 * power;
}

size_t ticks_of_values(double low, double high, size_t most,
                       double out[TICKS_MAX])
{
    size_t n = 0;
    if (!(high > low) || most == 0)
        return 0;
    double step = round_step(high - low, most);
    for (double i = ceil(low / step); i * step <= high && n < most; i++)
        out[n++] = i * step;
    return n;
}

size_t ticks_of_time(int64_t from_ms, int64_t until_ms, size_t most,
                     int64_t out[TICKS_MAX])
{
    static const int64_t hours[] = { 1, 2, 3, 6, 12, 24, 48, 96, 168, 336 };
    int64_t step_ms = MS_PER_HOUR;
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(hours); i++) {
        step_ms = hours[i] * MS_PER_HOUR;
        if ((until_ms - from_ms) / step_ms < (int64_t)most)
            break;
    }
    for (int64_t at = moment_floor(from_ms, step_ms) + step_ms;
         at < until_ms && n < most; at += step_ms)
        out[n++] = at;
    return n;
}

void scale_price(double price, char out[SCALE_TEXT])
{
    double size = price != 0 ? floor(log10(fabs(price))) : 0;
    int digits = size < 0 ? 5 : 6;
    int decimals = (int)fmax(0, fmin(12, digits - 1 - size));
    snprintf(out, SCALE_TEXT, "%.*f", decimals, price);
    if (!strchr(out, '.'))
        return;
    size_t len = strlen(out);
    while (out[len - 1] == '0')
        out[--len] = '\0';
    if (out[len - 1] == '.')
        out[len - 1] = '\0';
}

void scale_time(int64_t ms, char out[SCALE_TEXT])
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
                                          "May", "Jun", "Jul", "Aug",
                                          "Sep", "Oct", "Nov", "Dec" };
    struct civil c = moment_civil(ms);
    if (moment_floor(ms, MS_PER_DAY) == ms)
        snprintf(out, SCALE_TEXT, "%d %s", c.day, months[c.month - 1]);
    else
        snprintf(out, SCALE_TEXT, "%02d:%02d", c.hour, c.minute);
}

static int by_wanted(const void *a, const void *b)
{
    const struct beside *x = a, *y = b;
    if (x->wanted != y->wanted)
        return (x->wanted > y->wanted) - (x->wanted < y->wanted);
    return (x->tag > y->tag) - (x->tag < y->tag);
}

static void drop_lightest(struct beside *list, size_t n)
{
    size_t at = 0;
    for (size_t i = 1; i < n; i++)
        if (list[i].weight < list[at].weight)
            at = i;
    memmove(&list[at], &list[at + 1], (n - at - 1) * sizeof(*list));
}

size_t beside_spread(struct beside *list, size_t n, double top, double bottom,
                     double height)
{
    while (n && (double)n * height > bottom - top)
        drop_lightest(list, n--);
    if (!n)
        return 0;
    qsort(list, n, sizeof(*list), by_wanted);
    double least = top + height / 2;
    for (size_t i = 0; i < n; i++, least += height) {
        list[i].y = fmax(list[i].wanted, least);
        least = list[i].y;
    }
    double most = bottom - height / 2;
    for (size_t i = n; i-- > 0; most -= height) {
        list[i].y = fmin(list[i].y, most);
        most = list[i].y;
    }
    return n;
}
