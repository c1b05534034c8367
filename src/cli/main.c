/* gridwatch - rings before a grid bot's range breaks. It never trades. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "cli/command.h"
#include "cli/configuration.h"
#include "sys/log.h"
#include "sys/text.h"

static enum run_exit complain(enum run_exit code, const struct error *err)
{
    fprintf(stderr, "gridwatch: %s\n", err->msg);
    if (code == RUN_USAGE)
        fprintf(stderr, "gridwatch: 'gridwatch help' shows how it is used\n");
    return code;
}

static int load_config(const char *const *shared, struct config *config)
{
    struct configuration named;
    struct problems problems = { 0 };

    configuration_named(shared, &named);
    int rc = config_load(&named.sources, config, &problems);
    configuration_complain(&problems);
    problems_release(&problems);
    return rc;
}

static int check_words(const struct command *command, const struct args *args,
                       struct error *err)
{
    if (args->word_count >= command->words_min &&
        args->word_count <= command->words_max)
        return 0;
    if (args->word_count > command->words_max)
        return error_set(err, FAULT_USAGE,
                         "'%.60s' is a word too many; usage: gridwatch %s%s%s",
                         args->words[command->words_max], command->name,
                         command->words[0] ? " " : "", command->words);
    return error_set(err, FAULT_USAGE, "usage: gridwatch %s %s", command->name,
                     command->words);
}

static int read_at(const char *text, int64_t *at_ms, struct error *err)
{
    *at_ms = MOMENT_NONE;
    if (!text)
        return 0;
    *at_ms = moment_parse(text);
    if (*at_ms == MOMENT_NONE)
        return error_set(err, FAULT_USAGE,
                         "--at '%.40s' is not a time such as "
                         "2026-01-31T14:15Z",
                         text);
    return 0;
}

static bool needs_config(const struct command *command, const struct args *args)
{
    return command->needs & NEEDS_CONFIG ||
           (command->needs & NEEDS_CONFIG_TO_VALIDATE &&
            !cmd_validate_is_told_what(args));
}

static enum run_exit go(const struct command *command, const struct args *args,
                        struct error *err)
{
    static struct config config;
    const char *const *shared = args->value[0];
    struct context context = {
        .command = command,
        .args = args,
        .json = shared[SHARED_JSON] != NULL,
        .dry_run = shared[SHARED_DRY_RUN] != NULL,
        .quiet = shared[SHARED_QUIET] != NULL,
    };

    if (check_words(command, args, err) ||
        read_at(shared[SHARED_AT], &context.at_ms, err))
        return complain(RUN_USAGE, err);
    if (needs_config(command, args)) {
        if (load_config(shared, &config))
            return RUN_CONFIG;
        context.config = &config;
    }
    enum run_exit code = command->go(&context, err);
    config_wipe(&config);
    return code == RUN_DONE ? code : complain(code, err);
}

static enum run_exit unknown_command(const char *name, struct error *err)
{
    for (size_t i = 0; i < commands_not_built_count; i++) {
        if (strcmp(name, commands_not_built[i]) != 0)
            continue;
        error_set(err, FAULT_USAGE, "command '%s' is not implemented yet",
                  name);
        return complain(RUN_INTERNAL, err);
    }
    error_set(err, FAULT_USAGE, "unknown command '%.40s'", name);
    return complain(RUN_USAGE, err);
}

/* A table that was cut by a full disk must not look like a whole one. */
static enum run_exit finish(enum run_exit code)
{
    struct error err = { FAULT_NONE, "" };
    int failed = fflush(stdout) ? errno : 0;
    if (!failed && !ferror(stdout))
        return code;
    error_set(&err, FAULT_IO,
              "standard output could not be written: what was shown is cut%s%s",
              failed ? ": " : "", failed ? strerror(failed) : "");
    complain(RUN_NOT_RECORDED, &err);
    return code == RUN_DONE ? RUN_NOT_RECORDED : code;
}

int main(int argc, char **argv)
{
    struct error err = { FAULT_NONE, "" };
    const struct arg_table shared = { shared_options, SHARED_COUNT };
    struct args args;
    int used = 0;

    signal(SIGPIPE, SIG_IGN);
    if (args_parse((struct arg_table[2]){ shared, { NULL, 0 } }, argc - 1,
                   argv + 1, true, &args, &used, &err))
        return (int)complain(RUN_USAGE, &err);
    const char *fallback = args.value[0][SHARED_VERSION] ? "version" : "help";
    const char *name = used + 1 < argc ? argv[used + 1] : fallback;
    const struct command *command = command_find(name);
    if (!command)
        return (int)unknown_command(name, &err);
    /* Shared options may stand before the command's name or after it: take
     * the name out and read the whole line again. */
    if (used + 1 < argc)
        memmove(&argv[used + 1], &argv[used + 2],
                (size_t)(argc - used - 2) * sizeof(*argv));
    int rest = used + 1 < argc ? argc - 2 : 0;
    if (args_parse((struct arg_table[2]){ shared, command->options }, rest,
                   argv + 1, false, &args, NULL, &err))
        return (int)complain(RUN_USAGE, &err);
    if (args.value[0][SHARED_HELP]) {
        struct text text = TEXT_INIT(65536);
        help_command(command, args.word_count ? args.words[0] : NULL, &text);
        fputs(text_str(&text), stdout);
        text_release(&text);
        return (int)finish(RUN_DONE);
    }
    return (int)finish(go(command, &args, &err));
}
