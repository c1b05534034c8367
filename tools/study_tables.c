#include "tools/study_tables.h"

#include <stdlib.h>

#include "sys/xmalloc.h"
#include "tools/study_doc.h"

void tables_heading(struct text *t, const char *first)
{
    study_say(t,
              "| %s | n | outside | base | mean pi | bias | AUC | Brier | "
              "skill |",
              first);
    study_say(t, "|---|---|---|---|---|---|---|---|---|");
}

struct score tables_row(struct text *t, const char *name,
                        struct forecast *forecasts, size_t count)
{
    struct score s = stats_score(forecasts, count);
    size_t outside = 0;

    for (size_t i = 0; i < count; i++)
        outside += forecasts[i].outside;
    study_say(t,
              "| %s | %zu | %zu | %.4f | %.4f | %+.4f | %.3f | %.4f | %.3f |",
              name, s.count, outside, s.base, s.mean_p, s.mean_p - s.base,
              s.auc, s.brier, s.skill);
    return s;
}

/* The forecasts of each bin, block by block. */
struct by_block {
    size_t blocks;
    double *counts[STATS_BINS], *events[STATS_BINS]; /* owned */
};

static void by_block_init(struct by_block *b, const struct forecast *f,
                          size_t count)
{
    *b = (struct by_block){ 0 };
    for (size_t i = 0; i < count; i++)
        if ((size_t)f[i].block >= b->blocks)
            b->blocks = (size_t)f[i].block + 1;
    for (int k = 0; k < STATS_BINS; k++) {
        b->counts[k] = xcalloc(b->blocks, sizeof(*b->counts[k]));
        b->events[k] = xcalloc(b->blocks, sizeof(*b->events[k]));
    }
    for (size_t i = 0; i < count; i++) {
        int k = bin_of(f[i].p);
        b->counts[k][f[i].block] += 1.0;
        b->events[k][f[i].block] += f[i].event;
    }
}

static void by_block_release(struct by_block *b)
{
    for (int k = 0; k < STATS_BINS; k++) {
        free(b->counts[k]);
        free(b->events[k]);
    }
}

void tables_bins_heading(struct text *t, const char *first)
{
    study_say(t, "| %s | p | n | mean p | happened | 95 %% | independent |",
              first);
    study_say(t, "|---|---|---|---|---|---|---|");
}

void tables_bins(struct text *t, const char *name,
                 const struct forecast *forecasts, size_t count)
{
    struct bin bins[STATS_BINS] = { { 0, 0, 0 } };
    struct by_block by;

    for (size_t i = 0; i < count; i++)
        bins_add(bins, forecasts[i].p, forecasts[i].event);
    by_block_init(&by, forecasts, count);
    for (int i = 0; i < STATS_BINS; i++) {
        const struct bin *b = &bins[i];
        if (b->count <= 0)
            continue;
        double share = b->events / b->count;
        double n = stats_effective(by.counts[i], by.events[i], by.blocks);
        struct bounds w = wilson_95(share, n);
        study_say(t,
                  "| %s | %.1f-%.1f | %.0f | %.3f | %.3f | %.3f-%.3f | %.0f |",
                  name, (double)i / STATS_BINS, (double)(i + 1) / STATS_BINS,
                  b->count, b->p_sum / b->count, share, w.lo, w.hi, n);
    }
    by_block_release(&by);
}
