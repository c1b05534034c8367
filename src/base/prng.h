/* base/prng.h - pseudo-random numbers that are the same on every machine.
 *
 * xoshiro256** seeded by splitmix64, both written from their published
 * definitions (Blackman and Vigna). Only whole numbers and exact operations
 * on doubles are used, no function of libm.
 */
#ifndef BASE_PRNG_H
#define BASE_PRNG_H

#include <stdint.h>

struct prng {
    uint64_t s[4]; /* never all zero */
};

/* One number of splitmix64; advances `state`. */
uint64_t splitmix64(uint64_t *state);

void prng_init(struct prng *p, uint64_t seed);
uint64_t prng_next(struct prng *p);
double prng_uniform(struct prng *p); /* in [0, 1), 53 bits */

/* Mean 0, variance 1: twelve uniforms minus six, so never beyond +-6. */
double prng_normal(struct prng *p);

#endif
