/* The help of each word of `grid`: its own options, no other's. */
#include <string.h>

#include "cli/command.h"
#include "test.h"

static bool helps(const char *word, const char *needle)
{
    struct text t = TEXT_INIT(65536);
    help_command(command_find("grid"), word, &t);
    bool found = strstr(text_str(&t), needle) != NULL;
    text_release(&t);
    return found;
}

static void a_word_shows_what_it_takes(void)
{
    ASSERT(helps("stop", "usage: gridwatch grid stop ID [options]\n"));
    ASSERT(helps("stop", "--note TEXT"));
    ASSERT(helps("stop", "--config FILE"));
    ASSERT(!helps("stop", "--lower"));
    ASSERT(!helps("stop", "--kappa"));
    ASSERT(helps("change", "--lower PRICE"));
    ASSERT(!helps("change", "--symbol"));
    ASSERT(helps("create", "--symbol BASE-QUOTE"));
    ASSERT(!helps("create", "--kappa"));
    ASSERT(helps("propose", "--kappa K"));
    ASSERT(!helps("propose", "--note"));
    ASSERT(helps("list", "usage: gridwatch grid list\n"));
    ASSERT(!helps("list", "\noptions:\n"));
}

static void without_a_word_it_shows_all(void)
{
    const char *const words[] = { NULL, "bogus" };
    for (size_t i = 0; i < 2; i++) {
        ASSERT(helps(words[i], "usage: gridwatch grid list | show ID"));
        ASSERT(helps(words[i], "--kappa K"));
        ASSERT(helps(words[i], "--note TEXT"));
    }
}

/* Every option is some word's, and every word takes options that there are. */
static void no_option_is_nobodys(void)
{
    static const char *const names[] = { "list",   "show",  "create",
                                         "start",  "pause", "resume",
                                         "change", "stop",  "propose" };
    const struct arg_table *table = &command_find("grid")->options;
    for (size_t r = 0; r < table->count; r++) {
        int takers = 0;
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
            takers +=
                args_takes(grid_word(names[i])->takes, table->rows[r].name);
        ASSERT(takers > 0);
    }
    ASSERT(grid_word("bogus") == NULL);
}

void grid_help_test(void);
void grid_help_test(void)
{
    TEST_SUITE("cli: the help of grid");
    TEST(a_word_shows_what_it_takes);
    TEST(without_a_word_it_shows_all);
    TEST(no_option_is_nobodys);
}
