/* The rules of the exchange's spot candles, one test for each. The bars are
 * made by hand: quarter i of the day opens at 100 + i and closes at
 * 100.5 + i, with a wick to 110 + i and 90 + i and a volume of 1 + i. */
#include "sim/candles.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "test.h"

#define DAY_MS   INT64_C(1767225600000) /* 2026-01-01 */
#define QUARTERS 96
#define AT(i)    (DAY_MS + (i)*MS_PER_SLOT)
#define NO_START INT64_MIN
#define NO_END   INT64_MAX

static struct bar day[QUARTERS];
static struct bar rows[SIM_CANDLES_MAX];

/* The day without the quarters named; ends with -1. */
static struct sim_book day_without(const int *absent)
{
    struct sim_book b = { .symbol = "BTC-USDT", .places = 1, .bars = day };
    for (int i = 0; i < QUARTERS; i++) {
        if (*absent == i) {
            absent++;
            continue;
        }
        day[b.count++] =
            (struct bar){ AT(i),     100.0 + i, 110.0 + i, 90.0 + i,
                          100.5 + i, 1.0 + i,   0 };
    }
    return b;
}

static struct sim_book whole_day(void)
{
    static const int none[] = { -1 };
    return day_without(none);
}

static size_t ask(const struct sim_book *b, int64_t now_ms, enum timeframe tf,
                  int64_t start_ms, int64_t end_ms)
{
    struct sim_candle_query q = { tf, start_ms, end_ms };
    memset(rows, 0, sizeof(rows));
    return sim_candles(b, now_ms, &q, rows);
}

static void rows_are_newest_first(void)
{
    struct sim_book b = whole_day();
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(2), AT(5)), 3);
    ASSERT(rows[0].open_ms == AT(4));
    ASSERT(rows[1].open_ms == AT(3));
    ASSERT(rows[2].open_ms == AT(2));
    ASSERT(rows[0].open == 104.0 && rows[0].close == 104.5);
    ASSERT(rows[0].high == 114.0 && rows[0].low == 94.0);
    ASSERT(rows[0].volume == 5.0);
}

static void the_start_is_inclusive_and_snaps_up(void)
{
    struct sim_book b = whole_day();
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(2), AT(4)), 2);
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(2) + 1000, AT(4)), 1);
    ASSERT(rows[0].open_ms == AT(3));
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(2) - 1000, AT(4)), 2);
    ASSERT_INT(ask(&b, AT(20), TF_1H, AT(1), AT(12)), 2);
    ASSERT(rows[1].open_ms == AT(4));
}

static void the_end_is_exclusive(void)
{
    struct sim_book b = whole_day();
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(2), AT(4)), 2);
    ASSERT(rows[0].open_ms == AT(3));
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(2), AT(4) + 1000), 3);
    ASSERT(rows[0].open_ms == AT(4));
    ASSERT(rows[0].close == 104.5); /* a closed bar is whole */
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(4), AT(4)), 0);
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(5), AT(4)), 0);
    ASSERT_INT(ask(&b, AT(20), TF_1H, AT(0), AT(5)), 2);
    ASSERT(rows[0].open_ms == AT(4) && rows[0].close == 107.5);
}

static void without_limits_the_newest_rows_come(void)
{
    struct sim_book b = whole_day();
    ASSERT_INT(ask(&b, AT(10), TF_15M, NO_START, NO_END), 11);
    ASSERT(rows[0].open_ms == AT(10) && rows[10].open_ms == AT(0));
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(8), NO_END), 3);
    ASSERT_INT(ask(&b, AT(10), TF_15M, NO_START, AT(3)), 3);
    ASSERT(rows[0].open_ms == AT(2));
}

static void a_range_before_the_first_bar_is_empty(void)
{
    struct sim_book b = whole_day();
    ASSERT_INT(ask(&b, AT(10), TF_15M, 0, DAY_MS), 0);
    ASSERT_INT(ask(&b, AT(10), TF_15M, 0, 0), 0);
    ASSERT_INT(ask(&b, DAY_MS - 1, TF_15M, NO_START, NO_END), 0);
}

