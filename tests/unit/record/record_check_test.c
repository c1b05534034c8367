/* Each row changes a golden document in one place to something that every
 * field allows, but the whole does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "record/record.h"
#include "record/rows.h"
#include "test.h"

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

/* The answer of the golden delivery, and what one may say that was accepted. */
#define ANSWERED(outcome, reason)                                              \
    "outcome: " outcome "\ntries: 3\nhttp_status: 400\nrequest: "              \
    "647d2300-702c-4b38-8b2f-d56326ae460b\nreceipt: null\nreason: '" reason    \
    "'"
#define ANSWER  ANSWERED("refused", "HTTP 400: \"user identifier is invalid\"")
#define UNRUNG  ANSWERED("accepted", "it did not ring: its siren was over")
#define BARE    ANSWERED("accepted", "without the picture: too large")
#define PICTURE "picture: 0123456789abcdef0123456789abcdef01234567\n"

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
        { RECORD_STATE, "    - {id: 30188011665473001}\n", "",
          "holding.books.known", "must end with last_id" },
        { RECORD_STATE, "    known:\n", "    known:\n    - {id: 1}\n",
          "holding.books.known", "more than the fills that are not settled" },
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
          "one of range_back, left, first, worse" },
        { RECORD_DELIVERY, "outcome: refused", "outcome: accepted", "reason",
          "must be null or begin with 'without the picture: '" },
        { RECORD_DELIVERY, ANSWER, UNRUNG, "", "" },
        { RECORD_DELIVERY, ANSWER "\n", UNRUNG "\n" PICTURE, "", "" },
        { RECORD_DELIVERY, ANSWER "\n", BARE "\n" PICTURE, "picture",
          "of a message that was accepted with it" },
        { RECORD_DELIVERY, "run: {id: 20210519",
          "picture: 0123456789abcdef0123456789abcdef01234567\n"
          "run: {id: 20210519",
          "picture", "of a message that was accepted with it" },
        { RECORD_DELIVERY, "run: {id: 20210519",
          "picture: 0123456789abcdef\nrun: {id: 20210519", "picture",
          "40 hexadecimal digits" },
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
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void the_memory_of_a_grid_agrees(void)
{
    static const struct row rows[] = {
        { RECORD_STATE, "blind: null", "blind: 2021-05-19T02:15:00Z",
          "exit.blind", "later than the slot" },
        { RECORD_STATE, "blind: null", "blind: 2021-05-19T01:45:00Z", "", "" },
        { RECORD_STATE, "side: down, at: '2021-05-19T01:45:00Z'",
          "side: down, at: '2021-05-19T02:29:59.250Z'", "", "" },
        { RECORD_STATE, "side: down, at: '2021-05-19T01:45:00Z'",
          "side: down, at: '2021-05-19T02:30:00.001Z'", "exit.latch",
          "later than a look" },
        { RECORD_STATE, "  since: 2021-05-19T01:45:00Z",
          "  since: 2021-05-19T02:30:00Z", "", "" },
        { RECORD_STATE, "  since: 2021-05-19T01:45:00Z",
          "  since: 2021-05-19T02:30:01Z", "exit.since", "later than a look" },
        { RECORD_EXIT, "  since: 2021-05-19T02:00:00Z",
          "  since: 2021-05-19T02:30:01Z", "evaluation.since",
          "later than a look" },
        { RECORD_EXIT, "  since: 2021-05-19T02:00:00Z",
          "  since: 2021-05-19T02:30:00Z", "", "" },
        { RECORD_STATE, "last_pi: 0.43", "last_pi: 1.43", "exit.last_pi",
          "from 0 to 1 or null" },
        { RECORD_STATE, "last_pi: 0.43", "last_pi: null", "", "" },
        { RECORD_STATE, "crisis: 2021-05-18T13:15:00Z",
          "crisis: 2021-05-19T13:15:00Z", "exit.crisis",
          "later than the slot" },
        { RECORD_STATE, "left: UNKNOWN", "left: null", "exit.left",
          "one of UNKNOWN, NORMAL, WARNING" },
        { RECORD_STATE, "left: UNKNOWN", "left: MANDATORY_EXIT", "", "" },
        { RECORD_STATE, "trend_slots: 2", "trend_slots: -1",
          "exit.counts.trend_slots", "from 0 to" },
        { RECORD_STATE, "side: -1, since: 4", "side: 2, since: 4",
          "exit.counts.reversion.side", "from -1 to 1" },
        { RECORD_STATE, "side: -1, since: 4", "side: 0, since: 4",
          "exit.counts.reversion", "without a side" },
        { RECORD_STATE, "side: -1, since: 4, failed: false",
          "side: 0, since: 0, failed: true", "exit.counts.reversion",
          "without a side" },
        { RECORD_STATE, "until: '2021-05-19T02:00:00Z'",
          "until: '2021-05-19T01:45:00Z'", "exit.counts.reversion.until",
          "on the hour" },
        { RECORD_STATE, "at: 2021-05-12T00:00:00Z", "at: 2021-05-12T00:15:00Z",
          "exit.baseline.at", "on the hour" },
        { RECORD_STATE, "at: 2021-05-12T00:00:00Z", "at: 2021-05-19T03:00:00Z",
          "exit.baseline.at", "later than the slot" },
        { RECORD_STATE, "at: 2021-05-12T00:00:00Z", "at: null",
          "exit.baseline.at", "although something was measured" },
        { RECORD_STATE, "half_life: {value: 9.125, status: real, used: 400}",
          "half_life: {value: null, status: not_identified, used: 0}",
          "exit.baseline.identified", "without a half-life" },
        { RECORD_STATE,
          "half_life: {value: 9.125, status: real, used: 400}\n"
          "    identified: true",
          "half_life: {value: null, status: not_identified, used: 0}\n"
          "    identified: false",
          "", "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void what_stands_of_the_service_agrees(void)
{
    static const struct row rows[] = {
        { RECORD_SERVICE, "told: null", "told: 20210519T0200-0a1b2c3d",
          "faults[1].told", "the phone is not told of 'clock'" },
        { RECORD_SERVICE, "class: clock", "class: calendar", "", "" },
        { RECORD_SERVICE, "subject: run\n  class: clock",
          "subject: btc-b\n  class: grid_file", "faults[1].subject",
          "'btc-b' has a fault 'grid_file' already" },
        { RECORD_SERVICE, "class: clock", "class: run", "faults[1].class",
          "one of grid_file" },
        { RECORD_SERVICE, "since: 2021-05-19T01:00:00Z",
          "since: 2021-05-19T01:01:00Z", "faults[0].since",
          "quarter of an hour" },
        { RECORD_SERVICE, "open_intents:\n-",
          "open_intents:\n- {id: 20210519T0100-0a1b2c3d, path: "
          "audit/2021/05/19/010010250-btc-b-intent-1a2b3c4d.yaml}\n-",
          "open_intents", "is there twice" },
        { RECORD_FAULT, "class: data", "class: grid_file", "change",
          "if and only if 'grid_file' stands" },
        { RECORD_FAULT, "class: data", "class: grid_file\nchange: began", "",
          "" },
        { RECORD_FAULT, "class: data", "class: data\nchange: ended", "change",
          "if and only if 'data' stands" },
        { RECORD_INTENT, "symbol: BTC-USDT", "symbol: null", "symbol",
          "if and only if the reason is one of the service" },
        { RECORD_INTENT, "reason: worse\nstate: MANDATORY_EXIT",
          "reason: fault\nstate: UNKNOWN", "symbol", "if and only if" },
        { RECORD_DELIVERY, "outcome: refused", "outcome: grouped", "with",
          "if and only if it was grouped" },
        { RECORD_STATE, "siren_by: 20210519T0145-77aa01c3\n", "",
          "siren_by_tag", "if and only if siren_by is" },
        { RECORD_STATE, "siren_receipt: rk7x2m9q4c1vb8n3z5l0w6s2d4f7g9\n", "",
          "siren_by", "null without a receipt" },
        { RECORD_EXIT, "reason: worse", "reason: fault", "decision.reason",
          "one of nothing" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void a_message_about_the_service_names_its_subject(void)
{
    struct text text = TEXT_INIT(1 << 16), more = TEXT_INIT(1 << 16);
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    union sample doc;
    sample_make(RECORD_INTENT, &doc);
    struct intent *x = &doc.intent.intent;
    x->reason = ALERT_MENDED;
    x->state = STATE_UNKNOWN;
    x->side = SIDE_NONE;
    x->priority = -1;
    x->retry_s = x->expire_s = 0;
    x->symbol[0] = '\0';
    snprintf(x->grid, sizeof(x->grid), "BTC-USDT");
    snprintf(x->tag, sizeof(x->tag), "BTC-USDT-20210519T0030");
    ASSERT_INT(document_render(RECORD_INTENT, &doc, &text, NULL), 0);
    ASSERT(strstr(text_str(&text), "\nsymbol: null\n") != NULL);
    document_parse(RECORD_INTENT, text_str(&text), text.len, &doc, &c);
    ASSERT_STR(first_complaint(&c, first), "");
    snprintf(x->grid, sizeof(x->grid), "btc usdt");
    ASSERT_INT(document_render(RECORD_INTENT, &doc, &more, NULL), 0);
    document_parse(RECORD_INTENT, text_str(&more), more.len, &doc, &c);
    ASSERT(c.count > 0);
    text_release(&more);
    text_release(&text);
}

static void a_revision_is_a_change_of_a_closed_bar(void)
{
    static const struct row rows[] = {
        { RECORD_REVISION, "largest: 0.25", "largest: 0.2", "largest",
          "not the largest change" },
        { RECORD_REVISION, "largest: 0.25", "largest: null", "largest",
          "not the largest change" },
        { RECORD_REVISION, "close: 40301, volume: 17",
          "close: 40300, volume: 12.75", "is", "as it was" },
        /* 2 / 40303: the volume is not what changed most */
        { RECORD_REVISION, "close: 40301, volume: 17}\nlargest: 0.25",
          "close: 40302, volume: 12.75}\nlargest: 4.9625328768796483e-05", "",
          "" },
        { RECORD_REVISION, "high: 40500.5, low: 40250, close: 40301",
          "high: 40300.5, low: 40250, close: 40301", "is",
          "not between low and high" },
        { RECORD_REVISION, "open_time: 2021-05-19T00:15:00Z",
          "open_time: 2021-05-19T02:00:00Z", "open_time",
          "closes after the slot" },
        { RECORD_REVISION, "slot: 2021-05-19T02:00:00Z",
          "slot: 2021-05-19T02:15:00Z", "at", "before the slot" },
        { RECORD_REVISION, "tf: 15m", "tf: 1h", "was", "timeframe's grid" },
        /* it was not there, it is there no more */
        { RECORD_REVISION,
          "{open: 40450, high: 40500.5, low: 40250, close: 40300, volume: "
          "12.75}",
          "null", "largest", "not the largest" },
        { RECORD_REVISION,
          "is: {open: 40450, high: 40500.5, low: 40250, close: 40301, volume: "
          "17}\nlargest: 0.25",
          "is: null\nlargest: null", "", "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void a_look_says_what_it_found(void)
{
    static const struct row rows[] = {
        { RECORD_LOOK, "beyond: down", "beyond: none", "", "" },
        { RECORD_LOOK, "touched: true", "touched: false", "reason",
          "must be nothing" },
        { RECORD_LOOK, "reason: worse", "reason: nothing", "intent",
          "if and only if" },
        { RECORD_LOOK, "intent: 20210519T0200-8a2b358e", "intent: null",
          "intent", "if and only if" },
        { RECORD_LOOK, "intent: 20210519T0200", "intent: 20210519T0215",
          "intent", "begin with the slot" },
        { RECORD_LOOK, "slot: 2021-05-19T02:00:00Z",
          "slot: 2021-05-19T02:15:00Z", "at", "before the slot" },
        { RECORD_LOOK,
          "beyond: down\ntouched: true\nstate: MANDATORY_EXIT\n"
          "reason: worse\nintent: 20210519T0200-8a2b358e",
          "beyond: none\ntouched: false\nstate: LATEST_ACCEPTABLE_EXIT\n"
          "reason: nothing\nintent: null",
          "", "" },
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
            "bytes, at most 7168 are allowed");
    for (int i = 0; i < 3000; i++)
        text_puts(&text, "# a comment that only takes room\n");
    refuses("state/btc-a.yaml", &text, "is longer than 65536 bytes");
    text_release(&text);
}

void record_check_test(void);

void record_check_test(void)
{
    TEST_SUITE("record/check");
    TEST(the_parts_of_a_metrics_document_agree);
    TEST(the_parts_of_the_other_documents_agree);
    TEST(the_memory_of_a_grid_agrees);
    TEST(what_stands_of_the_service_agrees);
    TEST(a_message_about_the_service_names_its_subject);
    TEST(a_revision_is_a_change_of_a_closed_bar);
    TEST(a_look_says_what_it_found);
    TEST(content_must_agree_with_the_path);
    TEST(an_audit_file_cannot_be_edited_afterwards);
    TEST(a_document_that_is_too_long_is_refused);
}
