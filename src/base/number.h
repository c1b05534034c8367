/* base/number.h - numbers as text that reads back to the same bits. Pure.
 *
 * The decimal point is always '.', whatever the locale says, and the shortest
 * of the 15-, 16- and 17-digit forms that reads back is written.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#define NUMBER_TEXT 32

/* `v` must be finite. Writes "0.43", "53638", and "1.0e-05" with a point,
 * without which YAML 1.1 would read a text. */
void number_format(double v, char out[NUMBER_TEXT]);

/* The whole text must be a finite decimal number (no hexadecimal, no infinity,
 * no leading or trailing blank). False, and `out` untouched, when it is not. */
bool number_parse(const char *text, double *out);
bool integer_parse(const char *text, int64_t *out);

#endif
