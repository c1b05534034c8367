/* run/phone.h - one message to the phone. */
#ifndef RUN_PHONE_H
#define RUN_PHONE_H

#include "notify/pushover_receipt.h"
#include "run/run_internal.h"

/* Are token and user there? */
bool run_has_channel(const struct run *r);

/* Makes r->pool, unless there is one. */
int run_pool(struct run *r, struct error *err);

/* Sends it now, as pushover_send(); to the feed, where a run has one. */
int run_ring(struct run *r, const struct pushover_message *m,
             struct pushover_result *out, struct error *err);

/* Likewise pushover_ask() and pushover_cancel(); a feed without them answers
 * PUSHOVER_LATER. */
int run_ask_siren(struct run *r, const char *receipt, int64_t deadline_ms,
                  struct pushover_result *out, struct pushover_receipt *said,
                  struct error *err);
int run_cancel_siren(struct run *r, const char *tag, int64_t deadline_ms,
                     struct pushover_result *out, struct error *err);

#endif
