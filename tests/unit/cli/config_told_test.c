/* What `config list --json`, `config check` and `config show` print. */
#include <stdlib.h>
#include <string.h>

#include "cli/config_told.h"
#include "config/reading.h"
#include "sys/xmalloc.h"
#include "test.h"

void config_told_test(void);

#define PLANTED "PLANTEDazGDORePK8gMaC0QOYAMyEEuz"

struct page {
    struct config config;
    struct problems problems;
    struct reading reading;
    struct config_told told;
    struct text text;
};

/* A service's file that is there with this text, and no exit strategy. */
static struct page *page_new(const char *yaml)
{
    struct page *g = xcalloc(1, sizeof(*g));
    g->reading = reading_start(&g->config, &g->problems);
    g->text = (struct text)TEXT_INIT(1 << 20);
    g->told = (struct config_told){ &g->config, &g->reading.from, &g->problems,
                                    .calendar = "" };
    reading_document(&g->reading, CONFIG_SERVICE, "s.yaml", yaml, strlen(yaml));
    return g;
}

static void page_free(struct page *g)
{
    problems_release(&g->problems);
    text_release(&g->text);
    free(g);
}

static bool says(const struct page *g, const char *what)
{
    return strstr(text_str(&g->text), what) != NULL;
}

/* By the table's row, as if the environment had it. */
static void set_secret(struct page *g, const char *name,
                       enum secret_origin from)
{
    for (size_t i = 0; i < secret_row_count; i++) {
        if (strcmp(secret_rows[i].variable, name) != 0)
            continue;
        g->reading.from.secret[i] = from;
        memcpy((char *)&g->config.secrets + secret_rows[i].at, PLANTED,
               sizeof(PLANTED));
    }
}

static void a_good_file_is_said_to_be(void)
{
    struct page *g = page_new("run:\n  settle: 20s\n  deadline: 3m\n");
    config_check_put(&g->told, false, &g->text);
    ASSERT(says(g, "s.yaml: ok, 2 of "));
    ASSERT(says(g, "config/exit_strategy_config.yaml: not there, all "));
    ASSERT(says(g, "secrets: ok, 0 of 16 are set\n"));
    ASSERT(says(g, "\nconfiguration "));
    page_free(g);
}

static void all_problems_are_told_and_no_hash(void)
{
    struct page *g = page_new("run:\n  settle: 5000h\nlog: {level: loud}\n");
    problems_warning(&g->problems, (struct problem_place){ "w", 0, 0 }, "mind");
    config_check_put(&g->told, false, &g->text);
    ASSERT(says(g, "s.yaml:2:11: 'run.settle' is 5000h, must be "));
    ASSERT(says(g, "s.yaml:3:14: 'log.level' must be "));
    ASSERT(says(g, "warning: w: mind\n"));
    ASSERT(says(g, "\ns.yaml: 2 errors\n"));
    ASSERT(!says(g, "configuration "));
    text_release(&g->text);
    config_check_put(&g->told, true, &g->text);
    ASSERT(says(g, "s.yaml:2:11: "));
    ASSERT(!says(g, "2 errors"));
    page_free(g);
}

static void the_calendar_has_its_line(void)
{
    struct page *g = page_new("");
    g->told.calendar = "cal.csv";
    g->told.windows = 3;
    config_check_put(&g->told, false, &g->text);
    ASSERT(says(g, "cal.csv: ok, 3 windows\n"));
    g->told.calendar_wrong = true;
    config_check_put(&g->told, false, &g->text);
    ASSERT(says(g, "cal.csv: 1 error\n"));
    page_free(g);
}

static void values_have_unit_and_place(void)
{
    struct page *g = page_new("retention:\n  tip_days: 9\n");
    config_show_put(&g->told, &g->text);
    ASSERT(says(g, "retention.tip_days               9 days                   "
                   "s.yaml:2\n"));
    ASSERT(says(g, "run.settle                       10s                      "
                   "default\n"));
    ASSERT(says(g, "repository.path                  \"data.git\"             "
                   "  default\n"));
    page_free(g);
}

