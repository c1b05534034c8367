/* tools/study_feed.h - the classifier over a long series of 1h bars.
 *
 * The families, scores and odds are the product's, fed as engine/measure.c
 * feeds them: at one time 4h before 1h, 4h bars made of the 1h bars, the
 * hour-of-week profile of the eight weeks before. But one feed runs through
 * the whole series, where the product begins anew at its canonical window;
 * there are no 15m bars, so there is no crisis.
 */
#ifndef TOOLS_STUDY_FEED_H
#define TOOLS_STUDY_FEED_H

#include "regime/chain.h"
#include "tools/study_bars.h"

/* What is stated at one 1h close. Only closes with all four are kept. */
enum form {
    FORM_1H,       /* odds of 1h alone */
    FORM_1H_RAW,   /* the same with VER as it is, not deseasonalised */
    FORM_POOL,     /* pooled with 4h */
    FORM_SMOOTHED, /* pooled, then EMA: what the product shows */
    FORM_COUNT
};

struct reading {
    size_t bar; /* index of the 1h bar */
    double t, m;
    double t_df, vr8; /* what M is made of */
    double p[FORM_COUNT][CLASS_COUNT];
    enum regime_label label; /* pooled */
};

struct readings {
    size_t count;
    struct reading *at; /* owned */
};

/* Replaces what is in `out`. */
void readings_take(struct readings *out, const struct bars *hours);
void readings_release(struct readings *r);

#endif
