/* Bodies about an account, by the facts gathered on the interface: sections 6
 * and 7.1 to 7.4 and 7.8. */
#include "exchange/kucoin_private_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "exchange/kucoin_account_bodies.h"
#include "test.h"

static struct error err;

static struct kucoin_body body(const char *s)
{
    return (struct kucoin_body){ s, strlen(s) };
}

static bool is(struct decimal d, const char *want)
{
    char text[DECIMAL_TEXT];
    decimal_format(d, text);
    return test_same(text, want);
}

static void permissions_are_read_as_they_are_named(void)
{
    struct kucoin_key key = { 0 };
    ASSERT_INT(kucoin_rights_parse(body(BODY_KEY_GENERAL), &key, &err), 0);
    ASSERT_STR(key.permissions, "General");
    ASSERT(key.ip_restricted);
    ASSERT_INT(kucoin_rights_parse(body(BODY_KEY_POWERFUL), &key, &err), 0);
    ASSERT_STR(key.permissions, "General,Spot,Futures,InnerTransfer,Transfer");
    ASSERT(!key.ip_restricted);
    ASSERT_INT(kucoin_rights_parse(
                   body("{\"code\":\"200000\",\"data\":{\"permission\":\"\"}}"),
                   &key, &err),
               -1);
    ASSERT_INT(kucoin_rights_parse(
                   body("{\"code\":\"200000\",\"data\":{\"permission\":null}}"),
                   &key, &err),
               -1);
    ASSERT_STR(err.msg, "'permission' is missing or empty");
}

static void balances_are_those_that_are_not_zero(void)
{
    struct kucoin_balance b[4];
    size_t n = 9;
    ASSERT_INT(kucoin_balances_parse(body(BODY_ACCOUNTS), b, 4, &n, &err), 0);
    ASSERT_INT(n, 3);
    ASSERT_STR(b[0].type, "main");
    ASSERT(is(b[0].balance, "120.5"));
    ASSERT_STR(b[1].currency, "USDT");
    ASSERT_STR(b[1].type, "trade");
    ASSERT(is(b[1].balance, "4211.30870211"));
    ASSERT(is(b[1].available, "1803.10870211"));
    ASSERT(is(b[1].holds, "2408.2"));
    ASSERT_STR(b[2].currency, "BTC");
    ASSERT(is(b[2].available, "0.05912007"));
    ASSERT_INT(kucoin_balances_parse(body(BODY_ACCOUNTS_EMPTY), b, 4, &n, &err),
               0);
    ASSERT_INT(n, 0);
    ASSERT_INT(kucoin_balances_parse(body(BODY_ACCOUNTS), b, 2, &n, &err), -1);
    ASSERT_STR(err.msg, "more than 2 balances");
}

#define ACCOUNT(balance)                                                       \
    "{\"code\":\"200000\",\"data\":[{\"currency\":\"BTC\",\"type\":\"trade\"," \
    "\"balance\":" balance ",\"available\":\"0\",\"holds\":0}]}"

