/* config/secrets.h - what must never be written anywhere.
 *
 * Each secret has a variable NAME, or NAME_FILE with the path of a file that
 * holds it. Messages name the variable only: what stands in NAME_FILE may be
 * the secret itself, by mistake.
 */
#ifndef CONFIG_SECRETS_H
#define CONFIG_SECRETS_H

#include "config/config.h"

enum secret_form {
    SECRET_IS_WORD, /* no blank, no line break */
    SECRET_IS_LINE, /* no line break */
    SECRET_IS_TEXT, /* lines */
    SECRET_IS_URL   /* a word that url_rule.h admits */
};

struct secret_row {
    const char *variable;
    size_t at; /* in struct config_secrets */
    enum secret_form form;
    const char *help;
    const char *before; /* key of the option that it goes before, or NULL */
};

#define SECRETS_MAX 32 /* rows that there may be */

extern const struct secret_row secret_rows[];
extern const size_t secret_row_count;      /* of the job; behind them stand */
extern const size_t watchdog_secret_count; /* so many of the watchdog */

/* Does the key of a YAML map sound as if a secret followed? */
bool secret_word(const char *key);

#endif
