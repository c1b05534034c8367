/* tools/study_try.h - other ways to say pi, learned from the past and asked
 * about what came after.
 *
 * Each takes p of the closed form (exit/hazard.h) with the sigma of its kind
 * and recalibrates it by a logit of one curve for every width:
 *
 *   pi = logistic(b0 + b1 x + b2 x^2/10), x = logit p, p within 1e-4 .. 1-1e-4
 *
 * where b2 may be 0. A close outside has a constant, .89 or the share learned,
 * and no pi is above it. Where a sigma of study_har.h is not there, the try
 * says what the product says, and that is counted.
 *
 * Some have terms of study_around.h in their logit as well, of which the
 * coefficients alone are learned. Where such a term is not known, or fewer than
 * LESSONS_LEAST questions knew it, the try says what its base says.
 */
#ifndef TOOLS_STUDY_TRY_H
#define TOOLS_STUDY_TRY_H

#include "tools/study_around.h"
#include "tools/study_fit.h"
#include "tools/study_har.h"

enum vol_kind { VOL_EWMA, VOL_THREE, VOL_HAR, VOL_HAR_HOUR, VOL_KINDS };
extern const struct har_kind vol_kinds[VOL_KINDS];

struct
try {
    const char *name;
    enum vol_kind vol;
    int terms;     /* of the logit; 0: the product's pi */
    bool outside;  /* learned, not .89 */
    unsigned more; /* of study_around.h, */
    int base;      /* on top of this one, of the same sigma */
};
#define TRIES         20 /* the first is the product's */
#define TRY_BASE      5  /* on which the last ones stand, */
#define TRIES_PLAIN   11 /* from here on */
#define LESSONS_LEAST 1000
extern const struct try tries[TRIES];

struct asked {
    size_t slot;
    int64_t begin_ms;     /* of its grid */
    double down, up;      /* ln distances to the bounds, > 0 inside */
    int32_t week;         /* of begin_ms */
    int file, rule, fold; /* the last for whoever asks */
    bool event, outside;
    unsigned known; /* of study_around.h, once it was asked */
    double p[TRIES];
};

/* Some files and every question about them. */
struct world {
    size_t files, count, room;
    struct course *courses;
    struct har *hars;
    struct asked *asked; /* p is that of the product, the others 0 */
};
void world_add(struct world *w, const struct bars *bars,
               const struct grid_rule *rules, int count);
void world_release(struct world *w);

struct learned {
    struct slopes vol[VOL_KINDS];
    struct logit logit[TRIES];
    size_t lessons[TRIES]; /* questions that knew its terms */
    double outside;
    size_t questions; /* learned from */
};

/* From what was over at `until_ms`: the sigmas from hours whose next 24 h
 * were, the curves from every fourth hour of grids that began `life_hours` and
 * 24 h before it, or earlier. False if a fit has no answer. */
bool learn(struct learned *out, const struct world *w, int64_t until_ms,
           int life_hours);

/* Sets the p of a question. False if a sigma was not there. */
bool try_all(const struct learned *l, const struct world *w,
             struct asked *asked);

#endif
