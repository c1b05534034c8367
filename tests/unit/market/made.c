#include "market/made.h"

#include "test.h"

void made_begin(struct made *m, enum timeframe tf)
{
    m->tf = tf;
    m->count = 0;
}

struct bar *made_add(struct made *m, int64_t number, double price)
{
    ASSERT_FATAL(m->count < MADE_MAX);
    struct bar *b = &m->bars[m->count++];
    *b = (struct bar){
        number * timeframe_ms(m->tf), price, price, price, price, 1.0, 0
    };
    return b;
}

void made_run(struct made *m, int64_t first, int64_t last, double price)
{
    for (int64_t n = first; n <= last; n++)
        made_add(m, n, price);
}

struct series made_series(const struct made *m)
{
    return (struct series){ m->tf, m->count, m->bars };
}

int64_t made_slot(enum timeframe tf, int64_t number)
{
    return (number + 1) * timeframe_ms(tf);
}

static bool same_bar(const struct bar *a, const struct bar *b)
{
    return a->open_ms == b->open_ms && a->open == b->open &&
           a->high == b->high && a->low == b->low && a->close == b->close &&
           a->volume == b->volume && a->flags == b->flags;
}

bool same_window(const struct window *a, const struct window *b)
{
    bool same = a->tf == b->tf && a->count == b->count &&
                a->filled == b->filled && a->missing == b->missing &&
                a->rejected == b->rejected &&
                a->short_history == b->short_history &&
                a->unwitnessed == b->unwitnessed && a->jumped == b->jumped &&
                a->start_ms == b->start_ms;
    for (size_t i = 0; same && i < a->count; i++)
        same = same_bar(&a->bars[i], &b->bars[i]);
    return same;
}
