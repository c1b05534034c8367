#include "exchange/kucoin_plain.h"

#include <stdint.h>
#include <string.h>

#include "base/number.h"

#define TIME_DIGITS 12 /* of more seconds the year has five digits */
#define DIGITS_MAX  18 /* that a uint64_t holds whatever they are */
#define EXACT_MAX   (UINT64_C(1) << 53)
#define NUMBER_MAX  40

/* The columns behind the time; the close comes before the high. */
enum column { OPEN, CLOSE, HIGH, LOW, VOLUME, TURNOVER, NUMBER_COLUMNS };

/* Bytes yet to be read. */
struct cursor {
    const char *at, *end;
};

static bool take(struct cursor *c, const char *bytes, size_t n)
{
    if ((size_t)(c->end - c->at) < n || memcmp(c->at, bytes, n) != 0)
        return false;
    c->at += n;
    return true;
}

static bool take_byte(struct cursor *c, char byte)
{
    if (c->at == c->end || *c->at != byte)
        return false;
    c->at++;
    return true;
}

static bool is_digit(const struct cursor *c)
{
    return c->at < c->end && *c->at >= '0' && *c->at <= '9';
}

static bool take_time(struct cursor *c, int64_t *seconds)
{
    const char *from = c->at;
    int64_t n = 0;
    for (; is_digit(c) && c->at - from < TIME_DIGITS; c->at++)
        n = n * 10 + (*c->at - '0');
    *seconds = n;
    return c->at > from && n <= KUCOIN_TIME_MAX_S;
}

/* Digits with at most one point, few enough that both the digits and the power
 * of ten are doubles: then their quotient is the double nearest to the number,
 * which is what strtod gives. */
static bool take_short_number(struct cursor *c, double *out)
{
    static const double powers[DIGITS_MAX + 1] = { 1e0,  1e1,  1e2,  1e3,  1e4,
                                                   1e5,  1e6,  1e7,  1e8,  1e9,
                                                   1e10, 1e11, 1e12, 1e13, 1e14,
                                                   1e15, 1e16, 1e17, 1e18 };
    struct cursor now = *c;
    uint64_t n = 0;
    int digits = 0, tenths = 0;
    for (; is_digit(&now) && digits <= DIGITS_MAX; now.at++, digits++)
        n = n * 10 + (uint64_t)(*now.at - '0');
    if (take_byte(&now, '.'))
        for (; is_digit(&now) && digits <= DIGITS_MAX; now.at++, digits++) {
            n = n * 10 + (uint64_t)(*now.at - '0');
            tenths++;
        }
    if (!digits || digits > DIGITS_MAX || n > EXACT_MAX || now.at == now.end ||
        *now.at != '"')
        return false;
    *out = (double)n / powers[tenths];
    *c = now;
    return true;
}

/* Any number up to the quote behind it. */
static bool take_number(struct cursor *c, double *out)
{
    char text[NUMBER_MAX];
    if (take_short_number(c, out))
        return true;
    size_t left = (size_t)(c->end - c->at);
    const char *quote =
        memchr(c->at, '"', left < NUMBER_MAX ? left : NUMBER_MAX);
    if (!quote)
        return false;
    size_t n = (size_t)(quote - c->at);
    memcpy(text, c->at, n);
    text[n] = '\0';
    c->at = quote;
    return strlen(text) == n && number_parse(text, out);
}

static bool take_row(struct cursor *c, enum timeframe tf, struct bar *b)
{
    double v[NUMBER_COLUMNS];
    int64_t seconds;
    if (!take(c, "[\"", 2) || !take_time(c, &seconds))
        return false;
    for (int i = 0; i < NUMBER_COLUMNS; i++)
        if (!take(c, "\",\"", 3) || !take_number(c, &v[i]))
            return false;
    *b = (struct bar){ .open_ms = seconds * 1000,
                       .open = v[OPEN],
                       .high = v[HIGH],
                       .low = v[LOW],
                       .close = v[CLOSE],
                       .volume = v[VOLUME] };
    return take(c, "\"]", 2) && bar_check(b, tf) == BAR_OK;
}

static bool take_page(struct cursor *c, enum timeframe tf,
                      struct kucoin_rows *rows)
{
    static const char head[] = "{\"code\":\"200000\",\"data\":[";
    if (!take(c, head, sizeof(head) - 1))
        return false;
    if (!take_byte(c, ']')) {
        do {
            struct bar b;
            if (!take_row(c, tf, &b))
                return false;
            kucoin_rows_add(rows, &b);
        } while (take_byte(c, ','));
        if (!take_byte(c, ']'))
            return false;
    }
    return take_byte(c, '}') && c->at == c->end;
}

bool kucoin_plain_parse(struct kucoin_body body, enum timeframe tf,
                        struct kucoin_rows *rows)
{
    if (!body.data)
        return false;
    struct cursor c = { body.data, body.data + body.len };
    if (take_page(&c, tf, rows))
        return true;
    kucoin_rows_release(rows);
    return false;
}
