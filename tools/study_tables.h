/* tools/study_tables.h - tables that say how good probabilities were. */
#ifndef TOOLS_STUDY_TABLES_H
#define TOOLS_STUDY_TABLES_H

#include "sys/text.h"
#include "tools/study_stats.h"

/* A table with one row for each set of forecasts. */
void tables_heading(struct text *t, const char *first);
/* Sorts the forecasts, and returns what it wrote. */
struct score tables_row(struct text *t, const char *name,
                        struct forecast *forecasts, size_t count);

/* A table with one row for each tenth of p that was said at all: the share
 * that happened with its 95 % interval of Wilson, for as many independent
 * trials as the blocks are worth (stats_effective). */
void tables_bins_heading(struct text *t, const char *first);
void tables_bins(struct text *t, const char *name,
                 const struct forecast *forecasts, size_t count);

#endif
