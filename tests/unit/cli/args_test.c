/* The command line against its tables. */
#include "cli/args.h"

#include "base/array.h"
#include "test.h"

static const struct arg_option shared[] = {
    { "config", 'c', "FILE", "the file" },
    { "json", '\0', NULL, "print JSON" },
};
static const struct arg_option own[] = {
    { "lower", '\0', "PRICE", "lower bound" },
};
static const struct arg_table tables[2] = {
    { shared, ARRAY_LEN(shared) },
    { own, ARRAY_LEN(own) },
};

/* argv may be written to, a literal may not. */
#define W(literal) ((char[]){ literal })

static int parse(char **argv, int argc, bool stop, struct args *out, int *used,
                 struct error *err)
{
    return args_parse(tables, argc, argv, stop, out, used, err);
}

#define PARSE(argv, stop)                                                      \
    parse((argv), (int)ARRAY_LEN(argv), (stop), &args, &used, &err)

static struct args args;
static struct error err;
static int used;

static void options_stand_anywhere_and_take_their_value_either_way(void)
{
    char *argv[] = { W("show"), W("--lower=5"), W("btc-a"),
                     W("-c"),   W("x.yaml"),    W("--json") };
    ASSERT_INT(PARSE(argv, false), 0);
    ASSERT_INT(args.word_count, 2);
    ASSERT_STR(args.words[0], "show");
    ASSERT_STR(args.words[1], "btc-a");
    ASSERT_STR(args.value[0][0], "x.yaml");
    ASSERT_STR(args.value[0][1], "");
    ASSERT_STR(args.value[1][0], "5");
}

static void what_was_not_given_is_null(void)
{
    char *argv[] = { W("list") };
    ASSERT_INT(PARSE(argv, false), 0);
    ASSERT_STR(args.value[0][0], NULL);
    ASSERT_STR(args.value[1][0], NULL);
}

static void reading_stops_at_the_first_word_when_asked(void)
{
    char *argv[] = { W("--json"), W("run"), W("--unknown") };
    ASSERT_INT(PARSE(argv, true), 0);
    ASSERT_INT(used, 1);
    ASSERT_INT(args.word_count, 0);
}

static void behind_two_dashes_all_are_words(void)
{
    char *argv[] = { W("--"), W("--json"), W("-c") };
    ASSERT_INT(PARSE(argv, false), 0);
    ASSERT_INT(args.word_count, 2);
    ASSERT_STR(args.words[0], "--json");
    ASSERT_STR(args.value[0][1], NULL);
}

static void an_unknown_option_is_a_usage_error_that_names_it(void)
{
    char *argv[] = { W("--lowe"), W("5") };
    ASSERT_INT(PARSE(argv, false), -1);
    ASSERT_INT(err.fault, FAULT_USAGE);
    ASSERT_STR(err.msg, "unknown option '--lowe'");
}

static void a_missing_value_twice_and_a_value_too_many_are_errors(void)
{
    char *missing[] = { W("--lower") };
    char *twice[] = { W("--lower"), W("1"), W("--lower"), W("2") };
    char *many[] = { W("--json=yes") };
    ASSERT_INT(PARSE(missing, false), -1);
    ASSERT_STR(err.msg, "option '--lower' needs PRICE");
    ASSERT_INT(PARSE(twice, false), -1);
    ASSERT_STR(err.msg, "option '--lower' stands twice");
    ASSERT_INT(PARSE(many, false), -1);
    ASSERT_STR(err.msg, "option '--json' takes no value");
}

static void a_single_dash_is_a_word(void)
{
    char *argv[] = { W("-") };
    ASSERT_INT(PARSE(argv, false), 0);
    ASSERT_STR(args.words[0], "-");
}

static void help_has_a_line_for_each_option(void)
{
    struct text out = TEXT_INIT(1000);
    ASSERT(args_takes(" note by ", "by"));
    ASSERT(args_takes(" note by ", "note"));
    ASSERT(!args_takes(" lower-by ", "by") && !args_takes(" bye ", "by"));
    ASSERT(!args_takes(" ", "by"));
    args_help(&tables[0], NULL, &out);
    ASSERT_STR(text_str(&out), "  -c, --config FILE          the file\n"
                               "  --json                     print JSON\n");
    text_release(&out);
}

void args_test(void);
void args_test(void)
{
    TEST_SUITE("cli/args");
    TEST(options_stand_anywhere_and_take_their_value_either_way);
    TEST(what_was_not_given_is_null);
    TEST(reading_stops_at_the_first_word_when_asked);
    TEST(behind_two_dashes_all_are_words);
    TEST(an_unknown_option_is_a_usage_error_that_names_it);
    TEST(a_missing_value_twice_and_a_value_too_many_are_errors);
    TEST(a_single_dash_is_a_word);
    TEST(help_has_a_line_for_each_option);
}
