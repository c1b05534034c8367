/* config/decisions.h - the part of the configuration that conclusions depend
 * on, as the data repository keeps it: config/HASH.yaml.
 *
 * Every option that is a number, a duration, a switch or a choice, and of the
 * texts those that say when; so no path, no address and no secret. With it, a
 * slot can be computed anew from the repository alone.
 */
#ifndef CONFIG_DECISIONS_H
#define CONFIG_DECISIONS_H

#include "config/config.h"

/* Appends lines `key: value`, in the order of the table. */
int config_print_decisions(const struct config *c, struct text *out);

/* The defaults with what is written. Every option is written, so one that is
 * not there is younger than the text: where a rule was another before it, its
 * value is the one that makes the rule what it was. A key that this version
 * does not know is an error: it cannot conclude the same. FAULT_CONFIG with the
 * line.
 */
int config_read_decisions(const char *data, size_t len, struct config *out,
                          struct error *err);

#endif
