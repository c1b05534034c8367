/* A whole account from a server on loopback: pages, windows, and what changes
 * or fails meanwhile. */
#include "base/array.h"
#include "exchange/kucoin_account_rig.h"

static bool is(struct decimal d, const char *want)
{
    char text[DECIMAL_TEXT];
    decimal_format(d, text);
    return test_same(text, want);
}

static struct kucoin_books_want no_fills(void)
{
    return (struct kucoin_books_want){ .symbol = "BTC-USDT",
                                       .fills_from_ms = MOMENT_NONE };
}

static void an_account_is_read_in_full(void)
{
    static const char *const subs[] = { "gridrobot1", NULL };
    struct kucoin_books_want want = { .symbol = "BTC-USDT",
                                      .fills_from_ms = SLOT - 2 * MS_PER_DAY,
                                      .fills_until_ms = SLOT };
    route(0, "/api/v1/accounts", BODY_ACCOUNTS)->replies[0].delay_ms = 200;
    route(1, ORDERS, BODY_ORDERS_PAGE_1)->replies[1] =
        (struct tiny_reply){ .status = 200, .body = BODY_ORDERS_PAGE_2 };
    route(2, STOPS, BODY_STOP_ORDERS)->replies[0].delay_ms = 200;
    route(3, FILLS, BODY_FILLS);
    route(4, "/api/v2/sub/user?currentPage=1&pageSize=100", BODY_SUB_LIST);
    route(5, "/api/v1/sub-accounts/66b0c0905fc1480001c1aaaa",
          BODY_SUB_BALANCES);
    begin();
    ASSERT_INT(fetch(&want, subs), 0);
    ASSERT(account.balances_ok);
    ASSERT_INT(account.balance_count, 3);
    ASSERT(account.subs_ok);
    ASSERT_FATAL(account.sub_count == 1);
    ASSERT_STR(account.subs[0].name, "gridrobot1");
    ASSERT(account.subs[0].robot);
    ASSERT(is(account.subs[0].balances[0].balance, "611.20934"));
    ASSERT(part.orders_ok);
    ASSERT(part.stops_ok);
    ASSERT_INT(part.order_count, 4);
    ASSERT_FATAL(part.stop_count == 1);
    ASSERT_INT(part.orders[4].kind, KUCOIN_ORDER_STOP);
    ASSERT(is(part.orders[3].price, "82800"));
    ASSERT(part.fills_ok);
    ASSERT_FATAL(part.fill_count == 2);
    ASSERT_INT(part.fills[0].id, 30188011665464); /* ascending */
    ASSERT_INT(part.fills[1].id, 30188011665473);
    ASSERT_INT(client.spot_used, 2 + 2 + 8 + 2);
    ASSERT_INT(client.management_used, 5 + 20 + 15);
    ASSERT_INT(client.weight_used, 0);
    ASSERT(server.at_once_max >= 2);
    for (int i = 0; i < server.seen_count; i++) {
        ASSERT(strstr(server.seen[i].target, "PLANTED") == NULL);
        ASSERT(strstr(server.seen[i].head, SECRET) == NULL);
        ASSERT(strstr(server.seen[i].head, PASSPHRASE) == NULL);
    }
    drop();
}

/* Pages of two orders with ids 1.. up to `total`; `jumps` says how many reads
 * of page 2 find one more. */
struct pages {
    int total, jumps, reads_of_2;
    bool repeat; /* page 2 begins with the last order of page 1 */
    bool shift;  /* so does its first reading, and lacks its own last */
};

static char *make_orders(const char *target, void *arg)
{
    struct pages *m = arg;
    int page = (int)number_of(target, "pageNum=");
    int first = (page - 1) * 2 + (m->repeat && page == 2 ? 0 : 1);
    struct text t = TEXT_INIT(1 << 16);
    int shift = m->shift && page == 2 && !m->reads_of_2;
    if (page == 2 && m->reads_of_2++ < m->jumps)
        m->total++;
    text_printf(&t,
                "{\"code\":\"200000\",\"data\":{\"currentPage\":%d,"
                "\"totalNum\":%d,\"totalPage\":%d,\"items\":[",
                page, m->total, (m->total + 1) / 2);
    first -= shift;
    for (int id = first; id < (page - 1) * 2 + 3 - shift && id <= m->total;
         id++)
        text_printf(&t,
                    "%s{\"id\":\"o%d\",\"symbol\":\"BTC-USDT\",\"side\":"
                    "\"buy\",\"price\":\"%d\",\"remainSize\":\"1\","
                    "\"createdAt\":1795172861318}",
                    id == first ? "" : ",", id, 100 + id);
    text_puts(&t, "]}}");
    return t.data;
}

