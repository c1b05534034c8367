/* Expressions that begin with @, and what reads words. */
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "cron/cron_internal.h"

#define MS_PER_SECOND INT64_C(1000)
#define SPAN_DIGITS   12 /* of a number: an hour times that fits */
#define SPAN_MAX_MS   (INT64_C(1000000) * MS_PER_HOUR)

int cron_column(const struct piece *p)
{
    return (int)(p->at - p->text) + 1;
}

bool cron_take_word(struct piece *rest, struct piece *word)
{
    rest->at += strspn(rest->at, CRON_BLANKS);
    *word = (struct piece){ rest->text, rest->at,
                            rest->at + strcspn(rest->at, CRON_BLANKS) };
    rest->at = word->end;
    return word->at < word->end;
}

bool cron_is_word(const struct piece *p, const char *word)
{
    size_t len = (size_t)(p->end - p->at);
    return len == strlen(word) && memcmp(p->at, word, len) == 0;
}

static const struct {
    const char *name, *fields;
} words_at[] = {
    { "@hourly", "0 * * * *" },   { "@daily", "0 0 * * *" },
    { "@midnight", "0 0 * * *" }, { "@weekly", "0 0 * * 0" },
    { "@monthly", "0 0 1 * *" },  { "@yearly", "0 0 1 1 *" },
    { "@annually", "0 0 1 1 *" },
};

static bool is_digit(const struct piece *p)
{
    return p->at < p->end && *p->at >= '0' && *p->at <= '9';
}

/* Digits, with a point among or beside them: `n` of them all, and how many of
 * the smallest of them one is. */
static bool take_decimal(struct piece *p, int64_t *n, int64_t *scale)
{
    int digits = 0;
    bool point = false;
    *n = 0;
    *scale = 1;
    for (; is_digit(p) || (!point && p->at < p->end && *p->at == '.');
         p->at++) {
        if (*p->at == '.') {
            point = true;
            continue;
        }
        if (++digits > SPAN_DIGITS)
            return false;
        *n = *n * 10 + (*p->at - '0');
        *scale *= point ? 10 : 1;
    }
    return digits > 0;
}

static bool take_unit(struct piece *p, int64_t *unit_ms)
{
    static const struct {
        const char *name;
        int64_t ms;
    } units[] = { { "ms", 1 },
                  { "s", MS_PER_SECOND },
                  { "m", MS_PER_MINUTE },
                  { "h", MS_PER_HOUR } };
    const char *begin = p->at;
    while (p->at < p->end && *p->at != '.' && !is_digit(p))
        p->at++;
    const struct piece unit = { p->text, begin, p->at };
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (!cron_is_word(&unit, units[i].name))
            continue;
        *unit_ms = units[i].ms;
        return true;
    }
    return false;
}

/* "15m", "1h30m", "1.5h", as whole seconds; what is over is dropped. */
static bool take_span(const struct piece *p, int64_t *ms)
{
    struct piece rest = *p;
    int64_t sum_ms = 0, n, scale, unit_ms;
    if (rest.at == rest.end)
        return false;
    while (rest.at < rest.end) {
        if (!take_decimal(&rest, &n, &scale) || !take_unit(&rest, &unit_ms))
            return false;
        sum_ms += n * unit_ms / scale;
        if (sum_ms > SPAN_MAX_MS)
            return false;
    }
    *ms = moment_floor(sum_ms, MS_PER_SECOND);
    return true;
}

static int take_every(struct piece rest, struct cron *out, struct error *err)
{
    struct piece span, word = { 0 };
    cron_take_word(&rest, &span);
    int at = cron_column(&span);
    bool more = cron_take_word(&rest, &word);

    if (more || !take_span(&span, &out->every_ms))
        return error_set(err, FAULT_CONFIG,
                         "column %d: after @every stands a span of h, m, s and "
                         "ms, such as 15m or 1h30m",
                         more ? cron_column(&word) : at);
    if (out->every_ms < MS_PER_SECOND)
        return error_set(err, FAULT_CONFIG,
                         "column %d: the span must be at least 1s", at);
    return 0;
}

int cron_take_at_word(struct piece rest, struct cron *out, struct error *err)
{
    struct piece word, second;
    cron_take_word(&rest, &word);
    if (cron_is_word(&word, "@every"))
        return take_every(rest, out, err);
    for (size_t i = 0; i < ARRAY_LEN(words_at); i++) {
        if (!cron_is_word(&word, words_at[i].name))
            continue;
        if (!cron_take_word(&rest, &second))
            return cron_parse(words_at[i].fields, out, err);
        return error_set(err, FAULT_CONFIG,
                         "column %d: nothing follows %s: remove it",
                         cron_column(&second), words_at[i].name);
    }
    return error_set(err, FAULT_CONFIG,
                     "column %d: there are @hourly, @daily, @midnight, "
                     "@weekly, @monthly, @yearly, @annually and @every, in "
                     "small letters",
                     cron_column(&word));
}
