/* A bot of four lines, worked by hand: Q = 1000 / (1.001 (112 + 112 + 100))
 * cut to eight decimals is 3.08333641, cells 2 and 3 begin full. The sums were
 * made with Python's fractions, the shares of the cost half to even on the
 * 18th decimal. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "sim/account_bot.h"
#include "sim/sim_bot_world.h"
#include "test.h"

void sim_bot_test(void);

struct books {
    int bar;
    const char *base, *cash, *cost, *average, *realised, *fees;
    int fills;
};

static void compare(struct sim *s, const struct books *b)
{
    sim_bot_world_go(s, b->bar);
    ASSERT_STR(sim_bot_world_book(s, "base"), b->base);
    ASSERT_STR(sim_world_text("quote_cash"), b->cash);
    ASSERT_STR(sim_world_text("cost"), b->cost);
    ASSERT_STR(sim_world_text("avg_cost"), b->average);
    ASSERT_STR(sim_world_text("realised"), b->realised);
    ASSERT_STR(sim_world_text("fees"), b->fees);
    ASSERT_INT(sim_world_number("fills"), b->fills);
}

static void the_books_are_those_worked_by_hand(void)
{
    // clang-format off
    static const struct books rows[] = {
        { 0, "6.16667282", "-691.35802319584", "691.35802319584", "112.112", "0", "0.69066735584", 1 },
        { 1, "9.25000923", "-999.99999783684", "999.99999783684", "108.108", "0", "0.99900099684", 2 },
        { 2, "3.08333641", "-291.54179091114", "333.33333261228", "108.108", "41.79154170114", "1.70816837114", 4 },
        { 3, "6.16667282", "-631.04796301624", "672.83950471738", "109.109", "41.79154170114", "2.04733537624", 5 },
        { 4, "0", "139.01530538126", "0", "", "139.01530538126", "2.81816947874", 7 },
        { 5, "0", "-47.83488106474", "0", "", "-47.83488106474", "4.66817132474", 11 },
        { 2, "3.08333641", "-291.54179091114", "333.33333261228", "108.108", "41.79154170114", "1.70816837114", 4 },
        { 5, "0", "-47.83488106474", "0", "", "-47.83488106474", "4.66817132474", 11 },
    };
    // clang-format on
    struct sim s = sim_bot_world(0);
    sim_bot_world_add(&s, ",\"stop\":90");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        compare(&s, &rows[i]);
    ASSERT_STR(sim_bot_world_book(&s, "state"), "stopped");
    ASSERT(strstr(text_str(&sim_world_reply.body), "\"orders\":[]") != NULL);
    sim_world_end(&s);
}

static void fees_in_the_base_currency_lessen_what_comes_in(void)
{
    // clang-format off
    static const struct books rows[] = {
        { 0, "6.16050614718", "-690.66735584", "690.66735584", "112.112112112112112112", "0", "0.69066735584", 1 },
        { 1, "9.24075922077", "-999.00099684", "999.00099684", "108.108108108108108108", "0", "0.99900099684", 2 },
        { 2, "3.08025308077", "-291.2512489461", "333.000333056216216216", "108.108108108108108108", "41.749084110116216216", "1.70745920294", 4 },
    };
    // clang-format on
    struct sim s = sim_bot_world(0);
    sim_bot_world_add(&s, ",\"fee_in\":\"base\"");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        compare(&s, &rows[i]);
    ASSERT_STR(sim_world_text("other_fees"), "0");
    sim_world_end(&s);
}

/* Funds of 690.66735584, 308.333641, 339.1670051 and 370.0003692; a tenth of a
 * thousandth of that. */
static void fees_in_a_third_currency_are_kept_apart(void)
{
    struct sim s = sim_bot_world(2);
    sim_bot_world_add(&s, ",\"fee_in\":\"KCS\"");
    ASSERT_STR(sim_bot_world_book(&s, "other_fees"), "0.170816837114");
    ASSERT_STR(sim_world_text("fees"), "0");
    ASSERT_STR(sim_world_text("quote_cash"), "-289.83362254");
    sim_world_signed(&s, "/api/v1/accounts?currency=KCS");
    ASSERT(strstr(text_str(&sim_world_reply.body),
                  "\"balance\":\"99.829183162886\"") != NULL);
    sim_world_end(&s);
}

