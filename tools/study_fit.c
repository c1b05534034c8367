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

/* The columns of a row, b's and then c's. */
#define COLUMNS (LOGIT_TERMS + LOGIT_MORE)
_Static_assert(COLUMNS <= FIT_TERMS, "a logit fits into a fit");

static void columns_of(const struct logit_row *row, double u[COLUMNS])
{
    u[0] = 1.0;
    u[1] = row->x;
    u[2] = row->x * row->x / 10.0;
    for (int i = 0; i < LOGIT_MORE; i++)
        u[LOGIT_TERMS + i] = row->more[i];
}

/* Which columns a kind has; returns how many. */
static int columns_had(const struct logit_kind *kind, int had[COLUMNS])
{
    int n = 0;
    for (int i = 0; i < kind->terms; i++)
        had[n++] = i;
    for (int i = 0; i < LOGIT_MORE; i++)
        if (kind->more & (1U << (unsigned)i))
            had[n++] = LOGIT_TERMS + i;
    return n;
}

double logit_at(const struct logit *l, const struct logit_row *row)
{
    double x = row->x, eta = l->b[0] + l->b[1] * x + l->b[2] * x * x / 10.0;

    for (int i = 0; i < LOGIT_MORE; i++)
        eta += l->c[i] * row->more[i];
    return 1.0 / (1.0 + exp(-eta));
}

/* One step of Newton's; its size in `*size`. */
static bool logit_step(const struct logit_row *rows, size_t count,
                       const struct logit_kind *kind, struct logit *l,
                       double *size)
{
    double a[FIT_TERMS][FIT_TERMS] = { { 0 } }, g[FIT_TERMS] = { 0 };
    int had[COLUMNS], n = columns_had(kind, had);

    for (size_t i = 0; i < count; i++) {
        double u[COLUMNS];
        if ((rows[i].known & kind->more) != kind->more)
            continue;
        columns_of(&rows[i], u);
        double p = logit_at(l, &rows[i]);
        for (int j = 0; j < n; j++) {
            g[j] += u[had[j]] * (rows[i].event - p);
            for (int k = 0; k <= j; k++)
                a[j][k] += p * (1.0 - p) * u[had[j]] * u[had[k]];
        }
    }
    if (!fit_solve(a, g, n))
        return false;
    *size = 0.0;
    for (int j = 0; j < n; j++) {
        int i = had[j];
        *(i < LOGIT_TERMS ? &l->b[i] : &l->c[i - LOGIT_TERMS]) += g[j];
        *size = fmax(*size, fabs(g[j]));
    }
    return isfinite(*size);
}

bool logit_fit(const struct logit_row *rows, size_t count,
               const struct logit_kind *kind, struct logit *out)
{
    double size = HUGE_VAL;

    *out = (struct logit){ 0 };
    for (int i = 0; i < STEPS && size > STEP_END; i++)
        if (!logit_step(rows, count, kind, out, &size))
            return false;
    return size <= STEP_END;
}
