/* What the key may do, and how requests with it go out. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"
#include "exchange/kucoin_account_bodies.h"
#include "exchange/kucoin_private.h"
#include "exchange/kucoin_rig.h"

#define KEY        "PLANTEDkey0001"
#define SECRET     "11111111-2222-4333-8444-555566667777"
#define PASSPHRASE "grid-Exit-2026"
#define PROOF      "irDtbKiF0bnnQVMZNFnNMjXeIO7/TujAfMEq0qJe9SI="
#define ASKED      "/api/v1/user/api-key"

static const struct kucoin_login login = { .key = KEY,
                                           .secret = SECRET,
                                           .passphrase = PASSPHRASE };

static void reply(int i, int status, const char *text)
{
    server.routes[0].prefix = ASKED;
    server.routes[0].replies[i] =
        (struct tiny_reply){ .status = status, .body = text };
}

static struct kucoin_key ask(bool allow_trading)
{
    struct kucoin_key key;
    kucoin_ask_key(&client, &login, allow_trading, in_20_s(), &key);
    return key;
}

static bool header_is(int seen, const char *name, const char *value)
{
    char line[300];
    snprintf(line, sizeof(line), "\r\n%s: %s\r\n", name, value);
    return strstr(server.seen[seen].head, line) != NULL;
}

static int64_t stamp_of(int seen)
{
    const char *at = strstr(server.seen[seen].head, "KC-API-TIMESTAMP: ");
    return at ? strtoll(at + strlen("KC-API-TIMESTAMP: "), NULL, 10) : 0;
}

/* The signature of what was received, made anew. */
static bool is_signed(int seen)
{
    char at[24], want[45];
    snprintf(at, sizeof(at), "%" PRId64, stamp_of(seen));
    kucoin_sign(SECRET, at, server.seen[seen].method, server.seen[seen].target,
                server.seen[seen].body, want);
    return header_is(seen, "KC-API-SIGN", want);
}

static void a_key_that_reads_is_usable(void)
{
    reply(0, 200, BODY_KEY_GENERAL);
    begin();
    struct kucoin_key key = ask(false);
    ASSERT_INT(key.state, KUCOIN_KEY_USABLE);
    ASSERT_STR(kucoin_key_state_name(key.state), "usable");
    ASSERT_STR(key.permissions, "General");
    ASSERT(key.ip_restricted);
    ASSERT_INT(key.err.fault, FAULT_NONE);
    ASSERT_INT(client.management_used, 20);
    ASSERT_INT(client.weight_used, 0);

    ASSERT_INT(server.seen_count, 1);
    ASSERT_STR(server.seen[0].method, "GET");
    ASSERT_STR(server.seen[0].target, ASKED);
    ASSERT_STR(server.seen[0].body, "");
    ASSERT(header_is(0, "KC-API-KEY", KEY));
    ASSERT(header_is(0, "KC-API-KEY-VERSION", "3"));
    ASSERT(header_is(0, "KC-API-PASSPHRASE", PROOF));
    ASSERT(header_is(0, "Content-Type", "application/json"));
    ASSERT(llabs(stamp_of(0) - clock_wall_ms()) < 2000);
    ASSERT(is_signed(0));
    ASSERT(strstr(server.seen[0].head, SECRET) == NULL);
    ASSERT(strstr(server.seen[0].head, PASSPHRASE) == NULL);
    end();
}

#define RIGHTS(words)                                                          \
    "{\"code\":\"200000\",\"data\":{\"permission\":" words "}}"

static void any_permission_but_general_makes_it_powerful(void)
{
    static const struct {
        const char *text;
        enum kucoin_key_state state;
    } rows[] = {
        { BODY_KEY_POWERFUL, KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"General,Spot\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"General,Margin\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"General, Futures\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"InnerTransfer,General\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"Transfer\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"General,Earn\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"General,Unified\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"General,SomethingNew\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"GeneralSpot\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"Gen\""), KUCOIN_KEY_POWERFUL },
        { RIGHTS("\"General\""), KUCOIN_KEY_USABLE },
        { RIGHTS("\"General,General\""), KUCOIN_KEY_USABLE },
        { RIGHTS("\"\""), KUCOIN_KEY_UNKNOWN },
        { RIGHTS("null"), KUCOIN_KEY_UNKNOWN },
        { RIGHTS("[\"General\"]"), KUCOIN_KEY_UNKNOWN },
        { "{\"code\":\"200000\",\"data\":null}", KUCOIN_KEY_UNKNOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        reply(0, 200, rows[i].text);
        begin();
        struct kucoin_key key = ask(false);
        ASSERT_INT(key.state, rows[i].state);
        ASSERT_INT(key.err.fault != FAULT_NONE,
                   rows[i].state != KUCOIN_KEY_USABLE);
        if (rows[i].state == KUCOIN_KEY_POWERFUL) {
            ASSERT(strstr(key.err.msg, "permission General alone") != NULL);
            ASSERT(strstr(key.err.msg, "exchange.allow_trading_key: true") !=
                   NULL);
            ASSERT(strstr(key.err.msg, key.permissions) != NULL);
            ASSERT_INT(ask(true).state, KUCOIN_KEY_USABLE);
        } else {
            ASSERT_INT(ask(true).state, rows[i].state);
        }
        end();
    }
}

