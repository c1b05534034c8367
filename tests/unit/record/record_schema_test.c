/* What the schemas must say, spelled out for a few places; that they agree
 * with an independent validator is checked in tests/e2e. */
#include <stdio.h>
#include <string.h>

#include "record/record.h"
#include "record/samples.h"
#include "test.h"

static void schema(enum record_kind kind, struct text *out)
{
    struct error err = { 0 };
    text_clear(out);
    schema_render(kind, out, &err);
    ASSERT_STR(err.msg, "");
}

static void has(const struct text *text, const char *part)
{
    if (!strstr(text_str(text), part))
        ASSERT_STR("is not in the schema", part);
    ASSERT(text->len > 0);
}

static void a_schema_closes_every_map_and_names_every_key(void)
{
    struct text t = TEXT_INIT(1 << 18);
    schema(RECORD_DELIVERY, &t);
    has(&t, "\"$schema\":\t\"https://json-schema.org/draft/2020-12/schema\"");
    has(&t, "\"additionalProperties\":\tfalse");
    has(&t, "\"required\":\t[\"kind\", \"version\", \"at\", \"intent\", "
            "\"grid\", \"channel\", \"outcome\", \"tries\", \"http_status\", "
            "\"request\", \"receipt\", \"reason\", \"run\"]");
    has(&t, "\"enum\":\t[\"accepted\", \"refused\", \"superseded\", "
            "\"cancelled\", \"grouped\"]");
    has(&t, "\"const\":\t\"delivery\"");
    has(&t, "\"type\":\t[\"integer\", \"null\"],\n"
            "\t\t\t\"minimum\":\t100,\n"
            "\t\t\t\"maximum\":\t599");
    text_release(&t);
}

static void units_windows_and_sources_stand_in_the_schema(void)
{
    struct text t = TEXT_INIT(1 << 18);
    schema(RECORD_METRICS, &t);
    has(&t, "unit: 1 per bar; window: canonical, half-life 96 bars; warm-up: "
            "97; source: RiskMetrics 1996, ch. 5");
    has(&t, "unit: bars; window: 200 differences, if identified; warm-up: 201; "
            "source: Dickey and Fuller 1979");
    has(&t, "share of random walks whose value is below it");
    has(&t, "\"enum\":\t[\"\", \"not yet built\", \"the price is unknown\"");
    has(&t, "\"minItems\":\t36");
    has(&t, "exchange clock minus ours (ms)");
    schema(RECORD_EXIT, &t);
    has(&t, "that the range is left within 24 h (probability)");
    has(&t, "raises MANDATORY_EXIT; 1h bars; calibrated: successive 1h closes "
            "outside the range, by close (quote); seed: successive 1h closes "
            "outside the range, by close (quote)");
    has(&t, "raises WARNING together with others; 15m bars; calibrated: inside "
            "a calendar window, by windows (windows); seed: off");
    has(&t, "ADX(1h) shows no strong trend; passes at most the limit; unit: "
            "points");
    has(&t, "what decided a yes; absent: none, with a yes bar");
    has(&t, "needs nothing; absent: na\",\n");
    schema(RECORD_GRID, &t);
    has(&t, "lower end of the range (quote currency)");
    has(&t, "\"required\":\t[\"id\", \"symbol\", \"market\", \"side\", "
            "\"lower\", \"upper\"]");
    text_release(&t);
}

/* Spelled out once; the e2e test holds all of it to another validator. */
static void a_key_that_says_something_by_its_absence_is_not_required(void)
{
    struct text t = TEXT_INIT(1 << 18);
    schema(RECORD_EXIT, &t);
    has(&t, "\"required\":\t[\"id\", \"answer\", \"value\", \"limit\", "
            "\"distance\"]");
    has(&t, "\"not\":\t{\n"
            "\t\t\t\t\t\t\t\t\t\"const\":\tfalse");
    has(&t, "\"minItems\":\t1");
    schema(RECORD_METRICS, &t);
    has(&t, "\"short_history\", \"bars_hash\"]");
    text_release(&t);
}

static void only_our_own_schema_is_accepted_as_one(void)
{
    struct text t = TEXT_INIT(1 << 18);
    for (int k = 0; k < RECORD_KIND_COUNT; k++) {
        struct complaints c = { 0 };
        char path[RECORD_PATH_MAX];
        schema((enum record_kind)k, &t);
        record_schema_path((enum record_kind)k, path);
        ASSERT_INT(record_validate(path, t.data, t.len, &c), 0);
        t.data[t.len / 2] ^= 1;
        ASSERT_INT(record_validate(path, t.data, t.len, &c), -1);
        ASSERT_INT(c.count, 1);
    }
    text_release(&t);
}

static void the_readme_explains_how_to_stop_a_grid_by_hand(void)
{
    struct text t = TEXT_INIT(1 << 16);
    struct complaints c = { 0 };
    ASSERT_INT(record_readme(&t, NULL), 0);
    has(&t, "event: stopped");
    has(&t, "grids/GRID.yaml");
    has(&t, "latest/grids/GRID.yaml");
    has(&t, "not built yet");
    ASSERT_INT(record_check_before_commit("README.md", &t, &c), 0);
    for (const char *line = t.data; *line; line += strcspn(line, "\n") + 1)
        if (*line != '|' && strcspn(line, "\n") > 100)
            ASSERT_STR("a line is too long", line);
    text_release(&t);
}

void record_schema_test(void);

void record_schema_test(void)
{
    TEST_SUITE("record/schema");
    TEST(a_schema_closes_every_map_and_names_every_key);
    TEST(units_windows_and_sources_stand_in_the_schema);
    TEST(a_key_that_says_something_by_its_absence_is_not_required);
    TEST(only_our_own_schema_is_accepted_as_one);
    TEST(the_readme_explains_how_to_stop_a_grid_by_hand);
}
