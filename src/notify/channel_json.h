/* notify/channel_json.h - bodies of second channels, and of their answers. */
#ifndef NOTIFY_CHANNEL_JSON_H
#define NOTIFY_CHANNEL_JSON_H

#include <stdbool.h>

#include "notify/channel.h"

/* Append the body. Texts longer than the channel takes are cut at a code point.
 * -1 when there is no room. */
int ntfy_json_message(const char *topic, const struct channel_message *m,
                      struct text *out);
int telegram_json_message(const char *chat, const struct channel_message *m,
                          struct text *out);
int webhook_json_message(const struct channel_message *m, struct text *out);

/* What the reply says, as struct channel's read(); of the outcome only whether
 * a reply below 300 was taken. */
void ntfy_json_read(const struct http_reply *reply, struct channel_result *out);
void telegram_json_read(const struct http_reply *reply,
                        struct channel_result *out);

/* ntfy's own number of an error, such as 42901; 0: it says none. */
int ntfy_json_code(const struct http_reply *reply);

/* parameters.retry_after, seconds; HTTP_ABSENT: it does not say. */
int64_t telegram_json_retry_after_s(const struct http_reply *reply);

#endif