static void read_pages(struct pages *m)
{
    struct kucoin_books_want want = no_fills();
    route(0, ORDERS, NULL)->make = make_orders;
    server.routes[0].arg = m;
    route(1, STOPS, NO_PAGE);
    route(2, "/api/v1/accounts", BODY_ACCOUNTS_EMPTY);
    begin();
    ASSERT_INT(fetch(&want, NULL), 0);
    ASSERT(part.stops_ok);
    ASSERT(!part.fills_ok);
    ASSERT_INT(part.fills_err.fault, FAULT_NONE);
}

static void numbered_pages_are_read_to_the_last(void)
{
    struct pages m = { .total = 7 };
    read_pages(&m);
    ASSERT(part.orders_ok);
    ASSERT_FATAL(part.order_count == 7);
    ASSERT_STR(part.orders[6].id, "o7");
    ASSERT_INT(server.routes[0].used, 4);
    drop();
    m = (struct pages){ .total = 0 };
    read_pages(&m);
    ASSERT(part.orders_ok);
    ASSERT_INT(part.order_count, 0);
    ASSERT_INT(server.routes[0].used, 1);
    drop();
}

static void a_list_that_moves_is_read_again(void)
{
    struct pages m = { .total = 4, .jumps = 1 };
    read_pages(&m);
    ASSERT(part.orders_ok);
    ASSERT_INT(part.order_count, 5);
    ASSERT_INT(server.routes[0].used, 2 + 3);
    drop();
    m = (struct pages){ .total = 3, .jumps = 1 }; /* two pages, as before */
    read_pages(&m);
    ASSERT_INT(part.order_count, 4);
    ASSERT_INT(server.routes[0].used, 2 + 2);
    drop();
    /* one filled, one placed: the count stands, a row is missing */
    m = (struct pages){ .total = 4, .shift = true };
    read_pages(&m);
    ASSERT_INT(part.order_count, 4);
    ASSERT_INT(server.routes[0].used, 2 + 2);
    drop();

    m = (struct pages){ .total = 4, .jumps = 99 };
    read_pages(&m);
    ASSERT(!part.orders_ok);
    ASSERT_INT(part.orders_err.fault, FAULT_TRANSIENT);
    ASSERT(strstr(part.orders_err.msg,
                  "symbol 'BTC-USDT': open orders: it changes while it is "
                  "read") == part.orders_err.msg);
    ASSERT_INT(part.order_count, 0);
    ASSERT_INT(server.routes[0].used, 6);
    drop();

    /* one that moved from page to page is taken once */
    m = (struct pages){ .total = 4, .repeat = true };
    read_pages(&m);
    ASSERT(part.orders_ok);
    ASSERT_INT(part.order_count, 4);
    drop();
}

static void what_fails_fails_alone(void)
{
    static const char *const subs[] = { "gridrobot1", "nobody", NULL };
    struct kucoin_books_want want[2] = { { .symbol = "BTC-USDT",
                                           .fills_from_ms = SLOT - MS_PER_DAY,
                                           .fills_until_ms = SLOT },
                                         { .symbol = "btc&x=1",
                                           .fills_from_ms = MOMENT_NONE } };
    struct kucoin_account_part parts[2];
    route(0, "/api/v1/accounts", "{\"code\":\"200000\",\"data\":null}");
    route(1, ORDERS, BODY_PERMISSION)->replies[0].status = 403;
    route(2, STOPS, BODY_STOP_ORDERS);
    route(3, FILLS, NO_FILLS);
    route(4, "/api/v2/sub/user", BODY_SUB_LIST);
    route(5, "/api/v1/sub-accounts/", BODY_SUB_BALANCES);
    begin();
    memset(&account, 0, sizeof(account));
    account.key.state = KUCOIN_KEY_USABLE;
    ASSERT_INT(kucoin_fetch_account(&client, &login, subs, want, 2, &account,
                                    parts, in_20_s(), &err),
               0);
    ASSERT_INT(account.key.state, KUCOIN_KEY_USABLE);
    ASSERT(!account.balances_ok);
    ASSERT_INT(account.balances_err.fault, FAULT_DATA);
    ASSERT(!account.subs_ok);
    ASSERT_INT(account.sub_count, 1);
    ASSERT(strstr(account.subs_err.msg,
                  "no sub-account of 2 is named 'nobody'") != NULL);
    ASSERT(!parts[0].orders_ok);
    ASSERT(strstr(parts[0].orders_err.msg, "lacks a permission") != NULL);
    ASSERT(parts[0].stops_ok);
    ASSERT_INT(parts[0].order_count, 0);
    ASSERT_INT(parts[0].stop_count, 1);
    ASSERT_INT(parts[0].orders[0].kind, KUCOIN_ORDER_STOP);
    ASSERT(parts[0].fills_ok);
    ASSERT_INT(parts[0].fill_count, 0);
    ASSERT_INT(parts[1].orders_err.fault, FAULT_CONFIG);
    ASSERT_INT(parts[1].fills_err.fault, FAULT_CONFIG);
    for (int i = 0; i < server.seen_count; i++)
        ASSERT(strstr(server.seen[i].target, "x=1") == NULL);
    kucoin_account_part_release(&parts[0]);
    kucoin_account_part_release(&parts[1]);
    kucoin_account_release(&account);
    end();
}

