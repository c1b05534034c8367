/* tests/unit/regime/made_rows.h - a market that drifts between calm and trend,
 * with holes in its data: the same bits that tests/oracles/regime_reference.py
 * makes of the same seed. */
#ifndef UNIT_MADE_ROWS_H
#define UNIT_MADE_ROWS_H

#include "market/bar.h"
#include "regime/score.h"

#define MADE_LATENT 3

struct made_rows {
    uint64_t state;
    int64_t next; /* number of the next row */
    double now[TF_COUNT][MADE_LATENT], aim[TF_COUNT][MADE_LATENT];
};

void made_rows_init(struct made_rows *m, uint64_t seed);

/* 0 up to, not including, 1. */
double made_uniform(struct made_rows *m);

/* The next row, and whose it is: every fifth, from the first on, is 4h. */
enum timeframe made_row(struct made_rows *m, struct score_inputs *out);

#endif
