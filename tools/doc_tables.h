/* tools/doc_tables.h - tables in documents, made of the code's own: `make docs`
 * writes them, a test holds the pages to them. */
#ifndef TOOLS_DOC_TABLES_H
#define TOOLS_DOC_TABLES_H

#include "base/error.h"
#include "sys/text.h"

struct doc_table {
    const char *begin;              /* the line that it stands below, whole */
    void (*put)(struct text *page); /* appends it */
};
#define DOC_TABLE_END "<!-- end -->\n"

struct doc_page {
    const char *path; /* from the top of the repository */
    const struct doc_table *tables;
    size_t count;
};

#define DOC_PAGES 3 /* alerts: reasons, faults; kpi; prometheus */
extern const struct doc_page doc_pages[DOC_PAGES];

/* Appends `text`, the page as it is, with every table in its place. FAULT_DATA
 * when a place is not there. */
int doc_page_fill(const struct doc_page *page, const char *text,
                  struct text *out, struct error *err);

#endif
