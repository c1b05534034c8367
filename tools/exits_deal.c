#include "tools/exits_deal.h"

#include <stdlib.h>

#include "hindsight/placebo.h"
#include "sys/xmalloc.h"

static bool is_dealt(size_t p, bool all)
{
    enum policy_kind kind = policies[p].kind;
    return p == 0 || (all && kind != POLICY_PLACEBO && kind != POLICY_SEED);
}

static size_t grids_of(const struct exits *x)
{
    size_t n = 0;
    for (size_t m = 0; m < x->count; m++)
        n += x->markets[m].count;
    return n;
}

/* The waits of one policy, dealt anew among all grids of all markets. */
static int64_t *deal(const struct exits *x, size_t p, uint64_t seed)
{
    size_t n = grids_of(x), k = 0;
    const struct life **lives = xcalloc(n + 1, sizeof(struct life *));
    struct placebo_row *rows = xcalloc(n + 1, sizeof(*rows));
    int64_t *waits = xcalloc(n + 1, sizeof(*waits));

    for (size_t m = 0; m < x->count; m++)
        for (size_t i = 0; i < x->markets[m].count; i++)
            lives[k++] = &x->markets[m].grids[i].by[p];
    placebo_deal(lives, n, seed + p, rows, waits);
    free(lives);
    free(rows);
    return waits;
}

static void live(const struct exits_market *m, const struct exits_rules *r,
                 struct exits_grid *g, int64_t *const waits[POLICY_COUNT],
                 size_t at)
{
    struct cue cues[POLICY_COUNT];
    struct life lives[POLICY_COUNT];
    size_t n = 0;

    for (size_t p = 0; p < POLICY_COUNT; p++) {
        if (!waits[p])
            continue;
        int64_t wait_ms = waits[p][at];
        int64_t start_ms = g->plan.grid.started_at_ms;
        cues[n++] = (struct cue){ wait_ms == MOMENT_NONE ? MOMENT_NONE
                                                         : start_ms + wait_ms,
                                  MOMENT_NONE, false, LIFE_TRANSITION };
    }
    exits_again(m, r, &g->plan, cues, n, lives);
    for (size_t p = POLICY_COUNT; p-- > 0;)
        if (waits[p])
            g->by[p] = lives[--n];
}

static void copy(const struct exits *x, struct exits *out)
{
    out->count = x->count;
    out->markets = xcalloc(x->count, sizeof(*out->markets));
    for (size_t m = 0; m < x->count; m++) {
        size_t n = x->markets[m].count;
        struct exits_market *to = &out->markets[m];
        to->count = n;
        to->grids = xcalloc(n + 1, sizeof(*to->grids));
        for (size_t i = 0; i < n; i++)
            to->grids[i] = x->markets[m].grids[i];
    }
}

void exits_deal(const struct exits *x, const struct exits_rules *r, bool all,
                uint64_t seed, struct exits *out)
{
    int64_t *waits[POLICY_COUNT] = { NULL };
    size_t at = 0;

    copy(x, out);
    for (size_t p = 0; p < POLICY_COUNT; p++)
        if (is_dealt(p, all))
            waits[p] = deal(x, p, seed);
    for (size_t m = 0; m < x->count; m++)
        for (size_t i = 0; i < x->markets[m].count; i++)
            live(&x->markets[m], r, &out->markets[m].grids[i], waits, at++);
    for (size_t p = 0; p < POLICY_COUNT; p++)
        free(waits[p]);
}

void exits_take_random(struct exits *x, const struct exits *dealt)
{
    size_t placebo = (size_t)(policy_named("random") - policies);
    for (size_t m = 0; m < x->count; m++)
        for (size_t i = 0; i < x->markets[m].count; i++)
            x->markets[m].grids[i].by[placebo] =
                dealt->markets[m].grids[i].by[0];
}
