/* run/put_internal.h - how a document joins the commit being prepared: what
 * put.c and its siblings share. */
#ifndef RUN_PUT_INTERNAL_H
#define RUN_PUT_INTERNAL_H

#include "run/run_internal.h"

/* Whose word a document is: this run's. */
struct run_info put_info(const struct run *r);

/* Notes that a document is not recorded, as a fault of the service. Its
 * fingerprint is the kind: one that is refused slot after slot is one fault. */
void put_refuse(struct run *r, enum record_kind kind, const char *subject,
                const struct error *err);

/* Adds the rendered document, and a copy under `also` unless that is NULL. One
 * that its schema refuses is noted; -1. */
int put_rendered(struct run *r, const struct text *data, const char *path,
                 const char *also);

/* Renders it first. */
int put_document(struct run *r, enum record_kind kind, const char *path,
                 const char *also, const void *document);

/* Renders an event of the audit, whose path is its time, what it is about and
 * its hash. */
int put_event(struct run *r, enum record_kind kind, int64_t at_ms,
              const char *subject, const void *document,
              char path[RECORD_PATH_MAX]);

#endif
