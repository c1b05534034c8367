/* config/options_internal.h - what the parts of the option table share.
 *
 * The table is one; for its length it stands in several files. options.c joins
 * them in this order, which is that of the pages and of the hash.
 */
#ifndef CONFIG_OPTIONS_INTERNAL_H
#define CONFIG_OPTIONS_INTERNAL_H

#include <stddef.h>

#include "base/array.h"
#include "config/options.h"

/* The options of one file, each below its section. */
struct option_part {
    const struct config_option *options;
    size_t option_count;
    const struct config_section *sections;
    size_t section_count;
};
#define OPTION_PART(o, s)                                                      \
    {                                                                          \
        (o), ARRAY_LEN(o), (s), ARRAY_LEN(s)                                   \
    }

extern const struct option_part option_part_service;  /* the service's file */
extern const struct option_part option_part_exit;     /* exit.* */
extern const struct option_part option_part_gate;     /* gate.*, propose.* */
extern const struct option_part option_part_watchdog; /* the watchdog's */

#define FIELD(f) offsetof(struct config, f), sizeof(((struct config *)0)->f)

/* pi is capped at .89 (SPEC 7): a limit above it would never be reached. */
#define PI_MAX 0.89

#endif
