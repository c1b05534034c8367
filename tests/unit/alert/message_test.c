/* Golden texts, written by hand as the operator should read them. */
#include <stdio.h>
#include <string.h>

#include "alert/said.h"
#include "base/array.h"
#include "base/moment.h"
#include "test.h"

static struct said s;

static void reads(enum alert_reason reason, int64_t priority, const char *title,
                  const char *body)
{
    const struct intent *i = said(&s, reason);
    ASSERT_STR(i->title, title);
    ASSERT_STR(i->body, body);
    ASSERT_INT(i->priority, priority);
}

static void a_warning_says_watch(void)
{
    said_begin(&s, STATE_WARNING, SAID_AT(1, 15));
    said_price(&s, 42303.8);
    said_pi(&s, .2620, .0012, .0718);
    said_haz(&s, W_HAZ, .2632, .25);
    reads(ALERT_FIRST, 0, "WARNING ↓ btc-a (BTC-USDT)",
          "Watch it. No need to act yet.\n"
          "BTC-USDT 42303.8 (15m close 01:15 UTC): lower 39913 is 5.7 % below, "
          "upper 53638 is 26.8 % above.\n"
          "Why: W_HAZ pi 0.263 ≥ 0.25 (15m close 01:15 UTC).\n"
          "pi, the chance to leave the range in 24 h: 26 % (down 26 %, up "
          "0.1 %).\n"
          "Stop 38476 is 9.0 % below; chance to touch it in 12 h: at most "
          "7.2 %.\n"
          "Money: at most 452 of 5000 USDT lost from here to the stop, if all "
          "were in BTC and before fees. Position unknown: no source is built "
          "yet.\n"
          "Next: LATEST_ACCEPTABLE_EXIT when pi reaches 0.4.\n");
}

static void begin_latest(void)
{
    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    said_price(&s, 40839.9);
    said_pi(&s, .4522, .0001, .23);
    said_haz(&s, L_HAZ, .4523, .4);
    said_haz(&s, W_HAZ, .4523, .2);
}

static void latest_says_until_when(void)
{
    begin_latest();
    s.e.boundary_pending = true;
    s.e.verdict.triggers[M_BOUNDARY].hits = 1;
    reads(ALERT_WORSE, 1, "LATEST_ACCEPTABLE_EXIT ↓ btc-a (BTC-USDT)",
          "Get out by 03:00 UTC: stop the grid and close its position.\n"
          "BTC-USDT 40839.9 (15m close 02:00 UTC): lower 39913 is 2.3 % below, "
          "upper 53638 is 31.3 % above.\n"
          "Why: L_HAZ pi 0.452 ≥ 0.4 (15m close 02:00 UTC); W_HAZ ≥ 0.2.\n"
          "pi, the chance to leave the range in 24 h: 45 % (down 45 %, up "
          "0.0 %).\n"
          "Stop 38476 is 5.8 % below; chance to touch it in 12 h: at most "
          "23 %.\n"
          "Money: at most 289 of 5000 USDT lost from here to the stop, if all "
          "were in BTC and before fees. Position unknown: no source is built "
          "yet.\n"
          "Pending: the last two 15m closes are outside the range.\n"
          "Next: MANDATORY_EXIT after 2 hourly closes in a row outside (1 so "
          "far) or a touch of the stop.\n");
}

static void mandatory_by_the_boundary_says_now(void)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(6, 0));
    said_price(&s, 39205.7);
    said_pi(&s, .89, 0, .72);
    said_boundary(&s, SIDE_DOWN, 39913, 39205.7, SAID_AT(6, 0));
    s.e.boundary_pending = true; /* says nothing new */
    reads(ALERT_WORSE, 2, "MANDATORY_EXIT ↓ btc-a (BTC-USDT)",
          "Get out now: stop the grid and close its position.\n"
          "BTC-USDT 39205.7 (15m close 06:00 UTC): lower 39913 is 1.8 % above, "
          "upper 53638 is 36.8 % above.\n"
          "Why: M_BOUNDARY 2 hourly closes in a row below 39913, the last "
          "39205.7 at 06:00 UTC.\n"
          "pi, the chance to leave the range in 24 h: 89 % (down 89 %, up "
          "0.0 %).\n"
          "Stop 38476 is 1.9 % below; chance to touch it in 12 h: at most "
          "72 %.\n"
          "Money: at most 93.1 of 5000 USDT lost from here to the stop, if all "
          "were in BTC and before fees. Position unknown: no source is built "
          "yet.\n"
          "Next: the siren repeats every 75 s until you acknowledge it, for 60 "
          "min at most.\n");
}

