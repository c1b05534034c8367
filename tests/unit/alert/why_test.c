/* Which reasons a message names, in which order, and what gives way when there
 * is no room for all. */
#include "alert/why.h"

#include <string.h>

#include "alert/body.h"
#include "alert/said.h"
#include "base/moment.h"
#include "base/utf8.h"
#include "test.h"

static struct said s;

static const char *why(void)
{
    return said_line(&s, ALERT_WORSE, "Why: ");
}

static void begin(enum exit_state state)
{
    said_begin(&s, state, SAID_AT(2, 15));
    said_price(&s, 41000);
}

static void warnings_name_their_members(void)
{
    begin(STATE_WARNING);
    said_yes(&s, W_ER, 1.82, 1.645);
    said_yes(&s, W_VER, 1.14, 1.1);
    said_together(&s, 2, 2);
    ASSERT_STR(why(), "Why: 2 of 7 warnings for 2 bars: W_ER z 1.82 > 1.645 "
                      "(1h close 02:00 UTC), W_VER VER 1.14 > 1.1 (1h).");
    said_yes(&s, W_TRANS, .41, .4);
    said_yes(&s, W_EVENT, 1, 1);
    said_together(&s, 4, 11);
    ASSERT_STR(why(),
               "Why: 4 of 7 warnings for 11 bars: W_TRANS p of TRANSITION "
               "0.410 ≥ 0.4 (15m close 02:15 UTC), W_ER z 1.82 > 1.645 (1h "
               "close 02:00 UTC), W_VER VER 1.14 > 1.1 (1h), W_EVENT inside a "
               "calendar window.");
    said_profile(&s, PROFILE_SEED);
    said_yes(&s, W_ER, .42, .3);
    said_yes(&s, W_VER, 1.14, 1.1);
    said_together(&s, 2, 1);
    ASSERT_STR(why(), "Why: 2 of 5 warnings for 1 bar: W_ER ER24 0.42 > 0.3 "
                      "(1h close 02:00 UTC), W_VER raw VER 1.14 > 1.1 (1h).");
}

static void rows_that_raise_alone_come_first_the_worst_before_all(void)
{
    begin(STATE_MANDATORY);
    said_yes(&s, W_TREND, .78, .6)->evidence = EVIDENCE_LABEL;
    said_yes(&s, W_ER, 1.82, 1.645);
    said_yes(&s, W_TRANS, .45, .4);
    said_together(&s, 2, 2);
    said_haz(&s, W_HAZ, .45, .2);
    said_haz(&s, L_HAZ, .45, .4);
    said_yes(&s, L_VER, 1.31, 1.25)->gate = ANSWER_YES;
    said_boundary(&s, SIDE_DOWN, 39913, 39000, SAID_AT(2, 0));
    ASSERT_STR(
        why(),
        "Why: M_BOUNDARY 2 hourly closes in a row below 39913, the last 39000 "
        "at 02:00 UTC; L_VER ranges expand against their usual hour, VER 1.31 "
        "> 1.25 (1h close 02:00 UTC), pi confirms; L_HAZ pi 0.450 ≥ 0.4 (15m "
        "close 02:15 UTC); W_HAZ ≥ 0.2; W_TREND regime TREND, p of TREND 0.780 "
        "(1h); 2 of 7 warnings for 2 bars: W_TRANS p of TRANSITION 0.450 ≥ 0.4 "
        "(15m), W_ER z 1.82 > 1.645 (1h).");
}

/* Beside a row that raises alone, and in a calm that is not spotless. */
static void warnings_that_are_too_few_say_so(void)
{
    begin(STATE_LATEST);
    said_haz(&s, L_HAZ, .45, .4);
    said_yes(&s, W_ER, 1.82, 1.645);
    s.e.verdict.together = (struct together){ ANSWER_NO, 1, 0, 0 };
    ASSERT_STR(why(), "Why: L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC); 1 of 7 "
                      "warnings, not enough: W_ER z 1.82 > 1.645 (1h close "
                      "02:00 UTC).");
    s.e.verdict.together = (struct together){ ANSWER_NO, 2, 0, 1 };
    said_yes(&s, W_VER, 1.14, 1.1);
    ASSERT_STR(why(), "Why: L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC); 2 of 7 "
                      "warnings, for 1 bar only: W_ER z 1.82 > 1.645 (1h close "
                      "02:00 UTC), W_VER VER 1.14 > 1.1 (1h).");
    s.e.verdict.together = (struct together){ ANSWER_UNKNOWN, 1, 3, 0 };
    said_yes(&s, W_VER, 1.14, 1.1)->answer = ANSWER_UNKNOWN;
    ASSERT_STR(why(), "Why: L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC); 1 of 7 "
                      "warnings, 3 unknown: W_ER z 1.82 > 1.645 (1h close "
                      "02:00 UTC).");
    begin(STATE_NORMAL);
    said_yes(&s, W_ER, 1.82, 1.645);
    s.e.verdict.together = (struct together){ ANSWER_NO, 1, 0, 0 };
    ASSERT_STR(said_line(&s, ALERT_RESOLVED, "Still true: "),
               "Still true: 1 of 7 warnings, not enough: W_ER z 1.82 > 1.645 "
               "(1h close 02:00 UTC).");
}

