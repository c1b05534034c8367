#include "exchange/kucoin_exact.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "sys/xmalloc.h"

#define SHOWN       40 /* code points of a value in an error */
#define TIME_MAX_MS ((int64_t)253402300799999) /* the end of the year 9999 */

#define DIGITS "0123456789"

/* The bytes of a text in quotes, both of them included. */
static size_t text_length(const char *s, size_t len)
{
    size_t n = 1;
    while (n < len && s[n] != '"')
        n += s[n] == '\\' ? 2 : 1;
    return n < len ? n + 1 : len;
}

static size_t number_length(const char *s, size_t len)
{
    size_t n = 0;
    while (n < len && s[n] && strchr(DIGITS "+-.eE", s[n]))
        n++;
    return n;
}

/* A copy in which every number stands in quotes. Numbers cannot touch, so two
 * more bytes for every second one are enough. */
static char *quote_numbers(struct kucoin_body body, size_t *len)
{
    char *copy = xcalloc(body.len * 2 + 3, 1);
    size_t to = 0, n;
    for (size_t at = 0; at < body.len; at += n) {
        const char *s = body.data + at;
        bool number = *s && strchr(DIGITS "-", *s);
        n = number      ? number_length(s, body.len - at)
            : *s == '"' ? text_length(s, body.len - at)
                        : 1;
        if (number)
            copy[to++] = '"';
        memcpy(copy + to, s, n);
        to += n;
        if (number)
            copy[to++] = '"';
    }
    *len = to;
    return copy;
}

const cJSON *exact_member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const cJSON *exact_open(struct kucoin_body body, cJSON **doc, struct error *err)
{
    struct kucoin_envelope e;
    *doc = NULL;
    kucoin_envelope_parse(body, &e); /* refuses what is no JSON */
    if (!e.success) {
        kucoin_envelope_error(&e, 200, err);
        return NULL;
    }
    size_t len;
    char *copy = quote_numbers(body, &len);
    *doc = cJSON_ParseWithLengthOpts(copy, len + 1, NULL, cJSON_True);
    free(copy);
    const cJSON *data = exact_member(*doc, "data");
    if (data && !cJSON_IsNull(data))
        return data;
    error_set(err, FAULT_DATA, "code %s without data, message '%s'", e.code,
              e.msg);
    return NULL;
}

void *exact_grow(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room ? *room * 2 : 64;
    return xrealloc(items, *room, size);
}

const char *exact_text(const cJSON *object, const char *name)
{
    const cJSON *item = exact_member(object, name);
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

static int missing(const cJSON *object, const char *name, struct error *err)
{
    const cJSON *item = exact_member(object, name);
    return error_set(err, FAULT_DATA, "'%s' is %s", name,
                     !item                ? "missing"
                     : cJSON_IsNull(item) ? "null"
                                          : "neither a text nor a number");
}

static int not_good(const char *name, const char *text, const char *why,
                    struct error *err)
{
    char shown[UTF8_ROOM(SHOWN)];
    utf8_cut_line(text, SHOWN, shown);
    return error_set(err, FAULT_DATA, "'%s' is '%s', %s", name, shown, why);
}

int exact_integer(const cJSON *object, const char *name, int64_t *out,
                  struct error *err)
{
    const char *text = exact_text(object, name);
    if (!text)
        return missing(object, name, err);
    if (integer_parse(text, out))
        return 0;
    size_t sign = *text == '-';
    bool whole = text[sign] && !text[sign + strspn(text + sign, DIGITS)];
    return not_good(name, text,
                    whole ? "more than 64 bits can hold" : "not a whole number",
                    err);
}

int exact_time_ms(const cJSON *object, const char *name, int64_t *out,
                  struct error *err)
{
    int64_t ms;
    if (exact_integer(object, name, &ms, err))
        return -1;
    if (ms <= 0 || ms > TIME_MAX_MS)
        return not_good(name, exact_text(object, name), "not a time in ms",
                        err);
    *out = ms;
    return 0;
}

int exact_decimal(const cJSON *object, const char *name, struct decimal *out,
                  struct error *err)
{
    const char *text = exact_text(object, name);
    if (!text)
        return missing(object, name, err);
    if (decimal_parse(text, out))
        return 0;
    return not_good(name, text, "not a decimal number that can be kept exactly",
                    err);
}

int exact_amount(const cJSON *object, const char *name, struct decimal *out,
                 struct error *err)
{
    if (exact_decimal(object, name, out, err))
        return -1;
    if (decimal_sign(*out) > 0)
        return 0;
    return not_good(name, exact_text(object, name), "not above zero", err);
}

int exact_word(const cJSON *object, const char *name, char *out, size_t room,
               struct error *err)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz" DIGITS "-_";
    const char *text = exact_text(object, name);
    if (!text)
        return missing(object, name, err);
    size_t len = strlen(text);
    if (!len || len >= room || text[strspn(text, letters)])
        return not_good(name, text, "not a word that is expected there", err);
    memcpy(out, text, len + 1);
    return 0;
}

const cJSON *exact_page(struct kucoin_body body, cJSON **doc,
                        struct kucoin_paging *paging, struct error *err)
{
    const cJSON *data = exact_open(body, doc, err);
    const cJSON *items = exact_member(data, "items");
    if (!data || exact_integer(data, "totalPage", &paging->pages, err) ||
        exact_integer(data, "totalNum", &paging->total, err))
        return NULL;
    if (cJSON_IsArray(items) && paging->pages >= 0 && paging->total >= 0)
        return items;
    error_set(err, FAULT_DATA, "'items' is not a list, or a count is below 0");
    return NULL;
}
