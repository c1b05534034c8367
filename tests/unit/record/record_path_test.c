/* Paths are spelled out from the layout; the hash is the FNV-1a of "hello"
 * that its authors' test suite gives. */
#include "record/path.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "market/bar_csv.h"
#include "record/record.h"
#include "record/samples.h"
#include "test.h"

static void each_path_is_spelled_as_the_layout_says(void)
{
    char p[RECORD_PATH_MAX], hash8[RECORD_HASH8];
    record_grid_path("btc-a", p);
    ASSERT_STR(p, "grids/btc-a.yaml");
    record_state_path("btc-a", p);
    ASSERT_STR(p, "state/btc-a.yaml");
    record_metrics_path("BTC-USDT", SAMPLE_SLOT, p);
    ASSERT_STR(p, "metrics/BTC-USDT/2021/05/19/0200.yaml");
    record_exit_path("btc-a", SAMPLE_SLOT + 87 * MS_PER_SLOT, p);
    ASSERT_STR(p, "exits/btc-a/2021/05/19/2345.yaml");
    record_latest_symbol_path("BTC-USDT", p);
    ASSERT_STR(p, "latest/symbols/BTC-USDT.yaml");
    record_latest_grid_path("btc-a", p);
    ASSERT_STR(p, "latest/grids/btc-a.yaml");
    record_service_path(p);
    ASSERT_STR(p, "latest/service.yaml");
    record_seed_path("BTC-USDT", TF_4H, p);
    ASSERT_STR(p, "bars/BTC-USDT/4h/seed.csv");
    record_config_path("9f86d081", p);
    ASSERT_STR(p, "config/9f86d081.yaml");
    record_schema_path(RECORD_FAULT, p);
    ASSERT_STR(p, "schema/fault.schema.json");
    record_hash8("hello", 5, hash8);
    ASSERT_STR(hash8, "4f9f2cab");
    record_audit_path(RECORD_DELIVERY, SAMPLE_SLOT + 10007, "btc-a", hash8, p);
    ASSERT_STR(p, "audit/2021/05/19/020010007-btc-a-delivery-4f9f2cab.yaml");
}

static void a_path_says_what_lives_there(void)
{
    static const struct {
        const char *path;
        enum record_kind kind;
        const char *name;
        int64_t time_ms;
    } rows[] = {
        { "grids/btc-a.yaml", RECORD_GRID, "btc-a", MOMENT_NONE },
        { "state/12.yaml", RECORD_STATE, "12", MOMENT_NONE },
        { "metrics/BTC-USDT/2021/05/19/0200.yaml", RECORD_METRICS, "BTC-USDT",
          SAMPLE_SLOT },
        { "exits/btc-a/2021/05/19/0200.yaml", RECORD_EXIT, "btc-a",
          SAMPLE_SLOT },
        { "latest/symbols/1INCH-USDT.yaml", RECORD_METRICS, "1INCH-USDT",
          MOMENT_NONE },
        { "latest/grids/a.yaml", RECORD_EXIT, "a", MOMENT_NONE },
        { "latest/service.yaml", RECORD_SERVICE, "", MOMENT_NONE },
        { "audit/2021/05/19/020000000-run-fault-0a1b2c3d.yaml", RECORD_FAULT,
          "run", SAMPLE_SLOT },
        { "audit/2021/05/19/020000001-BTC-USDT-fault-0a1b2c3d.yaml",
          RECORD_FAULT, "BTC-USDT", SAMPLE_SLOT + 1 },
        { "audit/2021/05/19/020000000-a-intent-b-intent-0a1b2c3d.yaml",
          RECORD_INTENT, "a-intent-b", SAMPLE_SLOT },
        { "audit/2021/05/19/020000000-g-transition-0a1b2c3d.yaml",
          RECORD_TRANSITION, "g", SAMPLE_SLOT },
        { "audit/2021/05/19/020000000-g-operator-0a1b2c3d.yaml",
          RECORD_OPERATOR, "g", SAMPLE_SLOT },
        { "audit/2021/05/19/020000000-g-delivery-0a1b2c3d.yaml",
          RECORD_DELIVERY, "g", SAMPLE_SLOT },
        { "audit/2021/05/19/020000000-BTC-USDT-revision-0a1b2c3d.yaml",
          RECORD_REVISION, "BTC-USDT", SAMPLE_SLOT },
        { "config/9f86d081.yaml", RECORD_CONFIG, "9f86d081", MOMENT_NONE },
        { "bars/BTC-USDT/1h/seed.csv", RECORD_SEED, "BTC-USDT", MOMENT_NONE },
        { "schema/exit.schema.json", RECORD_SCHEMA, "", MOMENT_NONE },
        { "README.md", RECORD_README, "", MOMENT_NONE },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct record_place p = record_place_of(rows[i].path);
        ASSERT_INT(p.kind, rows[i].kind);
        ASSERT_STR(p.name, rows[i].name);
        ASSERT_INT(p.time_ms, rows[i].time_ms);
        ASSERT_INT(record_kind_of_path(rows[i].path), rows[i].kind);
    }
    ASSERT_INT(record_place_of("bars/BTC-USDT/1h/seed.csv").tf, TF_1H);
    ASSERT_INT(record_place_of("schema/exit.schema.json").schema_of,
               RECORD_EXIT);
}

