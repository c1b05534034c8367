#include "regime/chain.h"

#include <assert.h>

#include "regime/confidence.h"

static struct scores no_scores(void)
{
    struct value none = value_none(VALUE_UNAVAILABLE);
    return (struct scores){ none, none, none };
}

void regime_chain_init(struct regime_chain *c)
{
    *c = (struct regime_chain){ .scores_1h = no_scores(),
                                .scores_4h = no_scores() };
    c->odds_1h = c->odds_4h = regime_odds_none(VALUE_UNAVAILABLE);
    regime_track_init(&c->track_1h);
    regime_track_init(&c->track_4h);
    regime_pool_init(&c->pool);
    crisis_init(&c->crisis);
}

static void remember_m(struct regime_chain *c)
{
    if (!value_usable(c->scores_1h.m)) {
        c->m_count = 0;
        return;
    }
    for (int i = M_FALL_BARS; i > 0; i--)
        c->m[i] = c->m[i - 1];
    c->m[0] = c->scores_1h.m.v;
    c->m_count += c->m_count <= M_FALL_BARS;
}

static void push_1h(struct regime_chain *c, const struct regime_model *model,
                    const struct score_inputs *in)
{
    c->scores_1h = regime_scores(model, in);
    c->odds_1h = regime_odds_of(model, &c->scores_1h);
    regime_track_push(&c->track_1h, model, &c->odds_1h);
    regime_pool_push(&c->pool, model, &c->odds_1h, &c->odds_4h);
    remember_m(c);
}

static void push_4h(struct regime_chain *c, const struct regime_model *model,
                    const struct score_inputs *in)
{
    c->scores_4h = regime_scores(model, in);
    c->odds_4h = regime_odds_of(model, &c->scores_4h);
    regime_track_push(&c->track_4h, model, &c->odds_4h);
}

void regime_chain_push(struct regime_chain *c, const struct regime_model *model,
                       enum timeframe tf, const struct score_inputs *in)
{
    assert(tf == TF_1H || tf == TF_4H);
    if (tf == TF_1H)
        push_1h(c, model, in);
    else
        push_4h(c, model, in);
}

void regime_chain_push_15m(struct regime_chain *c,
                           const struct regime_model *model,
                           const struct crisis_inputs *in)
{
    crisis_push(&c->crisis, &model->crisis, in);
}

void regime_chain_break(struct regime_chain *c, enum timeframe tf)
{
    if (tf == TF_4H)
        regime_track_break(&c->track_4h);
    if (tf != TF_1H)
        return;
    regime_track_break(&c->track_1h);
    regime_track_break(&c->pool.track);
    c->m_count = 0;
}

static const char *reason_of(const struct regime_chain *c)
{
    static const enum regime_reason reasons[2][VALUE_STATUS_COUNT] = {
        {
            [VALUE_UNAVAILABLE] = REGIME_REASON_1H_UNAVAILABLE,
            [VALUE_WARMUP] = REGIME_REASON_1H_WARMUP,
            [VALUE_FLAT] = REGIME_REASON_1H_FLAT,
            [VALUE_STALE] = REGIME_REASON_1H_STALE,
            [VALUE_NOT_IDENTIFIED] = REGIME_REASON_1H_NOT_IDENTIFIED,
        },
        {
            [VALUE_UNAVAILABLE] = REGIME_REASON_4H_UNAVAILABLE,
            [VALUE_WARMUP] = REGIME_REASON_4H_WARMUP,
            [VALUE_FLAT] = REGIME_REASON_4H_FLAT,
            [VALUE_STALE] = REGIME_REASON_4H_STALE,
            [VALUE_NOT_IDENTIFIED] = REGIME_REASON_4H_NOT_IDENTIFIED,
        },
    };
    if (c->pool.track.label != REGIME_UNKNOWN)
        return regime_reason_text(REGIME_REASON_NONE);
    /* Both are there, but no 1h bar has closed since the 4h odds came. */
    if (regime_odds_usable(&c->odds_1h) && regime_odds_usable(&c->odds_4h))
        return regime_reason_text(REGIME_REASON_4H_UNAVAILABLE);
    bool fault_1h = !regime_odds_usable(&c->odds_1h);
    return regime_reason_text(
        reasons[!fault_1h][fault_1h ? c->odds_1h.status : c->odds_4h.status]);
}

static struct value m_fall(const struct regime_chain *c)
{
    if (!value_usable(c->scores_1h.m))
        return value_none(c->scores_1h.m.status);
    if (c->m_count <= M_FALL_BARS)
        return value_none(VALUE_WARMUP);
    return (struct value){ c->m[M_FALL_BARS] - c->m[0], c->scores_1h.m.status,
                           M_FALL_BARS + 1 };
}

static void read_pool(const struct regime_chain *c, struct regime *r)
{
    const struct regime_track *t = &c->pool.track;
    r->before = t->label;
    r->pooled = crisis_label(&c->crisis, t->label);
    r->run = t->run;
    r->range_run = t->range_run;
    r->quiet_run = t->quiet_run;
    for (int k = 0; k < CLASS_COUNT; k++) {
        r->p[k] = regime_track_p(t, (enum regime_class)k);
        r->raw[k] = regime_pool_raw(&c->pool, (enum regime_class)k);
    }
    r->q = regime_track_q(t);
    r->p_range = regime_track_p_range(t);
    r->fall = regime_track_fall(t);
    struct value confidence = r->q;
    if (value_usable(confidence))
        confidence.v = regime_confidence(t->ema);
    r->confidence = crisis_confidence(&c->crisis, confidence);
}

struct regime regime_chain_read(const struct regime_chain *c)
{
    struct regime r = regime_none(reason_of(c));
    r.label_1h = c->track_1h.label;
    r.label_4h = c->track_4h.label;
    r.run_1h = c->track_1h.run;
    r.run_4h = c->track_4h.run;
    r.m_fall_6h = m_fall(c);
    read_pool(c, &r);
    r.explained = regime_odds_usable(&c->pool.raw);
    if (r.explained)
        r.why = regime_explain(&c->pool.raw);
    return r;
}
