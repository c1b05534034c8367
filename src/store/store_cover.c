#include "store/store_cover.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_talk.h"
#include "sys/xmalloc.h"

/* Shorter beginnings of a secret say little, and stand in any text. */
enum { PART_MIN = 4 };

/* RFC 4648, part 4. */
static char *base64(const char *bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                  "qrstuvwxyz0123456789+/";
    size_t len = strlen(bytes), n = 0;
    char *out = xcalloc(len / 3 * 4 + 5, 1);
    for (size_t i = 0; i < len; i += 3) {
        uint32_t word = 0;
        for (size_t k = 0; k < 3; k++)
            word = word << 8 | (i + k < len ? (unsigned char)bytes[i + k] : 0);
        out[n++] = letters[word >> 18];
        out[n++] = letters[word >> 12 & 63];
        out[n++] = i + 1 < len ? letters[word >> 6 & 63] : '=';
        out[n++] = i + 2 < len ? letters[word & 63] : '=';
    }
    return out;
}

static void drop(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    free(text);
}

static char *basic(const char *user, const char *token)
{
    size_t room = strlen(user) + strlen(token) + 2;
    char *pair = xcalloc(room, 1);
    snprintf(pair, room, "%s:%s", user, token);
    char *out = base64(pair);
    drop(pair);
    return out;
}

static char *as_heard(const char *secret)
{
    size_t room = strlen(secret) + 1;
    char *out = xcalloc(room, 1);
    heard_add(out, room, secret, room - 1);
    return out;
}

void heard_secrets_of(struct heard_secrets *to, const struct store_login *l)
{
    *to = (struct heard_secrets){ { NULL } };
    if (l->http_token) {
        const char *user = l->http_user ? l->http_user : "gridwatch";
        to->text[0] = xstrdup(l->http_token);
        to->text[1] = as_heard(l->http_token);
        to->text[2] = basic(user, l->http_token);
    }
    if (l->ssh_passphrase) {
        to->text[3] = xstrdup(l->ssh_passphrase);
        to->text[4] = as_heard(l->ssh_passphrase);
    }
}

void heard_secrets_drop(struct heard_secrets *s)
{
    for (size_t i = 0; i < HEARD_SECRETS; i++)
        drop(s->text[i]);
    *s = (struct heard_secrets){ { NULL } };
}

/* Marks in `marks`, so that secrets that overlap are all found. */
static void mark(const char *secret, const char *text, size_t len, bool cut,
                 char *marks)
{
    size_t whole = strlen(secret);
    for (size_t i = 0; whole && i < len; i++) {
        size_t n = len - i < whole ? len - i : whole;
        bool counts = n == whole || (cut && n >= PART_MIN);
        if (counts && memcmp(text + i, secret, n) == 0)
            memset(marks + i, 1, n);
    }
}

void heard_cover(const struct heard_secrets *s, char *text, size_t room,
                 size_t shown)
{
    size_t len = strlen(text);
    char *marks = xcalloc(len + 1, 1);
    for (size_t i = 0; i < HEARD_SECRETS; i++)
        if (s->text[i])
            mark(s->text[i], text, len, len + 1 >= room, marks);
    for (size_t i = 0; i < len; i++)
        if (marks[i])
            text[i] = '*';
    free(marks);
    if (len > shown)
        text[shown] = '\0';
}
