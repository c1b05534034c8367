/* Each grid that runs, held to the exchange and to what can be warned of. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "config/for_grid.h"
#include "doctor/app_figures.h"
#include "doctor/doctor_internal.h"
#include "exit/equity.h"
#include "market/series.h"
#include "metrics/wilder.h"
#include "position/geometry.h"
#include "position/shadow.h"
#include "record/record.h"
#include "replay/open_document.h"
#include "sys/xmalloc.h"

#define GRIDS_MAX  64
#define ATR_BARS   14
/* 15m returns that pi needs; with fewer nothing is concluded. */
#define BARS_LEAST 97

struct look {
    struct doctor *d;
    struct grid *grids; /* owned */
    size_t count;
    size_t beyond; /* files of grids that found no room: not read */
    struct kucoin_want wants[GRIDS_MAX]; /* one a symbol */
    struct kucoin_answer answers[GRIDS_MAX];
    size_t want_count;
    size_t lines; /* of warnings so far */
};

static int take_grid(const struct store_entry *e, void *payload,
                     struct error *err)
{
    struct look *l = payload;
    struct record_place place = record_place_of(e->path);
    struct error why;
    struct grid *g = &l->grids[l->count];

    (void)err;
    if (e->is_dir || place.kind != RECORD_GRID)
        return 0;
    if (l->count == GRIDS_MAX) {
        l->beyond++;
        return 0;
    }
    if (open_document(l->d->store, RECORD_GRID, e->path, g, &why)) {
        doctor_fail(l->d, RUN_CONFIG, place.name,
                    "its file cannot be used, so it is not watched: %.220s",
                    why.msg);
        return 0;
    }
    l->count += grid_status_at(g, doctor_now_ms(l->d)) != GRID_IS_STOPPED;
    return 0;
}

static const struct kucoin_answer *answer_of(const struct look *l,
                                             const char *symbol)
{
    for (size_t i = 0; i < l->want_count; i++)
        if (strcmp(l->wants[i].symbol, symbol) == 0)
            return &l->answers[i];
    return NULL;
}

static void want_symbols(struct look *l)
{
    int64_t slot_ms = slot_of(doctor_now_ms(l->d), l->d->config.run.settle_ms);
    for (size_t i = 0; i < l->count; i++) {
        const struct grid *g = &l->grids[i];
        if (g->market != GRID_SPOT || answer_of(l, g->symbol))
            continue;
        struct kucoin_want *w = &l->wants[l->want_count++];
        *w = (struct kucoin_want){ .symbol = g->symbol,
                                   .facts = true,
                                   .ticker = true };
        for (int tf = 0; tf < TF_COUNT; tf++)
            w->span[tf] = (struct kucoin_span){
                series_needed_from((enum timeframe)tf, slot_ms), slot_ms
            };
    }
}

static bool on_step(double price, double step)
{
    double n = price / step;
    return isnan(price) || fabs(n - round(n)) < 1e-6;
}

/* Between the lines as the model draws them: the lowest two are as near as any,
 * and the highest step is the smallest share of the price. */
struct steps {
    double least;     /* quote currency; NO_VALUE without levels */
    double top_share; /* of the upper end; likewise */
};

static struct steps steps_of(const struct grid *g)
{
    size_t n = (size_t)g->levels;
    struct steps steps = { NO_VALUE, NO_VALUE };
    if (g->levels <= 0)
        return steps;
    steps.least = grid_line(g, 1, NO_VALUE) - grid_line(g, 0, NO_VALUE);
    steps.top_share =
        (grid_line(g, n, NO_VALUE) - grid_line(g, n - 1, NO_VALUE)) / g->upper;
    return steps;
}

static void see_steps(struct look *l, const struct grid *g,
                      const struct kucoin_symbol *s)
{
    const struct steps steps = steps_of(g);
    double fees = 2.0 * l->d->config.gate.fee;
    if (!on_step(g->lower, s->price_tick) ||
        !on_step(g->upper, s->price_tick) ||
        !on_step(g->stop.below, s->price_tick) ||
        !on_step(g->stop.above, s->price_tick))
        doctor_warn(l->d, g->id,
                    "a bound or stop is no multiple of the exchange's price "
                    "step %.10g: is it the one that the app shows?",
                    s->price_tick);
    if (steps.least < s->price_tick)
        doctor_fail(l->d, RUN_CONFIG, g->id,
                    "its lines are %.10g apart, less than the exchange's "
                    "price step %.10g",
                    steps.least, s->price_tick);
    else if (steps.top_share <= fees)
        doctor_warn(l->d, g->id,
                    "a step of %.3g %% at its top does not pay the two fees "
                    "of %.3g %% (gate.fee)",
                    100.0 * steps.top_share, 100.0 * fees);
}

