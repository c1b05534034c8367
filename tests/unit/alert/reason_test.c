/* Every trigger of both profiles in words, written by hand as the operator
 * should read them. Slot 02:15: the newest 1h close is of 02:00. */
#include "alert/reason.h"

#include <string.h>

#include "alert/said.h"
#include "alert/spoken.h"
#include "base/array.h"
#include "base/moment.h"
#include "test.h"

static struct said s;

static void begin(enum profile profile)
{
    said_begin(&s, STATE_MANDATORY, SAID_AT(2, 15));
    said_price(&s, 41000);
    said_profile(&s, profile);
}

static const char *why(void)
{
    return said_line(&s, ALERT_WORSE, "Why: ");
}

/* Rows told from the table. `label`: the label holds, whatever its value. */
struct row {
    enum trigger_id id;
    double value, limit;
    enum answer gate;
    bool label;
    int64_t of;
    const char *want;
};
#define NO_GATE ANSWER_NOT_APPLICABLE
#define GATE    ANSWER_YES

static void reads(enum profile profile, const struct row *row)
{
    begin(profile);
    struct trigger_result *r = said_yes(&s, row->id, row->value, row->limit);
    r->gate = row->gate;
    r->hits = r->of = row->of;
    if (row->label)
        r->evidence = EVIDENCE_LABEL;
    if (triggers[row->id].together)
        said_together(&s, 2, 2);
    ASSERT_STR(why(), row->want);
}

// clang-format off
static const struct row calibrated[] = {
    { M_TREND, .812, .75, GATE, false, 4,
      "Why: M_TREND a trend is likely, and so is a break, p of TREND 0.812 ≥ 0.75 on 4 bars of 15m (1h close 02:00 UTC), pi confirms." },
    { M_EQUITY, .16, .15, NO_GATE, false, 1,
      "Why: M_EQUITY net PnL fell from its peak by 800 USDT, that is 16 % ≥ 15 % of the capital (15m close 02:15 UTC)." },
    { M_BLIND, 2.25, 2, GATE, false, 1,
      "Why: M_BLIND price unknown for 2.25 h, limit 2 h, and a break was likely before." },
    { L_HL, 2.314, 2, GATE, true, 4,
      "Why: L_HL prices come back more slowly than when the grid began, half-life 2.31 ≥ 2 times the baseline on 4 closes (1h close 02:00 UTC), pi confirms." },
    { L_VER, 1.312, 1.25, GATE, false, 1,
      "Why: L_VER ranges expand against their usual hour, VER 1.31 > 1.25 (1h close 02:00 UTC), pi confirms." },
    { L_HAZ, .4523, .4, NO_GATE, false, 1,
      "Why: L_HAZ pi 0.452 ≥ 0.4 (15m close 02:15 UTC)." },
    { L_GUARD, .7512, .8, NO_GATE, false, 1,
      "Why: L_GUARD net PnL gives back its peak, kept 75 % ≤ 80 % of the peak (15m close 02:15 UTC)." },
    { L_CRISIS, 1.834, 1, NO_GATE, false, 1,
      "Why: L_CRISIS a 15m bar far out of proportion, 1.83 times its limit (15m close 02:15 UTC)." },
    { W_HAZ, .2632, .25, NO_GATE, false, 1,
      "Why: W_HAZ pi 0.263 ≥ 0.25 (15m close 02:15 UTC)." },
    { W_TREND, .58, .6, NO_GATE, true, 1,
      "Why: W_TREND regime TREND, p of TREND 0.580 (1h close 02:00 UTC)." },
    { W_TRANS, .431, .4, NO_GATE, false, 1,
      "Why: 2 of 7 warnings for 2 bars: W_TRANS p of TRANSITION 0.431 ≥ 0.4 (15m close 02:15 UTC)." },
    { W_CONF, .132, .1, NO_GATE, false, 3,
      "Why: 2 of 7 warnings for 2 bars: W_CONF p of a range fell by 0.132 ≥ 0.1 on 3 closes (1h close 02:00 UTC)." },
    { W_ER, 1.8204, 1.645, NO_GATE, false, 1,
      "Why: 2 of 7 warnings for 2 bars: W_ER z 1.82 > 1.645 (1h close 02:00 UTC)." },
    { W_MR, 1.62, 1.5, NO_GATE, true, 1,
      "Why: 2 of 7 warnings for 2 bars: W_MR half-life 1.62 ≥ 1.5 times the baseline (1h close 02:00 UTC)." },
    { W_MR, 17.34, 15, NO_GATE, false, 1,
      "Why: 2 of 7 warnings for 2 bars: W_MR M fell by 17.3 ≥ 15 points in 6 h (1h close 02:00 UTC)." },
    { W_VER, 1.1402, 1.1, NO_GATE, false, 1,
      "Why: 2 of 7 warnings for 2 bars: W_VER VER 1.14 > 1.1 (1h close 02:00 UTC)." },
    { W_EVENT, 1, 1, NO_GATE, false, 1,
      "Why: 2 of 7 warnings for 2 bars: W_EVENT inside a calendar window." },
    { W_SIGNAL, 1.25, 1, NO_GATE, false, 1,
      "Why: 2 of 7 warnings for 2 bars: W_SIGNAL the signal 1.25 ≥ 1 (of 02:15 UTC)." },
};

