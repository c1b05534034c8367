/* config/options.h - the option table: the one place where an option's key,
 * type, field, default, range, unit and help exist.
 *
 * A new option is its field and one row, in options_service.c, options_exit.c,
 * options_gate.c or options_watchdog.c; then the sample files and
 * docs/config.md are printed anew (a test compares them). Nothing else lists
 * options: the walk is for (size_t i = 0; (o = option_at(i)); i++)
 */
#ifndef CONFIG_OPTIONS_H
#define CONFIG_OPTIONS_H

#include "config/config.h"

enum option_type {
    OPTION_INT,         /* int64_t */
    OPTION_REAL,        /* double */
    OPTION_DURATION_MS, /* int64_t of milliseconds */
    OPTION_DURATION_S,  /* int64_t of whole seconds */
    OPTION_BOOL,        /* bool */
    OPTION_CHOICE,      /* an enum from 0 */
    OPTION_STRING,      /* char[CONFIG_TEXT] */
    OPTION_PATH,        /* char[CONFIG_TEXT] */
    OPTION_URL,         /* char[CONFIG_TEXT]; https, or http to this machine */
    OPTION_PHRASE,      /* char[CONFIG_TEXT]; conclusions depend on it: no path,
                           no address, no quotes */
    OPTION_TYPE_COUNT
};
const char *option_type_name(enum option_type type); /* for people */

struct config_option {
    const char *key; /* dotted: a map in a map of the YAML file */
    enum config_file file;
    enum option_type type;
    size_t at, size;    /* of the field in struct config */
    const char *preset; /* the default, as one would write it */
    double min, max;    /* both are allowed; durations in seconds, texts in
                           bytes */
    const char *unit;   /* "" when the type says it */
    const char *(*choice)(int number); /* its words; NULL after the last */
    const char *help;
};

#define CONFIG_OPTIONS_MAX 192 /* rows that there may be; a test counts */
size_t option_count(void);
const struct config_option *option_at(size_t i); /* NULL after the last */
/* Likewise, without those of the watchdog, which come last. */
const struct config_option *option_of_job(size_t i);
size_t option_number(const struct config_option *o); /* its i */

/* A map of the files that holds options or other maps. */
struct config_section {
    const char *key;
    enum config_file file;
    const char *help;
};
const struct config_section *section_at(size_t i); /* NULL after the last */

/* NULL when there is none; option_find() looks in all files. */
const struct config_option *option_find(const char *key);
const struct config_section *section_find(enum config_file file,
                                          const char *key);

/* Is the option a direct child of the section? */
bool section_holds(const struct config_section *s,
                   const struct config_option *o);

/* Reads the text of a value into its field. -1 with FAULT_CONFIG and a message
 * that does not repeat the text; the field is then as before. */
int option_set(const struct config_option *o, const char *text,
               struct config *c, struct error *err);

/* The value as option_set() reads it, always in the same form. */
#define OPTION_TEXT (CONFIG_TEXT + 64)
void option_format(const struct config_option *o, const struct config *c,
                   char out[OPTION_TEXT]);

/* "0.01 to 0.89", "0s to 30s", "active, shadow, off"; "" of true or false. */
#define OPTION_RANGE 160
void option_range(const struct config_option *o, char out[OPTION_RANGE]);

#endif
