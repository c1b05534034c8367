/* sim/receivers.h - those who take messages as JSON: Telegram's Bot API and any
 * webhook; and what a body of JSON says, as fields to keep.
 *
 *   POST /bot<TOKEN>/sendMessage   chat_id, text of 1 to 4096 UTF-16 units
 *   POST /hook, /hook/NAME         any JSON object: 204
 *
 * A bot's token is number, colon, letters; any that looks like one is good. Not
 * played: parse_mode, other methods of bots, forms. Of a webhook the headers
 * Authorization and X-Event-Id are kept, too.
 */
#ifndef SIM_RECEIVERS_H
#define SIM_RECEIVERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sim/fields.h"

struct sim;
struct sim_call;

struct sim_telegram {
    int64_t messages; /* the counter behind ids */
};

bool sim_telegram_is(const struct sim_call *call);
void sim_telegram_answer(struct sim *s, struct sim_call *call);

bool sim_webhook_is(const struct sim_call *call);
void sim_webhook_answer(struct sim *s, struct sim_call *call);

/* A Pushgateway: PUT /metrics/job/NAME, and GET /-/ready. Of the page the exit
 * code of its run is kept ("exit_code") and its size ("bytes"). */
bool sim_gateway_is(const struct sim_call *call);
void sim_gateway_answer(struct sim *s, struct sim_call *call);

/* Adds the members of a JSON object: texts, numbers and truth values as they
 * are, lists of texts with commas between, all else as JSON. -1 when it is no
 * object. A zero byte must stand behind the n bytes. */
int sim_flatten_json(struct sim_fields *f, const char *body, size_t n,
                     struct error *err);

/* Sets "authorization" and the like of the headers. */
void sim_keep_header(struct sim_call *call, const char *name);

#endif