static void see_sizes(struct look *l, const struct grid *g,
                      const struct kucoin_symbol *s)
{
    double each = g->levels ? g->capital / (double)g->levels : NO_VALUE;
    double least = s->min_funds;
    if (!isnan(s->base_min_size) &&
        (isnan(least) || s->base_min_size * g->upper > least))
        least = s->base_min_size * g->upper;
    if (each < least)
        doctor_warn(l->d, g->id,
                    "%.6g of capital a line is less than the exchange's least "
                    "order, %.6g",
                    each, least);
}

/* False when nothing more can be said of it. */
static bool see_symbol(struct look *l, const struct grid *g,
                       const struct kucoin_answer *a)
{
    if (!a->facts_ok) {
        bool passing = a->facts_err.fault == FAULT_TRANSIENT;
        doctor_fail(l->d, passing ? RUN_UNREACHABLE : RUN_BAD_DATA, g->id,
                    "symbol '%s': %.220s", g->symbol, a->facts_err.msg);
        return false;
    }
    if (!a->facts.trading)
        doctor_fail(l->d, RUN_BAD_DATA, g->id,
                    "the exchange does not trade '%s'", g->symbol);
    if (a->facts.special_treatment)
        doctor_warn(l->d, g->id, "the exchange may delist '%s'", g->symbol);
    see_steps(l, g, &a->facts);
    see_sizes(l, g, &a->facts);
    return true;
}

static void see_price(struct look *l, const struct grid *g,
                      const struct kucoin_answer *a)
{
    double price = a->ticker.price;
    if (!a->ticker_ok)
        doctor_warn(l->d, g->id, "its price is not known: %.250s",
                    a->ticker_err.msg);
    else if (price < g->stop.below || price > g->stop.above)
        doctor_warn(l->d, g->id,
                    "the price %.10g is beyond its stop: the first run rings",
                    price);
    else if (price < g->lower || price > g->upper)
        doctor_warn(l->d, g->id, "the price %.10g is out of its range", price);
}

/* ATR(4h) now, from the candles that were just fetched. */
static struct value atr_now(const struct kucoin_answer *a)
{
    const struct kucoin_bars *bars = &a->series[TF_4H];
    struct wilder w;
    wilder_init(&w, ATR_BARS, PRICE_RAW);
    for (size_t i = 0; bars->ok && i < bars->count; i++)
        wilder_push(&w, &bars->bars[i]);
    return wilder_atr(&w);
}

static void see_geometry(struct look *l, const struct grid *g,
                         const struct config_grid *strategy,
                         const struct kucoin_answer *a)
{
    struct geometry geometry = geometry_of(g, atr_now(a));
    char words[GEOMETRY_WORDS];
    geometry_words(&geometry, strategy->exit.operator_delay_ms, words);
    if (words[0])
        doctor_warn(l->d, g->id, "%s", words);
    else if (geometry.grade == GEOMETRY_UNKNOWN)
        doctor_warn(l->d, g->id,
                    "ATR(4h) is not known, so its stop cannot be judged");
}

static void see_candles(struct look *l, const struct grid *g,
                        const struct kucoin_answer *a)
{
    int64_t now_ms = doctor_now_ms(l->d);
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct kucoin_bars *s = &a->series[tf];
        const char *name = timeframe_name((enum timeframe)tf);
        if (!s->ok) {
            doctor_fail(l->d, RUN_UNREACHABLE, g->id, "%s candles: %.220s",
                        name, s->err.msg);
            return;
        }
    }
    const struct kucoin_bars *s = &a->series[TF_15M];
    if (s->count < BARS_LEAST) {
        doctor_fail(l->d, RUN_BAD_DATA, g->id,
                    "'%s' has %zu 15m candles, and pi needs %d", g->symbol,
                    s->count, BARS_LEAST);
        return;
    }
    int64_t end_ms = s->bars[s->count - 1].open_ms + timeframe_ms(TF_15M);
    if (now_ms - end_ms > PRICE_MAX_AGE_MS + MS_PER_SLOT)
        doctor_warn(l->d, g->id,
                    "the newest 15m candle of '%s' ended %" PRId64
                    " min ago: its price would be unknown",
                    g->symbol, (now_ms - end_ms) / MS_PER_MINUTE);
}

