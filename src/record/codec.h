/* record/codec.h - a struct to YAML and back, by its table of fields. */
#ifndef RECORD_CODEC_H
#define RECORD_CODEC_H

#include "base/error.h"
#include "record/field.h"

/* The time that the path of the document repeats, or MOMENT_NONE. */
int64_t kind_time_ms(const struct document_kind *kind, const void *document);

/* Writes every field in the order of the table; an OPTIONAL one that is null
 * is left out, and one that says what it says when it is absent. The bytes the
 * program commits come from here and nowhere else. -1 when a member holds what
 * no document may hold, with its path. */
int fields_render(const struct document_kind *kind, const void *document,
                  struct text *out, struct error *err);

/* Fills `document` from the tree and adds every fault to `complaints`. Fields
 * that are absent, null or faulty are set to null, zero or the first word. */
void fields_read(const struct document_kind *kind, const struct yaml_node *root,
                 void *document, struct complaints *complaints);
/* The same without what is DERIVED. */
void inputs_read(const struct document_kind *kind, const struct yaml_node *root,
                 void *document, struct complaints *complaints);

/* The words of FIELD_LABEL and FIELD_ENUM by number. -1: not one of them. */
int words_find(const struct words *words, const char *word);

#endif
