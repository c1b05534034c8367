/* The screen of `explain`, written by hand as the operator should read it. */
#include "cli/explain.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "cli/explained.h"
#include "test.h"

static struct explained e;

static struct verdict *verdict(void)
{
    return &e.exit.evaluation.verdict;
}

// clang-format off
static const char latest[] =
    "btc-a  BTC-USDT spot long, running  slot 2021-05-19T02:00:00Z, 00:14 ago\n"
    "LATEST_ACCEPTABLE_EXIT ↓ since 02:00 UTC, episode since 01:15 UTC, profile calibrated\n"
    "WHY       L_HAZ pi 0.452 ≥ 0.4 (15m close 02:00 UTC), passed by 0.0523, since 01:15 UTC\n"
    "          W_HAZ ≥ 0.25, passed by 0.202, since 01:15 UTC\n"
    "          2 of 7 warnings for 3 bars: W_TRANS pi 0.452 ≥ 0.4 (15m), W_ER z 1.82 > 1.645 (1h close\n"
    "            02:00 UTC)\n"
    "CHANGE    worse: M_BOUNDARY 0 of 2 hourly closes outside; 39913 is 2.3 % from the last one\n"
    "          M_STOP stop 38476 is 5.1 % from 40500, the newest extreme\n"
    "          M_TREND p of TREND 0.600, needs 0.75: +0.15, for 4 bars of 15m\n"
    "          better: L_HAZ until pi is below 0.3: −0.152\n"
    "PI        0.452 in 24 h by pi-24h-1 (down 0.452, up 0.000)\n"
    "PRICES    40839.9 at 02:00 UTC; stop 38476 5.8 % below (2.4 ATR); lower 39913 2.3 % below (0.9 ATR);\n"
    "            upper 53638 31.3 % above (10.9 ATR)\n"
    "NORMAL    ER24 1h     0.419  walk 0.900  as straight as 1 in 10 random walks\n"
    "          ADX 1h       29.1  walk 0.750  as directed as 1 in 4 random walks\n"
    "          VER 1h       1.09  walk 0.900  as wild for its hour as 1 in 10 random walks\n"
    "          t_DF 1h     -0.07  walk 0.950  as slow to come back as 1 in 20 random walks\n"
    "          half-life    14.9 bars, raw; of the grid, 2021-05-15 22:00 UTC: 6.2 bars\n"
    "          volatility 0.82 % an hour (high for these days); 0.62 % when the grid was first watched\n"
    "REGIME    TREND (1h TREND, 4h TRANSITION); p: range ok 0.05, range weak 0.10, transition 0.25, trend\n"
    "            0.60; confidence 0.25\n"
    "PROFILES           calibrated                                      seed, the literal rules\n"
    "          M_TREND  no: p of TREND 0.600, limit 0.75                yes: label TREND\n"
    "          L_VER    no: VER 1.31, limit 1.25, pi is low             yes: raw VER 1.31\n"
    "          W_TRANS  yes: pi 0.452, limit 0.4                        no: raw p of TRANSITION 0.25\n"
    "GATES     4 of 8 gates are open; not G2, G3 (unknown), G4, G6\n"
    "          directional energy has decayed: no, by G2_QUIET 0 < 2, G4_ER 1.82 > 1.645; ADX 29.1, ER24\n"
    "            0.42, slope z -1.72\n"
    "          mean reversion is back: yes; autocorrelation -0.13, half-life 14.9\n"
    "          volatility is tradable: unknown, by G3_VER_4H in warm-up; ATR 4h 1020, bandwidth rank 0.91\n"
    "          data, range and money are in order: no, by G6_PI_24 0.45 > 0.06\n"
    "WAITING   gives back of the base held: 1 h 0.4 % to 0.9 %, 4 h 0.9 % to 2.0 %, 12 h 1.9 % to 4.4 %,\n"
    "            24 h 2.9 % to 6.8 %\n";
// clang-format on

static void the_whole_screen(void)
{
    const char *want = latest;
    explained_latest(&e);
    /* Line by line, so that a failure shows where. */
    for (const char *got = explained_text(&e); *got && *want;) {
        char lines[2][512];
        size_t n = strcspn(got, "\n"), m = strcspn(want, "\n");
        snprintf(lines[0], sizeof(lines[0]), "%.*s", (int)n, got);
        snprintf(lines[1], sizeof(lines[1]), "%.*s", (int)m, want);
        ASSERT_STR(lines[0], lines[1]);
        got += n + 1;
        want += m + 1;
    }
    ASSERT_STR(explained_text(&e), latest);
    explained_end(&e);
}

static void line_is(const char *part, const char *want)
{
    ASSERT_STR(explained_line(&e, part), want);
}

/* Who takes 4 h wonders why it calls at .35: the row is named, and the model
 * that speaks in the place of the one that was asked. */
