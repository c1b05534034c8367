/* gridwatch backtest: the KPIs of some of the lives. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/backtest.h"
#include "sys/xmalloc.h"

#define DRAWS 1000
#define SEED  1

size_t backtest_widths(const struct lives *l, double *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < l->count; i++) {
        double w = l->at[i].life.half_width_atr;
        size_t at = 0;
        while (at < n && out[at] < w)
            at++;
        if ((at < n && out[at] == w) || n == room)
            continue;
        memmove(&out[at + 1], &out[at], (n - at) * sizeof(*out));
        out[at] = w;
        n++;
    }
    return n;
}

static bool is_meant(const struct life *l, int64_t delay_ms, double width)
{
    return l->delay_ms == delay_ms &&
           (isnan(width) || l->half_width_atr == width);
}

static size_t pick(const struct lives *l, int64_t delay_ms, double width,
                   struct life *out)
{
    size_t n = 0;
    for (size_t i = 0; i < l->count; i++)
        if (is_meant(&l->at[i].life, delay_ms, width))
            out[n++] = l->at[i].life;
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
        if (!is_meant(&row->life, delay_ms, width) ||
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

void backtest_kpis(const struct lives *l, int64_t delay_ms,
                   double half_width_atr, struct backtest_kpis *out)
{
    struct life *lives = xcalloc(l->count, sizeof(*lives));
    size_t n = pick(l, delay_ms, half_width_atr, lives);
    struct kpi_room room = { xcalloc(4 * n, sizeof(*room.rows)),
                             xcalloc(n, sizeof(*room.weight)),
                             xcalloc(n, sizeof(*room.week)),
                             xcalloc(DRAWS, sizeof(*room.draw)) };

    out->lives = n;
    out->symbols = count_symbols(lives, n, l->symbol_count);
    out->half_width_atr =
        common(lives, n, offsetof(struct life, half_width_atr));
    out->stop_atr = common(lives, n, offsetof(struct life, stop_atr));
    compare_orders(l, delay_ms, half_width_atr, out);
    for (int side = 0; side < LIFE_SIDES; side++) {
        const struct kpi_ask ask = { lives, n, (enum life_side)side, DRAWS,
                                     SEED };
        kpi_all(&ask, &room, out->result[side]);
    }
    free(room.rows);
    free(room.weight);
    free(room.week);
    free(room.draw);
    free(lives);
}
