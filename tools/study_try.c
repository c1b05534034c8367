#include "tools/study_try.h"

#include <math.h>
#include <stdlib.h>

#include "base/moment.h"
#include "base/value.h"
#include "exit/hazard.h"
#include "sys/xmalloc.h"

#define OUTSIDE    0.89 /* the product's */
#define LOGIT_CLIP 1e-4
#define LEARN_MS   (4 * MS_PER_HOUR)

/* clang-format off */
#define MARKET TERM(EXCITED) | TERM(MARKET_4H)
#define ON_TOP VOL_THREE, 3, false
const struct try tries[TRIES] = {
    { "pi-24h-1",                         VOL_EWMA,     0, false, 0, 0 },
    { "line",                             VOL_EWMA,     2, false, 0, 0 },
    { "curve",                            VOL_EWMA,     3, false, 0, 0 },
    { "curve, outside",                   VOL_EWMA,     3, true,  0, 0 },
    { "three EWMAs, line",                VOL_THREE,    2, false, 0, 0 },
    [TRY_BASE] =
    { "three EWMAs, curve",               VOL_THREE,    3, false, 0, 0 },
    { "HAR, line",                        VOL_HAR,      2, false, 0, 0 },
    { "HAR with hours, line",             VOL_HAR_HOUR, 2, false, 0, 0 },
    { "HAR, curve",                       VOL_HAR,      3, false, 0, 0 },
    { "HAR with hours, curve",            VOL_HAR_HOUR, 3, false, 0, 0 },
    { "HAR with hours, curve, outside",   VOL_HAR_HOUR, 3, true,  0, 0 },
    [TRIES_PLAIN] =
    { "approach, 1 h",           ON_TOP, TERM(OWN_1H),            TRY_BASE },
    { "approach, 4 h",           ON_TOP, TERM(OWN_4H),            TRY_BASE },
    { "approach, 24 h",          ON_TOP, TERM(OWN_24H),           TRY_BASE },
    { "approach, 4 and 24 h",    ON_TOP, TERM(OWN_4H) | TERM(OWN_24H),
                                                                  TRY_BASE },
    { "market, 1 h",             ON_TOP, TERM(MARKET_1H),         TRY_BASE },
    { "market, 4 h",             ON_TOP, TERM(MARKET_4H),         TRY_BASE },
    { "market excited",          ON_TOP, TERM(EXCITED),           TRY_BASE },
    { "market excited, 4 h",     ON_TOP, MARKET,                  TRY_BASE },
    { "approach and market",     ON_TOP,
                  TERM(OWN_4H) | TERM(OWN_24H) | MARKET,          TRY_BASE },
};
/* clang-format on */

const struct har_kind vol_kinds[VOL_KINDS] = {
    [VOL_EWMA] = { 0, 0, false },
    [VOL_THREE] = { 5, 3, false },
    [VOL_HAR] = { 0, 6, false },
    [VOL_HAR_HOUR] = { 0, 6, true },
};

struct taker {
    struct world *world;
    const struct course *course;
    int rule;
};

static void take(void *arg, const struct question *q)
{
    const struct taker *t = arg;
    struct world *w = t->world;
    const struct volatility v =
        volatility_haz(value_real(t->course->sigma[q->slot], 1));
    struct asked a = {
        .slot = q->slot,
        .begin_ms = q->begin_ms,
        .down = log(q->close / q->lower),
        .up = log(q->upper / q->close),
        .week = outcomes_week(q->begin_ms),
        .file = (int)w->files,
        .rule = t->rule,
        .event = q->event,
        .outside = q->close <= q->lower || q->close >= q->upper,
        .p = { hazard_of(q->close, q->lower, q->upper, &v, HAZARD_EWMA).pi.v },
    };
    if (w->count == w->room) {
        w->room = w->room ? 2 * w->room : 65536;
        w->asked = xrealloc(w->asked, w->room, sizeof(*w->asked));
    }
    w->asked[w->count++] = a;
}

void world_add(struct world *w, const struct bars *bars,
               const struct grid_rule *rules, int count)
{
    struct outcomes counts = { 0 };
    size_t n = w->files + 1;

    w->courses = xrealloc(w->courses, n, sizeof(*w->courses));
    w->hars = xrealloc(w->hars, n, sizeof(*w->hars));
    struct course *course = &w->courses[w->files];
    course_init(course, bars);
    har_init(&w->hars[w->files], course);
    for (int r = 0; r < count; r++) {
        struct taker t = { w, course, r };
        grids_ask(&counts, course, &rules[r], take, &t);
    }
    w->files = n;
}

void world_release(struct world *w)
{
    for (size_t i = 0; i < w->files; i++) {
        course_release(&w->courses[i]);
        har_release(&w->hars[i]);
    }
    free(w->courses);
    free(w->hars);
    free(w->asked);
    *w = (struct world){ 0 };
}

/* When the slot of a question closed. */
static int64_t close_ms(const struct world *w, const struct asked *a)
{
    return w->courses[a->file].first_ms + (int64_t)(a->slot + 1) * MS_PER_SLOT;
}

