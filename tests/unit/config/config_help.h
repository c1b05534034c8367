/* What the tests of config/ share. */
#ifndef CONFIG_HELP_H
#define CONFIG_HELP_H

#include "config/reading.h"

/* A configuration that is being read in a test. */
struct sheet {
    struct config config;
    struct problems problems;
    struct reading reading;
};

struct sheet *sheet_new(void);
void sheet_free(struct sheet *s);

/* Reads the document as the file NAME, "s.yaml" or "e.yaml". */
void sheet_read(struct sheet *s, enum config_file file, const char *yaml);

/* Reads "key: value" as maps in maps. */
void sheet_put(struct sheet *s, const char *key, const char *value);

/* A problem as one line, or "". */
const char *sheet_line(const struct sheet *s, size_t i);

/* Does any problem have this in its line? */
bool sheet_tells(const struct sheet *s, const char *what);

/* The text of "key: value" as maps in maps; the caller frees it. */
char *nested(const char *key, const char *value);

#endif
