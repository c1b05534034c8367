/* docs/record.md and the README of the repository against the layout, the
 * options and the words of the code. Run from the repository. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "cli/command.h"
#include "cli/validate.h"
#include "config/options.h"
#include "config/secrets.h"
#include "record/record.h"
#include "sys/text.h"
#include "test.h"

#define DOCUMENT "docs/record.md"

static struct text document = TEXT_INIT((size_t)1 << 20);

static const char *read_document(void)
{
    struct error err = { FAULT_NONE, "" };
    text_clear(&document);
    ASSERT_INT(text_read_file(&document, DOCUMENT, &err), 0);
    return text_str(&document);
}

static bool holds(const char *text, const char *words)
{
    if (strstr(text, words))
        return true;
    printf("    " DOCUMENT " does not hold '%s'\n", words);
    return false;
}

/* The word in the second column of what stands at such a path. */
static const char *kind_word(const char *path)
{
    static char word[40];
    enum record_kind kind = record_kind_of_path(path);
    switch ((int)kind) {
    case RECORD_SEED:
        return "seed";
    case RECORD_CONFIG:
        return "configuration";
    case RECORD_SCHEMA:
        return "schema";
    case RECORD_README:
        return "readme";
    case RECORD_FOREIGN:
        return "foreign";
    default:
        snprintf(word, sizeof(word), "`%s`", record_kind_name(kind));
        return word;
    }
}

/* Reads "| `PATH` | KIND |"; the end of the table ends it. */
static void every_path_is_of_its_kind(void)
{
    const char *at = strstr(read_document(), "| path | kind |");
    bool seen[RECORD_KIND_COUNT] = { false };
    char path[200], kind[40];
    int rows = 0;

    ASSERT_FATAL(at != NULL);
    while ((at = strstr(at, "\n| `")) != NULL &&
           sscanf(at, "\n| `%199[^`]` | %39[^|]", path, kind) == 2 &&
           strstr(path, "gridwatch") == NULL) {
        enum record_kind is = record_kind_of_path(path);
        kind[strcspn(kind, " ")] = '\0';
        if (is == RECORD_FOREIGN)
            break; /* the next table */
        ASSERT_STR(kind, kind_word(path));
        if (is < RECORD_KIND_COUNT)
            seen[is] = true;
        rows++;
        at++;
    }
    ASSERT(rows > RECORD_KIND_COUNT);
    for (int i = 0; i < RECORD_KIND_COUNT; i++)
        ASSERT(seen[i]);
    text_release(&document);
}

static void every_option_of_the_repository_is_named(void)
{
    const char *text = read_document();
    char name[100];
    int count = 0;
    for (size_t i = 0; i < option_count(); i++) {
        const char *key = option_at(i)->key;
        if (strncmp(key, "repository.", 11) != 0 &&
            strncmp(key, "retention.", 10) != 0)
            continue;
        snprintf(name, sizeof(name), "`%s`", key);
        ASSERT(holds(text, name));
        count++;
    }
    ASSERT(count >= 11);
    text_release(&document);
}

static void every_secret_of_the_remote_is_named(void)
{
    const char *text = read_document();
    char name[100];
    for (size_t i = 0; i < secret_row_count; i++) {
        if (strncmp(secret_rows[i].variable, "GIT_", 4) != 0)
            continue;
        snprintf(name, sizeof(name), "`%s`", secret_rows[i].variable);
        ASSERT(holds(text, name));
    }
    text_release(&document);
}

static void every_way_to_validate_is_told(void)
{
    const struct command *command = command_find("validate");
    const char *text = read_document();
    char words[100];

    ASSERT_FATAL(command != NULL);
    for (size_t i = 0; i < command->options.count; i++) {
        snprintf(words, sizeof(words), "`gridwatch validate --%s",
                 command->options.rows[i].name);
        ASSERT(holds(text, words));
    }
    snprintf(words, sizeof(words), "the hooks print %d at most",
             VALIDATE_HOOK_LINES);
    ASSERT(holds(text, words));
    text_release(&document);
}

/* The README knows every event that a hand may write, and its example reads. */
static void the_readme_tells_of_every_event(void)
{
    struct text readme = TEXT_INIT((size_t)256 << 10);
    char name[40];
    ASSERT_INT(record_readme(&readme, NULL), 0);
    for (int i = 0; i < GRID_EVENT_COUNT; i++) {
        snprintf(name, sizeof(name), "`%s`",
                 grid_event_name((enum grid_event)i));
        ASSERT(holds(text_str(&readme), name));
    }
    ASSERT(holds(text_str(&readme), "gridwatch validate"));
    text_release(&readme);
}

static void the_readmes_example_is_valid(void)
{
    struct text readme = TEXT_INIT((size_t)256 << 10);
    struct text grid = TEXT_INIT(4096);
    struct complaints c = { 0 };
    ASSERT_INT(record_readme(&readme, NULL), 0);
    const char *from = strstr(text_str(&readme), "\nhistory:\n");
    ASSERT_FATAL(from != NULL);
    const char *to = strstr(from, "```");
    ASSERT_FATAL(to != NULL);
    text_puts(&grid, "id: a\nsymbol: BTC-USDT\nmarket: spot\nside: long\n"
                     "lower: 1\nupper: 2");
    text_append(&grid, from, (size_t)(to - from));
    ASSERT_INT(record_validate("grids/a.yaml", text_str(&grid), grid.len, &c),
               0);
    if (c.count)
        printf("    line %d: %s: %s\n", c.list[0].line, c.list[0].path,
               c.list[0].what);
    text_release(&grid);
    text_release(&readme);
}

void record_doc_test(void);
void record_doc_test(void)
{
    TEST_SUITE("docs/record.md and the README against the code");
    TEST(every_path_is_of_its_kind);
    TEST(every_option_of_the_repository_is_named);
    TEST(every_secret_of_the_remote_is_named);
    TEST(every_way_to_validate_is_told);
    TEST(the_readme_tells_of_every_event);
    TEST(the_readmes_example_is_valid);
}
