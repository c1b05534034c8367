/* base/utf8.h - text counted and cut by code points. Pure.
 *
 * A byte that is not part of well-formed UTF-8 (Unicode, table 3-7) counts as
 * one code point and is copied as '?', so that what is sent on is valid.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

bool utf8_valid(const char *s);
size_t utf8_count(const char *s);

/* Bytes that `points` code points and the final zero need at most. */
#define UTF8_ROOM(points) ((points)*4 + 1)

/* Copies at most `max_points` code points to `out`, which has room for
 * UTF8_ROOM(max_points). A text that is longer loses its end and shows it by
 * an ellipsis, which is one of the `max_points`. True when it was cut. */
bool utf8_cut(const char *s, size_t max_points, char *out);

/* The same as one line: control characters become blanks. */
bool utf8_cut_line(const char *s, size_t max_points, char *out);

#endif
