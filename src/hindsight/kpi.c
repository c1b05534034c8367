/* The percentile bootstrap of Efron and Tibshirani (1993, 13.3) over blocks
 * that are calendar weeks: grids that live at the same time, on whatever
 * symbols, share their market. */
#include "hindsight/kpi.h"

#include <assert.h>
#include <math.h>

#include "base/prng.h"
#include "base/sort.h"
#include "hindsight/interval.h"
#include "hindsight/kpi_internal.h"

#define DRAWS_LEAST 1000
#define DEFINED     0.95 /* of the draws, else there is no interval */

/* The cases of one list of lives. */
struct part {
    struct statistic_row *rows;
    size_t count, n, undefined, pending;
    bool one_each; /* no case counts for more than one trial */
};

/* A number made of one part, of two that are divided, or the difference of two
 * such. The parts that are not used have no rows. */
struct measure {
    enum statistic how;
    bool divided, differs;
    bool looks_on; /* its cases see more than their lives */
    struct part part[4];
};

static int by_week(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

struct weeks {
    const int32_t *at; /* ascending, each once */
    size_t count;
};

/* Those in which a life began, kept in `week`. */
static struct weeks weeks_of(const struct life *lives, size_t count,
                             int32_t *week)
{
    size_t weeks = 0;

    for (size_t i = 0; i < count; i++)
        week[i] = lives[i].week;
    sort_rows(week, count, sizeof(*week), by_week);
    for (size_t i = 0; i < count; i++)
        if (weeks == 0 || week[i] != week[weeks - 1])
            week[weeks++] = week[i];
    return (struct weeks){ week, weeks };
}

static size_t block_of(const struct weeks *weeks, int32_t w)
{
    size_t lo = 0;
    for (size_t hi = weeks->count; hi - lo > 1;) {
        size_t middle = lo + (hi - lo) / 2;
        if (weeks->at[middle] <= w)
            lo = middle;
        else
            hi = middle;
    }
    return lo;
}

/* `rows` has room for all lives. */
static struct part part_of(const struct kpi_ask *ask, enum statistic how,
                           kpi_term_of *term, struct statistic_row *rows,
                           const struct weeks *weeks)
{
    struct part p = { .rows = rows, .one_each = true };
    double trials = 0.0;

    for (size_t i = 0; i < ask->count; i++) {
        struct kpi_term t = term(&ask->lives[i], ask->side);
        p.undefined += (size_t)t.undefined;
        p.pending += (size_t)t.pending;
        if (!t.is_case)
            continue;
        rows[p.count++] =
            (struct statistic_row){ t.num, t.den,
                                    block_of(weeks, ask->lives[i].week) };
        trials += t.den;
        p.one_each = p.one_each && t.den <= 1.0;
    }
    p.n = how == STATISTIC_SHARE ? (size_t)trials : p.count;
    statistic_sort(how, rows, p.count);
    return p;
}

static double part_value(const struct measure *m, int i, const double *weights)
{
    const struct part *p = &m->part[i];
    return statistic_of(m->how, p->rows, p->count, weights);
}

static double measure_value(const struct measure *m, const double *weights)
{
    double side[2];

    for (int i = 0; i <= m->differs; i++) {
        side[i] = part_value(m, 2 * i, weights);
        if (!m->divided)
            continue;
        double below = part_value(m, 2 * i + 1, weights);
        side[i] = below > 0.0 ? side[i] / below : NO_VALUE;
    }
    return m->differs ? side[0] - side[1] : side[0];
}

/* Fills `draw` with the numbers of the draws that have one; returns how many.
 */
static size_t draw_all(const struct measure *m, const struct kpi_ask *ask,
                       size_t weeks, const struct kpi_room *room)
{
    struct prng prng;
    size_t defined = 0;

    prng_init(&prng, ask->seed);
    for (size_t d = 0; d < ask->draws; d++) {
        for (size_t i = 0; i < weeks; i++)
            room->weight[i] = 0.0;
        for (size_t i = 0; i < weeks; i++)
            room->weight[prng_next(&prng) % weeks] += 1.0;
        double v = measure_value(m, room->weight);
        if (isfinite(v))
            room->draw[defined++] = v;
    }
    return defined;
}

static double variance_of(const double *x, size_t count)
{
    double mean = 0.0, squares = 0.0;
    for (size_t i = 0; i < count; i++)
        mean += x[i] / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    return squares / (double)(count - 1);
}

static void set_bounds(struct kpi_result *r, struct bounds b)
{
    r->lo = value_real(b.lo, r->value.n_used);
    r->hi = value_real(b.hi, r->value.n_used);
}

/* Weeks with a case; `mark` is written over. */
static size_t weeks_with(const struct part *p, size_t weeks, double *mark)
{
    size_t with = 0;

    for (size_t i = 0; i < weeks; i++)
        mark[i] = 0.0;
    for (size_t i = 0; i < p->count; i++)
        mark[p->rows[i].block] = 1.0;
    for (size_t i = 0; i < weeks; i++)
        with += mark[i] > 0.0;
    return with;
}

static bool all_alike(const double *x, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (x[i] < x[0] || x[i] > x[0])
            return false;
    return true;
}

static void bootstrap(struct kpi_result *r, const struct measure *m,
                      const struct kpi_ask *ask, size_t weeks,
                      const struct kpi_room *room)
{
    assert(ask->draws == 0 || ask->draws >= DRAWS_LEAST);
    if (weeks < 2 || ask->draws == 0 || !value_usable(r->value))
        return;
    size_t defined = draw_all(m, ask, weeks, room);
    if ((double)defined < DEFINED * (double)ask->draws)
        return;
    bool share = m->how == STATISTIC_SHARE && !m->divided && !m->differs;
    if (share && all_alike(room->draw, defined)) {
        size_t with = weeks_with(&m->part[0], weeks, room->weight);
        set_bounds(r, wilson_95(r->value.v, (double)with));
        return;
    }
    double p = r->value.v, alone = p * (1.0 - p) / (double)r->n;
    if (share && alone > 0.0)
        r->deff = value_real(variance_of(room->draw, defined) / alone,
                             r->value.n_used);
    set_bounds(r, middle_95(room->draw, defined));
}

static enum value_status why_none(const struct kpi_result *r)
{
    if (r->n > 0)
        return VALUE_NOT_IDENTIFIED;
    return r->pending > 0 ? VALUE_WARMUP : VALUE_UNAVAILABLE;
}

/* KPIs whose cases look on for H_ft, beyond the end of the life. */
static bool looks_on(kpi_term_of *term)
{
    return term == kpi_ttdr || term == kpi_false_exits ||
           term == kpi_false_mandatory || term == kpi_regret;
}

static int64_t seen_until(const struct life *l)
{
    const int64_t from[] = { l->first_latest_ms, l->first_mandatory_ms,
                             l->exit_ms };
    int64_t wait = life_follow_ms(l), until = life_end(l);

    for (int i = 0; i < 3 && wait != MOMENT_NONE; i++)
        if (from[i] != MOMENT_NONE && from[i] + wait > until)
            until = from[i] + wait;
    return until;
}

static bool windows_apart(const struct kpi_ask *ask)
{
    for (size_t i = 1; i < ask->count; i++)
        if (ask->lives[i].start_ms < seen_until(&ask->lives[i - 1]))
            return false;
    return true;
}

static struct kpi_result result_of(const struct measure *m,
                                   const struct kpi_ask *ask, size_t weeks,
                                   const struct kpi_room *room)
{
    const struct part *p = &m->part[0], *other = &m->part[2];
    struct kpi_result r = { .n = p->n,
                            .undefined = p->undefined,
                            .pending = p->pending };

    if (m->differs && other->n < r.n)
        r.n = other->n;
    r.lo = r.hi = r.deff = value_none(VALUE_NOT_IDENTIFIED);
    double v = measure_value(m, NULL);
    r.value =
        isfinite(v) ? value_real(v, (int32_t)r.n) : value_none(why_none(&r));
    bool trials = m->how == STATISTIC_SHARE && !m->divided && !m->differs;
    if (trials && p->one_each && value_usable(r.value) &&
        kpi_independent(ask->lives, ask->count) &&
        (!m->looks_on || windows_apart(ask)))
        set_bounds(&r, wilson_95(v, (double)p->n));
    else
        bootstrap(&r, m, ask, weeks, room);
    return r;
}

static struct measure measure_of(const struct kpi *k, const struct kpi_ask *ask,
                                 const struct life *other,
                                 const struct weeks *weeks,
                                 const struct kpi_room *room)
{
    struct measure m = { .how = k->how,
                         .divided = k->over != NULL,
                         .differs = other != NULL,
                         .looks_on = looks_on(k->term) };
    struct statistic_row *rows = room->rows;
    struct kpi_ask one = *ask;

    for (int i = 0; i <= m.differs; i++) {
        one.lives = i == 0 ? ask->lives : other;
        m.part[2 * i] = part_of(&one, k->how, k->term, rows, weeks);
        rows += ask->count;
        if (k->over)
            m.part[2 * i + 1] = part_of(&one, k->how, k->over, rows, weeks);
        rows += ask->count;
    }
    return m;
}

struct kpi_result kpi_difference(enum kpi_id id, const struct kpi_ask *ask,
                                 const struct life *other,
                                 const struct kpi_room *room)
{
    struct weeks weeks = weeks_of(ask->lives, ask->count, room->week);
    struct measure m = measure_of(&kpi_table[id], ask, other, &weeks, room);
    return result_of(&m, ask, weeks.count, room);
}

struct kpi_result kpi_of(enum kpi_id id, const struct kpi_ask *ask,
                         const struct kpi_room *room)
{
    return kpi_difference(id, ask, NULL, room);
}

void kpi_all(const struct kpi_ask *ask, const struct kpi_room *room,
             struct kpi_result out[KPI_COUNT])
{
    for (int i = 0; i < KPI_COUNT; i++)
        out[i] = kpi_of((enum kpi_id)i, ask, room);
}

bool kpi_independent(const struct life *lives, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (lives[i].symbol != lives[0].symbol ||
            lives[i].start_ms < life_end(&lives[i - 1]))
            return false;
    return true;
}

struct kpi_reached kpi_reached(enum kpi_id id, const struct kpi_result *r)
{
    const struct kpi *k = &kpi_table[id];
    bool least = k->sense == KPI_AT_LEAST;
    struct kpi_reached out = { ANSWER_NOT_APPLICABLE, ANSWER_NOT_APPLICABLE };
    struct value worst = least ? r->lo : r->hi;

    if (k->sense == KPI_SHOWN)
        return out;
    out = (struct kpi_reached){ ANSWER_UNKNOWN, ANSWER_UNKNOWN };
    if (value_usable(r->value))
        out.value = (least ? r->value.v >= k->aim : r->value.v <= k->aim)
                        ? ANSWER_YES
                        : ANSWER_NO;
    if (value_usable(worst))
        out.shown = (least ? worst.v >= k->aim : worst.v <= k->aim) ? ANSWER_YES
                                                                    : ANSWER_NO;
    return out;
}

/* How many of the cases tell as much as one alone. Draws that were all alike
 * have no variance: there it is what Wilson's interval, of weeks, shows. */
static double deff_of(const struct kpi_result *r)
{
    double share = r->value.v;

    if (value_usable(r->deff))
        return fmax(1.0, r->deff.v);
    if (!value_usable(r->lo) || (share > 0.0 && share < 1.0))
        return 1.0;
    double odds =
        share > 0.0 ? r->lo.v / (1.0 - r->lo.v) : (1.0 - r->hi.v) / r->hi.v;
    return fmax(1.0, (double)r->n / (INTERVAL_Z95 * INTERVAL_Z95 * odds));
}

double kpi_needed(enum kpi_id id, const struct kpi_result *r)
{
    const struct kpi *k = &kpi_table[id];

    if (k->sense == KPI_SHOWN || k->how != STATISTIC_SHARE ||
        !value_usable(r->value) || k->aim <= 0.0 || k->aim >= 1.0)
        return NO_VALUE;
    return ceil(trials_needed(r->value.v, k->aim, deff_of(r)));
}
