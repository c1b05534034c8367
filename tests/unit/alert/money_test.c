/* Golden lines about money, and the texts of rows that tell a state again.
 * Written by hand as the operator should read them. */
#include <stdio.h>
#include <string.h>

#include "alert/said.h"
#include "base/array.h"
#include "base/moment.h"
#include "test.h"

static struct said s;

static struct value real(double x)
{
    return value_real(x, 1);
}

/* 0.0871 BTC at 46000, to the stop at 38476. */
static void begin(enum position_source source)
{
    said_begin(&s, STATE_LATEST, SAID_AT(2, 0));
    said_price(&s, 46000);
    said_pi(&s, .4, .05, .1);
    s.position = (struct position){ .source = source, .reason = "" };
    s.position.inventory = (struct interval){ real(.0871), .0871, .0871 };
    s.has_risk = true;
    s.risk = (struct risk){ .to_stop = true,
                            .at_risk = real(412.3),
                            .at_risk_lo = real(412.3),
                            .at_risk_hi = real(412.3),
                            .stop_atr = real(1.94) };
    for (int i = 0; i < RISK_HOURS; i++) {
        s.risk.give_back_typical[i] = real(i == 2 ? 38.4 : 1);
        s.risk.give_back_adverse[i] = real(i == 2 ? 90.26 : 2);
    }
}

static const char *money(void)
{
    return said_line(&s, ALERT_WORSE, "Money: ");
}

static void what_is_at_risk_is_told_in_money(void)
{
    begin(POSITION_EXCHANGE);
    ASSERT_STR(
        money(),
        "Money: 412 of 5000 USDT at risk to the stop, 12 h of waiting "
        "may cost 38.4 to 90.3 USDT; the stop is 1.9 ATR(4h) away. Position "
        "source: exchange, 0.0871 BTC.");
}

/* The money is of the close, and the stop is not away any more. */
static void behind_a_ticker_it_is_that_of_the_close(void)
{
    begin(POSITION_EXCHANGE);
    said_stop(&s, EVIDENCE_TICKER, 38470, s.e.slot_ms + 12000);
    ASSERT_STR(money(),
               "Money: 412 of 5000 USDT at risk to the stop at that close, "
               "12 h of waiting may cost 38.4 to 90.3 USDT. Position "
               "source: exchange, 0.0871 BTC.");
}

static void a_modelled_figure_says_how_unsure_it_is(void)
{
    begin(POSITION_MODEL);
    s.position.reason = "no key of the exchange";
    s.position.inventory = (struct interval){ real(.0871), .0813, .0902 };
    s.risk.at_risk_lo = real(390.1);
    s.risk.at_risk_hi = real(430);
    ASSERT_STR(
        money(),
        "Money: 412 to 430 of 5000 USDT at risk to the stop, 12 "
        "h of waiting may cost 38.4 to 90.3 USDT; the stop is 1.9 ATR(4h) "
        "away. Position source: model, 0.0813 to 0.0902 BTC, inferred "
        "from bars.");
}

static void what_is_not_known_is_left_out(void)
{
    begin(POSITION_EXCHANGE);
    s.risk.to_stop = false;
    s.risk.stop_atr = value_none(VALUE_UNAVAILABLE);
    s.risk.give_back_adverse[2] = value_none(VALUE_WARMUP);
    s.grid.capital = NO_VALUE;
    s.position.inventory.nominal = value_none(VALUE_UNAVAILABLE);
    ASSERT_STR(money(), "Money: 412 USDT at risk to the lower bound. "
                        "Position source: exchange.");
    s.risk.at_risk = value_none(VALUE_STALE); /* then the price has the word */
    s.grid.capital = 5000;
    ASSERT_STR(money(), "Money: at most 818 of 5000 USDT lost from here to the "
                        "stop, if all were in BTC and before fees. Position "
                        "source: exchange.");
}

/* Below the stop nothing bounds the loss, but what waiting costs is known. */
static void the_price_of_waiting_is_told_without_a_bound(void)
{
    begin(POSITION_EXCHANGE);
    s.risk.at_risk = value_none(VALUE_UNAVAILABLE);
    ASSERT_STR(money(), "Money: at most 818 of 5000 USDT lost from here to the "
                        "stop, if all were in BTC and before fees. 12 h of "
                        "waiting may cost 38.4 to 90.3 USDT. Position source: "
                        "exchange, 0.0871 BTC.");
    s.position.inventory = (struct interval){ real(0), 0, 0 };
    ASSERT_STR(money(), "Money: nothing is held now. Position source: "
                        "exchange, 0 BTC.");
    s.position.source = POSITION_MODEL; /* which nobody saw */
    ASSERT(!strstr(money(), "nothing is held"));
}

