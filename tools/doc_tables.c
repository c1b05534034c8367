#include "tools/doc_tables.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "alert/fault.h"
#include "alert/row.h"
#include "base/array.h"
#include "expose/family.h"
#include "hindsight/kpi.h"

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

static void put_aim(struct text *page, const struct kpi *k)
{
    if (k->sense != KPI_SHOWN)
        text_printf(page, "%s %g", k->sense == KPI_AT_LEAST ? "≥" : "≤",
                    k->aim);
}

static void put_kpis(struct text *page)
{
    static const char *const how[] = {
        [STATISTIC_SHARE] = "share",
        [STATISTIC_RATIO] = "quotient of sums",
        [STATISTIC_MEDIAN] = "median",
        [STATISTIC_SURVIVAL] = "Kaplan-Meier median",
    };
    text_puts(page, "| KPI | unit | aim | meaning | how | source | function |\n"
                    "|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < KPI_COUNT; i++) {
        const struct kpi *k = &kpi_table[i];
        text_printf(page, "| `%s` | %s | ", k->name, k->unit);
        put_aim(page, k);
        text_printf(page, " | %s | %s%s | %s | `%s` |\n", k->meaning,
                    how[k->how], k->over ? ", divided" : "", k->source,
                    k->function);
    }
}

static void put_families(struct text *page)
{
    text_puts(page, "| metric | type | unit | labels | what it says | where "
                    "from, when it is not there |\n"
                    "|---|---|---|---|---|---|\n");
    for (int i = 0; i < FAMILY_COUNT; i++) {
        const struct family *f = &families[i];
        text_printf(page, "| `%s` | %s | %s | ", f->name,
                    family_type_name(f->type), f->unit);
        for (int k = 0; f->labels[k]; k++)
            text_printf(page, "%s`%s`", k ? ", " : "", f->labels[k]);
        text_printf(page, " | %s | %s |\n", f->help, f->from);
    }
}

static const struct doc_table of_alerts[] = {
    { "<!-- reasons: printed from src/alert/row.c by `make docs` -->\n",
      put_reasons },
    { "<!-- faults: printed from src/alert/fault_rules.c by `make docs` -->\n",
      put_faults },
};

static const struct doc_table of_kpis[] = {
    { "<!-- kpis: printed from src/hindsight/kpi_table.c by `make docs` -->\n",
      put_kpis },
};

static const struct doc_table of_families[] = {
    { "<!-- families: printed from src/expose/family.c by `make docs` -->\n",
      put_families },
};

const struct doc_page doc_pages[DOC_PAGES] = {
    { "docs/alerts.md", of_alerts, ARRAY_LEN(of_alerts) },
    { "docs/kpi.md", of_kpis, ARRAY_LEN(of_kpis) },
    { "docs/prometheus.md", of_families, ARRAY_LEN(of_families) },
};

int doc_page_fill(const struct doc_page *page, const char *text,
                  struct text *out, struct error *err)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct doc_table *t = &page->tables[i];
        const char *begin = strstr(text, t->begin);
        const char *end = begin ? strstr(begin, DOC_TABLE_END) : NULL;
        if (!end)
            return error_set(err, FAULT_DATA, "no place for '%.20s'", t->begin);
        begin += strlen(t->begin);
        text_append(out, text, (size_t)(begin - text));
        t->put(out);
        text = end;
    }
    return text_puts(out, text)
               ? error_set(err, FAULT_IO, "the page is too long")
               : 0;
}
