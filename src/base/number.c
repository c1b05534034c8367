#include "base/number.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void number_format(double v, char out[NUMBER_TEXT])
{
    assert(isfinite(v));
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
