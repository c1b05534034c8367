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

/* How many of the first `count` are below each of two numbers. A mask, because
 * a branch on values would be guessed wrong every second time; two at once,
 * because each step waits for the one before it. */
static void below(const double *sorted, int32_t count, const double x[2],
                  int32_t out[2])
{
    const double *a = sorted, *b = sorted;
    while (count > 1) {
        int32_t half = count / 2;
        a += half & -(a[half - 1] < x[0]);
        b += half & -(b[half - 1] < x[1]);
        count -= half;
    }
    out[0] = (int32_t)(a - sorted) + (count == 1 && a[0] < x[0]);
    out[1] = (int32_t)(b - sorted) + (count == 1 && b[0] < x[1]);
}

static void shift(double *sorted, int32_t to, int32_t from, int32_t n)
{
    memmove(&sorted[to], &sorted[from], (size_t)n * sizeof(double));
}

/* The place `hole` is free: moves what lies between it and `at`, before which
 * x belongs, and returns where x then stands. */
static int32_t put_in_order(double *sorted, int32_t hole, int32_t at, double x)
{
    if (at > hole) {
        at--;
        shift(sorted, hole, hole + 1, at - hole);
    } else {
        shift(sorted, at + 1, at, hole - at);
    }
    sorted[at] = x;
    return at;
}

void ranked_ring_push(struct ranked_ring *r, double x)
{
    int32_t count = r->ring.count, at[2];
    bool full = ring_full(&r->ring);
    double leaving = full ? ring_at(&r->ring, count - 1) : x;
    below(r->sorted, count, (double[]){ leaving, x }, at);
    r->newest = put_in_order(r->sorted, full ? at[0] : count, at[1], x);
    ring_push(&r->ring, x);
}

/* Of the x that begin at `first`. */
static double mean_rank(const struct ranked_ring *r, int32_t first, double x)
{
    int32_t next = first;
    while (next < r->ring.count && r->sorted[next] == x)
        next++;
    return (first + next + 1) / 2.0;
}

double ranked_ring_rank(const struct ranked_ring *r, double x)
{
    int32_t at[2];
    below(r->sorted, r->ring.count, (double[]){ x, x }, at);
    return mean_rank(r, at[0], x);
}

double ranked_ring_newest(const struct ranked_ring *r)
{
    assert(r->ring.count > 0);
    return mean_rank(r, r->newest, r->sorted[r->newest]);
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

void anchored_sums_init(struct anchored_sums *s, int32_t n)
{
    memset(s, 0, sizeof(*s));
    s->n = n;
    ring_init(&s->xs, n);
    ring_init(&s->ys, n);
}

/* The rings still end with the pair before the anchor. They were always pushed
 * together: one index serves both. */
static void begin_block(struct anchored_sums *s, double x, double y,
                        int64_t number)
{
    struct pair_sums sum = { 0 };
    int32_t at = s->xs.next;

    s->anchor_x = x;
    s->anchor_y = y;
    s->since = 0;
    s->until = (number / s->n + 1) * s->n;
    s->recent = sum;
    s->before = s->xs.count;
    for (int32_t k = 1; k <= s->before; k++) {
        at = (at ? at : s->xs.capacity) - 1;
        sum = with_pair(sum, s->xs.x[at] - x, s->ys.x[at] - y);
        s->older[k] = sum;
    }
}

void anchored_sums_push(struct anchored_sums *s, double x, double y,
                        int64_t number)
{
    if (s->xs.count == 0 || number >= s->until || s->since == s->n)
        begin_block(s, x, y, number);
    s->since++;
    s->recent = with_pair(s->recent, x - s->anchor_x, y - s->anchor_y);
    ring_push(&s->xs, x);
    ring_push(&s->ys, y);
}

int32_t anchored_sums_count(const struct anchored_sums *s)
{
    return s->xs.count;
}
