/* docs/runbook.md against the tables: every row of alerts, faults and the
 * watchdog has its section, each with its four facts, and no section is
 * without a row. Run from the repository. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/fault.h"
#include "alert/row.h"
#include "sys/text.h"
#include "test.h"
#include "watch/watch_rule.h"

#define PAGE  "docs/runbook.md"
#define RULES "k8s/prometheus/gridwatch.rules.yaml"

static struct text page = TEXT_INIT((size_t)1 << 20);

static void read_page(void)
{
    struct error err = { FAULT_NONE, "" };
    text_clear(&page);
    ASSERT_INT(text_read_file(&page, PAGE, &err), 0);
}

/* The section of that name up to the next one, or NULL; to be freed. */
static char *section(const char *name)
{
    char line[80];
    snprintf(line, sizeof(line), "\n### %s\n", name);
    const char *begin = strstr(text_str(&page), line);
    if (!begin)
        return NULL;
    begin += strlen(line);
    const char *end = strstr(begin, "\n#");
    return strndup(begin, end ? (size_t)(end - begin) : strlen(begin));
}

static void has_section(const char *name)
{
    static const char *const facts[] = { "- **Means.** ", "- **Look.** ",
                                         "- **Do.** ", "- **Ends.** " };
    char *text = section(name);
    if (!text)
        printf("    %s has no section '%s'\n", PAGE, name);
    ASSERT(text != NULL);
    for (size_t i = 0; text && i < sizeof(facts) / sizeof(facts[0]); i++)
        ASSERT(strstr(text, facts[i]) != NULL);
    free(text);
}

static void every_reason_has_its_section(void)
{
    read_page();
    for (int i = 0; i < ALERT_REASON_COUNT; i++)
        has_section(alert_rows[i].name);
}

static void every_fault_has_its_section(void)
{
    read_page();
    for (int i = 0; i < FAULT_CLASS_COUNT; i++)
        has_section(fault_rules[i].name);
}

static void every_rule_of_the_watchdog_has_its_section(void)
{
    read_page();
    for (int i = 0; i < WATCH_RULE_COUNT; i++)
        has_section(watch_rules[i].name);
}

/* Each alert of Prometheus has a link, and the link leads somewhere. */
static int every_rule_of_prometheus_leads_to_its_section(void)
{
    static const char link[] = "runbook_url: " PAGE "#", rule[] = "- alert: ";
    struct text rules = TEXT_INIT((size_t)1 << 16);
    struct error err = { 0 };
    int links = 0, alerts = 0;
    read_page();
    ASSERT_INT(text_read_file(&rules, RULES, &err), 0);
    for (const char *at = text_str(&rules); (at = strstr(at, rule)); at++)
        alerts++;
    for (const char *at = text_str(&rules); (at = strstr(at, link)); links++) {
        at += strlen(link);
        char name[64] = "";
        snprintf(name, sizeof(name), "%.*s", (int)strcspn(at, " \n"), at);
        has_section(name);
    }
    ASSERT_INT(links, alerts);
    text_release(&rules);
    return links;
}

static void the_rules_of_prometheus_have_theirs(void)
{
    ASSERT(every_rule_of_prometheus_leads_to_its_section() >= 6);
}

static void no_section_is_without_a_row(void)
{
    int sections = 0;
    int rules = every_rule_of_prometheus_leads_to_its_section();
    read_page();
    for (const char *at = text_str(&page); (at = strstr(at, "\n### ")); at++)
        sections++;
    ASSERT_INT(sections, ALERT_REASON_COUNT + FAULT_CLASS_COUNT +
                             WATCH_RULE_COUNT + rules);
    text_release(&page);
}

void runbook_test(void);
void runbook_test(void)
{
    TEST_SUITE("docs: the runbook");
    TEST(every_reason_has_its_section);
    TEST(every_fault_has_its_section);
    TEST(every_rule_of_the_watchdog_has_its_section);
    TEST(the_rules_of_prometheus_have_theirs);
    TEST(no_section_is_without_a_row);
}
