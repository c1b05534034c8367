/* The page of a run that was made by hand. */
#include "run/figures.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

void figures_test(void);

#define SLOT INT64_C(1770000300000)

static struct config config;
static struct run_options options;
static struct run r;
static struct grid_run grids[2];
static struct symbol_run symbols[1];
static struct message_run messages[4];
static struct exposition page;

static struct value real(double v)
{
    return value_real(v, 100);
}

static void name(struct grid_run *g, const char *id)
{
    *g = (struct grid_run){ .evaluated = true };
    snprintf(g->grid.id, sizeof(g->grid.id), "%s", id);
    snprintf(g->grid.symbol, sizeof(g->grid.symbol), "BTC-USDT");
    snprintf(g->grid.quote, sizeof(g->grid.quote), "USDT");
    g->exit = exit_memory_new();
    g->alert = alert_memory_new();
}

/* A run that came to its end: one grid in LATEST, one UNKNOWN. */
static void begin(void)
{
    options = (struct run_options){ .config = &config,
                                    .engine = "0.1.0+abcdef123456" };
    config = (struct config){ .run.deadline_ms = 120000 };
    r = (struct run){ .options = &options,
                      .config = &config,
                      .began_ms = SLOT + 10000,
                      .slot_ms = SLOT,
                      .exchange_ms = SLOT + 10000,
                      .grids = grids,
                      .grid_count = 2,
                      .symbols = symbols,
                      .symbol_count = 1,
                      .messages = messages,
                      .steps_begun = STEP_COUNT,
                      .http = { .requests = 7, .retries = 2 },
                      .commit = "0123456789abcdef0123456789abcdef01234567" };
    r.took_ms[STEP_FETCH] = 1250;
    symbols[0] = (struct symbol_run){ .symbol = "BTC-USDT" };
    symbols[0].seen =
        (struct symbol_seen){ true, PRICE_KNOWN, 60000, SLOT - 900000 };
    symbols[0].snapshot.regime = regime_not_built();
    name(&grids[0], "a");
    name(&grids[1], "b");
    grids[0].now.verdict = (struct verdict){ .state = STATE_LATEST,
                                             .known = STATE_LATEST,
                                             .since_ms = SLOT - 1800000 };
    grids[0].now.hazard.pi = real(0.41);
    grids[0].now.hazard.pi_up = real(0.01);
    grids[0].now.hazard.pi_dn = real(0.4);
    grids[0].now.distances.to_stop = real(0.05);
    grids[0].risk.stop_atr = real(1.5);
    grids[0].risk.at_risk = real(598.5);
    grids[0].alert.last_ms = SLOT;
    grids[1].now.verdict = (struct verdict){ .state = STATE_UNKNOWN,
                                             .known = STATE_NORMAL,
                                             .since_ms = SLOT };
    page = (struct exposition)EXPOSITION_INIT;
}

static void make(void)
{
    figures_of_run(&r, SLOT + 12500, 2500, &page);
}

static bool has(const char *line)
{
    char want[300];
    snprintf(want, sizeof(want), "\n%s\n", line);
    bool there = strstr(text_str(&page.text), want) != NULL;
    if (!there)
        printf("    not there: %s\n", line);
    return there;
}

/* Is there a sample that begins with these words? */
static bool has_any(const char *words)
{
    char want[300];
    snprintf(want, sizeof(want), "\n%s", words);
    return strstr(text_str(&page.text), want) != NULL;
}

static void end(void)
{
    exposition_release(&page);
}

#define A "{grid=\"a\",symbol=\"BTC-USDT\"}"
#define B "{grid=\"b\",symbol=\"BTC-USDT\"}"

static void the_run_is_told(void)
{
    begin();
    make();
    ASSERT(has_any("gridwatch_build_info{version=\"0.1.0+abcdef123456\"} 1\n"));
    ASSERT(has("gridwatch_run_start_timestamp_seconds 1770000310"));
    ASSERT(has("gridwatch_run_end_timestamp_seconds 1770000312.5"));
    ASSERT(has("gridwatch_run_duration_seconds 2.5"));
    ASSERT(has("gridwatch_run_exit_code 0"));
    ASSERT(has("gridwatch_run_slot_timestamp_seconds 1770000300"));
    ASSERT(has("gridwatch_run_step_duration_seconds{step=\"fetch\"} 1.25"));
    ASSERT(has("gridwatch_run_commit_info{commit=\"0123456789ab\"} 1"));
    ASSERT(has("gridwatch_run_requests 7"));
    ASSERT(has("gridwatch_run_request_retries 2"));
    end();
}

