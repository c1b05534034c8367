/* The documents against the tables they tell of. Run from the repository. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "doctor/doctor.h"
#include "exit/theta.h"
#include "sys/text.h"
#include "test.h"

static bool file_holds(const char *path, const char *words)
{
    struct text t = TEXT_INIT((size_t)1 << 20);
    struct error err = { FAULT_NONE, "" };
    bool holds = text_read_file(&t, path, &err) == 0 &&
                 strstr(text_str(&t), words) != NULL;
    if (!holds)
        printf("    %s does not hold '%s' %s\n", path, words, err.msg);
    text_release(&t);
    return holds;
}

static void every_reason_with_a_picture_is_named(void)
{
    struct text line = TEXT_INIT(1000);
    int named = 0;
    text_puts(&line, "**Picture.** With");
    for (int i = 0; i < ALERT_REASON_COUNT; i++) {
        if (alert_reason_pictured((enum alert_reason)i))
            text_printf(&line, "%s `%s`", named++ ? "," : "",
                        alert_reason_name((enum alert_reason)i));
    }
    text_puts(&line, " goes");
    ASSERT_INT(named, 6);
    ASSERT(file_holds("docs/alerts.md", text_str(&line)));
    text_release(&line);
}

static void every_exit_code_has_its_row(void)
{
    static const int codes[] = { RUN_DONE,         RUN_USAGE,
                                 RUN_BAD_DATA,     RUN_UNREACHABLE,
                                 RUN_INTERNAL,     RUN_NO_REPOSITORY,
                                 RUN_NOT_RECORDED, RUN_NOT_DELIVERED,
                                 RUN_CONFIG };
    char row[16];
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        snprintf(row, sizeof(row), "\n| %d | ", codes[i]);
        ASSERT(file_holds("README.md", row));
    }
}

static void every_trigger_has_its_row(void)
{
    char row[300];
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        for (int p = 0; p < PROFILE_COUNT; p++) {
            const struct trigger_rule *rule = &triggers[i].rule[p];
            if (!rule->ask)
                continue;
            snprintf(row, sizeof(row), "\n| %s | %s | %s | %s (%s) | %s |\n",
                     triggers[i].id, exit_state_name(triggers[i].raises),
                     triggers[i].timeframe, rule->metric, rule->unit,
                     rule->meaning);
            ASSERT(file_holds("docs/triggers.md", row));
        }
    }
}

static void every_command_has_help_and_an_example(void)
{
    for (size_t i = 0; i < command_count; i++) {
        struct text help = TEXT_INIT(65536);
        help_command(&commands[i], NULL, &help);
        ASSERT(strstr(text_str(&help), commands[i].example) != NULL);
        ASSERT(command_find(commands[i].name) == &commands[i]);
        text_release(&help);
    }
}

static void every_check_of_the_doctor_has_its_row(void)
{
    struct text row = TEXT_INIT(4000);
    size_t i = 0;
    for (; doctor_check_name(i); i++) {
        text_clear(&row);
        text_printf(&row, "\n| `%s` | %s | %s |\n", doctor_check_name(i),
                    doctor_check_what(i), doctor_check_remedy(i));
        ASSERT(file_holds("docs/troubleshooting.md", text_str(&row)));
    }
    ASSERT(i >= 17);
    text_release(&row);
}

static void what_is_not_built_is_no_command(void)
{
    for (size_t i = 0; i < commands_not_built_count; i++)
        ASSERT(command_find(commands_not_built[i]) == NULL);
}

static void every_limit_by_geometry_has_its_row(void)
{
    char row[100];
    ASSERT(theta_rows > 0);
    for (size_t i = 0; i < theta_rows; i++) {
        const struct theta_row *r = &theta_table[i];
        snprintf(row, sizeof(row),
                 "\n| %s | %g ATR | %g ATR | %g h | %.2f | %.2f |\n",
                 hazard_model_name(r->model), r->half_atr, r->stop_atr,
                 (double)r->delay_minutes / 60, r->enter, r->gate);
        ASSERT(file_holds("docs/triggers.md", row));
    }
}

static void every_model_of_pi_has_its_row(void)
{
    char row[40];
    for (int i = 0; i < HAZARD_MODEL_COUNT; i++) {
        snprintf(row, sizeof(row), "\n| %s | ",
                 hazard_model_name((enum hazard_model)i));
        ASSERT(file_holds("docs/triggers.md", row));
    }
}

/* Its colours change where the rows of pi call. */
static void the_dashboard_has_the_limits_that_ship(void)
{
    char words[100];
    struct config c;
    config_defaults(&c);
    snprintf(words, sizeof(words),
             "W_HAZ from .%02.0f on, L_HAZ from .%02.0f on",
             100 * c.exit.w_haz.enter, 100 * c.exit.l_haz.enter);
    ASSERT(file_holds("k8s/grafana/gridwatch.json", words));
    snprintf(words, sizeof(words),
             "\"color\": \"orange\",\n        \"value\": %g\n",
             c.exit.l_haz.enter);
    ASSERT(file_holds("k8s/grafana/gridwatch.json", words));
    snprintf(words, sizeof(words), "shipped limits, .%02.0f and .%02.0f;",
             100 * c.exit.w_haz.enter, 100 * c.exit.l_haz.enter);
    ASSERT(file_holds("docs/prometheus.md", words));
}

void docs_test(void);
void docs_test(void)
{
    TEST_SUITE("docs against the tables");
    TEST(every_reason_with_a_picture_is_named);
    TEST(every_exit_code_has_its_row);
    TEST(every_trigger_has_its_row);
    TEST(every_limit_by_geometry_has_its_row);
    TEST(every_model_of_pi_has_its_row);
    TEST(the_dashboard_has_the_limits_that_ship);
    TEST(every_command_has_help_and_an_example);
    TEST(every_check_of_the_doctor_has_its_row);
    TEST(what_is_not_built_is_no_command);
}
