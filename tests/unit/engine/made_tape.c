#include "engine/made_tape.h"

#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "metrics/metric_made.h"
#include "test.h"

static void join(struct tape *t, enum timeframe tf)
{
    struct bar *out = t->bars[tf];
    size_t n = 0;
    for (size_t i = 0; i < t->count[TF_15M]; i++) {
        struct bar b = t->bars[TF_15M][i];
        b.open_ms = moment_floor(b.open_ms, timeframe_ms(tf));
        if (n == 0 || out[n - 1].open_ms != b.open_ms) {
            out[n++] = b;
            continue;
        }
        struct bar *last = &out[n - 1];
        last->high = fmax(last->high, b.high);
        last->low = fmin(last->low, b.low);
        last->close = b.close;
        last->volume += b.volume;
    }
    t->count[tf] = n;
}

void tape_make(struct tape *t, uint64_t seed, int64_t first, size_t quarters)
{
    const struct metric_made_walk how = {
        .seed = seed, .price = 40000, .sigma = 0.004, .steps = 3
    };
    ASSERT_FATAL(quarters <= TAPE_MAX);
    memset(t, 0, sizeof(*t));
    metric_made_walk(how, t->bars[TF_15M], quarters, TF_15M);
    metric_made_number(first, t->bars[TF_15M], quarters, TF_15M);
    t->count[TF_15M] = quarters;
    join(t, TF_1H);
    join(t, TF_4H);
}

void tape_series(const struct tape *t, struct series out[TF_COUNT])
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        out[tf] =
            (struct series){ (enum timeframe)tf, t->count[tf], t->bars[tf] };
}

size_t tape_closed(const struct tape *t, enum timeframe tf, int64_t ms)
{
    size_t n = 0;
    while (n < t->count[tf] && bar_close_ms(&t->bars[tf][n], tf) <= ms)
        n++;
    return n;
}

struct bar tape_take_out(struct tape *t, enum timeframe tf, size_t i)
{
    struct bar b = t->bars[tf][i];
    t->count[tf]--;
    memmove(&t->bars[tf][i], &t->bars[tf][i + 1],
            (t->count[tf] - i) * sizeof(b));
    return b;
}

void tape_put(struct tape *t, enum timeframe tf, struct bar b)
{
    size_t i = tape_closed(t, tf, b.open_ms);
    ASSERT_FATAL(t->count[tf] < TAPE_MAX);
    memmove(&t->bars[tf][i + 1], &t->bars[tf][i],
            (t->count[tf] - i) * sizeof(b));
    t->bars[tf][i] = b;
    t->count[tf]++;
}

void tape_cut(struct tape *t, enum timeframe tf, int64_t from_ms, int n)
{
    int64_t to_ms = from_ms + n * timeframe_ms(tf);
    size_t kept = 0;
    for (size_t i = 0; i < t->count[tf]; i++) {
        struct bar b = t->bars[tf][i];
        if (b.open_ms < from_ms || b.open_ms >= to_ms)
            t->bars[tf][kept++] = b;
    }
    t->count[tf] = kept;
}

void tape_spike(struct tape *t, size_t i, double factor)
{
    struct bar *b = &t->bars[TF_15M][i];
    b->close *= factor;
    b->high = fmax(b->high, b->close);
    b->low = fmin(b->low, b->close);
}

void tape_bear_witness(struct tape *t, size_t i)
{
    const struct bar *b = &t->bars[TF_15M][i];
    struct bar *h = &t->bars[TF_1H][tape_closed(t, TF_1H, b->open_ms)];
    h->high = fmax(h->high, b->close);
    h->low = fmin(h->low, b->close);
}

void tape_leap(struct tape *t, size_t i, double factor)
{
    int64_t from_ms = t->bars[TF_15M][i].open_ms;
    for (int tf = 0; tf < TF_COUNT; tf++) {
        for (size_t k = 0; k < t->count[tf]; k++) {
            struct bar *b = &t->bars[tf][k];
            if (bar_close_ms(b, (enum timeframe)tf) <= from_ms)
                continue;
            double high = b->high, low = b->low;
            bool inside = b->open_ms < from_ms;
            b->open *= inside ? 1.0 : factor;
            b->close *= factor;
            b->high = fmax(high * factor, inside ? high : 0.0);
            b->low = fmin(low * factor, inside ? low : HUGE_VAL);
        }
    }
}
