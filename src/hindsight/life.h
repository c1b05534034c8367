/* hindsight/ - what is known only afterwards: labels of what became of a range,
 * and the KPIs of the exit rules. No folder whose answers become a signal may
 * include it (tests/lint/layers.txt), so no signal can read the future.
 *
 * hindsight/life.h - one grid's life under one policy in a backtest. Pure.
 *
 * Plain data. Times are milliseconds UTC and MOMENT_NONE where the thing never
 * happened (before known_end_ms); money is in the quote currency and NO_VALUE
 * where it is not known. e is net liquidation P&L: quote cash + base * close *
 * (1 - fee) - capital.
 *
 * Three stretches of time: a policy is followed from start_ms to window_end_ms;
 * the same grid left running, its "continuation", whose only end is its stop,
 * is known to known_end_ms, which is later where there are more candles. What
 * is said of the continuation depends on the range, the stop and the candles
 * only: it is the same for every policy.
 */
#ifndef HINDSIGHT_LIFE_H
#define HINDSIGHT_LIFE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/moment.h"
#include "base/value.h"

/* T_c: how soon an exit must follow a MANDATORY. */
#define LIFE_REACTION_MS (60 * MS_PER_MINUTE)

/* Of each event that has a side there are two readings. A spot long grid that
 * leaves its range upward holds only quote currency: no loss. */
enum life_side {
    LIFE_BOTH, /* either side */
    LIFE_DOWN, /* downward only: what happens above does not count as an event,
                  and the continuation goes on */
    LIFE_SIDES
};

/* Why the first alert of LATEST or MANDATORY came. */
enum life_reason {
    LIFE_NO_ALERT,
    LIFE_TRANSITION, /* L_HAZ L_TRANS L_HL L_VER L_Z, or a baseline's rule */
    LIFE_GUARD,      /* L_GUARD, or another rule on equity alone */
    LIFE_MANDATORY,  /* MANDATORY with no LATEST before it */
    LIFE_OTHER       /* L_CRISIS, by hand, at random */
};

/* Whole hours start_ms + k h, k >= 1, at which the continuation still runs:
 * before its M, its S and window_end_ms. life_hour_add() counts them. */
struct life_hours {
    int32_t live;    /* whose H_ft is known to the end, or M or S came in it */
    int32_t follow;  /* of these: M or S came within H_ft */
    int32_t pending; /* whose H_ft reaches past known_end_ms: not in `live` */
};

struct life {
    int32_t symbol; /* index in the caller's list */
    int32_t week;   /* life_week(start_ms): drawn together in a bootstrap */

    /* The grid. */
    int64_t start_ms, window_end_ms, known_end_ms;
    double capital;        /* > 0 */
    double half_width_atr; /* of the range, in ATR14(4h) at the start */
    double stop_atr;       /* distance of the stop below the lower bound */
    double half_width;     /* the same as a logarithm: ln(upper / lower) / 2 */
    double sigma_1h;       /* of a 1h log return, known at the start, frozen */
    double activation;     /* A* at the start (life_activation), frozen */

    /* The policy: slots (bar closes) of its first verdict of at least that
     * state until its exit or window_end_ms. */
    int64_t delay_ms; /* from the verdict to the exit, this operator's */
    int64_t first_warning_ms, first_latest_ms, first_mandatory_ms;
    enum life_reason reason; /* of the first LATEST or MANDATORY, */
    bool alert_down;         /* and whether its side is the lower one */
    bool mandatory_down;     /* the same of first_mandatory_ms */
    int32_t alerts[3];       /* messages sent: WARNING, LATEST, MANDATORY */
    int32_t mandatory;       /* MANDATORY verdicts begun before any stop, whose
                                T_c is known and without a stop before it ends
                                or the exit comes, */
    int32_t met;             /* and of these: exit within T_c */

    /* How it ended. An exit's verdict came in the window; the exit itself may
     * be `delay_ms` later. Without one, the stop or the window ended the life.
     * What follows is at life_end(), peaks are from start_ms to then. */
    int64_t exit_ms;        /* t_x; MOMENT_NONE also when the stop came first */
    double end_equity;      /* e */
    double end_realised;    /* of it completed cells, KuCoin's grid profit: the
                               sale of the rest, the stop's too, is not in it */
    double peak_equity;     /* max e */
    double peak_unrealised; /* max (e - realised) */

    /* The continuation. M: the close that completes the boundary (two 1h
     * closes outside on the same side), or the stop; S: the stop's fill. */
    int64_t m_ms[LIFE_SIDES], s_ms[LIFE_SIDES];
    /* Its e at the first of M, S and t_x + H_ft; NO_VALUE without an exit, or
     * when that moment is after known_end_ms or not after t_x. */
    double later_equity;
    struct life_hours hours[LIFE_SIDES];
};

/* Weeks from Monday 00:00 UTC since Monday 1969-12-29, whose week is 0. */
int32_t life_week(int64_t ms);

/* A* = max(1 % of capital, 1.65 * V * sigma_1h * sqrt(1.25) / .25) with V half
 * of capital: a give-back of a quarter that noise and an hour's reaction do
 * not explain (regime-science notes 4.2). NO_VALUE without a sigma >= 0. */
double life_activation(double capital, double sigma_1h);

/* H_ft = clip(.5 (half_width / sigma_1h)^2 hours, 24 h, 14 d): how long an
 * alert may wait for its event. MOMENT_NONE unless both are finite,
 * half_width > 0 and sigma_1h >= 0 (which gives 14 d). */
int64_t life_follow_ms(const struct life *l);

/* M or S of the continuation, whichever came first. */
int64_t life_event(const struct life *l, enum life_side side);

/* One hour of the continuation, by its time; the rest of the life but `hours`
 * is filled in already. To be called for every whole hour start_ms + k h below
 * window_end_ms, in any order; hours after an event count for nothing.
 * `lower_half`: the close is nearer to the lower bound; only such hours enter
 * LIFE_DOWN, whose alerts are those of the lower side. */
void life_hour_add(struct life *l, int64_t hour_ms, bool lower_half);

/* The first alert that calls for an exit: LATEST or MANDATORY. */
int64_t life_alert(const struct life *l);

/* When the grid ended under its policy: exit, stop or window_end_ms. */
int64_t life_end(const struct life *l);

/* Nothing ended it but the window: neither exit nor M, S nor a MANDATORY of
 * this side by then. */
bool life_censored(const struct life *l, enum life_side side);

/* The life of the same grid under "boundary only": M + delay, the stop, or
 * window_end_ms, which then is `*censored`. Milliseconds. */
int64_t life_boundary_only(const struct life *l, bool *censored);

#endif
