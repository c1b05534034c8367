/* Explanations at their fullest and at their emptiest, as text and as JSON. */
#include "cli/explain.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "cli/explain_page.h"
#include "cli/explained.h"
#include "test.h"

static struct explained e;

static struct verdict *verdict(void)
{
    return &e.exit.evaluation.verdict;
}

/* Everything at once, with the longest names and numbers. */
static void fill(enum exit_state state, enum profile profile)
{
    explained_begin(&e, state);
    explained_metrics(&e);
    memset(e.grid.id, 'g', GRID_ID_MAX - 1);
    memcpy(e.grid.symbol, "1000000BABYDOGE2-USDTXY", SYMBOL_MAX);
    e.grid.market = GRID_FUTURES;
    e.grid.side = GRID_NEUTRAL;
    e.grid.lower = 0.0000123456789012;
    e.grid.upper = 0.0000223456789012;
    e.grid.stop = (struct grid_stop){ 0.0000113456789012, 0.0000323456789012 };
    e.exit.evaluation.close = value_real(0.0000123456789011, 1);
    e.exit.evaluation.profile = profile;
    e.exit.evaluation.boundary_pending = e.exit.backfilled = true;
    e.exit.evaluation.regime.reason = "1h scores not identified";
    e.metrics.regime.pooled = REGIME_TRANSITION;
    e.x.now_ms = EXPLAINED_AT(24 * 400, 0);
    verdict()->data_known = false;
    verdict()->held = true;
    verdict()->together = (struct together){ ANSWER_YES, 7, 0, 1000 };
    verdict()->theta = (struct theta){ .asked = true,
                                       .limits = { .35, .25 },
                                       .source = THETA_TABLE,
                                       .half_atr = 123.4,
                                       .stop_atr = 22,
                                       .atr = .1,
                                       .delay_minutes = 1439 };
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        bool yes = i % 2 == 0;
        struct trigger_result *r = (yes ? explained_yes : explained_no)(
            &e, (enum trigger_id)i, 1.8125, i % 3 ? 1.645 : 2.345);
        r->gate = i % 4 ? ANSWER_NO : ANSWER_YES;
        r->uncertain = true;
        verdict()->literal[i] = !yes;
    }
    for (int i = 0; i < GATE_COUNT; i++)
        explained_gate(&e, (enum gate_id)i, ANSWER_NO, 1.234567, 1.234561);
}

static void every_screen_fits(void)
{
    int most = 0;
    for (int state = 0; state < STATE_COUNT; state++) {
        for (int profile = 0; profile < PROFILE_COUNT; profile++) {
            int lines = 0;
            fill((enum exit_state)state, (enum profile)profile);
            e.x.limits = state % 2 ? NULL : e.x.limits;
            for (const char *p = explained_text(&e); *p; lines++) {
                char line[1024];
                size_t n = strcspn(p, "\n");
                snprintf(line, sizeof(line), "%.*s", (int)n, p);
                ASSERT(utf8_valid(line));
                ASSERT(utf8_count(line) <= EXPLAIN_COLUMNS);
                ASSERT(n > 0 && line[n - 1] != ' ');
                p += n + 1;
            }
            ASSERT(lines <= EXPLAIN_LINES);
            ASSERT_STR(explained_line(&e, "L_HAZ from"),
                       "          L_HAZ from 0.35 until below 0.25: by "
                       "half-width 123.4, stop 22.0 ATR(4h), delay 1439m");
            most = lines > most ? lines : most;
            explained_end(&e);
        }
    }
    ASSERT(most > 35); /* or this is not the fullest */
}

/* Of 90 columns the last two would be "5" and the blank. */
static void a_number_keeps_its_percent(void)
{
    struct text out = TEXT_INIT(4096);
    static struct page page;
    char long_line[PAGE_PARAGRAPH];
    snprintf(long_line, sizeof(long_line), "%087d 5 %% of it", 0);
    page_begin(&page, "HERE", 2);
    ASSERT(page_is_empty(&page));
    page_put(&page, "");
    ASSERT(page_is_empty(&page));
    page_put(&page, long_line);
    page_write(&page, &out);
    const char *second = strchr(text_str(&out), '\n');
    ASSERT_STR(second, "\n            5 % of it\n");
    text_release(&out);
}