static void mandatory_by_the_stop_does_not_say_that_nothing_is_lost(void)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(11, 30));
    said_price(&s, 38124.3);
    said_pi(&s, .89, 0, 1);
    said_stop(&s, EVIDENCE_BAR, 38070.7, SAID_AT(11, 30));
    reads(ALERT_WORSE, 2, "MANDATORY_EXIT ↓ btc-a (BTC-USDT)",
          "Get out now: stop the grid and close its position.\n"
          "BTC-USDT 38124.3 (15m close 11:30 UTC): lower 39913 is 4.7 % above, "
          "upper 53638 is 40.7 % above.\n"
          "Why: M_STOP 15m low 38070.7 ≤ stop 38476 (15m close 11:30 UTC).\n"
          "pi, the chance to leave the range in 24 h: 89 % (down 89 %, up "
          "0.0 %).\n"
          "Stop 38476 is passed.\n"
          "Money: the price is below the stop: nothing bounds the loss from "
          "here. Position unknown: no source is built yet.\n"
          "Next: the siren repeats every 75 s until you acknowledge it, for 60 "
          "min at most.\n");
}

static const char *why(enum alert_reason reason)
{
    return said_line(&s, reason, "Why: ");
}

static void begin_stop(enum trigger_evidence evidence, double price,
                       int64_t seen_ms)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(11, 30));
    said_price(&s, 40000);
    said_stop(&s, evidence, price, seen_ms);
}

static void a_stop_names_its_witness(void)
{
    begin_stop(EVIDENCE_TICKER, 38470, SAID_AT(11, 30) + 12000);
    ASSERT_STR(why(ALERT_WORSE),
               "Why: M_STOP ticker 38470 ≤ stop 38476 at 11:30 UTC.");
    begin_stop(EVIDENCE_TICKER, 38470, MOMENT_NONE);
    ASSERT_STR(why(ALERT_WORSE), "Why: M_STOP ticker 38470 ≤ stop 38476.");
    begin_stop(EVIDENCE_BAR, 60001, SAID_AT(11, 30));
    s.e.verdict.triggers[M_STOP].side = SIDE_UP;
    s.e.verdict.triggers[M_STOP].limit = 60000;
    ASSERT_STR(why(ALERT_WORSE), "Why: M_STOP 15m high 60001 ≥ stop 60000 (15m "
                                 "close 11:30 UTC).");
}

static void a_latch_says_when_with_the_day_if_it_is_long_ago(void)
{
    begin_stop(EVIDENCE_LATCH, 0, SAID_AT(2, 0));
    ASSERT_STR(why(ALERT_WORSE), "Why: M_STOP stop 38476 was touched at 02:00 "
                                 "UTC and the grid was not stopped since.");
    begin_stop(EVIDENCE_LATCH, 0, SAID_AT(-13, 30));
    ASSERT_STR(why(ALERT_WORSE),
               "Why: M_STOP stop 38476 was touched at 2021-05-18 11:30 UTC and "
               "the grid was not stopped since.");
    begin_stop(EVIDENCE_LATCH, 0, SAID_AT(-13, 45));
    ASSERT_STR(why(ALERT_WORSE), "Why: M_STOP stop 38476 was touched at 11:45 "
                                 "UTC and the grid was not stopped since.");
}

static void held_mandatory_says_why_it_holds(void)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(8, 15));
    said_price(&s, 41000);
    s.e.verdict.held = true;
    ASSERT_STR(why(ALERT_FIRST),
               "Why: MANDATORY_EXIT is held until hourly closes in a row are "
               "free of its cause.");
    said_haz(&s, L_HAZ, .56, .3);
    ASSERT_STR(why(ALERT_FIRST),
               "Why: L_HAZ pi 0.560 ≥ 0.3 (15m close 08:15 UTC); "
               "MANDATORY_EXIT is held until hourly closes in a row are free "
               "of its cause.");
    ASSERT_STR(said_line(&s, ALERT_FIRST, "Get out"),
               "Get out now: stop the grid and close its position.");
}

static void resolved_says_nothing_to_do(void)
{
    said_begin(&s, STATE_NORMAL, SAID_AT(18, 15));
    said_price(&s, 43199.4);
    said_pi(&s, .1915, .0022, .028);
    reads(ALERT_RESOLVED, -1, "Resolved: NORMAL btc-a (BTC-USDT)",
          "Nothing to do: the state is NORMAL again.\n"
          "BTC-USDT 43199.4 (15m close 18:15 UTC): lower 39913 is 7.6 % below, "
          "upper 53638 is 24.2 % above.\n"
          "pi, the chance to leave the range in 24 h: 19 % (down 19 %, up "
          "0.2 %).\n"
          "Stop 38476 is 11 % below; chance to touch it in 12 h: at most "
          "2.8 %.\n"
          "Money: at most 547 of 5000 USDT lost from here to the stop, if all "
          "were in BTC and before fees. Position unknown: no source is built "
          "yet.\n");
}