static void buckets_without_a_trade_are_left_out(void)
{
    static const int absent[] = { 3, 4, 5, 6, 7, 8, -1 };
    struct sim_book b = day_without(absent);

    ASSERT_INT(ask(&b, AT(20), TF_15M, AT(0), AT(12)), 6);
    ASSERT(rows[2].open_ms == AT(9) && rows[3].open_ms == AT(2));
    ASSERT_INT(ask(&b, AT(20), TF_1H, AT(0), AT(12)), 2);
    ASSERT(rows[0].open_ms == AT(8) && rows[1].open_ms == AT(0));
    ASSERT(rows[0].open == 109.0 && rows[0].volume == 33.0);
    ASSERT(rows[1].close == 102.5 && rows[1].volume == 6.0);
}

static void an_hour_is_made_of_its_quarters(void)
{
    struct sim_book b = whole_day();
    ASSERT_INT(ask(&b, AT(8), TF_1H, AT(4), AT(8)), 1);
    ASSERT(rows[0].open_ms == AT(4));
    ASSERT(rows[0].open == 104.0 && rows[0].close == 107.5);
    ASSERT(rows[0].high == 117.0 && rows[0].low == 94.0);
    ASSERT(rows[0].volume == 5.0 + 6.0 + 7.0 + 8.0);
    ASSERT_INT(ask(&b, AT(32), TF_4H, AT(16), AT(32)), 1);
    ASSERT(rows[0].open == 116.0 && rows[0].close == 131.5);
    ASSERT(rows[0].high == 141.0 && rows[0].low == 106.0);
    ASSERT(rows[0].volume == 16.0 * (17.0 + 32.0) / 2.0);
}

static void the_forming_quarter_is_flat_at_its_open(void)
{
    struct sim_book b = whole_day();
    int64_t now_ms = AT(10) + 7 * MS_PER_MINUTE;

    ASSERT_INT(ask(&b, now_ms, TF_15M, AT(9), AT(11)), 2);
    ASSERT(rows[0].open_ms == AT(10));
    ASSERT(rows[0].open == 110.0 && rows[0].close == 110.0);
    ASSERT(rows[0].high == 110.0 && rows[0].low == 110.0);
    ASSERT(rows[0].volume == SIM_FORMING_VOLUME);
    ASSERT(rows[1].close == 109.5);
    /* Only when the end is after its start. */
    ASSERT_INT(ask(&b, now_ms, TF_15M, AT(9), AT(10)), 1);
    ASSERT(rows[0].open_ms == AT(9));
}

static void a_forming_hour_is_its_closed_quarters_and_the_open(void)
{
    struct sim_book b = whole_day();
    int64_t now_ms = AT(10) + 7 * MS_PER_MINUTE; /* third quarter */

    ASSERT_INT(ask(&b, now_ms, TF_1H, AT(8), NO_END), 1);
    ASSERT(rows[0].open_ms == AT(8) && rows[0].open == 108.0);
    ASSERT(rows[0].close == 110.0);
    ASSERT(rows[0].high == 119.0 && rows[0].low == 98.0);
    ASSERT(rows[0].volume == 9.0 + 10.0 + SIM_FORMING_VOLUME);
}

static void without_a_forming_bar_there_is_no_forming_row(void)
{
    static const int absent[] = { 10, 12, -1 };
    struct sim_book b = day_without(absent);

    ASSERT_INT(ask(&b, AT(10) + 1, TF_15M, AT(9), NO_END), 1);
    ASSERT(rows[0].open_ms == AT(9));
    ASSERT_INT(ask(&b, AT(10) + 1, TF_1H, AT(8), NO_END), 1);
    ASSERT(rows[0].close == 109.5 && rows[0].volume == 19.0);
    ASSERT_INT(ask(&b, AT(12) + 1, TF_1H, AT(12), NO_END), 0);
}

