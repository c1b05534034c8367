/* What the questions share. Each reads the inputs, never the clock, and answers
 * in full: value, limit, distance, gate, evidence. */
#include "exit/trigger_internal.h"

#include <stddef.h>

#include "base/moment.h"

struct trigger_result result_none(enum answer answer)
{
    return (struct trigger_result){
        .answer = answer,
        .value = value_none(VALUE_UNAVAILABLE),
        .limit = NO_VALUE,
        .distance = NO_VALUE,
        .gate = ANSWER_NOT_APPLICABLE,
        .seen_ms = MOMENT_NONE,
    };
}

struct value rounded(struct value x)
{
    x.v = decision_round(x.v);
    return x;
}

static struct trigger_result compared(struct value x, double limit, bool strict)
{
    struct trigger_result r = result_none(ANSWER_NO);
    r.value = x;
    r.limit = limit;
    r.of = 1;
    if (!value_usable(x)) {
        r.answer = value_missing_answer(x);
        return r;
    }
    double v = decision_round(x.v), l = decision_round(limit);
    r.value.v = v;
    r.distance = decision_round(l - v);
    if (strict ? v > l : v >= l) {
        r.answer = ANSWER_YES;
        r.evidence = EVIDENCE_BAR;
        r.hits = 1;
    }
    return r;
}

struct trigger_result result_at(struct value x, double limit)
{
    return compared(x, limit, false);
}

struct trigger_result result_above(struct value x, double limit)
{
    return compared(x, limit, true);
}

struct trigger_result threshold_ask(struct value x, struct limits limits,
                                    bool active)
{
    return result_at(x, active ? limits.leave : limits.enter);
}

int64_t newest_hour_ms(const struct trigger_inputs *in)
{
    const struct hourly *h = in->hourly;
    return h->count ? h->rows[h->count - 1].close_ms : MOMENT_NONE;
}

bool new_bar(const struct trigger_inputs *in)
{
    return market_closed_in_slot(in->view, TF_15M) ||
           (in->view->close_ms != MOMENT_NONE &&
            in->view->close_ms > in->memory->scanned_ms);
}

struct trigger_result on_hour(const struct trigger_inputs *in,
                              struct trigger_result r)
{
    r.seen_ms = newest_hour_ms(in);
    return r;
}

enum answer pi_reaches(const struct trigger_inputs *in, double least)
{
    struct value pi = in->hazard->pi;
    if (!value_usable(pi))
        return value_missing_answer(pi);
    return decision_round(pi.v) >= decision_round(least) ? ANSWER_YES
                                                         : ANSWER_NO;
}

struct trigger_result with_pi(const struct trigger_inputs *in,
                              struct trigger_result r, double least)
{
    r.gate = pi_reaches(in, least);
    /* Flat volatility has no pi: nothing threatens. */
    if (r.gate == ANSWER_NOT_APPLICABLE)
        r.gate = ANSWER_NO;
    if (r.answer != ANSWER_YES || r.gate == ANSWER_YES)
        return r;
    r.answer = r.gate;
    r.evidence = EVIDENCE_NONE;
    return r;
}

static double grid_half_width(const struct grid *g)
{
    return log(g->upper / g->lower) / 2;
}

struct reversion_rule grid_reversion(const struct grid *g,
                                     const struct baseline *b)
{
    double bars = value_usable(b->half_life) ? b->half_life.v : NO_VALUE;
    if (b->half_life.status == VALUE_NOT_IDENTIFIED)
        bars = HUGE_VAL; /* infinite: the longest patience */
    if (!value_usable(b->sigma_st) || !(b->sigma_st.v > 0))
        return (struct reversion_rule){ 0 };
    return reversion_rule(grid_half_width(g), b->sigma_st.v, bars);
}

struct value grid_z(const struct grid *g, const struct baseline *b,
                    double close)
{
    if (!value_usable(b->sigma_st))
        return b->sigma_st;
    return anchored_z(close, sqrt(g->lower * g->upper), b->sigma_st.v);
}

struct value ver_of_grid(const struct trigger_inputs *in)
{
    const struct hourly *h = in->hourly;
    struct value ver = in->metrics->values[METRIC_VER_1H];
    struct value frozen = in->memory->baseline.ver_mean;

    if (!value_usable(ver) || !value_usable(frozen) || !h->count)
        return ver;
    double mean = h->rows[h->count - 1].ver_mean;
    if (frozen.v > mean)
        ver.v *= mean / frozen.v;
    return ver;
}

/* HL_c over the baseline, on nine decimals; infinite stays so. */
static double growth(const struct hourly_row *row, double baseline)
{
    return decision_round(row->hl200 / baseline);
}

/* Does this row meet the rule? Unknown where it was not measured. */
static enum answer row_grew(const struct hourly_row *row, double baseline,
                            struct half_life_rule rule)
{
    if (isnan(row->hl200) || isnan(row->t200))
        return ANSWER_UNKNOWN;
    bool longer = growth(row, baseline) >= decision_round(rule.ratio);
    return longer && decision_round(row->t200) > decision_round(rule.t)
               ? ANSWER_YES
               : ANSWER_NO;
}

/* Counts the successive newest rows that meet the rule; a stop of trading ends
 * them. Yes with enough of them, else what the row said that did not. */
static void count_rows(const struct hourly *h, double baseline,
                       struct half_life_rule rule, struct trigger_result *r)
{
    r->answer = ANSWER_NO;
    for (size_t i = h->count; i-- > 0 && r->hits < r->of;) {
        enum answer here = row_grew(&h->rows[i], baseline, rule);
        if (here != ANSWER_YES) {
            r->answer = here;
            return;
        }
        r->hits++;
        if (h->rows[i].gap)
            break;
    }
    if (r->hits < r->of)
        return;
    r->answer = ANSWER_YES;
    r->evidence = EVIDENCE_LABEL;
}

struct trigger_result half_life_grew(const struct trigger_inputs *in,
                                     struct half_life_rule rule)
{
    const struct baseline *b = &in->memory->baseline;
    const struct hourly *h = in->hourly;
    const struct value newest = in->metrics->values[METRIC_T_DF_200_1H];
    struct trigger_result r = result_none(ANSWER_UNKNOWN);

    r.of = rule.closes;
    r.limit = rule.ratio;
    if (!value_usable(b->half_life)) {
        r.answer = value_missing_answer(b->half_life);
        return r;
    }
    if (!b->identified || !(b->half_life.v > 0)) {
        r.answer = ANSWER_NOT_APPLICABLE;
        return r;
    }
    if (!value_usable(newest)) {
        r.answer = value_missing_answer(newest);
        return r;
    }
    if (!h->count)
        return r;
    count_rows(h, b->half_life.v, rule, &r);
    r.value = value_real(growth(&h->rows[h->count - 1], b->half_life.v), 1);
    if (!value_usable(r.value))
        r.value = value_none(VALUE_NOT_IDENTIFIED); /* infinite */
    r.distance = r.limit - r.value.v;
    return r;
}
