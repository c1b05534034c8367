/* config/reading.h - a configuration while it is being read.
 *
 * Internal to config/ and its tests; all others call config_load().
 */
#ifndef CONFIG_READING_H
#define CONFIG_READING_H

#include "config/origins.h"

struct reading {
    struct config *config;     /* borrowed */
    struct problems *problems; /* borrowed */
    struct config_origins from;
};

/* Sets the defaults in `config`. */
struct reading reading_start(struct config *config, struct problems *problems);

/* Reads one document into the configuration. All that is wrong goes to the
 * problems; the option concerned keeps its default. */
void reading_document(struct reading *r, enum config_file file,
                      const char *name, const char *data, size_t len);

/* Runs the checks of checks.h on options that could be read. */
void reading_check(struct reading *r);

/* Reads the secrets from the environment of `sources`. */
void reading_secrets(struct reading *r, const struct config_sources *sources);

#endif
