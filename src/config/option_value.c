/* The values of options: text to field, field to text. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "config/duration.h"
#include "config/options.h"
#include "config/url_rule.h"

static void *field(const struct config_option *o, struct config *c)
{
    return (char *)c + o->at;
}

static const void *const_field(const struct config_option *o,
                               const struct config *c)
{
    return (const char *)c + o->at;
}

static int wrong_type(const struct config_option *o, const char *wanted,
                      struct error *err)
{
    char range[OPTION_RANGE];
    option_range(o, range);
    return error_set(err, FAULT_CONFIG, "'%s' must be %s: %s", o->key, wanted,
                     range);
}

static int out_of_range(const struct config_option *o, const char *found,
                        struct error *err)
{
    char range[OPTION_RANGE];
    option_range(o, range);
    return error_set(err, FAULT_CONFIG, "'%s' is %s, must be %s", o->key, found,
                     range);
}

static int set_int(const struct config_option *o, const char *text,
                   struct config *c, struct error *err)
{
    int64_t n;
    char found[32];
    if (!integer_parse(text, &n))
        return wrong_type(o, "a whole number", err);
    snprintf(found, sizeof(found), "%" PRId64, n);
    if ((double)n < o->min || (double)n > o->max)
        return out_of_range(o, found, err);
    memcpy(field(o, c), &n, sizeof(n));
    return 0;
}

static int set_real(const struct config_option *o, const char *text,
                    struct config *c, struct error *err)
{
    double v;
    char found[NUMBER_TEXT];
    if (!number_parse(text, &v))
        return wrong_type(o, "a number", err);
    number_format(v, found);
    if (v < o->min || v > o->max)
        return out_of_range(o, found, err);
    v += 0.0; /* -0 and 0 are one value and have one hash */
    memcpy(field(o, c), &v, sizeof(v));
    return 0;
}

static int set_duration(const struct config_option *o, const char *text,
                        struct config *c, struct error *err)
{
    int64_t ms;
    char found[DURATION_TEXT];
    bool seconds = o->type == OPTION_DURATION_S;
    if (!duration_parse(text, &ms))
        return wrong_type(o, "a duration such as 10s, 15m or 4h", err);
    if (seconds && ms % MS_PER_SECOND)
        return wrong_type(o, "a duration of whole seconds", err);
    duration_format(ms, found);
    if ((double)ms < o->min * 1000.0 || (double)ms > o->max * 1000.0)
        return out_of_range(o, found, err);
    ms = seconds ? ms / MS_PER_SECOND : ms;
    memcpy(field(o, c), &ms, sizeof(ms));
    return 0;
}

static int set_bool(const struct config_option *o, const char *text,
                    struct config *c, struct error *err)
{
    bool yes = strcmp(text, "true") == 0;
    if (!yes && strcmp(text, "false") != 0)
        return error_set(err, FAULT_CONFIG, "'%s' must be true or false",
                         o->key);
    memcpy(field(o, c), &yes, sizeof(yes));
    return 0;
}

static int set_choice(const struct config_option *o, const char *text,
                      struct config *c, struct error *err)
{
    for (int i = 0; o->choice(i); i++) {
        if (strcmp(o->choice(i), text) == 0) {
            memcpy(field(o, c), &i, sizeof(i));
            return 0;
        }
    }
    return wrong_type(o, "one of these words", err);
}

static bool has_control(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return true;
    return false;
}

/* Other names are made of this one, beside it: with a slash at the end they
 * would lie inside. */
static size_t without_slashes(const struct config_option *o, const char *text)
{
    size_t len = strlen(text);
    if (strcmp(o->key, "repository.path") == 0)
        while (len > 1 && text[len - 1] == '/')
            len--;
    return len;
}

static int set_text(const struct config_option *o, const char *text,
                    struct config *c, struct error *err)
{
    size_t len = without_slashes(o, text);
    char found[32];
    snprintf(found, sizeof(found), "%zu bytes long", len);
    if (len == 0 && o->min > 0)
        return error_set(err, FAULT_CONFIG, "'%s' is empty: give it a value",
                         o->key);
    if ((double)len < o->min || (double)len > o->max)
        return out_of_range(o, found, err);
    if (has_control(text))
        return error_set(err, FAULT_CONFIG,
                         "'%s' has a control character: write it on one line",
                         o->key);
    if (o->type == OPTION_URL && len > 0 && url_rule(text, err))
        return error_wrap(err, "'%s'", o->key);
    char *to = field(o, c);
    memcpy(to, text, len);
    to[len] = '\0';
    return 0;
}

