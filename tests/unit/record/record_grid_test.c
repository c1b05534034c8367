/* The one file that people write. */
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "record/record.h"
#include "record/samples.h"
#include "test.h"

static void parses(const struct text *text, union sample *out)
{
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    document_parse(RECORD_GRID, text_str(text), text->len, out, &c);
    ASSERT_STR(first_complaint(&c, first), "");
}

static void renders(const union sample *doc, struct text *out)
{
    struct error err = { 0 };
    document_render(RECORD_GRID, doc, out, &err);
    ASSERT_STR(err.msg, "");
}

static void a_grid_written_by_hand_needs_six_keys(void)
{
    struct text text = TEXT_INIT(1 << 12);
    union sample doc;
    text_puts(&text, "# my grid\nside: short\nid: '12'\nstop: 46000\n"
                     "symbol: BTC-USDT\nmarket: futures\nlower: 40000\n"
                     "upper: 45e3\nnote_to_self: \n");
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    document_parse(RECORD_GRID, text_str(&text), text.len, &doc, &c);
    ASSERT_STR(first_complaint(&c, first),
               "line 9, column 1: note_to_self: is not a key that is known "
               "here");
    ASSERT_INT(c.count, 1);
    text.len = strlen(text_str(&text)) - strlen("note_to_self: \n");
    parses(&text, &doc);
    ASSERT_STR(doc.grid.id, "12");
    ASSERT_INT(doc.grid.side, GRID_SHORT);
    ASSERT(isnan(doc.grid.stop.below));
    ASSERT_NEAR(doc.grid.stop.above, 46000, 0);
    ASSERT_NEAR(doc.grid.upper, 45000, 0);
    ASSERT(isnan(doc.grid.capital));
    ASSERT_INT(doc.grid.started_at_ms, MOMENT_NONE);
    ASSERT_INT(doc.grid.spacing, GRID_SPACING_UNSTATED);
    ASSERT_INT(doc.grid.source, GRID_SOURCE_AUTO);
    ASSERT_INT(doc.grid.history_count, 0);
    text_release(&text);
}

static void a_hand_may_leave_values_empty_and_write_short_times(void)
{
    struct text text = TEXT_INIT(1 << 12);
    union sample doc;
    text_puts(&text, "id: a\nsymbol: BTC-USDT\nmarket: spot\nside: long\n"
                     "lower: 1\nupper: 2\ncapital:\nstop: ~\nquote: null\n"
                     "overrides: {}\nhistory:\n"
                     "- at: 2021-05-12\n  event: created\n"
                     "- at: 2021-05-12T08:00+02:00\n  event: started\n"
                     "  note:\n");
    parses(&text, &doc);
    ASSERT_INT(doc.grid.history_count, 2);
    ASSERT_INT(doc.grid.history[0].at_ms, INT64_C(1620777600000));
    ASSERT_INT(doc.grid.history[1].at_ms, INT64_C(1620799200000));
    ASSERT_INT(doc.grid.history[1].event, GRID_STARTED);
    ASSERT_STR(doc.grid.history[1].note, "");
    ASSERT(isnan(doc.grid.capital) && isnan(doc.grid.stop.below));
    text_release(&text);
}

#define HEAD_OF_GRID                                                           \
    "id: a\nsymbol: BTC-USDT\nmarket: spot\nside: long\nlower: 1\nupper: 2\n"

static void overrides_are_kept_as_they_were_written(void)
{
    struct text text = TEXT_INIT(1 << 12), again = TEXT_INIT(1 << 12);
    union sample doc;
    text_puts(&text, HEAD_OF_GRID
              "overrides: {exit.l_haz.enter: '0.35', exit.l_hl.t: -1.95, "
              "exit.gate: , exit.m_trend.mode: off, exit.shadow: true}\n");
    parses(&text, &doc);
    ASSERT_INT(doc.grid.override_count, 4);
    ASSERT_STR(doc.grid.overrides[0].key, "exit.l_haz.enter");
    ASSERT_STR(doc.grid.overrides[0].value, "0.35");
    ASSERT_STR(doc.grid.overrides[1].value, "-1.95");
    ASSERT_STR(doc.grid.overrides[2].key, "exit.m_trend.mode");
    ASSERT_STR(doc.grid.overrides[2].value, "off");
    ASSERT_STR(doc.grid.overrides[3].value, "true");
    text_clear(&text);
    renders(&doc, &text);
    ASSERT(strstr(text_str(&text), "\noverrides:\n"
                                   "  exit.l_haz.enter: 0.35\n"
                                   "  exit.l_hl.t: -1.95\n"
                                   "  exit.m_trend.mode: 'off'\n"
                                   "  exit.shadow: true\n") != NULL);
    parses(&text, &doc);
    renders(&doc, &again);
    ASSERT_STR(text_str(&again), text_str(&text));
    text_release(&text);
    text_release(&again);
}

static void an_override_that_cannot_be_one_is_refused(void)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "overrides: [exit.gate]\n",
          "line 7, column 12: overrides: must be a map, but is a list" },
        { "overrides: {Exit.gate: 1}\n",
          "line 7, column 13: overrides.Exit.gate: must be an option such as "
          "exit.l_haz.enter of at most 47 bytes" },
        { "overrides: {exit: {gate: 1}}\n",
          "line 7, column 19: overrides.exit: must be a number or a word such "
          "as shadow, but is a map" },
        { "overrides: {exit.gate: 1e999}\n",
          "line 7, column 24: overrides.exit.gate: must be a number or a word "
          "such as shadow, but is '1e999'" },
        { "overrides: {exit.gate: 0.333333333333333333333333333333}\n",
          "line 7, column 24: overrides.exit.gate: is longer than 31 bytes" },
        { "overrides: {exit.gate: 1, exit.gate: 2}\n",
          "line 7, column 27: key 'exit.gate' is there twice" },
        { "overrides: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, "
          "j: 1, k: 1, l: 1, m: 1, n: 1, o: 1, p: 1, q: 1}\n",
          "line 7, column 12: overrides: must have at most 16 keys, but has "
          "17" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct text text = TEXT_INIT(1 << 12);
        struct complaints c = { 0 };
        union sample doc;
        char first[COMPLAINT_TEXT];
        text_printf(&text, HEAD_OF_GRID "%s", rows[i].text);
        document_parse(RECORD_GRID, text_str(&text), text.len, &doc, &c);
        ASSERT_STR(first_complaint(&c, first), rows[i].want);
        ASSERT_INT(c.count, 1);
        text_release(&text);
    }
}

void record_grid_test(void);

void record_grid_test(void)
{
    TEST_SUITE("record/grid");
    TEST(a_grid_written_by_hand_needs_six_keys);
    TEST(a_hand_may_leave_values_empty_and_write_short_times);
    TEST(overrides_are_kept_as_they_were_written);
    TEST(an_override_that_cannot_be_one_is_refused);
}
