#include "tools/doc_tables.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "alert/fault.h"
#include "alert/row.h"

static void put_reasons(struct text *page)
{
    text_puts(page, "| reason | priority | when | what is remembered |\n"
                    "|---|---|---|---|\n");
    for (int i = 0; i < ALERT_REASON_COUNT; i++) {
        const struct alert_row *row = &alert_rows[i];
        text_printf(page, "| `%s` | %s | %s | %s |\n", row->name,
                    alert_sends_text(row->sends), row->meaning,
                    alert_keeps_text(row->keeps));
    }
}

static void put_faults(struct text *page)
{
    text_puts(page, "| class | priority | meaning | what to do |\n"
                    "|---|---|---|---|\n");
    for (int i = 0; i < FAULT_CLASS_COUNT; i++) {
        const struct fault_rule *rule = &fault_rules[i];
        text_printf(page, "| `%s` | ", rule->name);
        if (rule->priority == FAULT_SILENT)
            text_puts(page, "no");
        else
            text_printf(page, "%s%d", rule->priority < 0 ? "−" : "",
                        abs((int)rule->priority));
        text_printf(page, " | %s | %s |\n", rule->meaning, rule->remedy);
    }
}

const struct doc_table doc_tables[DOC_TABLES] = {
    { "<!-- reasons: printed from src/alert/row.c by `make docs` -->\n",
      put_reasons },
    { "<!-- faults: printed from src/alert/fault_rules.c by `make docs` -->\n",
      put_faults },
};

int doc_tables_fill(const char *page, struct text *out, struct error *err)
{
    for (size_t i = 0; i < DOC_TABLES; i++) {
        const struct doc_table *t = &doc_tables[i];
        const char *begin = strstr(page, t->begin);
        const char *end = begin ? strstr(begin, DOC_TABLE_END) : NULL;
        if (!end)
            return error_set(err, FAULT_DATA, "no place for '%.20s'", t->begin);
        begin += strlen(t->begin);
        text_append(out, page, (size_t)(begin - page));
        t->put(out);
        page = end;
    }
    return text_puts(out, page)
               ? error_set(err, FAULT_IO, "the page is too long")
               : 0;
}
