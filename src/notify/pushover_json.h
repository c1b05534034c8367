/* notify/pushover_json.h - the body of Pushover's replies. */
#ifndef NOTIFY_PUSHOVER_JSON_H
#define NOTIFY_PUSHOVER_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf8.h"

#define PUSHOVER_ID          64 /* room for a request id or a receipt */
#define PUSHOVER_SAID_POINTS 500

struct pushover_reply {
    bool is_json;              /* one JSON object; if not, nothing below */
    bool accepted;             /* status is 1 */
    bool blames_key;           /* token or user are named as not good */
    char request[PUSHOVER_ID]; /* "" when there is none */
    char receipt[PUSHOVER_ID]; /* of priority 2, else "" */
    char reason[UTF8_ROOM(
        PUSHOVER_SAID_POINTS)]; /* the first of `errors`, one line, or "" */
};

/* `len` bytes with a zero behind them. */
void pushover_reply_parse(const char *data, size_t len,
                          struct pushover_reply *out);

#define PUSHOVER_DEVICE 26 /* [A-Za-z0-9_-], 25 of them */

/* Of a message of priority 2. */
struct pushover_receipt {
    bool acknowledged, expired;
    int64_t acknowledged_s;       /* since 1970; 0: never */
    int64_t expires_s;            /* since 1970; a cancelled one expired then */
    char device[PUSHOVER_DEVICE]; /* that acknowledged it, or "" */
};

/* The same bytes as a receipt; -1 unless each of its parts is there and good. A
 * user key is not read. */
int pushover_receipt_parse(const char *data, size_t len,
                           struct pushover_receipt *out);

#endif
