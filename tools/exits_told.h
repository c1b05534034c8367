/* tools/exits_told.h - some of the grids, and what their lives come to in a
 * cell of a table. */
#ifndef TOOLS_EXITS_TOLD_H
#define TOOLS_EXITS_TOLD_H

#include "hindsight/kpi.h"
#include "tools/exits_run.h"

/* Markets that were followed. */
struct exits {
    struct exits_market *markets; /* owned */
    size_t count;
};
void exits_release(struct exits *x);

/* Which grids: NO_VALUE any half-width; starts in [from, until). */
struct exits_part {
    double width;
    int64_t from_ms, until_ms;
};
#define EXITS_SPLIT_MS                                                         \
    INT64_C(1640995200000) /* 2022-01-01: chosen before,                       \
                              confirmed from it on */
#define EXITS_PERIODS 3    /* before, from, all */
struct exits_part exits_part_of(double width, int period);
const char *exits_period_name(int period);

/* Lives of one policy, as many as there are grids, to be freed. */
struct exits_lives {
    size_t count;
    struct life *at;
};
typedef const struct life *exits_choose(const struct exits_grid *g,
                                        const void *what);
/* Those that `choose` does not give NULL for. */
struct exits_lives exits_choice(const struct exits *x,
                                const struct exits_part *part,
                                exits_choose *choose, const void *what);

/* Choices: `what` is an index, a size_t, of the policy; of the delay; of the
 * limit of pi. */
exits_choose exits_of_policy, exits_of_delay, exits_of_limit;

/* Both sides, 1000 draws, seed 1. */
struct kpi_result exits_kpi(enum kpi_id id, const struct exits_lives *lives);
struct kpi_result exits_kpi_difference(enum kpi_id id,
                                       const struct exits_lives *lives,
                                       const struct exits_lives *other);

/* The share whose operator left; NO_VALUE of none. */
double exits_share_left(const struct exits_lives *l);

/* ".899 [.882, .915]", "-" without a value. */
#define EXITS_CELL 48
const char *exits_cell(const struct kpi_result *r, char out[EXITS_CELL]);
const char *exits_number(double v, char out[EXITS_CELL]);

#endif
