/* Receipts and cancelling, by the facts gathered on the interface: A4. The
 * values are invented. */
#include "notify/pushover_receipt.h"

#include <string.h>

#include "base/array.h"
#include "net/tiny_server.h"
#include "test.h"

#define TOKEN   "tokenAbCdEfGhIjKlMnOpQrStUvWx12"
#define USER    "userAbCdEfGhIjKlMnOpQrStUvWxy34"
#define RECEIPT "rk7x2m9q4c1vb8n3z5l0w6s2d4f7g9"
#define OK      "{\"status\":1,\"request\":\"647d230f-7c11-4b0e-9a52-0a1b2c3d4e0f\"}"

/* A receipt: what it says, and what nobody reads. */
#define SAYS(acknowledged, at, device, expired)                                \
    "{\"status\":1,\"acknowledged\":" acknowledged ",\"acknowledged_at\":" at  \
    ",\"acknowledged_by\":\"" USER "\",\"acknowledged_by_device\":" device     \
    ",\"last_delivered_at\":1795176521,\"expired\":" expired                   \
    ",\"expires_at\":1795180061,\"called_back\":0,\"called_back_at\":0,"       \
    "\"request\":\"647d230c-7c11-4b0e-9a52-0a1b2c3d4e0c\"}"

static struct http_pool *pool;
static struct tiny_server server;
static struct pushover_options options;
static struct pushover_result result;
static struct pushover_receipt said;
static char base[64];
static struct error err;

static void begin(struct tiny_reply reply)
{
    struct http_pool_options pool_options = { .seed = 5 };
    memset(&err, 0, sizeof(err));
    server.routes[0].prefix = "/1/receipts/";
    server.routes[0].replies[0] = reply;
    pool = http_pool_new(&pool_options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
    snprintf(base, sizeof(base), "http://127.0.0.1:%d", server.port);
    options = (struct pushover_options)PUSHOVER_OPTIONS_INIT;
    options.base_url = base;
    options.token = TOKEN;
    options.user = USER;
    options.timeout_ms = 2000;
    options.spacing_ms = 40;
}

static void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
    memset(&server, 0, sizeof(server));
}

static int ask(const char *receipt)
{
    return pushover_ask(pool, &options, receipt, clock_monotonic_ms() + 3000,
                        &result, &said, &err);
}

static int cancel(const char *tag)
{
    return pushover_cancel(pool, &options, tag, clock_monotonic_ms() + 3000,
                           &result, &err);
}

static void a_receipt_is_asked_by_its_name(void)
{
    begin((struct tiny_reply){ .status = 200,
                               .body = SAYS("0", "0", "\"\"", "0") });
    ASSERT_INT(ask(RECEIPT), 0);
    ASSERT_STR(server.seen[0].method, "GET");
    ASSERT_STR(server.seen[0].target,
               "/1/receipts/" RECEIPT ".json?token=" TOKEN);
    ASSERT_INT(result.outcome, PUSHOVER_DELIVERED);
    ASSERT_STR(result.request, "647d230c-7c11-4b0e-9a52-0a1b2c3d4e0c");
    ASSERT(!said.acknowledged && !said.expired);
    ASSERT_INT(said.acknowledged_s, 0);
    ASSERT_INT(said.expires_s, 1795180061);
    ASSERT_STR(said.device, "");
    end();
}

static void it_says_when_and_on_what_it_was_acknowledged(void)
{
    begin((struct tiny_reply){
        .status = 200, .body = SAYS("1", "1795176556", "\"i-phone_7\"", "0") });
    ASSERT_INT(ask(RECEIPT), 0);
    ASSERT(said.acknowledged && !said.expired);
    ASSERT_INT(said.acknowledged_s, 1795176556);
    ASSERT_STR(said.device, "i-phone_7");
    end();
}

static void it_says_that_nobody_came(void)
{
    begin((struct tiny_reply){ .status = 200,
                               .body = SAYS("0", "0", "\"\"", "1") });
    ASSERT_INT(ask(RECEIPT), 0);
    ASSERT(!said.acknowledged && said.expired);
    end();
}

static void a_device_that_is_no_name_is_left_out(void)
{
    static const char *const bodies[] = {
        SAYS("1", "1795176556", "\"i phone\"", "0"),
        SAYS("1", "1795176556", "\"a2345678901234567890123456\"", "0"),
        SAYS("1", "1795176556", "7", "0"),
    };
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        begin((struct tiny_reply){ .status = 200, .body = bodies[i] });
        ASSERT_INT(ask(RECEIPT), 0);
        ASSERT_INT(result.outcome, PUSHOVER_DELIVERED);
        ASSERT(said.acknowledged);
        ASSERT_STR(said.device, "");
        end();
    }
}

