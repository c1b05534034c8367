/* doc_pages [FILE...]: writes the tables of the code into those pages; without
 * a name into all of them. Run from the repository. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tools/doc_tables.h"

#define PAGE_MAX ((size_t)1 << 20)

static int write_page(const struct doc_page *page)
{
    struct text old = TEXT_INIT(PAGE_MAX), new = TEXT_INIT(PAGE_MAX);
    struct error err = { FAULT_NONE, "" };
    int rc = text_read_file(&old, page->path, &err) ||
             doc_page_fill(page, text_str(&old), &new, &err) ||
             text_write_file(&new, page->path, &err);
    if (rc)
        fprintf(stderr, "doc_pages: file '%s': %s\n", page->path, err.msg);
    text_release(&old);
    text_release(&new);
    return rc;
}

static bool named(const char *path, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], path))
            return true;
    return argc == 1;
}

int main(int argc, char **argv)
{
    int rc = 0, written = 0;

    for (int i = 0; i < DOC_PAGES; i++) {
        if (!named(doc_pages[i].path, argc, argv))
            continue;
        rc |= write_page(&doc_pages[i]);
        written++;
    }
    if (argc > 1 && written != argc - 1) {
        fprintf(stderr, "doc_pages [FILE...]: no such page has tables\n");
        return 64;
    }
    return rc ? 74 : 0;
}
