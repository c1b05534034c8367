/* market/bar_csv.h - one bar as one line of CSV. Pure.
 *
 * The columns are time,open,high,low,close,volume: the open time in whole
 * seconds since 1970, prices in the quote currency, volume in the base
 * currency. Only the form is checked here; bar_check() says whether the bar
 * itself is sound.
 */
#ifndef MARKET_BAR_CSV_H
#define MARKET_BAR_CSV_H

#include "base/error.h"
#include "market/bar.h"

#define BAR_CSV_HEADER "time,open,high,low,close,volume"
#define BAR_CSV_TEXT   192 /* room for any line, the zero byte included */

/* The line at *at without its end, which a zero byte takes the place of; *at
 * moves behind it. */
char *bar_csv_line(char **at);

/* One line without its line end. -1 with the column and what stands there,
 * and `out` untouched. The flags of a parsed bar are 0. */
int bar_csv_parse(const char *line, struct bar *out, struct error *err);

/* Writes the line without a line end. The numbers must be finite; they read
 * back to the same bits. Flags and parts of a second are not written. */
void bar_csv_format(const struct bar *b, char out[BAR_CSV_TEXT]);

#endif
