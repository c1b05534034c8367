/* cli/args.h - a command line held to a table of options. Reads, never prints.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "sys/text.h"

struct arg_option {
    const char *name;  /* without the dashes */
    char letter;       /* or '\0' */
    const char *value; /* what follows it, as the help calls it; NULL: a flag */
    const char *help;
};

#define ARGS_MAX 40 /* options and words of one command */

/* The rows that are there for every command come first. */
struct arg_table {
    const struct arg_option *rows;
    size_t count;
};

struct args {
    const char *value[2][ARGS_MAX]; /* by table and row; "" for a flag that was
                                       given, NULL for what was not */
    const char *words[ARGS_MAX];    /* what is not an option, in order */
    size_t word_count;
};

/* Options may stand anywhere, "--name value" or "--name=value"; after "--" all
 * are words. FAULT_USAGE for an unknown one, a missing value or one twice.
 * Stops at the first word when `stop_at_word`; *used says how many of argv were
 * read. Everything is borrowed from argv. */
int args_parse(const struct arg_table tables[2], int argc, char **argv,
               bool stop_at_word, struct args *out, int *used,
               struct error *err);

/* Appends one line for each row; unless `takes` is NULL, for those alone whose
 * names stand there, each with a blank on both sides. */
void args_help(const struct arg_table *table, const char *takes,
               struct text *out);
/* Does the name stand there? */
bool args_takes(const char *takes, const char *name);

#endif
