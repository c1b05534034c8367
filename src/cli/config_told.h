/* cli/config_told.h - what `config list --json`, `config check` and
 * `config show` print. */
#ifndef CLI_CONFIG_TOLD_H
#define CLI_CONFIG_TOLD_H

#include "config/origins.h"

/* All borrowed. */
struct config_told {
    const struct config *config;
    const struct config_origins *from;
    const struct problems *problems; /* of all files, the calendar's too */
    const char *calendar;            /* its path; "": none is configured */
    size_t windows;                  /* that stand in it */
    bool calendar_wrong;
};

/* Appends a line for each problem, and unless `quiet` one for each file. */
void config_check_put(const struct config_told *t, bool quiet,
                      struct text *out);
void config_check_json(const struct config_told *t, struct text *out);

/* Append every option with its value, its unit and where it comes from; of a
 * secret only whether it is set, and by which variable. For a configuration
 * without errors: what was refused may be a secret in the wrong place. */
void config_show_put(const struct config_told *t, struct text *out);
void config_show_json(const struct config_told *t, struct text *out);

/* Appends every option that there is, the watchdog's too, with its file, type,
 * default, unit, range and meaning, then every secret: docs/config.md for
 * programs. Reads no file. */
void config_list_json(struct text *out);

/* The variable that the secret is set by, or "" when it is not set. */
#define VARIABLE_ROOM 64
void config_told_variable(const struct config_told *t, size_t secret,
                          char out[VARIABLE_ROOM]);

size_t config_told_secrets_set(const struct config_told *t);

#endif