static void what_no_rule_makes_does_not_belong_here(void)
{
    static const char *const paths[] = {
        "",
        "README",
        "README.md/x",
        "/README.md",
        "../README.md",
        "grids/",
        "grids/BTC.yaml",
        "grids/-a.yaml",
        "grids/a.yml",
        "grids/a.yaml.bak",
        "grids/a/b.yaml",
        "grids/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.yaml",
        "metrics/btc-usdt/2021/05/19/0200.yaml",
        "metrics/BTC-USDT/2021/05/19/0201.yaml",
        "metrics/BTC-USDT/2021/02/30/0200.yaml",
        "metrics/BTC-USDT/2021/13/01/0200.yaml",
        "metrics/BTC-USDT/2021/05/19/2400.yaml",
        "metrics/BTC-USDT/1969/05/19/0200.yaml",
        "metrics/BTC-USDT/2021/5/19/0200.yaml",
        "metrics/BTC-USDT/0200.yaml",
        "exits/../2021/05/19/0200.yaml",
        "latest/btc-a.yaml",
        "latest/service.yaml/a",
        "latest/grids/service.yaml.bak",
        "latest/grids/BTC-USDT.yaml",
        "audit/2021/05/19/020000000-btc-a-party-0a1b2c3d.yaml",
        "audit/2021/05/19/020000000-btc-a-exit-0a1b2c3d.yaml",
        "audit/2021/05/19/020000000--intent-0a1b2c3d.yaml",
        "audit/2021/05/19/020000000-a-intent-0A1B2C3D.yaml",
        "audit/2021/05/19/020000000-a-intent-0a1b2c3.yaml",
        "audit/2021/05/19/02000000-a-intent-0a1b2c3d.yaml",
        "audit/2021/05/19/020060000-a-intent-0a1b2c3d.yaml",
        "audit/2021/05/19/020000000-a-intent-0a1b2c3d.json",
        "config/9F86D081.yaml",
        "config/gridwatch.yaml",
        "bars/BTC-USDT/5m/seed.csv",
        "bars/BTC-USDT/1h/more.csv",
        "schema/bars.schema.json",
        "schema/exit.json",
        "reports/2021-05.md",
    };
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        if (record_kind_of_path(paths[i]) != RECORD_FOREIGN)
            ASSERT_STR(paths[i], "foreign");
    ASSERT_INT(record_kind_of_path("grids"), RECORD_FOREIGN);
}

