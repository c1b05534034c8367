/* sim/account_sign.h - how KuCoin signs. Pure but for OpenSSL.
 *
 * base64(HMAC-SHA256(secret, timestamp + METHOD + path?query + body)); the
 * passphrase header is the same of the passphrase alone.
 */
#ifndef SIM_ACCOUNT_SIGN_H
#define SIM_ACCOUNT_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#define SIM_SIGN_TEXT 45 /* with the zero byte */

void sim_sign(const char *secret, const void *bytes, size_t n,
              char out[SIM_SIGN_TEXT]);

struct sim_signed {
    const char *timestamp, *method, *target; /* target: path with query */
    const void *body;
    size_t body_len;
};

/* Is `signature` that of the request, its target as it was sent or with its
 * escapes decoded? Both are known to pass. */
bool sim_sign_matches(const char *secret, const struct sim_signed *r,
                      const char *signature);

#endif
