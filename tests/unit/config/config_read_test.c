/* Documents as a whole: what is told, where, and that all of it is told. */
#include <string.h>

#include "config/secrets.h"
#include "config/suggest.h"
#include "config_help.h"
#include "test.h"

void config_read_test(void);

static void all_errors_are_told_at_once_with_their_place(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_SERVICE,
               "run:\n"
               "  deadline: 5s\n"
               "  setle: 10s\n"
               "exchange:\n"
               "  base_url: ftp://example.org\n"
               "  max_connections:   eight\n"
               "colour: blue\n");
    sheet_read(s, CONFIG_EXIT,
               "exit:\n"
               "  l_haz:\n"
               "    mode: on\n"
               "    enter: 1.5\n"
               "  w_haz: 0.25\n");
    ASSERT_INT(s->problems.errors, 8);
    ASSERT_STR(sheet_line(s, 0),
               "s.yaml:2:13: 'run.deadline' is 5s, must be 20s to 14m");
    ASSERT_STR(sheet_line(s, 1), "s.yaml:3:3: unknown key 'run.setle': did you "
                                 "mean 'run.settle'?");
    ASSERT_STR(sheet_line(s, 2),
               "s.yaml:5:13: 'exchange.base_url': must begin with https://");
    ASSERT_STR(sheet_line(s, 3),
               "s.yaml:6:22: 'exchange.max_connections' must be a whole "
               "number: 1 to 128 connections");
    ASSERT_STR(sheet_line(s, 4),
               "s.yaml:7:1: unknown key 'colour': remove it, or see "
               "docs/config.md for all keys");
    ASSERT_STR(sheet_line(s, 5),
               "e.yaml:3:11: 'exit.l_haz.mode' must be one of these words: "
               "active, shadow, off");
    ASSERT_STR(sheet_line(s, 6), "e.yaml:4:12: 'exit.l_haz.enter' is 1.5, must "
                                 "be 0.01 to 0.89 probability");
    ASSERT_STR(sheet_line(s, 7),
               "e.yaml:5:10: 'exit.w_haz' must be a map: write its keys below "
               "it, indented");
    sheet_free(s);
}

static void what_is_right_beside_an_error_is_read(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_EXIT,
               "exit:\n  l_haz: {enter: 2, leave: 0.1, mode: shadow}\n");
    ASSERT_INT(s->problems.errors, 1);
    ASSERT_NEAR(s->config.exit.l_haz.enter, 0.50, 0);
    ASSERT_NEAR(s->config.exit.l_haz.leave, 0.10, 0);
    ASSERT_INT(s->config.exit.mode[L_HAZ], TRIGGER_SHADOW);
    ASSERT_INT(s->config.exit.mode[W_HAZ], TRIGGER_ACTIVE);
    sheet_free(s);
}

static void a_key_twice_is_an_error_with_its_place(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_SERVICE, "run:\n  settle: 5s\n  settle: 6s\n");
    ASSERT_INT(s->problems.errors, 1);
    ASSERT_INT(s->problems.list[0].line, 3);
    ASSERT_INT(s->problems.list[0].column, 3);
    ASSERT(sheet_tells(s, "settle"));
    sheet_free(s);
}

static void what_is_not_yaml_is_an_error_with_its_place(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_SERVICE, "run:\n  settle: [5s\n");
    ASSERT_INT(s->problems.errors, 1);
    ASSERT(s->problems.list[0].line >= 2);
    sheet_free(s);
    s = sheet_new();
    sheet_read(s, CONFIG_SERVICE, "- run\n- exit\n");
    ASSERT_STR(sheet_line(s, 0), "s.yaml:1:1: 'gridwatch' must be a map: write "
                                 "its keys below it, indented");
    sheet_free(s);
    s = sheet_new();
    sheet_read(s, CONFIG_SERVICE, "run.settle=5s\nlog.level=warn\n");
    ASSERT_STR(sheet_line(s, 0), "s.yaml:1:1: 'gridwatch' must be a map: write "
                                 "its keys below it, indented");
    sheet_free(s);
}

static void an_empty_document_is_valid(void)
{
    static const char *const empty[] = { "", "\n", "# nothing\n", "---\n",
                                         "run:\nlog:\n" };
    for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
        struct sheet *s = sheet_new();
        struct config standard;
        config_defaults(&standard);
        sheet_read(s, CONFIG_SERVICE, empty[i]);
        reading_check(&s->reading);
        ASSERT_STR(sheet_line(s, 0), "");
        ASSERT(memcmp(&s->config, &standard, sizeof(standard)) == 0);
        sheet_free(s);
    }
}