static void seed_says(const char *text, const char *want)
{
    struct text data = TEXT_INIT(1 << 12);
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    text_puts(&data, text);
    record_validate("bars/BTC-USDT/15m/seed.csv", text_str(&data), data.len,
                    &c);
    ASSERT_STR(first_complaint(&c, first), want);
    text_release(&data);
}

static void config_says(const char *text, const char *want)
{
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    record_validate("config/9f86d081.yaml", text, strlen(text), &c);
    ASSERT_STR(first_complaint(&c, first), want);
}

static void a_configuration_is_a_map_of_options(void)
{
    config_says("exit.gate: 0.37\nexit.m_blind.after: 2h\nexit.l_hl.t: -1.95\n",
                "");
    config_says("notify.quiet_hours: \"22:00-07:00\"\n"
                "notify.time_zone: Europe/Berlin\n",
                "");
    config_says("", "is not a map of options");
    config_says("- a\n", "is not a map of options");
    config_says("exit.gate: 0.37\nexit.gate: 1\n",
                "line 2, column 1: key 'exit.gate' is there twice");
    config_says("exit.gate: 0.37\nexit: {gate: 1}\n",
                "line 2, column 1: must be an option such as exit.l_haz.enter "
                "with a number or a word such as shadow");
}

#define ROW "1621382400,40450,40500.5,40250,40300,12.75\n"

static void a_seed_is_checked_line_by_line(void)
{
    seed_says(BAR_CSV_HEADER "\n" ROW, "");
    seed_says("", "there are no bars");
    seed_says(BAR_CSV_HEADER "\n", "line 1, column 1: there are no bars");
    seed_says("time,open\n" ROW,
              "line 1, column 1: the header must be " BAR_CSV_HEADER);
    seed_says(BAR_CSV_HEADER "\n" ROW ROW,
              "line 3, column 1: is not later than the bar before it");
    seed_says(BAR_CSV_HEADER "\n1621382401,1,1,1,1,1\n",
              "line 2, column 1: the open time is not on the timeframe's grid");
    seed_says(BAR_CSV_HEADER "\n1621382400,1,0.5,1,1,1\n",
              "line 2, column 1: open and close are not between low and high");
    seed_says(BAR_CSV_HEADER "\n1621382400,1,1,1,1,-1\n",
              "line 2, column 1: a price is not above zero, or the volume is "
              "below zero");
    seed_says(BAR_CSV_HEADER "\n" ROW "1621383300,1,1,1,1,1",
              "line 3, column 1: the last line has no end: is the file whole?");
}

static void a_seed_comes_back_to_the_same_bits(void)
{
    static const struct bar bars[] = {
        { INT64_C(1621382400000), 40450, 40500.5, 40250, 40300, 12.75, 0 },
        { INT64_C(1621383300000), 40300, 40310, 40290.25, 40305, 0, 0 },
    };
    struct text text = TEXT_INIT(1 << 12), want = TEXT_INIT(1 << 12);
    struct complaints c = { 0 };
    struct bar *back = NULL;
    size_t count = 0;
    ASSERT_INT(seed_render(bars, ARRAY_LEN(bars), &text, NULL), 0);
    if (sample_golden("seed.csv", &want))
        ASSERT_STR(text_str(&text), text_str(&want));
    ASSERT_INT(seed_parse(text.data, text.len, TF_15M, &back, &count, &c), 0);
    ASSERT_INT(count, ARRAY_LEN(bars));
    ASSERT(count == ARRAY_LEN(bars) && !memcmp(back, bars, sizeof(bars)));
    free(back);
    text_release(&text);
    text_release(&want);
}

void record_path_test(void);

void record_path_test(void)
{
    TEST_SUITE("record/path");
    TEST(each_path_is_spelled_as_the_layout_says);
    TEST(a_path_says_what_lives_there);
    TEST(what_no_rule_makes_does_not_belong_here);
    TEST(a_configuration_is_a_map_of_options);
    TEST(a_seed_is_checked_line_by_line);
    TEST(a_seed_comes_back_to_the_same_bits);
}