int option_set(const struct config_option *o, const char *text,
               struct config *c, struct error *err)
{
    static int (*const set[OPTION_TYPE_COUNT])(const struct config_option *,
                                               const char *, struct config *,
                                               struct error *) = {
        [OPTION_INT] = set_int,
        [OPTION_REAL] = set_real,
        [OPTION_DURATION_MS] = set_duration,
        [OPTION_DURATION_S] = set_duration,
        [OPTION_BOOL] = set_bool,
        [OPTION_CHOICE] = set_choice,
        [OPTION_STRING] = set_text,
        [OPTION_PATH] = set_text,
        [OPTION_URL] = set_text,
        [OPTION_PHRASE] = set_text,
    };
    return set[o->type](o, text, c, err);
}

static int64_t integer_at(const void *at)
{
    int64_t n;
    memcpy(&n, at, sizeof(n));
    return n;
}

static void real_format(const void *at, char *out)
{
    double v;
    memcpy(&v, at, sizeof(v));
    number_format(v, out);
}

static const char *choice_at(const struct config_option *o, const void *at)
{
    int n;
    _Static_assert(sizeof(enum profile) == sizeof(n), "enums are ints");
    memcpy(&n, at, sizeof(n));
    return o->choice(n);
}

void option_format(const struct config_option *o, const struct config *c,
                   char out[OPTION_TEXT])
{
    const void *at = const_field(o, c);
    switch (o->type) {
    case OPTION_INT:
        snprintf(out, OPTION_TEXT, "%" PRId64, integer_at(at));
        break;
    case OPTION_REAL:
        real_format(at, out);
        break;
    case OPTION_DURATION_MS:
        duration_format(integer_at(at), out);
        break;
    case OPTION_DURATION_S:
        duration_format(integer_at(at) * MS_PER_SECOND, out);
        break;
    case OPTION_BOOL:
        snprintf(out, OPTION_TEXT, "%s",
                 *(const unsigned char *)at ? "true" : "false");
        break;
    case OPTION_CHOICE:
        snprintf(out, OPTION_TEXT, "%s", choice_at(o, at));
        break;
    case OPTION_STRING:
    case OPTION_PATH:
    case OPTION_URL:
    case OPTION_PHRASE:
    case OPTION_TYPE_COUNT:
        snprintf(out, OPTION_TEXT, "%s", (const char *)at);
        break;
    }
}

static void choice_range(const struct config_option *o, char *out)
{
    size_t n = 0;
    out[0] = '\0';
    for (int i = 0; o->choice(i) && n < OPTION_RANGE; i++)
        n += (size_t)snprintf(out + n, OPTION_RANGE - n, "%s%s", i ? ", " : "",
                              o->choice(i));
}

static void number_range(const struct config_option *o, char *out)
{
    char low[NUMBER_TEXT], high[NUMBER_TEXT];
    number_format(o->min, low);
    number_format(o->max, high);
    snprintf(out, OPTION_RANGE, "%s to %s%s%s", low, high, *o->unit ? " " : "",
             o->unit);
}

void option_range(const struct config_option *o, char out[OPTION_RANGE])
{
    char low[DURATION_TEXT], high[DURATION_TEXT];
    switch (o->type) {
    case OPTION_INT:
    case OPTION_REAL:
        number_range(o, out);
        break;
    case OPTION_DURATION_MS:
    case OPTION_DURATION_S:
        duration_format((int64_t)o->min * MS_PER_SECOND, low);
        duration_format((int64_t)o->max * MS_PER_SECOND, high);
        snprintf(out, OPTION_RANGE, "%s to %s", low, high);
        break;
    case OPTION_BOOL:
        out[0] = '\0'; /* the type says it */
        break;
    case OPTION_CHOICE:
        choice_range(o, out);
        break;
    case OPTION_STRING:
    case OPTION_PATH:
    case OPTION_URL:
    case OPTION_PHRASE:
    case OPTION_TYPE_COUNT:
        snprintf(out, OPTION_RANGE, "%g to %g bytes", o->min, o->max);
        break;
    }
}
