/* The texts in tests/golden/record are written by hand from the layout; the
 * round trips need no expectation but their own input. */
#include "record/record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "record/pattern.h"
#include "record/samples.h"
#include "test.h"

static void parses(enum record_kind kind, const struct text *text,
                   union sample *out)
{
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    document_parse(kind, text_str(text), text->len, out, &c);
    ASSERT_STR(first_complaint(&c, first), "");
}

static void renders(enum record_kind kind, const union sample *doc,
                    struct text *out)
{
    struct error err = { 0 };
    document_render(kind, doc, out, &err);
    ASSERT_STR(err.msg, "");
}

static void each_kind_is_written_as_the_golden_says(void)
{
    for (int k = 0; k < RECORD_KIND_COUNT; k++) {
        enum record_kind kind = (enum record_kind)k;
        struct text want = TEXT_INIT(1 << 16), got = TEXT_INIT(1 << 16);
        char file[32];
        union sample doc;
        snprintf(file, sizeof(file), "%s.yaml", record_kind_name(kind));
        sample_make(kind, &doc);
        renders(kind, &doc, &got);
        if (sample_golden(file, &want))
            ASSERT_STR(text_str(&got), text_str(&want));
        text_release(&want);
        text_release(&got);
    }
}

static void each_golden_reads_back_to_the_same_bytes(void)
{
    for (int k = 0; k < RECORD_KIND_COUNT; k++) {
        enum record_kind kind = (enum record_kind)k;
        struct text want = TEXT_INIT(1 << 16), got = TEXT_INIT(1 << 16);
        char file[32], path[RECORD_PATH_MAX], first[COMPLAINT_TEXT];
        struct complaints c = { 0 };
        union sample doc;
        snprintf(file, sizeof(file), "%s.yaml", record_kind_name(kind));
        if (sample_golden(file, &want)) {
            parses(kind, &want, &doc);
            renders(kind, &doc, &got);
            ASSERT_STR(text_str(&got), text_str(&want));
            sample_path(kind, &want, path);
            record_check_before_commit(path, &want, &c);
            ASSERT_STR(first_complaint(&c, first), "");
        }
        text_release(&want);
        text_release(&got);
    }
}

static void a_slot_without_4h_bars_is_written_as_the_golden_says(void)
{
    struct text want = TEXT_INIT(1 << 16), got = TEXT_INIT(1 << 16);
    union sample doc;
    sample_make(RECORD_METRICS, &doc);
    sample_blind(&doc.metrics);
    renders(RECORD_METRICS, &doc, &got);
    if (sample_golden("metrics-blind.yaml", &want)) {
        ASSERT_STR(text_str(&got), text_str(&want));
        parses(RECORD_METRICS, &want, &doc);
        ASSERT(!doc.metrics.regime.explained);
        text_clear(&got);
        renders(RECORD_METRICS, &doc, &got);
        ASSERT_STR(text_str(&got), text_str(&want));
    }
    text_release(&want);
    text_release(&got);
}

static void a_slot_without_a_price_is_written_as_the_golden_says(void)
{
    struct text want = TEXT_INIT(1 << 16), got = TEXT_INIT(1 << 16);
    union sample doc;
    sample_make(RECORD_EXIT, &doc);
    sample_blind_exit(&doc.exit);
    renders(RECORD_EXIT, &doc, &got);
    if (sample_golden("exit-blind.yaml", &want)) {
        ASSERT_STR(text_str(&got), text_str(&want));
        parses(RECORD_EXIT, &want, &doc);
        text_clear(&got);
        renders(RECORD_EXIT, &doc, &got);
        ASSERT_STR(text_str(&got), text_str(&want));
    }
    text_release(&want);
    text_release(&got);
}

static void a_classifier_is_named_by_the_hash_of_its_constants(void)
{
    struct regime_model other = regime_model_shipped;
    struct classifier c = classifier_of(&regime_model_shipped), d;
    char hash[16];
    other.crisis.ver += 1;
    d = classifier_of(&other);
    snprintf(hash, sizeof(hash), "%08x",
             (unsigned)regime_model_hash(&regime_model_shipped));
    ASSERT_STR(c.name, "softmax-tmv");
    ASSERT_STR(c.hash, hash);
    ASSERT_INT(strlen(c.hash), 8);
    ASSERT(strcmp(c.hash, d.hash) != 0);
}

