/* sim/fields.h - the named values of a request: query, form or JSON.
 *
 * A name that comes again replaces the value before it. Everything in it is
 * owned and dropped by sim_fields_release(); `= { 0 }` is an empty one.
 */
#ifndef SIM_FIELDS_H
#define SIM_FIELDS_H

#include <stddef.h>

#include "base/error.h"

#define SIM_FIELDS_MAX 64

struct sim_field {
    char *name, *value;
};

struct sim_fields {
    size_t count;
    struct sim_field items[SIM_FIELDS_MAX];
};

void sim_fields_release(struct sim_fields *f);

/* The value, borrowed, or NULL. */
const char *sim_fields_get(const struct sim_fields *f, const char *name);

/* -1 when it would be one too many. */
int sim_fields_set(struct sim_fields *f, const char *name, const char *value);

/* Adds all fields of an application/x-www-form-urlencoded body. -1 for a broken
 * escape or a zero byte, with its place. */
int sim_fields_read_form(struct sim_fields *f, const char *body, size_t n,
                         struct error *err);

/* Adds all members of a JSON object: texts, whole and other numbers, true as
 * "1" and false as "0"; null is left out, anything else is an error. A zero
 * byte must stand behind the n bytes. */
int sim_fields_read_json(struct sim_fields *f, const char *body, size_t n,
                         struct error *err);

#endif
