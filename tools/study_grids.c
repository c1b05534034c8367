#include "tools/study_grids.h"

#include <math.h>
#include <stdlib.h>

#include "base/moment.h"
#include "base/value.h"
#include "exit/hazard.h"
#include "metrics/vol_rank.h"
#include "metrics/wilder.h"
#include "sys/xmalloc.h"

#define HORIZON    96 /* slots */
#define SLOTS_HOUR 4
#define FILL_MOST  2
#define ATR_BARS   100 /* 4h bars behind an ATR that is used */
#define WEEK_MS    (7 * MS_PER_DAY)
#define MONDAY_MS  (4 * MS_PER_DAY) /* 1970-01-05 */

static double *column(size_t count)
{
    double *x = xcalloc(count, sizeof(*x));
    for (size_t i = 0; i < count; i++)
        x[i] = NO_VALUE;
    return x;
}

static size_t slot_at(const struct course *t, int64_t close_ms)
{
    return (size_t)((close_ms - t->first_ms) / MS_PER_SLOT) - 1;
}

/* Up to two bars that are absent are flat, as in the product's window. */
static void fill(struct vol_rank *vol, struct bar flat, int64_t absent)
{
    flat.high = flat.low = flat.close;
    if (absent <= FILL_MOST)
        for (int64_t k = 0; k < absent; k++)
            vol_rank_push(vol, &flat);
}

static void course_bars(struct course *t, const struct bars *bars)
{
    struct vol_rank vol;

    vol_rank_init(&vol);
    for (size_t i = 0; i < bars->count; i++) {
        const struct bar *b = &bars->at[i];
        size_t s = slot_at(t, bar_close_ms(b, TF_15M));
        if (i > 0)
            fill(&vol, bars->at[i - 1],
                 bar_number(b->open_ms, TF_15M) -
                     bar_number(bars->at[i - 1].open_ms, TF_15M) - 1);
        vol_rank_push(&vol, b);
        t->close[s] = b->close;
        t->low[s] = b->low;
        t->sigma[s] = vol_rank_haz(&vol).v;
        t->fast[s] = vol_rank_fast(&vol).v;
        t->slow[s] = vol_rank_slow(&vol).v;
    }
}

static void course_hours(struct course *t, const struct bars *bars)
{
    struct bars hours = { 0 };

    study_bars_fold(&hours, bars, TF_15M, TF_1H);
    for (size_t i = 0; i < hours.count; i++)
        t->hour_close[slot_at(t, bar_close_ms(&hours.at[i], TF_1H))] =
            hours.at[i].close;
    study_bars_release(&hours);
}

static void course_atr(struct course *t, const struct bars *bars)
{
    struct bars fours = { 0 };
    struct wilder w;

    wilder_init(&w, 14, PRICE_RAW);
    study_bars_fold(&fours, bars, TF_15M, TF_4H);
    for (size_t i = 0; i < fours.count; i++) {
        wilder_push(&w, &fours.at[i]);
        if (wilder_count(&w) < ATR_BARS)
            continue;
        size_t from = slot_at(t, bar_close_ms(&fours.at[i], TF_4H));
        size_t next = i + 1 < fours.count
                          ? slot_at(t, bar_close_ms(&fours.at[i + 1], TF_4H))
                          : t->slots;
        for (size_t s = from; s < next; s++)
            t->atr[s] = wilder_atr(&w).v;
    }
    study_bars_release(&fours);
}

void course_init(struct course *t, const struct bars *bars)
{
    const struct bar *last = &bars->at[bars->count - 1];

    *t = (struct course){ .first_ms = bars->at[0].open_ms };
    t->slots = slot_at(t, bar_close_ms(last, TF_15M)) + 1;
    t->close = column(t->slots);
    t->low = column(t->slots);
    t->sigma = column(t->slots);
    t->fast = column(t->slots);
    t->slow = column(t->slots);
    t->atr = column(t->slots);
    t->hour_close = column(t->slots);
    course_bars(t, bars);
    course_hours(t, bars);
    course_atr(t, bars);
}

void course_release(struct course *t)
{
    free(t->close);
    free(t->low);
    free(t->sigma);
    free(t->fast);
    free(t->slow);
    free(t->atr);
    free(t->hour_close);
    *t = (struct course){ 0 };
}

size_t edges_event(const struct edges *e, const struct course *t, size_t begin,
                   size_t end, bool *is_stop)
{
    int side = 0, run = 0;

    *is_stop = false;
    for (size_t s = begin + 1; s < end; s++) {
        double close = t->hour_close[s];
        *is_stop = t->low[s] <= e->stop;
        if (*is_stop)
            return s;
        if (isnan(close))
            continue;
        int now = close < e->lower ? -1 : close > e->upper ? 1 : 0;
        run = now == side ? run + 1 : 1;
        side = now;
        if (side != 0 && run == 2)
            return s;
    }
    return end;
}

