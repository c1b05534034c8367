/* tools/exits_skill.h - net profit of each policy less that of its own random
 * times, of many dealings (tools/exits_deal.h).
 *
 * Two things are left to chance: which weeks there were, and which dealing was
 * made of them. The first is each dealing's 95 % interval, by calendar week;
 * the second how far the dealings are apart, s, their standard deviation. What
 * is shown is the mean of both over the dealings, and the interval of a single
 * dealing with both in it, as if they were independent:
 *
 *   lo = d - sqrt((d - mean of lo)^2 + (1.96 s)^2), and likewise hi
 *
 * The mean of the dealings is surer than that.
 */
#ifndef TOOLS_EXITS_SKILL_H
#define TOOLS_EXITS_SKILL_H

#include "backtest/policy.h"
#include "sys/text.h"
#include "tools/exits_told.h"

#define SKILL_DEALINGS 20

struct skill_sum {
    size_t count; /* dealings with a value and an interval */
    double value[SKILL_DEALINGS];
    double lo, hi, left; /* sums */
};

struct exits_skill {
    struct skill_sum of[EXITS_WIDTHS][POLICY_COUNT];
};

/* One more dealing; at most SKILL_DEALINGS. */
void exits_skill_add(struct exits_skill *s, const struct exits *x,
                     const struct exits *dealt);

/* Mean, spread and interval of so many dealings, by the formula above. */
struct skill_result {
    double mean, apart, lo, hi; /* NO_VALUE without two dealings */
};
struct skill_result exits_skill_of(const struct skill_sum *s);

void exits_skill_say(struct text *t, const struct exits *x,
                     const struct exits_skill *s, size_t width);

#endif
