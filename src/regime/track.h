/* regime/track.h - from probabilities at each close to a label that does not
 * flicker. Pure.
 *
 * One chain per timeframe, and one for the pool; each counts its own closes.
 * p is smoothed, ema <- ema + a (p - ema) with a = .5, the first p as it is.
 * Then, with q = p_TRANSITION + p_TREND of the smoothed p (regime-science
 * notes 3.3; limits in the model; every comparison on nine decimals):
 *   any        -> TREND       p_TREND >= .60 on one bar
 *   TREND      -> TRANSITION  p_TREND < .45; never straight to a range
 *   TRANSITION -> range       q <= .35 on 2 successive bars; the bar on which
 *                             TREND was left counts as one of them
 *   range      -> TRANSITION  q >= .50
 * The first label is chosen as if the market had been in a range. Within a
 * range, OK and WEAK change places when the other leads by .05; a range that
 * is entered is OK if p_OK > p_WEAK, else WEAK.
 *
 * A bar without probabilities has the label UNKNOWN and breaks every run. The
 * smoothed p and the last known label are frozen: the next known bar goes on
 * from them.
 */
#ifndef REGIME_TRACK_H
#define REGIME_TRACK_H

#include "regime/odds.h"

#define FALL_BARS 3 /* successive closes that p_range falls on */

/* Plain old data: a copy is a snapshot. */
struct regime_track {
    double ema[CLASS_COUNT];       /* read only once `known` is above 0 */
    double p_range[FALL_BARS + 1]; /* of successive known bars, newest first */
    int32_t known;                 /* bars with probabilities since the start */
    enum value_status status;      /* of the newest bar */
    enum regime_label label;       /* of the newest bar */
    enum regime_label held;        /* of the newest known bar, or UNKNOWN */
    int32_t run;                   /* successive bars with `label` */
    int32_t range_run;             /* successive bars with either range label */
    int32_t quiet_run;             /* successive bars with q <= .35 */
    int32_t successive;            /* known bars since the last break */
};

void regime_track_init(struct regime_track *t);

/* Feeds one close. */
void regime_track_push(struct regime_track *t, const struct regime_model *model,
                       const struct regime_odds *odds);

/* Breaks every run without a bar: for a stop of trading that was closed up
 * (BAR_GAP). Label and smoothed p stay; to be called before the push of the
 * first bar after the stop. */
void regime_track_break(struct regime_track *t);

/* The smoothed p at the newest close; no value, with its status, when that
 * close had none. */
struct value regime_track_p(const struct regime_track *t,
                            enum regime_class class);
struct value regime_track_q(const struct regime_track *t);       /* X + TREND */
struct value regime_track_p_range(const struct regime_track *t); /* OK + WEAK */

/* The part of the confidence that matters to a grid: has the smoothed p_range
 * fallen on each of 3 successive closes (four values), and by how much in all?
 * `falling` is unknown, and `drop` in warmup, before four successive known
 * bars; else `drop` is the oldest of the four less the newest, > 0 if it
 * fell. */
struct regime_fall {
    enum answer falling; /* yes, no, unknown */
    struct value drop;
};
struct regime_fall regime_track_fall(const struct regime_track *t);

#endif
