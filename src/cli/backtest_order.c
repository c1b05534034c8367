/* gridwatch backtest: lives in one order, each once. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "cli/backtest.h"
#include "sys/xmalloc.h"

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The symbols in the order of their names, and the lives with them. */
static void sort_symbols(struct lives *l)
{
    char(*old)[CANDLES_NAME] = xcalloc(l->symbol_count, sizeof(*old));

    for (size_t i = 0; i < l->symbol_count; i++)
        memcpy(old[i], l->symbols[i], sizeof(*old));
    if (l->symbol_count)
        qsort(l->symbols, l->symbol_count, sizeof(*l->symbols), by_name);
    for (size_t i = 0; i < l->count; i++)
        l->at[i].life.symbol = lives_symbol(l, old[l->at[i].life.symbol]);
    free(old);
}

static int order_moments(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* What is not known comes first: the order must be one. */
static int order_numbers(double a, double b)
{
    if (isnan(a) || isnan(b))
        return !isnan(a) - !isnan(b);
    return (a > b) - (a < b);
}

static int by_grid(const void *a, const void *b)
{
    const struct life *x = &((const struct life_row *)a)->life;
    const struct life *y = &((const struct life_row *)b)->life;
    const int by[] = { order_moments(x->symbol, y->symbol),
                       order_moments(x->start_ms, y->start_ms),
                       order_numbers(x->half_width_atr, y->half_width_atr),
                       order_numbers(x->stop_atr, y->stop_atr),
                       order_moments(x->delay_ms, y->delay_ms) };
    for (size_t i = 0; i < ARRAY_LEN(by); i++)
        if (by[i])
            return by[i];
    return 0;
}

static int refuse(const struct lives *l, const struct life_row *a,
                  const struct life_row *b, struct error *err)
{
    char start[MOMENT_TEXT];

    if (a->path && b->path)
        return error_set(err, FAULT_DATA,
                         "file '%s', line %zu: the life of file '%s', line "
                         "%zu, once more",
                         b->path, b->line, a->path, a->line);
    moment_format(b->life.start_ms, start);
    return error_set(err, FAULT_DATA,
                     "two grids of '%s' that started at %s are alike in "
                     "half-width and stop",
                     l->symbols[b->life.symbol], start);
}

/* Each life of the walk once, where the lives are in order. */
static void take_walk_once(struct lives *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->count; i++)
        if (n == 0 || !lives_walks(l, &l->at[i].life) ||
            by_grid(&l->at[n - 1], &l->at[i]) != 0 ||
            !lives_same(&l->at[n - 1], &l->at[i]))
            l->at[n++] = l->at[i];
    l->count = n;
}

int lives_sort(struct lives *l, struct error *err)
{
    sort_symbols(l);
    if (l->count)
        qsort(l->at, l->count, sizeof(*l->at), by_grid);
    take_walk_once(l);
    for (size_t i = 1; i < l->count; i++) {
        const struct life_row *a = &l->at[i - 1], *b = &l->at[i];
        if (by_grid(a, b) == 0)
            return refuse(l, a, b, err);
    }
    return 0;
}