/* Sebastiano Vigna's splitmix64, so that every run sees the same numbers. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static double random_double(uint64_t *state)
{
    for (;;) {
        uint64_t bits = next_random(state);
        double v;
        memcpy(&v, &bits, sizeof(v));
        if (isfinite(v))
            return v;
    }
}

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof(a)) == 0;
}

/* Puts `v` where any number may stand and compares what comes back. */
static void number_comes_back(double v)
{
    struct text text = TEXT_INIT(1 << 16);
    union sample before, after;
    sample_make(RECORD_EXIT, &before);
    before.exit.evaluation.distances.to_lower.v = v;
    before.exit.evaluation.verdict.triggers[0].limit = v;
    before.exit.position.is.pnl.e.nominal.v = v;
    before.exit.inputs.ticker = fabs(v) > 0 ? fabs(v) : 1;
    renders(RECORD_EXIT, &before, &text);
    parses(RECORD_EXIT, &text, &after);
    ASSERT(same_bits(after.exit.evaluation.distances.to_lower.v, v));
    ASSERT(same_bits(after.exit.evaluation.verdict.triggers[0].limit, v));
    ASSERT(same_bits(after.exit.position.is.pnl.e.nominal.v, v));
    ASSERT(same_bits(after.exit.inputs.ticker, before.exit.inputs.ticker));
    text_release(&text);
}

static void numbers_come_back_to_the_same_bits(void)
{
    static const double edges[] = { 0.0,
                                    -0.0,
                                    5e-324,
                                    1e308,
                                    -1e-308,
                                    1e15,
                                    1e16,
                                    123456789012345680.0,
                                    0.1,
                                    1e-07,
                                    1e22,
                                    0.30000000000000004,
                                    1.7976931348623157e308,
                                    2.2250738585072014e-308 };
    uint64_t state = 20210519;
    for (size_t i = 0; i < ARRAY_LEN(edges); i++)
        number_comes_back(edges[i]);
    for (int i = 0; i < 2000; i++)
        number_comes_back(random_double(&state));
}

static void a_number_is_a_number_for_readers_of_yaml_1_1_too(void)
{
    struct text text = TEXT_INIT(1 << 16);
    union sample doc;
    sample_make(RECORD_EXIT, &doc);
    doc.exit.evaluation.distances.to_lower.v = 1e-07;
    doc.exit.evaluation.distances.to_upper.v = 1e22;
    renders(RECORD_EXIT, &doc, &text);
    ASSERT(strstr(text_str(&text), "to_lower: {value: 1.0e-07}") != NULL);
    ASSERT(strstr(text_str(&text), "to_upper: {value: 1.0e+22}") != NULL);
    text_release(&text);
}

static void what_is_absent_comes_back_absent(void)
{
    struct text text = TEXT_INIT(1 << 16);
    union sample before, after;
    sample_make(RECORD_STATE, &before);
    before.state.exit = exit_memory_new();
    before.state.alert = alert_memory_new();
    before.state.open_count = before.state.owed.count = 0;
    renders(RECORD_STATE, &before, &text);
    parses(RECORD_STATE, &text, &after);
    ASSERT_INT(after.state.exit.slot_ms, MOMENT_NONE);
    ASSERT_INT(after.state.exit.life_ms, MOMENT_NONE);
    ASSERT_INT(after.state.exit.known, STATE_UNKNOWN);
    ASSERT(isnan(after.state.exit.latch.stop));
    ASSERT_INT(after.state.exit.blind_ms, MOMENT_NONE);
    ASSERT(isnan(after.state.exit.last_pi));
    ASSERT(isnan(after.state.exit.atr_entry));
    ASSERT_INT(after.state.exit.crisis_ms, MOMENT_NONE);
    ASSERT_INT(after.state.exit.left, STATE_UNKNOWN);
    ASSERT_INT(after.state.exit.counts.reversion_ms, MOMENT_NONE);
    ASSERT_INT(after.state.exit.baseline.at_ms, MOMENT_NONE);
    ASSERT_INT(after.state.exit.baseline.half_life.status, VALUE_WARMUP);
    ASSERT(isnan(after.state.exit.baseline.sigma_entry.v));
    ASSERT_INT(after.state.exit.triggers[L_HAZ].since_ms, MOMENT_NONE);
    ASSERT_INT(after.state.alert.said, STATE_NORMAL);
    ASSERT_INT(after.state.alert.said_ms[STATE_LATEST], MOMENT_NONE);
    ASSERT_INT(after.state.open_count, 0);
    ASSERT(strstr(text_str(&text), "\nopen_intents: []\n") != NULL);
    ASSERT(strstr(text_str(&text), "\nowed:") == NULL);
    ASSERT_INT(after.state.owed.count, 0);
    text_release(&text);
}

