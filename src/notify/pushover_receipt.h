/* notify/pushover_receipt.h - what became of a siren, and its end; and whether
 * a phone is there at all.
 *
 * A message of priority 2 rings until somebody acknowledges it, until its time
 * is over, or until it is cancelled. A receipt is kept for about a week and may
 * not be asked more often than each 5 s, which is the caller's to keep: each
 * call makes one try and no repeats. Answers are judged as those of
 * pushover_send(); the token is in no error, no reason and no label.
 */
#ifndef NOTIFY_PUSHOVER_RECEIPT_H
#define NOTIFY_PUSHOVER_RECEIPT_H

#include "notify/pushover.h"

/* PUSHOVER_DELIVERED: `out` says what became of it. A reply that lacks a part
 * is none of Pushover's: PUSHOVER_LATER. `receipt` is of letters and digits.
 * 0 with the outcome in `result`; -1 when nothing was sent. */
int pushover_ask(struct http_pool *pool, const struct pushover_options *o,
                 const char *receipt, int64_t deadline_ms,
                 struct pushover_result *result, struct pushover_receipt *out,
                 struct error *err);

/* Silences every siren with the tag, of letters, digits, '-' and '_'. It is
 * PUSHOVER_DELIVERED as well when none rings. 0 and -1 as above. */
int pushover_cancel(struct http_pool *pool, const struct pushover_options *o,
                    const char *tag, int64_t deadline_ms,
                    struct pushover_result *result, struct error *err);

/* Are token and user key known, and is a phone registered? Nothing is sent.
 * PUSHOVER_DELIVERED: they are; PUSHOVER_REFUSED says why not. 0 and -1 as
 * above. */
int pushover_validate(struct http_pool *pool, const struct pushover_options *o,
                      int64_t deadline_ms, struct pushover_result *result,
                      struct error *err);

#endif
