#include "base/decimal.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

/* Magnitudes: unsigned, so that a shift and an overflow have a meaning. */
__extension__ typedef unsigned __int128 wide;

#define ONE          ((decimal_units)INT64_C(1000000000000000000))
#define WHOLE_DIGITS 15                                /* of a text */
#define LARGE        (ONE * INT64_C(1000000000000000)) /* 10^15 */
#define TOO_LARGE    (LARGE * 100000)                  /* 10^20 */
#define MOST         ((decimal_units)(~(wide)0 >> 1))

static wide magnitude(struct decimal d)
{
    return d.units < 0 ? -(wide)d.units : (wide)d.units;
}

/* Of a magnitude of at most MOST. */
static struct decimal with_sign(wide units, bool negative)
{
    decimal_units d = (decimal_units)units;
    return (struct decimal){ negative ? -d : d };
}

/* --- Products of 256 bits ------------------------------------------------- */

struct product {
    wide high, low;
};

static struct product multiply(wide a, wide b)
{
    wide a_low = (uint64_t)a, a_high = a >> 64;
    wide b_low = (uint64_t)b, b_high = b >> 64;
    wide low = a_low * b_low;
    /* (2^64 - 1)^2 + 2^64 - 1 is below 2^128: nothing is carried. */
    wide middle = a_high * b_low + (low >> 64);
    wide other = a_low * b_high + (uint64_t)middle;

    return (struct product){
        .high = a_high * b_high + (middle >> 64) + (other >> 64),
        .low = other << 64 | (uint64_t)low,
    };
}

/* A bit at a time, as on paper. What is left stays below `by`, of at most MOST,
 * and does not overflow. False when the quotient has more than 128 bits. */
static bool divide(struct product p, wide by, wide *quotient, wide *rest)
{
    wide q = 0, left = p.high;

    if (left >= by)
        return false;
    for (int bit = 127; bit >= 0; bit--) {
        left = left << 1 | (p.low >> bit & 1);
        q <<= 1;
        if (left >= by) {
            left -= by;
            q |= 1;
        }
    }
    *quotient = q;
    *rest = left;
    return true;
}

/* a * b / by, half to even. False above MOST. */
static bool scale(wide a, wide b, wide by, wide *out)
{
    wide q, rest;

    if (!divide(multiply(a, b), by, &q, &rest) || q >= (wide)MOST)
        return false;
    wide to_next = by - rest;
    *out = q + (rest > to_next || (rest == to_next && q % 2 == 1));
    return true;
}

/* --- Text ----------------------------------------------------------------- */

static wide digit_at(char c, ptrdiff_t place)
{
    wide units = (wide)(c - '0');
    for (ptrdiff_t i = -DECIMAL_PLACES; i < place; i++)
        units *= 10;
    return units;
}

/* The text up to `end`, where no digit stands, times 10^exponent. Zeros may be
 * at any place, other digits only where they count. */
static bool parse_scaled(const char *text, const char *end, int exponent,
                         struct decimal *out)
{
    static const char all_digits[] = "0123456789";
    bool negative = *text == '-';
    const char *whole = negative ? text + 1 : text;
    size_t whole_count = strspn(whole, all_digits);
    const char *point = whole + whole_count;
    const char *rest = *point == '.' ? point + 1 : point;
    size_t count = whole_count + strspn(rest, all_digits);
    wide units = 0;

    if (count == 0 || rest + (count - whole_count) != end)
        return false;
    for (size_t i = 0; i < count; i++) {
        char c = i < whole_count ? whole[i] : rest[i - whole_count];
        ptrdiff_t place = (ptrdiff_t)whole_count - 1 - (ptrdiff_t)i + exponent;
        if (c == '0')
            continue;
        if (place >= WHOLE_DIGITS || place < -DECIMAL_PLACES)
            return false;
        units += digit_at(c, place);
    }
    *out = with_sign(units, negative);
    return true;
}

