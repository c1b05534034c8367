/* cli/explain.h - one recorded slot of a grid, told on one screen: why the
 * state is what it is, what would change it, what is normal.
 *
 * Only documents are read, so the same answer can be had years later. What is
 * not there says why. Nothing here reads the repository or the clock.
 */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "record/document.h"
#include "sys/text.h"

#define EXPLAIN_COLUMNS 100
#define EXPLAIN_LINES   40

struct explain {
    const struct grid *grid;
    const struct exit_document *exit;
    const struct metrics_document *metrics; /* of the same slot, or NULL */
    const char *no_metrics;                 /* then why */
    const struct state_document *state;     /* or NULL */
    const char *no_state;                   /* then why */
    const struct exit_config *limits; /* that the slot was decided by, or NULL:
                                         not known here */
    int64_t now_ms;
};

/* At most EXPLAIN_LINES lines of EXPLAIN_COLUMNS characters. */
void explain_text(const struct explain *x, struct text *out);

/* One line of JSON with stable keys. */
void explain_json(const struct explain *x, struct text *out);

#endif
