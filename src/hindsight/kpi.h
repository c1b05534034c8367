/* hindsight/kpi.h - how good a policy was over many lives. Pure.
 *
 * A KPI is a row of kpi_table: what one life adds to it (its term), and how
 * the terms make a number. Formulas are those of the regime-science notes 5.2
 * with the corrections of the second study; docs/kpi.md is generated from the
 * table.
 *
 * Every result has n, the cases that could not be judged (`undefined`), those
 * that cannot be judged yet (`pending`) and a 95 % interval:
 *
 *   Wilson     of a share whose lives are one after the other on one symbol,
 *              with H_ft after their alerts where what follows is asked
 *   bootstrap  else: whole calendar weeks are drawn, all symbols of a week
 *              together, and the middle 95 % of the draws is the interval
 *
 * Draws of a share that are all alike, as those of 5 of 5, say nothing: then
 * Wilson, with the weeks that have a case as the trials.
 *
 * Callers give the memory.
 */
#ifndef HINDSIGHT_KPI_H
#define HINDSIGHT_KPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/value.h"
#include "hindsight/life.h"
#include "hindsight/statistic.h"

enum kpi_id {
    KPI_EAW,
    KPI_EAW_RANGE,
    KPI_SLAR,
    KPI_SLAR_LITERAL,
    KPI_MEC,
    KPI_PRR_MEDIAN,
    KPI_PRR_MEAN,
    KPI_PRR_SHARE,
    KPI_PRR_SUMS,
    KPI_PRR_ELIGIBLE,
    KPI_PRR_BOT_UI,
    KPI_PRR_LITERAL,
    KPI_TTDR,
    KPI_TTDR_BASE,
    KPI_TTDR_BASE_GRIDS,
    KPI_TTDR_LIFT,
    KPI_FALSE_EXITS,
    KPI_REGRET,
    KPI_LEAD_HOURS,
    KPI_MISSED,
    KPI_FALSE_MANDATORY,
    KPI_ALERTS,
    KPI_ALERTS_WARNING,
    KPI_ALERTS_LATEST,
    KPI_ALERTS_MANDATORY,
    KPI_LIFE_HOURS,
    KPI_LIFE_BOUNDARY,
    KPI_LIFE_RATIO,
    KPI_CENSORED,
    KPI_PNL,
    KPI_COUNT
};

/* What one life adds: nothing at all when all are 0. */
struct kpi_term {
    double num, den;   /* den > 0: it is a case */
    bool is_case;      /* durations that were cut off are cases with den 0 */
    int32_t undefined; /* cases without a number, */
    int32_t pending;   /* and without one yet */
};

typedef struct kpi_term kpi_term_of(const struct life *l, enum life_side side);

enum kpi_sense { KPI_SHOWN, KPI_AT_LEAST, KPI_AT_MOST };

struct kpi {
    const char *name; /* key in documents */
    const char *unit; /* share, hours, 1/day, per mille, or "" for a ratio */
    enum kpi_sense sense;
    double aim; /* read where the sense is not KPI_SHOWN */
    enum statistic how;
    kpi_term_of *term;
    kpi_term_of *over;    /* of what it is divided by; or NULL */
    const char *function; /* the name of `term` */
    const char *source;
    const char *meaning;
};

extern const struct kpi kpi_table[KPI_COUNT];

struct kpi_ask {
    const struct life *lives;
    size_t count;
    enum life_side side;
    size_t draws; /* of the bootstrap, at least 1000; 0: no interval by it */
    uint64_t seed;
};

/* Memory that is written over: for `count` lives and `draws` draws. */
struct kpi_room {
    struct statistic_row *rows; /* 4 count */
    double *weight;             /* count */
    int32_t *week;              /* count */
    double *draw;               /* draws */
};

struct kpi_result {
    /* unavailable: no case; warmup: none yet, but some pending;
     * not_identified: more than half outlive what was seen */
    struct value value;
    struct value lo, hi; /* not_identified: fewer than two weeks, or more than
                            5 % of the draws have no number */
    size_t n;            /* cases: of a share the trials, else the lives */
    size_t undefined, pending;
    struct value deff; /* of a share by bootstrap: variance of the draws over
                          that of n independent trials */
};

struct kpi_result kpi_of(enum kpi_id id, const struct kpi_ask *ask,
                         const struct kpi_room *room);

/* Every row of the table. */
void kpi_all(const struct kpi_ask *ask, const struct kpi_room *room,
             struct kpi_result out[KPI_COUNT]);

/* This KPI of the lives minus that of `other`, which are the same grids in the
 * same order under another policy: the same weeks are drawn for both. n is the
 * smaller of the two. */
struct kpi_result kpi_difference(enum kpi_id id, const struct kpi_ask *ask,
                                 const struct life *other,
                                 const struct kpi_room *room);

/* One symbol, and each life begins when the one before it is over. */
bool kpi_independent(const struct life *lives, size_t count);

/* Does the value reach its aim? not-applicable where there is none, unknown
 * without a value. `shown`: does the whole interval? */
struct kpi_reached {
    enum answer value, shown;
};
struct kpi_reached kpi_reached(enum kpi_id id, const struct kpi_result *r);

/* Of a share with an aim: how many cases, as alike as these are, it takes until
 * the interval of such a value leaves the aim out. NO_VALUE for other KPIs,
 * without a value, and at the aim. */
double kpi_needed(enum kpi_id id, const struct kpi_result *r);

#endif
