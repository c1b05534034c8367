/* cli/status_money.h - money on the screen of `gridwatch status`. */
#ifndef CLI_STATUS_MONEY_H
#define CLI_STATUS_MONEY_H

#include "position/totals.h"
#include "record/document.h"
#include "sys/text.h"

/* One line of a grid: capital at risk, what 12 h may give back, the stop in
 * ATR(4h), net PnL and where the position is known from. What is not known is
 * named with its status. */
void status_put_money(struct text *out, const struct grid *g,
                      const struct exit_document *d);

/* The lines of all grids: nothing when none runs. A sum with an unknown part
 * says "at least", or that it is unknown, and how many grids are known. */
void status_put_totals(struct text *out, const struct totals *t);

#endif