static void a_key_of_the_other_file_is_sent_there(void)
{
    struct sheet *s = sheet_new();
    sheet_put(s, "exit.shadow", "true");
    ASSERT_INT(s->problems.errors, 0);
    sheet_read(s, CONFIG_SERVICE, "exit:\n  shadow: true\n");
    sheet_read(s, CONFIG_EXIT, "run:\n  settle: 5s\n");
    ASSERT_STR(sheet_line(s, 0),
               "s.yaml:1:1: unknown key 'exit': it belongs to the file "
               "'config/exit_strategy_config.yaml'");
    ASSERT_STR(sheet_line(s, 1), "e.yaml:1:1: unknown key 'run': it belongs to "
                                 "the file 'config/gridwatch.yaml'");
    ASSERT_INT(s->config.run.settle_ms, 10000);
    sheet_free(s);
}

static void keys_with_dots_are_not_maps_in_maps(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_SERVICE, "run.settle: 5s\n");
    ASSERT_STR(sheet_line(s, 0), "s.yaml:1:1: unknown key 'run.settle': write "
                                 "a map in a map, not a key with dots");
    ASSERT_INT(s->config.run.settle_ms, 10000);
    sheet_free(s);
}

static void quotes_make_a_number_a_text(void)
{
    struct sheet *s = sheet_new();
    sheet_put(s, "notify.tries", "\"3\"");
    ASSERT_STR(sheet_line(s, 0), "s.yaml:2:10: 'notify.tries' is in quotes, "
                                 "which makes it a text: write it without");
    sheet_put(s, "repository.branch", "007");
    ASSERT_INT(s->problems.errors, 1);
    ASSERT_STR(s->config.repository.branch, "007");
    sheet_free(s);
}

/* Distances by hand: Levenshtein's own operations. */
static void misspelt_words_find_their_neighbour(void)
{
    ASSERT_INT(edit_distance("", "abc"), 3);
    ASSERT_INT(edit_distance("kitten", "sitting"), 3);
    ASSERT_INT(edit_distance("flaw", "lawn"), 2);
    ASSERT_INT(edit_distance("same", "same"), 0);
    ASSERT_STR(suggest_key(CONFIG_EXIT, "exit.l_haz.entre"),
               "exit.l_haz.enter");
    ASSERT_STR(suggest_key(CONFIG_SERVICE, "notfy"), "notify");
    ASSERT_STR(suggest_key(CONFIG_SERVICE, "deadline"), "run.deadline");
    ASSERT_STR(suggest_key(CONFIG_SERVICE, "zebra"), NULL);
}

static void too_many_problems_are_counted(void)
{
    struct sheet *s = sheet_new();
    struct text yaml = TEXT_INIT(65536);
    for (int i = 0; i < 300; i++)
        text_printf(&yaml, "zebra%d: 1\n", i);
    sheet_read(s, CONFIG_SERVICE, yaml.data);
    ASSERT_INT(s->problems.errors, 300);
    ASSERT_INT(s->problems.count, PROBLEMS_MAX);
    text_release(&yaml);
    sheet_free(s);
}

static void a_long_or_wild_key_stays_one_line(void)
{
    struct sheet *s = sheet_new();
    struct text yaml = TEXT_INIT(65536);
    text_puts(&yaml, "\"a\\nb\\x1b\": 1\n");
    for (int i = 0; i < 800; i++)
        text_puts(&yaml, "k");
    text_puts(&yaml, ": 1\n");
    sheet_read(s, CONFIG_SERVICE, yaml.data);
    ASSERT_INT(s->problems.errors, 2);
    for (size_t i = 0; i < 2; i++) {
        ASSERT(strpbrk(sheet_line(s, i), "\n\x1b") == NULL);
        ASSERT(strlen(sheet_line(s, i)) < PROBLEM_LINE - 1);
    }
    text_release(&yaml);
    sheet_free(s);
}

/* A token pasted as a key is no name that anybody would give an option. */
static void what_may_be_a_secret_is_not_shown_as_a_key(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_SERVICE,
               "azGDORePK8gMaC0QOYAMyEEuzJnyUi: 1\n"
               "5ec2e700-1d1e-4b1d-8f00-ba5eba11f00d: 1\n"
               "notify: {tk_plantedNtfyToken42: 1, 'pass+phrase': 1,\n"
               "  abcdefghijklmnopqrstuvwxyzabcdefghijklmno: 1}\n"
               "KUCOIN_API_KEY: x\n"
               "Log-Level: x\n"
               "run: {setle: 1, p95: 1}\n");
    ASSERT(!sheet_tells(s, "azGDO"));
    ASSERT(!sheet_tells(s, "5ec2"));
    ASSERT(!sheet_tells(s, "planted"));
    ASSERT(!sheet_tells(s, "pass+"));
    ASSERT(!sheet_tells(s, "abcdefg"));
    ASSERT(sheet_tells(s, "s.yaml:1:1: unknown key, which is not shown"));
    ASSERT(sheet_tells(s, "s.yaml:2:1: unknown key, which is not shown"));
    ASSERT(sheet_tells(s, "s.yaml:3:10: unknown key, which is not shown"));
    ASSERT(sheet_tells(s, "s.yaml:4:3: unknown key, which is not shown"));
    ASSERT(sheet_tells(s, "'KUCOIN_API_KEY' looks like a secret"));
    ASSERT(sheet_tells(s, "unknown key 'Log-Level'"));
    ASSERT(sheet_tells(s, "unknown key 'run.setle': did you mean"));
    ASSERT(sheet_tells(s, "unknown key 'run.p95'"));
    sheet_free(s);
}

