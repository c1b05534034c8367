#include "regime/score.h"

#include <assert.h>

#include "base/array.h"

static const double pi_number = 3.14159265358979323846;

enum value_status status_worse(enum value_status a, enum value_status b)
{
    static const int rank[VALUE_STATUS_COUNT] = {
        [VALUE_REAL] = 0,        [VALUE_FILLED] = 1, [VALUE_NOT_IDENTIFIED] = 2,
        [VALUE_FLAT] = 3,        [VALUE_WARMUP] = 4, [VALUE_STALE] = 5,
        [VALUE_UNAVAILABLE] = 6,
    };
    return rank[a] >= rank[b] ? a : b;
}

/* Phi of |z|, twice, minus one. */
static double half_normal_share(double z)
{
    return erf(fabs(z) / sqrt(2.0));
}

static double normal_share_above(double z)
{
    return 0.5 * erfc(z / sqrt(2.0));
}

double regime_z_er(const struct regime_model *model, double er)
{
    return er * sqrt(2.0 * model->er_bars / pi_number);
}

/* One component: where it stands on its random walk, and what it came from. */
struct part {
    struct value from;
    double share; /* 0 to 1; read only if `from` is usable */
};

static struct value mean_score(const struct part *parts, int count, int needed)
{
    double sum = 0.0;
    int used = 0;
    int32_t n_used = 0;
    enum value_status status = VALUE_REAL, missing = VALUE_REAL;

    for (int i = 0; i < count; i++) {
        struct value from = parts[i].from;
        if (!value_usable(from)) {
            missing = status_worse(missing, from.status);
            continue;
        }
        sum += parts[i].share;
        used++;
        n_used = from.n_used > n_used ? from.n_used : n_used;
        status = status_worse(status, from.status);
    }
    if (used < needed)
        return (struct value){ NO_VALUE, missing, 0 };
    return (struct value){ 100.0 * sum / used, status, n_used };
}

/* A usable value is a finite one: whoever made it saw to that. */
static double number(struct value x)
{
    assert(!value_usable(x) || isfinite(x.v));
    return value_usable(x) ? x.v : 0.0;
}

static struct value trend_score(const struct regime_model *model,
                                const struct score_inputs *in)
{
    const struct part parts[] = {
        { in->er24, half_normal_share(regime_z_er(model, number(in->er24))) },
        { in->adx_log, null_curve_share(&model->adx, number(in->adx_log)) },
        { in->z_slope, half_normal_share(number(in->z_slope)) },
    };
    return mean_score(parts, ARRAY_LEN(parts), 2);
}

static struct value reversion_score(const struct regime_model *model,
                                    const struct score_inputs *in)
{
    double z_vr = (number(in->vr8) - 1.0) / model->vr_sd;
    const struct part parts[] = {
        { in->t_df, 1.0 - null_curve_share(&model->df, number(in->t_df)) },
        { in->vr8, normal_share_above(z_vr) },
    };
    return mean_score(parts, ARRAY_LEN(parts), 1);
}

static struct value expansion_score(const struct score_inputs *in)
{
    if (!value_usable(in->ver))
        return in->ver;
    if (number(in->ver) <= 0)
        return value_none(VALUE_FLAT);
    return (struct value){ log(in->ver.v), in->ver.status, in->ver.n_used };
}

struct scores regime_scores(const struct regime_model *model,
                            const struct score_inputs *in)
{
    return (struct scores){
        .t = trend_score(model, in),
        .m = reversion_score(model, in),
        .v = expansion_score(in),
    };
}