/* At 105 one cell waits to buy at 100, two hold and wait to sell at 120 and
 * 130. Two orders stay; what the sell of them holds is not sold. */
static void an_end_may_sell_and_leave_orders_that_nothing_follows(void)
{
    // clang-format off
    static const struct books sold = { 3, "3.08333641", "-307.62139028929", "336.41975235869", "109.109", "28.7983620694", "2.37108569929", 6 };
    static const struct books after = { 4, "0", "62.00897854151", "0", "", "62.00897854151", "2.74108606849", 7 };
    // clang-format on
    struct sim s = sim_bot_world(3);
    sim_bot_world_add(&s, "");
    sim_world_ask(&s, "DELETE /sim/bot/1?sell=1&zombies=2", "");
    ASSERT_INT(sim_world_reply.status, 200);
    compare(&s, &sold);
    ASSERT(strstr(text_str(&sim_world_reply.body),
                  "\"side\":\"buy\",\"price\":\"100\"") != NULL);
    ASSERT(strstr(text_str(&sim_world_reply.body),
                  "\"side\":\"sell\",\"price\":\"120\"") != NULL);
    ASSERT(strstr(text_str(&sim_world_reply.body), "\"price\":\"130\"") ==
           NULL);
    compare(&s, &after);
    ASSERT(strstr(text_str(&sim_world_reply.body), "\"orders\":[{") != NULL);
    ASSERT(strstr(text_str(&sim_world_reply.body), "},{") == NULL);
    sim_world_ask(&s, "DELETE /sim/bot/1", "");
    ASSERT_INT(sim_world_reply.status, 400);
    sim_world_end(&s);
}

/* The second bar at 100.1 and at 100, the third at 109.9 and at 110. */
static void an_order_fills_when_it_is_touched_and_not_before(void)
{
    static const struct {
        double down, up;
        int fills[2];
    } rows[] = { { 100.1, 110, { 1, 1 } },
                 { 100, 109.9, { 2, 2 } },
                 { 100, 110, { 2, 3 } } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sim s = sim_bot_world(1);
        struct bar *b = s.market.books[0].bars;
        b[1].open = b[1].high = b[1].low = b[1].close = rows[i].down;
        b[2].open = b[2].high = b[2].low = b[2].close = rows[i].up;
        sim_bot_world_add(&s, "");
        sim_bot_world_book(&s, "base");
        ASSERT_INT(sim_world_number("fills"), rows[i].fills[0]);
        sim_bot_world_go(&s, 2);
        sim_bot_world_book(&s, "base");
        ASSERT_INT(sim_world_number("fills"), rows[i].fills[1]);
        sim_world_end(&s);
    }
}

static void the_start_is_where_the_price_is_then(void)
{
    struct sim s = sim_bot_world(0);
    sim_bot_world_add(&s, ",\"at\":\"2026-11-20T12:20:00Z\"");
    ASSERT_STR(sim_bot_world_book(&s, "state"), "waiting");
    ASSERT_INT(sim_world_number("fills"), 0);
    /* At 99 every cell is full: 1000 / 1.001 / (3 * 99) is 3.36363972. */
    sim_bot_world_go(&s, 2);
    sim_clock_set(&s.clock, T0 + 1200000, 0);
    ASSERT_STR(sim_bot_world_book(&s, "base"), "10.09091916");
    ASSERT_STR(sim_world_text("state"), "running");
    ASSERT_INT(sim_world_number("fills"), 1);
    sim_world_end(&s);
}

/* Middles of 105, 115 and 125, and of 104.45, 114.0 and 124.4 when the lines
 * are 100, 109.1, 119.1 and 130, where half of the sum would be 104.55: a price
 * of 104.5 tells them all apart. */
/* Below its stop a bot sells as soon as the price falls by a tick, at the price
 * at which it began; there the price may have stood before. */
