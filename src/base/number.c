#include "base/number.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Within these, the exact product of the significand and a power of ten fits
 * into 128 bits, and printf's %g writes no exponent. */
#define EXACT_MIN 1e-4
#define EXACT_MAX 1e15

__extension__ typedef unsigned __int128 wide;

/* A double as significand * 2^-shift. */
struct binary {
    uint64_t significand; /* 2^52 up to 2^53 */
    int shift;
};

static struct binary binary_of(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof(bits));
    return (struct binary){
        .significand = (bits & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52,
        .shift = 1075 - (int)(bits >> 52 & 0x7ff),
    };
}

/* Digits before the point; 0 for 0.1 up to 1, -3 for 0.0001 up to 0.001. The
 * doubles next to 0.1, 0.01, 0.001 and 0.0001 lie above them, so that comparing
 * with the double is comparing with the decimal. */
static int whole_digits(double v)
{
    static const double powers[] = { 1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,
                                     1e3,  1e4,  1e5,  1e6,  1e7,  1e8,
                                     1e9,  1e10, 1e11, 1e12, 1e13, 1e14 };
    int n = -3;
    for (size_t i = 0; i < sizeof(powers) / sizeof(*powers); i++)
        n += v >= powers[i];
    return n;
}

/* Rounds to `places` decimals, ties to even, as printf does. True when strtod
 * would read v back: when the decimal is within half a unit of the significand
 * (a quarter below a power of two, where doubles are closer). In units of
 * 2^-shift * 10^-places all of that is whole, and as 5^places is odd, no
 * decimal lies on the border. */
static bool reads_back(struct binary v, int places, uint64_t *decimal)
{
    wide five = 1;
    for (int i = 0; i < places; i++)
        five *= 5;
    wide exact = v.significand * five; /* less than 2^100 */
    int shift = v.shift - places;      /* 10^places has 2^places of its own */
    wide half = (wide)1 << (shift - 1);
    uint64_t m = (uint64_t)(exact >> shift);
    wide rest = exact - ((wide)m << shift);
    bool up = rest > half || (rest == half && m % 2);
    *decimal = m + up;
    if (up)
        return 2 * (((wide)1 << shift) - rest) < five;
    return (v.significand == UINT64_C(1) << 52 ? 4 : 2) * rest < five;
}

/* decimal * 10^-places, without the zeros at its end. */
static void put_decimal(bool negative, uint64_t decimal, int places, char *out)
{
    char digits[NUMBER_TEXT], *p = digits + sizeof(digits);
    int done = 0;
    for (; places > 0 && decimal % 10 == 0; places--)
        decimal /= 10;
    *--p = '\0';
    while (decimal || done <= places) {
        *--p = (char)('0' + decimal % 10);
        decimal /= 10;
        if (++done == places)
            *--p = '.';
    }
    if (negative)
        *--p = '-';
    memcpy(out, p, (size_t)(digits + sizeof(digits) - p));
}

/* The same text as format_by_libc() for the numbers that are seen most, in
 * a fraction of the time. False for the others. */
static bool format_exactly(double v, char *out)
{
    double size = fabs(v);
    if (!(size >= EXACT_MIN && size < EXACT_MAX))
        return false;
    struct binary b = binary_of(size);
    int whole = whole_digits(size);
    for (int digits = 15; digits <= 17; digits++) {
        uint64_t decimal;
        if (reads_back(b, digits - whole, &decimal)) {
            put_decimal(v < 0, decimal, digits - whole, out);
            return true;
        }
    }
    return false;
}

static void format_by_libc(double v, char out[NUMBER_TEXT])
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, NUMBER_TEXT, "%.*g", digits, v);
        if (strtod(out, NULL) == v) /* bit for bit is the point here */
            break;
    }
    char *exponent = strchr(out, 'e');
    if (exponent && !strchr(out, '.')) {
        memmove(exponent + 2, exponent, strlen(exponent) + 1);
        memcpy(exponent, ".0", 2);
    }
}

void number_format(double v, char out[NUMBER_TEXT])
{
    assert(isfinite(v));
    if (!format_exactly(v, out))
        format_by_libc(v, out);
}

/* An optional sign, digits with at most one point, an optional exponent. */
static bool looks_decimal(const char *s)
{
    bool digit = false;
    if (*s == '-' || *s == '+')
        s++;
    for (; *s >= '0' && *s <= '9'; s++)
        digit = true;
    if (*s == '.')
        for (s++; *s >= '0' && *s <= '9'; s++)
            digit = true;
    if (digit && (*s == 'e' || *s == 'E')) {
        s++;
        if (*s == '-' || *s == '+')
            s++;
        digit = *s >= '0' && *s <= '9';
        while (*s >= '0' && *s <= '9')
            s++;
    }
    return digit && *s == '\0';
}

bool number_parse(const char *text, double *out)
{
    if (!looks_decimal(text))
        return false;
    double v = strtod(text, NULL);
    if (!isfinite(v))
        return false;
    *out = v;
    return true;
}

bool integer_parse(const char *text, int64_t *out)
{
    const char *digits = *text == '-' ? text + 1 : text;
    if (!*digits || strspn(digits, "0123456789") != strlen(digits))
        return false;
    errno = 0;
    int64_t n = strtoimax(text, NULL, 10);
    if (errno)
        return false;
    *out = n;
    return true;
}
