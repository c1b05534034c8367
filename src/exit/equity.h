/* exit/equity.h - how far net PnL may fall from its peak: M_EQUITY's limit.
 * Pure.
 *
 * The larger of `drawdown` and `range` times what the range itself costs
 * (position/geometry.h); with `range` 0 `drawdown` alone. config/for_grid.h
 * sets that where a grid's own file overrides `drawdown` and not `range`: who
 * writes a limit for one grid means it.
 */
#ifndef EXIT_EQUITY_H
#define EXIT_EQUITY_H

#include <stdbool.h>

#include "exit/exit_config.h"
#include "position/grid.h"

#define EQUITY_WORDS 320

/* A share of the capital, on nine decimals; NO_VALUE where nobody can say what
 * the range costs. `fee` is that of a fill, a share. */
double equity_limit(const struct exit_config *config, const struct grid *g,
                    double fee);

/* What whoever runs the grid should know: that M_EQUITY answers na, why, and
 * what to do; or that the start price cannot be. "" when there is nothing, and
 * where the row is off. `has_key`: a key reads the account. The account tells
 * the loss by its fills alone: not that of a sub-account, of futures, or of a
 * grid whose file asks for the model. Who has neither that nor a model is not
 * watched, a limit of its own or none. */
void equity_words(const struct exit_config *config, const struct grid *g,
                  bool has_key, char out[EQUITY_WORDS]);

#endif