static const struct row literal[] = {
    { M_TREND, .58, .6, NO_GATE, true, 1,
      "Why: M_TREND regime TREND, p of TREND 0.580 (1h close 02:00 UTC)." },
    { L_HL, 2.5, 2, NO_GATE, false, 1,
      "Why: L_HL raw half-life against the baseline, half-life 2.50 ≥ 2 times the baseline (1h close 02:00 UTC)." },
    { L_VER, 1.2504, 1.25, NO_GATE, false, 1,
      "Why: L_VER ranges expand, raw VER 1.2504 > 1.25 (1h close 02:00 UTC)." },
    { W_TRANS, .44, .4, NO_GATE, false, 1,
      "Why: 2 of 5 warnings for 2 bars: W_TRANS raw p of TRANSITION 0.440 ≥ 0.4 (15m close 02:15 UTC)." },
    { W_CONF, .0421, 0, NO_GATE, false, 3,
      "Why: 2 of 5 warnings for 2 bars: W_CONF p of a range fell by 0.042 on 3 closes (1h close 02:00 UTC)." },
    { W_ER, .4189, .3, NO_GATE, false, 1,
      "Why: 2 of 5 warnings for 2 bars: W_ER ER24 0.42 > 0.3 (1h close 02:00 UTC)." },
    { W_MR, 14.24, 9.123456789012, NO_GATE, true, 1,
      "Why: 2 of 5 warnings for 2 bars: W_MR half-life 14.2 > 9.1 bars, 3 closes ago (1h close 02:00 UTC)." },
    { W_VER, 1.14, 1.1, NO_GATE, false, 1,
      "Why: 2 of 5 warnings for 2 bars: W_VER raw VER 1.14 > 1.1 (1h close 02:00 UTC)." },
};
// clang-format on

static void each_row_has_its_words(void)
{
    for (size_t i = 0; i < ARRAY_LEN(calibrated); i++)
        reads(PROFILE_CALIBRATED, &calibrated[i]);
}

static void each_literal_row_has_its_words(void)
{
    for (size_t i = 0; i < ARRAY_LEN(literal); i++)
        reads(PROFILE_SEED, &literal[i]);
}

/* Those with a test of their own below, or in message_test.c. */
static bool is_special(int id)
{
    return id == M_BOUNDARY || id == M_STOP || id == L_TRANS || id == L_Z;
}

static bool is_in(const struct row *rows, size_t n, int id)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id == (enum trigger_id)id)
            return true;
    }
    return is_special(id);
}

static void no_row_is_left_out(void)
{
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        const struct trigger_rule *rule = triggers[i].rule;
        if (rule[PROFILE_CALIBRATED].ask)
            ASSERT(is_in(calibrated, ARRAY_LEN(calibrated), i));
        if (rule[PROFILE_SEED].ask)
            ASSERT(is_in(literal, ARRAY_LEN(literal), i));
    }
}

static void begin_runs(enum profile profile, enum answer gate, int64_t of)
{
    begin(profile);
    struct trigger_result *r = said_yes(&s, L_TRANS, (double)of, (double)of);
    r->evidence = EVIDENCE_LABEL;
    r->hits = r->of = of;
    r->gate = gate;
    s.e.regime.label_1h = s.e.regime.label_4h = REGIME_TREND;
    s.e.regime.run_1h = s.e.regime.run_4h = 1;
}

