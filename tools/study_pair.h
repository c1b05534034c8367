/* tools/study_pair.h - two forecasters, the same questions: which is better,
 * and may chance have done it? Pure, but for memory.
 *
 * Log loss is the mean of -ln of what was said of what happened, p within 1e-6
 * and 1 - 1e-6. Gains are above 0 where the new one is better.
 */
#ifndef TOOLS_STUDY_PAIR_H
#define TOOLS_STUDY_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hindsight/interval.h"

double log_loss(double p, bool event); /* of one forecast */

/* The questions of one calendar week. */
struct pair_block {
    double count, events;
    double miss_old, miss_new; /* squared errors */
    double loss_old, loss_new; /* log losses */
};
void pair_add(struct pair_block *b, double old, double new, bool event);

struct pair_gain {
    double loss_old, loss_new; /* mean log loss */
    double loss, skill;        /* gains: of log loss, of Brier skill */
    struct bounds loss_95, skill_95;
    double chance; /* share of draws in which log loss gained nothing */
    size_t blocks; /* with a question */
};
/* 2000 draws of whole blocks, with replacement, from `seed`. Blocks without a
 * question are passed over; one at least has one. */
struct pair_gain pair_gain_of(const struct pair_block *blocks, size_t count,
                              uint64_t seed);

#endif
