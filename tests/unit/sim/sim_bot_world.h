/* tests/unit/sim/sim_bot_world.h - a market that jumps, and a bot of four
 * lines in it.
 *
 * Flat bars of a quarter of an hour from T0 on, at 112, 99, 121, 105, 135 and
 * 85: within a bar nothing happens, and every line is crossed in a jump. The
 * lines are 100, 110, 120 and 130, the capital is 1000, the fee 0.001.
 */
#ifndef UNIT_SIM_BOT_WORLD_H
#define UNIT_SIM_BOT_WORLD_H

#include "sim/sim_world.h"

#define T0 INT64_C(1795176000000) /* 2026-11-20T12:00:00Z */

/* A world whose clock stands at the `bar`th of these bars (the first is 0). */
struct sim sim_bot_world(int bar);
void sim_bot_world_go(struct sim *s, int bar);

/* The bot, with more members of its body such as ",\"stop\":90". */
void sim_bot_world_add(struct sim *s, const char *more);

/* A member of the bot's ledger. */
const char *sim_bot_world_book(struct sim *s, const char *member);

#endif