static void the_row_of_l_haz_and_the_model_of_pi_are_named(void)
{
    explained_begin(&e, STATE_NORMAL);
    e.limits.pi_model = HAZARD_THREE;
    e.exit.evaluation.hazard.model = HAZARD_THREE;
    verdict()->theta = (struct theta){ .asked = true,
                                       .limits = { .35, .25 },
                                       .source = THETA_TABLE,
                                       .half_atr = 5.96,
                                       .stop_atr = 2,
                                       .atr = 400,
                                       .delay_minutes = 240 };
    line_is("PI  ", "PI        0.452 in 24 h by pi-24h-2 (down 0.452, up "
                    "0.000)");
    line_is("L_HAZ from", "          L_HAZ from 0.35 until below 0.25: by "
                          "half-width 6.0, stop 2.0 ATR(4h), delay 4h");
    e.exit.evaluation.hazard.model = HAZARD_EWMA;
    line_is("PI  ", "PI        0.452 in 24 h by pi-24h-1 (down 0.452, up "
                    "0.000); pi-24h-2 lacks a volatility");
    verdict()->theta.source = THETA_SET;
    line_is("L_HAZ from", "          L_HAZ from 0.35 until below 0.25: set by "
                          "the configuration or the grid's own file");
    verdict()->theta.source = THETA_UNMEASURED;
    line_is("L_HAZ from", "          L_HAZ from 0.35 until below 0.25: first "
                          "row, a side that costs has no stop");
    verdict()->theta.half_atr = NO_VALUE;
    line_is("L_HAZ from", "          L_HAZ from 0.35 until below 0.25: first "
                          "row, its ATR(4h) at the start is not known");
    e.exit.evaluation.hazard.pi = value_none(VALUE_WARMUP);
    line_is("PI  ", "PI        in warm-up");
    explained_end(&e);
}

static void the_nearest_way_comes_first(void)
{
    explained_begin(&e, STATE_WARNING);
    e.exit.evaluation.hazard.pi = value_real(.28, 1);
    explained_yes(&e, W_HAZ, .28, .25);
    explained_no(&e, L_HAZ, .28, .4);                     /* .30 of .40 */
    explained_no(&e, L_VER, 1.2, 1.25)->gate = ANSWER_NO; /* pi: .09 of .37 */
    explained_no(&e, L_GUARD, .92, .8)->distance = .12;   /* .15 of .80 */
    explained_no(&e, L_CRISIS, .97, 1);                   /* .03 */
    struct trigger_result *r = explained_no(&e, L_TRANS, 3, 4); /* .25 */
    r->hits = 3;
    r->of = 4;
    line_is("CHANGE",
            "CHANGE    worse: L_CRISIS the newest 15m bar has 0.97 of "
            "what a crisis needs");
    line_is("L_GUARD", "          L_GUARD kept 92 %, needs 80 % of the peak or "
                       "less: −12 %");
    line_is("L_VER",
            "          L_VER VER 1.20, needs more than 1.25: +0.05; and "
            "pi 0.37: +0.09");
    line_is("L_TRANS",
            "          L_TRANS 3 of 4 closes with label TRANSITION or "
            "with pi at its gate");
    ASSERT_STR(explained_line(&e, "L_HAZ"), ""); /* the fifth */
    explained_no(&e, L_TRANS, 0, 4)->hits = 0;
    line_is("L_HAZ", "          L_HAZ pi 0.280, needs 0.4: +0.12");
    line_is("better", "          better: W_HAZ until pi is below 0.2: −0.08");
    const char *text = explained_text(&e);
    ASSERT(strstr(text, "L_GUARD") < strstr(text, "L_VER"));
    ASSERT(strstr(text, "L_VER") < strstr(text, "L_HAZ"));
    e.x.limits = NULL;
    line_is("L_VER",
            "          L_VER VER 1.20, needs more than 1.25: +0.05; and "
            "pi at its gate");
    line_is("better", "          better: W_HAZ until pi is below 0.25: −0.03");
    line_is("NOTE",
            "NOTE      the limits that were in force are not known here");
    explained_end(&e);
}

/* The limit is reached, and only pi or time is missing. */
static void what_waits_says_for_what(void)
{
    explained_begin(&e, STATE_WARNING);
    e.exit.evaluation.hazard.pi = value_real(.3, 1);
    explained_no(&e, L_VER, 1.31, 1.25)->gate = ANSWER_NO;
    struct trigger_result *r = explained_no(&e, L_HL, 2.5, 2);
    r->of = 4;
    r->hits = 3;
    r->gate = ANSWER_YES;
    r = explained_no(&e, L_Z, -2.1, -.5);
    r->distance = -1.6;
    r->hits = 12;
    r->of = 36;
    line_is("L_VER",
            "CHANGE    worse: L_VER VER 1.31, limit 1.25; and pi 0.37: +0.07");
    line_is("L_HL", "          L_HL half-life 2.50 on 3 of 4 closes");
    line_is("L_Z",
            "          L_Z z -2.10, out for 12 of 36 closes, back would be "
            "-0.50");
    explained_end(&e);
}

