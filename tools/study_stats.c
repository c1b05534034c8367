#include "tools/study_stats.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/prng.h"
#include "base/value.h"
#include "hindsight/forecast.h"
#include "sys/xmalloc.h"

#define DRAWS 2000
#define CELLS 500

int bin_of(double p)
{
    int i = (int)(p * STATS_BINS);
    return i < STATS_BINS ? i : STATS_BINS - 1;
}

void bins_add(struct bin bins[STATS_BINS], double p, bool event)
{
    struct bin *b = &bins[bin_of(p)];
    b->count += 1.0;
    b->events += event;
    b->p_sum += p;
}

static double bin_error(const struct bin *b)
{
    return fabs(b->p_sum - b->events);
}

double bins_error(const struct bin bins[STATS_BINS])
{
    double error = 0.0, count = 0.0;
    for (int i = 0; i < STATS_BINS; i++) {
        error += bin_error(&bins[i]);
        count += bins[i].count;
    }
    return count > 0 ? error / count : NO_VALUE;
}

double bins_worst(const struct bin bins[STATS_BINS], double least)
{
    double worst = 0.0;
    for (int i = 0; i < STATS_BINS; i++)
        if (bins[i].count >= least && bins[i].count > 0)
            worst = fmax(worst, bin_error(&bins[i]) / bins[i].count);
    return worst;
}

static int by_p(const void *a, const void *b)
{
    double x = ((const struct forecast *)a)->p;
    double y = ((const struct forecast *)b)->p;
    return (x > y) - (x < y);
}

/* The end of the run of equal p that begins at i. */
static size_t tie_end(const struct forecast *f, size_t count, size_t i)
{
    size_t end = i + 1;
    while (end < count && f[end].p <= f[i].p)
        end++;
    return end;
}

static double area(const struct forecast *f, size_t count)
{
    struct pairs pairs = { 0.0, 0.0, 0.0 };
    for (size_t i = 0, end; i < count; i = end) {
        double yes = 0.0;
        end = tie_end(f, count, i);
        for (size_t k = i; k < end; k++)
            yes += f[k].event;
        pairs_add(&pairs, yes, (double)(end - i) - yes);
    }
    return pairs_auc(&pairs);
}

static void murphy(struct score *s)
{
    for (int i = 0; i < STATS_BINS; i++) {
        const struct bin *b = &s->bins[i];
        if (b->count <= 0)
            continue;
        double share = b->events / b->count, p = b->p_sum / b->count;
        double weight = b->count / (double)s->count;
        s->rel += weight * (p - share) * (p - share);
        s->res += weight * (share - s->base) * (share - s->base);
    }
    s->unc = s->base * (1.0 - s->base);
}

struct score stats_score(struct forecast *forecasts, size_t count)
{
    struct score s = { .count = count };
    double raw = 0.0, n = (double)count;

    if (count == 0) {
        s.base = s.mean_p = s.brier = s.skill = s.raw_skill = NO_VALUE;
        s.auc = s.rel = s.res = s.unc = NO_VALUE;
        return s;
    }
    qsort(forecasts, count, sizeof(*forecasts), by_p);
    for (size_t i = 0; i < count; i++) {
        const struct forecast *f = &forecasts[i];
        double miss = f->p - f->event, raw_miss = f->raw - f->event;
        s.base += f->event / n;
        s.mean_p += f->p / n;
        s.brier += miss * miss / n;
        raw += raw_miss * raw_miss / n;
        bins_add(s.bins, f->p, f->event);
    }
    murphy(&s);
    s.skill = s.unc > 0 ? 1.0 - s.brier / s.unc : NO_VALUE;
    s.raw_skill = s.unc > 0 ? 1.0 - raw / s.unc : NO_VALUE;
    s.auc = area(forecasts, count);
    return s;
}

double stats_effective(const double *counts, const double *events,
                       size_t blocks)
{
    double n = 0.0, yes = 0.0, full = 0.0, squares = 0.0;

    for (size_t i = 0; i < blocks; i++) {
        n += counts[i];
        yes += events[i];
        full += counts[i] > 0;
    }
    if (full < 2 || yes <= 0 || yes >= n)
        return full;
    double share = yes / n;
    for (size_t i = 0; i < blocks; i++) {
        double off = events[i] - share * counts[i];
        squares += off * off;
    }
    double variance = squares / (n * n) * full / (full - 1.0);
    return variance > 0 ? fmin(n, share * (1.0 - share) / variance) : n;
}

