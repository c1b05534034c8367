/* Fills of a symbol: windows, pages, edges and where a memory ends. */
#include <inttypes.h>

#include "exchange/kucoin_account_rig.h"

/* Fills each hour, id 9007199254740993 + hour; at most `limit` a page. */
struct ledger {
    int64_t newest_ms;
    int count;
    int64_t reach_ms; /* windows are moved to begin no earlier; 0: never */
};
#define FIRST_ID ((int64_t)9007199254740993)

static char *make_fills(const char *target, void *arg)
{
    const struct ledger *m = arg;
    int64_t start = number_of(target, "startAt=");
    int64_t stop = number_of(target, "endAt=");
    int64_t cursor = number_of(target, "lastId=");
    int64_t limit = number_of(target, "limit="), last = 0;
    struct text t = TEXT_INIT(1 << 17);
    int rows = 0;
    if (stop - start > 7 * MS_PER_DAY) {
        text_puts(&t, "{\"code\":\"400100\",\"msg\":\"exceed 7 days\"}");
        return t.data;
    }
    if (m->reach_ms && start < m->reach_ms) {
        stop += m->reach_ms - start;
        start = m->reach_ms;
    }
    text_puts(&t, "{\"code\":\"200000\",\"data\":{\"items\":[");
    for (int i = m->count - 1; i >= 0 && rows < limit; i--) {
        int64_t at = m->newest_ms - (m->count - 1 - i) * MS_PER_HOUR;
        int64_t id = FIRST_ID + i;
        if (at < start || at > stop || (cursor && id >= cursor))
            continue;
        text_printf(&t,
                    "%s{\"id\":%" PRId64 ",\"symbol\":\"BTC-USDT\",\"side\":"
                    "\"sell\",\"price\":\"100\",\"size\":\"2\",\"funds\":"
                    "\"200\",\"fee\":\"0.2\",\"feeCurrency\":\"USDT\","
                    "\"createdAt\":%" PRId64 "}",
                    rows++ ? "," : "", id, at);
        last = id;
    }
    text_printf(&t, "],\"lastId\":%" PRId64 "}}", last);
    return t.data;
}

static void read_fills(struct ledger *m, struct kucoin_books_want want)
{
    want.symbol = "BTC-USDT";
    route(0, FILLS, NULL)->make = make_fills;
    server.routes[0].arg = m;
    route(1, ORDERS, NO_PAGE);
    route(2, STOPS, NO_PAGE);
    route(3, "/api/v1/accounts", BODY_ACCOUNTS_EMPTY);
    begin();
    ASSERT_INT(fetch(&want, NULL), 0);
    ASSERT(part.fills_ok);
    ASSERT_STR(part.fills_err.msg, "");
}

/* 500 hours are 20.8 days: three windows, the first two of 168 fills (two
 * pages), the last of 164. */
static void fills_are_read_backwards_to_the_beginning(void)
{
    int64_t now = clock_wall_ms();
    struct ledger m = { .newest_ms = now - MS_PER_HOUR, .count = 600 };
    struct kucoin_books_want want = { .fills_from_ms = now - 500 * MS_PER_HOUR,
                                      .fills_until_ms = now };
    read_fills(&m, want);
    ASSERT_FATAL(part.fill_count == 500);
    ASSERT_INT(part.fills[499].id, FIRST_ID + 599);
    ASSERT_INT(part.fills[0].id, FIRST_ID + 100);
    size_t steps = 0;
    for (size_t i = 1; i < part.fill_count; i++)
        steps += part.fills[i].id == part.fills[i - 1].id + 1;
    ASSERT_INT(steps, 499);
    ASSERT(!part.fills_cut);
    ASSERT_INT(server.routes[0].used, 6);
    ASSERT_INT(client.spot_used, 6 * 2 + 2 + 8);
    drop();
}

static void the_edges_of_the_range_are_half_open(void)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    struct ledger m = { .newest_ms = now, .count = 10 };
    struct kucoin_books_want want = { .fills_from_ms = now - 3 * MS_PER_HOUR,
                                      .fills_until_ms = now };
    read_fills(&m, want);
    ASSERT_FATAL(part.fill_count == 3);
    ASSERT_INT(part.fills[0].at_ms, want.fills_from_ms);
    ASSERT_INT(part.fills[2].at_ms, now - MS_PER_HOUR);
    drop();
    want.fills_from_ms = now;
    read_fills(&m, want);
    ASSERT_INT(part.fill_count, 0);
    ASSERT_INT(server.routes[0].used, 0);
    drop();
}

static void known_fills_end_the_reading(void)
{
    int64_t now = clock_wall_ms();
    struct ledger m = { .newest_ms = now - MS_PER_HOUR, .count = 600 };
    struct kucoin_books_want want = { .fills_from_ms = now - 590 * MS_PER_HOUR,
                                      .fills_until_ms = now,
                                      .after_id = FIRST_ID + 549 };
    read_fills(&m, want);
    ASSERT_FATAL(part.fill_count == 50);
    ASSERT_INT(part.fills[0].id, FIRST_ID + 550);
    ASSERT(!part.fills_cut);
    ASSERT_INT(server.routes[0].used, 2); /* 50 of 100 new, then none */
    drop();
}

/* It moves a window of before its memory to where that begins. */
static void a_memory_that_ends_is_told(void)
{
    int64_t now = clock_wall_ms();
    struct ledger m = { .newest_ms = now - MS_PER_HOUR,
                        .count = 600,
                        .reach_ms = now - 7 * MS_PER_DAY + 60000 };
    struct kucoin_books_want want = { .fills_from_ms = now - 500 * MS_PER_HOUR,
                                      .fills_until_ms = now };
    read_fills(&m, want);
    ASSERT_INT(part.fill_count, 167);
    ASSERT(part.fills_cut);
    ASSERT(server.routes[0].used < 12);
    drop();
    want.fills_from_ms = now - 6 * MS_PER_DAY;
    read_fills(&m, want);
    ASSERT_INT(part.fill_count, 144);
    ASSERT(!part.fills_cut);
    drop();
    want.fills_from_ms = 0; /* for ever is not asked for ever */
    m.reach_ms = 0;
    read_fills(&m, want);
    ASSERT_INT(part.fill_count, 600);
    ASSERT(part.fills_cut);
    ASSERT(server.routes[0].used < 60);
    drop();
}

void kucoin_fills_test(void);
void kucoin_fills_test(void)
{
    TEST_SUITE("exchange/kucoin fills");
    TEST(fills_are_read_backwards_to_the_beginning);
    TEST(the_edges_of_the_range_are_half_open);
    TEST(known_fills_end_the_reading);
    TEST(a_memory_that_ends_is_told);
}
