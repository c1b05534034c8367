/* config/checks.h - rules between options, each with a name. */
#ifndef CONFIG_CHECKS_H
#define CONFIG_CHECKS_H

#include "config/config.h"

#define CHECK_KEYS 10

struct config_check {
    const char *name;
    const char *keys[CHECK_KEYS]; /* of the options concerned, up to NULL */
    bool (*holds)(const struct config *c);
    const char *rule; /* what must be so, and what to do */
};

extern const struct config_check config_checks[];
extern const size_t config_check_count;

/* "; now exit.l_haz.leave 0.35, exit.l_haz.enter 0.4": what a check was asked
 * about. Texts are left out: they may be secrets that were put in the wrong
 * place. */
#define CHECK_VALUES 400
void check_values(const struct config_check *ck, const struct config *c,
                  char out[CHECK_VALUES]);

#endif
