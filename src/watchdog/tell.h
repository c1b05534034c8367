/* watchdog/tell.h - one message to the watchdog's own phone. */
#ifndef WATCHDOG_TELL_H
#define WATCHDOG_TELL_H

#include "config/config.h"
#include "net/http.h"
#include "watch/watch_words.h"

/* True when the phone's service took it; else `why` says what became of it. */
bool watchdog_tell(struct http_pool *pool, const struct config *c,
                   enum watch_rule_id id, const struct watch_message *m,
                   int64_t now_ms, char *why, size_t size);

/* The rule has ended: its sirens go quiet. One that cannot be reached rings
 * until it is acknowledged or its hour is over. */
void watchdog_quiet(struct http_pool *pool, const struct config *c,
                    enum watch_rule_id id);

#endif
