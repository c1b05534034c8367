/* cli/export_csv.h - documents as CSV (RFC 4180): a plain header, lines that
 * end in CR LF, quotes only where they are needed. An empty cell is null. */
#ifndef CLI_EXPORT_CSV_H
#define CLI_EXPORT_CSV_H

#include "record/flat.h"

/* Appends the line of the columns, or of one document. */
void export_csv_header(enum record_kind kind, struct text *out);
void export_csv_row(enum record_kind kind, const void *doc, struct text *out);

#endif
