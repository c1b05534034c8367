/* The rows that raise LATEST_ACCEPTABLE_EXIT. */
#include "exit/trigger_internal.h"

#include <stddef.h>

#include "base/moment.h"
#include "exit/theta.h"

static bool is_usable_label(enum regime_label label)
{
    return label != REGIME_UNKNOWN;
}

/* A run of successive bars with TRANSITION, out of those that are needed. */
struct run {
    int64_t hits, of;
    bool known;
};

static struct run run_of(enum regime_label label, int32_t run, int64_t of)
{
    bool counts = label == REGIME_TRANSITION;
    int64_t hits = !counts ? 0 : run < of ? run : of;
    return (struct run){ hits, of, is_usable_label(label) };
}

/* The run that is further on its way. */
static struct run further(struct run a, struct run b)
{
    return b.hits * a.of > a.hits * b.of ? b : a;
}

/* Both labels; unknown when neither says yes and one is not known. */
static struct trigger_result label_runs(const struct trigger_inputs *in)
{
    const struct regime *g = in->regime;
    struct run four =
        run_of(g->label_4h, g->run_4h, in->config->l_trans.closes_4h);
    struct run hour =
        run_of(g->label_1h, g->run_1h, in->config->l_trans.closes_1h);
    struct run best = further(hour, four);
    struct trigger_result r = on_hour(in, result_none(ANSWER_NO));

    r.hits = best.hits;
    r.of = best.of;
    r.value = value_real((double)best.hits, (int32_t)best.of);
    r.limit = (double)best.of;
    r.distance = r.limit - r.value.v;
    if (best.hits >= best.of) {
        r.answer = ANSWER_YES;
        r.evidence = EVIDENCE_LABEL;
    } else if (!four.known || !hour.known) {
        struct value p = g->p[CLASS_TRANSITION];
        r.answer = value_usable(p) ? ANSWER_UNKNOWN : value_missing_answer(p);
    }
    return r;
}

struct trigger_result seed_l_trans(const struct trigger_inputs *in)
{
    return label_runs(in);
}

/* pi at the gate on successive 1h closes. It holds until the next close. Counts
 * that are frozen do not answer for a pi that is not known. */
static struct trigger_result pi_run(const struct trigger_inputs *in)
{
    int64_t needed = in->config->l_trans.pi_closes;
    int64_t hits = in->memory->counts.pi_closes;
    struct trigger_result r = on_hour(in, result_none(ANSWER_NO));

    r.hits = hits < needed ? hits : needed;
    r.of = needed;
    r.value = value_real((double)r.hits, (int32_t)needed);
    r.limit = (double)needed;
    r.distance = r.limit - r.value.v;
    if (pi_reaches(in, in->theta.gate) == ANSWER_UNKNOWN) {
        r.answer = ANSWER_UNKNOWN;
    } else if (hits >= needed) {
        r.answer = ANSWER_YES;
        r.evidence = EVIDENCE_LABEL;
    }
    return r;
}

struct trigger_result ask_l_trans(const struct trigger_inputs *in)
{
    struct trigger_result labels = with_pi(in, label_runs(in), in->theta.gate);
    struct trigger_result pi = pi_run(in);

    if (labels.answer == ANSWER_YES)
        return labels;
    if (pi.answer == ANSWER_YES)
        return pi;
    /* Neither: the one that is further on its way. */
    struct trigger_result r =
        pi.hits * labels.of > labels.hits * pi.of ? pi : labels;
    if (labels.answer == ANSWER_UNKNOWN || pi.answer == ANSWER_UNKNOWN)
        r.answer = ANSWER_UNKNOWN;
    return r;
}

struct trigger_result ask_l_hl(const struct trigger_inputs *in)
{
    const struct half_life_rule rule = { in->config->l_hl.ratio,
                                         in->config->l_hl.t,
                                         in->config->l_hl.closes };
    return with_pi(in, on_hour(in, half_life_grew(in, rule)), in->theta.gate);
}

/* Raw, once, against the baseline; infinite counts when that is finite. */
struct trigger_result seed_l_hl(const struct trigger_inputs *in)
{
    const struct hourly *h = in->hourly;
    struct value baseline = in->memory->baseline.half_life;
    struct value newest = in->metrics->values[METRIC_T_DF_200_1H];
    struct trigger_result r = on_hour(in, result_none(ANSWER_UNKNOWN));

    r.of = 1;
    r.limit = in->config->l_hl.ratio;
    if (!value_usable(newest) || !value_usable(baseline)) {
        r.answer =
            value_missing_answer(value_usable(baseline) ? newest : baseline);
        return r;
    }
    double raw = h->count ? h->rows[h->count - 1].raw200 : NO_VALUE;
    if (isnan(raw) || !(baseline.v > 0))
        return r;
    if (isfinite(raw)) {
        struct trigger_result at =
            result_at(value_real(raw / baseline.v, 1), r.limit);
        return on_hour(in, at);
    }
    r.value = value_none(VALUE_NOT_IDENTIFIED);
    r.answer = ANSWER_YES;
    r.evidence = EVIDENCE_LABEL;
    r.hits = 1;
    return r;
}

