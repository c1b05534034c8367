#include "tools/study_fit.h"

#include <math.h>

#include "base/value.h"

#define PIVOT_LEAST 1e-12
#define STEPS       50
#define STEP_END    1e-10

bool fit_solve(double a[FIT_TERMS][FIT_TERMS], double *b, int n)
{
    for (int i = 0; i < n; i++) {
        double whole = a[i][i];
        for (int j = 0; j <= i; j++) {
            double rest = a[i][j];
            for (int k = 0; k < j; k++)
                rest -= a[i][k] * a[j][k];
            if (i == j && !(rest > PIVOT_LEAST * whole))
                return false;
            a[i][j] = i == j ? sqrt(rest) : rest / a[j][j];
        }
        for (int k = 0; k < i; k++)
            b[i] -= a[i][k] * b[k];
        b[i] /= a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++)
            b[i] -= a[k][i] * b[k];
        b[i] /= a[i][i];
    }
    return true;
}

void groups_add(struct groups *g, int group, const double *x, double y)
{
    g->n[group] += 1.0;
    g->y[group] += y;
    for (int i = 0; i < g->terms; i++) {
        g->x[group][i] += x[i];
        g->xy[i] += x[i] * y;
        for (int k = 0; k <= i; k++)
            g->xx[i][k] += x[i] * x[k];
    }
}

bool groups_fit(const struct groups *g, struct slopes *out)
{
    double a[FIT_TERMS][FIT_TERMS] = { { 0 } };

    for (int i = 0; i < g->terms; i++) {
        out->slope[i] = g->xy[i];
        for (int k = 0; k <= i; k++)
            a[i][k] = g->xx[i][k];
        for (int h = 0; h < g->count; h++) {
            if (g->n[h] <= 0)
                continue;
            out->slope[i] -= g->x[h][i] * g->y[h] / g->n[h];
            for (int k = 0; k <= i; k++)
                a[i][k] -= g->x[h][i] * g->x[h][k] / g->n[h];
        }
        if (!(a[i][i] > PIVOT_LEAST * g->xx[i][i])) /* no more than its level */
            return false;
    }
    if (!fit_solve(a, out->slope, g->terms))
        return false;
    for (int h = 0; h < g->count; h++) {
        double rest = g->y[h];
        for (int i = 0; i < g->terms; i++)
            rest -= out->slope[i] * g->x[h][i];
        out->level[h] = g->n[h] > 0 ? rest / g->n[h] : NO_VALUE;
    }
    return true;
}

double logit_at(const struct logit *l, double x)
{
    double eta = l->b[0] + l->b[1] * x + l->b[2] * x * x / 10.0;
    return 1.0 / (1.0 + exp(-eta));
}

/* One step of Newton's; its size in `*size`. */
static bool logit_step(const double *x, const bool *event, size_t count,
                       int terms, struct logit *l, double *size)
{
    double a[FIT_TERMS][FIT_TERMS] = { { 0 } }, g[FIT_TERMS] = { 0 };

    for (size_t i = 0; i < count; i++) {
        double u[LOGIT_TERMS] = { 1.0, x[i], x[i] * x[i] / 10.0 };
        double p = logit_at(l, x[i]);
        for (int j = 0; j < terms; j++) {
            g[j] += u[j] * (event[i] - p);
            for (int k = 0; k <= j; k++)
                a[j][k] += p * (1.0 - p) * u[j] * u[k];
        }
    }
    if (!fit_solve(a, g, terms))
        return false;
    *size = 0.0;
    for (int j = 0; j < terms; j++) {
        l->b[j] += g[j];
        *size = fmax(*size, fabs(g[j]));
    }
    return isfinite(*size);
}

bool logit_fit(const double *x, const bool *event, size_t count, int terms,
               struct logit *out)
{
    double size = HUGE_VAL;

    *out = (struct logit){ 0 };
    for (int i = 0; i < STEPS && size > STEP_END; i++)
        if (!logit_step(x, event, count, terms, out, &size))
            return false;
    return size <= STEP_END;
}
