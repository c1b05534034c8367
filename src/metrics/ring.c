#include "metrics/ring.h"

#include <assert.h>
#include <math.h>
#include <string.h>

void ring_init(struct ring *r, int32_t capacity)
{
    assert(capacity >= 1 && capacity <= RING_MAX);
    memset(r, 0, sizeof(*r));
    r->capacity = capacity;
}

void ring_push(struct ring *r, double x)
{
    r->x[r->next] = x;
    r->next = r->next + 1 == r->capacity ? 0 : r->next + 1;
    if (r->count < r->capacity)
        r->count++;
}

double ring_at(const struct ring *r, int32_t age)
{
    assert(age >= 0 && age < r->count);
    int32_t at = r->next - 1 - age;
    return r->x[at < 0 ? at + r->capacity : at];
}

bool ring_full(const struct ring *r)
{
    return r->count == r->capacity;
}

void ranked_ring_init(struct ranked_ring *r, int32_t capacity)
{
    memset(r, 0, sizeof(*r));
    ring_init(&r->ring, capacity);
}

/* How many of the first `count` are below x. A product, because a branch on
 * values would be guessed wrong every second time. */
static int32_t below(const double *sorted, int32_t count, double x)
{
    const double *from = sorted;
    while (count > 1) {
        int32_t half = count / 2;
        from += (from[half - 1] < x) * half;
        count -= half;
    }
    return (int32_t)(from - sorted) + (count == 1 && from[0] < x);
}

static void shift(double *sorted, int32_t to, int32_t from, int32_t n)
{
    memmove(&sorted[to], &sorted[from], (size_t)n * sizeof(double));
}

/* The place `hole` is free: moves what lies between it and where x belongs. */
static void put_in_order(double *sorted, int32_t hole, int32_t at, double x)
{
    if (at > hole) {
        at--;
        shift(sorted, hole, hole + 1, at - hole);
    } else {
        shift(sorted, at + 1, at, hole - at);
    }
    sorted[at] = x;
}

void ranked_ring_push(struct ranked_ring *r, double x)
{
    int32_t count = r->ring.count, hole = count;
    if (ring_full(&r->ring))
        hole = below(r->sorted, count, ring_at(&r->ring, count - 1));
    put_in_order(r->sorted, hole, below(r->sorted, count, x), x);
    ring_push(&r->ring, x);
}

double ranked_ring_rank(const struct ranked_ring *r, double x)
{
    int32_t first = below(r->sorted, r->ring.count, x), next = first;
    while (next < r->ring.count && r->sorted[next] == x)
        next++;
    return (first + next + 1) / 2.0;
}

static struct pair_sums with_pair(struct pair_sums s, double x, double y)
{
    return (struct pair_sums){
        .x = s.x + x,
        .y = s.y + y,
        .xx = s.xx + x * x,
        .yy = s.yy + y * y,
        .xy = s.xy + x * y,
    };
}

static struct pair_sums joined(struct pair_sums a, struct pair_sums b)
{
    return (struct pair_sums){
        .x = a.x + b.x,
        .y = a.y + b.y,
        .xx = a.xx + b.xx,
        .yy = a.yy + b.yy,
        .xy = a.xy + b.xy,
    };
}

void anchored_sums_init(struct anchored_sums *s, int32_t n)
{
    memset(s, 0, sizeof(*s));
    s->n = n;
    ring_init(&s->xs, n);
    ring_init(&s->ys, n);
}

/* The rings still end with the pair before the anchor. */
static void begin_block(struct anchored_sums *s, double x, double y)
{
    s->anchor_x = x;
    s->anchor_y = y;
    s->since = 0;
    s->recent = (struct pair_sums){ 0 };
    s->before = s->xs.count;
    for (int32_t k = 0; k < s->before; k++)
        s->older[k + 1] = with_pair(s->older[k], ring_at(&s->xs, k) - x,
                                    ring_at(&s->ys, k) - y);
}

void anchored_sums_push(struct anchored_sums *s, double x, double y,
                        int64_t number)
{
    int64_t block = number / s->n;
    if (s->xs.count == 0 || block != s->block || s->since == s->n)
        begin_block(s, x, y);
    s->block = block;
    s->since++;
    s->recent = with_pair(s->recent, x - s->anchor_x, y - s->anchor_y);
    ring_push(&s->xs, x);
    ring_push(&s->ys, y);
}

int32_t anchored_sums_count(const struct anchored_sums *s)
{
    return s->xs.count;
}

struct centred_sums anchored_sums_centre(const struct anchored_sums *s)
{
    int32_t count = s->xs.count;
    if (count == 0)
        return (struct centred_sums){ 0 };
    assert(s->since <= s->n && count - s->since <= s->before);
    struct pair_sums w = joined(s->recent, s->older[count - s->since]);
    double n = (double)count;
    return (struct centred_sums){
        .count = count,
        .mean_x = s->anchor_x + w.x / n,
        .mean_y = s->anchor_y + w.y / n,
        .sxx = fmax(0.0, w.xx - w.x * w.x / n),
        .syy = fmax(0.0, w.yy - w.y * w.y / n),
        .sxy = w.xy - w.x * w.y / n,
    };
}
