/* tools/exits_deal.h - the random times of policies (hindsight/placebo.h), on
 * the grids and bars of a run. */
#ifndef TOOLS_EXITS_DEAL_H
#define TOOLS_EXITS_DEAL_H

#include "tools/exits_told.h"

/* Copies the grids of `x`, each by[p] being the life at random times of policy
 * p; `random` itself and profile seed have none. `all`: of every policy, else
 * of the first alone. The bars stay those of `x`. */
void exits_deal(const struct exits *x, const struct exits_rules *r, bool all,
                uint64_t seed, struct exits *out);

/* Puts the random times of the first policy where the policy `random` is. */
void exits_take_random(struct exits *x, const struct exits *dealt);

#endif