static void what_the_exchange_refuses_says_what_to_do(void)
{
    static const struct {
        int status;
        const char *text, *says;
        enum kucoin_key_state state;
        int requests;
    } rows[] = {
        { 401, "{\"code\":\"400003\",\"msg\":\"KC-API-KEY not exists\"}",
          "the API key is not known", KUCOIN_KEY_REFUSED, 1 },
        { 401, "{\"code\":\"400004\",\"msg\":\"Invalid KC-API-PASSPHRASE\"}",
          "the API passphrase is wrong", KUCOIN_KEY_REFUSED, 1 },
        { 401, "{\"code\":\"400005\",\"msg\":\"Invalid KC-API-SIGN\"}",
          "check the API secret", KUCOIN_KEY_REFUSED, 1 },
        { 403, BODY_IP, "198.51.100.23", KUCOIN_KEY_REFUSED, 1 },
        { 403, BODY_IP, "IP list of the API key: add it there",
          KUCOIN_KEY_REFUSED, 1 },
        { 403, BODY_PERMISSION, "give it General", KUCOIN_KEY_REFUSED, 1 },
        { 400, "{\"code\":\"400008\",\"msg\":\"V1 & V2 API keys\"}",
          "create a new one", KUCOIN_KEY_REFUSED, 1 },
        { 403, BODY_CLOUDFLARE_1015, "a gateway answered", KUCOIN_KEY_UNKNOWN,
          1 },
        { 302, "", "HTTP 302", KUCOIN_KEY_UNKNOWN, 1 },
        { 503, "{\"code\":\"503000\",\"msg\":\"\"}", "not available",
          KUCOIN_KEY_UNKNOWN, 3 },
        { 429, "{\"code\":\"429000\",\"msg\":\"\"}", "too many requests",
          KUCOIN_KEY_UNKNOWN, 3 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        reply(0, rows[i].status, rows[i].text);
        server.routes[0].replies[0].headers = "Location: /elsewhere\r\n";
        begin();
        struct kucoin_key key = ask(false);
        ASSERT_INT(key.state, rows[i].state);
        ASSERT(strstr(key.err.msg, rows[i].says) != NULL);
        ASSERT(strstr(key.err.msg, "API key: GET http://127.0.0.1:") ==
               key.err.msg);
        ASSERT_INT(server.seen_count, rows[i].requests);
        ASSERT_INT(client.management_used, 20 * rows[i].requests);
        end();
    }
}

static void a_login_that_is_not_whole_is_not_sent(void)
{
    char longest[300];
    struct kucoin_key key;
    memset(longest, 'x', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    const struct {
        struct kucoin_login login;
        enum kucoin_key_state state;
        const char *says;
    } rows[] = {
        { { NULL, NULL, NULL, 0 }, KUCOIN_KEY_NONE, "" },
        { { "", "", "", 0 }, KUCOIN_KEY_NONE, "" },
        { { KEY, "", PASSPHRASE, 0 },
          KUCOIN_KEY_UNKNOWN,
          "API key: KUCOIN_API_SECRET is not set" },
        { { NULL, SECRET, PASSPHRASE, 0 },
          KUCOIN_KEY_UNKNOWN,
          "API key: KUCOIN_API_KEY is not set" },
        { { KEY, SECRET, NULL, 0 },
          KUCOIN_KEY_UNKNOWN,
          "API key: KUCOIN_API_PASSPHRASE is not set" },
        { { longest, SECRET, PASSPHRASE, 0 },
          KUCOIN_KEY_UNKNOWN,
          "API key: KUCOIN_API_KEY is longer than 200 bytes" },
    };
    begin();
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        kucoin_ask_key(&client, &rows[i].login, true, in_20_s(), &key);
        ASSERT_INT(key.state, rows[i].state);
        ASSERT(strstr(key.err.msg, rows[i].says) == key.err.msg);
    }
    kucoin_ask_key(&client, NULL, true, in_20_s(), &key);
    ASSERT_INT(key.state, KUCOIN_KEY_NONE);
    client.options.base_url = "http://api.kucoin.com";
    key = ask(false);
    ASSERT_INT(key.state, KUCOIN_KEY_UNKNOWN);
    ASSERT_INT(key.err.fault, FAULT_CONFIG);
    ASSERT_INT(server.seen_count, 0);
    end();
}

static void the_budget_of_the_pool_is_kept(void)
{
    reply(0, 200, BODY_KEY_GENERAL);
    begin();
    client.options.weight_max = 39;
    client.weight_used = 39; /* another pool's */
    ASSERT_INT(ask(false).state, KUCOIN_KEY_USABLE);
    struct kucoin_key key = ask(false);
    ASSERT_INT(key.state, KUCOIN_KEY_UNKNOWN);
    ASSERT_INT(key.err.fault, FAULT_CONFIG);
    ASSERT(strstr(key.err.msg, "20 weights are needed and 19 of 39 are left") !=
           NULL);
    ASSERT_INT(server.seen_count, 1);
    ASSERT_INT(client.management_used, 20);
    end();
}

/* Each try has its own time; without that, the waits between them would make
 * the exchange refuse the last ones. */
static void each_try_is_signed_anew(void)
{
    reply(0, 503, "{\"code\":\"503000\",\"msg\":\"\"}");
    reply(1, 200, BODY_KEY_GENERAL);
    begin();
    client.retry.first_ms = client.retry.cap_ms = 60;
    ASSERT_INT(ask(false).state, KUCOIN_KEY_USABLE);
    ASSERT_FATAL(server.seen_count == 2);
    ASSERT(stamp_of(1) - stamp_of(0) >= 50);
    ASSERT(is_signed(0));
    ASSERT(is_signed(1));
    end();
}

static char *make_time(const char *target, void *arg)
{
    const int64_t *ahead_ms = arg;
    struct text t = TEXT_INIT(200);
    (void)target;
    text_printf(&t, "{\"code\":\"200000\",\"data\":%" PRId64 "}",
                clock_wall_ms() + *ahead_ms);
    return t.data;
}

static void a_wrong_clock_is_measured_once_and_asked_again(void)
{
    int64_t ahead_ms = 45000;
    reply(0, 400, BODY_CLOCK);
    reply(1, 200, BODY_KEY_GENERAL);
    route(1, "/api/v1/timestamp", NULL)->make = make_time;
    server.routes[1].arg = &ahead_ms;
    begin();
    ASSERT_INT(ask(false).state, KUCOIN_KEY_USABLE);
    ASSERT_INT(client.management_used, 40);
    ASSERT_INT(client.weight_used, 12);
    int last = server.seen_count - 1;
    ASSERT(llabs(stamp_of(0) - clock_wall_ms()) < 2000);
    ASSERT(llabs(stamp_of(last) - clock_wall_ms() - ahead_ms) < 2000);
    ASSERT(is_signed(last));
    end();

    /* and not a third time */
    reply(0, 400, BODY_CLOCK);
    route(1, "/api/v1/timestamp", NULL)->make = make_time;
    server.routes[1].arg = &ahead_ms;
    begin();
    struct kucoin_key key = ask(false);
    ASSERT_INT(key.state, KUCOIN_KEY_UNKNOWN);
    ASSERT(strstr(key.err.msg, "clock is off: check its time service") != NULL);
    ASSERT_INT(server.routes[0].used, 2);
    ASSERT_INT(server.routes[1].used, 3);
    end();
}

static char *make_echo(const char *target, void *arg)
{
    const char *pad = arg;
    struct text t = TEXT_INIT(4000);
    (void)target;
    text_printf(&t, "{\"code\":\"400005\",\"msg\":\"%s %s %s %s %s\",\"x\":1}",
                pad, KEY, SECRET, PASSPHRASE, PROOF);
    return t.data;
}

/* Cut anywhere: not even the beginning of a secret is left. */
static void a_reply_that_repeats_secrets_is_blotted(void)
{
    static const char dots[] = "......................................."
                               "......................................."
                               "......................................";
    for (size_t skip = 0; skip < strlen(dots); skip += 4) {
        static char pad[200];
        snprintf(pad, sizeof(pad), "%s", dots + skip);
        reply(0, 401, NULL);
        server.routes[0].make = make_echo;
        server.routes[0].arg = pad;
        begin();
        struct kucoin_key key = ask(false);
        ASSERT_INT(key.state, KUCOIN_KEY_REFUSED);
        ASSERT(strstr(key.err.msg, "PLANT") == NULL);
        ASSERT(strstr(key.err.msg, "11111") == NULL);
        ASSERT(strstr(key.err.msg, "grid-E") == NULL);
        ASSERT(strstr(key.err.msg, "irDtb") == NULL);
        end();
    }
}

static void a_redirect_is_not_followed(void)
{
    reply(0, 302, "");
    begin();
    char to[100];
    snprintf(to, sizeof(to), "Location: http://127.0.0.1:%d/elsewhere\r\n",
             server.port);
    server.routes[0].replies[0].headers = to;
    route(1, "/elsewhere", BODY_KEY_GENERAL);
    ASSERT_INT(ask(false).state, KUCOIN_KEY_UNKNOWN);
    ASSERT_INT(server.routes[1].used, 0);
    ASSERT_INT(server.seen_count, 1);
    end();
}

static void the_mode_of_an_account_is_told(void)
{
    static const struct {
        int status;
        const char *text, *says;
        enum kucoin_mode mode;
        bool known;
        size_t unified; /* of which the last is 229900011 */
    } rows[] = {
        { 200,
          "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":\"CLASSIC\","
          "\"unifiedSubAccount\":[],\"classicSubAccount\":[229900010]}}",
          "", KUCOIN_MODE_CLASSIC, true, 0 },
        { 200,
          "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":\"CLASSIC\","
          "\"unifiedSubAccount\":[229900010,\"229900011\"]}}",
          "", KUCOIN_MODE_CLASSIC, true, 2 },
        { 200,
          "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":\"CLASSIC\","
          "\"unifiedSubAccount\":229900010}}",
          "account mode: 'unifiedSubAccount' is no list", KUCOIN_MODE_CLASSIC,
          false, 0 },
        { 200,
          "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":\"UNIFIED\","
          "\"unifiedSubAccount\":[null]}}",
          "account mode: it is a unified account, which is not supported",
          KUCOIN_MODE_UNIFIED, false, 0 },
        { 200,
          "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":\"CLASSIC\","
          "\"unifiedSubAccount\":[\"x\"]}}",
          "account mode: 'unifiedSubAccount' holds what is no number",
          KUCOIN_MODE_CLASSIC, false, 0 },
        { 200,
          "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":\"UNIFIED\"}}",
          "account mode: it is a unified account, which is not supported",
          KUCOIN_MODE_UNIFIED, true, 0 },
        { 200, "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":null}}",
          "account mode: 'selfAccountMode' is neither", KUCOIN_MODE_UNKNOWN,
          false, 0 },
        { 404, "{\"code\":\"404\",\"msg\":\"\",\"success\":false}",
          "account mode: GET ", KUCOIN_MODE_UNKNOWN, false, 0 },
    };
    struct kucoin_unified subs;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        route(0, "/api/ua/v1/account/mode", rows[i].text)->replies[0].status =
            rows[i].status;
        begin();
        ASSERT_INT(kucoin_ask_mode(&client, &login, in_20_s(), &subs, &err),
                   rows[i].mode);
        ASSERT_INT(subs.known, rows[i].known);
        ASSERT_INT(subs.known ? subs.count : 0, rows[i].unified);
        if (rows[i].unified)
            ASSERT_INT(subs.uids[rows[i].unified - 1], 229900011);
        ASSERT(strstr(err.msg, rows[i].says) == err.msg);
        ASSERT_INT(err.fault != FAULT_NONE, *rows[i].says != 0);
        ASSERT_INT(client.unified_used, 30);
        ASSERT_INT(client.management_used, 0);
        ASSERT(is_signed(0));
        end();
    }
}

void kucoin_key_test(void);
void kucoin_key_test(void)
{
    TEST_SUITE("exchange/kucoin key");
    TEST(a_key_that_reads_is_usable);
    TEST(any_permission_but_general_makes_it_powerful);
    TEST(what_the_exchange_refuses_says_what_to_do);
    TEST(a_login_that_is_not_whole_is_not_sent);
    TEST(the_budget_of_the_pool_is_kept);
    TEST(each_try_is_signed_anew);
    TEST(a_wrong_clock_is_measured_once_and_asked_again);
    TEST(a_reply_that_repeats_secrets_is_blotted);
    TEST(a_redirect_is_not_followed);
    TEST(the_mode_of_an_account_is_told);
}
