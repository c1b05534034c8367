/* position/books_rows.h - what seeded sequences of fills add up to, by Python:
 * the sums over 250 of them a row. */
#ifndef POSITION_BOOKS_ROWS_H
#define POSITION_BOOKS_ROWS_H

#include <stddef.h>

#define BOOKS_ROWS      40
#define BOOKS_SEQUENCES 250 /* of each row; seeds count from 1 */

struct books_row {
    const char *base, *cost, *realised;
    const char *fees, *other_fees;
    int oversold; /* of the sequences */
};
extern const struct books_row books_rows[BOOKS_ROWS];

#endif
