/* What the gateway says to keys of all kinds, and the pools of their requests.
 * The clock stands at 1795176461318, the time of the known signatures. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "sim/sim_world.h"
#include "test.h"

#define NOW      "2026-11-20T12:07:41.318Z"
#define ACCOUNTS "/api/v1/accounts"
#define TIME     "1795176461318"
#define SIGN     "fNVljSbe9zCD4BjKxYaghQrRj/ytFDp74NS9TeqArgs="
#define PHRASE   "irDtbKiF0bnnQVMZNFnNMjXeIO7/TujAfMEq0qJe9SI="

void sim_keys_test(void);

struct told {
    const char *key, *sign, *time, *phrase, *version; /* NULL: not sent */
    int status;
    const char *code;
};

static struct sim world(void)
{
    struct sim s = sim_world_at(NOW);
    sim_world_key(&s);
    return s;
}

static void ask(struct sim *s, const struct told *t)
{
    const char *const all[] = { "kc-api-key",         t->key,
                                "kc-api-sign",        t->sign,
                                "kc-api-timestamp",   t->time,
                                "kc-api-passphrase",  t->phrase,
                                "kc-api-key-version", t->version };
    const char *sent[ARRAY_LEN(all) + 1] = { NULL };
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(all); i += 2) {
        if (!all[i + 1])
            continue;
        sent[n++] = all[i];
        sent[n++] = all[i + 1];
    }
    sim_world_with(s, ACCOUNTS, sent);
    ASSERT_INT(sim_world_reply.status, t->status);
    ASSERT_STR(sim_world_text("code"), t->code);
}

/* Each row is wrong in one more thing than what is complained of. */
static void what_is_wrong_is_told_in_the_gateways_order(void)
{
    // clang-format off
    static const struct told rows[] = {
        { SIGN_KEY, SIGN, TIME,            PHRASE,  "3",  200, "200000" },
        { SIGN_KEY, SIGN, TIME,            PHRASE,  "2",  200, "200000" },
        { NULL,     "x",  "0",             "x",     "1",  400, "400001" },
        { "x",      NULL, "0",             "x",     "1",  400, "400001" },
        { "x",      "x",  NULL,            "x",     "1",  400, "400001" },
        { "x",      "x",  "0",             NULL,    "1",  400, "400001" },
        { "x",      "x",  "0",             "x",     NULL, 400, "400009" },
        { "x",      "x",  "0",             "x",     "1",  400, "400009" },
        { "x",      "x",  "1795176456317", "x",     "3",  400, "400002" },
        { "x",      "x",  "1795176466319", "x",     "3",  400, "400002" },
        { "x",      "x",  "now",           "x",     "3",  400, "400002" },
        { "x",      "x",  "1795176456318", "x",     "3",  401, "400003" },
        { "x",      "x",  "1795176466318", "x",     "3",  401, "400003" },
        { SIGN_KEY, "x",  TIME,            "x",     "3",  401, "400004" },
        { SIGN_KEY, "x",  TIME,            SIGN_PHRASE, "3", 401, "400004" },
        { SIGN_KEY, "x",  TIME,            PHRASE,  "3",  401, "400005" },
    };
    // clang-format on
    struct sim s = world();
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ask(&s, &rows[i]);
    sim_world_end(&s);
}

static void set(struct sim *s, const char *more, int status)
{
    char body[512] = "{\"key\":\"" SIGN_KEY "\",\"secret\":\"" SIGN_SECRET
                     "\",\"passphrase\":\"" SIGN_PHRASE "\"";
    size_t n = strlen(body);
    snprintf(body + n, sizeof(body) - n, "%s}", more);
    sim_world_ask(s, "PUT /sim/account", body);
    ASSERT_INT(sim_world_reply.status, status);
}

static void an_address_or_a_right_may_be_refused(void)
{
    static const struct told address = { SIGN_KEY, SIGN, TIME,    PHRASE,
                                         "3",      403,  "400006" };
    static const struct told right = { SIGN_KEY, SIGN, TIME,    PHRASE,
                                       "3",      403,  "400007" };
    struct sim s = world();
    set(&s, ",\"ip_allowed\":false,\"permission\":\"Spot\"", 200);
    ask(&s, &address);
    ASSERT(strstr(text_str(&sim_world_reply.body), "127.0.0.1") != NULL);
    set(&s, ",\"permission\":\"Spot,Futures\"", 200);
    ask(&s, &right);
    set(&s, ",\"permission\":\"Generally\"", 200);
    ask(&s, &right);
    ASSERT_INT(s.account.keys.count, 1);
    sim_world_end(&s);
}