static void a_run_says_which_label_lasts(void)
{
    begin_runs(PROFILE_SEED, NO_GATE, 2);
    s.e.regime.label_4h = REGIME_TRANSITION;
    s.e.regime.run_4h = 3;
    ASSERT_STR(why(), "Why: L_TRANS label TRANSITION for 3 closes of 4h (1h "
                      "close 02:00 UTC).");
    begin_runs(PROFILE_CALIBRATED, GATE, 4);
    s.e.regime.label_1h = REGIME_TRANSITION;
    s.e.regime.run_1h = 5;
    ASSERT_STR(why(), "Why: L_TRANS label TRANSITION for 5 closes of 1h (1h "
                      "close 02:00 UTC), pi confirms.");
    begin_runs(PROFILE_CALIBRATED, ANSWER_NO, 4);
    s.e.regime.label_1h = REGIME_TRANSITION;
    s.e.regime.run_1h = 5;
    ASSERT_STR(why(), "Why: L_TRANS pi at its gate for 4 hourly closes in a "
                      "row (1h close 02:00 UTC).");
    begin_runs(PROFILE_CALIBRATED, GATE, 4);
    ASSERT_STR(why(), "Why: L_TRANS pi at its gate for 4 hourly closes in a "
                      "row (1h close 02:00 UTC).");
    begin_runs(PROFILE_SEED, NO_GATE, 2);
    s.e.regime.label_1h = s.e.regime.label_4h = REGIME_TRANSITION;
    s.e.regime.run_1h = 6;
    s.e.regime.run_4h = 2;
    ASSERT_STR(why(), "Why: L_TRANS label TRANSITION for 6 closes of 1h and 2 "
                      "closes of 4h (1h close 02:00 UTC).");
}

static void a_reversion_that_fails_says_for_how_long(void)
{
    for (int profile = 0; profile < PROFILE_COUNT; profile++) {
        begin((enum profile)profile);
        struct trigger_result *r = said_yes(&s, L_Z, -2.414, -.5);
        r->evidence = EVIDENCE_LABEL;
        r->hits = 37;
        r->of = 36;
        r->gate = profile == PROFILE_CALIBRATED ? GATE : NO_GATE;
        ASSERT_STR(why(), profile == PROFILE_CALIBRATED
                              ? "Why: L_Z far from the centre, and not back in "
                                "time, z -2.41 after 37 closes, back would be "
                                "-0.50 (1h close 02:00 UTC), pi confirms."
                              : "Why: L_Z far from the centre, and not back in "
                                "time, z -2.41 after 37 closes, back would be "
                                "-0.50 (1h close 02:00 UTC).");
    }
}

static void a_half_life_may_be_infinite(void)
{
    begin(PROFILE_CALIBRATED);
    struct trigger_result *r = said_yes(&s, L_HL, 0, 2);
    r->value = value_none(VALUE_NOT_IDENTIFIED);
    r->evidence = EVIDENCE_LABEL;
    ASSERT_STR(why(), "Why: L_HL prices come back more slowly than when the "
                      "grid began, half-life infinite ≥ 2 times the baseline "
                      "(1h close 02:00 UTC).");
    begin(PROFILE_SEED);
    said_together(&s, 2, 1);
    r = said_yes(&s, W_MR, 0, 9.1);
    r->value = value_none(VALUE_NOT_IDENTIFIED);
    r->evidence = EVIDENCE_LABEL;
    ASSERT_STR(why(), "Why: 2 of 5 warnings for 1 bar: W_MR half-life infinite "
                      "> 9.1 bars, 3 closes ago (1h close 02:00 UTC).");
}

/* It outlasts its bar: the newest one is calm. */
static void a_crisis_lasts(void)
{
    begin(PROFILE_CALIBRATED);
    said_yes(&s, L_CRISIS, .2, 1)->evidence = EVIDENCE_LATCH;
    ASSERT_STR(why(), "Why: L_CRISIS a 15m bar far out of proportion, 4 h ago "
                      "at most.");
}

static void w_trans_names_the_chance_that_answered(void)
{
    begin(PROFILE_CALIBRATED);
    said_together(&s, 3, 2);
    said_pi(&s, .43, .01, .2);
    said_yes(&s, W_TRANS, .44, .4);
    ASSERT_STR(why(), "Why: 3 of 7 warnings for 2 bars: W_TRANS pi 0.440 ≥ 0.4 "
                      "(15m close 02:15 UTC).");
    said_yes(&s, W_TRANS, .55, .5);
    s.e.regime.q = value_real(.55, 1);
    ASSERT_STR(why(), "Why: 3 of 7 warnings for 2 bars: W_TRANS p of "
                      "TRANSITION or TREND 0.550 ≥ 0.5 (15m close 02:15 UTC).");
}

