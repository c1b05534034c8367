/* base/decimal_rows.h - sums, products, quotients and shares, by Python. */
#ifndef BASE_DECIMAL_ROWS_H
#define BASE_DECIMAL_ROWS_H

#include <stddef.h>

struct decimal_row {
    enum { ROW_ADD, ROW_MUL, ROW_DIV, ROW_SHARE } op;
    const char *a, *b, *whole; /* `whole` of a share: a * b / whole */
    const char *want;          /* NULL: too large */
};
extern const struct decimal_row decimal_rows[];
extern const size_t decimal_row_count;

struct decimal_double_row {
    const char *text;
    double want; /* the nearest */
};
extern const struct decimal_double_row decimal_double_rows[];
extern const size_t decimal_double_row_count;

#endif
