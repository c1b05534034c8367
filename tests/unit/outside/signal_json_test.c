/* Signals as other programs write them. */
#include "outside/signal_json.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "sys/text.h"
#include "test.h"

void signal_json_test(void);

#define AT_MS   INT64_C(1773855900000) /* 2026-03-18T17:45:00Z */
#define AT      "\"time\": \"2026-03-18T17:45:00Z\""
#define FADES   "\"half_life_s\": 3600"
#define SIGNAL  "{\"value\": 0.7, " AT ", " FADES "}"
#define WITH(v) "{\"value\": " v ", " AT ", " FADES "}"

static struct signal signal;
static struct error err;

static int parse(const char *text)
{
    memset(&err, 0, sizeof(err));
    signal = outside_none().signal;
    return signal_parse(text, strlen(text), &signal, &err);
}

static void the_three_figures_are_read(void)
{
    ASSERT_INT(parse(SIGNAL), 0);
    ASSERT_NEAR(signal.value, 0.7, 0);
    ASSERT_INT(signal.at_ms, AT_MS);
    ASSERT_NEAR(signal.half_life_s, 3600, 0);
    ASSERT(!signal.read && !signal.configured); /* the caller's */
    ASSERT_INT(parse(" \n" WITH("-1e3") "\n"), 0);
    ASSERT_NEAR(signal.value, -1000, 0);
    ASSERT_INT(parse("{\"half_life_s\": 0.5, \"note\": [1, {}], "
                     "\"time\": \"2026-03-18T18:45:00+01:00\", \"value\": 0}"),
               0);
    ASSERT_NEAR(signal.value, 0, 0);
    ASSERT_INT(signal.at_ms, AT_MS);
    ASSERT_NEAR(signal.half_life_s, 0.5, 0);
}

static void a_signal_may_be_said_to_stay(void)
{
    ASSERT_INT(parse("{\"value\": 2, " AT ", \"half_life_s\": null}"), 0);
    ASSERT_NEAR(signal.half_life_s, HUGE_VAL, 0);
    signal.read = true;
    ASSERT_NEAR(signal_at(&signal, AT_MS + MS_PER_DAY).v, 2, 0);
}

/* What is left of .7 after an hour and a half: .7 * 2^-1.5. */
static void what_was_read_fades(void)
{
    ASSERT_INT(parse(SIGNAL), 0);
    signal.read = true;
    ASSERT_NEAR(signal_at(&signal, AT_MS).v, 0.7, 1e-15);
    ASSERT_NEAR(signal_at(&signal, AT_MS + MS_PER_HOUR).v, 0.35, 1e-15);
    ASSERT_NEAR(signal_at(&signal, AT_MS + 90 * MS_PER_MINUTE).v,
                0.24748737341529164, 1e-14);
}

// clang-format off
#define OBJECT    "is not one JSON object with value, time and half_life_s"
#define VALUE     "'value' must be a finite number"
#define TIME      "'time' must be a time such as \"2026-03-18T18:00:00Z\""
#define HALF_LIFE "'half_life_s' must be a number of seconds above 0, or null for a signal that never fades"
static const struct { const char *text, *tells; } wrongs[] = {
    { "", OBJECT },
    { "0.7", OBJECT },
    { "[" SIGNAL "]", OBJECT },
    { "<html>PLANTED</html>", OBJECT },
    { SIGNAL SIGNAL, OBJECT },
    { SIGNAL "x", OBJECT },
    { "{\"value\": 0.7, " AT ", " FADES, OBJECT },
    { "{'value': 0.7}", OBJECT },
    { WITH("NaN"), OBJECT },
    { WITH("nan"), OBJECT },
    { WITH("Infinity"), OBJECT },
    { WITH(""), OBJECT },
    { WITH("1e999"), VALUE },
    { WITH("-1e999"), VALUE },
    { WITH("\"0.7\""), VALUE },
    { WITH("\"PLANTED\""), VALUE },
    { WITH("null"), VALUE },
    { WITH("true"), VALUE },
    { WITH("[0.7]"), VALUE },
    { "{" AT ", " FADES "}", "'value' is missing" },
    { "{\"Value\": 0.7, " AT ", " FADES "}", "'value' is missing" },
    { "{\"value\": 0.7, \"value\": 0.8, " AT ", " FADES "}", "'value' stands twice" },
    { "{\"value\": 0.7, " FADES "}", "'time' is missing" },
    { "{\"value\": 0.7, \"time\": 1773855900, " FADES "}", TIME },
    { "{\"value\": 0.7, \"time\": \"2026-03-18 17:45\", " FADES "}", TIME },
    { "{\"value\": 0.7, \"time\": \"2026-03-18T17:45:00\", " FADES "}", TIME },
    { "{\"value\": 0.7, \"time\": null, " FADES "}", TIME },
    { "{\"value\": 0.7, " AT "}", "'half_life_s' is missing" },
    { "{\"value\": 0.7, " AT ", \"half_life_s\": 0}", HALF_LIFE },
    { "{\"value\": 0.7, " AT ", \"half_life_s\": -3600}", HALF_LIFE },
    { "{\"value\": 0.7, " AT ", \"half_life_s\": 1e999}", HALF_LIFE },
    { "{\"value\": 0.7, " AT ", \"half_life_s\": \"1h\"}", HALF_LIFE },
    { "{\"value\": 0.7, " AT ", \"half_life_s\": false}", HALF_LIFE },
};
// clang-format on

static void what_is_wrong_is_told_and_nothing_is_taken(void)
{
    for (size_t i = 0; i < ARRAY_LEN(wrongs); i++) {
        ASSERT_INT(parse(wrongs[i].text), -1);
        ASSERT_STR(err.msg, wrongs[i].tells);
        ASSERT_INT(err.fault, FAULT_DATA);
        ASSERT_NEAR(signal.value, NO_VALUE, 0);
        ASSERT(signal.at_ms == MOMENT_NONE);
    }
}

static void a_zero_byte_is_no_json(void)
{
    static const char bytes[] = SIGNAL "\0 ";
    memset(&err, 0, sizeof(err));
    ASSERT_INT(signal_parse(bytes, sizeof(bytes) - 1, &signal, &err), -1);
    ASSERT_STR(err.msg, OBJECT);
}

static void a_deep_document_is_refused(void)
{
    struct text t = TEXT_INIT(70000);
    for (int i = 0; i < 60000; i++)
        text_puts(&t, "[");
    ASSERT_INT(parse(text_str(&t)), -1);
    ASSERT_STR(err.msg, OBJECT);
    text_release(&t);
}

static void the_example_of_the_docs_is_one(void)
{
    struct text page = TEXT_INIT((size_t)1 << 20);
    ASSERT_FATAL(text_read_file(&page, "docs/config.md", &err) == 0);
    char *begin = strstr(page.data, "```json\n");
    ASSERT_FATAL(begin != NULL);
    *strstr(begin + 8, "```") = '\0';
    ASSERT_INT(parse(begin + 8), 0);
    ASSERT_STR(err.msg, "");
    ASSERT_NEAR(signal.value, 0.7, 0);
    ASSERT_INT(signal.at_ms, AT_MS);
    text_release(&page);
}

void signal_json_test(void)
{
    TEST_SUITE("outside: signal");
    TEST(the_three_figures_are_read);
    TEST(a_signal_may_be_said_to_stay);
    TEST(what_was_read_fades);
    TEST(what_is_wrong_is_told_and_nothing_is_taken);
    TEST(a_zero_byte_is_no_json);
    TEST(a_deep_document_is_refused);
    TEST(the_example_of_the_docs_is_one);
}