static void the_budget_refuses_call_by_call(void)
{
    struct kucoin_books_want want = no_fills();
    route(0, "/", BODY_ACCOUNTS_EMPTY);
    route(0, STOPS, NO_PAGE);
    route(1, ORDERS, NO_PAGE);
    begin();
    client.options.weight_max = 4;
    ASSERT_INT(fetch(&want, NULL), 0);
    ASSERT(!account.balances_ok);
    ASSERT(strstr(account.balances_err.msg, "balances: request budget: 5 ") !=
           NULL);
    ASSERT(part.orders_ok);
    ASSERT(!part.stops_ok);
    ASSERT_INT(part.stops_err.fault, FAULT_CONFIG);
    ASSERT_INT(client.spot_used, 2);
    ASSERT_INT(client.management_used, 0);
    ASSERT_INT(server.seen_count, 1);
    drop();
}

static void nothing_is_sent_without_a_login_or_to_a_bad_address(void)
{
    struct kucoin_books_want want = no_fills();
    struct kucoin_login half = { .key = KEY, .secret = SECRET };
    route(0, "/", BODY_ACCOUNTS_EMPTY);
    begin();
    memset(&account, 0, sizeof(account));
    ASSERT_INT(kucoin_fetch_account(&client, &half, NULL, &want, 1, &account,
                                    &part, in_20_s(), &err),
               -1);
    ASSERT(strstr(err.msg, "KUCOIN_API_PASSPHRASE is not set") != NULL);
    client.options.base_url = "http://api.kucoin.com";
    ASSERT_INT(fetch(&want, NULL), -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT(strstr(err.msg, "PLANTED") == NULL);
    ASSERT_INT(server.seen_count, 0);
    drop();
}

/* However many pages are found late, the clock is measured once. */
static void the_clock_is_measured_once_an_account(void)
{
    struct kucoin_books_want want = no_fills();
    route(0, ORDERS, NULL);
    server.routes[0].replies[0] =
        (struct tiny_reply){ .status = 400, .body = BODY_CLOCK };
    server.routes[0].replies[1] =
        (struct tiny_reply){ .status = 200, .body = BODY_ORDERS_PAGE_1 };
    server.routes[0].replies[2] =
        (struct tiny_reply){ .status = 400, .body = BODY_CLOCK };
    route(1, "/api/v1/timestamp", "{\"code\":\"200000\",\"data\":5}");
    route(2, STOPS, NO_PAGE);
    begin();
    ASSERT_INT(fetch(&want, NULL), 0);
    ASSERT(!part.orders_ok);
    ASSERT(strstr(part.orders_err.msg, "clock is off") != NULL);
    ASSERT_INT(server.routes[0].used, 3);
    ASSERT_INT(server.routes[1].used, 3);
    ASSERT_INT(server.routes[2].used, 1);
    drop();
}

static void the_deadline_ends_it(void)
{
    struct kucoin_books_want want = no_fills();
    route(0, "/api/v1/accounts", BODY_ACCOUNTS)->replies[0].delay_ms = 3000;
    route(1, ORDERS, NO_PAGE);
    route(2, STOPS, NO_PAGE);
    begin();
    int64_t start = clock_monotonic_ms();
    memset(&account, 0, sizeof(account));
    ASSERT_INT(kucoin_fetch_account(&client, &login, NULL, &want, 1, &account,
                                    &part, start + 250, &err),
               0);
    ASSERT(clock_monotonic_ms() - start < 1500);
    ASSERT(!account.balances_ok);
    ASSERT_INT(account.balances_err.fault, FAULT_TRANSIENT);
    ASSERT(part.orders_ok);
    drop();
}

/* What goes wrong in every way that a reply can, and no error holds a part of
 * the login. */
static void no_error_holds_a_secret(void)
{
    static const char echo[] =
        "{\"code\":\"400100\",\"msg\":\"" KEY " " SECRET " " PASSPHRASE "\"}";
    static const struct tiny_reply replies[] = {
        { .status = 400, .body = echo },
        { .status = 200, .body = echo },
        { .status = 502, .body = KEY SECRET PASSPHRASE },
        { .status = 200, .body = "{\"code\":\"200000\",\"data\":7}" },
        { .status = 200, .body = "{\"code\":\"200000\"" },
        { .status = -1 },
        { .status = 302, .headers = "Location: /" SECRET "\r\n" },
    };
    struct kucoin_books_want want = { .symbol = "BTC-USDT",
                                      .fills_from_ms = SLOT - MS_PER_DAY,
                                      .fills_until_ms = SLOT };
    static const char *const subs[] = { "gridrobot1", NULL };
    for (size_t i = 0; i < ARRAY_LEN(replies); i++) {
        route(0, "/", NULL)->replies[0] = replies[i];
        begin();
        ASSERT_INT(fetch(&want, subs), 0);
        const struct error *all[] = { &account.balances_err, &account.subs_err,
                                      &part.orders_err, &part.stops_err,
                                      &part.fills_err };
        for (size_t j = 0; j < ARRAY_LEN(all); j++) {
            ASSERT(all[j]->fault != FAULT_NONE);
            ASSERT(strstr(all[j]->msg, "PLANTED") == NULL);
        }
        drop();
    }
}

/* How the sub-accounts 229900010 and 229900011 look when so much is known. */
static void subs_with(const struct kucoin_unified *unified)
{
    static const char *const subs[] = { "gridrobot1", "normalsub", NULL };
    route(0, "/api/v1/accounts", "{\"code\":\"200000\",\"data\":[]}");
    route(1, "/api/v2/sub/user", BODY_SUB_LIST);
    route(2, "/api/v1/sub-accounts/", BODY_SUB_BALANCES);
    begin();
    memset(&account, 0, sizeof(account));
    account.unified = *unified;
    ASSERT_INT(kucoin_fetch_account(&client, &login, subs, NULL, 0, &account,
                                    NULL, in_20_s(), &err),
               0);
    ASSERT_FATAL(account.sub_count == 2);
}

static void nothing_is_read_of_a_unified_sub_account(void)
{
    const struct kucoin_unified none = { .known = true };
    const struct kucoin_unified one = { true, 2, { 1, 229900010 } };
    const struct kucoin_unified not_asked = { .known = false };
    subs_with(&none);
    ASSERT(account.subs_ok);
    ASSERT_INT(account.subs[0].mode, KUCOIN_MODE_CLASSIC);
    ASSERT_INT(account.subs[1].mode, KUCOIN_MODE_CLASSIC);
    ASSERT_INT(server.routes[2].used, 2);
    drop();
    subs_with(&one);
    ASSERT(!account.subs_ok);
    ASSERT_STR(account.subs_err.msg,
               "sub-account 'gridrobot1': it is a unified one, which is not "
               "supported yet: its money is not seen");
    ASSERT_INT(server.routes[2].used, 1); /* of the other one */
    ASSERT_INT(account.subs[0].mode, KUCOIN_MODE_UNIFIED);
    ASSERT_INT(account.subs[0].balance_count, 0);
    ASSERT_INT(account.subs[1].mode, KUCOIN_MODE_CLASSIC);
    ASSERT_INT(account.subs[1].balance_count, 2);
    drop();
    subs_with(&not_asked);
    ASSERT(account.subs_ok);
    ASSERT_INT(account.subs[0].mode, KUCOIN_MODE_UNKNOWN);
    ASSERT_INT(account.subs[0].balance_count, 2);
    drop();
}

void kucoin_account_test(void);
void kucoin_account_test(void)
{
    TEST_SUITE("exchange/kucoin account");
    TEST(an_account_is_read_in_full);
    TEST(numbered_pages_are_read_to_the_last);
    TEST(a_list_that_moves_is_read_again);
    TEST(what_fails_fails_alone);
    TEST(nothing_is_read_of_a_unified_sub_account);
    TEST(the_budget_refuses_call_by_call);
    TEST(nothing_is_sent_without_a_login_or_to_a_bad_address);
    TEST(the_clock_is_measured_once_an_account);
    TEST(the_deadline_ends_it);
    TEST(no_error_holds_a_secret);
}
