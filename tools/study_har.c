#include "tools/study_har.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"
#include "metrics/season.h"
#include "sys/xmalloc.h"

#define SLOTS_HOUR 4
#define NEXT       96
#define FLOOR      0.01 /* of s^2 */
#define LEAST      0.75 /* of the returns */

static const size_t windows[] = { 4, 16, 96, 672, 2880 };

/* Sums before each slot: of squared returns, and of how many there are. */
struct sums {
    double *squares, *count;
};

static void sums_init(struct sums *s, const struct course *t)
{
    s->squares = xcalloc(t->slots + 1, sizeof(*s->squares));
    s->count = xcalloc(t->slots + 1, sizeof(*s->count));
    for (size_t i = 0; i < t->slots; i++) {
        double r = i > 0 ? log(t->close[i] / t->close[i - 1]) : NO_VALUE;
        bool there = !isnan(r);
        s->squares[i + 1] = s->squares[i] + (there ? r * r : 0.0);
        s->count[i + 1] = s->count[i] + there;
    }
}

static void sums_release(struct sums *s)
{
    free(s->squares);
    free(s->count);
}

/* ln of the mean square of returns [from, end), or NO_VALUE. */
static double log_mean(const struct sums *s, size_t from, size_t end,
                       double least)
{
    double n = s->count[end] - s->count[from];
    if (n < LEAST * (double)(end - from))
        return NO_VALUE;
    return log(fmax((s->squares[end] - s->squares[from]) / n, least));
}

static struct har_row row_of(const struct course *t, const struct sums *s,
                             size_t slot)
{
    double square = t->sigma[slot] * t->sigma[slot], least = FLOOR * square;
    struct har_row row = { .y = NO_VALUE };
    size_t end = slot + 1, n = ARRAY_LEN(windows);

    for (size_t i = 0; i < n; i++)
        row.x[i] = end < windows[i] ? NO_VALUE
                                    : log_mean(s, end - windows[i], end, least);
    row.x[n] = log(square);
    row.x[n + 1] = log(fmax(t->fast[slot] * t->fast[slot], least));
    row.x[n + 2] = log(t->slow[slot] * t->slow[slot]);
    if (isnan(t->fast[slot]))
        row.x[n + 1] = NO_VALUE;
    if (end + NEXT <= t->slots)
        row.y = log_mean(s, end, end + NEXT, least);
    return row;
}

void har_init(struct har *h, const struct course *t)
{
    struct sums s;

    sums_init(&s, t);
    *h = (struct har){ 0 };
    while ((t->first_ms + (int64_t)(h->first_slot + 1) * MS_PER_SLOT) %
               MS_PER_HOUR !=
           0)
        h->first_slot++;
    h->first_ms = t->first_ms + (int64_t)(h->first_slot + 1) * MS_PER_SLOT;
    if (t->slots > h->first_slot)
        h->count = (t->slots - h->first_slot - 1) / SLOTS_HOUR + 1;
    h->rows = xcalloc(h->count + 1, sizeof(*h->rows));
    for (size_t i = 0; i < h->count; i++)
        h->rows[i] = row_of(t, &s, h->first_slot + SLOTS_HOUR * i);
    sums_release(&s);
}

void har_release(struct har *h)
{
    free(h->rows);
    *h = (struct har){ 0 };
}

const struct har_row *har_at(const struct har *h, size_t slot)
{
    return &h->rows[(slot - h->first_slot) / SLOTS_HOUR];
}

static bool row_complete(const struct har_row *row, const struct har_kind *kind)
{
    bool complete = true;
    for (int i = 0; i < kind->terms; i++)
        complete = complete && isfinite(row->x[kind->first + i]);
    return complete;
}

static int level_of(const struct har_kind *kind, int64_t close_ms)
{
    return kind->by_hour ? hour_of_week(close_ms) : 0;
}

void har_learn(struct groups *g, const struct har_kind *kind,
               const struct har *h, int64_t until_ms)
{
    g->terms = kind->terms;
    g->count = kind->by_hour ? FIT_GROUPS : 1;
    for (size_t i = 0; i < h->count; i++) {
        const struct har_row *row = &h->rows[i];
        int64_t close_ms = h->first_ms + (int64_t)i * MS_PER_HOUR;
        if (close_ms + MS_PER_DAY > until_ms)
            break;
        if (row_complete(row, kind) && isfinite(row->y))
            groups_add(g, level_of(kind, close_ms), &row->x[kind->first],
                       row->y);
    }
}

double har_sigma(const struct slopes *s, const struct har_kind *kind,
                 const struct har_row *row, int64_t close_ms)
{
    double y = s->level[level_of(kind, close_ms)];

    if (!row_complete(row, kind))
        return NO_VALUE;
    for (int i = 0; i < kind->terms; i++)
        y += s->slope[i] * row->x[kind->first + i];
    return exp(y / 2.0);
}
