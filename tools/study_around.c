#include "tools/study_around.h"

#include <math.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"

#define MOVE_MOST    4.0
#define OTHERS_LEAST 3
#define FAST_LEAST   0.1 /* of vol_haz */

static const size_t move_bars[] = { 4, 16, 96 }; /* of OWN_1H and on */

/* The move up; NO_VALUE where a bar or the sigma is not there. */
static double move_of(const struct course *t, size_t slot, size_t bars)
{
    if (slot < bars || !(t->sigma[slot] > 0))
        return NO_VALUE;
    double r = log(t->close[slot] / t->close[slot - bars]);
    if (isnan(r))
        return NO_VALUE;
    r /= t->sigma[slot] * sqrt((double)bars);
    return fmin(MOVE_MOST, fmax(-MOVE_MOST, r));
}

static double excited(const struct course *t, size_t slot)
{
    double fast = t->fast[slot], slow = t->slow[slot];

    if (isnan(fast) || !(slow > 0) || !(t->sigma[slot] > 0))
        return NO_VALUE;
    return log(fmax(fast, FAST_LEAST * t->sigma[slot]) / slow);
}

static void know(struct around *a, enum around_term term, double x)
{
    if (isnan(x))
        return;
    a->known |= TERM(term);
    a->at[term] = x;
}

/* A mean of those that are there. */
struct mean {
    double sum, count;
};

static void mean_add(struct mean *m, double x)
{
    if (isnan(x))
        return;
    m->sum += x;
    m->count += 1.0;
}

static double mean_of(const struct mean *m)
{
    return m->count < OTHERS_LEAST ? NO_VALUE : m->sum / m->count;
}

struct around around_of(const struct course *courses, size_t files, size_t own,
                        size_t slot, bool below)
{
    struct mean market[AROUND_TERMS] = { { 0, 0 } };
    const struct course *t = &courses[own];
    int64_t open_ms = t->first_ms + (int64_t)slot * MS_PER_SLOT;
    double sign = below ? -1.0 : 1.0;
    struct around a = { 0 };

    for (int m = 0; m < (int)ARRAY_LEN(move_bars); m++)
        know(&a, (enum around_term)(OWN_1H + m),
             sign * move_of(t, slot, move_bars[m]));
    for (size_t i = 0; i < files; i++) {
        const struct course *o = &courses[i];
        int64_t ms = open_ms - o->first_ms;
        size_t s = (size_t)(ms / MS_PER_SLOT);
        if (i == own || ms < 0 || s >= o->slots || isnan(o->close[s]))
            continue;
        mean_add(&market[MARKET_1H], sign * move_of(o, s, move_bars[0]));
        mean_add(&market[MARKET_4H], sign * move_of(o, s, move_bars[1]));
        mean_add(&market[EXCITED], excited(o, s));
    }
    for (int k = MARKET_1H; k < AROUND_TERMS; k++)
        know(&a, (enum around_term)k, mean_of(&market[k]));
    return a;
}