static void secrets_in_a_file_are_errors_and_stay_untold(void)
{
    struct sheet *s = sheet_new();
    sheet_read(s, CONFIG_SERVICE,
               "notify:\n"
               "  pushover_token: PLANTED1\n"
               "  user: PLANTED2\n"
               "exchange:\n"
               "  Api-Key: PLANTED3\n"
               "  base_url: https://me:PLANTED4@api.kucoin.com\n"
               "  max_connections: PLANTED5\n"
               "other:\n"
               "  - deep: {passphrase: PLANTED6}\n"
               "run: {settle: {secret: PLANTED7}}\n"
               "log: {level: PLANTED8}\n"
               "repository: {fsync: PLANTED9, push_budget: PLANTEDa,\n"
               "  remote: 'https://PLANTEDb@example.org/data.git'}\n");
    reading_check(&s->reading);
    ASSERT(!sheet_tells(s, "PLANTED"));
    ASSERT(sheet_tells(s, "s.yaml:2:3: 'notify.pushover_token' looks like a "
                          "secret"));
    ASSERT(sheet_tells(s, "s.yaml:3:3: 'notify.user' looks like a secret"));
    ASSERT(sheet_tells(s, "s.yaml:5:3: 'exchange.Api-Key' looks like a "));
    ASSERT(sheet_tells(s, "s.yaml:9:12: 'passphrase' looks like a secret"));
    ASSERT(sheet_tells(s, "s.yaml:10:16: 'secret' looks like a secret"));
    ASSERT(sheet_tells(s, "s.yaml:6:13: 'exchange.base_url': must not hold a "
                          "user name or password"));
    ASSERT(sheet_tells(s, "'repository.remote' must not hold a password"));
    sheet_free(s);
}

static void no_option_sounds_like_a_secret(void)
{
    for (size_t i = 0; i < option_count(); i++)
        ASSERT(!secret_word(strrchr(option_at(i)->key, '.') + 1));
    ASSERT(secret_word("PUSHOVER_USER") && secret_word("kucoin-api-key"));
    ASSERT(secret_word("trading_key") && !secret_word("allow_trading_key"));
}

/* The lock and what is set aside lie beside it, not inside. */
static void the_repository_has_no_slash_at_its_end(void)
{
    static const char *const given[][2] = {
        { "data.git", "data.git" },    { "data.git/", "data.git" },
        { "/a/b.git///", "/a/b.git" }, { "/", "/" },
        { "a//b/", "a//b" },
    };
    for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
        struct sheet *s = sheet_new();
        sheet_put(s, "repository.path", given[i][0]);
        sheet_put(s, "repository.remote", "https://example.org/a/");
        ASSERT_INT(s->problems.errors, 0);
        ASSERT_STR(s->config.repository.path, given[i][1]);
        ASSERT_STR(s->config.repository.remote, "https://example.org/a/");
        sheet_free(s);
    }
}

void config_read_test(void)
{
    TEST_SUITE("config: reading documents");
    TEST(all_errors_are_told_at_once_with_their_place);
    TEST(what_is_right_beside_an_error_is_read);
    TEST(a_key_twice_is_an_error_with_its_place);
    TEST(what_is_not_yaml_is_an_error_with_its_place);
    TEST(an_empty_document_is_valid);
    TEST(a_key_of_the_other_file_is_sent_there);
    TEST(keys_with_dots_are_not_maps_in_maps);
    TEST(quotes_make_a_number_a_text);
    TEST(misspelt_words_find_their_neighbour);
    TEST(too_many_problems_are_counted);
    TEST(a_long_or_wild_key_stays_one_line);
    TEST(secrets_in_a_file_are_errors_and_stay_untold);
    TEST(what_may_be_a_secret_is_not_shown_as_a_key);
    TEST(no_option_sounds_like_a_secret);
    TEST(the_repository_has_no_slash_at_its_end);
}
