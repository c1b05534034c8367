/* A slot document that grows too long would not be committed. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "record/record.h"
#include "record/samples.h"
#include "test.h"

static void fill_text(char *s, size_t size)
{
    memset(s, 'w', size - 1);
    s[size - 1] = '\0';
}

/* More digits than a market has in its price and in its volume. */
#define LONG_PRICE  61234.12345
#define LONG_VOLUME 1234.12345678

/* Of the next hundred numbers the one with the most digits: 16 or 17. */
static struct value long_value(double v)
{
    double longest = v;
    size_t most = 0;
    for (int i = 0; i < 100; i++) {
        char text[NUMBER_TEXT];
        v = nextafter(v, HUGE_VAL);
        number_format(v, text);
        if (strlen(text) > most) {
            most = strlen(text);
            longest = v;
        }
    }
    return (struct value){ longest, VALUE_FILLED, 1000 };
}

static void fill_regime(struct metrics_document *m)
{
    struct regime *r = &m->regime;
    r->pooled = r->before = r->label_1h = r->label_4h = REGIME_TRANSITION;
    r->run = r->run_1h = r->run_4h = 2048;
    double part = long_value(-.1).v;
    r->why = (struct explanation){
        CLASS_TRANSITION, CLASS_RANGE_WEAK, -part, { part, part, part, part }
    };
    r->confidence = long_value(.1);
    for (int k = 0; k < CLASS_COUNT; k++)
        r->p[k] = r->raw[k] = long_value(.01);
    m->scores_1h.t = m->scores_1h.m = long_value(12.5);
    m->scores_1h.v = long_value(-.1);
    m->scores_4h = m->scores_1h;
    m->crisis.answer = ANSWER_UNKNOWN;
    m->tertile = VOL_TERTILE_NORMAL;
}

/* A slot that saw everything: every number there, in all its digits, and every
 * list full. */
static void fill_metrics(struct metrics_document *m)
{
    snprintf(m->symbol, sizeof(m->symbol), "ABCDEFGHIJKL-ABCDEFGHIJ");
    m->bar_count = RECORD_BARS_MAX;
    m->quality.disagreement_count = RECORD_DISAGREEMENTS_MAX;
    m->quality.clock_offset_ms = -1000000;
    m->quality.close = LONG_PRICE;
    for (int i = 0; i < TF_COUNT; i++)
        m->quality.windows[i].filled = m->quality.windows[i].bars = 2048;
    for (size_t i = 0; i < RECORD_BARS_MAX; i++)
        m->bars[i] =
            (struct closed_bar){ TF_15M,
                                 { SAMPLE_SLOT, LONG_PRICE, LONG_PRICE,
                                   LONG_PRICE, LONG_PRICE, LONG_VOLUME, 0 } };
    for (size_t i = 0; i < RECORD_DISAGREEMENTS_MAX; i++)
        m->quality.disagreements[i] =
            (struct disagreement){ TF_1H, SAMPLE_SLOT, "close", LONG_PRICE,
                                   LONG_PRICE };
    for (int i = 0; i < METRIC_COUNT; i++) {
        m->metrics.values[i] = long_value(sample_typical(i));
        m->percentile[i] = metrics[i].null ? .123 : NO_VALUE;
    }
    fill_regime(m);
}

/* The candles of a timeframe could not be had, and the reason is long. */
static void lose_window(struct metrics_document *m, int tf)
{
    const struct value none = value_none(VALUE_UNAVAILABLE);
    m->regime = regime_none(regime_reason_text(REGIME_REASON_DEGRADED));
    fill_text(m->quality.windows[tf].error,
              sizeof(m->quality.windows[tf].error));
    for (int i = 0; i < METRIC_COUNT; i++) {
        if ((int)metrics[i].tf == tf) {
            m->metrics.values[i] = none;
            m->percentile[i] = NO_VALUE;
        }
    }
}

static void fill_exit(struct exit_document *d)
{
    struct evaluation *e = &d->evaluation;
    fill_text(e->grid, sizeof(e->grid));
    fill_text(d->position.reason, sizeof(d->position.reason));
    for (int i = 0; i < TRIGGER_COUNT; i++)
        e->verdict.triggers[i] =
            (struct trigger_result){ ANSWER_UNKNOWN,
                                     { -12345.678901234567, VALUE_UNAVAILABLE,
                                       0 },
                                     -12345.678901234567,
                                     -12345.678901234567,
                                     SIDE_DOWN,
                                     EVIDENCE_TICKER,
                                     1000,
                                     1000,
                                     SAMPLE_SLOT + 123 };
}

static void keeps_within_6_kb(enum record_kind kind, const union sample *doc,
                              size_t least)
{
    struct text text = TEXT_INIT(1 << 16);
    struct error err = { 0 };
    document_render(kind, doc, &text, &err);
    ASSERT_STR(err.msg, "");
    ASSERT(text.len >= least);
    ASSERT_INT(text.len <= RECORD_SLOT_MAX ? 0 : text.len, 0);
    text_release(&text);
}

static void the_fullest_metrics_document_stays_within_6_kb(void)
{
    union sample doc;
    sample_make(RECORD_METRICS, &doc);
    fill_metrics(&doc.metrics);
    keeps_within_6_kb(RECORD_METRICS, &doc, 5900);
    for (int tf = 0; tf < TF_COUNT; tf++) {
        lose_window(&doc.metrics, tf);
        keeps_within_6_kb(RECORD_METRICS, &doc, 5500);
    }
}

static void the_fullest_exit_document_stays_within_6_kb(void)
{
    union sample doc;
    sample_make(RECORD_EXIT, &doc);
    fill_exit(&doc.exit);
    keeps_within_6_kb(RECORD_EXIT, &doc, 2500);
}

void record_size_test(void);

void record_size_test(void)
{
    TEST_SUITE("record/size");
    TEST(the_fullest_metrics_document_stays_within_6_kb);
    TEST(the_fullest_exit_document_stays_within_6_kb);
}
