#include <assert.h>
#include <openssl/hmac.h>
#include <string.h>

#include "exchange/kucoin_private.h"
#include "sys/text.h"

#define DIGEST 32 /* bytes of a SHA-256 */

void kucoin_sign(const char *secret, const char *timestamp, const char *method,
                 const char *target, const char *body, char out[45])
{
    unsigned char digest[DIGEST];
    unsigned int len = 0;
    struct text said = TEXT_INIT(1 << 16);
    bool full = text_puts(&said, timestamp) || text_puts(&said, method) ||
                text_puts(&said, target) || text_puts(&said, body);
    assert(!full); /* no request here is that long */
    (void)full;
    HMAC(EVP_sha256(), secret, (int)strlen(secret),
         (const unsigned char *)text_str(&said), said.len, digest, &len);
    EVP_EncodeBlock((unsigned char *)out, digest, DIGEST);
    explicit_bzero(digest, sizeof(digest));
    if (said.data) /* may hold the passphrase */
        explicit_bzero(said.data, said.room);
    text_release(&said);
}
