/* Second channels, by the facts gathered on the interfaces: B1, B2, B5. */
#include "notify/channel.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/array.h"
#include "net/tiny_server.h"
#include "test.h"

#define TOPIC "PLANTEDtopic"
#define TOKEN "123456:PLANTED_tk"

static struct http_pool *pool;
static struct tiny_server server;
static struct channel_result result;
static struct error err;
static char url[120];
static struct channel_options options;
static int64_t deadline_ms;
static struct channel_message message;

static void begin(int status, const char *body)
{
    const struct http_pool_options pool_options = { .seed = 3 };
    memset(&server, 0, sizeof(server));
    memset(&err, 0, sizeof(err));
    server.routes[0].prefix = "/";
    server.routes[0].replies[0] =
        (struct tiny_reply){ .status = status, .body = body };
    pool = http_pool_new(&pool_options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/" TOPIC, server.port);
    options = (struct channel_options){ .url = url,
                                        .token = TOKEN,
                                        .chat = "-1001234567890",
                                        .timeout_ms = 4000,
                                        .max_tries = 3,
                                        .spacing_ms = 20 };
    deadline_ms = 4000;
    message = (struct channel_message){
        .title = "MANDATORY_EXIT ↓ a \"b\" <i>_*",
        .body = "Get out & run.\nNow: [x](http://y)",
        .priority = 2,
        .intent = "20210519T0200-5f3a9c01",
        .reason = "worse",
        .state = "MANDATORY_EXIT",
        .grid = "btc-a",
        .symbol = "BTC-USDT",
        .commit = "0123456789abcdef0123456789abcdef01234567",
        .slot_ms = INT64_C(1621389600000), /* date -d 2021-05-19T02:00Z +%s */
    };
}

static void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
}

static enum channel_outcome tell(const struct channel *channel)
{
    struct channel_call call = { 0 };
    ASSERT_INT(channel_add(&call, channel, pool, &options, &message, &err), 0);
    ASSERT_INT(http_pool_run(pool, clock_monotonic_ms() + deadline_ms, &err),
               0);
    channel_take(&call, &result);
    channel_call_release(&call);
    ASSERT(!strstr(result.reason, "PLANTED"));
    ASSERT(!strstr(err.msg, "PLANTED"));
    return result.outcome;
}

/* The body that came, its members one a line: KEY=TEXT. */
static const char *members(int which)
{
    static char out[20000];
    cJSON *doc = cJSON_Parse(server.seen[which].body);
    const cJSON *item;
    out[0] = '\0';
    ASSERT(cJSON_IsObject(doc));
    cJSON_ArrayForEach(item, doc)
    {
        char *value = cJSON_PrintUnformatted(item);
        size_t n = strlen(out);
        snprintf(out + n, sizeof(out) - n, "%s=%s\n", item->string, value);
        cJSON_free(value);
    }
    cJSON_Delete(doc);
    return out;
}

static void ntfy_gets_json_for_its_topic(void)
{
    begin(200, "{\"id\":\"sQ1x8mR0aKpL\",\"time\":1795176461,"
               "\"event\":\"message\",\"topic\":\"" TOPIC "\"}");
    ASSERT_INT(tell(&channel_ntfy), CHANNEL_DELIVERED);
    ASSERT_STR(result.request, "sQ1x8mR0aKpL");
    ASSERT_STR(result.reason, "");
    ASSERT_STR(server.seen[0].method, "POST");
    ASSERT_STR(server.seen[0].target, "/");
    ASSERT(
        strstr(server.seen[0].head, "\r\nAuthorization: Bearer " TOKEN "\r\n"));
    ASSERT_STR(members(0), "topic=\"" TOPIC "\"\n"
                           "title=\"MANDATORY_EXIT ↓ a \\\"b\\\" <i>_*\"\n"
                           "message=\"Get out & run.\\nNow: [x](http://y)\"\n"
                           "priority=5\ntags=[\"rotating_light\"]\n");
    end();
    begin(200, "{\"id\":\"a\",\"event\":\"message\"}");
    options.token = "";
    message.priority = -1;
    ASSERT_INT(tell(&channel_ntfy), CHANNEL_DELIVERED);
    ASSERT(!strstr(server.seen[0].head, "Authorization"));
    ASSERT(strstr(members(0), "\npriority=2\n") != NULL);
    end();
}

static void telegram_gets_plain_text(void)
{
    begin(200, "{\"ok\":true,\"result\":{\"message_id\":4711,\"date\":1}}");
    snprintf(strrchr(url, '/'), 2, "%s", "");
    ASSERT_INT(tell(&channel_telegram), CHANNEL_DELIVERED);
    ASSERT_STR(result.request, "4711");
    ASSERT_STR(server.seen[0].target, "/bot" TOKEN "/sendMessage");
    ASSERT_STR(members(0),
               "chat_id=-1001234567890\n"
               "text=\"MANDATORY_EXIT ↓ a \\\"b\\\" <i>_*\\n\\nGet out & run."
               "\\nNow: [x](http://y)\"\n"
               "disable_notification=false\n"
               "link_preview_options={\"is_disabled\":true}\n");
    options.chat = "@alerts";
    message.priority = -1;
    ASSERT_INT(tell(&channel_telegram), CHANNEL_DELIVERED);
    ASSERT(strstr(members(1), "chat_id=\"@alerts\"\n") != NULL);
    ASSERT(strstr(members(1), "disable_notification=true\n") != NULL);
    end();
}

