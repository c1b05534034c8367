/* doctor/ - everything to check before going live, executed.
 *
 * Each check is a row of one table (doctor.c): name, what is looked at, how to
 * mend it. It says one line, or one for each grid, file or channel. Nothing is
 * changed: nothing is committed, pushed or ordered, and no key is used for
 * anything but reading. Only `send` makes the phone ring, and says so.
 *
 * No secret is ever printed: a line names the variable.
 */
#ifndef DOCTOR_DOCTOR_H
#define DOCTOR_DOCTOR_H

#include "config/config.h"
#include "run/run.h"

enum doctor_grade { DOCTOR_OK, DOCTOR_SKIPPED, DOCTOR_WARN, DOCTOR_FAIL };
const char *doctor_grade_name(enum doctor_grade grade); /* ok ... FAIL */

struct doctor_line {
    const char *check; /* the name of the row */
    char subject[64];  /* a grid, a variable, a channel; or "" */
    enum doctor_grade grade;
    enum run_exit exit; /* of DOCTOR_FAIL; else RUN_DONE */
    char what[320];     /* one line */
    const char *remedy; /* of warn and FAIL; static */
};

/* Figures of a running grid, to compare with the exchange's app. What is not
 * known is NO_VALUE. */
struct doctor_figures {
    char grid[32], symbol[24], quote[16];
    int64_t slot_ms; /* that they are of, or MOMENT_NONE: there are none yet */
    double lower, upper, stop_below, stop_above, capital, close;
    int64_t lines; /* prices at which it trades; 0: unstated */
    double inventory, avg_cost, realised, unrealised, fees, net;
    const char *source; /* of the position */
};

struct doctor_options {
    const struct config_sources *sources; /* the job's files; borrowed */
    const char *watchdog; /* path of the watchdog's file, which may be absent */
    const char *engine;
    int64_t at_ms; /* of --at, or MOMENT_NONE */
    bool send;     /* one test message to each channel */
};

struct doctor_report {
    struct doctor_line *lines; /* owned */
    size_t line_count;
    struct doctor_figures *figures; /* owned */
    size_t figure_count;
    size_t of[DOCTOR_FAIL + 1]; /* lines of each grade */
    enum run_exit exit;         /* of the worst line, see doctor.c */
};

/* Asks everything. What fails is a line, never a failure of this call. */
void doctor_examine(const struct doctor_options *o, struct doctor_report *out);
void doctor_report_release(struct doctor_report *r);

/* The rows, for the documents; NULL after the last. */
struct doctor_check;
const char *doctor_check_name(size_t i);
const char *doctor_check_what(size_t i);
const char *doctor_check_remedy(size_t i);

#endif
