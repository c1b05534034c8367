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

/* No single row: two that count together, on two bars. */
static void a_warning_by_two_says_which(void)
{
    said_begin(&s, STATE_WARNING, SAID_AT(1, 15));
    said_price(&s, 46000);
    said_pi(&s, .1120, .0301, .0213);
    said_waiting(&s, .0186, .0438);
    said_yes(&s, W_ER, 1.8204, 1.645);
    said_yes(&s, W_VER, 1.1402, 1.1);
    said_together(&s, 2, 2);
    s.e.verdict.literal[W_ER] = s.e.verdict.literal[L_VER] = true;
    struct trigger_result *ver = &s.e.verdict.triggers[L_VER];
    ver->gate = ANSWER_NO;
    ver->distance = -.06;
    struct trigger_result *slow = &s.e.verdict.triggers[L_HL];
    slow->gate = ANSWER_NO; /* far enough, but on one close only */
    slow->distance = -.5;
    slow->hits = 1;
    slow->of = 4;
    s.e.verdict.triggers[L_GUARD].distance = -.1; /* needs no pi */
    reads(
        ALERT_FIRST, 0, "WARNING ↓ btc-a (BTC-USDT)",
        "Watch it. No need to act yet.\n"
        "BTC-USDT 46000 (15m close 01:15 UTC): lower 39913 is 13.2 % below, "
        "upper 53638 is 16.6 % above.\n"
        "Why: 2 of 7 warnings for 2 bars: W_ER z 1.82 > 1.645 (1h close 01:00 "
        "UTC), W_VER VER 1.14 > 1.1 (1h).\n"
        "Literal rules true: L_VER.\n"
        "pi, the chance to leave the range in 24 h: 14 % (down 11 %, up 3.0 "
        "%).\n"
        "Stop 38476 is 16 % below; chance to touch it in 12 h: at most 2.1 "
        "%.\n"
        "Money: at most 818 of 5000 USDT lost from here to the stop, if all "
        "were in BTC and before fees. If you wait 12 h, a grid holding BTC may "
        "give back 1.9 % to 4.4 % of its value. Position unknown: no source is "
        "built yet.\n"
        "Next: LATEST_ACCEPTABLE_EXIT when pi reaches 0.4; sooner by L_VER.\n");
}

/* The likelier break is the harmless one, but the loss has been made. */
static void mandatory_by_equity_is_urgent_on_any_side(void)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(4, 30));
    said_price(&s, 50000);
    said_pi(&s, .05, .25, .001);
    s.e.side = SIDE_UP;
    said_yes(&s, M_EQUITY, .1604, .15);
    said_haz(&s, W_HAZ, .3, .25);
    reads(
        ALERT_WORSE, 2, "MANDATORY_EXIT ↑ btc-a (BTC-USDT)",
        "Get out now: stop the grid and close its position.\n"
        "BTC-USDT 50000 (15m close 04:30 UTC): lower 39913 is 20.2 % below, "
        "upper 53638 is 7.3 % above.\n"
        "Why: M_EQUITY net PnL fell from its peak by 802 USDT, that is 16 % ≥ "
        "15 % of the capital (15m close 04:30 UTC); W_HAZ pi 0.300 ≥ 0.25 "
        "(15m).\n"
        "pi, the chance to leave the range in 24 h: 30 % (down 5.0 %, up 25 "
        "%).\n"
        "Stop 38476 is 23 % below; chance to touch it in 12 h: at most 0.1 "
        "%.\n"
        "Money: at most 1152 of 5000 USDT lost from here to the stop, if all "
        "were in BTC and before fees. Position unknown: no source is built "
        "yet.\n"
        "Next: the siren repeats every 75 s until you acknowledge it, for 60 "
        "min at most.\n");
}

/* What was decided stays; what the siren does makes room for what it does not.
 */
static void a_text_that_does_not_ring_says_so(void)
{
    static struct intent i = {
        .retry_s = 75,
        .expire_s = 3600,
        .body = "Get out now.\nNext: the siren repeats every 75 s until you "
                "acknowledge it, for 60 min at most.\n",
    };
    char text[INTENT_BODY_MAX];
    intent_unrung(&i, text);
    ASSERT_STR(text, "It does not ring: that is over, or costs nothing by "
                     "now.\nGet out now.\n");
    ASSERT(strlen(text) < strlen(i.body));
    snprintf(i.body, sizeof(i.body), "It still stands.\n");
    intent_unrung(&i, text);
    ASSERT_STR(text, "It still stands.\n");
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
          "far) or a touch of the stop.\n"
          "Siren at 02:30 UTC unless over or acknowledged.\n");
}

static const char *next(void)
{
    return said_line(&s, ALERT_WORSE, "Next: ");
}

