#include "market/bar_csv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"

#define LAST_SECOND INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

static const char *const columns[] = {
    "time", "open", "high", "low", "close", "volume",
};

static int refuse(size_t column, const char *field, const char *why,
                  struct error *err)
{
    return error_set(err, FAULT_DATA, "column %zu (%s): '%s' is %s", column + 1,
                     columns[column], field, why);
}

/* Cuts the line into exactly six fields. */
static int split(const char *line, char fields[][NUMBER_TEXT],
                 struct error *err)
{
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        size_t n = strcspn(line, ",");
        if (n >= NUMBER_TEXT)
            return error_set(err, FAULT_DATA, "column %zu (%s): too long",
                             i + 1, columns[i]);
        memcpy(fields[i], line, n);
        fields[i][n] = '\0';
        line += n;
        bool last = i + 1 == ARRAY_LEN(columns);
        if ((*line == ',') == last)
            return error_set(err, FAULT_DATA,
                             "not the six columns " BAR_CSV_HEADER);
        line += last ? 0 : 1;
    }
    return 0;
}

char *bar_csv_line(char **at)
{
    char *line = *at;
    size_t n = strcspn(line, "\n");

    *at = line[n] ? line + n + 1 : line + n;
    line[n] = '\0';
    if (n && line[n - 1] == '\r')
        line[n - 1] = '\0';
    return line;
}

int bar_csv_parse(const char *line, struct bar *out, struct error *err)
{
    char fields[ARRAY_LEN(columns)][NUMBER_TEXT];
    struct bar b = { 0 };
    double *const numbers[] = { &b.open, &b.high, &b.low, &b.close, &b.volume };

    if (split(line, fields, err))
        return -1;
    int64_t seconds = 0;
    if (!integer_parse(fields[0], &seconds) || seconds < 0 ||
        seconds > LAST_SECOND)
        return refuse(0, fields[0], "not a time in seconds since 1970", err);
    b.open_ms = seconds * 1000;
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (!number_parse(fields[i + 1], numbers[i]))
            return refuse(i + 1, fields[i + 1], "not a number", err);
    *out = b;
    return 0;
}

void bar_csv_format(const struct bar *b, char out[BAR_CSV_TEXT])
{
    const double numbers[] = { b->open, b->high, b->low, b->close, b->volume };
    size_t at =
        (size_t)snprintf(out, BAR_CSV_TEXT, "%" PRId64, b->open_ms / 1000);

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        out[at++] = ',';
        number_format(numbers[i], out + at);
        at += strlen(out + at);
    }
}

_Static_assert(BAR_CSV_TEXT >= 24 + 5 * (NUMBER_TEXT + 1), "room for a line");
