/* A proposal as it is told: command, remarks, screen and JSON. Its numbers are
 * made up; what they should be is tested where they are made. */
#include "cli/offer.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "test.h"

/* 2026-02-10T10:15:00Z */
#define SLOT INT64_C(1770718500000)

static struct offer o;
static struct text said = TEXT_INIT(65536);

static void fill_gates(struct gates *g)
{
    for (int i = 0; i < GATE_COUNT; i++) {
        bool na = gate_table[i].group == 5 || gate_table[i].group == 8;
        g->rows[i] =
            na ? (struct gate_result){ ANSWER_NOT_APPLICABLE,
                                       value_none(VALUE_UNAVAILABLE), NO_VALUE }
               : (struct gate_result){ ANSWER_YES, value_real(.25, 1), .5 };
    }
}

static void begin(void)
{
    o = (struct offer){ .slot_ms = SLOT,
                        .close_ms = SLOT,
                        .kappa = 4,
                        .fee = .001,
                        .tick = .1,
                        .trading = true };
    for (int i = 0; i <= OFFER_HOURS; i++)
        for (int m = 0; m < METRIC_COUNT; m++)
            o.day[i].values[m] = value_real(.5 + i / 100., 300);
    o.scores_1h = (struct scores){ value_real(47, 300), value_real(57, 300),
                                   value_real(-.03, 300) };
    o.regime = regime_not_built();
    o.p = (struct proposal){ .close = 60000,
                             .slow_atr = value_real(600, 200),
                             .half_width = .04,
                             .width_atr = 4,
                             .step = .00617,
                             .net_step = .00417,
                             .step_kept = true,
                             .pi_24 = value_real(.0415, 500),
                             .pi_72 = value_real(.2279, 500),
                             .life_days = value_real(6.17, 500),
                             .cycles_day = value_real(5.18, 500),
                             .earn = value_real(.0076, 500) };
    o.p.grid = (struct grid){ .symbol = "BTC-USDT",
                              .quote = "USDT",
                              .spacing = GRID_GEOMETRIC,
                              .lower = 57647.4,
                              .upper = 62448.6,
                              .levels = 13,
                              .capital = NO_VALUE,
                              .stop = { 56505.9, NO_VALUE } };
    fill_gates(&o.p.gates);
    text_clear(&said);
}

static const char *command(void)
{
    text_clear(&said);
    offer_command(&o, &said);
    return text_str(&said);
}

static void the_command_starts_this_grid(void)
{
    char id[GRID_ID_MAX];
    begin();
    offer_id(&o, id);
    ASSERT_STR(id, "btc-usdt-0210");
    ASSERT_STR(command(),
               "gridwatch grid create btc-usdt-0210 --symbol BTC-USDT --side "
               "long --lower 57647.4 --upper 62448.6 --stop 56505.9 --levels "
               "13 --spacing geometric");
    o.p.grid.capital = 2500;
    o.p.grid.side = GRID_SHORT;
    o.p.grid.stop = (struct grid_stop){ NO_VALUE, 63710.2 };
    o.config = "etc/grid.yaml";
    ASSERT_STR(command(),
               "gridwatch --config etc/grid.yaml grid create btc-usdt-0210 "
               "--symbol BTC-USDT --side short --lower 57647.4 --upper 62448.6 "
               "--stop 63710.2 --levels 13 --spacing geometric --capital 2500");
    o.p.grid.side = GRID_NEUTRAL;
    o.p.grid.stop.below = 56505.9;
    ASSERT(strstr(command(), "--side neutral") != NULL);
    ASSERT(strstr(command(), "--stop 56505.9 ") != NULL);
}

static void a_shell_reads_it_as_it_was_meant(void)
{
    begin();
    o.config = "my grids/it's.yaml";
    o.exit_config = "$HOME/exit.yaml";
    ASSERT(strstr(command(), "gridwatch --config 'my grids/it'\\''s.yaml' "
                             "--exit-config '$HOME/exit.yaml' grid create ") ==
           text_str(&said));
    o.config = "";
    o.exit_config = NULL;
    ASSERT(strstr(command(), "gridwatch --config '' grid create ") != NULL);
    o.p.grid.lower = 1.052e-5; /* prices of cheap coins read back */
    ASSERT(strstr(command(), "--lower 1.052e-05 ") != NULL);
}

struct heard {
    int count;
    char last[240];
};

static void hear(void *payload, const char *remark)
{
    struct heard *h = payload;
    h->count++;
    snprintf(h->last, sizeof(h->last), "%s", remark);
}

static struct heard remarks(void)
{
    struct heard h = { 0, "" };
    offer_remarks(&o, hear, &h);
    return h;
}