static void a_bar_closes_at_its_last_instant(void)
{
    struct sim_book b = whole_day();
    ASSERT_INT(ask(&b, AT(11) - 1, TF_15M, AT(10), NO_END), 1);
    ASSERT(rows[0].close == 110.0);
    ASSERT_INT(ask(&b, AT(11), TF_15M, AT(10), AT(11)), 1);
    ASSERT(rows[0].close == 110.5);
    ASSERT_INT(ask(&b, AT(10) - 1, TF_15M, AT(10), NO_END), 0);
    ASSERT_INT(ask(&b, AT(10), TF_15M, AT(10), NO_END), 1);
}

/* Replaces everything after the clock, the closes of the forming bar included,
 * and asks again: no answer may change. */
static void nothing_after_the_clock_leaks(void)
{
    static struct bar before[SIM_CANDLES_MAX];
    int changed = 0, asked = 0;

    for (int64_t now_ms = AT(0); now_ms < AT(40); now_ms += MS_PER_MINUTE) {
        for (int tf = 0; tf < TF_COUNT; tf++) {
            struct sim_book b = whole_day();
            struct sim_trade trade = { 0 }, again = { 0 };
            size_t n = ask(&b, now_ms, (enum timeframe)tf, NO_START, NO_END);
            memcpy(before, rows, sizeof(before));
            sim_last_trade(&b, now_ms, &trade);
            for (size_t i = 0; i < b.count; i++) {
                struct bar *bar = &b.bars[i];
                if (bar_close_ms(bar, TF_15M) <= now_ms)
                    continue;
                bar->high = 1e6;
                bar->low = 1e-6;
                bar->close = bar->volume = 777.0;
                if (bar->open_ms > now_ms)
                    bar->open = 888.0;
            }
            sim_last_trade(&b, now_ms, &again);
            changed +=
                ask(&b, now_ms, (enum timeframe)tf, NO_START, NO_END) != n;
            changed += memcmp(before, rows, sizeof(before)) != 0;
            changed += trade.price != again.price || trade.at_ms != again.at_ms;
            asked++;
        }
    }
    ASSERT_INT(changed, 0);
    ASSERT_INT(asked, 3 * 40 * 15);
}

static void at_most_1500_rows_come_and_the_newest_are_kept(void)
{
    enum { LONG = 2000 };
    static struct bar bars[LONG];
    struct sim_book b = { .symbol = "BTC-USDT", .count = LONG, .bars = bars };

    for (int i = 0; i < LONG; i++)
        bars[i] = (struct bar){ AT(i), 1.0, 1.0, 1.0, 1.0, 1.0, 0 };
    ASSERT_INT(ask(&b, AT(LONG), TF_15M, AT(0), AT(LONG)), 1500);
    ASSERT(rows[0].open_ms == AT(LONG - 1));
    ASSERT(rows[1499].open_ms == AT(LONG - 1500));
    /* The page before: the end is the oldest time received. */
    ASSERT_INT(ask(&b, AT(LONG), TF_15M, AT(0), rows[1499].open_ms), 500);
    ASSERT(rows[0].open_ms == AT(499) && rows[499].open_ms == AT(0));
    ASSERT_INT(ask(&b, AT(LONG), TF_4H, AT(0), AT(LONG)), 125);
}

static void the_ticker_is_the_forming_open_else_the_last_close(void)
{
    static const int absent[] = { 10, 11, -1 };
    struct sim_book b = day_without(absent);
    struct sim_trade t = { 0 };

    ASSERT(sim_last_trade(&b, AT(9) + 5, &t));
    ASSERT(t.price == 109.0 && t.at_ms == AT(9) + 5);
    ASSERT(sim_last_trade(&b, AT(11) + 5, &t));
    ASSERT(t.price == 109.5 && t.at_ms == AT(10));
    ASSERT(sim_last_trade(&b, AT(200), &t));
    ASSERT(t.price == 195.5 && t.at_ms == AT(96));
    ASSERT(!sim_last_trade(&b, AT(0) - 1, &t));
}

/* Quarter 10 goes from 110 down to 100 in ten minutes, a whole price each, and
 * up again to 105 in five. */
