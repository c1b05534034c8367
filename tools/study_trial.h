/* tools/study_trial.h - the classifier on a market whose regime is known.
 *
 * Log loss is the mean of -ln p of the true class, p at least 1e-6. The
 * climatology is the log loss of a forecaster who knows the shares of the four
 * regimes in this very sample and nothing else; the gain is how much less the
 * classifier loses. The calibration error (ECE) is the mean over the classes of
 * the mean |p - share that it was| over tenths of p.
 */
#ifndef TOOLS_STUDY_TRIAL_H
#define TOOLS_STUDY_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sys/text.h"
#include "tools/study_feed.h"

/* One close: what was said, and what it was. */
struct trial_row {
    double p[FORM_COUNT][CLASS_COUNT];
    int32_t block; /* week of its seed */
    enum regime_class truth;
    enum regime_label label;
};

struct trial {
    size_t count;
    struct trial_row *at; /* owned */
    size_t seeds;
    size_t *end;                /* owned: where each seed's rows end */
    double share[CLASS_COUNT];  /* of the rows */
    double market[CLASS_COUNT]; /* of all hours, those before the first row
                                   included */
};

/* `seeds` markets, 2 to 20, of `hours` each; the first has seed `first`. */
void trial_run(struct trial *t, uint64_t first, size_t seeds, size_t hours);
void trial_release(struct trial *t);

struct quality {
    double loss, climate, ece, auc[CLASS_COUNT];
};
struct quality trial_quality(const struct trial *t, enum form form);

/* Tables: shares, forms of p, reliability, labels. */
void trial_say(struct text *out, const struct trial *t);

#endif
