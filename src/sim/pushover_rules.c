#include "sim/pushover_rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "sim/pushover.h"
#include "sim/utf8.h"

#define LETTERS                                                                \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"                     \
    "0123456789"
#define KEY_LENGTH    30
#define DEVICE_LENGTH 25

static void complain(struct sim_complaints *c, const char *key, const char *fmt,
                     ...) __attribute__((format(printf, 3, 4)));

static void complain(struct sim_complaints *c, const char *key, const char *fmt,
                     ...)
{
    if (c->count == SIM_COMPLAINTS_MAX)
        return;
    struct sim_complaint *item = &c->items[c->count++];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(item->what, sizeof(item->what), fmt, ap);
    va_end(ap);
    item->key = key;
}

static void check_texts(const struct sim_fields *f, struct sim_complaints *c)
{
    static const struct {
        const char *key;
        long max;
    } limits[] = {
        { "message", SIM_MESSAGE_MAX },
        { "title", SIM_TITLE_MAX },
        { "url", SIM_URL_MAX },
        { "url_title", SIM_URL_TITLE_MAX },
    };
    const char *message = sim_fields_get(f, "message");

    if (!message || !message[strspn(message, " \t\r\n")])
        complain(c, "message", "cannot be blank");
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        const char *value = sim_fields_get(f, limits[i].key);
        long length = value ? sim_utf8_length(value) : 0;
        if (length < 0)
            complain(c, limits[i].key, "is not UTF-8");
        else if (length > limits[i].max)
            complain(c, limits[i].key, "is longer than %ld characters",
                     limits[i].max);
    }
}

/* An absent field is `none`. False when it is there and no whole number. */
static bool whole(const struct sim_fields *f, const char *key, int64_t none,
                  int64_t *out)
{
    const char *value = sim_fields_get(f, key);
    *out = none;
    return !value || integer_parse(value, out);
}

static void check_emergency(const struct sim_fields *f, struct sim_message *m,
                            struct sim_complaints *c)
{
    bool has_expire = sim_fields_get(f, "expire") != NULL;
    bool has_retry = sim_fields_get(f, "retry") != NULL;

    if (!has_expire)
        complain(c, "expire", "must be supplied with priority=2");
    else if (!whole(f, "expire", 0, &m->expire_s) || m->expire_s < 1 ||
             m->expire_s > SIM_EXPIRE_MAX_S)
        complain(c, "expire", "must be 1 to %d seconds", SIM_EXPIRE_MAX_S);
    if (!has_retry)
        complain(c, "retry", "must be supplied with priority=2");
    else if (!whole(f, "retry", 0, &m->retry_s) || m->retry_s < SIM_RETRY_MIN_S)
        complain(c, "retry", "must be at least %d seconds", SIM_RETRY_MIN_S);
}

static void check_numbers(const struct sim_fields *f, struct sim_message *m,
                          struct sim_complaints *c)
{
    int64_t n = 0;

    if (!whole(f, "priority", 0, &m->priority) || m->priority < -2 ||
        m->priority > 2)
        complain(c, "priority", "is invalid");
    if (!whole(f, "timestamp", 1, &n) || n < 1)
        complain(c, "timestamp", "is not a time in seconds");
    if (!whole(f, "ttl", 1, &n) || n < 1)
        complain(c, "ttl", "must be positive");
}

static void check_styles(const struct sim_fields *f, struct sim_complaints *c)
{
    int64_t html = 0, monospace = 0;

    if (!whole(f, "html", 0, &html) || html < 0 || html > 1)
        complain(c, "html", "is invalid");
    if (!whole(f, "monospace", 0, &monospace) || monospace < 0 || monospace > 1)
        complain(c, "monospace", "is invalid");
    else if (html == 1 && monospace == 1)
        complain(c, "monospace", "cannot be used with html");
}

static void check_devices(const struct sim_fields *f, struct sim_complaints *c)
{
    const char *at = sim_fields_get(f, "device");
    while (at && *at) {
        size_t n = strspn(at, LETTERS "_-");
        if (n == 0 || n > DEVICE_LENGTH || (at[n] && at[n] != ',')) {
            complain(c, "device", "is invalid");
            return;
        }
        at += n + (at[n] ? 1 : 0);
    }
}

void sim_message_check(const struct sim_fields *f, struct sim_message *out,
                       struct sim_complaints *complaints)
{
    *out = (struct sim_message){ 0 };
    check_texts(f, complaints);
    check_numbers(f, out, complaints);
    if (out->priority == 2)
        check_emergency(f, out, complaints);
    check_styles(f, complaints);
    check_devices(f, complaints);
}

static bool key_matches(const char *key, size_t n, const char *want)
{
    if (want)
        return strlen(want) == n && strncmp(key, want, n) == 0;
    return n == KEY_LENGTH && strspn(key, LETTERS) >= n;
}

bool sim_key_good(const char *key, const char *want)
{
    return key && key_matches(key, strlen(key), want);
}

size_t sim_users_good(const char *users, const char *want)
{
    size_t count = 0;
    for (const char *at = users; at; count++) {
        size_t n = strcspn(at, ",");
        if (count == SIM_USERS_MAX || !key_matches(at, n, want))
            return 0;
        at = at[n] ? at + n + 1 : NULL;
    }
    return count;
}
