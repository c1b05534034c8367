/* picture/letters.h - a small alphabet of strokes. Pure.
 *
 * Letters stand on a grid of cells: 7 from the baseline to the top of a
 * capital, 5 to the top of a small one, 2 below the baseline. Strokes are
 * drawn with a round pen.
 */
#ifndef PICTURE_LETTERS_H
#define PICTURE_LETTERS_H

#include <stdbool.h>

#define LETTER_CAP      7 /* cells from the baseline to the top of a capital */
#define LETTER_BASELINE 2 /* the row that letters stand on */

/* The strokes of a character, parted by blanks. A stroke is a mark and points
 * of two digits, column and row: `-` straight from point to point; `~` a curve
 * from the first to the last, drawn towards those between (a quadratic
 * B-spline); `o` the same, closed. Characters that are not here are a `?`. */
const char *letter_strokes(char c);

/* How far the next letter stands, in cells. */
int letter_advance(char c);

/* Of a line of text whose capitals are `cap` high, in the unit of `cap`. */
double letters_width(const char *text, double cap);

#endif
