#include "tools/study_pair.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/prng.h"
#include "sys/xmalloc.h"

#define DRAWS     2000
#define LOSS_CLIP 1e-6

double log_loss(double p, bool event)
{
    double q = fmin(1.0 - LOSS_CLIP, fmax(LOSS_CLIP, p));
    return -log(event ? q : 1.0 - q);
}

void pair_add(struct pair_block *b, double old, double new, bool event)
{
    b->count += 1.0;
    b->events += event;
    b->miss_old += (old - event) * (old - event);
    b->miss_new += (new - event) * (new - event);
    b->loss_old += log_loss(old, event);
    b->loss_new += log_loss(new, event);
}

static void block_add(struct pair_block *sum, const struct pair_block *b)
{
    sum->count += b->count;
    sum->events += b->events;
    sum->miss_old += b->miss_old;
    sum->miss_new += b->miss_new;
    sum->loss_old += b->loss_old;
    sum->loss_new += b->loss_new;
}

static double loss_gain(const struct pair_block *b)
{
    return (b->loss_old - b->loss_new) / b->count;
}

static double skill_gain(const struct pair_block *b)
{
    double base = b->events / b->count;
    return (b->miss_old - b->miss_new) / b->count / (base * (1.0 - base));
}

struct pair_gain pair_gain_of(const struct pair_block *blocks, size_t count,
                              uint64_t seed)
{
    const struct pair_block **full = xcalloc(count, sizeof(*full));
    double loss[DRAWS], skill[DRAWS];
    struct pair_block all = { 0 };
    struct pair_gain g = { 0 };
    struct prng prng;

    for (size_t i = 0; i < count; i++) {
        if (blocks[i].count > 0)
            full[g.blocks++] = &blocks[i];
        block_add(&all, &blocks[i]);
    }
    assert(g.blocks > 0);
    prng_init(&prng, seed);
    for (size_t d = 0; d < DRAWS; d++) {
        struct pair_block sum = { 0 };
        for (size_t i = 0; i < g.blocks; i++)
            block_add(&sum, full[prng_next(&prng) % g.blocks]);
        loss[d] = loss_gain(&sum);
        skill[d] = skill_gain(&sum);
        g.chance += (loss[d] <= 0) / (double)DRAWS;
    }
    free(full);
    g.loss_old = all.loss_old / all.count;
    g.loss_new = all.loss_new / all.count;
    g.loss = loss_gain(&all);
    g.skill = skill_gain(&all);
    g.loss_95 = middle_95(loss, DRAWS);
    g.skill_95 = middle_95(skill, DRAWS);
    return g;
}