static void what_is_owed_comes_back(void)
{
    struct text text = TEXT_INIT(1 << 16);
    union sample before, after;
    sample_make(RECORD_STATE, &before);
    renders(RECORD_STATE, &before, &text);
    parses(RECORD_STATE, &text, &after);
    ASSERT_INT(after.state.owed.count, 2);
    ASSERT_STR(after.state.owed.list[0].channel, "ntfy");
    ASSERT_STR(after.state.owed.list[1].channel, "webhook");
    ASSERT_STR(after.state.owed.list[1].id, "20210519T0200-5f3a9c01");
    ASSERT_STR(after.state.siren.second, "btc-a-20210519T0030");
    text_release(&text);
}

static bool same_value(struct value a, struct value b)
{
    return same_bits(a.v, b.v) && a.status == b.status && a.n_used == b.n_used;
}

static void every_member_of_a_baseline_comes_back(void)
{
    struct text text = TEXT_INIT(1 << 16);
    union sample before, after;
    sample_make(RECORD_STATE, &before);
    before.state.exit.left = STATE_LATEST;
    before.state.exit.blind_ms = SAMPLE_SLOT - MS_PER_SLOT;
    renders(RECORD_STATE, &before, &text);
    parses(RECORD_STATE, &text, &after);
    const struct exit_memory *a = &after.state.exit, *b = &before.state.exit;
    ASSERT_INT(a->blind_ms, SAMPLE_SLOT - MS_PER_SLOT);
    ASSERT_NEAR(a->last_pi, .43, 0);
    ASSERT_NEAR(a->atr_entry, 412.5, 0);
    ASSERT_INT(a->crisis_ms, b->crisis_ms);
    ASSERT_INT(a->left, STATE_LATEST);
    ASSERT_INT(a->counts.trend_slots, 2);
    ASSERT_INT(a->counts.pi_closes, 3);
    ASSERT_INT(a->counts.warnings, 5);
    ASSERT_INT(a->counts.reversion.side, -1);
    ASSERT_INT(a->counts.reversion.since, 4);
    ASSERT(!a->counts.reversion.failed);
    ASSERT_INT(a->counts.reversion_ms, SAMPLE_SLOT);
    ASSERT_INT(a->baseline.at_ms, b->baseline.at_ms);
    ASSERT(a->baseline.identified);
    ASSERT(same_value(a->baseline.half_life, b->baseline.half_life));
    ASSERT(same_value(a->baseline.sigma_st, b->baseline.sigma_st));
    ASSERT(same_value(a->baseline.ver_mean, b->baseline.ver_mean));
    ASSERT(same_value(a->baseline.sigma_entry, b->baseline.sigma_entry));
    text_release(&text);
}