static struct sim_book with_minutes(void)
{
    static double minutes[QUARTERS * SIM_BAR_MINUTES];
    struct sim_book b = whole_day();
    for (int i = 0; i < SIM_BAR_MINUTES; i++)
        minutes[10 * SIM_BAR_MINUTES + i] = i < 10 ? 109 - i : 91 + i;
    day[10] = (struct bar){ AT(10), 110.0, 110.0, 100.0, 105.0, 1.0, 0 };
    b.minutes = minutes;
    return b;
}

static void known_minutes_move_the_ticker(void)
{
    static const struct {
        int seconds;
        double price;
    } at[] = { { 0, 110.0 },   { 60, 109.0 },  { 90, 108.5 }, { 600, 100.0 },
               { 630, 100.5 }, { 899, 104.9 }, { 900, 111.0 } };
    struct sim_book b = with_minutes();
    struct sim_trade t = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(at); i++) {
        int64_t now_ms = AT(10) + at[i].seconds * 1000;
        ASSERT(sim_last_trade(&b, now_ms, &t));
        ASSERT_NEAR(t.price, at[i].price, 1e-12);
        ASSERT(t.at_ms == now_ms);
    }
}

static void and_the_row_that_is_forming(void)
{
    struct sim_book b = with_minutes();

    ASSERT_INT(ask(&b, AT(10) + 90 * 1000, TF_15M, AT(10), NO_END), 1);
    ASSERT_NEAR(rows[0].close, 108.5, 1e-12);
    ASSERT_NEAR(rows[0].low, 108.5, 1e-12);
    ASSERT(rows[0].high == 110.0 && rows[0].volume == SIM_FORMING_VOLUME);
    ASSERT_INT(ask(&b, AT(10) + 12 * MS_PER_MINUTE, TF_1H, AT(8), NO_END), 1);
    ASSERT_NEAR(rows[0].close, 102.0, 1e-12);
    ASSERT(rows[0].low == 98.0 && rows[0].high == 119.0);
    ASSERT_INT(ask(&b, AT(11), TF_15M, AT(10), AT(11)), 1);
    ASSERT(rows[0].close == 105.0 && rows[0].volume == 1.0);
}

static void a_minute_to_come_does_not_leak(void)
{
    struct sim_book b = with_minutes();
    int64_t now_ms = AT(10) + 5 * MS_PER_MINUTE;
    struct sim_trade t = { 0 };

    for (int i = 5; i < SIM_BAR_MINUTES; i++)
        b.minutes[10 * SIM_BAR_MINUTES + i] = 777.0;
    ASSERT(sim_last_trade(&b, now_ms, &t) && t.price == 105.0);
    ASSERT_INT(ask(&b, now_ms, TF_15M, AT(10), NO_END), 1);
    ASSERT(rows[0].high == 110.0 && rows[0].low == 105.0);
}

void sim_candles_test(void);

void sim_candles_test(void)
{
    TEST_SUITE("sim/candles");
    TEST(rows_are_newest_first);
    TEST(the_start_is_inclusive_and_snaps_up);
    TEST(the_end_is_exclusive);
    TEST(without_limits_the_newest_rows_come);
    TEST(a_range_before_the_first_bar_is_empty);
    TEST(buckets_without_a_trade_are_left_out);
    TEST(an_hour_is_made_of_its_quarters);
    TEST(the_forming_quarter_is_flat_at_its_open);
    TEST(a_forming_hour_is_its_closed_quarters_and_the_open);
    TEST(without_a_forming_bar_there_is_no_forming_row);
    TEST(a_bar_closes_at_its_last_instant);
    TEST(nothing_after_the_clock_leaks);
    TEST(at_most_1500_rows_come_and_the_newest_are_kept);
    TEST(the_ticker_is_the_forming_open_else_the_last_close);
    TEST(known_minutes_move_the_ticker);
    TEST(and_the_row_that_is_forming);
    TEST(a_minute_to_come_does_not_leak);
}