static void known_again_says_so_in_its_title(void)
{
    begin_latest();
    ASSERT_STR(said(&s, ALERT_SIGHTED)->title,
               "Known again: LATEST_ACCEPTABLE_EXIT ↓ btc-a (BTC-USDT)");
    ASSERT_INT(s.intent.priority, -1);
    s.e.verdict.state = STATE_NORMAL;
    ASSERT_STR(said(&s, ALERT_SIGHTED)->title,
               "Known again: NORMAL btc-a (BTC-USDT)");
}

static void begin_blind(enum price_cause cause)
{
    said_begin(&s, STATE_UNKNOWN, SAID_AT(3, 0));
    said_price(&s, 42303.8);
    said_blind(&s, cause, SAID_AT(2, 15));
    s.e.verdict.known = STATE_WARNING;
}

static void blind_says_look_yourself(void)
{
    begin_blind(PRICE_NO_TRADES);
    reads(ALERT_BLIND, 0, "UNKNOWN btc-a (BTC-USDT)",
          "State unknown: no trade for more than 30 minutes. Last known: "
          "WARNING. Look at the exchange yourself.\n"
          "BTC-USDT was 42303.8 (newest 15m close 02:15 UTC): the range is "
          "39913 to 53638.\n"
          "Stop 38476, its distance is unknown.\n"
          "Money: unknown without a price. Position unknown: no source is "
          "built yet.\n"
          "Next: a message when the state is known again.\n");
}

static void blind_without_any_bar_names_no_price(void)
{
    begin_blind(PRICE_API_ERROR);
    s.e.close = value_none(VALUE_UNAVAILABLE);
    s.e.close_ms = MOMENT_NONE;
    s.e.verdict.known = STATE_UNKNOWN;
    s.grid.stop.below = NO_VALUE;
    reads(ALERT_BLIND, 0, "UNKNOWN btc-a (BTC-USDT)",
          "State unknown: the exchange gave no candles. It was not known "
          "before either. Look at the exchange yourself.\n"
          "BTC-USDT has no 15m close yet: the range is 39913 to 53638.\n"
          "No stop is set.\n"
          "Money: unknown without a price. Position unknown: no source is "
          "built yet.\n"
          "Next: a message when the state is known again.\n");
}

static const char *first_line(enum alert_reason reason)
{
    return said_line(&s, reason, "");
}

static void each_cause_of_blindness_has_its_words(void)
{
    static const struct {
        enum price_cause cause;
        const char *want;
    } rows[] = {
        { PRICE_MARKET_CLOSED, "the exchange says the market is closed" },
        { PRICE_CLOCK, "our clock is off by more than 30 s" },
        { PRICE_API_ERROR, "the exchange gave no candles" },
        { PRICE_NO_TRADES, "no trade for more than 30 minutes" },
        { PRICE_UNWITNESSED, "the price jumped and nothing confirms it yet" },
        { PRICE_KNOWN, "more than 5 % of the candles are missing" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char want[200];
        begin_blind(rows[i].cause);
        snprintf(want, sizeof(want),
                 "State unknown: %s. Last known: WARNING. Look at the exchange "
                 "yourself.",
                 rows[i].want);
        ASSERT_STR(first_line(ALERT_BLIND), want);
    }
    s.e.hazard.pi = value_none(VALUE_WARMUP);
    ASSERT_STR(first_line(ALERT_BLIND),
               "State unknown: too few candles yet for the volatility, it "
               "needs a day of them. Last known: WARNING. Look at the exchange "
               "yourself.");
    s.e.verdict.triggers[M_BOUNDARY].answer = ANSWER_UNKNOWN;
    ASSERT_STR(first_line(ALERT_BLIND),
               "State unknown: the newest 1h candle is missing. Last known: "
               "WARNING. Look at the exchange yourself.");
}

static void a_long_spot_grid_above_its_range_is_idle(void)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(6, 0));
    said_price(&s, 54000);
    said_pi(&s, 0, .89, .0001);
    said_boundary(&s, SIDE_UP, 53638, 54000, SAID_AT(6, 0));
    reads(ALERT_WORSE, 0, "Idle: MANDATORY_EXIT ↑ btc-a (BTC-USDT)",
          "Idle, nothing at risk: the price broke out above, where this grid "
          "holds only USDT. Stop it when convenient.\n"
          "BTC-USDT 54000 (15m close 06:00 UTC): lower 39913 is 26.1 % below, "
          "upper 53638 is 0.7 % below.\n"
          "Why: M_BOUNDARY 2 hourly closes in a row above 53638, the last "
          "54000 at 06:00 UTC.\n"
          "pi, the chance to leave the range in 24 h: 89 % (down 0.0 %, up "
          "89 %).\n"
          "Stop 38476 is 29 % below; chance to touch it in 12 h: at most "
          "0.0 %.\n"
          "Money: nothing at risk as long as the price stays outside. Position "
          "unknown: no source is built yet.\n");
}

