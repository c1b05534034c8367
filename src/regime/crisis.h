/* regime/crisis.h - the fast path: a 15m bar so large that the classifier,
 * which reads hours, is overruled. Pure.
 *
 * A bar is a hit when any of these says yes (regime-science notes 3.3; limits
 * in the model; on nine decimals):
 *   RETURN     |r| >= 6 sigma
 *   RANGE      true range >= 5 ATR 14
 *   EXPANSION  VER >= 2.5, deseasonalised
 * An outage or a wide spread is no hit: the first is UNKNOWN, the second a
 * line of context. A bar behind bars that are missing or filled flat closes
 * their move as well: its return, over k bars, is divided by sqrt(k), the scale
 * of a sum of k independent returns, and its range is its own high - low.
 *
 * A crisis begins with a hit and outlasts the last one by 16 bars (4 h; bars
 * are counted, not runs): the hit and the 16 bars after it are in it. A bar on
 * which no test can be asked uses up none of the 16. Outside a crisis, a bar
 * on which no test says yes and one cannot be asked is unknown.
 *
 * While it lasts, the pooled label is TRANSITION, or TREND if any of its hits
 * closed outside the 24 h before it, and confidence is 0. The notes let pi read
 * the largest |r| besides; it does not, engine/evaluate.c says why.
 */
#ifndef REGIME_CRISIS_H
#define REGIME_CRISIS_H

#include "base/value.h"
#include "regime/model.h"

enum crisis_test {
    CRISIS_RETURN,
    CRISIS_RANGE,
    CRISIS_EXPANSION,
    CRISIS_TESTS
};
const char *crisis_test_name(enum crisis_test test); /* return, range, ... */

/* Of one closed 15m bar. */
struct crisis_inputs {
    struct value r;        /* its log return from the last real close, over */
    int64_t span;          /* so many bars, 1 or more */
    struct value sigma;    /* EWMA volatility per 15m bar, half-life 24 h, of
                              the bars before it: it does not vouch for itself */
    struct value range;    /* its true range (span 1) or high - low, */
    struct value atr;      /* ATR 14 with it, both in the quote currency */
    struct value ver;      /* deseasonalised */
    struct value close;    /* its close, and */
    struct value high_24h; /* the highest high and */
    struct value low_24h;  /* the lowest low of the 24 h before it */
};

/* Plain old data: a copy is a snapshot. */
struct crisis {
    struct value size[CRISIS_TESTS]; /* what the newest bar measured: |r|/sigma,
                                        range/ATR, VER */
    enum answer answer;       /* is there a crisis? yes, no, na, unknown */
    bool hit;                 /* the newest bar was one */
    bool trend;               /* a hit closed outside the 24 h before it */
    bool fired[CRISIS_TESTS]; /* the tests that the last hit met; all false
                                 outside a crisis */
    int32_t left; /* bars that it outlasts the newest one by, if all is calm */
    int32_t ago;  /* counted back from the newest bar, which is 1: the newest
                     one in a crisis; 0: none was yet */
};

void crisis_init(struct crisis *c);

void crisis_push(struct crisis *c, const struct crisis_limits *limits,
                 const struct crisis_inputs *in);

/* What the crisis makes of a pooled label: itself when there is none. */
enum regime_label crisis_label(const struct crisis *c, enum regime_label label);

/* What it makes of a confidence. One without a value stays without. */
struct value crisis_confidence(const struct crisis *c, struct value confidence);

#endif
