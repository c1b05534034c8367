/* cron/cron_internal.h - an expression while it is being read. */
#ifndef CRON_CRON_INTERNAL_H
#define CRON_CRON_INTERNAL_H

#include "cron/cron.h"

#define CRON_BLANKS " \t\r\n\v\f"

/* A piece of the text, and where the text begins. */
struct piece {
    const char *text, *at, *end;
};

int cron_column(const struct piece *p); /* of its begin, from 1 */

/* Takes the next word of the text; false when there is none: `word` is then
 * empty, at the end. */
bool cron_take_word(struct piece *rest, struct piece *word);
bool cron_is_word(const struct piece *p, const char *word);

/* The expression of `rest`, which begins with @. */
int cron_take_at_word(struct piece rest, struct cron *out, struct error *err);

#endif
