#include "sim/decimal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

/* The significant digits of "-1.25e-07", and where its point stands. */
struct digits {
    char text[NUMBER_TEXT];
    int count;
    int point; /* digits before the point; may be negative or beyond count */
};

static struct digits take_digits(const char *number)
{
    struct digits d = { .point = -1 };
    const char *at = number;

    for (; *at && *at != 'e'; at++) {
        if (*at == '.')
            d.point = d.count;
        else if (*at != '-')
            d.text[d.count++] = *at;
    }
    if (d.point < 0)
        d.point = d.count;
    while (d.count > d.point && d.text[d.count - 1] == '0')
        d.count--;
    if (*at == 'e')
        d.point += (int)strtol(at + 1, NULL, 10);
    return d;
}

void sim_decimal(double v, char out[SIM_DECIMAL_TEXT])
{
    char number[NUMBER_TEXT];
    number_format(v, number);
    if (!strchr(number, 'e')) {
        memcpy(out, number, strlen(number) + 1);
        return;
    }
    struct digits d = take_digits(number);
    int from = d.point < 0 ? d.point : 0;
    int to = d.point > d.count ? d.point : d.count;
    size_t n = 0;
    if (number[0] == '-')
        out[n++] = '-';
    if (d.point <= 0)
        out[n++] = '0';
    for (int i = from; i < to; i++) {
        if (i == (d.point <= 0 ? from : d.point))
            out[n++] = '.';
        out[n++] = '0';
        if (i >= 0 && i < d.count)
            out[n - 1] = d.text[i];
    }
    out[n] = '\0';
}

int sim_decimal_places(double v)
{
    char text[SIM_DECIMAL_TEXT];
    sim_decimal(v, text);
    const char *point = strchr(text, '.');
    size_t places = point ? strlen(point + 1) : 0;
    return places < 12 ? (int)places : 12;
}

double sim_round8(double v)
{
    return fabs(v) < 9e7 ? floor(v * 1e8 + 0.5) / 1e8 : v;
}
