/* Shares of random walks and regimes: what every field allows, but the whole
 * does not. */
#include "base/array.h"
#include "record/record.h"
#include "record/rows.h"
#include "test.h"

static void a_share_of_walks_is_that_of_the_value(void)
{
    static const struct row rows[] = {
        { RECORD_METRICS, "used: 114, walk: 0.9}", "used: 114, walk: 0.901}",
          "metrics[5].walk", "must be 0.900 for that value of ver" },
        { RECORD_METRICS, "used: 114, walk: 0.9}", "used: 114, walk: null}",
          "metrics[5].walk", "must be 0.900" },
        { RECORD_METRICS, "value: 29.118,", "value: 27.335,", "metrics[6].walk",
          "must be 0.700 for that value of adx" },
        { RECORD_METRICS, "used: 20, walk: 0.05}", "used: 20, walk: null}",
          "metrics[24].walk", "must be 0.050" },
        { RECORD_METRICS, "used: 900, walk: null", "used: 900, walk: 0.97",
          "metrics[3].walk", "must be null: vol_rank has no such share" },
        { RECORD_METRICS, "used: 0, walk: null", "used: 0, walk: 0.5",
          "metrics[14].walk", "must be null: what has no value" },
        { RECORD_METRICS, "walk: 0.999", "walk: 1", "metrics[11].walk",
          "from 0.001 to 0.999 or null" },
        { RECORD_METRICS, "walk: 0.001", "walk: 0", "metrics[27].walk",
          "from 0.001 to 0.999 or null" },
        { RECORD_METRICS, "{name: adx, tf: 4h", "{name: adx, tf: 1h",
          "metrics[27].tf", "must be 4h (the rows have a fixed order)" },
        { RECORD_METRICS, "{name: bbw_pct, tf: 1h", "{name: bbw, tf: 1h",
          "metrics[23].name", "must be bbw_pct (the rows have a fixed order)" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

#define SURE "confidence: {value: 0.25, status: filled, used: 1586}"
#define P    "  p: {range_ok: 0.05, range_weak: 0.1, transition: 0.25, trend: 0.6}"
#define NO_P                                                                   \
    "  p: {range_ok: null, range_weak: null, transition: null, trend: null}"

static void the_labels_of_a_regime_agree(void)
{
    static const struct row rows[] = {
        { RECORD_METRICS, "reason: ''", "reason: 4h bars stale",
          "regime.reason", "if and only if `before` is UNKNOWN" },
        { RECORD_METRICS, "reason: ''", "reason: the price was odd",
          "regime.reason", "one of" },
        { RECORD_METRICS, "before: TREND", "before: UNKNOWN", "regime.reason",
          "if and only if `before` is UNKNOWN" },
        { RECORD_METRICS, "before: TREND", "before: TRANSITION",
          "regime.pooled", "no crisis makes it so" },
        /* a crisis makes it so, and takes all confidence away */
        { RECORD_METRICS, "crisis: 'no'\n  " SURE,
          "crisis: 'yes'\n  confidence: {value: 0, status: filled, used: 9}",
          "", "" },
        { RECORD_METRICS, "crisis: 'no'", "crisis: 'yes'", "regime.confidence",
          "must be 0 in a crisis" },
        { RECORD_METRICS,
          "pooled: TREND\n  before: TREND\n  label_1h: TREND\n  label_4h: "
          "TRANSITION\n  run: 3\n  run_1h: 2\n  run_4h: 5\n  reason: ''\n  "
          "crisis: 'no'\n  " SURE,
          "pooled: RANGE_OK\n  before: RANGE_OK\n  label_1h: TREND\n  "
          "label_4h: TRANSITION\n  run: 3\n  run_1h: 2\n  run_4h: 5\n  "
          "reason: ''\n  crisis: 'yes'\n  confidence: {value: 0, status: real, "
          "used: 9}",
          "regime.pooled", "cannot be a range" },
        { RECORD_EXIT,
          "pooled: TREND, label_1h: TREND, label_4h: TRANSITION, status: "
          "filled",
          "pooled: UNKNOWN, label_1h: TREND, label_4h: TRANSITION, status: "
          "flat",
          "evaluation.regime.reason", "although the regime is UNKNOWN" },
        { RECORD_EXIT,
          "pooled: TREND, label_1h: TREND, label_4h: TRANSITION, status: "
          "filled",
          "pooled: RANGE_OK, label_1h: TREND, label_4h: TREND, reason: 1h "
          "prices flat",
          "evaluation.regime.reason", "must be empty" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void the_numbers_of_a_regime_agree(void)
{
    static const struct row rows[] = {
        { RECORD_METRICS, SURE,
          "confidence: {value: null, status: stale, used: 0}",
          "regime.confidence", "if and only if `before` is known" },
        { RECORD_METRICS, SURE,
          "confidence: {value: 0.25, status: stale, used: 0}",
          "regime.confidence", "if and only if `before` is known" },
        { RECORD_METRICS, SURE,
          "confidence: {value: null, status: warmup, used: 0}",
          "regime.confidence", "if and only if `before` is known" },
        { RECORD_METRICS, SURE,
          "confidence: {value: 1.5, status: real, used: 3}",
          "regime.confidence.value", "from 0 to 1 or null" },
        { RECORD_METRICS, "trend: 0.6}", "trend: 0.6000001}", "regime.p",
          "must be 1 in sum" },
        { RECORD_METRICS, "trend: 0.6}", "trend: 0.6000000001}", "", "" },
        { RECORD_METRICS, P, NO_P, "regime.p", "four times a number" },
        { RECORD_METRICS, "trend: 0.6}", "trend: null}", "regime.p",
          "four times a number" },
        { RECORD_METRICS, "trend: 0.6}", "trend: 1.6}", "regime.p.trend",
          "from 0 to 1 or null" },
        { RECORD_METRICS, "trend: 0.7}", "trend: 0.8}", "regime.raw",
          "must be 1 in sum" },
        { RECORD_METRICS, "t_1h: 91.5", "t_1h: 100.5", "regime.scores.t_1h",
          "from 0 to 100 or null" },
        { RECORD_METRICS, "total: 1.25", "total: 1.5", "regime.why.total",
          "must be the sum of its parts" },
        { RECORD_METRICS, "runner_up: TRANSITION", "runner_up: TREND",
          "regime.why.runner_up", "cannot be the winner" },
        { RECORD_METRICS, "winner: TREND", "winner: RANGE_OK",
          "regime.why.winner", "has not the highest raw chance" },
        { RECORD_METRICS,
          "why: {winner: TREND, runner_up: TRANSITION, total: 1.25, base: 0.5, "
          "t: 1, m: 0.25, v: -0.5}",
          "why: null", "regime.raw", "no number" },
        { RECORD_METRICS, "hash: c0ffee12", "hash: C0FFEE12",
          "regime.model.hash", "8 hexadecimal digits" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

/* As regime/ gives them; none may be unknown to the record. */
static void every_reason_for_an_unknown_regime_is_accepted(void)
{
    for (int i = REGIME_REASON_NONE + 1; i < REGIME_REASONS; i++) {
        struct text text = TEXT_INIT(1 << 16);
        struct complaints c = { 0 };
        struct error err = { 0 };
        char first[COMPLAINT_TEXT];
        union sample doc;
        sample_make(RECORD_METRICS, &doc);
        sample_blind(&doc.metrics);
        doc.metrics.regime.reason = regime_reason_text((enum regime_reason)i);
        document_render(RECORD_METRICS, &doc, &text, &err);
        ASSERT_STR(err.msg, "");
        document_parse(RECORD_METRICS, text_str(&text), text.len, &doc, &c);
        ASSERT_STR(first_complaint(&c, first), "");
        ASSERT_STR(doc.metrics.regime.reason,
                   regime_reason_text((enum regime_reason)i));
        text_release(&text);
    }
}

/* A bar that is due and did not come: no number, and not for lack of bars. */
static void a_regime_of_stale_bars_can_be_recorded(void)
{
    struct text text = TEXT_INIT(1 << 16);
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    union sample doc;
    sample_make(RECORD_METRICS, &doc);
    sample_blind(&doc.metrics);
    doc.metrics.regime.confidence = value_none(VALUE_STALE);
    ASSERT_INT(document_render(RECORD_METRICS, &doc, &text, NULL), 0);
    document_parse(RECORD_METRICS, text_str(&text), text.len, &doc, &c);
    ASSERT_STR(first_complaint(&c, first), "");
    ASSERT_INT(doc.metrics.regime.confidence.status, VALUE_STALE);
    text_release(&text);
}

void record_regime_test(void);

void record_regime_test(void)
{
    TEST_SUITE("record/regime");
    TEST(a_share_of_walks_is_that_of_the_value);
    TEST(the_labels_of_a_regime_agree);
    TEST(the_numbers_of_a_regime_agree);
    TEST(every_reason_for_an_unknown_regime_is_accepted);
    TEST(a_regime_of_stale_bars_can_be_recorded);
}
