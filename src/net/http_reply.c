#include "net/http_internal.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"

#define HEADER_VALUE 64 /* longer values are none that we read */

static const char *const outcome_names[] = {
    [HTTP_UNSENT] = "unsent",
    [HTTP_REPLIED] = "replied",
    [HTTP_TIMEOUT] = "timeout",
    [HTTP_NOCONNECT] = "no connection",
    [HTTP_TLS] = "tls",
    [HTTP_BROKEN] = "broken",
    [HTTP_TOO_LARGE] = "too large",
    [HTTP_CANCELLED] = "cancelled",
};
_Static_assert(ARRAY_LEN(outcome_names) == HTTP_OUTCOME_COUNT, "a name each");

const char *http_outcome_name(enum http_outcome outcome)
{
    return outcome_names[outcome];
}

const char *http_method_name(enum http_method method)
{
    static const char *const names[] = {
        [HTTP_GET] = "GET", [HTTP_POST] = "POST", [HTTP_PUT] = "PUT"
    };
    return names[method];
}

void http_count(struct http_reply *reply, struct http_counts *counts)
{
    reply->tries++;
    if (counts && reply->tries == 1)
        counts->requests++;
    else if (counts)
        counts->retries++;
}

void http_reply_reset(struct http_reply *reply, size_t reply_max)
{
    struct text body = reply->body;
    int tries = reply->tries;
    text_clear(&body);
    body.max = reply_max;
    *reply = (struct http_reply){ .body = body, .tries = tries };
    for (size_t i = 0; i < HTTP_HEADER_COUNT; i++)
        reply->header[i] = HTTP_ABSENT;
}

static bool read_integer(const char *value, int64_t *out)
{
    return integer_parse(value, out);
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", the one form that servers send today. */
static bool read_date(const char *value, int64_t *out)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct civil c = { 0 };
    char month[4] = "";
    int end = 0;
    sscanf(value, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT%n", &c.day, month, &c.year,
           &c.hour, &c.minute, &c.second, &end);
    const char *at = strstr(months, month);
    if (!end || value[end] || strlen(month) != 3 || !at || (at - months) % 3)
        return false;
    c.month = (int)(at - months) / 3 + 1;
    *out = civil_moment(c);
    return true;
}

// clang-format off
static const struct {
    const char *name;
    enum http_header header;
    bool (*read)(const char *value, int64_t *out);
} headers[] = {
    { "gw-ratelimit-limit",     HTTP_RATE_LIMIT,     read_integer },
    { "gw-ratelimit-remaining", HTTP_RATE_REMAINING, read_integer },
    { "gw-ratelimit-reset",     HTTP_RATE_RESET_MS,  read_integer },
    { "x-limit-app-limit",      HTTP_APP_LIMIT,      read_integer },
    { "x-limit-app-remaining",  HTTP_APP_REMAINING,  read_integer },
    { "x-limit-app-reset",      HTTP_APP_RESET_S,    read_integer },
    { "retry-after",            HTTP_RETRY_AFTER_S,  read_integer },
    { "date",                   HTTP_DATE_MS,        read_date },
};
// clang-format on
_Static_assert(ARRAY_LEN(headers) == HTTP_HEADER_COUNT, "a row each");

/* The value without blanks around it, if it is short enough to be ours. */
static bool take_value(const char *from, size_t n, char out[HEADER_VALUE])
{
    while (n && isspace((unsigned char)*from)) {
        from++;
        n--;
    }
    while (n && isspace((unsigned char)from[n - 1]))
        n--;
    if (!n || n >= HEADER_VALUE)
        return false;
    memcpy(out, from, n);
    out[n] = '\0';
    return true;
}

void http_reply_header(struct http_reply *reply, const char *line, size_t n)
{
    char value[HEADER_VALUE];
    int64_t number;
    for (size_t i = 0; i < ARRAY_LEN(headers); i++) {
        size_t len = strlen(headers[i].name);
        if (n > len && line[len] == ':' &&
            !strncasecmp(line, headers[i].name, len) &&
            take_value(line + len + 1, n - len - 1, value) &&
            headers[i].read(value, &number))
            reply->header[headers[i].header] = number;
    }
}

void http_request_release(struct http_request *r)
{
    if (r)
        text_release(&r->reply.body);
}

/* Works on any text, because a URL that was refused is shown too. */
void http_request_label(const struct http_request *r, char out[HTTP_LABEL])
{
    const char *method = http_method_name(r->method);
    const char *mark = strstr(r->url, "://");
    if (!mark) {
        snprintf(out, HTTP_LABEL, "%s (not a URL)", method);
        return;
    }
    const char *host = mark + 3;
    size_t authority = strcspn(host, "/\\?#");
    size_t whole = r->secret_path ? authority : strcspn(host, "?#");
    size_t user = 0; /* bytes up to and with the last '@' of the authority */
    for (size_t i = 0; i < authority; i++)
        if (host[i] == '@')
            user = i + 1;
    snprintf(out, HTTP_LABEL, "%s %.*s%.*s", method, (int)(host - r->url),
             r->url, (int)(whole - user), host + user);
}

static enum fault fault_of_status(int status)
{
    bool passing = status == 408 || status == 429 || status >= 500;
    return passing ? FAULT_TRANSIENT : FAULT_REFUSED;
}

int http_request_error(const struct http_request *r, struct error *err)
{
    const struct http_reply *reply = &r->reply;
    const char *why = reply->detail ? reply->detail : "no reply";
    char label[HTTP_LABEL];
    http_request_label(r, label);

    switch (reply->outcome) {
    case HTTP_REPLIED:
        return error_set(err, fault_of_status(reply->status), "%s: HTTP %d",
                         label, reply->status);
    case HTTP_TIMEOUT:
        return error_set(err, FAULT_TRANSIENT,
                         "%s: no whole reply within %" PRId64 " ms, tries: %d",
                         label, r->timeout_ms, reply->tries);
    case HTTP_TOO_LARGE:
        return error_set(err, FAULT_DATA, "%s: reply longer than %zu bytes",
                         label, r->reply_max);
    case HTTP_CANCELLED:
        return error_set(err, FAULT_TRANSIENT,
                         "%s: the deadline came first, tries: %d", label,
                         reply->tries);
    case HTTP_UNSENT:
        return error_set(err, FAULT_BUG, "%s: was never sent", label);
    case HTTP_NOCONNECT:
    case HTTP_TLS:
    case HTTP_BROKEN:
    case HTTP_OUTCOME_COUNT:
        break;
    }
    return error_set(err, FAULT_TRANSIENT, "%s: %s, tries: %d", label, why,
                     reply->tries);
}

int http_url_start(struct text *t, const char *base, const char *path)
{
    size_t len = strlen(base);
    while (len && base[len - 1] == '/')
        len--;
    return text_append(t, base, len) || text_puts(t, path) ? -1 : 0;
}

static int add_escaped(struct text *t, const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        bool plain = c < 0x80 && (isalnum(c) || strchr("-._~", c));
        if (plain ? text_append(t, s, 1) : text_printf(t, "%%%02X", c))
            return -1;
    }
    return 0;
}

int http_form_add(struct text *t, const char *name, const char *value)
{
    bool first = !t->len || t->data[t->len - 1] == '?';
    if (!first && text_puts(t, "&"))
        return -1;
    return add_escaped(t, name) || text_puts(t, "=") || add_escaped(t, value)
               ? -1
               : 0;
}
