#include "metric_made_law.h"

#include <math.h>
#include <stdalign.h>
#include <string.h>

#include "metric_made.h"
#include "test.h"

#define BARS 1500
#define TF   TF_1H

struct state {
    alignas(max_align_t) unsigned char bytes[METRIC_LAW_STATE];
};

static struct state one, two;
static struct bar bars[BARS];
static struct value said[BARS][METRIC_LAW_READINGS];

static void make_walk(uint64_t seed)
{
    metric_made_walk(
        (struct metric_made_walk){
            .seed = seed, .price = 250.0, .sigma = 0.01, .steps = 8 },
        bars, BARS, TF);
}

static void begin(const struct metric_law *m, struct state *s)
{
    ASSERT_FATAL(m->family.size <= sizeof(s->bytes));
    ASSERT_FATAL(m->readings <= METRIC_LAW_READINGS);
    m->family.init(s->bytes);
}

static void push(const struct metric_law *m, struct state *s, size_t i,
                 struct value *out)
{
    m->family.push(s->bytes, &bars[i], TF);
    m->read(s->bytes, out);
}

static void run(const struct metric_law *m)
{
    begin(m, &one);
    for (size_t i = 0; i < BARS; i++)
        push(m, &one, i, said[i]);
}

static bool same(struct value a, struct value b)
{
    return memcmp(&a.v, &b.v, sizeof(a.v)) == 0 && a.status == b.status &&
           a.n_used == b.n_used;
}

static bool all_same(const struct metric_law *m, const struct value *a,
                     const struct value *b)
{
    for (size_t k = 0; k < m->readings; k++)
        if (!same(a[k], b[k]))
            return false;
    return true;
}

void metric_law_first(const struct metric_law *m, const int *first)
{
    make_walk(1);
    run(m);
    for (size_t k = 0; k < m->readings; k++)
        for (int i = 0; i < BARS; i++)
            ASSERT_INT(said[i][k].status,
                       i < first[k] ? VALUE_WARMUP : VALUE_REAL);
}

void metric_law_prefix(const struct metric_law *m)
{
    static const size_t cuts[] = { 1, 30, 217, 700, 1024 };
    for (size_t c = 0; c < sizeof(cuts) / sizeof(cuts[0]); c++) {
        struct value now[METRIC_LAW_READINGS];
        make_walk(2);
        run(m);
        metric_made_scale(1.7, bars + cuts[c], BARS - cuts[c]);
        begin(m, &one);
        for (size_t i = 0; i < cuts[c]; i++) {
            push(m, &one, i, now);
            ASSERT(all_same(m, now, said[i]));
        }
        push(m, &one, cuts[c], now);
        ASSERT(cuts[c] < 300 || !all_same(m, now, said[cuts[c]]));
    }
}

void metric_law_snapshot(const struct metric_law *m)
{
    make_walk(3);
    run(m);
    for (size_t at = 1; at < 900; at += 67) {
        struct value now[METRIC_LAW_READINGS];
        begin(m, &one);
        for (size_t i = 0; i < at; i++)
            push(m, &one, i, now);
        memcpy(two.bytes, one.bytes, m->family.size);
        memset(one.bytes, 0x5a, m->family.size);
        for (size_t i = at; i < at + 300; i++) {
            push(m, &two, i, now);
            ASSERT(all_same(m, now, said[i]));
        }
    }
}

static bool agrees(struct value a, struct value b, double rtol)
{
    if (rtol > 0)
        return a.status == b.status && test_near(a.v, b.v, rtol);
    return a.status == b.status && memcmp(&a.v, &b.v, sizeof(a.v)) == 0;
}

void metric_law_start(const struct metric_law *m, size_t late, size_t settled,
                      double rtol)
{
    make_walk(4);
    run(m);
    begin(m, &one);
    for (size_t i = late; i < BARS; i++) {
        struct value now[METRIC_LAW_READINGS];
        push(m, &one, i, now);
        for (size_t k = 0; k < m->readings && i >= late + settled; k++)
            ASSERT(agrees(now[k], said[i][k], rtol));
    }
}

static double largest(size_t k)
{
    double most = 0.0;
    for (size_t i = 0; i < BARS; i++)
        if (value_usable(said[i][k]))
            most = fmax(most, fabs(said[i][k].v));
    return most;
}

void metric_law_scale(const struct metric_law *m, double rtol)
{
    static const double factors[] = { 1e-16, 1e-12, 1e8 };
    for (size_t f = 0; f < sizeof(factors) / sizeof(factors[0]); f++) {
        make_walk(5);
        run(m);
        metric_made_scale(factors[f], bars, BARS);
        begin(m, &one);
        for (size_t i = 0; i < BARS; i++) {
            struct value now[METRIC_LAW_READINGS];
            push(m, &one, i, now);
            for (size_t k = 0; k < m->scale_free; k++) {
                ASSERT_INT(now[k].status, said[i][k].status);
                ASSERT(!value_usable(now[k]) ||
                       fabs(now[k].v - said[i][k].v) <= rtol * largest(k));
            }
        }
    }
}

static void check_finite(const struct metric_law *m)
{
    run(m);
    for (size_t i = 0; i < BARS; i++)
        for (size_t k = 0; k < m->readings; k++)
            ASSERT(value_usable(said[i][k]) ? isfinite(said[i][k].v)
                                            : isnan(said[i][k].v));
}

static void flatten(size_t from, size_t n)
{
    for (size_t i = from; i < from + n; i++) {
        double p = from ? bars[from - 1].close : 250.0;
        bars[i].open = bars[i].high = bars[i].low = bars[i].close = p;
    }
}

static void trend(size_t from)
{
    for (size_t i = from; i < BARS; i++) {
        double p = bars[i - 1].close;
        bars[i].open = bars[i].low = p;
        bars[i].high = p * 1.011;
        bars[i].close = p * (i % 3 ? 1.01 : 1.002);
    }
}

static void check_recovery(const struct metric_law *m, size_t flat_from,
                           size_t flat_bars, size_t recovery)
{
    size_t moves = flat_from + flat_bars;
    make_walk(6);
    flatten(flat_from, flat_bars);
    if (moves < BARS)
        trend(moves);
    check_finite(m);
    for (size_t i = moves + recovery; i < BARS; i++)
        for (size_t k = 0; k < m->readings; k++)
            ASSERT(value_usable(said[i][k]));
}

void metric_law_hostile(const struct metric_law *m, size_t recovery)
{
    check_recovery(m, 0, BARS, 0);
    check_recovery(m, 0, 30, recovery);
    check_recovery(m, 400, 30, recovery);
    check_recovery(m, 300, 700, recovery);

    metric_made_one_tick(7, 1e-6, 1e-9, bars, BARS, TF);
    check_finite(m);
    metric_made_one_tick(8, 65000.0, 0.1, bars, BARS, TF);
    check_finite(m);

    make_walk(9);
    for (size_t i = 500; i < BARS; i += 97)
        metric_made_scale(i % 2 ? 1e6 : 1e-6, bars + i, 1);
    check_finite(m);
}