/* Members that the tables would leave out show as a difference here. */
static void every_member_of_state_and_intent_comes_back(void)
{
    struct text text = TEXT_INIT(1 << 16);
    union sample before, after;
    sample_make(RECORD_STATE, &before);
    renders(RECORD_STATE, &before, &text);
    parses(RECORD_STATE, &text, &after);
    const struct exit_memory *a = &after.state.exit, *b = &before.state.exit;
    ASSERT_INT(a->slot_ms, b->slot_ms);
    ASSERT_INT(a->life_ms, b->life_ms);
    ASSERT_INT(a->known, b->known);
    ASSERT_INT(a->since_ms, b->since_ms);
    ASSERT_INT(a->unknown_since_ms, b->unknown_since_ms);
    ASSERT_INT(a->episode_ms, b->episode_ms);
    ASSERT_INT(a->clear_closes, b->clear_closes);
    ASSERT_INT(a->scanned_ms, b->scanned_ms);
    ASSERT_INT(a->latch.side, b->latch.side);
    ASSERT_INT(a->latch.at_ms, b->latch.at_ms);
    ASSERT_INT(a->latch.set_ms, b->latch.set_ms);
    ASSERT(same_bits(a->latch.stop, b->latch.stop));
    ASSERT(!memcmp(&after.state.alert.said_ms, &before.state.alert.said_ms,
                   sizeof(after.state.alert.said_ms)));
    ASSERT_STR(after.state.open[0].path, before.state.open[0].path);
    text_clear(&text);
    sample_make(RECORD_INTENT, &before);
    renders(RECORD_INTENT, &before, &text);
    parses(RECORD_INTENT, &text, &after);
    ASSERT(!memcmp(&after.intent, &before.intent, sizeof(after.intent)));
    text_clear(&text);
    sample_make(RECORD_DELIVERY, &before);
    renders(RECORD_DELIVERY, &before, &text);
    parses(RECORD_DELIVERY, &text, &after);
    ASSERT(!memcmp(&after.delivery, &before.delivery, sizeof(after.delivery)));
    text_release(&text);
}

static void all_faults_are_told_at_once(void)
{
    static const char bad[] = "kind: operator\n"
                              "version: 2\n"
                              "at: 2021-05-19T24:00:00Z\n"
                              "grid: BTC A\n"
                              "action: explode\n"
                              "note: \"a\\x07b\"\n"
                              "runs: 1\n";
    static const char *const want[] = {
        "line 2, column 10: version: must be 1, but is '2'",
        "line 3, column 5: at: must be a time such as 2021-05-19T02:00:00Z, "
        "but is '2021-05-19T24:00:00Z'",
        "line 4, column 7: grid: must be a grid id: lower case letters, digits "
        "and '-', at most 31, but is 'BTC A'",
        "line 5, column 9: action: must be one of create, start, stop, pause, "
        "resume, change, acknowledge, snooze, exited, returned, but is "
        "'explode'",
        "line 6, column 7: note: must be one line of text that begins with a "
        "letter or digit or null, but is 'a b'",
        "line 1, column 1: run: is missing",
        "line 7, column 1: runs: is not a key that is known here",
    };
    struct complaints c = { 0 };
    union sample doc;
    ASSERT_INT(document_parse(RECORD_OPERATOR, bad, strlen(bad), &doc, &c), -1);
    ASSERT_INT(c.count, ARRAY_LEN(want));
    for (size_t i = 0; i < ARRAY_LEN(want) && i < c.count; i++) {
        char got[COMPLAINT_TEXT];
        complaint_format(&c.list[i], got);
        ASSERT_STR(got, want[i]);
    }
}

static void complaints_beyond_the_cap_are_counted(void)
{
    struct text text = TEXT_INIT(1 << 14);
    struct complaints c = { 0 };
    union sample doc;
    for (int i = 0; i < 100; i++)
        text_printf(&text, "k%d: 1\n", i);
    document_parse(RECORD_FAULT, text_str(&text), text.len, &doc, &c);
    ASSERT_INT(c.count, 107); /* 100 unknown, 7 missing */
    ASSERT_INT(complaints_kept(&c), COMPLAINTS_MAX);
    text_release(&text);
}

