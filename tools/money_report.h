/* tools/money_report.h - what check_money found: a table, and the same as
 * JSON.
 */
#ifndef TOOLS_MONEY_REPORT_H
#define TOOLS_MONEY_REPORT_H

#include "tools/money_model.h"

struct money_report {
    int files; /* of recorded bars */
    long grids, recorded, geometric, stops, inside, base, other, refused;
    long bars; /* closes at which a bot was compared */
    long fills;
    int cells_least, cells_most;
    double price_least, price_most;
    struct money_found found;
    struct money_modelled modelled;
    struct money_cover cover;
};

/* Counts a grid of its kinds. */
void money_report_grid(struct money_report *r, const struct money_grid *g);

/* What must not be, so far. */
long money_report_failures(const struct money_report *r);

/* Prints the table, writes the files that are named. The exit status: 0, 1
 * (something must hold and does not, or nothing was compared), 74 (a file
 * cannot be written). */
int money_report_end(const struct money_report *r, const char *json,
                     const char *doc);

#endif
