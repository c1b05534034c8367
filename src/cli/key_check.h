/* cli/key_check.h - what the exchange says of the operator's key, before
 * anything runs.
 */
#ifndef CLI_KEY_CHECK_H
#define CLI_KEY_CHECK_H

#include "cli/command.h"

/* RUN_DONE when there is no key, when it may only read, when
 * exchange.allow_trading_key is set, and when it could not be asked, which is
 * said on stderr: it is nothing that would keep a repository from being made.
 * RUN_KEY_REFUSED with `err` when it may trade, transfer or withdraw, or the
 * exchange does not take it (SPEC 1.6). Waits ten seconds at most. */
enum run_exit key_check(const struct config *config, struct error *err);

#endif
