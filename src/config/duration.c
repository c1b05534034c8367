#include "config/duration.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"

static const struct {
    const char *name;
    int64_t ms;
} time_units[] = {
    { "h", 3600 * MS_PER_SECOND }, { "m", 60 * MS_PER_SECOND },
    { "s", MS_PER_SECOND },        { "ms", 1 },
    { "", MS_PER_SECOND },
};

bool duration_parse(const char *text, int64_t *ms)
{
    char digits[16];
    int64_t n;
    size_t len = strspn(text, "0123456789");
    if (len >= sizeof(digits))
        return false;
    memcpy(digits, text, len);
    digits[len] = '\0';
    if (!integer_parse(digits, &n) || n > INT64_MAX / time_units[0].ms)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(time_units); i++) {
        if (strcmp(text + len, time_units[i].name) == 0) {
            *ms = n * time_units[i].ms;
            return true;
        }
    }
    return false;
}

void duration_format(int64_t ms, char out[DURATION_TEXT])
{
    size_t unit = 0;
    if (ms == 0)
        unit = 2; /* "0s" */
    while (ms % time_units[unit].ms)
        unit++;
    snprintf(out, DURATION_TEXT, "%" PRId64 "%s", ms / time_units[unit].ms,
             time_units[unit].name);
}
