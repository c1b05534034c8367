/* record/schema_internal.h - shared by the files that describe documents. */
#ifndef RECORD_SCHEMA_INTERNAL_H
#define RECORD_SCHEMA_INTERNAL_H

#include "record/field.h"

struct cJSON;

/* Everything but maps, lists and stops. */
void schema_put_leaf(const struct document_kind *kind, const struct field *f,
                     struct cJSON *schema);

/* "type": the type, or null where the field may say that. */
void schema_add_type(struct cJSON *schema, const struct field *f,
                     const char *type);
void schema_add_range(struct cJSON *schema, const struct field *f);

/* What a missing key says may not be written out. */
void schema_forbid(struct cJSON *schema, const struct field *f,
                   const char *text);

#endif