static void no_number_is_ever_a_hole(void)
{
    static const char *const holes[] = { "nan", "NaN", "inf", "(null)" };
    for (int state = 0; state < STATE_COUNT; state++) {
        explained_begin(&e, (enum exit_state)state);
        e.x.metrics = state % 2 ? NULL : e.x.metrics;
        e.x.no_metrics = "why";
        e.grid.stop.below = NO_VALUE;
        explained_text(&e);
        for (size_t i = 0; i < ARRAY_LEN(holes); i++)
            ASSERT(!strstr(text_str(&e.text), holes[i]));
        explained_end(&e);
    }
}

static void json_has_the_same_keys_whatever_is_missing(void)
{
    // clang-format off
    static const char *const keys[] = {
        "grid", "symbol", "status", "slot", "backfilled", "profile", "state", "previous",
        "known", "data", "held", "since", "episode", "side", "boundary_pending", "close",
        "close_time", "pi", "pi_dn", "pi_up", "pi_model", "theta", "why", "triggers", "together", "literal", "worse",
        "release", "prices", "normal", "baseline", "regime", "label_1h", "label_4h", "regime_p",
        "confidence", "profiles_differ", "gates", "gates_open", "gate_themes", "waiting",
        "missing",
    };
    // clang-format on
    for (int with = 0; with < 2; with++) {
        explained_latest(&e);
        if (!with) {
            e.x.metrics = NULL;
            e.x.no_metrics = e.x.no_state = "why";
            e.x.state = NULL;
            e.x.limits = NULL;
        }
        explain_json(&e.x, &e.text);
        for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
            char key[64];
            snprintf(key, sizeof(key), "\"%s\":", keys[i]);
            ASSERT(strstr(text_str(&e.text), key) != NULL);
        }
        ASSERT(!strstr(text_str(&e.text), "nan"));
        explained_end(&e);
    }
}

static void json_says_what_the_screen_says(void)
{
    static const char *const parts[] = {
        "{\"id\":\"M_TREND\",\"far\":0.2,\"text\":\"M_TREND p of TREND 0.600, "
        "needs 0.75: +0.15, for 4 bars of 15m\"}",
        "\"literal\":[\"M_TREND\",\"L_VER\",\"W_ER\"]",
        "\"together\":{\"answer\":\"yes\",\"yes\":2,\"unknown\":0,\"held\":3}",
        "{\"id\":\"G4_ER\",\"group\":4,\"pass\":\"no\",\"value\":1.82,"
        "\"status\":\"real\",\"limit\":1.645}",
        "\"gates_open\":4",
        "{\"hours\":12,\"typical\":0.0186,\"status\":\"real\",\"adverse\":"
        "0.0438}",
        "\"release\":{\"closes\":2,\"clear_closes\":0}",
        "{\"id\":\"L_HAZ\",\"calibrated\":\"yes\",\"seed\":\"na\"}",
        "\"regime_p\":{\"range_ok\":0.05,\"range_weak\":0.1,\"transition\":0."
        "25,"
        "\"trend\":0.6}",
        "\"since\":\"2021-05-19T01:15:00Z\"",
        "\"pi_model\":\"pi-24h-1\"",
        "\"theta\":{\"enter\":0.35,\"leave\":0.25,\"by\":\"table\",\"half_"
        "atr\":"
        "5.96,\"stop_atr\":2,\"delay_minutes\":240}",
    };
    explained_latest(&e);
    verdict()->theta = (struct theta){ .asked = true,
                                       .limits = { .35, .25 },
                                       .source = THETA_TABLE,
                                       .half_atr = 5.96,
                                       .stop_atr = 2,
                                       .atr = 400,
                                       .delay_minutes = 240 };
    explain_json(&e.x, &e.text);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        ASSERT(strstr(text_str(&e.text), parts[i]) != NULL);
        if (!strstr(text_str(&e.text), parts[i]))
            printf("    not there: %s\n", parts[i]);
    }
    explained_end(&e);
}

void explain_fit_test(void);
void explain_fit_test(void)
{
    TEST_SUITE("cli/explain fit");
    TEST(every_screen_fits);
    TEST(a_number_keeps_its_percent);
    TEST(no_number_is_ever_a_hole);
    TEST(json_has_the_same_keys_whatever_is_missing);
    TEST(json_says_what_the_screen_says);
}
