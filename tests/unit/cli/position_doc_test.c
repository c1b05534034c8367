/* docs/position.md against the tables of the record and the model's words. Run
 * from the repository. */
#include <stdio.h>
#include <string.h>

#include "position/position.h"
#include "position/shadow.h"
#include "record/field.h"
#include "record/tables.h"
#include "sys/text.h"
#include "test.h"

#define DOCUMENT "docs/position.md"

static struct text document = TEXT_INIT((size_t)1 << 20);

static bool holds(const char *words)
{
    struct error err = { FAULT_NONE, "" };
    if (!document.len)
        ASSERT_INT(text_read_file(&document, DOCUMENT, &err), 0);
    if (strstr(text_str(&document), words))
        return true;
    printf("    " DOCUMENT " does not hold '%s'\n", words);
    return false;
}

static const struct table *part_of(const struct table *t, const char *key)
{
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->fields[i].key, key) == 0)
            return t->fields[i].table;
    return NULL;
}

static void rows_of(const struct table *t, size_t from)
{
    char row[80];
    ASSERT_FATAL(t != NULL && t->count > from);
    for (size_t i = from; i < t->count; i++) {
        snprintf(row, sizeof(row), "\n| `%s` | ", t->fields[i].key);
        ASSERT(holds(row));
    }
}

/* `source` and `reason`, `to_stop` are told of in the text. */
static void every_figure_has_its_row(void)
{
    rows_of(part_of(&table_exit, "position"), 2);
    rows_of(part_of(&table_exit, "risk"), 1);
    ASSERT(holds("(`to_stop` false)"));
    ASSERT(holds("`reason` says why"));
}

static void every_source_has_its_row(void)
{
    char row[40];
    for (int i = 0; i <= POSITION_MODEL; i++) {
        snprintf(row, sizeof(row), "\n| `%s` | ",
                 position_source_name((enum position_source)i));
        ASSERT(holds(row));
    }
}

/* The words that serve as examples are words. */
static void the_words_of_cells_are_read(void)
{
    static const char *const words[] = { "ee0e0:e0", "ff12e13:e11-13f12" };
    static struct shadow s;
    char told[40];

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        snprintf(told, sizeof(told), "`%s` began ", words[i]);
        ASSERT(holds(told));
        ASSERT(shadow_cells_parse(words[i], 1, &s));
    }
    const struct shadow_cell *c = &s.cell[0];
    ASSERT(c->began_full && c->nominal.full && !c->reverse.full);
    ASSERT_INT(c->nominal.sells, 12);
    ASSERT_INT(c->reverse.sells, 13);
    ASSERT(c->may[0] && c->may[1]);
    ASSERT_INT(c->fewest[0], 11);
    ASSERT_INT(c->most[0], 13);
    ASSERT_INT(c->fewest[1], 12);
    ASSERT(holds("`holding.shadow.cells`"));
}

void position_doc_test(void);
void position_doc_test(void)
{
    TEST_SUITE("docs/position.md against the tables");
    TEST(every_figure_has_its_row);
    TEST(every_source_has_its_row);
    TEST(the_words_of_cells_are_read);
    text_release(&document);
}
