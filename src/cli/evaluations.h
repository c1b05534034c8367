/* cli/evaluations.h - a file of verdicts: for each slot a line
 * `--- # SOURCE GRID SLOT` and the `evaluation` of its exit document, to the
 * byte as the job records it. Whoever computes a slot once more can be held to
 * the record with cmp(1).
 */
#ifndef CLI_EVALUATIONS_H
#define CLI_EVALUATIONS_H

#include "engine/evaluate.h"
#include "sys/text.h"

#define EVALUATIONS_MAX ((size_t)1 << 30) /* bytes of a file */

/* Appends one. `exits` is what the grid is watched with. -1 when the text is
 * full, or a number may stand in no document. */
int evaluations_add(struct text *out, const char *source,
                    const struct evaluation *e, const struct grid *grid,
                    const struct exit_config *exits, struct error *err);

#endif
