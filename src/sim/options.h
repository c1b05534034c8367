/* sim/options.h - the command line of gridwatch-sim. */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "sim/market.h"
#include "sim/regimes.h"
#include "sim/walk.h"

#define SIM_WALKS_MAX 16

struct sim_serve_options {
    uint16_t port;                    /* 0: a free one */
    const char *port_file, *received; /* or NULL */
    const char *token, *user;         /* or NULL */
    const char *attachments;          /* a directory, or NULL */
    int64_t attachment_max;           /* bytes, or 0 */
    bool running, standing;           /* the clock; the second when said */
    int64_t now_ms;                   /* or MOMENT_NONE: the machine's */
    bool break_now;                   /* said of break_ms */
    int64_t break_ms;                 /* when walks break, or MOMENT_NONE: as
                                         their script says */
    size_t walk_count;
    const char *walks[SIM_WALKS_MAX]; /* SYMBOL=SEED each */
    struct sim_market market;         /* filled from --data and --walk; owned */
};

struct sim_bars_options {
    struct sim_walk walk;
    struct sim_regimes_plan regimes; /* of 0 hours: the walk is wanted */
    bool script;                     /* the walk's milestones, no bars */
    bool truth;                      /* the regime of each hour, no bars */
};

/* `argv` without program and command; texts are borrowed from it. `wall_ms` is
 * the machine's time. FAULT_USAGE when the line is wrong, or makes a market
 * that is over, or has not begun, by the machine's clock; otherwise a file
 * could not be loaded. What the options own is to be released also then. */
int sim_serve_options(int argc, char *const *argv, int64_t wall_ms,
                      struct sim_serve_options *o, struct error *err);
int sim_bars_options(int argc, char *const *argv, struct sim_bars_options *o,
                     struct error *err);

#endif