static void a_grid_has_its_level_and_its_money(void)
{
    begin();
    make();
    ASSERT(has("gridwatch_grid_state" A " 2"));
    ASSERT(has("gridwatch_grid_state_unknown" A " 0"));
    ASSERT(has("gridwatch_grid_known_state" A " 2"));
    ASSERT(has("gridwatch_grid_state_since_timestamp_seconds" A " 1769998500"));
    ASSERT(has("gridwatch_grid_pi_ratio" A " 0.41"));
    ASSERT(has("gridwatch_grid_pi_up_ratio" A " 0.01"));
    ASSERT(has("gridwatch_grid_pi_down_ratio" A " 0.4"));
    ASSERT(has("gridwatch_grid_stop_distance_ratio" A " 0.05"));
    ASSERT(has("gridwatch_grid_stop_distance_atr" A " 1.5"));
    ASSERT(has("gridwatch_grid_capital_at_risk{grid=\"a\",symbol=\"BTC-USDT\","
               "currency=\"USDT\"} 598.5"));
    ASSERT(has("gridwatch_grid_told_timestamp_seconds" A " 1770000300"));
    ASSERT(has("gridwatch_grid_info{grid=\"a\",symbol=\"BTC-USDT\","
               "status=\"created\"} 1"));
    end();
}

/* UNKNOWN is neither NORMAL nor a number. */
static void what_is_unknown_has_no_number(void)
{
    begin();
    make();
    ASSERT(!has_any("gridwatch_grid_state" B));
    ASSERT(has("gridwatch_grid_state_unknown" B " 1"));
    ASSERT(has("gridwatch_grid_known_state" B " 0"));
    ASSERT(!has_any("gridwatch_grid_pi_ratio" B));
    ASSERT(!has_any("gridwatch_grid_capital_at_risk{grid=\"b\""));
    ASSERT(!has_any("gridwatch_grid_told_timestamp_seconds" B));
    ASSERT(has("gridwatch_symbol_regime{symbol=\"BTC-USDT\","
               "regime=\"UNKNOWN\"} 1"));
    ASSERT(has("gridwatch_symbol_regime{symbol=\"BTC-USDT\","
               "regime=\"RANGE_OK\"} 0"));
    ASSERT(!has_any("gridwatch_symbol_regime_probability_ratio"));
    ASSERT(strstr(text_str(&page.text), "NaN") == NULL);
    ASSERT(strstr(text_str(&page.text), "nan") == NULL);
    end();
}

static void a_stale_number_is_none(void)
{
    begin();
    grids[0].now.hazard.pi.status = VALUE_STALE;
    grids[0].risk.at_risk.status = VALUE_STALE;
    make();
    ASSERT(!has_any("gridwatch_grid_pi_ratio"));
    ASSERT(!has_any("gridwatch_grid_capital_at_risk"));
    ASSERT(has("gridwatch_grid_pi_down_ratio" A " 0.4"));
    end();
}

/* A slot that an earlier run recorded: only what is remembered. */
static void a_grid_that_was_not_evaluated_shows_its_memory(void)
{
    begin();
    grids[0].evaluated = grids[1].evaluated = false;
    grids[0].exit.slot_ms = grids[0].exit.since_ms = SLOT;
    grids[0].exit.known = STATE_MANDATORY;
    symbols[0].seen.there = false;
    make();
    ASSERT(has("gridwatch_grid_state" A " 3"));
    ASSERT(has("gridwatch_grid_state_since_timestamp_seconds" A " 1770000300"));
    ASSERT(!has_any("gridwatch_grid_pi_ratio"));
    /* One that never was has no state, no level and no time. */
    ASSERT(!has_any("gridwatch_grid_state_unknown" B));
    ASSERT(!has_any("gridwatch_grid_known_state" B));
    ASSERT(!has_any("gridwatch_grid_state_since_timestamp_seconds" B));
    ASSERT(!has_any("gridwatch_symbol_"));
    /* UNKNOWN beside a known level. */
    grids[0].exit.unknown_since_ms = SLOT;
    exposition_release(&page);
    make();
    ASSERT(!has_any("gridwatch_grid_state" A));
    ASSERT(has("gridwatch_grid_known_state" A " 3"));
    end();
}