static void what_no_document_may_hold_is_not_written(void)
{
    struct text text = TEXT_INIT(1 << 16);
    struct error err = { 0 };
    union sample doc;
    sample_make(RECORD_METRICS, &doc);
    doc.metrics.bars[0].bar.high = HUGE_VAL;
    ASSERT_INT(document_render(RECORD_METRICS, &doc, &text, &err), -1);
    ASSERT_STR(err.msg, "document 'metrics': 'high' is not a finite number");
    sample_make(RECORD_METRICS, &doc);
    doc.metrics.bar_count = RECORD_BARS_MAX + 1;
    ASSERT_INT(document_render(RECORD_METRICS, &doc, &text, &err), -1);
    sample_make(RECORD_METRICS, &doc);
    memset(doc.metrics.symbol, 'A', sizeof(doc.metrics.symbol));
    ASSERT_INT(document_render(RECORD_METRICS, &doc, &text, &err), -1);
    ASSERT_STR(err.msg, "document 'metrics': 'symbol' is a text without an "
                        "end");
    sample_make(RECORD_INTENT, &doc);
    doc.intent.intent.reason = ALERT_QUIET;
    ASSERT_INT(document_render(RECORD_INTENT, &doc, &text, &err), -1);
    sample_make(RECORD_INTENT, &doc);
    doc.intent.at_ms = MOMENT_NONE;
    ASSERT_INT(document_render(RECORD_INTENT, &doc, &text, &err), -1);
    sample_make(RECORD_GRID, &doc);
    doc.grid.override_count = GRID_OVERRIDES + 1;
    ASSERT_INT(document_render(RECORD_GRID, &doc, &text, &err), -1);
    ASSERT_STR(err.msg, "document 'grid': 'overrides' has more rows than there "
                        "is room for");
    struct text small = TEXT_INIT(100);
    sample_make(RECORD_EXIT, &doc);
    ASSERT_INT(document_render(RECORD_EXIT, &doc, &small, &err), -1);
    ASSERT_STR(err.msg, "document 'exit': longer than 100 bytes");
    text_release(&small);
    text_release(&text);
}

static void any_reply_of_a_server_becomes_a_line(void)
{
    static const struct {
        const char *raw, *want;
    } rows[] = {
        { "", "" },
        { "plain", "plain" },
        { "<html>\r\n", "\"<html>??" },
        { "@@", "\"@@" },
        { "a\xff\xfe z", "a?? z" },
        { "\xe2\x80\xaexx", "\"???xx" },
        { "caf\xc3\xa9 \xe2\x86\x92", "caf\xc3\xa9 \xe2\x86\x92" },
        { "cut \xe2\x86", "cut ??" },
        { " lead", "\" lead" },
    };
    char out[64], small[12];
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        pattern_clean(PATTERN_LINE, rows[i].raw, out, sizeof(out));
        ASSERT_STR(out, rows[i].want);
        ASSERT(!*out || pattern_matches(PATTERN_LINE, out));
    }
    pattern_clean(PATTERN_LINE, "ten \xe2\x86\x92\xe2\x86\x92\xe2\x86\x92",
                  small, sizeof(small));
    ASSERT_STR(small, "ten \xe2\x86\x92\xe2\x86\x92");
    pattern_clean(PATTERN_LINES, "a\nb\rc", out, sizeof(out));
    ASSERT_STR(out, "a\nb?c");
}

static void no_reply_keeps_a_delivery_from_being_recorded(void)
{
    struct text text = TEXT_INIT(1 << 16);
    union sample before, after;
    sample_make(RECORD_DELIVERY, &before);
    struct delivery *d = &before.delivery.delivery;
    snprintf(d->reason, sizeof(d->reason), "%s", "@\x07\xff {\"errors\": 1}");
    snprintf(d->request, sizeof(d->request), "%s", "<script>");
    renders(RECORD_DELIVERY, &before, &text);
    parses(RECORD_DELIVERY, &text, &after);
    ASSERT_STR(after.delivery.delivery.reason, "\"@?? {\"errors\": 1}");
    ASSERT_STR(after.delivery.delivery.request, "");
    text_release(&text);
}

void record_document_test(void);

void record_document_test(void)
{
    TEST_SUITE("record/document");
    TEST(each_kind_is_written_as_the_golden_says);
    TEST(each_golden_reads_back_to_the_same_bytes);
    TEST(a_slot_without_4h_bars_is_written_as_the_golden_says);
    TEST(a_slot_without_a_price_is_written_as_the_golden_says);
    TEST(a_classifier_is_named_by_the_hash_of_its_constants);
    TEST(numbers_come_back_to_the_same_bits);
    TEST(a_number_is_a_number_for_readers_of_yaml_1_1_too);
    TEST(what_is_absent_comes_back_absent);
    TEST(what_is_owed_comes_back);
    TEST(every_member_of_state_and_intent_comes_back);
    TEST(every_member_of_a_baseline_comes_back);
    TEST(all_faults_are_told_at_once);
    TEST(complaints_beyond_the_cap_are_counted);
    TEST(what_no_document_may_hold_is_not_written);
    TEST(any_reply_of_a_server_becomes_a_line);
    TEST(no_reply_keeps_a_delivery_from_being_recorded);
}