static void the_key_tells_what_it_may_do(void)
{
    struct sim s = world();
    ASSERT(strstr(sim_world_signed(&s, "/api/v1/user/api-key"),
                  "\"apiVersion\":3,\"permission\":\"General\",\"createdAt\":"
                  "1775001122000") != NULL);
    set(&s,
        ",\"permission\":\"General,Spot\",\"whitelist\":\"203.**.113.7\","
        "\"vip\":3",
        200);
    ASSERT(strstr(sim_world_signed(&s, "/api/v1/user/api-key"),
                  "\"permission\":\"General,Spot\","
                  "\"ipWhitelist\":\"203.**.113.7\"") != NULL);
    ASSERT(strstr(sim_world_signed(&s, "/api/v2/user-info"), "\"level\":3,") !=
           NULL);
    ASSERT_STR(sim_world_header("gw-ratelimit-limit"), "5000");
    sim_world_end(&s);
}

static void the_kind_of_account_is_what_a_test_says(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_signed(&s, "/api/ua/v1/account/mode"),
               "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":"
               "\"CLASSIC\",\"unifiedSubAccount\":[],"
               "\"classicSubAccount\":[]}}");
    ASSERT_STR(sim_world_header("gw-ratelimit-limit"), "200");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "170");
    ASSERT_STR(sim_world_header("gw-ratelimit-reset"), "3000");
    set(&s, ",\"mode\":\"UNIFIED\"", 200);
    ASSERT(strstr(sim_world_signed(&s, "/api/ua/v1/account/mode"),
                  "\"selfAccountMode\":\"UNIFIED\"") != NULL);
    sim_world_end(&s);
}

static void what_is_no_key_is_refused(void)
{
    static const char *const bodies[] = {
        "{}",
        "[]",
        "{\"key\":\"a\",\"secret\":\"b\"}",
        "{\"key\":\"a\",\"secret\":\"b\",\"passphrase\":\"c\",\"vip\":13}",
        "{\"key\":\"a\",\"secret\":\"b\",\"passphrase\":\"c\",\"x\":1}",
        "{\"key\":\"\\\"\",\"secret\":\"b\",\"passphrase\":\"c\"}",
    };
    struct sim s = sim_world_at(NOW);
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        sim_world_ask(&s, "PUT /sim/account", bodies[i]);
        ASSERT_INT(sim_world_reply.status, 400);
        ASSERT(sim_world_text("error")[0] != '\0');
    }
    ASSERT_INT(s.account.keys.count, 0);
    sim_world_end(&s);
}

/* 4000 in the Spot pool, 2000 in the Management pool, 2000 in the public one;
 * accounts weighs 5, the page of orders 2. */
static void each_pool_is_counted_by_itself(void)
{
    struct sim s = world();
    for (int i = 0; i < 400; i++)
        sim_world_signed(&s, ACCOUNTS);
    ASSERT_STR(sim_world_header("gw-ratelimit-limit"), "2000");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "0");
    ASSERT_INT(sim_world_reply.status, 200);
    sim_world_mono_ms = 29999;
    sim_world_signed(&s, ACCOUNTS);
    ASSERT_INT(sim_world_reply.status, 429);
    ASSERT_STR(sim_world_text("code"), "429000");
    ASSERT_STR(sim_world_header("gw-ratelimit-reset"), "1");
    sim_world_signed(&s, "/api/v1/hf/orders/active/page?symbol=BTC-USDT");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "3998");
    sim_world_ask(&s, "GET /api/v1/timestamp", "");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "1997");
    sim_world_mono_ms = 30000;
    sim_world_signed(&s, ACCOUNTS);
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "1995");
    sim_world_end(&s);
}

static void a_fault_goes_before_the_signature(void)
{
    struct sim s = world();
    sim_world_ask(&s, "PUT /sim/fault",
                  "{\"path\":\"/api/v1/hf/*\",\"status\":503,\"count\":1}");
    sim_world_ask(&s, "GET /api/v1/hf/fills?symbol=BTC-USDT", "");
    ASSERT_INT(sim_world_reply.status, 503);
    ASSERT_STR(sim_world_text("code"), "503000");
    sim_world_ask(&s, "GET /api/v1/hf/fills?symbol=BTC-USDT", "");
    ASSERT_STR(sim_world_text("code"), "400001");
    sim_world_end(&s);
}

void sim_keys_test(void)
{
    TEST_SUITE("sim_keys");
    TEST(what_is_wrong_is_told_in_the_gateways_order);
    TEST(an_address_or_a_right_may_be_refused);
    TEST(the_key_tells_what_it_may_do);
    TEST(the_kind_of_account_is_what_a_test_says);
    TEST(what_is_no_key_is_refused);
    TEST(each_pool_is_counted_by_itself);
    TEST(a_fault_goes_before_the_signature);
}