static void a_webhook_gets_stable_keys(void)
{
    begin(204, "");
    ASSERT_INT(tell(&channel_webhook), CHANNEL_DELIVERED);
    ASSERT_STR(server.seen[0].target, "/" TOPIC);
    ASSERT(strstr(server.seen[0].head,
                  "\r\nX-Event-Id: 20210519T0200-5f3a9c01\r\n"));
    ASSERT(
        strstr(server.seen[0].head, "\r\nAuthorization: Bearer " TOKEN "\r\n"));
    ASSERT(
        strstr(server.seen[0].head, "\r\nContent-Type: application/json\r\n"));
    ASSERT_STR(members(0),
               "title=\"MANDATORY_EXIT ↓ a \\\"b\\\" <i>_*\"\n"
               "body=\"Get out & run.\\nNow: [x](http://y)\"\n"
               "priority=2\nstate=\"MANDATORY_EXIT\"\ngrid=\"btc-a\"\n"
               "symbol=\"BTC-USDT\"\nslot=\"2021-05-19T02:00:00Z\"\n"
               "reason=\"worse\"\nintent=\"20210519T0200-5f3a9c01\"\n"
               "commit=\"0123456789abcdef0123456789abcdef01234567\"\n");
    message.intent = message.commit = message.symbol = "";
    ASSERT_INT(tell(&channel_webhook), CHANNEL_DELIVERED);
    ASSERT(strstr(members(1), "symbol=null\n") != NULL);
    ASSERT(strstr(members(1), "intent=null\ncommit=null\n") != NULL);
    ASSERT(!strstr(server.seen[1].head, "X-Event-Id"));
    end();
}

#define NTFY_ERROR(code, http)                                                 \
    "{\"code\":" code ",\"http\":" http ",\"error\":\"said\"}"
#define TELEGRAM_ERROR(code, more)                                             \
    "{\"ok\":false,\"error_code\":" code ",\"description\":\"said\"" more "}"