static void an_idle_grid_risks_nothing_whatever_it_holds(void)
{
    begin(POSITION_EXCHANGE);
    s.e.side = SIDE_UP;
    said_price(&s, 54000);
    ASSERT_STR(money(), "Money: nothing at risk as long as the price stays "
                        "outside. Position source: exchange, 0.0871 BTC.");
}

static const char *line(enum alert_reason reason, enum exit_state state, int n)
{
    said_begin(&s, state, SAID_AT(2, 0));
    said_price(&s, 46000);
    s.acknowledged_ms = SAID_AT(-2, 5);
    const char *p = said(&s, reason)->body;
    while (n-- > 0)
        p += strcspn(p, "\n") + 1;
    snprintf(s.line, sizeof(s.line), "%.*s", (int)strcspn(p, "\n"), p);
    return s.line;
}

static void each_row_has_its_title_and_its_occasion(void)
{
    static const struct {
        enum alert_reason reason;
        enum exit_state state;
        int64_t priority;
        const char *title, *occasion;
    } rows[] = {
        { ALERT_BETTER, STATE_LATEST, -1,
          "Better: LATEST_ACCEPTABLE_EXIT ↓ btc-a (BTC-USDT)",
          "It is less bad than it was." },
        { ALERT_GRAVER, STATE_MANDATORY, 2,
          "Graver: MANDATORY_EXIT ↓ btc-a (BTC-USDT)",
          "It is worse than when it was told." },
        { ALERT_UNHEARD, STATE_MANDATORY, 2,
          "Unanswered: MANDATORY_EXIT ↓ btc-a (BTC-USDT)",
          "Nobody acknowledged it." },
        { ALERT_ESCALATED, STATE_LATEST, 2,
          "Unresolved: LATEST_ACCEPTABLE_EXIT ↓ btc-a (BTC-USDT)",
          "It still stands." },
        { ALERT_SIDE, STATE_LATEST, 1,
          "Other side: LATEST_ACCEPTABLE_EXIT ↓ btc-a (BTC-USDT)",
          "The danger has changed sides." },
        { ALERT_CAUSE, STATE_LATEST, 1,
          "One more reason: LATEST_ACCEPTABLE_EXIT ↓ btc-a (BTC-USDT)",
          "There is a reason that was not told." },
        { ALERT_REPEAT, STATE_WARNING, 0, "Still: WARNING ↓ btc-a (BTC-USDT)",
          "It still stands." },
        { ALERT_REPEAT, STATE_UNKNOWN, 0, "Still: UNKNOWN btc-a (BTC-USDT)",
          "It still stands." },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ASSERT_STR(line(rows[i].reason, rows[i].state, 1), rows[i].occasion);
        ASSERT_STR(s.intent.title, rows[i].title);
        ASSERT_INT(s.intent.priority, rows[i].priority);
    }
    ASSERT_STR(line(ALERT_ESCALATED, STATE_LATEST, 0),
               "Get out by 03:00 UTC: stop the grid and close its position.");
}

static void the_question_says_how_to_answer_it(void)
{
    ASSERT_STR(line(ALERT_ASKED, STATE_MANDATORY, 0),
               "Was it stopped? Acknowledged at 22:05 UTC, it still counts as "
               "running. If it is stopped: gridwatch grid stop btc-a. Get out "
               "now: stop the grid and close its position.");
    ASSERT_STR(s.intent.title, "Stopped? MANDATORY_EXIT ↓ btc-a (BTC-USDT)");
    ASSERT_INT(s.intent.priority, 1);
}

static void a_range_that_is_back_asks_for_nothing(void)
{
    ASSERT_STR(line(ALERT_RANGE_BACK, STATE_NORMAL, 0),
               "Nothing has to be done. All gates of a restart are open for "
               "the first time since this grid was stopped.");
    ASSERT_STR(s.intent.title, "Range is back: btc-a (BTC-USDT)");
    ASSERT_STR(said_line(&s, ALERT_RANGE_BACK, "Next: "),
               "Next: 'gridwatch grid propose BTC-USDT' says range, levels and "
               "stop; the bars may have moved on. It is not told again.");
}

void money_test(void);
void money_test(void)
{
    TEST_SUITE("alert/money");
    TEST(what_is_at_risk_is_told_in_money);
    TEST(behind_a_ticker_it_is_that_of_the_close);
    TEST(a_modelled_figure_says_how_unsure_it_is);
    TEST(what_is_not_known_is_left_out);
    TEST(the_price_of_waiting_is_told_without_a_bound);
    TEST(an_idle_grid_risks_nothing_whatever_it_holds);
    TEST(each_row_has_its_title_and_its_occasion);
    TEST(the_question_says_how_to_answer_it);
    TEST(a_range_that_is_back_asks_for_nothing);
}