static void money_is_a_text_or_a_number_and_exact(void)
{
    static const struct {
        const char *text, *want, *says;
    } rows[] = {
        { ACCOUNT("\"0.1\""), "0.1", NULL },
        { ACCOUNT("0.1"), "0.1", NULL },
        { ACCOUNT("9007199254740993"), NULL, "kept exactly" },
        { ACCOUNT("123456789012345.123456789012345678"),
          "123456789012345.123456789012345678", NULL },
        { ACCOUNT("null"), NULL, "row 0: 'balance' is null" },
        { ACCOUNT("[1]"), NULL, "row 0: 'balance' is neither a text nor" },
        { ACCOUNT("true"), NULL, "row 0: 'balance' is neither a text nor" },
        { ACCOUNT("\"\""), NULL, "row 0: 'balance' is ''" },
        { ACCOUNT("\"1e3\""), NULL, "row 0: 'balance' is '1e3'" },
        { ACCOUNT("\"12,5\""), NULL, "row 0: 'balance' is '12,5'" },
        { "{\"code\":\"200000\",\"data\":{}}", NULL, "not a list" },
        { "{\"code\":\"200000\",\"data\":\"x\"}", NULL, "not a list" },
        { "{\"code\":\"200000\",\"data\":null}", NULL, "without data" },
        { "{\"code\":\"200000\",\"data\":[7]}", NULL, "'type' is missing" },
        { "{\"code\":\"200000\",\"data\":[{}]}", NULL, "'type' is missing" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct kucoin_balance b[2];
        size_t n;
        int rc = kucoin_balances_parse(body(rows[i].text), b, 2, &n, &err);
        ASSERT_INT(rc, rows[i].want ? 0 : -1);
        ASSERT(rc ? strstr(err.msg, rows[i].says) != NULL
                  : is(b[0].balance, rows[i].want));
        if (rc)
            ASSERT_INT(err.fault, FAULT_DATA);
    }
}

static void orders_have_what_remains_of_them(void)
{
    struct kucoin_orders o = { 0 };
    struct kucoin_paging p;
    ASSERT_INT(
        kucoin_orders_parse(body(BODY_ORDERS_PAGE_1), "BTC-USDT", &o, &p, &err),
        0);
    ASSERT_INT(p.pages, 2);
    ASSERT_INT(p.total, 4);
    ASSERT_FATAL(o.count == 2);
    ASSERT_STR(o.items[1].id, "674d2e1b9a07c6000700000c");
    ASSERT_INT(o.items[1].kind, KUCOIN_ORDER_LIMIT);
    ASSERT_INT(o.items[1].side, FILL_SELL);
    ASSERT(is(o.items[1].price, "84900"));
    ASSERT(is(o.items[1].remain, "0.015"));
    ASSERT(is(o.items[1].stop, "0"));
    ASSERT_INT(o.items[1].created_ms, 1795169261318);
    /* the same page again brings nothing, the next one does */
    ASSERT_INT(
        kucoin_orders_parse(body(BODY_ORDERS_PAGE_1), "BTC-USDT", &o, &p, &err),
        0);
    ASSERT_INT(o.count, 2);
    ASSERT_INT(
        kucoin_orders_parse(body(BODY_ORDERS_PAGE_2), "BTC-USDT", &o, &p, &err),
        0);
    ASSERT_FATAL(o.count == 4);
    ASSERT_INT(o.items[3].side, FILL_BUY);
    ASSERT(is(o.items[3].remain, "0.019"));
    ASSERT_INT(
        kucoin_orders_parse(body(BODY_ORDERS_PAGE_1), "ETH-USDT", &o, &p, &err),
        -1);
    ASSERT_STR(err.msg, "row 0: is about another symbol");
    free(o.items);
}

static void a_stop_has_a_trigger_and_maybe_no_price(void)
{
#define STOP(fields)                                                           \
    "{\"code\":\"200000\",\"data\":{\"totalNum\":1,\"totalPage\":1,\"items\":" \
    "[{\"id\":\"s1\",\"symbol\":\"A-B\",\"createdAt\":1795172861318,"          \
    "\"stopPrice\":\"82000\"," fields "}]}}"
    static const struct {
        const char *text, *price, *remain, *says;
    } rows[] = {
        { STOP("\"type\":\"market\",\"side\":\"sell\",\"size\":\"2\","
               "\"price\":null"),
          "0", "2", NULL },
        { STOP("\"type\":\"market\",\"side\":\"sell\",\"size\":\"2\","
               "\"price\":\"0\""),
          "0", "2", NULL },
        { STOP("\"type\":\"market\",\"side\":\"buy\",\"size\":null,"
               "\"funds\":\"50\""),
          "0", "0", NULL },
        { STOP("\"type\":\"market\",\"side\":\"sell\",\"size\":null"), NULL,
          NULL, "row 0: 'size' is null" },
        { STOP("\"type\":\"limit\",\"side\":\"sell\",\"size\":\"2\","
               "\"price\":null"),
          NULL, NULL, "row 0: 'price' is null" },
        { STOP("\"type\":\"limit\",\"side\":\"sell\",\"size\":\"2\","
               "\"price\":\"0\""),
          NULL, NULL, "row 0: 'price' is '0', not above zero" },
        { STOP("\"type\":\"limit\",\"side\":\"both\""), NULL, NULL,
          "row 0: 'side' is neither buy nor sell" },
    };
    struct kucoin_orders o = { 0 };
    struct kucoin_paging p;
    ASSERT_INT(
        kucoin_stops_parse(body(BODY_STOP_ORDERS), "BTC-USDT", &o, &p, &err),
        0);
    ASSERT_FATAL(o.count == 1);
    ASSERT_INT(o.items[0].kind, KUCOIN_ORDER_STOP);
    ASSERT(is(o.items[0].price, "81900"));
    ASSERT(is(o.items[0].remain, "0.03"));
    ASSERT(is(o.items[0].stop, "82000"));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        o.count = 0;
        int rc = kucoin_stops_parse(body(rows[i].text), "A-B", &o, &p, &err);
        ASSERT_INT(rc, rows[i].price ? 0 : -1);
        ASSERT(rc ? strstr(err.msg, rows[i].says) != NULL
                  : is(o.items[0].price, rows[i].price) &&
                        is(o.items[0].remain, rows[i].remain));
    }
    o.count = 0;
    ASSERT_INT(kucoin_stops_parse(
                   body(STOP("\"type\":\"market\",\"side\":\"sell\",\"size\":"
                             "\"2\",\"status\":\"TRIGGERED\"")),
                   "A-B", &o, &p, &err),
               0);
    ASSERT_INT(o.count, 0);
    ASSERT_INT(o.triggered, 1);
    free(o.items);
}