/* What becomes of each question of a course. */
struct asker {
    struct outcomes *counts;
    const struct course *course;
    const struct grid_rule *rule;
    question_fn *take;
    void *arg;
};

/* The questions of one grid; `event` as edges_event() says, or SIZE_MAX. */
static size_t ask_grid(const struct asker *a, const struct edges *e,
                       size_t begin, size_t event)
{
    const struct course *t = a->course;
    struct question q = {
        .begin_ms = t->first_ms + (int64_t)(begin + 1) * MS_PER_SLOT,
        .lower = e->lower,
        .upper = e->upper,
    };
    size_t last = begin + (size_t)a->rule->life_hours * SLOTS_HOUR, asked = 0;

    last = last < t->slots ? last : t->slots;
    for (size_t s = begin; s < last && s < event; s += (size_t)a->rule->every) {
        if (s + HORIZON >= t->slots) {
            a->counts->cut++;
        } else if (isnan(t->close[s]) || isnan(t->sigma[s])) {
            a->counts->absent++;
        } else {
            q.slot = s;
            q.close = t->close[s];
            q.event = event <= s + HORIZON;
            a->take(a->arg, &q);
            asked++;
        }
    }
    return asked;
}

static void add_grid(const struct asker *a, size_t begin)
{
    const struct course *t = a->course;
    double centre = t->close[begin], atr = t->atr[begin];
    double half = a->rule->width * atr / centre;
    struct edges e = { centre * exp(-half), centre * exp(half), 0 };
    size_t life = (size_t)a->rule->life_hours * SLOTS_HOUR;
    size_t end = begin + life + HORIZON + 1;
    bool is_stop;

    e.stop = e.lower - atr;
    end = end < t->slots ? end : t->slots;
    size_t event = edges_event(&e, t, begin, end, &is_stop);
    if (event == end)
        event = SIZE_MAX;
    size_t asked = ask_grid(a, &e, begin, event);
    bool ended = asked > 0 && event <= begin + life;
    a->counts->grids += asked > 0;
    a->counts->stopped += ended && is_stop;
    a->counts->broken += ended && !is_stop;
}

void grids_ask(struct outcomes *o, const struct course *t,
               const struct grid_rule *rule, question_fn *take, void *arg)
{
    struct asker a = { o, t, rule, take, arg };

    for (size_t s = 0; s < t->slots; s++) {
        int64_t close_ms = t->first_ms + (int64_t)(s + 1) * MS_PER_SLOT;
        if (close_ms % MS_PER_DAY == 0 && !isnan(t->close[s]) &&
            !isnan(t->atr[s]) && !isnan(t->sigma[s]))
            add_grid(&a, s);
    }
}

static struct value volatility_at(const double *column, size_t slot)
{
    return isnan(column[slot]) ? value_none(VALUE_WARMUP)
                               : value_real(column[slot], 1);
}

struct volatility course_volatility(const struct course *t, size_t slot)
{
    return (struct volatility){ volatility_at(t->sigma, slot),
                                volatility_at(t->fast, slot),
                                volatility_at(t->slow, slot) };
}

struct collector {
    struct outcomes *outcomes;
    const struct course *course;
};

static void collect(void *arg, const struct question *q)
{
    const struct collector *c = arg;
    struct outcomes *o = c->outcomes;
    const struct volatility v = course_volatility(c->course, q->slot);
    double scale = v.haz.v * sqrt(HAZARD_HORIZON_BARS);
    struct forecast f = {
        .block = outcomes_week(q->begin_ms),
        .event = q->event,
        .outside = q->close <= q->lower || q->close >= q->upper,
        .p = hazard_of(q->close, q->lower, q->upper, &v, o->model).pi.v,
        .raw = 1.0,
    };
    if (!f.outside)
        f.raw = first_exit_probability(log(q->close / q->lower) / scale,
                                       log(q->upper / q->close) / scale);
    if (o->count == o->room) {
        o->room = o->room ? 2 * o->room : 4096;
        o->at = xrealloc(o->at, o->room, sizeof(*o->at));
    }
    o->at[o->count++] = f;
}

void outcomes_add(struct outcomes *o, const struct course *t,
                  const struct grid_rule *rule)
{
    struct collector c = { o, t };
    grids_ask(o, t, rule, collect, &c);
}

int32_t outcomes_week(int64_t begin_ms)
{
    return (int32_t)((begin_ms - MONDAY_MS) / WEEK_MS);
}

int64_t outcomes_monday(int32_t block)
{
    return MONDAY_MS + block * WEEK_MS;
}

void outcomes_release(struct outcomes *o)
{
    free(o->at);
    *o = (struct outcomes){ 0 };
}
