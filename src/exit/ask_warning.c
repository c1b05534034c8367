/* The rows that raise WARNING, together or alone. */
#include "exit/trigger_internal.h"

#include <stddef.h>

#include "base/moment.h"

/* Either of two conditions: the one that says yes, else the unknown one, else
 * the one that can be asked; of two alike the one further on its way. */
static struct trigger_result either(struct trigger_result a,
                                    struct trigger_result b)
{
    static const int weight[ANSWER_COUNT] = {
        [ANSWER_NOT_APPLICABLE] = 0,
        [ANSWER_NO] = 1,
        [ANSWER_UNKNOWN] = 2,
        [ANSWER_YES] = 3,
    };
    if (weight[a.answer] != weight[b.answer])
        return weight[a.answer] > weight[b.answer] ? a : b;
    return b.distance < a.distance ? b : a;
}

/* max(p of TRANSITION, pi) at a limit is either of them at it. */
struct trigger_result ask_w_trans(const struct trigger_inputs *in)
{
    const struct regime *g = in->regime;
    double p = in->config->w_trans.p;
    struct trigger_result chance = either(result_at(g->p[CLASS_TRANSITION], p),
                                          result_at(in->hazard->pi, p));
    struct trigger_result r =
        either(chance, result_at(g->q, in->config->w_trans.q));
    r.seen_ms = in->view->close_ms;
    return r;
}

struct trigger_result seed_w_trans(const struct trigger_inputs *in)
{
    return on_hour(in, result_at(in->regime->raw[CLASS_TRANSITION],
                                 in->config->w_trans.p));
}

/* Did p_range fall on each of three closes, and by `least` in all? */
static struct trigger_result p_range_fell(const struct trigger_inputs *in,
                                          double least)
{
    const struct regime_fall *f = &in->regime->fall;
    struct trigger_result r = on_hour(in, result_at(f->drop, least));
    r.of = 3;
    r.hits = f->falling == ANSWER_YES ? 3 : 0;
    if (!value_usable(f->drop))
        return r;
    if (f->falling == ANSWER_YES && r.answer == ANSWER_YES)
        return r;
    r.answer = f->falling == ANSWER_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_NO;
    r.evidence = EVIDENCE_NONE;
    return r;
}

struct trigger_result ask_w_conf(const struct trigger_inputs *in)
{
    return p_range_fell(in, in->config->w_conf.drop);
}

struct trigger_result seed_w_conf(const struct trigger_inputs *in)
{
    return p_range_fell(in, 0.0);
}

struct trigger_result ask_w_er(const struct trigger_inputs *in)
{
    struct value z = in->metrics->values[METRIC_ER24_1H];
    if (!isnan(z.v)) /* a stale one, too: it is shown as a z */
        z.v = efficiency_z_of(z.v, 24);
    return on_hour(in, result_above(z, in->config->w_er.z));
}

struct trigger_result seed_w_er(const struct trigger_inputs *in)
{
    return on_hour(in, result_above(in->metrics->values[METRIC_ER24_1H],
                                    in->config->w_er.ratio));
}

struct trigger_result ask_w_mr(const struct trigger_inputs *in)
{
    const struct half_life_rule rule = { in->config->w_mr.ratio,
                                         in->config->w_mr.t, 1 };
    if (value_usable(in->memory->baseline.half_life) &&
        in->memory->baseline.identified)
        return on_hour(in, half_life_grew(in, rule));
    return on_hour(in,
                   result_at(in->regime->m_fall_6h, in->config->w_mr.m_fall));
}

/* Longer than it was three closes ago; infinite is longer than finite. */
struct trigger_result seed_w_mr(const struct trigger_inputs *in)
{
    const struct hourly *h = in->hourly;
    struct value newest = in->metrics->values[METRIC_T_DF_1H];
    struct trigger_result r = on_hour(in, result_none(ANSWER_UNKNOWN));

    r.of = 1;
    if (!value_usable(newest)) {
        r.answer = value_missing_answer(newest);
        return r;
    }
    if (h->count < 4)
        return r;
    double now = h->rows[h->count - 1].raw100;
    double then = h->rows[h->count - 4].raw100;
    if (isnan(now) || isnan(then))
        return r;
    r.answer =
        decision_round(now) > decision_round(then) ? ANSWER_YES : ANSWER_NO;
    r.value = isfinite(now) ? rounded(value_real(now, 1))
                            : value_none(VALUE_NOT_IDENTIFIED);
    r.limit = isfinite(then) ? then : NO_VALUE;
    r.distance = r.limit - r.value.v;
    if (r.answer == ANSWER_YES) {
        /* Infinite has no distance: then it is not the number that says it. */
        r.evidence = isnan(r.distance) ? EVIDENCE_LABEL : EVIDENCE_BAR;
        r.hits = 1;
    }
    return r;
}

struct trigger_result ask_w_ver(const struct trigger_inputs *in)
{
    return on_hour(in, result_above(ver_of_grid(in), in->config->w_ver.limit));
}

struct trigger_result seed_w_ver(const struct trigger_inputs *in)
{
    return on_hour(in, result_above(in->metrics->values[METRIC_VER_RAW_1H],
                                    in->config->w_ver.limit));
}

struct trigger_result ask_w_event(const struct trigger_inputs *in)
{
    const struct outside *o = in->outside;
    if (!o->calendar)
        return result_none(ANSWER_NOT_APPLICABLE);
    if (!o->calendar_read)
        return result_none(ANSWER_UNKNOWN);
    struct trigger_result r = result_at(value_real(o->event[0] ? 1 : 0, 1), 1);
    r.seen_ms = in->view->slot_ms;
    return r;
}

struct trigger_result ask_w_signal(const struct trigger_inputs *in)
{
    const struct signal *s = &in->outside->signal;
    if (!s->configured)
        return result_none(ANSWER_NOT_APPLICABLE);
    struct trigger_result r =
        result_at(signal_at(s, in->view->slot_ms), in->config->w_signal.limit);
    r.seen_ms = s->at_ms;
    return r;
}
