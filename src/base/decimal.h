/* base/decimal.h - money and sizes as an exchange counts them. Pure.
 *
 * A decimal is a whole number of units of 10^-18. Adding and subtracting is
 * exact; nothing here goes through a double but what says so. A text that has
 * more than 18 decimals other than zeros is refused, not rounded. Texts are
 * below 10^15, so that a hundred thousand of them can be added without a look
 * at the limit of 1.7 * 10^20; decimal_is_large() tells when to stop.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>

__extension__ typedef __int128 decimal_units;

struct decimal {
    decimal_units units; /* of 10^-18 */
};

#define DECIMAL_PLACES 18
#define DECIMAL_TEXT   48 /* room for any decimal, sign, point and zero byte */
#define DECIMAL_ZERO   ((struct decimal){ 0 })

/* "-12", "0.00125", "84900.00000000000000000000"; no exponent, no blank, no
 * plus, digits on at least one side of the point. False, and `out` untouched,
 * for any other text, one of 10^15 or more, or one that cannot be exact. */
bool decimal_parse(const char *text, struct decimal *out);

/* The shortest text that reads back: no zeros at the end, no point without
 * decimals, never "-0". */
void decimal_format(struct decimal d, char out[DECIMAL_TEXT]);

/* What would not fit stays at the limit, which is large. */
struct decimal decimal_add(struct decimal a, struct decimal b);
struct decimal decimal_sub(struct decimal a, struct decimal b);
struct decimal decimal_minus(struct decimal a);
int decimal_cmp(struct decimal a, struct decimal b); /* -1, 0, 1 */
int decimal_sign(struct decimal a);                  /* likewise against 0 */

/* a * part / whole, rounded half to even on the last unit; exact in between.
 * 0 <= part <= whole, whole > 0. */
struct decimal decimal_share(struct decimal a, struct decimal part,
                             struct decimal whole);

/* a * b and a / b (b not 0), rounded half to even on the last unit. False, and
 * `out` untouched, when the result is 10^20 or more. */
bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_div(struct decimal a, struct decimal b, struct decimal *out);

/* |a| >= 10^15: the next sums may not be trusted. */
bool decimal_is_large(struct decimal a);

/* The nearest double. */
double decimal_double(struct decimal a);
/* Of the shortest text that reads back to the same double (number_format). NaN,
 * infinities and what does not fit: false. */
bool decimal_of_double(double v, struct decimal *out);

#endif
