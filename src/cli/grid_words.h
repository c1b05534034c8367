/* cli/grid_words.h - the words of `gridwatch grid`, each in its file. */
#ifndef CLI_GRID_WORDS_H
#define CLI_GRID_WORDS_H

#include "cli/act.h"

/* `grid create`: the grid as the options describe it, its history still empty.
 * FAULT_USAGE. */
int grid_describe(const struct context *c, const char *id, int64_t at_ms,
                  struct grid *g, struct error *err);

/* `grid change`: what the options name becomes so. `why` is what changed, the
 * old and the new ("lower 56400 -> 55000"), and the --note behind it.
 * FAULT_USAGE when nothing is named, or nothing would be other than it is. */
int grid_redescribe(const struct context *c, struct grid *g,
                    char why[GRID_NOTE_MAX], struct error *err);

/* Each does what its name says to the grid of that id, up to the commit. */
int grid_create(struct act *a, const char *id, struct error *err);
int grid_start(struct act *a, const char *id, struct error *err);
int grid_pause(struct act *a, const char *id, struct error *err);
int grid_resume(struct act *a, const char *id, struct error *err);
int grid_change(struct act *a, const char *id, struct error *err);
int grid_stop_it(struct act *a, const char *id, struct error *err);

/* Says on stderr when the stop, or the range, leaves no time to warn, and when
 * M_EQUITY does not watch the loss. */
void grid_warn(const struct act *a, const struct grid *g);

/* `grid show ID`, or with NULL `grid list`. */
int grid_look(const struct context *c, const char *id, struct error *err);

#endif