static void latest_names_every_way_to_mandatory(void)
{
    begin_latest();
    struct trigger_result *trend = &s.e.verdict.triggers[M_TREND];
    struct trigger_result *equity = &s.e.verdict.triggers[M_EQUITY];
    trend->value = value_real(.3125, 1);
    trend->limit = .75;
    trend->distance = .4375;
    equity->value = value_real(.05, 1);
    equity->limit = .15;
    ASSERT_STR(next(), "Next: MANDATORY_EXIT after 2 hourly closes in a row "
                       "outside (0 so far) or a touch of the stop or a trend "
                       "(p 0.31, needs 0.75) or a loss of 15 % of the "
                       "capital.");
    equity->limit = .165337641;
    ASSERT(strstr(next(), "or a loss of 16.53 % of the capital."));
    equity->value = value_none(VALUE_UNAVAILABLE);
    trend->value = value_real(.8, 1);
    trend->distance = -.05;
    trend->hits = 2;
    trend->of = 4;
    ASSERT_STR(next(), "Next: MANDATORY_EXIT after 2 hourly closes in a row "
                       "outside (0 so far) or a touch of the stop or a trend "
                       "(p 0.80 for 2 of 4 bars).");
    trend->hits = 4;
    ASSERT_STR(next(), "Next: MANDATORY_EXIT after 2 hourly closes in a row "
                       "outside (0 so far) or a touch of the stop or a trend "
                       "(p 0.80, but pi is low).");
    s.e.profile = PROFILE_SEED;
    ASSERT_STR(next(), "Next: MANDATORY_EXIT after 2 hourly closes in a row "
                       "outside (0 so far) or a touch of the stop or regime "
                       "TREND.");
}

static void the_literal_profile_names_its_rules(void)
{
    said_begin(&s, STATE_WARNING, SAID_AT(1, 15));
    said_price(&s, 46000);
    said_profile(&s, PROFILE_SEED);
    said_yes(&s, W_TRANS, .44, .4);
    said_yes(&s, W_CONF, .02, 0);
    said_together(&s, 2, 1);
    ASSERT_STR(said_line(&s, ALERT_FIRST, "Why: "),
               "Why: 2 of 5 warnings for 1 bar: W_TRANS raw p of TRANSITION "
               "0.440 ≥ 0.4 (15m close 01:15 UTC), W_CONF p of a range fell by "
               "0.020 on 3 closes (1h close 01:00 UTC).");
    ASSERT_STR(next(), "Next: LATEST_ACCEPTABLE_EXIT by one of L_TRANS, L_HL, "
                       "L_VER, L_Z.");
}

/* Not of a grid that is idle, that risks only the other side, or in calm. */
static void waiting_is_told_where_it_costs(void)
{
    static const char words[] = "If you wait 12 h, a grid holding BTC may give "
                                "back 1.9 % to 4.4 % of its value.";
    begin_latest();
    said_waiting(&s, .0186, .0438);
    ASSERT(strstr(said(&s, ALERT_WORSE)->body, words) != NULL);
    s.grid.side = GRID_SHORT;
    ASSERT(!strstr(said(&s, ALERT_WORSE)->body, "If you wait"));
    s.grid.side = GRID_LONG;
    s.e.verdict.state = STATE_NORMAL;
    ASSERT(!strstr(said(&s, ALERT_RESOLVED)->body, "If you wait"));
    s.e.verdict.state = STATE_LATEST;
    s.position.source = POSITION_EXCHANGE;
    ASSERT(!strstr(said(&s, ALERT_WORSE)->body, "If you wait"));
    s.position.source = POSITION_NONE;
    s.e.side = SIDE_UP;
    said_price(&s, 54000);
    ASSERT(!strstr(said(&s, ALERT_WORSE)->body, "If you wait"));
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

/* The newest close is still above the stop; the price after it is not. */
static void a_stop_that_the_ticker_touched_is_passed(void)
{
    begin_stop(EVIDENCE_TICKER, 38470, SAID_AT(11, 30) + 12000);
    ASSERT_STR(said_line(&s, ALERT_WORSE, "Stop "), "Stop 38476 is passed.");
    ASSERT_STR(said_line(&s, ALERT_WORSE, "BTC-USDT "),
               "BTC-USDT 38470 (ticker; 15m close 11:30 UTC was 40000): lower "
               "39913 is 3.8 % above, upper 53638 is 39.4 % above.");
    begin_stop(EVIDENCE_BAR, 38470, SAID_AT(11, 30));
    ASSERT_STR(said_line(&s, ALERT_WORSE, "Stop "),
               "Stop 38476 is 3.8 % below.");
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

static const char *first_line(enum alert_reason reason)
{
    return said_line(&s, reason, "");
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
    ASSERT_STR(said(&s, ALERT_WORSE)->title,
               "LATEST_ACCEPTABLE_EXIT ↑ btc-a (BTC-USDT)");
    ASSERT_INT(s.intent.priority, 1);
    said_pi(&s, .0522, .4, .23);
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
    TEST(a_warning_by_two_says_which);
    TEST(mandatory_by_equity_is_urgent_on_any_side);
    TEST(a_text_that_does_not_ring_says_so);
    TEST(latest_says_until_when);
    TEST(latest_names_every_way_to_mandatory);
    TEST(the_literal_profile_names_its_rules);
    TEST(waiting_is_told_where_it_costs);
    TEST(mandatory_by_the_boundary_says_now);
    TEST(mandatory_by_the_stop_does_not_say_that_nothing_is_lost);
    TEST(a_stop_that_the_ticker_touched_is_passed);
    TEST(a_stop_names_its_witness);
    TEST(a_latch_says_when_with_the_day_if_it_is_long_ago);
    TEST(held_mandatory_says_why_it_holds);
    TEST(resolved_says_nothing_to_do);
    TEST(known_again_says_so_in_its_title);
    TEST(a_long_spot_grid_above_its_range_is_idle);
    TEST(a_likelier_break_up_is_not_yet_idle);
    TEST(where_up_costs_money_it_is_urgent);
    TEST(small_prices_are_written_out);
}
