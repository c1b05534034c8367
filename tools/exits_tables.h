/* tools/exits_tables.h - the tables of the study of exits. */
#ifndef TOOLS_EXITS_TABLES_H
#define TOOLS_EXITS_TABLES_H

#include "sys/text.h"
#include "tools/exits_told.h"

/* The shipped rules against their aims, before 2022, from 2022 and all; what is
 * missed is called so. */
void exits_say_headline(struct text *t, const struct exits *x, double width);

/* The same grids, operators of all delays. */
void exits_say_delays(struct text *t, const struct exits *x, double width);

/* Every policy of the table; `random` has its lives already. */
void exits_say_policies(struct text *t, const struct exits *x, double width,
                        int period);

/* What was so when operators were first told: row, regime, tertile. */
void exits_say_reasons(struct text *t, const struct exits *x, double width,
                       int period);

/* The shipped rules on a market without memory, beside the recorded ones. */
void exits_say_walk(struct text *t, const struct exits *x,
                    const struct exits *walk);

#endif
