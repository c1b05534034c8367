/* alerts_doc FILE: writes the tables of the code into the page, docs/alerts.md.
 */
#include <stdio.h>

#include "tools/doc_tables.h"

#define PAGE_MAX ((size_t)1 << 20)

int main(int argc, char **argv)
{
    struct text old = TEXT_INIT(PAGE_MAX), page = TEXT_INIT(PAGE_MAX);
    struct error err = { FAULT_NONE, "" };

    if (argc != 2) {
        fprintf(stderr, "alerts_doc FILE\n");
        return 64;
    }
    int rc = text_read_file(&old, argv[1], &err) ||
             doc_tables_fill(text_str(&old), &page, &err) ||
             text_write_file(&page, argv[1], &err);
    if (rc)
        fprintf(stderr, "alerts_doc: file '%s': %s\n", argv[1], err.msg);
    text_release(&old);
    text_release(&page);
    return rc ? 74 : 0;
}
