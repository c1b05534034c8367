/* record/ - the documents of the data repository: written, read, checked,
 * described.
 *
 * Each kind is a struct (document.h) and a table of fields (field.h). From the
 * table come the YAML that is committed, the reader that takes nothing on
 * trust, and the JSON Schema. record_validate() is the whole check of one
 * file; what the program is about to commit, what a person edited by hand and
 * what somebody else pushed go through the same call.
 *
 * Nothing here knows git, the network or the clock. May include: base, sys and
 * the pure modules. Start reading at document.h and a file *_table.c.
 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/error.h"
#include "record/complaint.h"
#include "record/document.h"
#include "record/path.h"
#include "sys/text.h"

#define RECORD_BYTES_MAX   ((size_t)64 * 1024) /* of any document */
#define RECORD_SEED_MAX    ((size_t)4 << 20)   /* of a seed.csv */
/* Of slot documents. The fullest exit document that there can be, each row yes
 * and each number in all its digits, has 6,970 bytes; a usual one 5,500. */
#define RECORD_METRICS_MAX ((size_t)6 * 1024)
#define RECORD_EXIT_MAX    ((size_t)7 * 1024)

/* Appends the document as YAML. `doc` is the struct of the kind. The same
 * struct always gives the same bytes. Free text that came from outside is made
 * fit (see pattern_clean), so that it cannot keep an event from being recorded.
 * -1 when a member holds what no document may hold (a number that is not
 * finite, an enum without a word) or `out` is full. */
int document_render(enum record_kind kind, const void *doc, struct text *out,
                    struct error *err);

/* Appends the lines of an exit document that are its `evaluation`, this key
 * among them, to the byte as document_render() writes them. */
int evaluation_render(const struct exit_document *doc, struct text *out,
                      struct error *err);

/* Fills `doc` and checks it as one whole, the path left aside. 0, or -1 with
 * every fault in `complaints`; then `doc` is not to be used. */
int document_parse(enum record_kind kind, const char *data, size_t len,
                   void *doc, struct complaints *complaints);

/* Reads only what cannot be computed from the rest: fields marked DERIVED are
 * neither looked at nor filled, and the document is not checked as one whole.
 * For those who compute it anew and compare the bytes. */
int document_parse_inputs(enum record_kind kind, const char *data, size_t len,
                          void *doc, struct complaints *complaints);

/* Appends the JSON Schema (draft 2020-12) of a document kind. */
int schema_render(enum record_kind kind, struct text *out, struct error *err);

/* Appends the README of a data repository. */
int record_readme(struct text *out, struct error *err);

/* Appends seed.csv: bars ascending, oldest first. */
int seed_render(const struct bar *bars, size_t count, struct text *out,
                struct error *err);
/* Reads seed.csv; on success `*bars` is the caller's (free). */
int seed_parse(const char *data, size_t len, enum timeframe tf,
               struct bar **bars, size_t *count, struct complaints *complaints);

/* The whole check of one file, whatever its kind: does it belong there, is it
 * well-formed, does every field hold what it may, do the fields agree, does
 * the content agree with the path. 0, or -1 with every fault. */
int record_validate(const char *path, const char *data, size_t len,
                    struct complaints *complaints);

/* The same check of what was just rendered: nothing is committed that the
 * next run would refuse to read. */
int record_check_before_commit(const char *path, const struct text *text,
                               struct complaints *complaints);

#endif