static double sigma_of(const struct learned *l, enum vol_kind kind,
                       const struct world *w, const struct asked *a)
{
    if (kind == VOL_EWMA)
        return w->courses[a->file].sigma[a->slot];
    return har_sigma(&l->vol[kind], &vol_kinds[kind],
                     har_at(&w->hars[a->file], a->slot), close_ms(w, a));
}

/* The logit that is recalibrated; NO_VALUE without sigma. */
static double logit_of(const struct asked *a, double sigma)
{
    double scale = sigma * sqrt(HAZARD_HORIZON_BARS);

    if (!(sigma > 0))
        return NO_VALUE;
    double p = first_exit_probability(a->down / scale, a->up / scale);
    p = fmin(1.0 - LOGIT_CLIP, fmax(LOGIT_CLIP, p));
    return log(p / (1.0 - p));
}

static bool learn_vol(struct learned *l, const struct world *w,
                      enum vol_kind kind, int64_t until_ms)
{
    struct groups *g = xcalloc(1, sizeof(*g));

    for (size_t i = 0; i < w->files; i++)
        har_learn(g, &vol_kinds[kind], &w->hars[i], until_ms);
    bool ok = groups_fit(g, &l->vol[kind]);
    free(g);
    return ok;
}

/* What a question knows but for its x. */
static struct logit_row row_of(const struct world *w, const struct asked *a)
{
    struct around r = around_of(w->courses, w->files, (size_t)a->file, a->slot,
                                a->down <= a->up);
    struct logit_row row = { .known = r.known, .event = a->event };

    _Static_assert((int)LOGIT_MORE >= (int)AROUND_TERMS, "every term has room");
    for (int i = 0; i < AROUND_TERMS; i++)
        row.more[i] = r.at[i];
    return row;
}

/* Questions that teach. */
struct lesson {
    size_t count;
    struct logit_row *rows;
};

static size_t lessons_that_know(const struct lesson *s, unsigned more)
{
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++)
        n += (s->rows[i].known & more) == more;
    return n;
}

static bool learn_try(struct learned *l, const struct lesson *s, int k)
{
    const struct logit_kind kind = { tries[k].terms, tries[k].more };

    l->lessons[k] = lessons_that_know(s, kind.more);
    return (kind.more && l->lessons[k] < LESSONS_LEAST) ||
           logit_fit(s->rows, s->count, &kind, &l->logit[k]);
}

static bool learn_logits(struct learned *l, const struct world *w,
                         struct lesson *s, enum vol_kind kind,
                         int64_t begun_by_ms)
{
    bool ok = true;

    s->count = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct asked *a = &w->asked[i];
        if (a->begin_ms > begun_by_ms || a->outside ||
            (close_ms(w, a) - a->begin_ms) % LEARN_MS != 0)
            continue;
        double x = logit_of(a, sigma_of(l, kind, w, a));
        if (isnan(x))
            continue;
        s->rows[s->count] = row_of(w, a);
        s->rows[s->count++].x = x;
    }
    l->questions = s->count;
    for (int k = 0; k < TRIES && ok; k++)
        if (tries[k].vol == kind && tries[k].terms > 0)
            ok = learn_try(l, s, k);
    return ok;
}

static bool learn_outside(struct learned *l, const struct world *w,
                          int64_t begun_by_ms)
{
    double n = 0, events = 0;

    for (size_t i = 0; i < w->count; i++) {
        const struct asked *a = &w->asked[i];
        if (a->begin_ms <= begun_by_ms && a->outside) {
            n += 1.0;
            events += a->event;
        }
    }
    l->outside = events / n;
    return n > 0;
}

bool learn(struct learned *out, const struct world *w, int64_t until_ms,
           int life_hours)
{
    int64_t begun_by_ms = until_ms - life_hours * MS_PER_HOUR - MS_PER_DAY;
    struct lesson s = { 0, xcalloc(w->count + 1, sizeof(*s.rows)) };
    bool ok = learn_outside(out, w, begun_by_ms);

    for (int kind = VOL_EWMA + 1; kind < VOL_KINDS && ok; kind++)
        ok = learn_vol(out, w, (enum vol_kind)kind, until_ms);
    for (int kind = VOL_EWMA; kind < VOL_KINDS && ok; kind++)
        ok = learn_logits(out, w, &s, (enum vol_kind)kind, begun_by_ms);
    free(s.rows);
    return ok;
}

bool try_all(const struct learned *l, const struct world *w, struct asked *a)
{
    struct logit_row row = row_of(w, a);
    bool there = true;
    double x[VOL_KINDS] = { 0 };

    a->known = row.known;
    for (int v = VOL_EWMA; v < VOL_KINDS && !a->outside; v++)
        x[v] = logit_of(a, sigma_of(l, (enum vol_kind)v, w, a));
    for (int k = 1; k < TRIES; k++) {
        const struct try *t = &tries[k];
        double outside = t->outside ? l->outside : OUTSIDE;
        there = there && !isnan(x[t->vol]);
        row.x = x[t->vol];
        if (a->outside)
            a->p[k] = outside;
        else if (isnan(row.x))
            a->p[k] = a->p[0];
        else if ((row.known & t->more) != t->more ||
                 (t->more && l->lessons[k] < LESSONS_LEAST))
            a->p[k] = a->p[t->base];
        else
            a->p[k] = fmin(outside, logit_at(&l->logit[k], &row));
    }
    return there;
}
