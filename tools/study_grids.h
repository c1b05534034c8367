/* tools/study_grids.h - hypothetical grids, what pi said of them while they
 * lived, and what became of them.
 *
 * One grid a day at 00:00 UTC, centred on the close: bounds at
 * C exp(-+ width ATR14(4h) / C), stop one ATR14(4h) below the lower bound. It
 * lives until its event or for `life_hours`. The event: two successive 1h
 * closes outside on the same side, or a 15m low at the stop or below. A close
 * that is outside when pi is asked counts as the first of the two.
 *
 * pi is exit/hazard.h's, its volatilities those of all 15m bars of the file so
 * far; ATR is Wilder's of the 4h bars so far. The product starts all at its
 * canonical window, 1024 bars and more ago: what is older has at most .0006 of
 * the weight in vol_haz squared, .23 in vol_slow squared, 1e-33 in ATR.
 */
#ifndef TOOLS_STUDY_GRIDS_H
#define TOOLS_STUDY_GRIDS_H

#include "exit/hazard.h"
#include "tools/study_bars.h"
#include "tools/study_stats.h"

/* A file slot by slot: slot i is the 15m bar that opens at first_ms + 15 min i.
 * Without that bar, the numbers are NO_VALUE. */
struct course {
    size_t slots;
    int64_t first_ms;
    double *close, *low;
    double *sigma;       /* vol_haz at the close of the slot, */
    double *fast, *slow; /* and the other two of metrics/vol_rank.h */
    double *atr;         /* ATR14(4h) at that close, from 100 4h bars on */
    double *hour_close;  /* of the hour that ends with the slot */
};

/* What pi reads at a slot; a volatility that is not there is in warmup. */
struct volatility course_volatility(const struct course *t, size_t slot);

void course_init(struct course *t, const struct bars *bars);
void course_release(struct course *t);

struct grid_rule {
    double width; /* half, in ATR14(4h) */
    int life_hours;
    int every; /* slots from one question to the next */
};

/* Forecasts of the event within 24 h; blocks are calendar weeks (from Monday)
 * of the day on which a grid began. */
struct outcomes {
    enum hazard_model model; /* that is asked; of whoever adds */
    size_t count, room;
    struct forecast *at;
    size_t grids;   /* that were asked at least once */
    size_t cut;     /* questions whose 24 h reach past the end: left out */
    size_t absent;  /* no bar, or no sigma: left out */
    size_t stopped; /* grids whose life ended at the stop, */
    size_t broken;  /* and by two closes */
};

/* One question, of a grid that lives: slot's close is finite, sigma too. */
struct question {
    size_t slot;
    int64_t begin_ms; /* when the grid began, a midnight */
    double close, lower, upper;
    bool event; /* it came within 24 h */
};
typedef void question_fn(void *arg, const struct question *q);

/* Each question of the grids of a course, in order of the grids; `o` gets the
 * counts alone. */
void grids_ask(struct outcomes *o, const struct course *t,
               const struct grid_rule *rule, question_fn *take, void *arg);

/* Adds the grids of a course. */
void outcomes_add(struct outcomes *o, const struct course *t,
                  const struct grid_rule *rule);
void outcomes_release(struct outcomes *o);

/* The block of a grid that began then, and when its week begins. */
int32_t outcomes_week(int64_t begin_ms);
int64_t outcomes_monday(int32_t block);

/* When the event of a grid happens: the first slot after `begin`, and before
 * `end`, whose close completes it, or `end`. */
struct edges {
    double lower, upper, stop;
};
size_t edges_event(const struct edges *e, const struct course *t, size_t begin,
                   size_t end, bool *is_stop);

#endif
