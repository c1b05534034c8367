/* A slot document that grows too long would not be committed. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
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
    for (int i = 0; i < TF_COUNT; i++) {
        m->quality.windows[i].filled = m->quality.windows[i].bars = 2048;
        m->quality.windows[i].bars_hash = 0x42; /* in quotes, as a number */
    }
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

/* Numbers that decisions compare are on nine decimals; prices are as they
 * are. */
#define SHARE .123456789
#define RATIO 12.123456789

/* What each row can have at most, in either profile. */
static const struct {
    double value, limit;
    enum trigger_evidence evidence;
    bool gate, side, uncertain;
    int64_t of;
} most[TRIGGER_COUNT] = {
    [M_TREND] = { SHARE, .75, EVIDENCE_LABEL, .gate = true, .of = 4 },
    [M_BOUNDARY] = { LONG_PRICE, LONG_PRICE, EVIDENCE_BAR, .side = true,
                     .of = 2 },
    [M_STOP] = { LONG_PRICE, LONG_PRICE, EVIDENCE_TICKER, .side = true,
                 .of = 1 },
    [M_EQUITY] = { SHARE, .15, EVIDENCE_BAR, .uncertain = true, .of = 1 },
    [M_BLIND] = { 123.25, 2, EVIDENCE_BAR, .gate = true, .of = 1 },
    [L_TRANS] = { 4, 4, EVIDENCE_LABEL, .gate = true, .of = 4 },
    [L_HL] = { RATIO, 2, EVIDENCE_LABEL, .gate = true, .of = 4 },
    [L_VER] = { RATIO, 1.25, EVIDENCE_BAR, .gate = true, .of = 1 },
    [L_Z] = { -RATIO, -1, EVIDENCE_LABEL, .gate = true, .side = true,
              .of = 72 },
    [L_HAZ] = { SHARE, .375, EVIDENCE_BAR, .side = true, .of = 1 },
    [L_GUARD] = { -SHARE, .8, EVIDENCE_BAR, .uncertain = true, .of = 1 },
    [L_CRISIS] = { RATIO, 1, EVIDENCE_LATCH, .of = 1 },
    [W_TRANS] = { SHARE, .4, EVIDENCE_BAR, .of = 1 },
    [W_CONF] = { SHARE, .1, EVIDENCE_BAR, .of = 3 },
    [W_ER] = { 2.123456789, 1.645, EVIDENCE_BAR, .of = 1 },
    [W_MR] = { RATIO, 1.5, EVIDENCE_LABEL, .of = 1 },
    [W_VER] = { RATIO, 1.1, EVIDENCE_BAR, .of = 1 },
    [W_EVENT] = { 1, 1, EVIDENCE_BAR, .of = 1 },
    [W_SIGNAL] = { -1234.123456789, -2345.678, EVIDENCE_BAR, .of = 1 },
    [W_HAZ] = { SHARE, .25, EVIDENCE_BAR, .side = true, .of = 1 },
    [W_TREND] = { SHARE, .6, EVIDENCE_LABEL, .of = 1 },
};

/* Values of 15m bars may be filled. */
static enum value_status status_of(int id)
{
    bool of_15m = id == L_HAZ || id == L_CRISIS || id == W_TRANS || id == W_HAZ;
    return of_15m ? VALUE_FILLED : VALUE_REAL;
}

static struct trigger_result fullest_row(int id)
{
    int64_t late = id == M_STOP ? -9250 : 3 * MS_PER_SLOT;
    bool whole = most[id].value == most[id].limit && most[id].value < 10;
    return (struct trigger_result){
        .answer = ANSWER_YES,
        .value = { most[id].value, status_of(id), 0 },
        .limit = id == L_Z ? long_value(-.4).v : most[id].limit,
        .distance = whole                       ? 0
                    : fabs(most[id].value) < 10 ? -SHARE
                                                : -RATIO,
        .gate = most[id].gate ? ANSWER_YES : ANSWER_NOT_APPLICABLE,
        .uncertain = most[id].uncertain,
        .side = most[id].side ? SIDE_DOWN : SIDE_NONE,
        .evidence = most[id].evidence,
        .hits = most[id].of,
        .of = most[id].of,
        .seen_ms = SAMPLE_SLOT - late,
    };
}

static void fill_verdict(struct verdict *v)
{
    v->state = v->known = v->previous = STATE_LATEST;
    v->together = (struct together){ ANSWER_YES, 7, 7, 1000 };
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        v->triggers[i] = fullest_row(i);
        v->literal[i] = triggers[i].rule[PROFILE_SEED].ask != NULL;
    }
}

