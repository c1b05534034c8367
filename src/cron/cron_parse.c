#include "cron/cron.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"

#define BLANKS     " \t\r\n\v\f"
#define DIGITS_MAX 9 /* of a number: it fits, and none so large is meant */

#define MS_PER_SECOND INT64_C(1000)
#define SPAN_DIGITS   15   /* that a double holds */
#define SPAN_MAX_MS   1e14 /* three thousand years */

struct field {
    const char *what, *form;
    unsigned min, max;
    const char *names; /* three letters each, of `min`, `min` + 1, ...; or "" */
    const char *hint;  /* of a number out of range */
};

enum { MINUTES, HOURS, MONTH_DAYS, MONTHS, WEEK_DAYS, FIELDS };

// clang-format off
static const struct field fields[FIELDS] = {
    { "the minute", "a number", 0, 59, "", "" },
    { "the hour", "a number", 0, 23, "", ": midnight is 0" },
    { "the day of the month", "a number", 1, 31, "", "" },
    { "the month", "a number or JAN to DEC", 1, 12,
      "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", "" },
    { "the day of the week", "a number or SUN to SAT", 0, 6,
      "SUNMONTUEWEDTHUFRISAT", ": Sunday is 0 or SUN" },
};
// clang-format on

/* A piece of the text, and where the text begins. */
struct piece {
    const char *text, *at, *end;
};