static void a_model_that_disagrees_with_itself_says_so(void)
{
    begin(PROFILE_CALIBRATED);
    said_yes(&s, M_EQUITY, .1504, .15)->uncertain = true;
    ASSERT_STR(why(), "Why: M_EQUITY net PnL fell from its peak by 752 USDT, "
                      "that is 15.04 % ≥ 15 % of the capital (15m close 02:15 "
                      "UTC), but the model's other path says no.");
}

static void a_row_that_may_not_raise_says_so(void)
{
    said_begin(&s, STATE_LATEST, SAID_AT(2, 15));
    said_price(&s, 41000);
    said_yes(&s, M_TREND, .8, .75);
    ASSERT_STR(why(),
               "Why: M_TREND a trend is likely, and so is a break, p of TREND "
               "0.800 ≥ 0.75 (1h close 02:00 UTC), in shadow.");
}

/* A value on one side of its limit is never written as on the other. */
static void a_value_keeps_to_its_side_of_the_limit(void)
{
    static const struct {
        double x, limit;
        int decimals;
        const char *want;
    } rows[] = {
        { 1.31, 1.25, 2, "1.31" },
        { 1.2504, 1.25, 2, "1.2504" },
        { 1.2500001, 1.25, 2, "1.2500001" },
        { .4, .4, 3, "0.400" },
        { .39996, .4, 3, "0.39996" },
        { 14.96, 15, 0, "14.96" },
        { 16, 15, 0, "16" },
        { -.001, NO_VALUE, 2, "0.00" },
        { -2.414, -.5, 2, "-2.41" },
        { 5, NO_VALUE, 0, "5" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[64] = "";
        struct draft d = { text, sizeof(text), 0, 0, NULL };
        draft_against(&d, rows[i].x, rows[i].limit, rows[i].decimals);
        ASSERT_STR(text, rows[i].want);
    }
}

/* What a whole range costs is no round share of the capital. By hand: of 5000
 * USDT .2 is 1000, .165337641 is 826.69, .1653 is 826.5. */
static void a_share_that_was_computed_has_two_decimals(void)
{
    static const struct {
        double value;
        const char *want;
    } rows[] = {
        { .2, "1000 USDT, that is 20 % ≥ 16.53 % of" },
        { .165337641, "827 USDT, that is 16.53 % ≥ 16.53 % of" },
        { .16534, "827 USDT, that is 17 % ≥ 16.53 % of" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(PROFILE_CALIBRATED);
        said_yes(&s, M_EQUITY, rows[i].value, .165337641);
        ASSERT(strstr(why(), rows[i].want));
    }
    /* Short of it, but not by what two decimals show. */
    begin(PROFILE_CALIBRATED);
    struct trigger_result *r = said_yes(&s, M_EQUITY, .165331, .165337641);
    char text[64] = "";
    struct draft d = { text, sizeof(text), 0, 0, NULL };
    const struct spoken spoken = spoken_of(&s.e, M_EQUITY);
    spoken_put_value(&d, &spoken, r);
    ASSERT_STR(text, "fall from the peak 16.53 %");
}

static void a_metric_nobody_named_is_called_as_in_the_table(void)
{
    begin(PROFILE_CALIBRATED);
    ASSERT_STR(spoken_of(&s.e, W_EVENT).name, "windows");
    ASSERT_STR(spoken_of(&s.e, L_GUARD).op, "≤");
    begin(PROFILE_SEED);
    ASSERT_STR(spoken_of(&s.e, L_HAZ).name, ""); /* not in this profile */
    ASSERT_STR(spoken_of(&s.e, W_ER).name, "ER24");
}

void reason_test(void);
void reason_test(void)
{
    TEST_SUITE("alert/reason");
    TEST(each_row_has_its_words);
    TEST(each_literal_row_has_its_words);
    TEST(no_row_is_left_out);
    TEST(a_run_says_which_label_lasts);
    TEST(a_reversion_that_fails_says_for_how_long);
    TEST(a_half_life_may_be_infinite);
    TEST(a_crisis_lasts);
    TEST(w_trans_names_the_chance_that_answered);
    TEST(a_model_that_disagrees_with_itself_says_so);
    TEST(a_row_that_may_not_raise_says_so);
    TEST(a_value_keeps_to_its_side_of_the_limit);
    TEST(a_share_that_was_computed_has_two_decimals);
    TEST(a_metric_nobody_named_is_called_as_in_the_table);
}
