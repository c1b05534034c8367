/* sim/options.h - the command line of gridwatch-sim. */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "sim/market.h"
#include "sim/regimes.h"
#include "sim/walk.h"

struct sim_serve_options {
    uint16_t port;                    /* 0: a free one */
    const char *port_file, *received; /* or NULL */
    const char *token, *user;         /* or NULL */
    const char *attachments;          /* a directory, or NULL */
    int64_t attachment_max;           /* bytes, or 0 */
    bool running;                     /* the clock */
    int64_t now_ms;                   /* or MOMENT_NONE */
    struct sim_market market;         /* filled from --data and --walk; owned */
};

struct sim_bars_options {
    struct sim_walk walk;
    struct sim_regimes_plan regimes; /* of 0 hours: the walk is wanted */
    bool script;                     /* the walk's milestones, no bars */
    bool truth;                      /* the regime of each hour, no bars */
};

/* `argv` without program and command; texts are borrowed from it. FAULT_USAGE
 * when the line is wrong; otherwise a file could not be loaded. What the
 * options own is to be released also then. */
int sim_serve_options(int argc, char *const *argv, struct sim_serve_options *o,
                      struct error *err);
int sim_bars_options(int argc, char *const *argv, struct sim_bars_options *o,
                     struct error *err);

#endif
