/* config/checks.h - rules between options, each with a name. */
#ifndef CONFIG_CHECKS_H
#define CONFIG_CHECKS_H

#include "config/config.h"

#define CHECK_KEYS 8

struct config_check {
    const char *name;
    const char *keys[CHECK_KEYS]; /* of the options concerned, up to NULL */
    bool (*holds)(const struct config *c);
    const char *rule; /* what must be so, and what to do */
};

extern const struct config_check config_checks[];
extern const size_t config_check_count;

#endif
