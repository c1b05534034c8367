#include "cli/explained.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"

static struct trigger_result quiet(void)
{
    return (struct trigger_result){ .answer = ANSWER_NO,
                                    .value = value_none(VALUE_UNAVAILABLE),
                                    .limit = NO_VALUE,
                                    .distance = NO_VALUE,
                                    .gate = ANSWER_NOT_APPLICABLE,
                                    .seen_ms = MOMENT_NONE };
}

static void begin_evaluation(struct evaluation *v, enum exit_state state)
{
    struct value none = value_none(VALUE_UNAVAILABLE);
    *v = (struct evaluation){
        .grid = "btc-a",
        .symbol = "BTC-USDT",
        .slot_ms = EXPLAINED_AT(2, 0),
        .close = value_real(40839.9, 1),
        .close_ms = EXPLAINED_AT(2, 0),
        .side = SIDE_DOWN,
        .hazard = { value_real(.4523, 1), value_real(.4522, 1),
                    value_real(.0001, 1), none, HAZARD_EWMA },
        .regime = regime_none(""),
        .distances = { none, none, none, SIDE_NONE, none, none, none },
        .verdict = { .state = state,
                     .known = state,
                     .data_known = true,
                     .since_ms = EXPLAINED_AT(2, 0),
                     .together = { .answer = ANSWER_NO },
                     .episode_ms = state == STATE_NORMAL
                                       ? MOMENT_NONE
                                       : EXPLAINED_AT(1, 15) },
    };
    for (int i = 0; i < TRIGGER_COUNT; i++)
        v->verdict.triggers[i] = quiet();
    for (int i = 0; i < GATE_COUNT; i++)
        v->gates.rows[i] = (struct gate_result){ ANSWER_YES, none, NO_VALUE };
    static const double typical[] = { .0042, .0088, .0186, .0290 };
    static const double adverse[] = { .0090, .0203, .0438, .0680 };
    for (int i = 0; i < WAITING_COUNT; i++)
        v->waiting[i] = (struct waiting){ value_real(typical[i], 1),
                                          value_real(adverse[i], 1) };
}

static void begin_metrics(struct metrics_document *m)
{
    static const double p[CLASS_COUNT] = { .05, .10, .25, .60 };
    m->regime = regime_none("");
    for (int k = 0; k < CLASS_COUNT; k++)
        m->regime.p[k] = m->regime.raw[k] = value_real(p[k], 1);
    m->regime.pooled = m->regime.before = REGIME_TREND;
    m->regime.label_1h = REGIME_TREND;
    m->regime.label_4h = REGIME_TRANSITION;
    m->regime.confidence = value_real(.25, 1);
    for (int i = 0; i < METRIC_COUNT; i++) {
        m->metrics.values[i] = value_none(VALUE_WARMUP);
        m->percentile[i] = NO_VALUE;
    }
    m->tertile = VOL_TERTILE_HIGH;
}

static void begin_state(struct state_document *s)
{
    s->exit = exit_memory_new();
    s->exit.slot_ms = EXPLAINED_AT(2, 0);
    s->exit.baseline = (struct baseline){ .at_ms = EXPLAINED_AT(-74, 0),
                                          .half_life = value_real(6.2, 1),
                                          .identified = true,
                                          .sigma_entry = value_real(.0062, 1) };
}

void explained_begin(struct explained *e, enum exit_state state)
{
    *e = (struct explained){
        .grid = { .id = "btc-a",
                  .symbol = "BTC-USDT",
                  .lower = 39913,
                  .upper = 53638,
                  .stop = { 38476, NO_VALUE },
                  .capital = 5000,
                  .quote = "USDT",
                  .history_count = 1,
                  .history = { { EXPLAINED_AT(-74, 0), GRID_STARTED, "",
                                 0 } } },
        .limits = { .release_closes = 2,
                    .gate = .37,
                    .m_trend = { .75, 4, .25 },
                    .l_haz = { .4, .3 },
                    .w_haz = { .25, .2 },
                    .warning = { 2, 2 } },
        .text = TEXT_INIT(65536),
    };
    begin_evaluation(&e->exit.evaluation, state);
    begin_metrics(&e->metrics);
    begin_state(&e->state);
    e->x = (struct explain){ .grid = &e->grid,
                             .exit = &e->exit,
                             .metrics = &e->metrics,
                             .state = &e->state,
                             .limits = &e->limits,
                             .now_ms = EXPLAINED_AT(2, 14) };
}

void explained_end(struct explained *e)
{
    text_release(&e->text);
}

