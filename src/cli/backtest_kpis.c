/* gridwatch backtest: the KPIs of some of the lives. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/backtest.h"
#include "cli/kpi_room.h"
#include "sys/xmalloc.h"

size_t backtest_widths(const struct lives *l, double **out)
{
    size_t n = 0;
    *out = NULL;
    for (size_t i = 0; i < l->count; i++) {
        double w = l->at[i].life.half_width_atr;
        size_t at = 0;
        while (at < n && (*out)[at] < w)
            at++;
        if (isnan(w) || (at < n && (*out)[at] == w))
            continue;
        *out = xrealloc(*out, n + 1, sizeof(**out));
        memmove(*out + at + 1, *out + at, (n - at) * sizeof(**out));
        (*out)[at] = w;
        n++;
    }
    return n;
}

static bool is_meant(const struct lives *l, const struct life *life,
                     int64_t delay_ms, double width)
{
    return life->delay_ms == delay_ms &&
           (isnan(width) || life->half_width_atr == width) &&
           !lives_walks(l, life);
}

/* Those of candles, or those of the random walk; `out` has room for all. */
static size_t pick(const struct lives *l, int64_t delay_ms, double width,
                   bool walk, const struct life_row **out)
{
    size_t n = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct life *life = &l->at[i].life;
        if (walk ? lives_walks(l, life) && life->delay_ms == delay_ms &&
                       (isnan(width) || life->half_width_atr == width)
                 : is_meant(l, life, delay_ms, width))
            out[n++] = &l->at[i];
    }
    return n;
}

/* What all have alike, else NO_VALUE. */
static double common(const struct life *lives, size_t n, size_t offset)
{
    double first = NO_VALUE;
    for (size_t i = 0; i < n; i++) {
        double v;
        memcpy(&v, (const char *)&lives[i] + offset, sizeof(v));
        if (i > 0 && v != first)
            return NO_VALUE;
        first = v;
    }
    return first;
}

static size_t count_symbols(const struct life *lives, size_t n, size_t symbols)
{
    bool *seen = xcalloc(symbols, sizeof(*seen));
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += !seen[lives[i].symbol];
        seen[lives[i].symbol] = true;
    }
    free(seen);
    return count;
}

static void compare_orders(const struct lives *l, int64_t delay_ms,
                           double width, struct backtest_kpis *out)
{
    double sum = 0, most = 0;

    out->exits = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct life_row *row = &l->at[i];
        if (!is_meant(l, &row->life, delay_ms, width) ||
            isnan(row->reverse_equity))
            continue;
        double off = fabs(row->reverse_equity - row->life.end_equity) /
                     row->life.capital;
        out->exits++;
        sum += off;
        most = fmax(most, off);
    }
    out->order_mean = out->exits ? sum / (double)out->exits : NO_VALUE;
    out->order_most = out->exits ? most : NO_VALUE;
}

struct table {
    const struct life_row **rows;
    struct life *lives;
    size_t count;
    struct kpi_room room;
};

static struct table table_of(const struct lives *l, int64_t delay_ms,
                             double width, bool walk)
{
    struct table t = { .rows = xcalloc(l->count, sizeof(struct life_row *)) };
    t.count = pick(l, delay_ms, width, walk, t.rows);
    t.lives = xcalloc(t.count, sizeof(*t.lives));
    for (size_t i = 0; i < t.count; i++)
        t.lives[i] = t.rows[i]->life;
    t.room = kpi_room_new(t.count, BACKTEST_DRAWS);
    return t;
}

static void table_release(struct table *t)
{
    kpi_room_release(&t->room);
    free(t->lives);
    free(t->rows);
}

static struct kpi_ask ask_of(const struct table *t, int side)
{
    return (struct kpi_ask){ t->lives, t->count, (enum life_side)side,
                             BACKTEST_DRAWS, BACKTEST_SEED };
}

/* Within one half-width only: pi of a narrow range is higher, and over several
 * it would tell the widths apart, not the grids. */
static struct kpi_result auc_of(const struct table *t)
{
    struct kpi_result r = backtest_pi_auc(t->rows, t->count);
    if (t->count > 0 && isnan(common(t->lives, t->count,
                                     offsetof(struct life, half_width_atr))))
        r.value = r.lo = r.hi = value_none(VALUE_NOT_IDENTIFIED);
    return r;
}

static void add_walk(const struct lives *l, int64_t delay_ms, double width,
                     struct backtest_kpis *out)
{
    struct table t = table_of(l, delay_ms, width, true);

    out->walk_auc = auc_of(&t);
    for (int side = 0; side < LIFE_SIDES; side++) {
        const struct kpi_ask ask = ask_of(&t, side);
        out->walk_ttdr[side] = kpi_of(KPI_TTDR, &ask, &t.room);
    }
    table_release(&t);
}

void backtest_kpis(const struct lives *l, int64_t delay_ms,
                   double half_width_atr, struct backtest_kpis *out)
{
    struct table t = table_of(l, delay_ms, half_width_atr, false);

    out->lives = t.count;
    out->symbols = count_symbols(t.lives, t.count, l->symbol_count);
    out->half_width_atr =
        common(t.lives, t.count, offsetof(struct life, half_width_atr));
    out->stop_atr = common(t.lives, t.count, offsetof(struct life, stop_atr));
    compare_orders(l, delay_ms, half_width_atr, out);
    for (int side = 0; side < LIFE_SIDES; side++) {
        const struct kpi_ask ask = ask_of(&t, side);
        kpi_all(&ask, &t.room, out->result[side]);
    }
    out->pi_auc = auc_of(&t);
    add_walk(l, delay_ms, half_width_atr, out);
    table_release(&t);
}