static struct gate_result fullest_gate(int id)
{
    bool of_15m = id == G6_PI_24 || id == G6_PI_72;
    enum value_status status = of_15m ? VALUE_FILLED : VALUE_REAL;
    if (!strcmp(gate_table[id].unit, "1h closes") || id == G1_DATA ||
        id == G8_COUNT)
        return (struct gate_result){ ANSWER_YES, { 2047, status, 0 }, 12 };
    if (!strcmp(gate_table[id].unit, "hours"))
        return (struct gate_result){ ANSWER_YES, { 1234.25, status, 0 }, 12 };
    double v = !strcmp(gate_table[id].unit, "share") ? SHARE : RATIO;
    return (struct gate_result){ ANSWER_YES, { v, status, 0 }, 1.645 };
}

static void fill_evaluation(struct evaluation *e)
{
    const struct value filled = long_value(.1);
    struct distances *d = &e->distances;
    fill_text(e->grid, sizeof(e->grid));
    snprintf(e->symbol, sizeof(e->symbol), "ABCDEFGHIJKL-ABCDEFGHIJ");
    e->close.v = LONG_PRICE;
    e->hazard = (struct hazard){ filled, filled, filled, filled, HAZARD_EWMA };
    e->regime.pooled = e->regime.label_1h = REGIME_TRANSITION;
    d->to_lower = d->to_upper = d->to_stop = filled;
    d->to_lower.status = d->to_upper.status = d->to_stop.status = VALUE_REAL;
    d->stop_touch_12h = filled;
    d->stop_loss_most = (struct value){ long_value(1234).v, VALUE_REAL, 1 };
    d->bound_loss_most = value_none(VALUE_UNAVAILABLE);
    for (int i = 0; i < WAITING_COUNT; i++)
        e->waiting[i].typical = e->waiting[i].adverse = filled;
    for (int i = 0; i < GATE_COUNT; i++)
        e->gates.rows[i] = fullest_gate(i);
    fill_verdict(&e->verdict);
}

/* Money has at most nine decimals (position/position.h). */
#define LONG_MONEY 12345.123456789

static struct interval long_interval(double v)
{
    return (struct interval){ { v, VALUE_REAL, 1 }, v, v };
}

static void fill_position(struct position *p)
{
    const struct interval money = long_interval(-LONG_MONEY);
    p->source = POSITION_MODEL;
    p->inventory = long_interval(LONG_VOLUME);
    p->avg_cost = long_interval(LONG_PRICE);
    p->pnl = (struct net_pnl){ money, money, money };
    p->realised = p->unrealised = p->fees = money;
}

static void fill_risk(struct risk *r)
{
    const struct value money = { LONG_MONEY, VALUE_REAL, 1 };
    r->at_risk = r->at_risk_lo = r->at_risk_hi = r->at_risk_simple = money;
    r->stop_atr = r->exit_cost = r->imbalance = money;
    for (int i = 0; i < RISK_HOURS; i++)
        r->give_back_typical[i] = r->give_back_adverse[i] = money;
}

/* Every row of the triggers says yes and is in shadow, every gate has its
 * number, the calendar and the signal are there. */
static void fill_exit(struct exit_document *d)
{
    struct outside *o = &d->inputs.outside;
    fill_evaluation(&d->evaluation);
    d->inputs.ticker = LONG_PRICE;
    fill_text(o->event, sizeof(o->event));
    o->signal.value = long_value(-1234).v;
    o->signal.half_life_s = 86400;
    fill_text(d->position.reason, sizeof(d->position.reason));
    fill_position(&d->position.is);
    fill_risk(&d->risk);
    d->decision.reason = ALERT_RESOLVED;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        d->mode[i] = TRIGGER_SHADOW;
}

static void keeps_within(enum record_kind kind, const union sample *doc,
                         size_t least, size_t limit)
{
    struct text text = TEXT_INIT(1 << 16);
    struct error err = { 0 };
    document_render(kind, doc, &text, &err);
    ASSERT_STR(err.msg, "");
    ASSERT(text.len >= least);
    ASSERT_INT(text.len <= limit ? 0 : text.len, 0);
    text_release(&text);
}

static void the_fullest_metrics_document_stays_within_6_kb(void)
{
    union sample doc;
    sample_make(RECORD_METRICS, &doc);
    fill_metrics(&doc.metrics);
    keeps_within(RECORD_METRICS, &doc, 5900, RECORD_METRICS_MAX);
    for (int tf = 0; tf < TF_COUNT; tf++) {
        lose_window(&doc.metrics, tf);
        keeps_within(RECORD_METRICS, &doc, 5500, RECORD_METRICS_MAX);
    }
}

static void the_fullest_exit_document_stays_within_7_kb(void)
{
    union sample doc;
    sample_make(RECORD_EXIT, &doc);
    keeps_within(RECORD_EXIT, &doc, 4000, RECORD_EXIT_MAX);
    fill_exit(&doc.exit);
    keeps_within(RECORD_EXIT, &doc, 6500, RECORD_EXIT_MAX);
}

void record_size_test(void);

void record_size_test(void)
{
    TEST_SUITE("record/size");
    TEST(the_fullest_metrics_document_stays_within_6_kb);
    TEST(the_fullest_exit_document_stays_within_7_kb);
}
