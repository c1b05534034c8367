/* tools/doc_tables.h - the tables of docs/alerts.md, made of the code's own:
 * `make docs` writes them, a test holds the page to them. */
#ifndef TOOLS_DOC_TABLES_H
#define TOOLS_DOC_TABLES_H

#include "base/error.h"
#include "sys/text.h"

struct doc_table {
    const char *begin;              /* the line that it stands below, whole */
    void (*put)(struct text *page); /* appends it */
};
#define DOC_TABLE_END "<!-- end -->\n"

#define DOC_TABLES 2 /* reasons, faults */
extern const struct doc_table doc_tables[DOC_TABLES];

/* Appends `page` with every table in its place. FAULT_DATA when a place is not
 * there. */
int doc_tables_fill(const char *page, struct text *out, struct error *err);

#endif
