/* expose/exposition.h - Prometheus' text format, version 0.0.4: rows of
 * expose/family.h with their numbers. No clock, no input, no output.
 *
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 */
#ifndef EXPOSE_EXPOSITION_H
#define EXPOSE_EXPOSITION_H

#include <stdbool.h>
#include <stdint.h>

#include "expose/family.h"
#include "sys/text.h"

#define EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"
#define EXPOSITION_MAX  ((size_t)4 << 20) /* bytes of a page */

struct exposition {
    struct text text; /* owned */
    int family;       /* whose head was written last, or -1 */
    bool full;        /* something found no room: the page is not whole */
};
#define EXPOSITION_INIT                                                        \
    {                                                                          \
        TEXT_INIT(EXPOSITION_MAX), -1, false                                   \
    }
void exposition_release(struct exposition *e);

/* Appends a sample, and the head of its family before the first one; families
 * come in the order of the enum. A number that is not finite is not there: no
 * sample. `labels` are the values of the row's labels in their order; NULL for
 * a row without. Bytes that are no UTF-8 become '?'. */
void exposition_put(struct exposition *e, enum family_id family, double value,
                    const char *const *labels);

/* The same of a moment, in seconds; MOMENT_NONE is not there. */
void exposition_put_time(struct exposition *e, enum family_id family,
                         int64_t ms, const char *const *labels);

/* The end of a run, for a page that can say no more of it. */
struct exposition_job {
    const char *version;
    int64_t start_ms, end_ms; /* wall clock, or MOMENT_NONE */
    int64_t took_ms;
    int exit;
};
void exposition_put_job(struct exposition *e, const struct exposition_job *job);

#endif