static const char *literal(void)
{
    return said_line(&s, ALERT_WORSE, "Literal");
}

static void literal_rules_that_are_true_are_told_in_both_profiles(void)
{
    for (int profile = 0; profile < PROFILE_COUNT; profile++) {
        begin(STATE_WARNING);
        said_profile(&s, (enum profile)profile);
        ASSERT_STR(literal(), "");
        s.e.verdict.literal[L_VER] = s.e.verdict.literal[W_ER] = true;
        ASSERT_STR(literal(), "Literal rules true: L_VER, W_ER.");
        said_yes(&s, W_ER, 1.82, 1.645);
        ASSERT_STR(literal(), "Literal rules true: L_VER.");
        said_yes(&s, L_VER, 1.82, 1.645);
        ASSERT_STR(literal(), "");
    }
    begin(STATE_NORMAL);
    s.e.verdict.literal[M_TREND] = true;
    ASSERT_STR(said_line(&s, ALERT_SIGHTED, "Literal"),
               "Literal rules true: M_TREND.");
}

/* The same reasons in less and less room: whole rows go, from the end. */
static void rows_without_room_are_counted(void)
{
    begin(STATE_LATEST);
    said_haz(&s, L_HAZ, .45, .4);
    said_haz(&s, W_HAZ, .45, .2);
    said_yes(&s, W_ER, 1.82, 1.645);
    said_yes(&s, W_VER, 1.14, 1.1);
    said_together(&s, 2, 2);
    static const struct {
        size_t points;
        const char *want;
    } rows[] = {
        { 200, "Why: L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC); W_HAZ ≥ 0.2; "
               "2 of 7 warnings for 2 bars: W_ER z 1.82 > 1.645 (1h close "
               "02:00 UTC), W_VER VER 1.14 > 1.1 (1h).\n" },
        { 160, "Why: L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC); W_HAZ ≥ 0.2; "
               "2 of 7 warnings for 2 bars: W_ER z 1.82 > 1.645 (1h close "
               "02:00 UTC), and 1 more.\n" },
        { 120, "Why: L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC); W_HAZ ≥ 0.2, "
               "and 2 more.\n" },
        { 70, "Why: L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC), and 3 "
              "more.\n" },
        { 40, "Why: 4 triggers say yes.\n" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[512] = "";
        struct draft d = { text, sizeof(text), 0, s.e.slot_ms, NULL };
        why_put(&d, &s.e, &s.grid, REASON_FULL, rows[i].points);
        ASSERT_STR(text, rows[i].want);
        ASSERT(utf8_count(text) <= rows[i].points);
    }
}

static void held_is_told_whatever_gives_way(void)
{
    char text[512] = "";
    struct draft d = { text, sizeof(text), 0, SAID_AT(2, 15), NULL };
    begin(STATE_MANDATORY);
    s.e.verdict.held = true;
    said_haz(&s, L_HAZ, .45, .4);
    said_yes(&s, L_VER, 1.31, 1.25);
    why_put(&d, &s.e, &s.grid, REASON_FULL, 150);
    ASSERT_STR(text,
               "Why: 2 triggers say yes; MANDATORY_EXIT is held until hourly "
               "closes in a row are free of its cause.\n");
}

static void literal_rules_without_room_are_counted(void)
{
    char text[512] = "";
    struct draft d = { text, sizeof(text), 0, SAID_AT(2, 15), NULL };
    begin(STATE_WARNING);
    for (int i = 0; i < TRIGGER_COUNT; i++)
        s.e.verdict.literal[i] = triggers[i].rule[PROFILE_SEED].ask != NULL;
    why_put_literal(&d, &s.e, true);
    ASSERT_STR(text, "Literal rules true: 12.\n");
    d.len = 0;
    why_put_literal(&d, &s.e, false);
    ASSERT_STR(text,
               "Literal rules true: M_TREND, M_BOUNDARY, M_STOP, L_TRANS, "
               "L_HL, L_VER, L_Z, W_TRANS, W_CONF, W_ER, W_MR, W_VER.\n");
}

/* First what the rows mean goes, then the names of the literal rules, then rows
 * from the end. */
static void little_room_shortens_before_it_cuts(void)
{
    begin(STATE_LATEST);
    said_yes(&s, L_VER, 1.31, 1.25)->gate = ANSWER_YES;
    said_haz(&s, L_HAZ, .45, .4);
    s.e.verdict.literal[L_Z] = s.e.verdict.literal[W_ER] = true;
    static const struct {
        size_t points;
        const char *want;
    } rows[] = {
        { 190, "Why: L_VER ranges expand against their usual hour, VER 1.31 > "
               "1.25 (1h close 02:00 UTC), pi confirms; L_HAZ pi 0.450 ≥ 0.4 "
               "(15m close 02:15 UTC).\nLiteral rules true: L_Z, W_ER.\n" },
        { 165, "Why: L_VER VER 1.31 > 1.25 (1h close 02:00 UTC), pi confirms; "
               "L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC).\n"
               "Literal rules true: L_Z, W_ER.\n" },
        { 146, "Why: L_VER VER 1.31 > 1.25 (1h close 02:00 UTC), pi confirms; "
               "L_HAZ pi 0.450 ≥ 0.4 (15m close 02:15 UTC).\n"
               "Literal rules true: 2.\n" },
        { 110, "Why: L_VER VER 1.31 > 1.25 (1h close 02:00 UTC), pi confirms, "
               "and 1 more.\nLiteral rules true: L_Z, W_ER.\n" },
        { 90, "Why: 2 triggers say yes.\nLiteral rules true: 2.\n" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[512] = "";
        struct draft d = { text, sizeof(text), 0, s.e.slot_ms, NULL };
        why_put_all(&d, &s.e, &s.grid, rows[i].points);
        ASSERT_STR(text, rows[i].want);
        ASSERT(utf8_count(text) <= rows[i].points);
    }
}

static void as_many_warnings_count_as_the_profile_has(void)
{
    ASSERT_INT(warnings_of(PROFILE_CALIBRATED), 7);
    ASSERT_INT(warnings_of(PROFILE_SEED), 5);
}

/* A long spot grid risks nothing above; but money that is gone is gone. */
static void lost_money_presses_within_the_range(void)
{
    begin(STATE_MANDATORY);
    s.e.side = SIDE_UP;
    said_pi(&s, .02, .3, .01);
    ASSERT(evaluation_is_riskless(&s.e, &s.grid, false));
    said_yes(&s, M_EQUITY, .16, .15);
    ASSERT(!evaluation_is_riskless(&s.e, &s.grid, false));
    ASSERT_INT(said(&s, ALERT_WORSE)->priority, 2);
    ASSERT_STR(s.intent.title, "MANDATORY_EXIT ↑ btc-a (BTC-USDT)");
    said_price(&s, 54000); /* above, it holds nothing but quote currency */
    ASSERT(evaluation_is_riskless(&s.e, &s.grid, false));
    begin(STATE_LATEST);
    s.e.side = SIDE_UP;
    said_pi(&s, .02, .3, .01);
    said_yes(&s, L_GUARD, .75, .8);
    ASSERT_INT(said(&s, ALERT_WORSE)->priority, 1);
    said_yes(&s, M_EQUITY, .16, .15); /* in shadow, or it were MANDATORY */
    s.e.verdict.triggers[L_GUARD].answer = ANSWER_NO;
    ASSERT(evaluation_is_riskless(&s.e, &s.grid, false));
    s.e.side = SIDE_NONE; /* nobody knows where: it may cost */
    ASSERT(!evaluation_is_riskless(&s.e, &s.grid, false));
}

/* Within the band the text says what the priority says. */
static void an_idle_danger_is_idle_until_it_is_clearly_none(void)
{
    begin(STATE_MANDATORY);
    s.e.side = SIDE_UP;
    said_pi(&s, .12, .3, .01);
    ASSERT(!evaluation_is_riskless(&s.e, &s.grid, false));
    ASSERT(evaluation_is_riskless(&s.e, &s.grid, true));
    said_pi(&s, .15, .3, .01);
    ASSERT(!evaluation_is_riskless(&s.e, &s.grid, true));
}

void why_test(void);
void why_test(void)
{
    TEST_SUITE("alert/why");
    TEST(warnings_name_their_members);
    TEST(rows_that_raise_alone_come_first_the_worst_before_all);
    TEST(warnings_that_are_too_few_say_so);
    TEST(literal_rules_that_are_true_are_told_in_both_profiles);
    TEST(rows_without_room_are_counted);
    TEST(held_is_told_whatever_gives_way);
    TEST(literal_rules_without_room_are_counted);
    TEST(little_room_shortens_before_it_cuts);
    TEST(as_many_warnings_count_as_the_profile_has);
    TEST(lost_money_presses_within_the_range);
    TEST(an_idle_danger_is_idle_until_it_is_clearly_none);
}