static int column(const struct piece *p)
{
    return (int)(p->at - p->text) + 1;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* The number of a name, or -1. */
static int named(const struct piece *p, const struct field *f)
{
    if (p->end - p->at != 3)
        return -1;
    for (size_t i = 0; f->names[i]; i += 3)
        if (upper(p->at[0]) == f->names[i] &&
            upper(p->at[1]) == f->names[i + 1] &&
            upper(p->at[2]) == f->names[i + 2])
            return (int)(f->min + i / 3);
    return -1;
}

/* All of the piece as a number, or -1. */
static int64_t number(const struct piece *p)
{
    int64_t n = 0;
    if (p->at == p->end || p->end - p->at > DIGITS_MAX)
        return -1;
    for (const char *c = p->at; c < p->end; c++) {
        if (*c < '0' || *c > '9')
            return -1;
        n = n * 10 + (*c - '0');
    }
    return n;
}

static int take_value(const struct piece *p, const struct field *f,
                      unsigned *out, struct error *err)
{
    int64_t n = named(p, f);
    if (n < 0)
        n = number(p);
    if (n < 0)
        return error_set(err, FAULT_CONFIG,
                         "column %d: %s must be %s: 1-3 is a range, 1,3 a "
                         "list, */2 every second one, * any",
                         column(p), f->what, f->form);
    if (n < f->min || n > f->max)
        return error_set(err, FAULT_CONFIG, "column %d: %s must be %u to %u%s",
                         column(p), f->what, f->min, f->max, f->hint);
    *out = (unsigned)n;
    return 0;
}

/* Takes what stands before the mark; the rest, behind it, stays. False when
 * the mark is not there: then all of it is taken and nothing stays. */
static bool split(struct piece *rest, char mark, struct piece *first)
{
    const char *at = memchr(rest->at, mark, (size_t)(rest->end - rest->at));
    *first = (struct piece){ rest->text, rest->at, at ? at : rest->end };
    rest->at = at ? at + 1 : rest->end;
    return at != NULL;
}

static bool is_star(const struct piece *p)
{
    return p->end - p->at == 1 && (*p->at == '*' || *p->at == '?');
}

/* "N", "A-B", "*" or "?"; `single` where a step goes up to the end. */
static int take_range(struct piece rest, const struct field *f, unsigned *low,
                      unsigned *high, bool *single, struct error *err)
{
    struct piece first;
    *single = !split(&rest, '-', &first);
    *low = f->min;
    *high = f->max;
    if (*single && is_star(&first))
        return 0;
    if (take_value(&first, f, low, err))
        return -1;
    *high = *low;
    if (!*single && take_value(&rest, f, high, err))
        return -1;
    if (*low > *high)
        return error_set(err, FAULT_CONFIG,
                         "column %d: a range of %s must not end before it "
                         "begins: write two, with a comma between",
                         column(&first), f->what);
    return 0;
}

static int take_step(const struct piece *p, unsigned *step, struct error *err)
{
    int64_t n = number(p);
    if (n < 1)
        return error_set(err, FAULT_CONFIG,
                         "column %d: a step must be a number from 1 on",
                         column(p));
    *step = (unsigned)n;
    return 0;
}

static int take_element(struct piece rest, const struct field *f,
                        uint64_t *bits, bool *any, struct error *err)
{
    struct piece range;
    unsigned low, high, step = 1;
    bool single, stepped = split(&rest, '/', &range);

    if (range.at == range.end)
        return error_set(err, FAULT_CONFIG,
                         "column %d: nothing stands there: write %s, or * for "
                         "any",
                         column(&range), f->what);
    if (take_range(range, f, &low, &high, &single, err) ||
        (stepped && take_step(&rest, &step, err)))
        return -1;
    if (stepped && single)
        high = f->max;
    *any |= is_star(&range) && step == 1;
    for (unsigned i = low; i <= high; i += step)
        *bits |= UINT64_C(1) << i;
    return 0;
}

static int take_field(struct piece rest, const struct field *f, uint64_t *bits,
                      bool *any, struct error *err)
{
    struct piece element;
    bool more = true;
    *bits = 0;
    *any = false;
    while (more) {
        more = split(&rest, ',', &element);
        if (take_element(element, f, bits, any, err))
            return -1;
    }
    return 0;
}

/* The next word of the text; false when there is none. */
static bool take_word(struct piece *rest, struct piece *word)
{
    rest->at += strspn(rest->at, BLANKS);
    *word = (struct piece){ rest->text, rest->at,
                            rest->at + strcspn(rest->at, BLANKS) };
    rest->at = word->end;
    return word->at < word->end;
}

/* How many words there are, and the one of that number, or the end. */
static int count_words(struct piece rest, int number_of, struct piece *found)
{
    struct piece word;
    int n = 0;
    while (take_word(&rest, &word))
        if (++n == number_of)
            *found = word;
    if (n < number_of)
        *found = rest;
    return n;
}

static int take_fields(struct piece rest, struct cron *out, struct error *err)
{
    uint64_t *const bits[FIELDS] = { &out->minutes, &out->hours,
                                     &out->month_days, &out->months,
                                     &out->week_days };
    bool any[FIELDS];
    struct piece word;
    int words = count_words(rest, FIELDS + 1, &word);

    if (words != FIELDS)
        return error_set(
            err, FAULT_CONFIG,
            "column %d: there must be five fields, not %d: minute, "
            "hour, day of the month, month, day of the week",
            column(&word), words);
    for (int i = 0; i < FIELDS && take_word(&rest, &word); i++)
        if (take_field(word, &fields[i], bits[i], &any[i], err))
            return -1;
    out->any_month_day = any[MONTH_DAYS];
    out->any_week_day = any[WEEK_DAYS];
    return 0;
}

static const struct {
    const char *name, *fields;
} words_at[] = {
    { "@hourly", "0 * * * *" },   { "@daily", "0 0 * * *" },
    { "@midnight", "0 0 * * *" }, { "@weekly", "0 0 * * 0" },
    { "@monthly", "0 0 1 * *" },  { "@yearly", "0 0 1 1 *" },
    { "@annually", "0 0 1 1 *" },
};

static bool is_word(const struct piece *p, const char *word)
{
    size_t len = (size_t)(p->end - p->at);
    return len == strlen(word) && memcmp(p->at, word, len) == 0;
}

static bool is_digit(const struct piece *p)
{
    return p->at < p->end && *p->at >= '0' && *p->at <= '9';
}

/* Digits, with a point among or beside them. */
static bool take_decimal(struct piece *p, double *out)
{
    const char *begin = p->at;
    double n = 0, scale = 1;
    for (; is_digit(p); p->at++)
        n = n * 10 + (*p->at - '0');
    size_t digits = (size_t)(p->at - begin);
    if (p->at < p->end && *p->at == '.') {
        for (p->at++; is_digit(p); p->at++, digits++, scale *= 10)
            n = n * 10 + (*p->at - '0');
    }
    *out = n / scale;
    return digits > 0 && digits <= SPAN_DIGITS;
}

static bool take_unit(struct piece *p, double *unit_ms)
{
    static const struct {
        const char *name;
        double ms;
    } units[] = { { "ms", 1 }, { "s", 1e3 }, { "m", 6e4 }, { "h", 36e5 } };
    const char *begin = p->at;
    while (p->at < p->end && *p->at != '.' && !is_digit(p))
        p->at++;
    const struct piece unit = { p->text, begin, p->at };
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (!is_word(&unit, units[i].name))
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
    double sum_ms = 0, unit_ms = 0;
    if (rest.at == rest.end)
        return false;
    while (rest.at < rest.end) {
        double n = 0;
        if (!take_decimal(&rest, &n) || !take_unit(&rest, &unit_ms))
            return false;
        sum_ms += n * unit_ms;
    }
    if (sum_ms > SPAN_MAX_MS)
        return false;
    *ms = moment_floor((int64_t)sum_ms, MS_PER_SECOND);
    return true;
}

static int take_every(struct piece rest, struct cron *out, struct error *err)
{
    struct piece span, word = { 0 };
    take_word(&rest, &span);
    int at = column(&span);
    bool more = take_word(&rest, &word);

    if (more || !take_span(&span, &out->every_ms))
        return error_set(err, FAULT_CONFIG,
                         "column %d: after @every stands a span of h, m, s and "
                         "ms, such as 15m or 1h30m",
                         more ? column(&word) : at);
    if (out->every_ms < MS_PER_SECOND)
        return error_set(err, FAULT_CONFIG,
                         "column %d: the span must be at least 1s", at);
    return 0;
}

static int take_at_word(struct piece rest, struct cron *out, struct error *err)
{
    struct piece word, second;
    take_word(&rest, &word);
    if (is_word(&word, "@every"))
        return take_every(rest, out, err);
    for (size_t i = 0; i < ARRAY_LEN(words_at); i++) {
        if (!is_word(&word, words_at[i].name))
            continue;
        if (!take_word(&rest, &second))
            return cron_parse(words_at[i].fields, out, err);
        return error_set(err, FAULT_CONFIG,
                         "column %d: nothing follows %s: remove it",
                         column(&second), words_at[i].name);
    }
    return error_set(err, FAULT_CONFIG,
                     "column %d: there are @hourly, @daily, @midnight, "
                     "@weekly, @monthly, @yearly, @annually and @every, in "
                     "small letters",
                     column(&word));
}

int cron_parse(const char *text, struct cron *out, struct error *err)
{
    size_t len = strlen(text);
    struct piece all = { text, text + strspn(text, BLANKS), text + len };

    *out = (struct cron){ 0 };
    if (strncmp(all.at, "TZ=", 3) == 0 || strncmp(all.at, "CRON_TZ=", 8) == 0)
        return error_set(err, FAULT_CONFIG,
                         "column %d: no time zone stands here: it has an "
                         "option of its own",
                         column(&all));
    return *all.at == '@' ? take_at_word(all, out, err)
                          : take_fields(all, out, err);
}