struct trigger_result *explained_no(struct explained *e, enum trigger_id id,
                                    double value, double limit)
{
    struct trigger_result *r = &e->exit.evaluation.verdict.triggers[id];
    r->value = value_real(value, 1);
    r->limit = limit;
    r->distance = decision_round(limit - value);
    r->of = 1;
    return r;
}

struct trigger_result *explained_yes(struct explained *e, enum trigger_id id,
                                     double value, double limit)
{
    struct trigger_result *r = explained_no(e, id, value, limit);
    r->answer = ANSWER_YES;
    r->evidence = EVIDENCE_BAR;
    r->hits = 1;
    r->seen_ms = EXPLAINED_AT(2, 0);
    e->state.exit.triggers[id].since_ms = EXPLAINED_AT(1, 15);
    return r;
}

void explained_metric(struct explained *e, enum metric_id id, double value,
                      double walk)
{
    e->metrics.metrics.values[id] = value_real(value, 1);
    e->metrics.percentile[id] = walk;
}

void explained_gate(struct explained *e, enum gate_id id, enum answer pass,
                    double value, double limit)
{
    struct value x =
        isnan(value) ? value_none(VALUE_WARMUP) : value_real(value, 1);
    e->exit.evaluation.gates.rows[id] = (struct gate_result){ pass, x, limit };
}

void explained_metrics(struct explained *e)
{
    explained_metric(e, METRIC_ER24_1H, .41894, .9);
    explained_metric(e, METRIC_ADX_1H, 29.118, .75);
    explained_metric(e, METRIC_VER_1H, 1.0854, .9);
    explained_metric(e, METRIC_VER_RAW_1H, 1.31, NO_VALUE);
    explained_metric(e, METRIC_T_DF_200_1H, -.0687, .95);
    explained_metric(e, METRIC_HALF_LIFE_200_1H, 14.9, .4);
    explained_metric(e, METRIC_VOL_HAZ_15M, .0041, NO_VALUE);
    explained_metric(e, METRIC_ATR_4H, 1020.3, NO_VALUE);
    explained_metric(e, METRIC_Z_SLOPE_1H, -1.721, .05);
    explained_metric(e, METRIC_RHO1_1H, -.1265, .1);
    explained_metric(e, METRIC_BBW_PCT_1H, .91, .9);
}

void explained_latest(struct explained *e)
{
    explained_begin(e, STATE_LATEST);
    struct verdict *v = &e->exit.evaluation.verdict;
    explained_metrics(e);
    explained_yes(e, L_HAZ, .4523, .4);
    explained_yes(e, W_HAZ, .4523, .25);
    explained_yes(e, W_TRANS, .4523, .4);
    explained_yes(e, W_ER, 1.82, 1.645);
    v->together = (struct together){ ANSWER_YES, 2, 0, 3 };
    struct trigger_result *r = explained_no(e, M_BOUNDARY, 40839.9, 39913);
    r->distance = .0230;
    r->of = 2;
    explained_no(e, M_STOP, 40500, 38476)->distance = .0513;
    r = explained_no(e, M_TREND, .6, .75);
    r->gate = ANSWER_YES;
    r->of = 4;
    explained_no(e, L_VER, 1.31, 1.25)->gate = ANSWER_NO;
    v->literal[M_TREND] = v->literal[L_VER] = true;
    v->literal[W_ER] = true;
    explained_gate(e, G2_QUIET, ANSWER_NO, 0, 2);
    explained_gate(e, G4_ER, ANSWER_NO, 1.82, 1.645);
    explained_gate(e, G6_PI_24, ANSWER_NO, .4523, .06);
    explained_gate(e, G3_VER_4H, ANSWER_UNKNOWN, NO_VALUE, 1.1);
    explained_gate(e, G7_STEP, ANSWER_NOT_APPLICABLE, NO_VALUE, NO_VALUE);
    explained_gate(e, G7_EARN, ANSWER_NOT_APPLICABLE, NO_VALUE, NO_VALUE);
}

const char *explained_text(struct explained *e)
{
    text_clear(&e->text);
    explain_text(&e->x, &e->text);
    return text_str(&e->text);
}

const char *explained_line(struct explained *e, const char *part)
{
    static char line[1024];
    line[0] = '\0';
    const char *text = explained_text(e);
    const char *at = strstr(text, part);
    if (!at)
        return line;
    while (at > text && at[-1] != '\n')
        at--;
    snprintf(line, sizeof(line), "%.*s", (int)strcspn(at, "\n"), at);
    return line;
}