bool decimal_parse(const char *text, struct decimal *out)
{
    return parse_scaled(text, text + strlen(text), 0, out);
}

void decimal_format(struct decimal d, char out[DECIMAL_TEXT])
{
    char digits[3 * 20 + 1];
    wide high, whole, rest;

    divide((struct product){ 0, magnitude(d) }, (wide)ONE, &whole, &rest);
    divide((struct product){ 0, whole }, (wide)ONE, &high, &whole);
    int end =
        snprintf(digits, sizeof(digits), "%" PRIu64 "%018" PRIu64 "%018" PRIu64,
                 (uint64_t)high, (uint64_t)whole, (uint64_t)rest);
    int begin = 0, point = end - DECIMAL_PLACES;
    while (begin < point - 1 && digits[begin] == '0')
        begin++;
    while (end > point && digits[end - 1] == '0')
        end--;
    snprintf(out, DECIMAL_TEXT, "%s%.*s%s%.*s", d.units < 0 ? "-" : "",
             point - begin, digits + begin, end > point ? "." : "", end - point,
             digits + point);
}

/* --- Arithmetic ----------------------------------------------------------- */

static struct decimal within_limit(bool over, bool negative,
                                   decimal_units units)
{
    if (over || units < -MOST)
        units = negative ? -MOST : MOST;
    return (struct decimal){ units };
}

struct decimal decimal_add(struct decimal a, struct decimal b)
{
    decimal_units sum;
    bool over = __builtin_add_overflow(a.units, b.units, &sum);
    return within_limit(over, a.units < 0, sum);
}

struct decimal decimal_sub(struct decimal a, struct decimal b)
{
    return decimal_add(a, decimal_minus(b));
}

struct decimal decimal_minus(struct decimal a)
{
    return (struct decimal){ -a.units };
}

int decimal_cmp(struct decimal a, struct decimal b)
{
    return (a.units > b.units) - (a.units < b.units);
}

int decimal_sign(struct decimal a)
{
    return decimal_cmp(a, DECIMAL_ZERO);
}

struct decimal decimal_share(struct decimal a, struct decimal part,
                             struct decimal whole)
{
    wide units = 0;

    assert(part.units >= 0 && part.units <= whole.units && whole.units > 0);
    if (part.units == whole.units)
        return a;
    bool fits = scale(magnitude(a), magnitude(part), magnitude(whole), &units);
    assert(fits);
    (void)fits;
    return with_sign(units, a.units < 0);
}

static bool scale_signed(struct decimal a, wide b, wide by, bool negative,
                         struct decimal *out)
{
    wide units;

    if (!scale(magnitude(a), b, by, &units) || units >= (wide)TOO_LARGE)
        return false;
    *out = with_sign(units, negative);
    return true;
}

bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out)
{
    return scale_signed(a, magnitude(b), (wide)ONE,
                        (a.units < 0) != (b.units < 0), out);
}

bool decimal_div(struct decimal a, struct decimal b, struct decimal *out)
{
    assert(b.units != 0);
    return scale_signed(a, (wide)ONE, magnitude(b),
                        (a.units < 0) != (b.units < 0), out);
}

bool decimal_is_large(struct decimal a)
{
    return magnitude(a) >= (wide)LARGE;
}

/* --- Doubles -------------------------------------------------------------- */

/* By way of the text: a quotient of doubles would round twice. */
double decimal_double(struct decimal a)
{
    char text[DECIMAL_TEXT];
    decimal_format(a, text);
    return strtod(text, NULL);
}

bool decimal_of_double(double v, struct decimal *out)
{
    char text[NUMBER_TEXT];

    if (!isfinite(v))
        return false;
    number_format(v, text);
    size_t end = strcspn(text, "e");
    int exponent = text[end] ? (int)strtol(text + end + 1, NULL, 10) : 0;
    return parse_scaled(text, text + end, exponent, out);
}
