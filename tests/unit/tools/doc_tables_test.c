/* docs/alerts.md is what `make docs` makes of it. Run from the repository. */
#include "tools/doc_tables.h"

#include <string.h>

#include "alert/fault.h"
#include "alert/row.h"
#include "test.h"

#define PAGE "docs/alerts.md"

static void the_committed_page_is_the_printed_one(void)
{
    struct text old = TEXT_INIT((size_t)1 << 20);
    struct text page = TEXT_INIT((size_t)1 << 20);
    struct error err = { FAULT_NONE, "" };
    ASSERT_INT(text_read_file(&old, PAGE, &err), 0);
    ASSERT_INT(doc_tables_fill(text_str(&old), &page, &err), 0);
    ASSERT_STR(err.msg, "");
    /* Not as texts: a failure would print both pages. */
    ASSERT(strcmp(text_str(&old), text_str(&page)) == 0);
    text_release(&old);
    text_release(&page);
}

static size_t rows_of(const char *table)
{
    size_t rows = 0;
    for (const char *at = table; (at = strstr(at, "\n| `")) != NULL; at++)
        rows++;
    return rows;
}

static void every_row_has_its_line(void)
{
    static const int want[DOC_TABLES] = { ALERT_REASON_COUNT,
                                          FAULT_CLASS_COUNT };
    for (int i = 0; i < DOC_TABLES; i++) {
        struct text table = TEXT_INIT((size_t)1 << 16);
        doc_tables[i].put(&table);
        ASSERT_INT(rows_of(text_str(&table)), want[i]);
        text_release(&table);
    }
}

/* What stands in the place is replaced, what stands around it stays. */
static void a_stale_table_is_replaced(void)
{
    struct text page = TEXT_INIT((size_t)1 << 16);
    struct text old = TEXT_INIT((size_t)1 << 16);
    struct error err = { FAULT_NONE, "" };
    text_printf(&old, "A\n%s| outworn |\n%sB\n%s%sC\n", doc_tables[0].begin,
                DOC_TABLE_END, doc_tables[1].begin, DOC_TABLE_END);
    ASSERT_INT(doc_tables_fill(text_str(&old), &page, &err), 0);
    ASSERT(strncmp(text_str(&page), "A\n<!-- reasons", 14) == 0);
    ASSERT(!strstr(text_str(&page), "outworn"));
    ASSERT(strstr(text_str(&page),
                  "\n| `asked` | 1 | MANDATORY_EXIT was acknowledged") != NULL);
    ASSERT(strstr(text_str(&page), "\n" DOC_TABLE_END "B\n") != NULL);
    ASSERT(strstr(text_str(&page), "\n| `clock` | no | ") != NULL);
    ASSERT_INT(doc_tables_fill("a page without a place\n", &page, &err), -1);
    ASSERT(strstr(err.msg, "no place for '<!-- reasons") == err.msg);
    text_release(&page);
    text_release(&old);
}

void doc_tables_test(void);
void doc_tables_test(void)
{
    TEST_SUITE("tables in the documents");
    TEST(the_committed_page_is_the_printed_one);
    TEST(every_row_has_its_line);
    TEST(a_stale_table_is_replaced);
}
