/* config/suggest.h - what a misspelt word probably meant. */
#ifndef CONFIG_SUGGEST_H
#define CONFIG_SUGGEST_H

#include "config/config.h"

/* How many letters must be inserted, removed or replaced to make one word of
 * the other (Levenshtein 1966); more than any limit for words over 63 bytes. */
size_t edit_distance(const char *a, const char *b);

/* The option or section of that file whose key is nearest, or NULL when none
 * is near: at most a third of its letters differ. */
const char *suggest_key(enum config_file file, const char *key);
/* The same among options only. */
const char *suggest_option(enum config_file file, const char *key);

#endif
