/* metrics/ring.h - the last values, and their sums about an anchor. Pure.
 *
 * Plain running sums drift: what is added and later subtracted leaves its
 * rounding error behind, and a sum of squares of prices swallows their
 * variance (RS 1, "Numerics"). Here nothing is ever subtracted. A block begins
 * whenever the absolute bar number passes a multiple of the window's length n.
 * Its first pair is the anchor; from the ring, the sums of the last 1, 2, ...
 * pairs before it are made once. From then on the window is
 *
 *      the last n - k pairs before the anchor  +  the k pairs since,
 *
 * one stored sum and one growing one (van Herk 1992; Gil and Werman 1993 for
 * minima). So the result depends on the pairs of the window and on absolute
 * numbers only, never on when the history began. The anchor is always in the
 * window, so a variance loses at most a factor n + 1 to cancellation, and n
 * equal values have a variance of exactly zero. O(1) a push, amortised.
 */
#ifndef METRICS_RING_H
#define METRICS_RING_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#define RING_MAX 256

struct ring {
    double x[RING_MAX];
    int32_t capacity;
    int32_t count; /* values held, at most capacity */
    int32_t next;  /* where the next value goes */
};

/* 1 <= capacity <= RING_MAX. */
void ring_init(struct ring *r, int32_t capacity);

/* Puts a value in; the oldest leaves when the ring is full. */
void ring_push(struct ring *r, double x);

/* The value that was put in `age` pushes ago: 0 is the newest. The caller
 * asks for 0 <= age < count only. */
double ring_at(const struct ring *r, int32_t age);

bool ring_full(const struct ring *r);

/* A ring that also keeps its values in order. */
struct ranked_ring {
    struct ring ring;
    int32_t newest;          /* where the newest value stands below: the first
                                of its equals */
    double sorted[RING_MAX]; /* ascending, as many as the ring holds */
};

void ranked_ring_init(struct ranked_ring *r, int32_t capacity);

/* O(log count) and one move of memory. */
void ranked_ring_push(struct ranked_ring *r, double x);

/* Rank of x among the values, 1 for the lowest; equal values share their mean
 * rank, as `rank(method="average")` of pandas does. O(log count + ties). */
double ranked_ring_rank(const struct ranked_ring *r, double x);

/* The same of the newest value, of which there must be one. O(ties). */
double ranked_ring_newest(const struct ranked_ring *r);

/* Sums over pairs (x, y), each about its anchor. */
struct pair_sums {
    double x, y, xx, yy, xy;
};

struct anchored_sums {
    int32_t n;      /* pairs of a full window, at most RING_MAX */
    int32_t since;  /* pairs since the anchor, itself included: 0 to n */
    int32_t before; /* pairs before the anchor that are summed below */
    int64_t until;  /* the number from which the next block begins */
    double anchor_x, anchor_y;
    struct pair_sums recent;              /* the pairs since the anchor */
    struct pair_sums older[RING_MAX + 1]; /* [k]: the k pairs before it */
    struct ring xs, ys;
};

/* 1 <= n <= RING_MAX. */
void anchored_sums_init(struct anchored_sums *s, int32_t n);

/* Feeds one pair. `number` is bar_number() of its bar; numbers ascend and may
 * skip. For one variable only, y is 0; for a regression on time, y is a
 * running count of pairs. */
void anchored_sums_push(struct anchored_sums *s, double x, double y,
                        int64_t number);

/* The pairs of the present window, at most n. */
int32_t anchored_sums_count(const struct anchored_sums *s);

/* Sums about the means: sxx = sum (x - mean_x)^2 and so on; sxx and syy are
 * never below zero. All zero when there is no pair. */
struct centred_sums {
    int32_t count;
    double mean_x, mean_y;
    double sxx, syy, sxy;
};
/* Here, so that whoever wants a mean does not wait for five divisions. */
static inline struct centred_sums anchored_sums_centre(
    const struct anchored_sums *s)
{
    int32_t count = s->xs.count;
    if (count == 0)
        return (struct centred_sums){ 0 };
    assert(s->since <= s->n && count - s->since <= s->before);
    const struct pair_sums *before = &s->older[count - s->since];
    double n = (double)count;
    double x = s->recent.x + before->x, xx = s->recent.xx + before->xx;
    double y = s->recent.y + before->y, yy = s->recent.yy + before->yy;
    double sxx = xx - x * x / n, syy = yy - y * y / n;
    return (struct centred_sums){
        .count = count,
        .mean_x = s->anchor_x + x / n,
        .mean_y = s->anchor_y + y / n,
        .sxx = sxx > 0.0 ? sxx : 0.0,
        .syy = syy > 0.0 ? syy : 0.0,
        .sxy = s->recent.xy + before->xy - x * y / n,
    };
}

#endif
