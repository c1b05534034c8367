/* regime/odds.h - the probabilities of the four classes at one close, and
 * what made them. Pure.
 *
 * A multinomial logit: eta_k = w_k . u with u = (1, (T-50)/25, (M-50)/25,
 * V/.25) and p = softmax(eta) (regime-science notes 3.2). The terms of every
 * logit are kept, so that the answer can be explained.
 */
#ifndef REGIME_ODDS_H
#define REGIME_ODDS_H

#include "regime/model.h"
#include "regime/score.h"

struct regime_odds {
    double term[CLASS_COUNT][TERM_COUNT]; /* eta_k is the sum of its row */
    double p[CLASS_COUNT];                /* 0 to 1, adding up to 1 */
    enum value_status status; /* all numbers are NO_VALUE unless real, filled */
    int32_t n_used;           /* bars behind the longest score, or 0 */
};

/* No probabilities, and why. */
struct regime_odds regime_odds_none(enum value_status why);

/* May the probabilities be read? */
bool regime_odds_usable(const struct regime_odds *odds);

/* A score that is missing makes the odds missing, with the status that says
 * least. */
struct regime_odds regime_odds_of(const struct regime_model *model,
                                  const struct scores *scores);

/* The probabilities of plain scores, all finite. */
void regime_softmax(const struct regime_model *model, double t, double m,
                    double v, double p[CLASS_COUNT]);

/* p ~ p_1h^w p_4h^(1-w), w = pool_1h: mixed logits, which is the same.
 * Without 1h there is no pool. Without 4h there is none either, because the
 * pool is defined over both and a formula that changes unseen would move p by
 * itself; with `pool_needs_4h` off, 1h stands alone (w = 1). */
struct regime_odds regime_odds_pool(const struct regime_model *model,
                                    const struct regime_odds *odds_1h,
                                    const struct regime_odds *odds_4h);

/* By how much the winner's logit leads the runner-up's, and where that comes
 * from: total = sum of by[]. A tie goes to the later class, the one that asks
 * for more care. */
struct explanation {
    enum regime_class winner, runner_up;
    double total;          /* >= 0; ln(p_winner / p_runner_up) */
    double by[TERM_COUNT]; /* base is the prior of the classes */
};
/* The odds must be usable. */
struct explanation regime_explain(const struct regime_odds *odds);

#endif
