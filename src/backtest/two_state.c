#include "backtest/two_state.h"

#include <math.h>

#define ROUNDS 50
#define LEAST  100
#define TINY   1e-300
#define STAY   0.95 /* to begin with */

static double density(double r, double sigma)
{
    double z = r / sigma;
    return exp(-0.5 * z * z) / sigma; /* times a constant */
}

/* From state `from` to state `to`. */
static double moves(const struct two_state *m, int from, int to)
{
    return from == to ? m->stay[from] : 1.0 - m->stay[from];
}

/* p and the return that follows: the new p, and how likely that return was. */
static double filter(const struct two_state *m, const double before[2],
                     double r, double after[2])
{
    for (int s = 0; s < 2; s++)
        after[s] = density(r, m->sigma[s]) *
                   (before[0] * moves(m, 0, s) + before[1] * moves(m, 1, s));
    double sum = fmax(after[0] + after[1], TINY);
    after[0] /= sum;
    after[1] /= sum;
    return sum;
}

static void expect(const struct two_state *m, struct two_state_work *w,
                   size_t n)
{
    const double none[2] = { .5, .5 };

    for (size_t i = 0; i < n; i++)
        w[i].scale =
            filter(m, i ? w[i - 1].forward : none, w[i].r, w[i].forward);
    w[n - 1].backward[0] = w[n - 1].backward[1] = 1.0;
    for (size_t i = n - 1; i-- > 0;)
        for (int s = 0; s < 2; s++) {
            w[i].backward[s] = 0;
            for (int to = 0; to < 2; to++)
                w[i].backward[s] += moves(m, s, to) *
                                    density(w[i + 1].r, m->sigma[to]) *
                                    w[i + 1].backward[to] / w[i + 1].scale;
        }
}

static void maximise(struct two_state *m, const struct two_state_work *w,
                     size_t n)
{
    struct two_state next = *m;

    for (int s = 0; s < 2; s++) {
        double in = 0, squares = 0, stayed = 0, from = 0;
        for (size_t i = 0; i < n; i++) {
            double p = w[i].forward[s] * w[i].backward[s];
            in += p;
            squares += p * w[i].r * w[i].r;
            if (i + 1 == n)
                continue;
            from += p;
            stayed += w[i].forward[s] * moves(m, s, s) *
                      density(w[i + 1].r, m->sigma[s]) * w[i + 1].backward[s] /
                      w[i + 1].scale;
        }
        next.sigma[s] = sqrt(squares / fmax(in, TINY));
        next.stay[s] = stayed / fmax(from, TINY);
    }
    *m = next;
}

static double deviation(const struct two_state_work *w, size_t n)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += w[i].r * w[i].r; /* NaN where one is not finite */
    return sqrt(squares / (double)n);
}

bool two_state_fit(struct two_state_work *w, size_t count,
                   struct two_state *out)
{
    double all = count < LEAST ? 0.0 : deviation(w, count);

    if (!isfinite(all) || !(all > 0.0))
        return false;
    struct two_state m = { { all / 2, all * 1.5 }, { STAY, STAY }, .5 };
    for (int i = 0; i < ROUNDS; i++) {
        expect(&m, w, count);
        maximise(&m, w, count);
        if (!(m.sigma[0] > 0.0) || !(m.sigma[1] > m.sigma[0]))
            return false;
    }
    expect(&m, w, count);
    m.p = w[count - 1].forward[1];
    *out = m;
    return true;
}

void two_state_push(struct two_state *m, double r)
{
    const double before[2] = { 1.0 - m->p, m->p };
    double after[2];

    if (!isfinite(r))
        return;
    filter(m, before, r, after);
    m->p = after[1];
}