static void what_is_odd_is_remarked(void)
{
    begin();
    ASSERT_INT(remarks().count, 0);
    o.trading = false;
    ASSERT_STR(remarks().last,
               "the exchange has halted trading in this symbol");
    begin();
    o.special_treatment = true;
    ASSERT(strstr(remarks().last, "may be delisted") != NULL);
    begin();
    o.p.step_kept = false;
    o.p.step = .00534;
    ASSERT_STR(remarks().last,
               "the range is narrow: even 6 levels are only 0.53 % apart");
    begin();
    o.kappa = 6;
    ASSERT_INT(remarks().count, 0);
    o.kappa = 6.5;
    ASSERT(strncmp(remarks().last, "kappa 6.5: ", 11) == 0);
    o.kappa = 3.9;
    ASSERT_INT(remarks().count, 1);
    begin();
    o.p.grid.stop.above = 63710.2;
    ASSERT(strstr(remarks().last, "'above: 63710.2'") != NULL);
    begin();
    o.tick_guessed = true;
    ASSERT(strstr(remarks().last, "six digits") != NULL);
    o.trading = o.p.step_kept = false;
    ASSERT_INT(remarks().count, 3);
}

static void a_day_has_its_lowest_and_highest(void)
{
    double low, high;
    begin();
    offer_day(&o, METRIC_ADX_1H, &low, &high);
    ASSERT_NEAR(low, .5, 0);
    ASSERT_NEAR(high, .74, 1e-15);
    o.day[24].values[METRIC_ADX_1H].v = -3;
    o.day[7].values[METRIC_ADX_1H] = (struct value){ 99, VALUE_STALE, 9 };
    o.day[8].values[METRIC_ADX_1H] = value_none(VALUE_WARMUP);
    offer_day(&o, METRIC_ADX_1H, &low, &high);
    ASSERT_NEAR(low, -3, 0);
    ASSERT_NEAR(high, .73, 1e-15);
    for (int i = 0; i <= OFFER_HOURS; i++)
        o.day[i].values[METRIC_ADX_1H].status = VALUE_STALE;
    offer_day(&o, METRIC_ADX_1H, &low, &high);
    ASSERT(isnan(low) && isnan(high));
}

static bool screen_holds(const char *words)
{
    text_clear(&said);
    offer_screen(&o, &said);
    if (strstr(text_str(&said), words))
        return true;
    printf("    not on the screen: '%s'\n", words);
    return false;
}

static void one_screen_says_it_all(void)
{
    begin();
    ASSERT(screen_holds("BTC-USDT  60000 at 2026-02-10T10:15:00Z, slot "
                        "2026-02-10T10:15:00Z\n"));
    ASSERT(screen_holds("range     57647.4 (3.9 % below) to 62448.6 (4.1 % "
                        "above)\n"));
    ASSERT(screen_holds("half-width 4.00 %: 4.00 slow ATR(4h) of 600\n"));
    ASSERT(screen_holds("levels    13 geometric, 0.62 % apart; 0.42 % after "
                        "two fees of 0.1 %\n"));
    ASSERT(screen_holds("stop      56505.9 (5.8 % below)\n"));
    ASSERT(screen_holds("left within 24 h: 4.2 %, within 72 h: 22.8 %\n"));
    ASSERT(screen_holds("6.17 days until it is left, with 5.18 cycles a day"));
    ASSERT(screen_holds("+0.76 % of the capital earned by then"));
    ASSERT(screen_holds("trend 47, mean reversion 57, volatility -0.03; a "));
    ASSERT(screen_holds("\ndirectional energy has decayed: yes\n"));
    ASSERT(screen_holds("  pass    G4_ADX     ADX(1h) shows no strong trend: "
                        "0.25 points, at most 0.5\n"));
    ASSERT(screen_holds("gates: 6 of 6 pass (G5 and G8 are asked of "
                        "restarts)\nonce the bot runs"));
    ASSERT(!strstr(text_str(&said), "capital   "));
    ASSERT(!strstr(text_str(&said), "G8_WAIT"));
    o.p.grid.capital = 2600;
    ASSERT(screen_holds("capital   2600 USDT, 200 a level\n"));
}

static void what_is_shut_or_missing_shows(void)
{
    begin();
    o.p.gates.rows[G4_ADX].pass = ANSWER_NO;
    o.p.gates.rows[G3_VER_4H] =
        (struct gate_result){ ANSWER_UNKNOWN, value_none(VALUE_WARMUP), 1.1 };
    o.p.gates.rows[G1_CRISIS] =
        (struct gate_result){ ANSWER_YES, value_none(VALUE_UNAVAILABLE), 12 };
    o.day[OFFER_HOURS].values[METRIC_HALF_LIFE_1H] =
        value_none(VALUE_NOT_IDENTIFIED);
    ASSERT(screen_holds("\ndirectional energy has decayed: no\n"));
    ASSERT(screen_holds("  FAIL    G4_ADX     "));
    ASSERT(screen_holds("\nvolatility is tradable: unknown\n"));
    ASSERT(screen_holds("  UNKNOWN G3_VER_4H  ATR(4h) is not above its mean: "
                        "warmup, at most 1.1\n"));
    ASSERT(screen_holds("long over: none was seen, at least 12\n"));
    ASSERT(screen_holds("    half_life 1h         none        0.5 "));
    ASSERT(screen_holds("gates: 4 of 6 pass; shut: G3, G4. Not now"));
    ASSERT(screen_holds("if it is run all the same"));
}

