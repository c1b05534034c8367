/* Each row changes a golden exit document in one place to something that every
 * field allows, but the whole does not. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "record/record.h"
#include "record/rows.h"
#include "test.h"

#define STATES                                                                 \
    "  state: LATEST_ACCEPTABLE_EXIT\n  known: LATEST_ACCEPTABLE_EXIT\n"       \
    "  previous: WARNING\n  data: known\n  held: false"

static void no_state_stands_without_its_reason(void)
{
    static const struct row rows[] = {
        /* LATEST without a yes of LATEST: both of them watch only */
        EXIT("shadow: [M_STOP, W_ER]", "shadow: [M_STOP, L_VER, L_HAZ, W_ER]",
             "evaluation.state",
             "is LATEST_ACCEPTABLE_EXIT, but the active triggers say WARNING"),
        EXIT("  state: LATEST_ACCEPTABLE_EXIT\n  known: LATEST",
             "  state: MANDATORY_EXIT\n  known: LATEST", "evaluation.state",
             "is MANDATORY_EXIT, but the active triggers say LATEST"),
        EXIT("  state: LATEST_ACCEPTABLE_EXIT", "  state: UNKNOWN",
             "evaluation.state", "is UNKNOWN"),
        EXIT("  state: LATEST_ACCEPTABLE_EXIT", "  state: NORMAL",
             "evaluation.state", "is NORMAL"),
        EXIT("  held: false", "  held: true", "evaluation.state",
             "but the active triggers and held say MANDATORY_EXIT"),
        /* MANDATORY by held alone is fine */
        EXIT(STATES,
             "  state: MANDATORY_EXIT\n  known: MANDATORY_EXIT\n"
             "  previous: WARNING\n  data: known\n  held: true",
             "", ""),
        EXIT("  known: LATEST_ACCEPTABLE_EXIT", "  known: WARNING",
             "evaluation.known", "must be the state"),
        EXIT("  episode: 2021-05-19T00:30:00Z", "  episode: null",
             "evaluation.episode", "is null although the state is LATEST"),
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void the_parts_of_an_exit_document_agree(void)
{
    static const struct row rows[] = {
        EXIT("close: {value: 40300}", "close: {value: 40300, status: stale}",
             "evaluation.close", "must be usable"),
        EXIT("  close_time: 2021-05-19T02:00:00Z", "  close_time: null",
             "evaluation.close_time", "must be there"),
        EXIT("pi_up: {value: 0.02", "pi_up: {value: 0.02000001",
             "evaluation.pi", "must be the sum"),
        EXIT("pi_up: {value: 0.02", "pi_up: {value: 0.0200000001", "", ""),
        EXIT("pi_dn: {value: 0.41}", "pi_dn: {value: 0.41, status: filled}",
             "evaluation.pi", "must have one status"),
        EXIT("pi_dn: {value: 0.41", "pi_dn: {value: -0.41", "evaluation.pi",
             "from 0 to 1"),
        EXIT("  since: 2021-05-19T02:00:00Z", "  since: 2021-05-19T02:30:01Z",
             "evaluation.since", "later than a look"),
        EXIT("previous_slot: 2021-05-19T01:45:00Z",
             "previous_slot: 2021-05-19T02:00:00Z", "previous_slot",
             "before the slot"),
        EXIT("intent: 20210519T0200-5f3a9c01}", "intent: null}",
             "decision.intent", "the reason is worse"),
        EXIT("intent: 20210519T0200-", "intent: 20210519T0215-",
             "decision.intent", "must begin with the slot"),
        EXIT("reason: worse, ", "reason: quiet, ", "decision.intent",
             "the reason is quiet"),
        EXIT("reason: worse, ", "reason: resolved, ", "decision.reason",
             "resolved does not fit the state LATEST"),
        EXIT("  ticker: 40310.5", "  ticker: null", "inputs.ticker", "both"),
        EXIT("stop_side: down", "stop_side: none",
             "evaluation.distances.stop_side", "is none although"),
        EXIT("typical: {1h: 0.004264", "typical: {1h: null",
             "evaluation.waiting", "everywhere or nowhere"),
        EXIT("typical: {1h: 0.004264", "typical: {1h: -0.004264",
             "evaluation.waiting.typical.1h", "at least 0"),
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

/* Price, boundary, pi and regime; what is flat is known to be. */
static void data_are_known_if_all_four_are(void)
{
    static const struct row rows[] = {
        EXIT("  data: known", "  data: unknown", "evaluation.data",
             "if and only if price, boundary, pi and regime are"),
        EXIT("  price_cause: none", "  price_cause: clock", "evaluation.data",
             "must be known"),
        EXIT("{id: M_BOUNDARY, answer: 'no'",
             "{id: M_BOUNDARY, answer: unknown", "evaluation.data",
             "must be known"),
        EXIT(
            "pi: {value: 0.43}\n  pi_dn: {value: 0.41}\n  pi_up: {value: "
            "0.02}",
            "pi: {value: null, status: warmup}\n  pi_dn: {value: null, status: "
            "warmup}\n  pi_up: {value: null, status: warmup}",
            "evaluation.data", "must be known"),
        EXIT("pi: {value: 0.43}\n  pi_dn: {value: 0.41}\n  pi_up: {value: "
             "0.02}",
             "pi: {value: null, status: flat}\n  pi_dn: {value: null, status: "
             "flat}\n  pi_up: {value: null, status: flat}",
             "", ""),
        EXIT("label_4h: TRANSITION, status: filled}",
             "label_4h: TRANSITION, status: stale}", "evaluation.data",
             "must be known"),
        EXIT("label_4h: TRANSITION, status: filled}", "label_4h: TRANSITION}",
             "", ""),
        EXIT("pooled: TREND, label_1h: TREND, label_4h: TRANSITION, status: "
             "filled}",
             "pooled: RANGE_OK, label_1h: TREND, label_4h: TRANSITION, status: "
             "flat}",
             "evaluation.regime.status", "although the regime is RANGE_OK"),
        EXIT("pooled: TREND, label_1h: TREND, label_4h: TRANSITION, status: "
             "filled}",
             "pooled: UNKNOWN, label_1h: TREND, label_4h: TRANSITION, reason: "
             "1h prices flat}",
             "evaluation.regime.status", "although the regime is UNKNOWN"),
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void a_yes_shows_what_decided_it(void)
{
    static const struct row rows[] = {
        EXIT("distance: -0.23, side: down, age: 0}",
             "distance: -0.23, side: down, evidence: none, age: 0}",
             "evaluation.triggers[19].answer", "without evidence"),
        EXIT("limit: 0.2, distance: -0.23", "limit: 0.2, distance: 0.23",
             "evaluation.triggers[19].answer", "not passed"),
        EXIT("limit: 0.2, distance: -0.23, side: down",
             "limit: 0.2, distance: 0.23, side: down, evidence: ticker",
             "evaluation.triggers[19].answer", "not passed"),
        EXIT("limit: 0.2, distance: -0.23", "limit: 0.2, distance: null",
             "evaluation.triggers[19].answer", "not passed"),
        /* what was passed before, and a label, may be on this side of it */
        EXIT("limit: 0.2, distance: -0.23, side: down",
             "limit: 0.2, distance: 0.23, side: down, evidence: latch", "", ""),
        EXIT("distance: 0, evidence: label", "distance: 0.1, evidence: label",
             "", ""),
        EXIT("limit: 0.2, distance: -0.23", "limit: null, distance: -0.23",
             "evaluation.triggers[19].answer", "without a limit and an age"),
        EXIT("distance: -0.23, side: down, age: 0}",
             "distance: -0.23, side: down}", "evaluation.triggers[19].answer",
             "without a limit and an age"),
        EXIT("distance: -0.23, side: down, age: 0}",
             "distance: -0.23, side: down, age: -0.5}",
             "evaluation.triggers[19].age", "later than the slot"),
        EXIT("distance: -0.23, side: down, age: 0}",
             "distance: -0.23, side: down, evidence: ticker, age: -9.25}", "",
             ""),
        EXIT("distance: 0.2}", "distance: 0.2, evidence: bar}",
             "evaluation.triggers[11].answer", "is no, but there is evidence"),
        EXIT("distance: 0.2}", "distance: 0.2, age: 0}",
             "evaluation.triggers[11].answer", "evidence or an age"),
        EXIT("limit: 1.25, distance: -0.05, gate: 'yes'",
             "limit: 1.25, distance: -0.05, gate: 'no'",
             "evaluation.triggers[7].answer", "but the gate says no"),
        EXIT("limit: 1.25, distance: -0.05, gate: 'yes'",
             "limit: 1.25, distance: -0.05, gate: unknown",
             "evaluation.triggers[7].answer", "but the gate says unknown"),
        /* by pi on enough closes, which needs nothing besides */
        EXIT(
            "answer: 'no', value: 1, limit: 2, distance: 1, gate: 'yes', hits: "
            "1, of: 2}",
            "answer: 'yes', value: 4, limit: 4, distance: 0, evidence: label, "
            "hits: 4, of: 4, age: 900}",
            "", ""),
        EXIT("hits: 1, of: 2", "hits: 3, of: 2",
             "evaluation.triggers[5].answer", "more hits"),
        EXIT("switched_off: [W_SIGNAL]", "switched_off: [W_EVENT, W_SIGNAL]",
             "evaluation.together.warnings", "must be 2"),
        EXIT("switched_off: [W_SIGNAL]", "switched_off: [L_CRISIS, W_SIGNAL]",
             "evaluation.triggers[11].answer", "must be na"),
        EXIT("switched_off: [W_SIGNAL]", "switched_off: [M_STOP, W_SIGNAL]",
             "evaluation.switched_off[0]", "'M_STOP' is there twice"),
        EXIT("{id: M_STOP", "{id: L_HAZ", "evaluation.triggers[2].id",
             "must be M_STOP (the rows have a fixed order)"),
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void a_number_stands_where_its_status_has_one(void)
{
    static const struct row rows[] = {
        EXIT("value: 40300, limit", "value: null, limit",
             "evaluation.triggers[1].value",
             "is null although the status is "
             "real"),
        EXIT("value: 40300, limit", "value: 40300, status: flat, limit",
             "evaluation.triggers[1].value", "must be null while"),
        EXIT("value: 40300, limit", "value: 40300, status: stale, limit", "",
             ""),
        EXIT("value: 40300, limit", "value: null, status: stale, limit", "",
             ""),
        EXIT("value: 40300, limit", "value: null, status: filled, limit",
             "evaluation.triggers[1].value", "is null although"),
        EXIT("value: null, status: unavailable, limit: null",
             "value: 1, status: unavailable, limit: null",
             "evaluation.triggers[10].value", "must be null while"),
        EXIT("to_lower: {value: 0.0075}", "to_lower: {value: null}",
             "evaluation.distances.to_lower.value", "is null although"),
        EXIT("pass: unknown, value: null", "pass: unknown, value: 1",
             "evaluation.gates[4].value", "must be null while"),
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void warnings_together_are_counted(void)
{
    static const struct row rows[] = {
        EXIT("warnings: 3", "warnings: 4", "evaluation.together.warnings",
             "must be 3: so many active rows"),
        EXIT("unknown: 1, held", "unknown: 0, held",
             "evaluation.together.unknown", "must be 1: so many active rows"),
        EXIT("held: 2}", "held: 0}", "evaluation.together.answer",
             "no warning was held"),
        /* held for one bar of the two that are needed: a WARNING stands by
         * W_HAZ alone */
        EXIT("together: {answer: 'yes', warnings: 3, unknown: 1, held: 2}",
             "together: {answer: 'no', warnings: 3, unknown: 1, held: 1}", "",
             ""),
        EXIT("together: {answer: 'yes'", "together: {answer: unknown", "", ""),
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

/* Without the rows that raise alone, the ones that count together are the whole
 * reason; and none of them is one by itself. */
static void a_warning_follows_from_enough_of_them(void)
{
    struct text text = TEXT_INIT(1 << 16);
    struct complaints c = { 0 };
    union sample doc, back;
    struct verdict *v = &doc.exit.evaluation.verdict;
    char first[COMPLAINT_TEXT];
    sample_make(RECORD_EXIT, &doc);
    doc.exit.mode[L_VER] = doc.exit.mode[L_HAZ] = TRIGGER_SHADOW;
    doc.exit.mode[W_HAZ] = doc.exit.mode[W_TREND] = TRIGGER_SHADOW;
    v->state = v->known = STATE_WARNING;
    ASSERT_INT(document_render(RECORD_EXIT, &doc, &text, NULL), 0);
    document_parse(RECORD_EXIT, text_str(&text), text.len, &back, &c);
    ASSERT_STR(first_complaint(&c, first), "");
    v->together.answer = ANSWER_NO;
    text_clear(&text);
    ASSERT_INT(document_render(RECORD_EXIT, &doc, &text, NULL), 0);
    document_parse(RECORD_EXIT, text_str(&text), text.len, &back, &c);
    ASSERT_STR(first_complaint(&c, first),
               "line 21, column 10: evaluation.state: is WARNING, but the "
               "active triggers say NORMAL");
    text_release(&text);
}

/* G4_ER passes up to its limit, G7_EARN above it, G2_QUIET from it on, G8_COUNT
 * below it. */
static void a_gate_passes_on_the_right_side_of_its_limit(void)
{
    static const struct row rows[] = {
        EXIT("pass: 'no', value: 1.7, limit: 1.645",
             "pass: 'yes', value: 1.7, limit: 1.645",
             "evaluation.gates[5].pass",
             "is yes, but G4_ER passes at most its limit"),
        EXIT("pass: 'no', value: 1.7, limit: 1.645",
             "pass: 'yes', value: 1.645, limit: 1.645", "", ""),
        EXIT("pass: 'no', value: -0.002, limit: 0",
             "pass: 'yes', value: 0, limit: 0", "evaluation.gates[11].pass",
             "is yes, but G7_EARN passes above its limit"),
        EXIT("pass: 'no', value: -0.002, limit: 0",
             "pass: 'no', value: 0, limit: 0", "", ""),
        EXIT("pass: 'no', value: 0, limit: 2", "pass: 'no', value: 2, limit: 2",
             "evaluation.gates[2].pass", "G2_QUIET passes at least its limit"),
        EXIT("pass: 'yes', value: 0, limit: 2",
             "pass: 'yes', value: 2, limit: 2", "evaluation.gates[16].pass",
             "G8_COUNT passes below its limit"),
        EXIT("pass: 'yes', value: 3, limit: 3",
             "pass: unknown, value: 3, limit: 3", "evaluation.gates[0].pass",
             "is unknown, but G1_DATA"),
        EXIT("pass: na, value: null", "pass: unknown, value: null",
             "evaluation.gates[12].pass",
             "na if and only if there is no limit"),
        EXIT("pass: unknown, value: null, status: warmup, limit: 1.1",
             "pass: unknown, value: null, status: warmup, limit: null",
             "evaluation.gates[4].pass", "na if and only if there is no limit"),
        EXIT("{id: G3_VER_1H", "{id: G3_VER_4H", "evaluation.gates[3].id",
             "must be G3_VER_1H (the rows have a fixed order)"),
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void what_was_heard_from_outside_agrees(void)
{
    static const struct row rows[] = {
        EXIT("calendar: {read: true,", "calendar: {read: false,",
             "inputs.calendar.event", "no calendar was read"),
        EXIT("event: rate decision", "event: null", "", ""),
        EXIT("signal: {read: true", "signal: {read: false", "inputs.signal",
             "if and only if it was read"),
        EXIT("value: 0.5, time", "value: null, time", "inputs.signal",
             "if and only if it was read"),
        EXIT("time: '2021-05-19T01:40:30.500Z'", "time: null", "inputs.signal",
             "if and only if it was read"),
        EXIT("half_life: 3600", "half_life: 0", "inputs.signal.half_life",
             "above 0"),
        EXIT("half_life: 3600", "half_life: null", "", ""),
        EXIT("read: true, value: 0.5, time: '2021-05-19T01:40:30.500Z'",
             "read: false, value: null, time: null", "", ""),
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        holds(&rows[i]);
}

static void what_is_said_by_silence_is_not_written(void)
{
    static const struct row more[] = {
        EXIT("limit: 0.75, distance: 0.15, gate: 'yes', of: 4}",
             "limit: 0.75, distance: 0.15, gate: maybe, of: 4}",
             "evaluation.triggers[0].gate",
             "must be one of unknown, no, na, yes, but is 'maybe'"),
        EXIT("distance: -0.23, side: down, age: 0}",
             "distance: -0.23, side: down, age: 0.0005}",
             "evaluation.triggers[19].age", "at most three decimals"),
        EXIT("distance: -0.23, side: down, age: 0}",
             "distance: -0.23, side: down, age: 1.0e+11}",
             "evaluation.triggers[19].age", "from -100000 to 10000000000"),
    };
    for (size_t i = 0; i < needless_count; i++)
        holds(&needless_rows[i]);
    for (size_t i = 0; i < ARRAY_LEN(more); i++)
        holds(&more[i]);
}

static bool is_same(const struct trigger_result *a,
                    const struct trigger_result *b)
{
    return a->answer == b->answer && a->value.status == b->value.status &&
           test_near(a->value.v, b->value.v, 0) &&
           test_near(a->limit, b->limit, 0) &&
           test_near(a->distance, b->distance, 0) && a->gate == b->gate &&
           a->uncertain == b->uncertain && a->side == b->side &&
           a->evidence == b->evidence && a->hits == b->hits && a->of == b->of &&
           a->seen_ms == b->seen_ms;
}

static void comes_back(const union sample *before)
{
    struct text text = TEXT_INIT(1 << 16);
    struct complaints c = { 0 };
    union sample after;
    char first[COMPLAINT_TEXT];
    const struct evaluation *a = &after.exit.evaluation,
                            *b = &before->exit.evaluation;
    ASSERT_INT(document_render(RECORD_EXIT, before, &text, NULL), 0);
    document_parse(RECORD_EXIT, text_str(&text), text.len, &after, &c);
    ASSERT_STR(first_complaint(&c, first), "");
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        ASSERT(is_same(&a->verdict.triggers[i], &b->verdict.triggers[i]));
        ASSERT_INT(a->verdict.literal[i], b->verdict.literal[i]);
        ASSERT_INT(after.exit.mode[i], before->exit.mode[i]);
    }
    for (int i = 0; i < GATE_COUNT; i++) {
        const struct gate_result *g = &a->gates.rows[i], *h = &b->gates.rows[i];
        ASSERT_INT(g->pass, h->pass);
        ASSERT_INT(g->value.status, h->value.status);
        ASSERT_NEAR(g->value.v, h->value.v, 0);
        ASSERT_NEAR(g->limit, h->limit, 0);
    }
    for (int i = 0; i < WAITING_COUNT; i++) {
        ASSERT_NEAR(a->waiting[i].typical.v, b->waiting[i].typical.v, 0);
        ASSERT_NEAR(a->waiting[i].adverse.v, b->waiting[i].adverse.v, 0);
    }
    ASSERT(!memcmp(&a->verdict.together, &b->verdict.together,
                   sizeof(a->verdict.together)));
    ASSERT_INT(a->regime.q.status, b->regime.q.status);
    ASSERT_STR(a->regime.reason, b->regime.reason);
    text_release(&text);
}

static void every_member_of_a_verdict_comes_back(void)
{
    union sample doc;
    sample_make(RECORD_EXIT, &doc);
    comes_back(&doc);
    sample_blind_exit(&doc.exit);
    comes_back(&doc);
}

static void what_was_heard_from_outside_comes_back(void)
{
    struct text text = TEXT_INIT(1 << 16);
    struct complaints c = { 0 };
    union sample doc, back;
    const struct outside *o = &back.exit.inputs.outside;
    struct signal *s = &doc.exit.inputs.outside.signal;
    sample_make(RECORD_EXIT, &doc);
    s->half_life_s = HUGE_VAL;
    ASSERT_INT(document_render(RECORD_EXIT, &doc, &text, NULL), 0);
    ASSERT_INT(
        document_parse(RECORD_EXIT, text_str(&text), text.len, &back, &c), 0);
    ASSERT(o->calendar && o->calendar_read);
    ASSERT_STR(o->event, "rate decision");
    ASSERT(o->signal.configured && o->signal.read);
    ASSERT_NEAR(o->signal.value, .5, 0);
    ASSERT_INT(o->signal.at_ms, INT64_C(1621388430500)); /* 01:40:30.500 */
    ASSERT(isinf(o->signal.half_life_s));
    sample_blind_exit(&doc.exit);
    text_clear(&text);
    ASSERT_INT(document_render(RECORD_EXIT, &doc, &text, NULL), 0);
    ASSERT_INT(
        document_parse(RECORD_EXIT, text_str(&text), text.len, &back, &c), 0);
    ASSERT(!o->calendar && !o->calendar_read && !o->event[0]);
    ASSERT(!o->signal.configured && !o->signal.read);
    ASSERT(isnan(o->signal.value) && isinf(o->signal.half_life_s));
    ASSERT_INT(o->signal.at_ms, MOMENT_NONE);
    text_release(&text);
}

void record_exit_test(void);

void record_exit_test(void)
{
    TEST_SUITE("record/exit");
    TEST(no_state_stands_without_its_reason);
    TEST(the_parts_of_an_exit_document_agree);
    TEST(data_are_known_if_all_four_are);
    TEST(a_yes_shows_what_decided_it);
    TEST(a_number_stands_where_its_status_has_one);
    TEST(warnings_together_are_counted);
    TEST(a_warning_follows_from_enough_of_them);
    TEST(a_gate_passes_on_the_right_side_of_its_limit);
    TEST(what_was_heard_from_outside_agrees);
    TEST(what_is_said_by_silence_is_not_written);
    TEST(every_member_of_a_verdict_comes_back);
    TEST(what_was_heard_from_outside_comes_back);
}
