/* cli/backtest_wish.h - what the command line of `gridwatch backtest` asks for.
 */
#ifndef CLI_BACKTEST_WISH_H
#define CLI_BACKTEST_WISH_H

#include "cli/backtest.h"
#include "cli/command.h"

struct backtest_wish {
    struct backtest_ask ask; /* without the given grids and the evaluations */
    int64_t delay_ms;        /* whose KPIs are told */
    const char *data, *symbols, *lives, *evaluations; /* or NULL; borrowed */
    bool merge;                                       /* of files of lives */
    bool shard; /* one of several: it may have no files */
};

/* FAULT_USAGE for what is no number or word, for a source too few or too many,
 * and for an option that this source of lives does not read. */
int backtest_wish(const struct context *c, struct backtest_wish *out,
                  struct error *err);

#endif
