/* tools/exits_plot.h - what can be had at one time: a picture (SVG). */
#ifndef TOOLS_EXITS_PLOT_H
#define TOOLS_EXITS_PLOT_H

#include "sys/text.h"
#include "tools/exits_told.h"

/* ttdr to the right, eaw_range upward: pi by its limits as a line, every policy
 * as a point, the shipped rules with their intervals, the aims dashed. */
void exits_plot(struct text *svg, const struct exits *x, double width);

/* The line's points as a table. */
void exits_say_frontier(struct text *t, const struct exits *x, double width);

#endif
