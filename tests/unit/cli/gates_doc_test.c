/* docs/gates.md against the table of gates and the options. Run from the
 * repository. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "config/options.h"
#include "gate/gate.h"
#include "sys/text.h"
#include "test.h"

#define DOCUMENT "docs/gates.md"

static struct text document = TEXT_INIT((size_t)1 << 20);

static const char *read_document(void)
{
    struct error err = { FAULT_NONE, "" };
    text_clear(&document);
    ASSERT_INT(text_read_file(&document, DOCUMENT, &err), 0);
    return text_str(&document);
}

static bool holds(const char *text, const char *words)
{
    if (strstr(text, words))
        return true;
    printf("    " DOCUMENT " does not hold '%s'\n", words);
    return false;
}

static void every_check_has_its_row(void)
{
    const char *text = read_document();
    char row[300];
    int rows = 0;

    for (int i = 0; i < GATE_COUNT; i++) {
        const struct gate *g = &gate_table[i];
        snprintf(row, sizeof(row), "\n| `%s` | G%d | %s | %s | %s |\n", g->id,
                 g->group, gate_sense((enum gate_id)i), g->unit, g->meaning);
        ASSERT(holds(text, row));
    }
    for (const char *at = text; (at = strstr(at, "` | G")); at++)
        rows++;
    ASSERT_INT(rows, GATE_COUNT);
    text_release(&document);
}

/* The line of a theme names its checks and no others. */
static void every_check_stands_in_its_group(void)
{
    const char *text = read_document();
    char head[100], name[32], line[600];

    for (int t = 0; t < GATE_THEMES; t++) {
        snprintf(head, sizeof(head), "\n| %s |",
                 gate_theme_text((enum gate_theme)t));
        const char *at = strstr(text, head);
        ASSERT_FATAL(at != NULL);
        snprintf(line, sizeof(line), "%.*s", (int)strcspn(at + 1, "\n"),
                 at + 1);
        for (int i = 0; i < GATE_COUNT; i++) {
            snprintf(name, sizeof(name), "`%s`", gate_table[i].id);
            ASSERT_INT(strstr(line, name) != NULL,
                       gate_table[i].theme == (enum gate_theme)t);
        }
    }
    text_release(&document);
}

/* Each `gate.*` and `propose.*` of the document is an option, and each option
 * of these sections is in the document. */
static void options_are_those_of_the_table(void)
{
    static const char *const sections[] = { "`gate.", "`propose." };
    const char *text = read_document();
    char key[80];

    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        int n = 0;
        for (const char *at = text; (at = strstr(at, sections[i])); n++) {
            at++;
            snprintf(key, sizeof(key), "%.*s", (int)strcspn(at, "`"), at);
            if (!option_find(key))
                printf("    no option is called '%s'\n", key);
            ASSERT(option_find(key) != NULL);
        }
        ASSERT(n >= 3);
    }
    for (size_t i = 0; i < option_count(); i++) {
        const struct config_option *o = option_at(i);
        if (strncmp(o->key, "gate.", 5) && strncmp(o->key, "propose.", 8))
            continue;
        snprintf(key, sizeof(key), "`%s`", o->key);
        ASSERT(holds(text, key));
    }
    text_release(&document);
}

void gates_doc_test(void);
void gates_doc_test(void)
{
    TEST_SUITE("docs/gates.md against the tables");
    TEST(every_check_has_its_row);
    TEST(every_check_stands_in_its_group);
    TEST(options_are_those_of_the_table);
}
