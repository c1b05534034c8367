/* backtest/two_state.h - a calm and a wild market that alternate. Pure.
 *
 * A hidden Markov chain of two states, whose returns are normal about 0: the
 * baseline that a textbook would take. Fitted by Baum and Welch's (1970)
 * expectation-maximisation, with the forward variables scaled to 1 at each step
 * (Rabiner 1989, V.A); afterwards only filtered forward. The state with the
 * larger deviation is the wild one.
 */
#ifndef BACKTEST_TWO_STATE_H
#define BACKTEST_TWO_STATE_H

#include <stdbool.h>
#include <stddef.h>

struct two_state {
    double sigma[2]; /* calm, wild */
    double stay[2];  /* chance that the state is the same one step later */
    double p;        /* that it is wild now, given all returns so far */
};

/* One return, and what the fit needs to write beside it. */
struct two_state_work {
    double r;
    double forward[2], backward[2], scale;
};

/* 50 rounds. False, and `out` is not to be used, when there are fewer than 100
 * returns, one that is not finite, or no two states to be told apart. */
bool two_state_fit(struct two_state_work *w, size_t count,
                   struct two_state *out);

/* The next return; a number that is not finite tells nothing. */
void two_state_push(struct two_state *m, double r);

#endif
