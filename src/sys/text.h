/* sys/text.h - growable bytes with a mandatory maximum.
 *
 * Everything that comes from outside goes through a text, so that a server
 * which never stops sending makes an error and not an exhausted machine. The
 * data are always followed by a zero byte that does not count. A text owns its
 * data until text_release(); `= TEXT_INIT(max)` is an empty one.
 */
#ifndef SYS_TEXT_H
#define SYS_TEXT_H

#include <stddef.h>

#include "base/error.h"

struct text {
    char *data; /* never NULL after the first append; see text_str() */
    size_t len;
    size_t room;
    size_t max; /* bytes it may hold; an append beyond fails */
};

#define TEXT_INIT(max_bytes)                                                   \
    {                                                                          \
        NULL, 0, 0, (max_bytes)                                                \
    }

/* 0, or -1 when the maximum would be passed (the text is left as it was). */
int text_append(struct text *t, const void *bytes, size_t n);
int text_puts(struct text *t, const char *s);
int text_printf(struct text *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

const char *text_str(const struct text *t); /* "" when empty; borrowed */
/* The line, from 1, of the first zero byte among the data; 0: there is none. A
 * reader of lines would take it for the end. */
size_t text_zero_line(const struct text *t);
void text_clear(struct text *t);   /* empty again, memory kept */
void text_release(struct text *t); /* memory dropped, maximum kept */

/* Appends the whole file. -1 with the path in the error. */
int text_read_file(struct text *t, const char *path, struct error *err);

/* Writes to a new file beside `path` and renames it over: the old content or
 * the new is there, never half of one. */
int text_write_file(const struct text *t, const char *path, struct error *err);

#endif