static void json_has_values_as_they_are(void)
{
    struct page *g = page_new("retention:\n  tip_days: 9\n");
    config_show_json(&g->told, &g->text);
    ASSERT(says(g, "{\"key\":\"retention.tip_days\",\"value\":9,\"unit\":"
                   "\"days\",\"from\":\"file\",\"file\":\"s.yaml\",\"line\":2,"
                   "\"column\":13,\"variable\":null}"));
    ASSERT(says(g, "{\"key\":\"run.settle\",\"value\":\"10s\",\"unit\":null,"
                   "\"from\":\"default\",\"file\":null,\"line\":null,"
                   "\"column\":null,\"variable\":null}"));
    ASSERT(says(g, "{\"key\":\"repository.fsync\",\"value\":true,"));
    text_release(&g->text);
    config_check_json(&g->told, &g->text);
    ASSERT(says(g, "{\"ok\":true,\"errors\":0,\"warnings\":0,\"hash\":\""));
    ASSERT(says(g, "{\"what\":\"exit\",\"file\":\"config/exit_strategy_config."
                   "yaml\",\"state\":\"absent\",\"written\":0,"));
    ASSERT(says(g, "\"problems\":[]"));
    page_free(g);
}

static void json_tells_problems_with_their_place(void)
{
    struct page *g = page_new("run:\n  settle: 5000h\n");
    config_check_json(&g->told, &g->text);
    ASSERT(says(g, "{\"ok\":false,\"errors\":1,\"warnings\":0,\"hash\":null,"));
    ASSERT(says(g, "\"file\":\"s.yaml\",\"state\":\"wrong\""));
    ASSERT(says(g, "{\"level\":\"error\",\"file\":\"s.yaml\",\"line\":2,"
                   "\"column\":11,\"text\":\"'run.settle' is 5000h, "));
    page_free(g);
}

static void secrets_are_named_never_shown(void)
{
    struct page *g = page_new("notify: {ntfy_url: 'https://a.example/b'}\n");
    for (size_t i = 0; i < secret_row_count; i++)
        set_secret(g, secret_rows[i].variable, SECRET_IN_VARIABLE);
    set_secret(g, "NTFY_ALERT_URL", SECRET_IN_FILE);
    config_show_put(&g->told, &g->text);
    ASSERT(says(g, "GIT_TOKEN                        set, from environment "
                   "GIT_TOKEN\n"));
    ASSERT(says(g, "notify.ntfy_url                  a secret, not shown      "
                   "environment NTFY_ALERT_URL_FILE\n"));
    ASSERT(!says(g, "https://a.example/b"));
    config_show_json(&g->told, &g->text);
    ASSERT(says(g, "{\"secret\":\"GIT_TOKEN\",\"set\":true,\"variable\":"
                   "\"GIT_TOKEN\"}"));
    ASSERT(says(g, "{\"key\":\"notify.ntfy_url\",\"value\":null,\"unit\":null,"
                   "\"from\":\"environment\",\"file\":null,\"line\":null,"
                   "\"column\":null,\"variable\":\"NTFY_ALERT_URL_FILE\"}"));
    config_check_put(&g->told, false, &g->text);
    config_check_json(&g->told, &g->text);
    ASSERT(says(g, "secrets: ok, 16 of 16 are set\n"));
    ASSERT(!says(g, "PLANTED"));
    page_free(g);
}

static void the_list_has_every_option_and_every_secret(void)
{
    struct text text = TEXT_INIT(1 << 20);
    size_t options = 0;
    config_list_json(&text);
    for (const char *at = text_str(&text); (at = strstr(at, "{\"key\":")); at++)
        options++;
    ASSERT_INT(options, option_count());
    ASSERT(strstr(text_str(&text),
                  "{\"key\":\"retention.tip_days\",\"file\":\"config/"
                  "gridwatch.yaml\",\"type\":\"whole number\",\"default\":"));
    ASSERT(strstr(text_str(&text), "\"unit\":\"days\",\"range\":\""));
    ASSERT(strstr(text_str(&text),
                  "{\"key\":\"run.settle\",\"file\":\"config/gridwatch.yaml"
                  "\",\"type\":\"duration\",\"default\":\"10s\",\"unit\":"
                  "null,\"range\":\"0s to 30s\",\"meaning\":\""));
    ASSERT(strstr(text_str(&text), "\"file\":\"config/watchdog.yaml\""));
    for (size_t i = 0; i < secret_row_count + watchdog_secret_count; i++)
        ASSERT(strstr(text_str(&text), secret_rows[i].variable));
    text_release(&text);
}

void config_told_test(void)
{
    TEST_SUITE("cli: config list, config check and config show");
    TEST(a_good_file_is_said_to_be);
    TEST(all_problems_are_told_and_no_hash);
    TEST(the_calendar_has_its_line);
    TEST(values_have_unit_and_place);
    TEST(json_has_values_as_they_are);
    TEST(json_tells_problems_with_their_place);
    TEST(secrets_are_named_never_shown);
    TEST(the_list_has_every_option_and_every_secret);
}
