/* run/phone.h - one message to the phone. */
#ifndef RUN_PHONE_H
#define RUN_PHONE_H

#include "notify/pushover.h"
#include "run/run_internal.h"

/* Are token and user there? */
bool run_has_channel(const struct run *r);

/* Sends it now, as pushover_send(); to the feed, where a run has one. */
int run_ring(struct run *r, const struct pushover_message *m,
             struct pushover_result *out, struct error *err);

#endif
