/* The table of faults in the documentation. Run from the repository. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "alert/fault.h"
#include "sys/text.h"
#include "test.h"

static void every_fault_has_its_row(void)
{
    struct text t = TEXT_INIT((size_t)1 << 20);
    char row[1024], told[32];
    ASSERT_INT(text_read_file(&t, "docs/alerts.md", NULL), 0);
    for (int i = 0; i < FAULT_CLASS_COUNT; i++) {
        const struct fault_rule *rule = &fault_rules[i];
        snprintf(told, sizeof(told), "%s%d", rule->priority < 0 ? "−" : "",
                 (int)(rule->priority < 0 ? -rule->priority : rule->priority));
        snprintf(row, sizeof(row), "\n| `%s` | %s | %s | %s |\n", rule->name,
                 rule->priority == FAULT_SILENT ? "no" : told, rule->meaning,
                 rule->remedy);
        if (!strstr(text_str(&t), row))
            ASSERT_STR("docs/alerts.md has no row", row);
        ASSERT(rule->remedy[0] != '\0');
    }
    text_release(&t);
}

void fault_docs_test(void);
void fault_docs_test(void)
{
    TEST_SUITE("docs against the faults");
    TEST(every_fault_has_its_row);
}
