/* record/member.h - what a member of a document holds, by its field. */
#ifndef RECORD_MEMBER_H
#define RECORD_MEMBER_H

#include "record/field.h"

/* Of an enum or a bool. */
unsigned field_number(const void *at, size_t size);

/* Of a FIELD_INT, FIELD_TIME or FIELD_AGE. */
int64_t member_integer(const void *at, size_t size);

/* Does it say null? `base` is the struct around it. */
bool member_is_null(const struct field *f, const void *base, const void *at);

/* What its key says when it is not there, or NULL. The answer of the same map
 * must be known. */
const char *member_absent(const struct table *table, const struct field *f,
                          const void *base);

/* Does it say just that? */
bool member_is_left_out(const struct table *table, const struct field *f,
                        const void *base, const void *at);

#endif
