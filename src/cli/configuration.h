/* cli/configuration.h - which files the configuration of a command line is
 * read from, and how its problems are told.
 */
#ifndef CLI_CONFIGURATION_H
#define CLI_CONFIGURATION_H

#include "config/config.h"

struct configuration {
    char strategy[4096]; /* the path beside the service's file */
    struct config_sources sources;
};

/* `shared` are the values of the options that all commands share, by enum
 * shared_option. Borrowed; the sources point into `out`, which stays where it
 * is. */
void configuration_named(const char *const *shared, struct configuration *out);

/* The environment of the process, for sources. */
const char *configuration_env(const char *variable, void *context);

/* On standard error, a line each. */
void configuration_complain(const struct problems *p);

#endif