static void happen(struct grid_run *g, int64_t at_ms, enum grid_event event)
{
    const struct grid_history h = { .at_ms = at_ms, .event = event };
    grid_add_event(&g->grid, &h);
}

/* Stopped long ago, another writer's, or not come to in this run: what was
 * last known is no news. */
static void a_state_of_another_slot_is_none_of_now(void)
{
    begin();
    grids[0].evaluated = false;
    grids[0].exit.slot_ms = SLOT - 900000;
    grids[0].exit.since_ms = SLOT - 1800000;
    grids[0].exit.known = STATE_LATEST;
    happen(&grids[0], SLOT - 9000000, GRID_CREATED);
    happen(&grids[0], SLOT - 9000000, GRID_STARTED);
    happen(&grids[0], SLOT - 1000000, GRID_STOPPED);
    snprintf(grids[0].alert.siren.intent, INTENT_ID_MAX, "20260202T0245-x");
    make();
    ASSERT(has("gridwatch_grid_info{grid=\"a\",symbol=\"BTC-USDT\","
               "status=\"stopped\"} 1"));
    ASSERT(has("gridwatch_grid_known_state" A " 2"));
    ASSERT(!has_any("gridwatch_grid_state" A));
    ASSERT(!has_any("gridwatch_grid_state_unknown" A));
    ASSERT(!has_any("gridwatch_grid_state_since_timestamp_seconds" A));
    ASSERT(!has_any("gridwatch_grid_told_timestamp_seconds" A));
    ASSERT(!has_any("gridwatch_grid_siren_unacknowledged" A));
    ASSERT(has("gridwatch_grid_state_unknown" B " 1"));
    end();
}

/* An exchange that is gone does not answer the siren. */
static void a_siren_outlives_a_run_without_prices(void)
{
    begin();
    grids[0].evaluated = grids[1].evaluated = false;
    grids[0].exit.slot_ms = grids[1].exit.slot_ms = SLOT - 900000;
    grids[0].exit.known = STATE_MANDATORY;
    happen(&grids[0], SLOT - 9000000, GRID_CREATED);
    happen(&grids[0], SLOT - 9000000, GRID_STARTED);
    snprintf(grids[0].alert.siren.intent, INTENT_ID_MAX, "20260202T0245-x");
    make();
    ASSERT(!has_any("gridwatch_grid_state" A));
    ASSERT(has("gridwatch_grid_known_state" A " 3"));
    ASSERT(has("gridwatch_grid_siren_unacknowledged" A " 1"));
    ASSERT(has("gridwatch_grid_siren_unacknowledged" B " 0"));
    end();
}

static void prices_have_time_and_age(void)
{
    begin();
    make();
    ASSERT(has("gridwatch_symbol_price_known{symbol=\"BTC-USDT\"} 1"));
    ASSERT(has("gridwatch_symbol_price_timestamp_seconds{symbol=\"BTC-USDT\"} "
               "1769999400"));
    ASSERT(has("gridwatch_symbol_price_age_seconds{symbol=\"BTC-USDT\"} 910"));
    exposition_release(&page);
    symbols[0].seen =
        (struct symbol_seen){ true, PRICE_NO_TRADES, NO_VALUE, MOMENT_NONE };
    make();
    ASSERT(has("gridwatch_symbol_price_known{symbol=\"BTC-USDT\"} 0"));
    ASSERT(!has_any("gridwatch_symbol_price_age_seconds"));
    end();
}

static void regimes_have_probabilities(void)
{
    begin();
    symbols[0].snapshot.regime.pooled = REGIME_TREND;
    symbols[0].snapshot.regime.p[CLASS_TREND] = real(0.7);
    symbols[0].snapshot.regime.p[CLASS_RANGE_OK] = real(0.3);
    make();
    ASSERT(has("gridwatch_symbol_regime{symbol=\"BTC-USDT\",regime=\"TREND\"} "
               "1"));
    ASSERT(has("gridwatch_symbol_regime_probability_ratio{symbol=\"BTC-USDT\","
               "regime=\"TREND\"} 0.7"));
    ASSERT(!has_any("gridwatch_symbol_regime_probability_ratio{symbol=\"BTC-"
                    "USDT\",regime=\"TRANSITION\"}"));
    end();
}