struct estimate stats_mean(const double *values, size_t count)
{
    static const double t975[] = { 12.706, 4.303, 3.182, 2.776, 2.571,
                                   2.447,  2.365, 2.306, 2.262, 2.228,
                                   2.201,  2.179, 2.160, 2.145, 2.131,
                                   2.120,  2.110, 2.101, 2.093 };
    double mean = 0.0, squares = 0.0, n = (double)count;

    assert(count >= 2 && count - 2 < ARRAY_LEN(t975));
    for (size_t i = 0; i < count; i++)
        mean += values[i] / n;
    for (size_t i = 0; i < count; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    double error = sqrt(squares / (n - 1.0) / n);
    return (struct estimate){ mean, t975[count - 2] * error };
}

/* The sums of one block, all that a draw needs of it. */
struct block {
    double count, events, p_sum, misses;
    double yes[CELLS], no[CELLS];
};

/* Forecasts with the same p share a cell, else their ties would be broken. */
static struct block *blocks_of(const struct forecast *f, size_t count,
                               int32_t first, size_t blocks)
{
    struct block *all = xcalloc(blocks, sizeof(*all));
    for (size_t i = 0, end; i < count; i = end) {
        size_t cell = i * CELLS / count;
        end = tie_end(f, count, i);
        for (size_t k = i; k < end; k++) {
            struct block *b = &all[f[k].block - first];
            double miss = f[k].p - f[k].event;
            b->count += 1.0;
            b->events += f[k].event;
            b->p_sum += f[k].p;
            b->misses += miss * miss;
            b->yes[cell] += f[k].event;
            b->no[cell] += !f[k].event;
        }
    }
    return all;
}

static void block_add(struct block *sum, const struct block *b)
{
    sum->count += b->count;
    sum->events += b->events;
    sum->p_sum += b->p_sum;
    sum->misses += b->misses;
    for (size_t c = 0; c < CELLS; c++) {
        sum->yes[c] += b->yes[c];
        sum->no[c] += b->no[c];
    }
}

static double block_area(const struct block *b)
{
    struct pairs pairs = { 0.0, 0.0, 0.0 };
    for (size_t c = 0; c < CELLS; c++)
        pairs_add(&pairs, b->yes[c], b->no[c]);
    return pairs_auc(&pairs);
}

/* Blocks without a forecast are no blocks. Returns how many there are. */
static size_t pack(struct block *all, size_t blocks)
{
    size_t full = 0;
    for (size_t i = 0; i < blocks; i++)
        if (all[i].count > 0)
            all[full++] = all[i];
    return full;
}

struct bootstrap stats_bootstrap(const struct forecast *sorted, size_t count,
                                 uint64_t seed)
{
    double bias[DRAWS], skill[DRAWS], auc[DRAWS];
    int32_t first = INT32_MAX, last = 0;
    struct prng prng;

    for (size_t i = 0; i < count; i++) {
        first = sorted[i].block < first ? sorted[i].block : first;
        last = sorted[i].block > last ? sorted[i].block : last;
    }
    assert(count > 0);
    size_t span = (size_t)(last - first) + 1;
    struct block *all = blocks_of(sorted, count, first, span);
    size_t full = pack(all, span);
    prng_init(&prng, seed);
    for (size_t d = 0; d < DRAWS; d++) {
        struct block sum = { 0 };
        for (size_t i = 0; i < full; i++)
            block_add(&sum, &all[prng_next(&prng) % full]);
        double base = sum.events / sum.count;
        bias[d] = sum.p_sum / sum.count - base;
        skill[d] = 1.0 - sum.misses / sum.count / (base * (1.0 - base));
        auc[d] = block_area(&sum);
    }
    free(all);
    return (struct bootstrap){ middle_95(bias, DRAWS), middle_95(skill, DRAWS),
                               middle_95(auc, DRAWS), full };
}
