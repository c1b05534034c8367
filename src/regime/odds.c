#include "regime/odds.h"

#include <assert.h>
#include <math.h>

struct regime_odds regime_odds_none(enum value_status why)
{
    struct regime_odds o = { .status = why };
    for (int k = 0; k < CLASS_COUNT; k++) {
        o.p[k] = NO_VALUE;
        for (int i = 0; i < TERM_COUNT; i++)
            o.term[k][i] = NO_VALUE;
    }
    return o;
}

bool regime_odds_usable(const struct regime_odds *odds)
{
    return odds->status == VALUE_REAL || odds->status == VALUE_FILLED;
}

static double logit(const struct regime_odds *o, int k)
{
    const double *term = o->term[k];
    return term[TERM_BASE] + term[TERM_T] + term[TERM_M] + term[TERM_V];
}

/* The largest logit becomes 0: no exponential overflows, and the sum is at
 * least 1. */
static void softmax(struct regime_odds *o)
{
    double most = logit(o, 0), sum = 0.0;
    for (int k = 1; k < CLASS_COUNT; k++)
        most = fmax(most, logit(o, k));
    for (int k = 0; k < CLASS_COUNT; k++) {
        o->p[k] = exp(logit(o, k) - most);
        sum += o->p[k];
    }
    for (int k = 0; k < CLASS_COUNT; k++)
        o->p[k] /= sum;
}

static struct regime_odds odds_at(const struct regime_model *model, double t,
                                  double m, double v)
{
    const double u[TERM_COUNT] = {
        [TERM_BASE] = 1.0,
        [TERM_T] = (t - model->score_centre) / model->score_scale,
        [TERM_M] = (m - model->score_centre) / model->score_scale,
        [TERM_V] = v / model->v_scale,
    };
    struct regime_odds o = { .status = VALUE_REAL };
    assert(isfinite(t) && isfinite(m) && isfinite(v));
    for (int k = 0; k < CLASS_COUNT; k++)
        for (int i = 0; i < TERM_COUNT; i++)
            o.term[k][i] = model->weight[k][i] * u[i];
    softmax(&o);
    return o;
}

static int32_t longest(const struct scores *s)
{
    int32_t n = s->t.n_used > s->m.n_used ? s->t.n_used : s->m.n_used;
    return s->v.n_used > n ? s->v.n_used : n;
}

struct regime_odds regime_odds_of(const struct regime_model *model,
                                  const struct scores *scores)
{
    enum value_status status = status_worse(
        scores->t.status, status_worse(scores->m.status, scores->v.status));
    if (!value_usable(scores->t) || !value_usable(scores->m) ||
        !value_usable(scores->v))
        return regime_odds_none(status);
    struct regime_odds o =
        odds_at(model, scores->t.v, scores->m.v, scores->v.v);
    o.status = status;
    o.n_used = longest(scores);
    return o;
}

void regime_softmax(const struct regime_model *model, double t, double m,
                    double v, double p[CLASS_COUNT])
{
    struct regime_odds o = odds_at(model, t, m, v);
    for (int k = 0; k < CLASS_COUNT; k++)
        p[k] = o.p[k];
}

struct regime_odds regime_odds_pool(const struct regime_model *model,
                                    const struct regime_odds *odds_1h,
                                    const struct regime_odds *odds_4h)
{
    enum value_status status = status_worse(odds_1h->status, odds_4h->status);
    if (!regime_odds_usable(odds_1h))
        return regime_odds_none(odds_1h->status);
    if (!regime_odds_usable(odds_4h))
        return model->pool_needs_4h ? regime_odds_none(status) : *odds_1h;

    int32_t n =
        odds_1h->n_used > odds_4h->n_used ? odds_1h->n_used : odds_4h->n_used;
    struct regime_odds o = { .status = status, .n_used = n };
    for (int k = 0; k < CLASS_COUNT; k++)
        for (int i = 0; i < TERM_COUNT; i++)
            o.term[k][i] = model->pool_1h * odds_1h->term[k][i] +
                           (1.0 - model->pool_1h) * odds_4h->term[k][i];
    softmax(&o);
    return o;
}

struct explanation regime_explain(const struct regime_odds *odds)
{
    assert(regime_odds_usable(odds));
    int first = CLASS_COUNT - 1, second = -1;
    for (int k = CLASS_COUNT - 2; k >= 0; k--) {
        if (logit(odds, k) > logit(odds, first)) {
            second = first;
            first = k;
        } else if (second < 0 || logit(odds, k) > logit(odds, second)) {
            second = k;
        }
    }
    struct explanation e = { .winner = (enum regime_class)first,
                             .runner_up = (enum regime_class)second };
    for (int i = 0; i < TERM_COUNT; i++)
        e.by[i] = odds->term[first][i] - odds->term[second][i];
    e.total = logit(odds, first) - logit(odds, second);
    return e;
}