#define FILL(id, price, fee, at)                                               \
    "{\"code\":\"200000\",\"data\":{\"lastId\":" id ",\"items\":[{\"id\":" id  \
    ",\"tradeId\":14229373945659293123,\"symbol\":\"A-B\",\"side\":\"buy\","   \
    "\"price\":" price ",\"size\":\"0.01\",\"funds\":\"839\",\"fee\":" fee     \
    ",\"feeCurrency\":\"USDT\",\"createdAt\":" at "}]}}"
#define AT "1795090061318"

static void ids_of_fills_are_exact_beyond_2_to_the_53(void)
{
    static const struct {
        const char *text;
        int64_t id;
        const char *says;
    } rows[] = {
        { FILL("9007199254740993", "\"1\"", "\"0\"", AT), 9007199254740993,
          NULL },
        { FILL("\"9007199254740993\"", "\"1\"", "\"0\"", AT), 9007199254740993,
          NULL },
        { FILL("9223372036854775807", "\"1\"", "\"0\"", AT), INT64_MAX, NULL },
        { FILL("9223372036854775808", "\"1\"", "\"0\"", AT), 0,
          "'lastId' is '9223372036854775808', more than 64 bits can hold" },
        { FILL("14229373945659293123", "\"1\"", "\"0\"", AT), 0,
          "'lastId' is '14229373945659293123', more than 64 bits can hold" },
        { FILL("1e3", "\"1\"", "\"0\"", AT), 0,
          "'lastId' is '1e3', not a whole number" },
        { FILL("0", "\"1\"", "\"0\"", AT), 0, "row 0: 'id' is not above 0" },
        { FILL("7", "\"0\"", "\"0\"", AT), 0,
          "row 0: 'price' is '0', not above zero" },
        { FILL("7", "\"-1\"", "\"0\"", AT), 0, "row 0: 'price' is '-1'" },
        { FILL("7", "\"1\"", "null", AT), 0, "row 0: 'fee' is null" },
        { FILL("7", "\"1\"", "\"0\"", "1795090061318000000"), 0,
          "row 0: 'createdAt' is '1795090061318000000', not a time in ms" },
        { FILL("7", "\"1\"", "\"0\"", "0"), 0, "not a time in ms" },
        { "{\"code\":\"200000\",\"data\":{\"lastId\":0,\"items\":[{\"id\":"
          "14229373945659293123,\"symbol\":\"A-B\"}]}}",
          0,
          "row 0: 'id' is '14229373945659293123', more than 64 bits can "
          "hold" },
        { "{\"code\":\"200000\",\"data\":{\"lastId\":0,\"items\":null}}", 0,
          "'items' is not a list" },
        { "{\"code\":\"200000\",\"data\":[]}", 0, "'items' is not a list" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct kucoin_fills f = { 0 };
        int64_t last = -1;
        int rc = kucoin_fills_parse(body(rows[i].text), "A-B", &f, &last, &err);
        ASSERT_INT(rc, rows[i].id ? 0 : -1);
        if (rc) {
            ASSERT(strstr(err.msg, rows[i].says) != NULL);
        } else {
            ASSERT_INT(f.items[0].id, rows[i].id);
            ASSERT_INT(last, rows[i].id);
        }
        free(f.items);
    }
}

static void fills_are_read_whole(void)
{
    struct kucoin_fills f = { 0 };
    int64_t last;
    ASSERT_INT(
        kucoin_fills_parse(body(BODY_FILLS), "BTC-USDT", &f, &last, &err), 0);
    ASSERT_FATAL(f.count == 2);
    ASSERT_INT(last, 30188011665473);
    ASSERT_INT(f.items[0].id, 30188011665464);
    ASSERT_INT(f.items[0].at_ms, 1795171261318);
    ASSERT_INT(f.items[0].side, FILL_SELL);
    ASSERT(is(f.items[0].price, "84900"));
    ASSERT(is(f.items[0].size, "0.005"));
    ASSERT(is(f.items[0].funds, "424.5"));
    ASSERT(is(f.items[0].fee, "0.4245"));
    ASSERT_STR(f.items[0].fee_currency, "USDT");
    ASSERT_INT(f.items[1].side, FILL_BUY);
    ASSERT_INT(
        kucoin_fills_parse(body(BODY_FILLS_NONE), "BTC-USDT", &f, &last, &err),
        0);
    ASSERT_INT(f.count, 2);
    ASSERT_INT(last, 0);
    free(f.items);
}

static void sub_accounts_have_names_and_balances(void)
{
    struct kucoin_sub_names names = { 0 };
    struct kucoin_paging p;
    struct kucoin_sub sub = { 0 };
    ASSERT_INT(kucoin_sub_names_parse(body(BODY_SUB_LIST), &names, &p, &err),
               0);
    ASSERT_FATAL(names.count == 2);
    ASSERT_STR(names.items[0].name, "gridrobot1");
    ASSERT_STR(names.items[0].id, "66b0c0905fc1480001c1aaaa");
    ASSERT(names.items[0].robot);
    ASSERT(!names.items[1].robot);
    /* on the next page again: a list that changes while it is read */
    ASSERT_INT(kucoin_sub_names_parse(body(BODY_SUB_LIST), &names, &p, &err),
               0);
    ASSERT_INT(names.count, 2);
    ASSERT_INT(kucoin_sub_parse(body(BODY_SUB_BALANCES), &sub, &err), 0);
    ASSERT_FATAL(sub.balance_count == 2);
    ASSERT_STR(sub.balances[0].type, "trade");
    ASSERT(is(sub.balances[0].holds, "571.10934"));
    ASSERT_STR(sub.balances[1].currency, "BTC");
    ASSERT(is(sub.balances[1].balance, "0.0091"));
    ASSERT_INT(kucoin_sub_parse(
                   body("{\"code\":\"200000\",\"data\":{\"tradeAccounts\":[],"
                        "\"tradeHFAccounts\":[{\"currency\":\"BTC\",\"balance\""
                        ":\"1\",\"available\":\"1\",\"holds\":\"0\"}]}}"),
                   &sub, &err),
               0);
    ASSERT_INT(sub.balance_count, 1);
    ASSERT_STR(sub.balances[0].type, "trade_hf");
    ASSERT_INT(
        kucoin_sub_parse(body("{\"code\":\"200000\",\"data\":{}}"), &sub, &err),
        -1);
    ASSERT_STR(err.msg, "'tradeAccounts': not a list of balances");
    /* an id goes into a path: it must be a word */
    ASSERT_INT(kucoin_sub_names_parse(
                   body("{\"code\":\"200000\",\"data\":{\"totalNum\":1,"
                        "\"totalPage\":1,\"items\":[{\"userId\":\"../x\"}]}}"),
                   &names, &p, &err),
               -1);
    free(names.items);
}

/* Strings are left alone, whatever looks like a number or an end in them. */
static void quotes_are_put_around_numbers_only(void)
{
    struct kucoin_key key = { 0 };
    ASSERT_INT(
        kucoin_rights_parse(
            body("{\"code\":\"200000\",\"data\":{\"remark\":\"a\\\"1\\\\\","
                 "\"x\":[1,-2.5,3e7],\"permission\":\"General\"}}"),
            &key, &err),
        0);
    ASSERT_STR(key.permissions, "General");
    ASSERT_INT(
        kucoin_rights_parse(
            body("{\"code\":\"200000\",\"data\":{\"remark\":\"a"), &key, &err),
        -1);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
}

void kucoin_private_json_test(void);
void kucoin_private_json_test(void)
{
    TEST_SUITE("exchange/kucoin account bodies");
    TEST(permissions_are_read_as_they_are_named);
    TEST(balances_are_those_that_are_not_zero);
    TEST(money_is_a_text_or_a_number_and_exact);
    TEST(orders_have_what_remains_of_them);
    TEST(a_stop_has_a_trigger_and_maybe_no_price);
    TEST(ids_of_fills_are_exact_beyond_2_to_the_53);
    TEST(fills_are_read_whole);
    TEST(sub_accounts_have_names_and_balances);
    TEST(quotes_are_put_around_numbers_only);
}
