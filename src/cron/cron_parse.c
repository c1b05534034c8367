#include "cron/cron.h"

#include <string.h>

#include "base/array.h"
#include "cron/cron_internal.h"

#define DIGITS_MAX 9 /* of a number: it fits, and none so large is meant */

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
                         cron_column(p), f->what, f->form);
    if (n < f->min || n > f->max)
        return error_set(err, FAULT_CONFIG, "column %d: %s must be %u to %u%s",
                         cron_column(p), f->what, f->min, f->max, f->hint);
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
                         cron_column(&first), f->what);
    return 0;
}

static int take_step(const struct piece *p, unsigned *step, struct error *err)
{
    int64_t n = number(p);
    if (n < 1)
        return error_set(err, FAULT_CONFIG,
                         "column %d: a step must be a number from 1 on",
                         cron_column(p));
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
                         cron_column(&range), f->what);
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

/* How many words there are, and the one of that number, or the end. */
static int count_words(struct piece rest, int number_of, struct piece *found)
{
    struct piece word;
    int n = 0;
    while (cron_take_word(&rest, &word))
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
            cron_column(&word), words);
    for (int i = 0; i < FIELDS && cron_take_word(&rest, &word); i++)
        if (take_field(word, &fields[i], bits[i], &any[i], err))
            return -1;
    out->any_month_day = any[MONTH_DAYS];
    out->any_week_day = any[WEEK_DAYS];
    return 0;
}

int cron_parse(const char *text, struct cron *out, struct error *err)
{
    size_t len = strlen(text);
    struct piece all = { text, text + strspn(text, CRON_BLANKS), text + len };

    *out = (struct cron){ 0 };
    if (strncmp(all.at, "TZ=", 3) == 0 || strncmp(all.at, "CRON_TZ=", 8) == 0)
        return error_set(err, FAULT_CONFIG,
                         "column %d: no time zone stands here: it has an "
                         "option of its own",
                         cron_column(&all));
    return *all.at == '@' ? cron_take_at_word(all, out, err)
                          : take_fields(all, out, err);
}
