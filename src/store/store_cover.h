/* store/store_cover.h - what the other side says may repeat what it was told.
 */
#ifndef STORE_STORE_COVER_H
#define STORE_STORE_COVER_H

#include <stddef.h>

#include "store/store.h"

/* The ways a secret may come back: as it is, as heard_add() writes it, and, of
 * user and token, as base64 in an "Authorization: Basic". */
enum { HEARD_SECRETS = 5 };

struct heard_secrets {
    char *text[HEARD_SECRETS]; /* own copies; NULL or "" is none */
};

/* To be given back by heard_secrets_drop(), which overwrites them. */
void heard_secrets_of(struct heard_secrets *to, const struct store_login *l);
void heard_secrets_drop(struct heard_secrets *s);

/* Puts a star for each byte of a secret in the text in `room` bytes, then cuts
 * it to `shown` bytes. A text that fills its room was cut before: there, a
 * beginning of 4 bytes or more of a secret at its end is covered, too. */
void heard_cover(const struct heard_secrets *s, char *text, size_t room,
                 size_t shown);

#endif