static cJSON *json(void)
{
    text_clear(&said);
    offer_json(&o, &said);
    ASSERT(said.len && said.data[said.len - 1] == '\n');
    cJSON *root = cJSON_Parse(text_str(&said));
    ASSERT_FATAL(root != NULL);
    return root;
}

static double number_at(const cJSON *o1, const char *key)
{
    const cJSON *x = cJSON_GetObjectItem(o1, key);
    ASSERT(cJSON_IsNumber(x));
    return x ? x->valuedouble : NO_VALUE;
}

static const char *text_at(const cJSON *o1, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItem(o1, key));
}

static void json_has_all_keys_and_they_are_documented(void)
{
    struct text doc = TEXT_INIT((size_t)1 << 20);
    struct error err;
    char name[64];
    begin();
    cJSON *root = json();
    ASSERT_INT(text_read_file(&doc, "docs/gates.md", &err), 0);
    ASSERT_INT(cJSON_GetArraySize(root), 32);
    for (const cJSON *k = root->child; k; k = k->next) {
        bool status = strstr(k->string, "_status") != NULL;
        snprintf(name, sizeof(name), "`%s`", k->string);
        if (!status && !strstr(text_str(&doc), name))
            printf("    docs/gates.md does not tell of %s\n", name);
        ASSERT(status || strstr(text_str(&doc), name));
    }
    text_release(&doc);
    cJSON_Delete(root);
}

static void json_has_the_numbers(void)
{
    begin();
    o.p.gates.rows[G6_PI_24].pass = ANSWER_NO;
    cJSON *root = json();
    const cJSON *range = cJSON_GetObjectItem(root, "range");
    const cJSON *stop = cJSON_GetObjectItem(root, "stop");
    const cJSON *gates = cJSON_GetObjectItem(root, "gates");
    const cJSON *terms =
        cJSON_GetObjectItem(cJSON_GetObjectItem(root, "themes"), "terms");
    const cJSON *first =
        cJSON_GetArrayItem(cJSON_GetObjectItem(terms, "checks"), 0);

    ASSERT_STR(text_at(root, "symbol"), "BTC-USDT");
    ASSERT_STR(text_at(root, "slot"), "2026-02-10T10:15:00Z");
    ASSERT_NEAR(number_at(range, "lower"), 57647.4, 0);
    ASSERT_NEAR(number_at(range, "slow_atr"), 600, 0);
    ASSERT_NEAR(number_at(stop, "below"), 56505.9, 0);
    ASSERT(cJSON_IsNull(cJSON_GetObjectItem(stop, "above")));
    ASSERT_NEAR(number_at(root, "levels"), 13, 0);
    ASSERT_NEAR(number_at(root, "pi_24"), .0415, 0);
    ASSERT_STR(text_at(root, "pi_24_status"), "real");
    ASSERT_STR(text_at(gates, "G6"), "no");
    ASSERT_STR(text_at(gates, "G8"), "na");
    ASSERT(cJSON_IsFalse(cJSON_GetObjectItem(root, "open")));
    ASSERT_STR(text_at(first, "id"), "G1_DATA");
    ASSERT_STR(text_at(first, "sense"), "at least");
    ASSERT_NEAR(number_at(first, "value"), .25, 0);
    ASSERT_STR(text_at(root, "id"), "btc-usdt-0210");
    ASSERT(strstr(text_at(root, "command"), "grid create btc-usdt-0210"));
    cJSON_Delete(root);
}

static void what_is_missing_is_null_beside_its_status(void)
{
    begin();
    o.p.life_days = value_none(VALUE_STALE);
    o.regime.q = value_none(VALUE_WARMUP);
    cJSON *root = json();
    ASSERT(cJSON_IsNull(cJSON_GetObjectItem(root, "life_days")));
    ASSERT_STR(text_at(root, "life_days_status"), "stale");
    const cJSON *regime = cJSON_GetObjectItem(root, "regime");
    ASSERT(cJSON_IsNull(cJSON_GetObjectItem(regime, "q")));
    ASSERT_STR(text_at(regime, "q_status"), "warmup");
    ASSERT_STR(text_at(regime, "label"), "UNKNOWN");
    cJSON_Delete(root);
    text_release(&said);
}

void offer_test(void);
void offer_test(void)
{
    TEST_SUITE("cli/offer");
    TEST(the_command_starts_this_grid);
    TEST(a_shell_reads_it_as_it_was_meant);
    TEST(what_is_odd_is_remarked);
    TEST(a_day_has_its_lowest_and_highest);
    TEST(one_screen_says_it_all);
    TEST(what_is_shut_or_missing_shows);
    TEST(json_has_all_keys_and_they_are_documented);
    TEST(json_has_the_numbers);
    TEST(what_is_missing_is_null_beside_its_status);
}
