/* cli/wish.h - what `grid propose SYMBOL` was asked for.
 */
#ifndef CLI_WISH_H
#define CLI_WISH_H

#include "cli/command.h"
#include "position/grid.h"

/* The options of its own that it takes. */
#define WISH_TAKES " market side capital kappa "

struct wish {
    struct grid grid; /* symbol, market, side, capital and quote; no range */
    double kappa;     /* of --kappa, else as configured */
};

/* FAULT_USAGE for what is not known, not a number or not asked here. */
int wish_read(const struct context *c, struct wish *out, struct error *err);

#endif
