#include "sim/account_sign.h"

#include <openssl/hmac.h>
#include <string.h>

#include "sys/text.h"

#define TARGET_BYTES_MAX ((size_t)16 * 1024)
#define HASH_BYTES       32

static void base64(const unsigned char *in, size_t n, char *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)in[i] << 16;
        v |= i + 1 < n ? (unsigned)in[i + 1] << 8 : 0;
        v |= i + 2 < n ? (unsigned)in[i + 2] : 0;
        *out++ = letters[v >> 18];
        *out++ = letters[v >> 12 & 63];
        *out++ = i + 1 < n ? letters[v >> 6 & 63] : '=';
        *out++ = i + 2 < n ? letters[v & 63] : '=';
    }
    *out = '\0';
}

void sim_sign(const char *secret, const void *bytes, size_t n,
              char out[SIM_SIGN_TEXT])
{
    unsigned char hash[EVP_MAX_MD_SIZE] = { 0 };
    unsigned length = 0;

    HMAC(EVP_sha256(), secret, (int)strlen(secret), bytes, n, hash, &length);
    base64(hash, HASH_BYTES, out);
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)((at - digits) % 16) : -1;
}

/* Escapes only: a plus stays one. */
static void put_decoded(struct text *out, const char *s)
{
    for (; *s; s++) {
        char c = *s;
        int hi = c == '%' ? hex_digit(s[1]) : -1;
        int lo = hi >= 0 ? hex_digit(s[2]) : -1;
        if (lo >= 0) {
            c = (char)(hi * 16 + lo);
            s += 2;
        }
        text_append(out, &c, 1);
    }
}

static bool matches(const char *secret, const struct sim_signed *r,
                    bool decoded, const char *signature)
{
    char want[SIM_SIGN_TEXT];
    struct text all = TEXT_INIT(TARGET_BYTES_MAX + r->body_len);

    text_puts(&all, r->timestamp);
    text_puts(&all, r->method);
    if (decoded)
        put_decoded(&all, r->target);
    else
        text_puts(&all, r->target);
    text_append(&all, r->body, r->body_len);
    sim_sign(secret, text_str(&all), all.len, want);
    text_release(&all);
    return strcmp(want, signature) == 0;
}

bool sim_sign_matches(const char *secret, const struct sim_signed *r,
                      const char *signature)
{
    return matches(secret, r, false, signature) ||
           matches(secret, r, true, signature);
}