static void answers_mean_what_the_table_says(void)
{
    static const struct {
        const struct channel *channel;
        int status;
        const char *body;
        enum channel_outcome outcome;
        int tries;
        const char *reason;
    } rows[] = {
        { &channel_ntfy, 400, NTFY_ERROR("40009", "400"), CHANNEL_REFUSED, 1,
          "HTTP 400: said" },
        { &channel_ntfy, 401, NTFY_ERROR("40101", "401"), CHANNEL_REFUSED, 1,
          "HTTP 401: said" },
        { &channel_ntfy, 429, NTFY_ERROR("42908", "429"), CHANNEL_LATER, 1,
          "HTTP 429: said" },
        { &channel_ntfy, 429, NTFY_ERROR("42901", "429"), CHANNEL_LATER, 1,
          "HTTP 429: said" },
        { &channel_ntfy, 500, "", CHANNEL_LATER, 3,
          "HTTP 500: the server has an internal error" },
        { &channel_ntfy, 302, "<html>", CHANNEL_LATER, 1,
          "HTTP 302: the reply is not of this channel" },
        { &channel_ntfy, 200, "<html>", CHANNEL_LATER, 1,
          "HTTP 200: the reply is not of this channel" },
        { &channel_ntfy, 200, "{}", CHANNEL_REFUSED, 1,
          "HTTP 200: not taken, and no reason given" },
        { &channel_telegram, 401, TELEGRAM_ERROR("401", ""), CHANNEL_REFUSED, 1,
          "HTTP 401: said" },
        { &channel_telegram, 403, TELEGRAM_ERROR("403", ""), CHANNEL_REFUSED, 1,
          "HTTP 403: said" },
        { &channel_telegram, 404, "not JSON", CHANNEL_REFUSED, 1,
          "HTTP 404: not taken, and no reason given" },
        { &channel_telegram, 429,
          TELEGRAM_ERROR("429", ",\"parameters\":{\"retry_after\":3600}"),
          CHANNEL_LATER, 1, "HTTP 429: said" },
        { &channel_telegram, 502, "<html>", CHANNEL_LATER, 3,
          "HTTP 502: the server has an internal error" },
        { &channel_telegram, 200, TELEGRAM_ERROR("400", ""), CHANNEL_REFUSED, 1,
          "HTTP 200: said" },
        { &channel_telegram, 200, "[]", CHANNEL_LATER, 1,
          "HTTP 200: the reply is not of this channel" },
        { &channel_webhook, 200, "anything", CHANNEL_DELIVERED, 1, "" },
        { &channel_webhook, 202, "", CHANNEL_DELIVERED, 1, "" },
        { &channel_webhook, 301, "", CHANNEL_LATER, 1,
          "HTTP 301: the reply is not of this channel" },
        { &channel_webhook, 410, "gone " TOKEN, CHANNEL_REFUSED, 1,
          "HTTP 410: not taken, and no reason given" },
        { &channel_webhook, 503, "", CHANNEL_LATER, 3,
          "HTTP 503: the server has an internal error" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(rows[i].status, rows[i].body);
        ASSERT_INT(tell(rows[i].channel), rows[i].outcome);
        ASSERT_INT(result.tries, rows[i].tries);
        ASSERT_INT(server.seen_count, rows[i].tries);
        ASSERT_INT(result.status, rows[i].status);
        ASSERT_STR(result.reason, rows[i].reason);
        end();
    }
}

static void a_wait_that_fits_is_kept(void)
{
    begin(429, TELEGRAM_ERROR("429", ",\"parameters\":{\"retry_after\":1}"));
    server.routes[0].replies[1] = (struct tiny_reply){
        .status = 200, .body = "{\"ok\":true,\"result\":{\"message_id\":1}}"
    };
    ASSERT_INT(tell(&channel_telegram), CHANNEL_DELIVERED);
    ASSERT_INT(result.tries, 2);
    ASSERT(server.seen[1].at_ms - server.seen[0].at_ms >= 1000);
    end();
}

static void a_secret_that_is_sent_back_is_hidden(void)
{
    begin(400, TELEGRAM_ERROR("400", "") "");
    server.routes[0].replies[0].body =
        "{\"ok\":false,\"description\":\"no bot " TOKEN " of " TOPIC
        " here\\nat all\"}";
    ASSERT_INT(tell(&channel_telegram), CHANNEL_REFUSED);
    ASSERT_STR(result.reason, "HTTP 400: no bot ***************** of "
                              "************ here at all");
    end();
    begin(200, "");
    tiny_stop(&server);
    ASSERT_INT(tell(&channel_telegram), CHANNEL_LATER);
    ASSERT_INT(result.status, 0);
    ASSERT(strstr(result.reason, "127.0.0.1") != NULL);
    http_pool_free(pool);
}

/* Three bytes each, two of UTF-16 units for the last: the limits are 4096
 * bytes of ntfy, 4096 units of Telegram. */
static void long_texts_are_cut_at_code_points(void)
{
    static char body[40000];
    for (int i = 0; i < 5000; i++)
        memcpy(body + 4 * i, "🚀", 4);
    begin(200, "{\"id\":\"a\",\"event\":\"message\"}");
    message.body = body;
    ASSERT_INT(tell(&channel_ntfy), CHANNEL_DELIVERED);
    cJSON *doc = cJSON_Parse(server.seen[0].body);
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItem(doc, "message"));
    /* 1023 rockets are 4092 bytes; with the ellipsis they are 4095 */
    ASSERT_INT(strlen(text), 4095);
    ASSERT(utf8_valid(text));
    ASSERT_STR(text + 4088, "🚀…");
    cJSON_Delete(doc);
    end();
    begin(200, "{\"ok\":true,\"result\":{}}");
    message.body = body;
    message.title = "t";
    ASSERT_INT(tell(&channel_telegram), CHANNEL_DELIVERED);
    doc = cJSON_Parse(server.seen[0].body);
    text = cJSON_GetStringValue(cJSON_GetObjectItem(doc, "text"));
    /* "t", two line ends, 2046 rockets of two units, the ellipsis: 4096 */
    ASSERT_INT(utf8_count(text), 3 + 2046 + 1);
    ASSERT(utf8_valid(text));
    cJSON_Delete(doc);
    end();
}

static void what_cannot_be_sent_is_an_error(void)
{
    struct channel_call call = { 0 };
    begin(200, "");
    options.token = "";
    ASSERT(channel_add(&call, &channel_telegram, pool, &options, &message,
                       &err) < 0);
    ASSERT(strstr(err.msg, "TELEGRAM_TOKEN") != NULL);
    options.token = "1:PLANTED/../x";
    ASSERT(channel_add(&call, &channel_telegram, pool, &options, &message,
                       &err) < 0);
    ASSERT(!strstr(err.msg, "PLANTED"));
    options.url = "http://127.0.0.1/";
    ASSERT(channel_add(&call, &channel_ntfy, pool, &options, &message, &err) <
           0);
    ASSERT_STR(err.msg, "ntfy: the address is no topic");
    options.url = "http://elsewhere.example/PLANTED";
    ASSERT(channel_add(&call, &channel_webhook, pool, &options, &message,
                       &err) < 0);
    ASSERT(!strstr(err.msg, "PLANTED"));
    ASSERT_INT(server.seen_count, 0);
    end();
}

void channel_test(void);
void channel_test(void)
{
    TEST_SUITE("notify/channel");
    TEST(ntfy_gets_json_for_its_topic);
    TEST(telegram_gets_plain_text);
    TEST(a_webhook_gets_stable_keys);
    TEST(answers_mean_what_the_table_says);
    TEST(a_wait_that_fits_is_kept);
    TEST(a_secret_that_is_sent_back_is_hidden);
    TEST(long_texts_are_cut_at_code_points);
    TEST(what_cannot_be_sent_is_an_error);
}
