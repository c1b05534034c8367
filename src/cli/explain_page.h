/* cli/explain_page.h - sections of paragraphs that together keep to a screen.
 */
#ifndef CLI_EXPLAIN_PAGE_H
#define CLI_EXPLAIN_PAGE_H

#include <stdbool.h>

#include "sys/text.h"

#define PAGE_SECTIONS   12
#define PAGE_PARAGRAPHS 24
#define PAGE_PARAGRAPH  512 /* bytes */

struct page_section {
    const char *label; /* stands before the first line; "": no indent at all */
    int least;         /* lines that it may have in any case */
    size_t count;
    char paragraphs[PAGE_PARAGRAPHS][PAGE_PARAGRAPH];
};

/* All zero is an empty page. Large: not for the stack. */
struct page {
    size_t count;
    struct page_section sections[PAGE_SECTIONS];
};

/* What is put from here on belongs to a new section. */
void page_begin(struct page *p, const char *label, int least);

/* A paragraph; "" is none. */
void page_put(struct page *p, const char *text);

/* Has the present section no paragraph yet? */
bool page_is_empty(const struct page *p);

/* Writes all sections in EXPLAIN_LINES lines of EXPLAIN_COLUMNS. Paragraphs are
 * broken at blanks. Lines that one section does not need go to the first that
 * does; its paragraphs that find no room are left off from the end and counted.
 * The sections' `least` must not add up to more than there is. */
void page_write(const struct page *p, struct text *out);

#endif
