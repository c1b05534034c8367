#include "hindsight/zigzag.h"

#include <math.h>
#include <stdbool.h>

#define DAY_BARS       24
#define LEAST_CROSSING 2

/* What is known of the leg that is being walked. */
struct walk {
    int direction; /* +1 up, -1 down, 0 before the first theta */
    size_t start, confirmed, far;
    size_t low, high; /* while there is no direction */
};

static void find_direction(struct walk *w, const double *x, double theta,
                           size_t i)
{
    w->low = x[i] < x[w->low] ? i : w->low;
    w->high = x[i] > x[w->high] ? i : w->high;
    if (x[i] - x[w->low] >= theta)
        w->direction = 1;
    else if (x[w->high] - x[i] >= theta)
        w->direction = -1;
    w->start = w->direction > 0 ? w->low : w->high;
    w->confirmed = w->far = i;
}

size_t zigzag_legs(const double *series, const double *theta, size_t count,
                   struct leg *legs, size_t room)
{
    struct walk w = { .direction = 0 };
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        if (w.direction == 0) {
            find_direction(&w, series, theta[i], i);
            continue;
        }
        double ahead = w.direction * (series[i] - series[w.far]);
        if (ahead > 0.0)
            w.far = i;
        if (-ahead < theta[i])
            continue;
        if (found < room)
            legs[found] =
                (struct leg){ w.start, w.confirmed, w.far, theta[w.confirmed],
                              series[w.far] - series[w.start] };
        found++;
        w = (struct walk){ -w.direction, w.far, i, i, 0, 0 };
    }
    return found;
}

static bool is_range(enum segment s)
{
    return s == SEGMENT_RANGE_OK || s == SEGMENT_RANGE_WEAK;
}

static bool crosses(const double *x, size_t i, double middle)
{
    return (x[i] > middle) != (x[i - 1] > middle);
}

/* A stretch of RANGE, from `first` to before `end`. */
static void grade(const double *x, size_t first, size_t end, bool before_more,
                  enum segment *out)
{
    double low = x[first], high = x[first];
    size_t crossings = 0;

    for (size_t i = first; i < end; i++) {
        low = fmin(low, x[i]);
        high = fmax(high, x[i]);
    }
    double middle = low + (high - low) / 2.0;
    for (size_t i = first; i < end; i++) {
        crossings += i > first && crosses(x, i, middle);
        if (i >= first + DAY_BARS + 1 && crosses(x, i - DAY_BARS, middle))
            crossings--;
        bool near = before_more && end - i < DAY_BARS;
        if (crossings >= LEAST_CROSSING && !near)
            out[i] = SEGMENT_RANGE_OK;
    }
}

void zigzag_segments(const double *series, size_t count, const struct leg *legs,
                     size_t leg_count, double factor, enum segment *out)
{
    size_t known = leg_count > 0 ? legs[leg_count - 1].end + 1 : 0;

    for (size_t i = 0; i < count; i++)
        out[i] = i < known ? SEGMENT_RANGE_WEAK : SEGMENT_UNKNOWN;
    for (size_t k = 0; k < leg_count; k++) {
        const struct leg *l = &legs[k];
        if (fabs(l->length) < factor * l->theta)
            continue;
        for (size_t i = l->start; i <= l->end; i++)
            out[i] = i < l->confirmed ? SEGMENT_TRANSITION : SEGMENT_TREND;
    }
    for (size_t i = 0, end; i < known; i = end) {
        for (end = i + 1;
             end < known && is_range(out[end]) == is_range(out[i]);)
            end++;
        if (is_range(out[i]))
            grade(series, i, end, end < known, out);
    }
}
