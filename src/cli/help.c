#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"

static void put_table(const struct arg_table *table, const char *takes,
                      const char *heading, struct text *out)
{
    if (!table->count || (takes && !takes[strspn(takes, " ")]))
        return;
    text_printf(out, "\n%s:\n", heading);
    args_help(table, takes, out);
}

/* What a command does not take is not shown; the watchdog's file is its own. */
static void put_shared(const struct command *command, struct text *out)
{
    struct arg_option rows[SHARED_COUNT];
    const struct arg_table shared = { rows, SHARED_COUNT };
    bool own = command && command->go == cmd_watchdog;

    memcpy(rows, shared_options, sizeof(rows));
    if (own)
        rows[SHARED_CONFIG].help =
            "its own configuration (config/watchdog.yaml)";
    put_table(&shared,
              own ? " config json at dry-run quiet verbose help version "
                  : NULL,
              "options of every command", out);
}

static void help_word(const struct command *command,
                      const struct command_word *w, struct text *out)
{
    bool optional = w->takes[strspn(w->takes, " ")] != '\0';
    text_printf(out, "gridwatch %s %s - %s\n\nusage: gridwatch %s %s%s%s%s\n",
                command->name, w->name, w->help, command->name, w->name,
                w->words[0] ? " " : "", w->words, optional ? " [options]" : "");
    put_table(&command->options, w->takes, "options", out);
    put_shared(command, out);
}

void help_command(const struct command *command, const char *word,
                  struct text *out)
{
    const struct command_word *w =
        word && command->go == cmd_grid ? grid_word(word) : NULL;
    if (w) {
        help_word(command, w, out);
        return;
    }
    text_printf(out, "gridwatch %s - %s\n\nusage: gridwatch %s%s%s%s\n",
                command->name, command->help, command->name,
                command->words[0] ? " " : "", command->words,
                command->options.count ? " [options]" : "");
    text_printf(out, "example: %s\n", command->example);
    put_table(&command->options, NULL, "options", out);
    put_shared(command, out);
}

void help_overview(struct text *out)
{
    text_puts(out, "gridwatch - rings before a grid bot's range breaks; it "
                   "never trades\n\nusage: gridwatch COMMAND [options]\n\n");
    for (size_t i = 0; i < command_count; i++)
        text_printf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
    text_puts(out, "\nnot implemented yet:");
    for (size_t i = 0; i < commands_not_built_count; i++)
        text_printf(out, " %s", commands_not_built[i]);
    text_puts(out, "\n");
    put_shared(NULL, out);
    text_puts(out, "\n'gridwatch help COMMAND' says more.\n");
}

enum run_exit cmd_help(const struct context *c, struct error *err)
{
    struct text out = TEXT_INIT(65536);
    enum run_exit code = RUN_DONE;
    const char *name = c->args->word_count ? c->args->words[0] : NULL;
    const struct command *command = name ? command_find(name) : NULL;

    if (name && !command) {
        error_set(err, FAULT_USAGE, "there is no command '%.40s'", name);
        code = RUN_USAGE;
    } else if (command) {
        help_command(command,
                     c->args->word_count > 1 ? c->args->words[1] : NULL, &out);
    } else {
        help_overview(&out);
    }
    fputs(text_str(&out), stdout);
    text_release(&out);
    return code;
}

enum run_exit cmd_version(const struct context *c, struct error *err)
{
    (void)err;
    if (c->json)
        printf("{\"version\":\"%s\",\"engine\":\"%s\"}\n", version_number(),
               version_engine());
    else
        printf("gridwatch %s\n", version_engine());
    return RUN_DONE;
}

enum run_exit exit_of_fault(enum fault fault)
{
    static const enum run_exit codes[] = {
        [FAULT_NONE] = RUN_DONE,
        [FAULT_USAGE] = RUN_USAGE,
        [FAULT_CONFIG] = RUN_CONFIG,
        [FAULT_DATA] = RUN_BAD_DATA,
        [FAULT_STALE] = RUN_BAD_DATA,
        [FAULT_TRANSIENT] = RUN_UNREACHABLE,
        [FAULT_REFUSED] = RUN_KEY_REFUSED,
        [FAULT_BUSY] = RUN_NO_REPOSITORY,
        [FAULT_MISSING] = RUN_NO_REPOSITORY,
        [FAULT_IO] = RUN_NOT_RECORDED,
        [FAULT_BUG] = RUN_INTERNAL,
    };
    return codes[fault];
}