static void normal_looks_at_the_warnings(void)
{
    explained_begin(&e, STATE_NORMAL);
    explained_no(&e, W_HAZ, .1, .25);
    explained_no(&e, W_VER, 1.04, 1.1);
    explained_no(&e, W_EVENT, 0, 1); /* is not on its way */
    line_is("WHY", "WHY       no trigger says yes");
    line_is("CHANGE", "CHANGE    worse: W_VER VER 1.04, needs more than 1.1: "
                      "+0.06 (one of several)");
    line_is("W_HAZ", "          W_HAZ pi 0.100, needs 0.25: +0.15");
    explained_no(&e, W_MR, 12, 15); /* without a baseline */
    line_is("W_MR", "          W_MR M fell by 12.0, needs 15 points in 6 h: +3 "
                    "(one of several)");
    explained_no(&e, W_MR, 1.2, 1.5);
    line_is("W_MR",
            "          W_MR half-life 1.20, needs 1.5 times the baseline: "
            "+0.3 (one of several)");
    line_is("are needed",
            "          of the 7 warnings 2 are needed for 2 bars, "
            "now 0");
    ASSERT_STR(explained_line(&e, "W_EVENT"), "");
    ASSERT_STR(explained_line(&e, "better"), "");
    explained_end(&e);
}

static void mandatory_says_what_releases_it(void)
{
    explained_begin(&e, STATE_MANDATORY);
    struct trigger_result *r = explained_yes(&e, M_BOUNDARY, 39205.7, 39913);
    r->hits = r->of = 2;
    r->side = SIDE_DOWN;
    r->distance = -.0179;
    r = explained_yes(&e, M_STOP, 0, 38476);
    r->evidence = EVIDENCE_LATCH;
    r->value = value_none(VALUE_UNAVAILABLE);
    e.state.exit.clear_closes = 1;
    line_is("WHY",
            "WHY       M_BOUNDARY 2 hourly closes in a row below 39913, the "
            "last 39205.7 at 02:00 UTC, passed by");
    line_is("was touched",
            "          M_STOP stop 38476 was touched at 02:00 UTC "
            "and the grid was not stopped since");
    line_is("CHANGE", "CHANGE    released when the grid is stopped, or after 2 "
                      "hourly closes in a row on which every M row");
    line_is("says no: ", "            says no: 1 so far");
    line_is("until an hourly",
            "          better: M_BOUNDARY until an hourly close "
            "is inside the range");
    line_is("M_STOP until", "          M_STOP until the grid is stopped or "
                            "restarted, or its stop is changed");
    verdict()->triggers[M_BOUNDARY].answer = ANSWER_NO;
    verdict()->triggers[M_STOP].answer = ANSWER_NO;
    verdict()->held = true;
    line_is("WHY",
            "WHY       held: no M row says yes now, but hourly closes in a "
            "row without any are still missing");
    explained_end(&e);
}