static void messages_are_counted_by_their_end(void)
{
    begin();
    r.message_count = 4;
    for (int i = 0; i < 4; i++)
        messages[i] = (struct message_run){ .fate = MESSAGE_FINAL };
    messages[0].delivery.outcome = DELIVERY_ACCEPTED;
    messages[0].delivery.at_ms = SLOT + 11000;
    messages[1].delivery.outcome = DELIVERY_REFUSED;
    messages[2].delivery.outcome = DELIVERY_SUPERSEDED;
    messages[3].fate = MESSAGE_OPEN;
    make();
    ASSERT(has("gridwatch_run_deliveries{outcome=\"accepted\"} 1"));
    ASSERT(has("gridwatch_run_deliveries{outcome=\"refused\"} 1"));
    ASSERT(has("gridwatch_run_deliveries{outcome=\"superseded\"} 1"));
    ASSERT(has("gridwatch_run_deliveries{outcome=\"grouped\"} 0"));
    ASSERT(has("gridwatch_run_last_delivery_timestamp_seconds 1770000311"));
    ASSERT(has("gridwatch_open_intents 1"));
    end();
}

static void a_siren_that_nobody_answered_is_told(void)
{
    begin();
    snprintf(grids[0].alert.siren.intent, INTENT_ID_MAX, "20260202T0245-x");
    make();
    ASSERT(has("gridwatch_grid_siren_unacknowledged" A " 1"));
    ASSERT(has("gridwatch_grid_siren_unacknowledged" B " 0"));
    exposition_release(&page);
    grids[0].alert.siren.acknowledged_ms = SLOT;
    make();
    ASSERT(has("gridwatch_grid_siren_unacknowledged" A " 0"));
    end();
}

static void what_is_owed_is_told_where_there_is_a_remote(void)
{
    begin();
    make();
    ASSERT(!has_any("gridwatch_push_owed"));
    exposition_release(&page);
    snprintf(config.repository.remote, CONFIG_TEXT, "https://x/y");
    make();
    ASSERT(has("gridwatch_push_owed 0"));
    exposition_release(&page);
    r.remote_unseen = true; /* it was not reached, and nothing was pushed */
    make();
    ASSERT(!has_any("gridwatch_push_owed"));
    exposition_release(&page);
    r.push_owed = true;
    make();
    ASSERT(has("gridwatch_push_owed 1"));
    end();
}

static void faults_are_counted_by_class(void)
{
    begin();
    r.service.faults.count = 2;
    r.service.faults.list[0].class = FAULT_CLASS_REMOTE;
    r.service.faults.list[1].class = FAULT_CLASS_REMOTE;
    make();
    ASSERT(has("gridwatch_faults{class=\"remote\"} 2"));
    ASSERT(has("gridwatch_faults{class=\"clock\"} 0"));
    end();
}

/* The lock could not be taken: nothing is known of grids and messages. */
static void a_run_that_failed_early_tells_what_it_knows(void)
{
    begin();
    snprintf(config.repository.remote, CONFIG_TEXT, "https://x/y");
    r.steps_begun = STEP_LOCK + 1;
    r.exit = RUN_NO_REPOSITORY;
    r.commit[0] = '\0';
    make();
    ASSERT(has("gridwatch_run_exit_code 73"));
    ASSERT(has("gridwatch_run_step_duration_seconds{step=\"lock\"} 0"));
    ASSERT(!has_any("gridwatch_run_step_duration_seconds{step=\"sync\"}"));
    ASSERT(!has_any("gridwatch_run_commit_info"));
    ASSERT(!has_any("gridwatch_open_intents"));
    ASSERT(!has_any("gridwatch_push_owed"));
    ASSERT(!has_any("gridwatch_faults"));
    ASSERT(!has_any("gridwatch_grid_"));
    end();
}

void figures_test(void)
{
    TEST_SUITE("prometheus: the page of a run");
    TEST(the_run_is_told);
    TEST(a_grid_has_its_level_and_its_money);
    TEST(what_is_unknown_has_no_number);
    TEST(a_stale_number_is_none);
    TEST(a_grid_that_was_not_evaluated_shows_its_memory);
    TEST(a_state_of_another_slot_is_none_of_now);
    TEST(a_siren_outlives_a_run_without_prices);
    TEST(prices_have_time_and_age);
    TEST(regimes_have_probabilities);
    TEST(messages_are_counted_by_their_end);
    TEST(a_siren_that_nobody_answered_is_told);
    TEST(what_is_owed_is_told_where_there_is_a_remote);
    TEST(faults_are_counted_by_class);
    TEST(a_run_that_failed_early_tells_what_it_knows);
}
