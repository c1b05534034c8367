/* notify/pushover_internal.h - what the requests to Pushover share. */
#ifndef NOTIFY_PUSHOVER_INTERNAL_H
#define NOTIFY_PUSHOVER_INTERNAL_H

#include "notify/pushover.h"

#define PUSHOVER_REPLY_MAX (1 << 16)
#define PUSHOVER_URL_ROOM  500

/* Judges the reply of a request that was run, or why there is none. */
void pushover_take_reply(const struct http_request *r,
                         const struct pushover_options *o,
                         struct pushover_result *out);

#endif
