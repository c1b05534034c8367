/* The pages are what `make docs` makes of them. Run from the repository. */
#include "tools/doc_tables.h"

#include <string.h>

#include "alert/fault.h"
#include "alert/row.h"
#include "expose/family.h"
#include "hindsight/kpi.h"
#include "test.h"

#define ALERTS   0
#define KPIS     1
#define FAMILIES 2

static void the_committed_pages_are_the_printed_ones(void)
{
    for (int i = 0; i < DOC_PAGES; i++) {
        struct text old = TEXT_INIT((size_t)1 << 20);
        struct text page = TEXT_INIT((size_t)1 << 20);
        struct error err = { FAULT_NONE, "" };
        const struct doc_page *p = &doc_pages[i];
        ASSERT_INT(text_read_file(&old, p->path, &err), 0);
        ASSERT_INT(doc_page_fill(p, text_str(&old), &page, &err), 0);
        ASSERT_STR(err.msg, "");
        /* Not as texts: a failure would print both pages. */
        ASSERT(strcmp(text_str(&old), text_str(&page)) == 0);
        text_release(&old);
        text_release(&page);
    }
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
    static const struct {
        int page, table, rows;
    } want[] = { { ALERTS, 0, ALERT_REASON_COUNT },
                 { ALERTS, 1, FAULT_CLASS_COUNT },
                 { KPIS, 0, KPI_COUNT },
                 { FAMILIES, 0, FAMILY_COUNT } };
    for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
        struct text table = TEXT_INIT((size_t)1 << 16);
        doc_pages[want[i].page].tables[want[i].table].put(&table);
        ASSERT_INT(rows_of(text_str(&table)), want[i].rows);
        text_release(&table);
    }
}

/* Shares of what was aimed at, as the specification has them. */
static void aims_are_the_specifications(void)
{
    struct text table = TEXT_INIT((size_t)1 << 16);
    doc_pages[KPIS].tables[0].put(&table);
    const char *text = text_str(&table);
    ASSERT(strstr(text, "| `eaw` | share | ≥ 0.9 |") != NULL);
    ASSERT(strstr(text, "| `prr_median` |  | ≥ 0.75 |") != NULL);
    ASSERT(strstr(text, "| `slar` | share | ≥ 0.95 |") != NULL);
    ASSERT(strstr(text, "| `ttdr` | share | ≥ 0.7 |") != NULL);
    ASSERT(strstr(text, "| `mec` | share | ≥ 1 |") != NULL);
    ASSERT(strstr(text, "| `false_mandatory` | share | ≤ 0.05 |") != NULL);
    ASSERT(strstr(text, "| `lead_hours` | hours |  |") != NULL);
    text_release(&table);
}

/* What stands in the place is replaced, what stands around it stays. */
static void a_stale_table_is_replaced(void)
{
    struct text page = TEXT_INIT((size_t)1 << 16);
    struct text old = TEXT_INIT((size_t)1 << 16);
    struct error err = { FAULT_NONE, "" };
    text_printf(&old, "A\n%s| outworn |\n%sB\n%s%sC\n",
                doc_pages[ALERTS].tables[0].begin, DOC_TABLE_END,
                doc_pages[ALERTS].tables[1].begin, DOC_TABLE_END);
    ASSERT_INT(doc_page_fill(&doc_pages[ALERTS], text_str(&old), &page, &err),
               0);
    ASSERT(strncmp(text_str(&page), "A\n<!-- reasons", 14) == 0);
    ASSERT(!strstr(text_str(&page), "outworn"));
    ASSERT(strstr(text_str(&page),
                  "\n| `asked` | 1 | MANDATORY_EXIT was acknowledged") != NULL);
    ASSERT(strstr(text_str(&page), "\n" DOC_TABLE_END "B\n") != NULL);
    ASSERT(strstr(text_str(&page), "\n| `clock` | no | ") != NULL);
    ASSERT_INT(doc_page_fill(&doc_pages[ALERTS], "a page without a place\n",
                             &page, &err),
               -1);
    ASSERT(strstr(err.msg, "no place for '<!-- reasons") == err.msg);
    text_release(&page);
    text_release(&old);
}

void doc_tables_test(void);
void doc_tables_test(void)
{
    TEST_SUITE("tables in the documents");
    TEST(the_committed_pages_are_the_printed_ones);
    TEST(every_row_has_its_line);
    TEST(aims_are_the_specifications);
    TEST(a_stale_table_is_replaced);
}