static void see_source(struct look *l, const struct grid *g)
{
    bool wants =
        g->source == GRID_SOURCE_EXCHANGE || g->source == GRID_SOURCE_ROBOT;
    if (g->market != GRID_SPOT)
        doctor_warn(l->d, g->id,
                    "futures accounts are not read yet: its money is unknown");
    else if (wants && l->d->key.state != KUCOIN_KEY_USABLE)
        doctor_warn(l->d, g->id,
                    "its position is to come from the account, and no key is "
                    "used");
    else if (isnan(g->capital) || g->levels == 0)
        doctor_warn(l->d, g->id,
                    "capital or levels are not stated: its money is unknown");
    else if (l->d->key.state != KUCOIN_KEY_USABLE && isnan(g->start_price))
        doctor_warn(l->d, g->id,
                    "there is no key and no start_price, so that the model "
                    "cannot tell its position");
}

static void see_equity(struct look *l, const struct grid *g,
                       const struct config_grid *strategy)
{
    char words[EQUITY_WORDS];
    equity_words(&strategy->exit, g, l->d->key.state == KUCOIN_KEY_USABLE,
                 words);
    if (words[0])
        doctor_warn(l->d, g->id, "%s", words);
}

static void see_grid(struct look *l, const struct grid *g)
{
    struct config_grid strategy;
    struct error err;
    const struct kucoin_answer *a = answer_of(l, g->symbol);
    size_t before = l->d->report->line_count;

    if (config_for_grid(&l->d->config, g, &strategy, &err))
        doctor_fail(l->d, RUN_CONFIG, g->id, "%.300s", err.msg);
    if (a && see_symbol(l, g, a)) {
        see_price(l, g, a);
        see_candles(l, g, a);
        see_geometry(l, g, &strategy, a);
    }
    see_source(l, g);
    see_equity(l, g, &strategy);
    if (!a)
        doctor_skip(l->d, g->id, "the exchange was not asked of '%s'",
                    g->symbol);
    else if (l->d->report->line_count == before)
        doctor_ok(l->d, g->id,
                  "%s, %s: fits the exchange, and its stop leaves "
                  "time to warn",
                  g->symbol,
                  grid_status_name(grid_status_at(g, doctor_now_ms(l->d))));
}

static void ask_exchange(struct look *l)
{
    struct error err;
    want_symbols(l);
    if (!l->d->exchange_ok || l->want_count == 0) {
        l->want_count = 0;
        return;
    }
    if (kucoin_fetch(&l->d->kucoin, l->wants, l->want_count, l->answers,
                     l->d->deadline_ms, &err) == 0)
        return;
    doctor_fail(l->d, RUN_UNREACHABLE, "", "%.300s", err.msg);
    l->want_count = 0;
}

void check_grids(struct doctor *d)
{
    struct look *l = xcalloc(1, sizeof(*l));
    struct error err;

    l->d = d;
    l->grids = xcalloc(GRIDS_MAX + 1, sizeof(*l->grids));
    if (store_list(d->store, "grids", take_grid, l, &err)) {
        doctor_fail(d, RUN_NO_REPOSITORY, "", "%.300s", err.msg);
    } else if (l->count == 0) {
        doctor_warn(d, "", "no grid runs: 'gridwatch grid create' adds one");
    } else {
        ask_exchange(l);
        for (size_t i = 0; i < l->count; i++) {
            see_grid(l, &l->grids[i]);
            figures_take(d, &l->grids[i]);
        }
    }
    if (l->beyond)
        doctor_warn(d, "",
                    "%zu more files of grids were not looked at: only the "
                    "first %d that run are",
                    l->beyond, GRIDS_MAX);
    for (size_t i = 0; i < l->want_count; i++)
        kucoin_answer_release(&l->answers[i]);
    free(l->grids);
    free(l);
}
