/* cli/act.h - an operator's action: an event in the history of a grid and an
 * audit event, of one grid or several, in one commit.
 *
 * act_begin(), then for each grid act_read() and act_put(), then act_commit();
 * act_end() frees and may be called at any time. What was done is told on
 * stdout: a line for people, or with --json one of JSON for each grid.
 */
#ifndef CLI_ACT_H
#define CLI_ACT_H

#include "cli/command.h"
#include "run/edit.h"

/* What was done to one grid. */
struct act_done {
    struct operator_document what;
    enum grid_status status; /* of the grid now */
    size_t given_up;         /* events that its history had no room for */
    char words[240];         /* "btc-a: paused" */
};

struct act {
    const struct context *context; /* borrowed, as `note` */
    struct edit edit;
    const char *note;     /* of --note, or "" */
    char by[GRID_ID_MAX]; /* of --by, else who is logged in, or "" */
    struct act_done *done;
    size_t done_count;
};

/* The command's own option of that name, or NULL. */
const char *act_option(const struct context *c, const char *name);

/* FAULT_USAGE for a --note or --by that no document may hold. */
int act_begin(struct act *a, const struct context *c, struct error *err);
void act_end(struct act *a);

/* The grid of the tip; a name that is not there is the caller's slip. */
int act_read(struct act *a, const char *id, struct grid *g, struct error *err);

/* Appends the event to the history of `g`, whose other members may have been
 * changed, and records both. `what` holds all that is not of the edit; with
 * no word of `why`, the --note stands in the history. `words` is what was
 * done, without the name of the grid. FAULT_USAGE when the grid cannot be so,
 * or when --at is before its newest event. */
int act_put(struct act *a, struct grid *g, enum grid_event event,
            const struct operator_document *what, const char *why,
            const char *words, struct error *err);

/* Commits and tells, or with --dry-run tells only. */
int act_commit(struct act *a, struct error *err);

/* Says on stderr what news at the remote cost: edits made here before that were
 * not taken, and why own commits could not be put on its tip. */
void act_tell_rebuilt(const struct edit *e);

/* The exit code, and frees. */
enum run_exit act_finish(struct act *a, int rc, const struct error *err);

#endif