struct trigger_result ask_l_ver(const struct trigger_inputs *in)
{
    struct trigger_result r =
        result_above(ver_of_grid(in), in->config->l_ver.limit);
    return with_pi(in, on_hour(in, r), in->theta.gate);
}

struct trigger_result seed_l_ver(const struct trigger_inputs *in)
{
    return on_hour(in, result_above(in->metrics->values[METRIC_VER_RAW_1H],
                                    in->config->l_ver.limit));
}

/* The newest z, or why there is none: sigma, half-life and price are needed. */
static struct value z_now(const struct trigger_inputs *in)
{
    const struct baseline *b = &in->memory->baseline;
    size_t n = in->hourly->count;

    if (!n)
        return value_none(VALUE_UNAVAILABLE);
    if (in->view->price_cause != PRICE_KNOWN)
        return value_none(VALUE_STALE);
    if (b->half_life.status != VALUE_NOT_IDENTIFIED &&
        !value_usable(b->half_life))
        return b->half_life;
    return grid_z(in->grid, b, in->hourly->rows[n - 1].close);
}

struct trigger_result seed_l_z(const struct trigger_inputs *in)
{
    const struct reversion *c = &in->memory->counts.reversion;
    struct reversion_rule rule =
        grid_reversion(in->grid, &in->memory->baseline);
    struct value z = z_now(in);
    struct trigger_result r = on_hour(in, result_none(ANSWER_UNKNOWN));

    if (!value_usable(z)) {
        r.value = z;
        r.answer = value_missing_answer(z);
        return r;
    }
    r.value = rounded(z);
    r.answer = reversion_answer(c, &rule);
    r.of = rule.patience;
    if (r.answer == ANSWER_NOT_APPLICABLE)
        return r;
    r.limit = c->side * rule.back;
    r.distance = rule.back - fabs(r.value.v);
    r.side = c->side < 0 ? SIDE_DOWN : SIDE_UP;
    r.hits = c->since < r.of ? c->since : r.of;
    if (r.answer == ANSWER_YES)
        r.evidence = EVIDENCE_LABEL;
    return r;
}

struct trigger_result ask_l_z(const struct trigger_inputs *in)
{
    return with_pi(in, seed_l_z(in), in->theta.gate);
}

/* The threshold rows on pi: they point to the likelier side. */
static struct trigger_result ask_pi(const struct trigger_inputs *in,
                                    struct limits limits, enum trigger_id id)
{
    const struct hazard *h = in->hazard;
    struct trigger_result r =
        threshold_ask(h->pi, limits, in->memory->triggers[id].active);
    if (value_usable(h->pi))
        r.side = h->pi_dn.v >= h->pi_up.v ? SIDE_DOWN : SIDE_UP;
    r.seen_ms = in->view->close_ms;
    return r;
}

struct trigger_result ask_l_haz(const struct trigger_inputs *in)
{
    return ask_pi(in, in->theta.limits, L_HAZ);
}

struct trigger_result ask_w_haz(const struct trigger_inputs *in)
{
    return ask_pi(in, in->config->w_haz, W_HAZ);
}

/* The newest bar's largest measure, as a share of its limit. */
static struct trigger_result crisis_now(const struct trigger_inputs *in)
{
    const struct crisis *c = in->crisis;
    const struct crisis_limits *l = &regime_model_shipped.crisis;
    const double limits[CRISIS_TESTS] = {
        [CRISIS_RETURN] = l->return_sigmas,
        [CRISIS_RANGE] = l->range_atrs,
        [CRISIS_EXPANSION] = l->ver,
    };
    struct trigger_result r = result_none(c->answer);

    r.limit = 1;
    r.of = 1;
    r.seen_ms = in->view->close_ms;
    if (in->view->price_cause != PRICE_KNOWN ||
        window_degraded(&in->view->window[TF_15M]) > WINDOW_DEGRADED) {
        r.answer = ANSWER_UNKNOWN;
        return r;
    }
    for (int i = 0; i < CRISIS_TESTS; i++) {
        struct value share = c->size[i];
        share.v /= limits[i];
        if (value_usable(share) && !(r.value.v >= share.v))
            r.value = rounded(share);
    }
    r.distance = r.limit - r.value.v;
    if (r.answer != ANSWER_YES)
        return r;
    r.evidence = c->hit ? EVIDENCE_BAR : EVIDENCE_LATCH;
    r.hits = 1;
    return r;
}

struct trigger_result ask_l_crisis(const struct trigger_inputs *in)
{
    double pi = in->config->l_crisis.pi;
    return pi > 0 ? with_pi(in, crisis_now(in), pi) : crisis_now(in);
}
