#include "cli/span.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "cli/act.h"
#include "sys/clock.h"

#define SPAN_MAX_MS (3660 * MS_PER_DAY)

bool span_parse(const char *text, int64_t *ms)
{
    static const struct {
        char letter;
        int64_t ms;
    } units[] = { { 'm', MS_PER_MINUTE },
                  { 'h', MS_PER_HOUR },
                  { 'd', MS_PER_DAY } };
    char digits[8];
    int64_t n;
    size_t len = strspn(text, "0123456789");

    if (len == 0 || len >= sizeof(digits) || !text[len] || text[len + 1])
        return false;
    memcpy(digits, text, len);
    digits[len] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (text[len] != units[i].letter || !integer_parse(digits, &n) ||
            n > SPAN_MAX_MS / units[i].ms)
            continue;
        *ms = n * units[i].ms;
        return true;
    }
    return false;
}

static int read_end(const struct context *c, const char *name, int64_t *ms,
                    struct error *err)
{
    const char *text = act_option(c, name);
    int64_t now_ms = c->at_ms == MOMENT_NONE ? clock_wall_ms() : c->at_ms;
    int64_t back_ms;

    if (!text)
        return 0;
    *ms = span_parse(text, &back_ms) ? now_ms - back_ms : moment_parse(text);
    if (*ms == MOMENT_NONE)
        return error_set(err, FAULT_USAGE,
                         "--%s '%.40s' is not a time such as "
                         "2026-01-31T14:15Z, nor a span such as 12h or 7d",
                         name, text);
    return 0;
}

int span_read(const struct context *c, struct span *out, struct error *err)
{
    *out = (struct span){ INT64_MIN, INT64_MAX };
    if (read_end(c, "since", &out->from_ms, err) ||
        read_end(c, "until", &out->to_ms, err))
        return -1;
    if (out->from_ms >= out->to_ms)
        return error_set(err, FAULT_USAGE, "--until is not after --since");
    return 0;
}
