/* cli/command.h - the table of commands, and what each is handed.
 *
 * A new command is a row in commands.c and a file cmd_NAME.c. main() reads the
 * options that all share, loads the configuration if the row needs it, and
 * calls. stdout is data, stderr is talk.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/args.h"
#include "config/config.h"
#include "run/run.h"

enum shared_option {
    SHARED_CONFIG,
    SHARED_EXIT_CONFIG,
    SHARED_JSON,
    SHARED_AT,
    SHARED_DRY_RUN,
    SHARED_QUIET,
    SHARED_VERBOSE,
    SHARED_HELP,
    SHARED_VERSION,
    SHARED_COUNT
};
extern const struct arg_option shared_options[SHARED_COUNT];

struct context {
    const struct command *command;
    const struct config *config; /* NULL unless NEEDS_CONFIG */
    const struct args *args;     /* value[0] shared, value[1] its own */
    int64_t at_ms;               /* --at, or MOMENT_NONE */
    bool json, dry_run, quiet;
};

enum command_needs {
    NEEDS_NOTHING = 0,
    NEEDS_CONFIG = 1,
    NEEDS_CONFIG_TO_VALIDATE = 2 /* unless cmd_validate_is_told_what() */
};

struct command {
    const char *name;
    enum run_exit (*go)(const struct context *c, struct error *err);
    unsigned needs;
    const char *words; /* after the name, for the usage line */
    size_t words_min, words_max;
    const char *help; /* one line */
    const char *example;
    struct arg_table options;
};

extern const struct command commands[];
extern const size_t command_count;
const struct command *command_find(const char *name);

/* Named in SPEC and not built yet: they say so and fail. */
extern const char *const commands_not_built[];
extern const size_t commands_not_built_count;

enum run_exit cmd_run(const struct context *c, struct error *err);
enum run_exit cmd_daemon(const struct context *c, struct error *err);
enum run_exit cmd_init(const struct context *c, struct error *err);
enum run_exit cmd_grid(const struct context *c, struct error *err);
/* `grid propose` */
enum run_exit cmd_propose(const struct context *c, struct error *err);
enum run_exit cmd_ack(const struct context *c, struct error *err);
enum run_exit cmd_snooze(const struct context *c, struct error *err);
enum run_exit cmd_log(const struct context *c, struct error *err);
enum run_exit cmd_export(const struct context *c, struct error *err);
enum run_exit cmd_status(const struct context *c, struct error *err);
enum run_exit cmd_explain(const struct context *c, struct error *err);
enum run_exit cmd_validate(const struct context *c, struct error *err);
/* A path or a hook was named: which repository is meant need not be asked. */
bool cmd_validate_is_told_what(const struct args *args);
enum run_exit cmd_doctor(const struct context *c, struct error *err);
enum run_exit cmd_notify(const struct context *c, struct error *err);
enum run_exit cmd_watchdog(const struct context *c, struct error *err);
enum run_exit cmd_verify(const struct context *c, struct error *err);
enum run_exit cmd_replay(const struct context *c, struct error *err);
enum run_exit cmd_whatif(const struct context *c, struct error *err);
enum run_exit cmd_kpi(const struct context *c, struct error *err);
enum run_exit cmd_backtest(const struct context *c, struct error *err);
enum run_exit cmd_config(const struct context *c, struct error *err);
enum run_exit cmd_version(const struct context *c, struct error *err);
enum run_exit cmd_help(const struct context *c, struct error *err);

/* The least urgent line of this command line: it outranks the file, without
 * being part of it; the hash of the configuration stays what it is. */
enum log_level context_log_level(const struct context *c);

/* The exit code that a fault amounts to where nothing better is known. */
enum run_exit exit_of_fault(enum fault fault);

/* One of the things that `grid` does, as its help tells it. */
struct command_word {
    const char *name;
    const char *words; /* after it, for the usage line */
    const char *help;  /* one line */
    const char *takes; /* its options, each with a blank on both sides */
};
/* NULL when there is none of the name. */
const struct command_word *grid_word(const char *name);

/* Appends the help of one command, or the overview. `word` is what follows the
 * command's name, or NULL: of a word that it knows, that word's alone. */
void help_command(const struct command *command, const char *word,
                  struct text *out);
void help_overview(struct text *out);

/* "0.1.0", and "0.1.0+1a2b3c4d5e6f" as the records name it. */
const char *version_number(void);
const char *version_engine(void);

#endif
