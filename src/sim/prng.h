/* sim/prng.h - pseudo-random numbers that are the same on every machine.
 *
 * xoshiro256** seeded by splitmix64, both written from their published
 * definitions (Blackman and Vigna). Only whole numbers and exact operations
 * on doubles are used, no function of libm.
 */
#ifndef SIM_PRNG_H
#define SIM_PRNG_H

#include <stdint.h>

struct sim_prng {
    uint64_t s[4]; /* never all zero */
};

/* One number of splitmix64; advances `state`. */
uint64_t sim_splitmix(uint64_t *state);

void sim_prng_init(struct sim_prng *p, uint64_t seed);
uint64_t sim_prng_next(struct sim_prng *p);
double sim_prng_uniform(struct sim_prng *p); /* in [0, 1), 53 bits */

/* Mean 0, variance 1: twelve uniforms minus six, so never beyond +-6. */
double sim_prng_normal(struct sim_prng *p);

#endif
