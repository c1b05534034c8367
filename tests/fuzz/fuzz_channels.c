/* Replies of the phone's service and of the channels beside it. */
#include <string.h>

#include "fuzz.h"
#include "notify/channel_json.h"
#include "notify/ntfy_json.h"
#include "notify/pushover_json.h"

static int is_line(const char *text)
{
    return !strpbrk(text, "\r\n");
}

static void feed_channels(const char *bytes, size_t len)
{
    struct channel_result ntfy = { 0 }, telegram = { 0 };
    struct http_reply reply = { .outcome = HTTP_REPLIED,
                                .status = 200,
                                .body = TEXT_INIT(4 << 20) };
    if (!text_append(&reply.body, bytes, len)) {
        ntfy_json_read(&reply, &ntfy);
        telegram_json_read(&reply, &telegram);
        fuzz_must(is_line(ntfy.reason) && is_line(telegram.reason));
        ntfy_json_code(&reply);
        telegram_json_retry_after_s(&reply);
    }
    text_release(&reply.body);
}

void fuzz_receipts(const char *bytes, size_t len)
{
    struct pushover_reply reply;
    struct pushover_receipt receipt;
    pushover_reply_parse(bytes, len, &reply);
    fuzz_must(!reply.is_json || is_line(reply.reason));
    if (!pushover_receipt_parse(bytes, len, &receipt))
        fuzz_must(strlen(receipt.device) < PUSHOVER_DEVICE);
    ntfy_json_took(bytes, len, "sequence");
    feed_channels(bytes, len);
}
