#include "made_rows.h"

#define METRICS 6

void made_rows_init(struct made_rows *m, uint64_t seed)
{
    *m = (struct made_rows){ .state = seed };
    for (int tf = 0; tf < TF_COUNT; tf++)
        for (int k = 0; k < MADE_LATENT; k++)
            m->now[tf][k] = m->aim[tf][k] = 0.5;
}

double made_uniform(struct made_rows *m)
{
    m->state = m->state * UINT64_C(6364136223846793005) +
               UINT64_C(1442695040888963407);
    return (double)(m->state >> 11) / 9007199254740992.0;
}

static double near(struct made_rows *m, double x)
{
    double y = x + 0.4 * (made_uniform(m) - 0.5);
    return y < 0 ? 0 : y > 1 ? 1 : y;
}

static void drift(struct made_rows *m, enum timeframe tf)
{
    for (int k = 0; k < MADE_LATENT; k++) {
        if (made_uniform(m) < 0.08)
            m->aim[tf][k] = made_uniform(m);
        m->now[tf][k] = m->now[tf][k] + 0.3 * (m->aim[tf][k] - m->now[tf][k]);
    }
}

static void make_holes(struct made_rows *m, struct value *metrics[METRICS])
{
    static const enum value_status missing[] = {
        VALUE_UNAVAILABLE, VALUE_WARMUP,         VALUE_FLAT,
        VALUE_STALE,       VALUE_NOT_IDENTIFIED,
    };
    bool hole = made_uniform(m) < 0.01;
    for (int k = 0; k < METRICS; k++) {
        double u = made_uniform(m);
        if (hole || u < 0.02)
            *metrics[k] = value_none(missing[(int)(made_uniform(m) * 5)]);
    }
}

enum timeframe made_row(struct made_rows *m, struct score_inputs *out)
{
    enum timeframe tf = m->next++ % 5 == 0 ? TF_4H : TF_1H;
    struct value *metrics[METRICS] = { &out->er24, &out->adx_log, &out->z_slope,
                                       &out->t_df, &out->vr8,     &out->ver };
    drift(m, tf);
    double trend = m->now[tf][0], wild = m->now[tf][1], own = m->now[tf][2];
    double away = 0.3 * trend + 0.7 * own;
    out->er24 = value_real(0.6 * near(m, trend), 25);
    out->adx_log = value_real(80.0 * near(m, trend), 100);
    out->z_slope = value_real(6.0 * near(m, 0.5 + 0.5 * trend) - 3.0, 24);
    out->t_df = value_real(6.0 * near(m, away) - 5.0, 101);
    out->vr8 = value_real(0.3 + 1.7 * near(m, away), 101);
    out->ver = value_real(0.6 + 1.2 * near(m, wild), 114);
    make_holes(m, metrics);
    return tf;
}