/* None of these may pass for "nobody has acknowledged it". */
static void half_a_receipt_is_none(void)
{
    static const char *const bodies[] = {
        OK,
        SAYS("2", "1795176556", "\"\"", "0"),
        SAYS("true", "1795176556", "\"\"", "0"),
        SAYS("\"0\"", "0", "\"\"", "0"),
        SAYS("1", "0", "\"\"", "0"),
        SAYS("0", "1795176556", "\"\"", "0"),
        SAYS("0", "-1", "\"\"", "0"),
        SAYS("0", "1e300", "\"\"", "0"),
        SAYS("0", "0", "\"\"", "null"),
    };
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        begin((struct tiny_reply){ .status = 200, .body = bodies[i] });
        ASSERT_INT(ask(RECEIPT), 0);
        ASSERT_INT(result.outcome, PUSHOVER_LATER);
        ASSERT_STR(result.reason, "the reply is not of a receipt");
        end();
    }
}

static const struct {
    struct tiny_reply reply;
    enum pushover_outcome outcome;
    const char *reason;
} replies[] = {
    { { .status = 404,
        .body = "{\"receipt\":\"not found\",\"errors\":[\"receipt not found; "
                "may be invalid or expired\"],\"status\":0}" },
      PUSHOVER_REFUSED,
      "receipt not found; may be invalid or expired" },
    { { .status = 400,
        .body = "{\"errors\":[\"no " TOKEN " of " USER "\"],\"status\":0}" },
      PUSHOVER_REFUSED,
      "no ******************************* of *******************************" },
    { { .status = 429, .body = "" },
      PUSHOVER_LATER,
      "the month's quota is used up" },
    { { .status = 500, .body = "" },
      PUSHOVER_LATER,
      "Pushover has an internal error" },
    { { .status = 200, .body = "<html>" },
      PUSHOVER_LATER,
      "the reply is not of Pushover" },
};

static void each_reply_has_its_outcome_after_one_try(void)
{
    for (size_t i = 0; i < 2 * ARRAY_LEN(replies); i++) {
        size_t n = i / 2;
        begin(replies[n].reply);
        ASSERT_INT(i % 2 ? ask(RECEIPT) : cancel("btc-a-20210519T0030"), 0);
        ASSERT_INT(result.outcome, replies[n].outcome);
        ASSERT_INT(result.status, replies[n].reply.status);
        ASSERT_INT(result.tries, 1);
        ASSERT_INT(server.seen_count, 1);
        ASSERT_STR(result.reason, replies[n].reason);
        end();
    }
}

static void a_siren_is_cancelled_by_its_tag(void)
{
    begin((struct tiny_reply){ .status = 200, .body = OK });
    ASSERT_INT(cancel("btc-a-20210519T0030"), 0);
    ASSERT_STR(server.seen[0].method, "POST");
    ASSERT_STR(server.seen[0].target,
               "/1/receipts/cancel_by_tag/btc-a-20210519T0030.json");
    ASSERT_STR(server.seen[0].body, "token=" TOKEN);
    ASSERT_INT(result.outcome, PUSHOVER_DELIVERED);
    ASSERT_STR(result.request, "647d230f-7c11-4b0e-9a52-0a1b2c3d4e0f");
    end();
}

static void no_answer_is_later_and_tells_no_secret(void)
{
    begin((struct tiny_reply){ .status = 200, .body = OK, .delay_ms = 900 });
    options.timeout_ms = 200;
    ASSERT_INT(ask(RECEIPT), 0);
    ASSERT_INT(result.outcome, PUSHOVER_LATER);
    ASSERT_INT(result.status, 0);
    ASSERT_INT(result.tries, 1);
    ASSERT(result.reason[0] && !strstr(result.reason, TOKEN));
    end();
}

static void what_is_no_part_of_a_path_is_not_sent(void)
{
    static const char *const parts[] = { "",         "a/b", "a b",
                                         "a?token=", "..",  "a%2f" };
    begin((struct tiny_reply){ .status = 200, .body = OK });
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        ASSERT_INT(ask(parts[i]), -1);
        ASSERT_INT(cancel(parts[i]), -1);
    }
    options.token = "";
    ASSERT_INT(cancel("btc-a-20210519T0030"), -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT_INT(server.seen_count, 0);
    end();
}

void pushover_receipt_test(void);
void pushover_receipt_test(void)
{
    TEST_SUITE("notify/pushover_receipt");
    TEST(a_receipt_is_asked_by_its_name);
    TEST(it_says_when_and_on_what_it_was_acknowledged);
    TEST(it_says_that_nobody_came);
    TEST(a_device_that_is_no_name_is_left_out);
    TEST(half_a_receipt_is_none);
    TEST(each_reply_has_its_outcome_after_one_try);
    TEST(a_siren_is_cancelled_by_its_tag);
    TEST(no_answer_is_later_and_tells_no_secret);
    TEST(what_is_no_part_of_a_path_is_not_sent);
}