/* Inside the range the grid holds base: it must not read as safe. */
static void a_likelier_break_up_is_not_yet_idle(void)
{
    begin_latest();
    s.e.side = SIDE_UP;
    said(&s, ALERT_WORSE);
    ASSERT_STR(s.intent.title,
               "No hurry: LATEST_ACCEPTABLE_EXIT ↑ btc-a (BTC-USDT)");
    ASSERT_STR(first_line(ALERT_WORSE),
               "No hurry: the likelier break is up, where this grid risks "
               "nothing. A break down would cost.");
    ASSERT_INT(s.intent.priority, 0);
    s.e.verdict.state = STATE_WARNING;
    ASSERT_STR(first_line(ALERT_WORSE), "Watch it. No need to act yet.");
    ASSERT_STR(said(&s, ALERT_WORSE)->title, "WARNING ↑ btc-a (BTC-USDT)");
}

static void where_up_costs_money_it_is_urgent(void)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(6, 0));
    said_price(&s, 54000);
    said_boundary(&s, SIDE_UP, 53638, 54000, SAID_AT(6, 0));
    s.grid.side = GRID_NEUTRAL;
    ASSERT_STR(first_line(ALERT_FIRST),
               "Get out now: stop the grid and close its position.");
    ASSERT_STR(said(&s, ALERT_FIRST)->title,
               "MANDATORY_EXIT ↑ btc-a (BTC-USDT)");
    ASSERT_INT(s.intent.priority, 2);
    s.grid.side = GRID_LONG;
    s.grid.market = GRID_FUTURES;
    ASSERT_INT(said(&s, ALERT_FIRST)->priority, 2);
    s.grid.market = GRID_SPOT;
    s.grid.side = GRID_SHORT;
    said_boundary(&s, SIDE_DOWN, 39913, 39000, SAID_AT(6, 0));
    ASSERT_STR(first_line(ALERT_FIRST),
               "Idle, nothing at risk: the price broke out below, where this "
               "grid has nothing left to buy back, only USDT. Stop it when "
               "convenient.");
}

/* Coins of a hundred-thousandth of a dollar have readable prices too. */
static void small_prices_are_written_out(void)
{
    said_begin(&s, STATE_WARNING, SAID_AT(1, 15));
    s.grid.lower = 1.15e-5;
    s.grid.upper = 1.5e-5;
    s.grid.stop.below = 1e-5;
    said_price(&s, 1.234567e-5);
    ASSERT_STR(said_line(&s, ALERT_FIRST, "BTC-USDT"),
               "BTC-USDT 0.00001234567 (15m close 01:15 UTC): lower 0.0000115 "
               "is 6.8 % below, upper 0.000015 is 21.5 % above.");
    ASSERT_STR(said_line(&s, ALERT_FIRST, "Stop"),
               "Stop 0.00001 is 19 % below.");
}

void message_test(void);
void message_test(void)
{
    TEST_SUITE("alert/message");
    TEST(a_warning_says_watch);
    TEST(latest_says_until_when);
    TEST(mandatory_by_the_boundary_says_now);
    TEST(mandatory_by_the_stop_does_not_say_that_nothing_is_lost);
    TEST(a_stop_names_its_witness);
    TEST(a_latch_says_when_with_the_day_if_it_is_long_ago);
    TEST(held_mandatory_says_why_it_holds);
    TEST(resolved_says_nothing_to_do);
    TEST(known_again_says_so_in_its_title);
    TEST(blind_says_look_yourself);
    TEST(blind_without_any_bar_names_no_price);
    TEST(each_cause_of_blindness_has_its_words);
    TEST(a_long_spot_grid_above_its_range_is_idle);
    TEST(a_likelier_break_up_is_not_yet_idle);
    TEST(where_up_costs_money_it_is_urgent);
    TEST(small_prices_are_written_out);
}