static void nothing_fills_before_the_bot_began(void)
{
    struct bar bars[] = { { T0, 100, 100.02, 99.98, 99.99, 1, 0 } };
    struct sim_book book = { .symbol = "BTC-USDT",
                             .base = "BTC",
                             .quote = "USDT",
                             .places = 2,
                             .count = 1,
                             .room = 1,
                             .bars = bars };
    struct sim_bot_plan plan = { .lower = 10100,
                                 .upper = 10500,
                                 .stop = 10050,
                                 .cells = 4,
                                 .capital = sim_money_of(1000, 0),
                                 .rate = 10,
                                 .end_ms = INT64_MAX };
    struct error err = { FAULT_NONE, "" };
    int sold = 0;

    for (plan.at_ms = T0; plan.at_ms < T0 + 900000; plan.at_ms += 7001) {
        struct sim_bot *bot = sim_bot_new(&plan, 1, 2, &err);
        ASSERT_FATAL(bot != NULL);
        sim_bot_advance(bot, &book, T0 + 900000);
        ASSERT(bot->fill_count > 0 && bot->fills[0].at_ms == plan.at_ms);
        if (bot->fill_count > 1) {
            ASSERT(bot->fills[1].at_ms >= plan.at_ms);
            ASSERT(bot->fills[1].trade_id > bot->fills[0].trade_id);
            sold++;
        }
        sim_bot_free(bot);
    }
    ASSERT(sold > 20);
}

static void lines_are_rounded_to_ticks_and_middles_are_of_their_kind(void)
{
    static const char *const spacing[] = { "arithmetic", "geometric" };
    static const char *const first[] = { "\"side\":\"sell\",\"price\":\"110\"",
                                         "\"side\":\"buy\",\"price\":\"100\"" };
    static const char *const last[] = { "\"price\":\"120\"",
                                        "\"price\":\"119.1\"" };
    char more[64];

    for (int i = 0; i < 2; i++) {
        struct sim s = sim_bot_world(0);
        s.market.books[0].bars[0] =
            (struct bar){ T0, 104.5, 104.5, 104.5, 104.5, 1.0, 0 };
        snprintf(more, sizeof(more), ",\"spacing\":\"%s\"", spacing[i]);
        sim_bot_world_add(&s, more);
        sim_bot_world_book(&s, "base");
        ASSERT(strstr(text_str(&sim_world_reply.body), first[i]) != NULL);
        ASSERT(strstr(text_str(&sim_world_reply.body), last[i]) != NULL);
        sim_world_end(&s);
    }
}

static void a_plan_that_cannot_be_followed_is_refused(void)
{
    static const char *const more[] = {
        ",\"lower\":130",       ",\"levels\":0",   ",\"levels\":401",
        ",\"lower\":100.05",    ",\"stop\":100",   ",\"spacing\":\"x\"",
        ",\"fee\":0.00001",     ",\"capital\":-1", ",\"symbol\":\"X-Y\"",
        ",\"account\":\"a b\"", ",\"at\":\"now\"", ",\"fee_in\":\"BNB\"",
        ",\"upper\":100.2",     ",\"colour\":1",   ",\"capital\":10000001",
    };
    struct sim s = sim_bot_world(0);
    char body[512];
    for (size_t i = 0; i < ARRAY_LEN(more); i++) {
        snprintf(body, sizeof(body),
                 "{\"symbol\":\"BTC-USDT\",\"lower\":100,\"upper\":130,"
                 "\"levels\":3,\"capital\":1000%s}",
                 more[i]);
        sim_world_ask(&s, "PUT /sim/bot", body);
        ASSERT_INT(sim_world_reply.status, 400);
        ASSERT(sim_world_text("error")[0] != '\0');
    }
    ASSERT_INT(s.account.bot_count, 0);
    sim_world_end(&s);
}

void sim_bot_test(void)
{
    TEST_SUITE("sim_bot");
    TEST(the_books_are_those_worked_by_hand);
    TEST(fees_in_the_base_currency_lessen_what_comes_in);
    TEST(fees_in_a_third_currency_are_kept_apart);
    TEST(an_end_may_sell_and_leave_orders_that_nothing_follows);
    TEST(an_order_fills_when_it_is_touched_and_not_before);
    TEST(the_start_is_where_the_price_is_then);
    TEST(nothing_fills_before_the_bot_began);
    TEST(lines_are_rounded_to_ticks_and_middles_are_of_their_kind);
    TEST(a_plan_that_cannot_be_followed_is_refused);
}
