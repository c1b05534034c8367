/* KPIs as JSON and as lines, with numbers that were put in by hand. */
#include "cli/kpi_json.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/array.h"
#include "cli/kpi_screen.h"
#include "sys/text.h"
#include "test.h"

static struct kpi_result results[KPI_COUNT];

static void fill(void)
{
    struct value none = value_none(VALUE_UNAVAILABLE);
    for (int i = 0; i < KPI_COUNT; i++)
        results[i] = (struct kpi_result){ none, none, none, 0, 0, 0, none };
    results[KPI_EAW] = (struct kpi_result){
        value_real(.935, 5048),
        value_real(.9, 5048),
        value_real(.97, 5048),
        5048,
        0,
        0,
        value_real(1.8, 5048),
    };
    results[KPI_TTDR].value = value_none(VALUE_WARMUP);
    results[KPI_TTDR].pending = 7;
    results[KPI_LEAD_HOURS].value = value_real(12.25, 3);
    results[KPI_LEAD_HOURS].n = 3;
    results[KPI_SLAR].value = value_real(.951, 40);
    results[KPI_SLAR].lo = value_real(.91, 40);
    results[KPI_SLAR].hi = value_real(.98, 40);
    results[KPI_FALSE_MANDATORY].value = value_real(.2, 10);
    results[KPI_FALSE_MANDATORY].undefined = 2;
}

static cJSON *member(cJSON *all, const char *name, const char *key)
{
    cJSON *one = cJSON_GetObjectItemCaseSensitive(all, name);
    ASSERT_FATAL(one != NULL);
    return cJSON_GetObjectItemCaseSensitive(one, key);
}

/* The keys that the backtest's readers rely on. */
static void every_kpi_has_its_key(void)
{
    static const char *const names[] = {
        "eaw",
        "slar",
        "ttdr",
        "ttdr_base",
        "mec",
        "prr_median",
        "prr_eligible",
        "life_ratio",
        "lead_hours",
        "false_mandatory",
        "alerts_per_grid_day",
    };
    static const char *const keys[] = { "value", "n", "lo", "hi" };
    cJSON *o = cJSON_CreateObject();

    fill();
    member_kpis(o, "kpi", results);
    cJSON *all = cJSON_GetObjectItemCaseSensitive(o, "kpi");
    ASSERT_INT(cJSON_GetArraySize(all), KPI_COUNT);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        for (size_t k = 0; k < ARRAY_LEN(keys); k++)
            ASSERT(member(all, names[i], keys[k]) != NULL);
    cJSON_Delete(o);
}

static void numbers_are_numbers_and_nothing_is_null(void)
{
    cJSON *o = cJSON_CreateObject();
    fill();
    member_kpis(o, "kpi", results);
    char *text = cJSON_PrintUnformatted(o);
    ASSERT(strstr(text,
                  "\"eaw\":{\"value\":0.935,\"status\":\"real\",\"n\":5048,"
                  "\"undefined\":0,\"pending\":0,\"lo\":0.9,\"hi\":0.97,"
                  "\"deff\":1.8,\"aim\":0.9,\"reached\":\"yes\",\"shown\":"
                  "\"yes\",\"needed\":344}") != NULL);
    ASSERT(strstr(text, "\"ttdr\":{\"value\":null,\"status\":\"warmup\","
                        "\"n\":0,\"undefined\":0,\"pending\":7,\"lo\":null,"
                        "\"hi\":null,\"deff\":null,\"aim\":0.7,\"reached\":"
                        "\"unknown\",\"shown\":\"unknown\",\"needed\":null}") !=
           NULL);
    ASSERT(strstr(text, "\"aim\":null,\"reached\":\"na\",\"shown\":\"na\"") !=
           NULL);
    cJSON_free(text);
    cJSON_Delete(o);
}

static void lines_say_what_is_reached_and_what_is_shown(void)
{
    struct text t = TEXT_INIT(1 << 14);
    fill();
    kpi_screen(results, &t);
    const char *text = text_str(&t);
    ASSERT(strstr(text, "\neaw                      0.935     0.900     0.970"
                        "    5048         0       0  >= 0.90 shown\n") != NULL);
    ASSERT(strstr(text, "\nslar                     0.951     0.910     0.980"
                        "       0         0       0  >= 0.95 reached, not "
                        "shown: needs n 179009\n") != NULL);
    ASSERT(strstr(text,
                  "\nttdr                         -         -         -"
                  "       0         0       7  >= 0.70 unknown\n") != NULL);
    ASSERT(strstr(text, "\nlead_hours                12.2         -         -"
                        "       3         0       0  \n") != NULL);
    ASSERT(strstr(text, "  <= 0.05 not reached\n") != NULL);
    text_release(&t);
}

void kpi_json_test(void);
void kpi_json_test(void)
{
    TEST_SUITE("cli/kpi_json");
    TEST(every_kpi_has_its_key);
    TEST(numbers_are_numbers_and_nothing_is_null);
    TEST(lines_say_what_is_reached_and_what_is_shown);
}
