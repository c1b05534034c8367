/* Messages of a grid that cannot be seen, written by hand as the operator
 * should read them. */
#include <stdio.h>

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

static const char *first_line(enum alert_reason reason)
{
    return said_line(&s, reason, "");
}

static void begin_blind(enum price_cause cause)
{
    said_begin(&s, STATE_UNKNOWN, SAID_AT(3, 0));
    said_price(&s, 42303.8);
    said_blind(&s, cause, SAID_AT(2, 15));
    s.e.verdict.known = STATE_WARNING;
}

/* Nothing is seen any more, and that itself is the reason. */
static void mandatory_without_a_price_says_that_it_is_blind(void)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(4, 30));
    said_price(&s, 40839.9);
    said_blind(&s, PRICE_API_ERROR, SAID_AT(2, 0));
    said_waiting(&s, .0186, .0438);
    said_yes(&s, M_BLIND, 2.25, 2)->gate = ANSWER_YES;
    reads(ALERT_WORSE, 2, "MANDATORY_EXIT btc-a (BTC-USDT)",
          "Get out now: stop the grid and close its position.\n"
          "How it stands now is unknown: the exchange gave no candles. Look at "
          "the exchange yourself.\n"
          "BTC-USDT was 40839.9 (newest 15m close 02:00 UTC): the range is "
          "39913 to 53638.\n"
          "Why: M_BLIND price unknown for 2.25 h, limit 2 h, and a break was "
          "likely before.\n"
          "Stop 38476, its distance is unknown.\n"
          "Money: unknown without a price. Position unknown: no source is "
          "built yet.\n"
          "Next: the siren repeats every 75 s until you acknowledge it, for 60 "
          "min at most.\n");
}

static void blind_says_look_yourself(void)
{
    begin_blind(PRICE_NO_TRADES);
    reads(ALERT_BLIND, 0, "UNKNOWN btc-a (BTC-USDT)",
          "State unknown: no trade for more than 30 minutes. No price for 45 "
          "min. Last known: WARNING. Look at the exchange yourself.\n"
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
          "State unknown: the exchange gave no candles. No price for 45 min. "
          "It was not known before either. Look at the exchange yourself.\n"
          "BTC-USDT has no 15m close yet: the range is 39913 to 53638.\n"
          "No stop is set.\n"
          "Money: unknown without a price. Position unknown: no source is "
          "built yet.\n"
          "Next: a message when the state is known again.\n");
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
                 "State unknown: %s. %sLast known: WARNING. Look at the "
                 "exchange yourself.",
                 rows[i].want,
                 rows[i].cause == PRICE_KNOWN ? "" : "No price for 45 min. ");
        ASSERT_STR(first_line(ALERT_BLIND), want);
    }
    s.e.hazard.pi = value_real(.2, 500);
    s.e.regime.reason = regime_reason_text(REGIME_REASON_1H_WARMUP);
    ASSERT_STR(first_line(ALERT_BLIND),
               "State unknown: no regime, 1h scores in warm-up. Last known: "
               "WARNING. Look at the exchange yourself.");
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

void blind_test(void);
void blind_test(void)
{
    TEST_SUITE("alert/blind");
    TEST(mandatory_without_a_price_says_that_it_is_blind);
    TEST(blind_says_look_yourself);
    TEST(blind_without_any_bar_names_no_price);
    TEST(each_cause_of_blindness_has_its_words);
}
