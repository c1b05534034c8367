/* Each row changes a golden document in one place to something that every
 * field allows, but the whole does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "record/record.h"
#include "record/rows.h"
#include "test.h"

static void no_state_stands_without_its_reason(void)
{
    static const struct row rows[] = {
        /* LATEST without a yes of LATEST */
        { RECORD_EXIT, "mode: active, answer: 'yes', value: 0.43",
          "mode: shadow, answer: 'yes', value: 0.43", "evaluation.state",
          "is LATEST_ACCEPTABLE_EXIT, but the active triggers say WARNING" },
        { RECORD_EXIT, "  state: LATEST_ACCEPTABLE_EXIT\n  known: LATEST",
          "  state: MANDATORY_EXIT\n  known: LATEST", "evaluation.state",
          "is MANDATORY_EXIT, but the active triggers say LATEST" },
        { RECORD_EXIT, "  state: LATEST_ACCEPTABLE_EXIT", "  state: UNKNOWN",
          "evaluation.state", "is UNKNOWN" },
        { RECORD_EXIT, "  state: LATEST_ACCEPTABLE_EXIT", "  state: NORMAL",
          "evaluation.state", "is NORMAL" },
        { RECORD_EXIT, "  held: false", "  held: true", "evaluation.state",
          "but the active triggers and held say MANDATORY_EXIT" },
        /* MANDATORY by held alone is fine */
        { RECORD_EXIT,
          "  state: LATEST_ACCEPTABLE_EXIT\n  known: LATEST_ACCEPTABLE_EXIT\n"
          "  previous: WARNING\n  data: known\n  held: false",
          "  state: MANDATORY_EXIT\n  known: MANDATORY_EXIT\n"
          "  previous: WARNING\n  data: known\n  held: true",
          "", "" },
        { RECORD_EXIT, "  known: LATEST_ACCEPTABLE_EXIT", "  known: WARNING",
          "evaluation.known", "must be the state" },
        { RECORD_EXIT, "  episode: 2021-05-19T00:30:00Z", "  episode: null",
          "evaluation.episode", "is null although the state is LATEST" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void the_parts_of_an_exit_document_agree(void)
{
    static const struct row rows[] = {
        { RECORD_EXIT, "  data: known", "  data: unknown", "evaluation.data",
          "if and only if price, boundary and pi are" },
        { RECORD_EXIT, "  price_cause: none", "  price_cause: clock",
          "evaluation.data", "must be known" },
        { RECORD_EXIT, "close: {value: 40300, status: real",
          "close: {value: 40300, status: stale", "evaluation.close",
          "must be usable" },
        { RECORD_EXIT, "  close_time: 2021-05-19T02:00:00Z",
          "  close_time: null", "evaluation.close_time", "must be there" },
        { RECORD_EXIT, "pi_up: {value: 0.02", "pi_up: {value: 0.02000001",
          "evaluation.pi", "must be the sum" },
        { RECORD_EXIT, "pi_up: {value: 0.02", "pi_up: {value: 0.0200000001", "",
          "" },
        { RECORD_EXIT, "pi_dn: {value: 0.41, status: real",
          "pi_dn: {value: 0.41, status: filled", "evaluation.pi",
          "must have one status" },
        { RECORD_EXIT, "pi_dn: {value: 0.41", "pi_dn: {value: -0.41",
          "evaluation.pi", "from 0 to 1" },
        { RECORD_EXIT, "  since: 2021-05-19T02:00:00Z",
          "  since: 2021-05-19T02:15:00Z", "evaluation.since",
          "later than the slot" },
        { RECORD_EXIT, "previous_slot: 2021-05-19T01:45:00Z",
          "previous_slot: 2021-05-19T02:00:00Z", "previous_slot",
          "before the slot" },
        { RECORD_EXIT, "intent: 20210519T0200-5f3a9c01}", "intent: null}",
          "decision.intent", "the reason is worse" },
        { RECORD_EXIT, "intent: 20210519T0200-", "intent: 20210519T0215-",
          "decision.intent", "must begin with the slot" },
        { RECORD_EXIT, "reason: worse, ", "reason: quiet, ", "decision.intent",
          "the reason is quiet" },
        { RECORD_EXIT, "reason: worse, ", "reason: resolved, ",
          "decision.reason", "resolved does not fit the state LATEST" },
        { RECORD_EXIT, "  ticker: 40310.5", "  ticker: null", "inputs.ticker",
          "both" },
        { RECORD_EXIT, "stop_side: down", "stop_side: none",
          "evaluation.distances.stop_side", "is none although" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void a_yes_shows_what_decided_it(void)
{
    static const struct row rows[] = {
        { RECORD_EXIT, "distance: -0.23, side: down, evidence: bar",
          "distance: -0.23, side: down, evidence: none",
          "evaluation.triggers[3].answer", "evidence" },
        { RECORD_EXIT, "limit: 0.2, distance: -0.23",
          "limit: 0.2, distance: 0.23", "evaluation.triggers[3].answer",
          "not passed" },
        { RECORD_EXIT, "limit: 0.2, distance: -0.23",
          "limit: null, distance: -0.23", "evaluation.triggers[3].answer",
          "without a limit" },
        { RECORD_EXIT, "hits: 0, of: 2", "hits: 3, of: 2",
          "evaluation.triggers[0].answer", "more hits" },
        { RECORD_EXIT, "mode: active, answer: 'no'",
          "mode: 'off', answer: 'no'", "evaluation.triggers[0].answer",
          "must be na" },
        { RECORD_EXIT, "of: 2, seen: '2021-05-19T02:00:00Z'",
          "of: 2, seen: '2021-05-19T02:00:01Z'", "evaluation.triggers[0].seen",
          "later than the slot" },
        { RECORD_EXIT, "answer: 'no', value: 40300, status: real",
          "answer: 'no', value: null, status: real",
          "evaluation.triggers[0].value", "is null although" },
        { RECORD_EXIT, "answer: na, value: null, status: unavailable",
          "answer: na, value: 1, status: unavailable",
          "evaluation.triggers[1].value", "must be null while" },
        { RECORD_EXIT, "{id: M_STOP", "{id: L_HAZ", "evaluation.triggers[1].id",
          "must be M_STOP (the rows have a fixed order)" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void the_parts_of_a_metrics_document_agree(void)
{
    static const struct row rows[] = {
        { RECORD_METRICS, "price: known", "price: unknown", "quality.price",
          "if and only if" },
        { RECORD_METRICS, "  close: 40300", "  close: null", "quality.close",
          "both" },
        { RECORD_METRICS, "bars: 1144, filled: 2", "bars: 1, filled: 2",
          "quality.windows[0]", "more filled" },
        { RECORD_METRICS, "20:00:00Z', bars: 496", "20:00:00Z', bars: 0",
          "quality.windows[2]", "last_bar" },
        { RECORD_METRICS, "recorded: '2021-05-19T01:00:00Z'",
          "recorded: '2021-05-19T02:00:00Z'", "quality.windows[1]",
          "later than last_bar" },
        { RECORD_METRICS, "recorded: '2021-05-18T20:00:00Z'",
          "recorded: '2021-05-18T21:00:00Z'", "quality.windows[2]",
          "the timeframe's grid" },
        { RECORD_METRICS, "last_bar: '2021-05-19T01:00:00Z'",
          "last_bar: '2021-05-19T02:00:00Z'", "quality.windows[1]",
          "after the slot" },
        { RECORD_METRICS, "last_bar: '2021-05-19T01:00:00Z'",
          "last_bar: '2021-05-19T00:30:00Z'", "quality.windows[1]",
          "the timeframe's grid" },
        { RECORD_METRICS, "disagreements:\n  - {tf: 1h",
          "disagreements:\n  - {tf: 15m", "quality.disagreements", "15m" },
        { RECORD_METRICS, "high: 40500.5, low", "high: 40400.5, low", "bars[0]",
          "not between low and high" },
        { RECORD_METRICS, "{tf: 1h, open_time: '2021-05-19T01:00:00Z'",
          "{tf: 15m, open_time: '2021-05-19T01:30:00Z'", "bars[1]",
          "must come before" },
        { RECORD_METRICS, "{tf: 1h, open_time: '2021-05-19T01:00:00Z'",
          "{tf: 1h, open_time: '2021-05-19T02:00:00Z'", "bars[1]",
          "closes after the slot" },
        { RECORD_METRICS, "value: 0.0041", "value: 0.51", "metrics[0].value",
          "outside the sanity range 1e-07 to 0.5 of vol_haz 15m" },
        { RECORD_METRICS, "value: 0.0041, status: filled",
          "value: 0.0041, status: flat", "metrics[0].value",
          "must be null while the status is flat" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void the_parts_of_the_other_documents_agree(void)
{
    static const struct row rows[] = {
        { RECORD_STATE, "active: false, since: null",
          "active: true, since: null", "exit.triggers[0].since", "active" },
        { RECORD_STATE, "{side: down, at", "{side: none, at", "exit.latch",
          "side" },
        { RECORD_STATE, "  since: 2021-05-19T01:45:00Z", "  since: null",
          "exit.since", "known" },
        { RECORD_STATE, "  episode: 2021-05-19T00:30:00Z", "  episode: null",
          "exit.episode", "NORMAL" },
        { RECORD_STATE, "warning: 2021-05-19T00:30:00Z",
          "warning: 2021-05-19T02:15:00Z", "alert.said_at", "later" },
        { RECORD_STATE, "said: MANDATORY_EXIT", "said: UNKNOWN", "alert.said",
          "one of NORMAL, WARNING" },
        { RECORD_TRANSITION, "reasons: [L_HAZ, W_HAZ]", "reasons: [W_HAZ]",
          "reasons", "none of them raises to LATEST" },
        { RECORD_TRANSITION, "[L_HAZ, W_HAZ]", "[L_HAZ, L_HAZ]", "reasons[1]",
          "twice" },
        { RECORD_TRANSITION, "from: WARNING", "from: LATEST_ACCEPTABLE_EXIT",
          "to", "must differ" },
        { RECORD_TRANSITION, "at: 2021-05-19T02:00:10.250Z",
          "at: 2021-05-19T01:59:10.250Z", "at", "before the slot" },
        { RECORD_INTENT, "id: 20210519T0200-", "id: 20210519T0145-", "id",
          "must begin with the slot" },
        { RECORD_INTENT, "tag: btc-a-", "tag: btc-b-", "tag",
          "must begin with the grid" },
        { RECORD_INTENT, "priority: 2", "priority: 1", "priority",
          "if and only if it is 2" },
        { RECORD_INTENT, "retry_s: 75", "retry_s: 0", "priority",
          "if and only if it is 2" },
        { RECORD_INTENT, "state: MANDATORY_EXIT", "state: NORMAL", "reason",
          "worse does not fit the state NORMAL" },
        { RECORD_INTENT, "reason: worse", "reason: quiet", "reason",
          "one of first, worse, resolved, blind, sighted" },
        { RECORD_DELIVERY, "outcome: refused", "outcome: accepted", "reason",
          "must be null" },
        { RECORD_DELIVERY,
          "reason: 'HTTP 400: \"user identifier is "
          "invalid\"'",
          "reason: null", "reason", "although it was refused" },
        { RECORD_DELIVERY, "at: 2021-05-19T02:00:11.125Z",
          "at: 2021-05-19T02:00:11.000Z", "at", "must be a time" },
        { RECORD_GRID, "lower: 40000", "lower: 46000", "lower",
          "lower must be above 0 and below upper" },
        { RECORD_GRID, "below: 39000", "below: 41000", "stop",
          "stop below must be below lower" },
        { RECORD_GRID, "trailing: false", "trailing: true", "trailing",
          "not built yet" },
        { RECORD_GRID, "event: created", "event: resumed", "history",
          "history must begin with 'created'" },
        { RECORD_GRID, "source: auto", "source: auto\noverrides: {w_haz: 1}",
          "overrides", "not built yet" },
        { RECORD_GRID, "source: auto", "source: auto\noverrides: {}", "", "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void refuses(const char *path, const struct text *text, const char *want)
{
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    record_validate(path, text_str(text), text->len, &c);
    if (!strstr(first_complaint(&c, first), want))
        ASSERT_STR(first, want);
    ASSERT(c.count > 0);
}

static void accepts(const char *path, const struct text *text)
{
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    ASSERT_INT(record_validate(path, text_str(text), text->len, &c), 0);
    ASSERT_STR(first_complaint(&c, first), "");
}

static void content_must_agree_with_the_path(void)
{
    struct text text = TEXT_INIT(1 << 16);
    golden_with(RECORD_EXIT, "kind", "kind", &text);
    accepts("exits/btc-a/2021/05/19/0200.yaml", &text);
    accepts("latest/grids/btc-a.yaml", &text);
    refuses("exits/btc-a/2021/05/19/0215.yaml", &text,
            "line 5, column 7: slot: must be 2021-05-19T02:15:00Z, as the path "
            "says");
    refuses("exits/btc-b/2021/05/19/0200.yaml", &text,
            "line 3, column 7: grid: is 'btc-a', but the path says 'btc-b'");
    refuses("latest/grids/eth.yaml", &text, "the path says 'eth'");
    refuses("metrics/BTC-USDT/2021/05/19/0200.yaml", &text,
            "kind: must be metrics, but is 'exit'");
    refuses("state/btc-a.yaml", &text, "kind: must be state");
    refuses("exits/btc-a/2021/05/19/0201.yaml", &text, "does not belong here");
    refuses("notes.txt", &text, "does not belong here");
    text_release(&text);
}

static void an_audit_file_cannot_be_edited_afterwards(void)
{
    struct text text = TEXT_INIT(1 << 16);
    char path[RECORD_PATH_MAX];
    golden_with(RECORD_OPERATOR, "kind", "kind", &text);
    sample_path(RECORD_OPERATOR, &text, path);
    accepts(path, &text);
    text_clear(&text);
    golden_with(RECORD_OPERATOR, "closed from the phone", "never mind", &text);
    refuses(path, &text, "it was changed after it was written");
    text_release(&text);
}

static void a_document_that_is_too_long_is_refused(void)
{
    struct text text = TEXT_INIT(1 << 18);
    golden_with(RECORD_EXIT, "kind", "kind", &text);
    for (int i = 0; i < 120; i++)
        text_puts(&text, "# a comment that only takes room\n");
    refuses("exits/btc-a/2021/05/19/0200.yaml", &text,
            "bytes, at most 6144 are allowed");
    for (int i = 0; i < 3000; i++)
        text_puts(&text, "# a comment that only takes room\n");
    refuses("state/btc-a.yaml", &text, "is longer than 65536 bytes");
    text_release(&text);
}

void record_check_test(void);

void record_check_test(void)
{
    TEST_SUITE("record/check");
    TEST(no_state_stands_without_its_reason);
    TEST(the_parts_of_an_exit_document_agree);
    TEST(a_yes_shows_what_decided_it);
    TEST(the_parts_of_a_metrics_document_agree);
    TEST(the_parts_of_the_other_documents_agree);
    TEST(content_must_agree_with_the_path);
    TEST(an_audit_file_cannot_be_edited_afterwards);
    TEST(a_document_that_is_too_long_is_refused);
}
