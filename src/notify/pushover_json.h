/* notify/pushover_json.h - the body of Pushover's replies. */
#ifndef NOTIFY_PUSHOVER_JSON_H
#define NOTIFY_PUSHOVER_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/utf8.h"

#define PUSHOVER_ID          64 /* room for a request id or a receipt */
#define PUSHOVER_SAID_POINTS 500

struct pushover_reply {
    bool is_json;              /* one JSON object; if not, nothing below */
    bool accepted;             /* status is 1 */
    char request[PUSHOVER_ID]; /* "" when there is none */
    char receipt[PUSHOVER_ID]; /* of priority 2, else "" */
    char reason[UTF8_ROOM(
        PUSHOVER_SAID_POINTS)]; /* the first of `errors`, one line, or "" */
};

/* `len` bytes with a zero behind them. */
void pushover_reply_parse(const char *data, size_t len,
                          struct pushover_reply *out);

#endif
