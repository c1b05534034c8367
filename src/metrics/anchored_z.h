/* metrics/anchored_z.h - how far a price is from where its grid began, and
 * whether it fails to come back. Pure.
 *
 *   z_g = ln(C / G) / sigma_st
 *
 * G is the centre of the grid, sigma_st the standard deviation of ln C over
 * the 100 bars before its start, at least one ATR(4h) (RS 2.13). Both are
 * frozen: a rolling z centres itself anew in a trend and "reverts" without the
 * price coming back. Dimensionless, any sign.
 *
 * Reversion failure: armed at |z| >= 2, or at .75 of the half-width of the
 * grid if that is nearer; back when |z| <= .5 (half of the arming level where
 * that is less) or when z is seen on the other side; failed when it was not
 * back within K = ceil(3 HL) bars, 12 <= K <= 72. Being back ends failure.
 * P(not back after 3 half-lives) is .11 for an OU process, .60 for a random
 * walk, .90 for a drift of .2 sd per bar.
 */
#ifndef METRICS_ANCHORED_Z_H
#define METRICS_ANCHORED_Z_H

#include <stddef.h>
#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"

/* sigma_st of the last `n` bars before the start: with n - 1 in the
 * denominator, at least `atr_frac` (ATR(4h) as a share of the close, > 0).
 * Unavailable with fewer than 2 bars. */
struct value anchored_z_sigma(const struct bar *bars, size_t n,
                              double atr_frac);

/* Flat when sigma <= 1e-12, unavailable when an argument is not finite or
 * when a price is not above 0. */
struct value anchored_z(double close, double centre, double sigma);

struct reversion_rule {
    double arm, back; /* limits of |z|, back < arm */
    int32_t patience; /* K in bars; 0: no baseline, never evaluated */
};

/* `half_width` is ln(upper / lower) / 2, > 0. `half_life` is the frozen
 * baseline in bars: HUGE_VAL gives the longest patience, NO_VALUE gives 0. */
struct reversion_rule reversion_rule(double half_width, double sigma,
                                     double half_life);

/* All zero is the start. A byte copy is a snapshot. */
struct reversion {
    int32_t side;  /* -1 or 1 while armed, else 0 */
    int32_t since; /* closes since the one that armed it */
    bool failed;
};

/* Feeds the z of one closed 1h bar. One that is not usable changes nothing. */
void reversion_step(struct reversion *r, const struct reversion_rule *rule,
                    struct value z);

/* yes: failed; no: armed, and there is time; na: not armed, or no baseline.
 * A missing z is the caller's to answer. */
enum answer reversion_answer(const struct reversion *r,
                             const struct reversion_rule *rule);

#endif