static void each_yes_says_how_it_ends(void)
{
    static const struct {
        enum trigger_id id;
        double value, limit;
        bool label;
        const char *want;
    } rows[] = {
        { M_TREND, .8, .75, false,
          "M_TREND until p of TREND is below 0.75: −0.05, or pi is below "
          "0.25" },
        { M_TREND, .5, .6, true, "M_TREND until the regime is no more TREND" },
        { M_EQUITY, .16, .15, false,
          "M_EQUITY until fall from the peak is below 15 % of the capital: −1 "
          "%" },
        { M_BLIND, 3, 2, false, "M_BLIND until the price is known" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char want[128];
        explained_begin(&e, STATE_MANDATORY);
        struct trigger_result *r =
            explained_yes(&e, rows[i].id, rows[i].value, rows[i].limit);
        r->gate = rows[i].id == M_TREND && !rows[i].label
                      ? ANSWER_YES
                      : ANSWER_NOT_APPLICABLE;
        if (rows[i].label)
            r->evidence = EVIDENCE_LABEL;
        snprintf(want, sizeof(want), "          better: %s", rows[i].want);
        line_is("better", want);
        explained_end(&e);
    }
    explained_begin(&e, STATE_LATEST);
    explained_yes(&e, L_VER, 1.31, 1.25)->gate = ANSWER_YES;
    explained_yes(&e, L_GUARD, .7, .8);
    line_is("better",
            "CHANGE    better: L_VER until VER is at most 1.25: −0.06, "
            "or pi is below 0.37");
    line_is("L_GUARD until",
            "          L_GUARD until kept is above 80 % of the "
            "peak: +10 %");
    explained_end(&e);
}

static void unknown_says_why(void)
{
    explained_begin(&e, STATE_UNKNOWN);
    verdict()->data_known = false;
    verdict()->known = STATE_WARNING;
    verdict()->since_ms = EXPLAINED_AT(-30, 45);
    e.exit.evaluation.price_cause = PRICE_NO_TRADES;
    e.exit.evaluation.close.status = VALUE_STALE;
    e.exit.evaluation.hazard.pi = value_none(VALUE_STALE);
    for (int i = 0; i < WAITING_COUNT; i++)
        e.exit.evaluation.waiting[i].typical = value_none(VALUE_UNAVAILABLE);
    verdict()->triggers[M_BOUNDARY].answer = ANSWER_UNKNOWN;
    line_is("UNKNOWN",
            "UNKNOWN since 2021-05-17 18:45 UTC, last known WARNING, "
            "episode since 01:15 UTC, profile calibrated");
    line_is("WHY", "WHY       not known: no trade for more than 30 minutes");
    line_is("CHANGE", "CHANGE    cannot be asked now: M_BOUNDARY");
    line_is("PRICES", "PRICES    not known at this slot");
    line_is("WAITING", "WAITING   not known: stale");
    explained_end(&e);
}

static void what_is_missing_says_why(void)
{
    explained_latest(&e);
    e.x.metrics = NULL;
    e.x.no_metrics = "there is no document of this slot";
    e.x.state = NULL;
    e.x.no_state = "there is no state document";
    line_is("NORMAL", "NORMAL    not known: the slot's metrics cannot be read");
    line_is("NOTE", "NOTE      metrics: there is no document of this slot; "
                    "memory: there is no state document");
    line_is("WHY",
            "WHY       L_HAZ pi 0.452 ≥ 0.4 (15m close 02:00 UTC), passed "
            "by 0.0523");
    line_is("ATR(4h)", "            above; ATR(4h) unavailable");
    line_is("L_VER ",
            "          L_VER    no: VER 1.31, limit 1.25, pi is low           "
            "  yes");
    explained_end(&e);
    explained_latest(&e);
    e.state.exit.slot_ms += MS_PER_SLOT;
    line_is("NOTE", "NOTE      the memory stands at another slot");
    line_is("half-life",
            "          half-life    14.9 bars, raw; the grid has no "
            "baseline here");
    explained_end(&e);
}

static void a_percentile_is_told_in_walks(void)
{
    static const struct {
        double walk;
        const char *want;
    } rows[] = {
        { .917, "as straight as 1 in 12 random walks" },
        { .083, "as crooked as 1 in 12 random walks" },
        { .999, "as straight as 1 in 1000 random walks" },
        { .001, "as crooked as 1 in 1000 random walks" },
        { .74, "as on a random walk" },
        { .5, "as on a random walk" },
        { .26, "as on a random walk" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        explained_begin(&e, STATE_NORMAL);
        explained_metric(&e, METRIC_ER24_1H, .3, rows[i].walk);
        ASSERT(strstr(explained_line(&e, "ER24 1h"), rows[i].want) != NULL);
        explained_end(&e);
    }
}

static void profiles_are_compared_where_both_have_the_row(void)
{
    explained_begin(&e, STATE_LATEST);
    explained_yes(&e, L_HAZ, .45, .4); /* only the calibrated one has it */
    line_is("PROFILES",
            "PROFILES  the literal rules answer the same, row by row");
    e.exit.evaluation.profile = PROFILE_SEED;
    line_is("PROFILES",
            "PROFILES  the literal rules decide; what the calibrated "
            "ones would say is not recorded");
    explained_end(&e);
}

static void shadow_rows_are_no_reason(void)
{
    explained_begin(&e, STATE_NORMAL);
    explained_yes(&e, L_HAZ, .45, .4);
    e.exit.mode[L_HAZ] = TRIGGER_SHADOW;
    line_is("WHY", "WHY       yes, but in shadow: L_HAZ");
    explained_end(&e);
}

void explain_test(void);
void explain_test(void)
{
    TEST_SUITE("cli/explain");
    TEST(the_whole_screen);
    TEST(the_row_of_l_haz_and_the_model_of_pi_are_named);
    TEST(the_nearest_way_comes_first);
    TEST(what_waits_says_for_what);
    TEST(normal_looks_at_the_warnings);
    TEST(mandatory_says_what_releases_it);
    TEST(each_yes_says_how_it_ends);
    TEST(unknown_says_why);
    TEST(what_is_missing_says_why);
    TEST(a_percentile_is_told_in_walks);
    TEST(profiles_are_compared_where_both_have_the_row);
    TEST(shadow_rows_are_no_reason);
}
