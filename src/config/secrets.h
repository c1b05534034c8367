/* config/secrets.h - what must never be written anywhere.
 *
 * Each secret has a variable NAME, or NAME_FILE with the path of a file that
 * holds it. Messages name the variable only: what stands in NAME_FILE may be
 * the secret itself, by mistake.
 */
#ifndef CONFIG_SECRETS_H
#define CONFIG_SECRETS_H

#include "config/config.h"

struct secret_row {
    const char *variable;
    size_t at; /* in struct config_secrets */
    const char *help;
};

extern const struct secret_row secret_rows[];
extern const size_t secret_row_count;

/* Does the key of a YAML map sound as if a secret followed? */
bool secret_word(const char *key);

#endif
