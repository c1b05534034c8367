#include "market/market.h"

#include <stddef.h>

#include "base/array.h"
#include "base/moment.h"

const char *market_status_name(enum market_status status)
{
    static const char *const names[] = {
        [MARKET_OPEN] = "open",
        [MARKET_CLOSED] = "closed",
        [MARKET_CANCEL_ONLY] = "cancelonly",
        [MARKET_STATUS_UNKNOWN] = "unknown",
    };
    return names[status];
}

const char *price_cause_name(enum price_cause cause)
{
    static const char *const names[] = {
        [PRICE_KNOWN] = "none",
        [PRICE_MARKET_CLOSED] = "market_closed",
        [PRICE_CLOCK] = "clock",
        [PRICE_API_ERROR] = "api_error",
        [PRICE_NO_TRADES] = "no_trades",
        [PRICE_UNWITNESSED] = "unwitnessed",
    };
    return names[cause];
}

static enum price_cause cause_of(const struct market_view *v)
{
    if (v->facts.status == MARKET_CLOSED ||
        v->facts.status == MARKET_CANCEL_ONLY)
        return PRICE_MARKET_CLOSED;
    if (v->facts.clock_off)
        return PRICE_CLOCK;
    if (v->facts.candles_failed)
        return PRICE_API_ERROR;
    if (v->window[TF_15M].unwitnessed)
        return PRICE_UNWITNESSED;
    if (v->close_ms == MOMENT_NONE ||
        v->slot_ms - v->close_ms > PRICE_MAX_AGE_MS)
        return PRICE_NO_TRADES;
    return PRICE_KNOWN;
}

double market_ticker(const struct market_facts *facts, int64_t slot_ms)
{
    int64_t age_ms =
        facts->ticker_ms == MOMENT_NONE ? 0 : slot_ms - facts->ticker_ms;
    bool fresh = age_ms <= PRICE_MAX_AGE_MS && age_ms >= -PRICE_MAX_AGE_MS;
    return fresh && facts->ticker > 0 ? facts->ticker : NO_VALUE;
}

/* What the view says besides its windows. */
static void conclude(const struct series series[TF_COUNT],
                     struct market_view *v)
{
    v->hours = series_until(&series[TF_1H], v->slot_ms);
    const struct bar *last = window_last(&v->window[TF_15M]);
    v->close = last ? last->close : NO_VALUE;
    v->close_ms = last ? bar_close_ms(last, TF_15M) : MOMENT_NONE;
    v->price_cause = cause_of(v);
}

void market_view_build(const struct series series[TF_COUNT], int64_t slot_ms,
                       const struct market_facts *facts,
                       struct market_view *out)
{
    struct witnesses wit = { &series[TF_1H], market_ticker(facts, slot_ms) };
    for (int tf = 0; tf < TF_COUNT; tf++)
        window_build(&series[tf], slot_ms, wit, &out->window[tf]);
    out->slot_ms = slot_ms;
    out->facts = *facts;
    out->edition = 0;
    conclude(series, out);
}

void market_view_advance(const struct series series[TF_COUNT], int64_t slot_ms,
                         const struct market_facts *facts, uint64_t edition,
                         struct market_view *view)
{
    struct witnesses wit = { &series[TF_1H], market_ticker(facts, slot_ms) };
    bool settled = edition != 0 && edition == view->edition;
    for (int tf = 0; tf < TF_COUNT; tf++)
        window_extend(&series[tf], slot_ms, wit, settled, &view->window[tf]);
    view->slot_ms = slot_ms;
    view->facts = *facts;
    view->edition = edition;
    conclude(series, view);
}

const struct bar *market_closed_in_slot(const struct market_view *view,
                                        enum timeframe tf)
{
    const struct bar *last = window_last(&view->window[tf]);
    return last && bar_close_ms(last, tf) == view->slot_ms ? last : NULL;
}

/* The 15m bar of the window that opens at `open_ms`, or NULL. Filled bars make
 * the window's numbers dense but for longer stops, so the search is short. */
static const struct bar *fifteen_at(const struct window *w, int64_t open_ms)
{
    size_t lo = 0, hi = w->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (w->bars[mid].open_ms < open_ms)
            lo = mid + 1;
        else
            hi = mid;
    }
    bool found = lo < w->count && w->bars[lo].open_ms == open_ms;
    return found ? &w->bars[lo] : NULL;
}

/* Makes the bar of `tf` that opens at `open_ms` of its 15m bars; false unless
 * the set is complete and real. */
static bool derive(const struct window *fifteen, enum timeframe tf,
                   int64_t open_ms, struct bar *out)
{
    int64_t children = timeframe_ms(tf) / timeframe_ms(TF_15M);
    const struct bar *first = fifteen_at(fifteen, open_ms);
    const struct bar *end = fifteen->bars + fifteen->count;
    if (!first)
        return false;
    *out = *first;
    for (int64_t k = 0; k < children; k++) {
        const struct bar *b = first + k;
        if (b >= end || (b->flags & BAR_FILLED) ||
            b->open_ms != open_ms + k * timeframe_ms(TF_15M))
            return false;
        out->high = fmax(out->high, b->high);
        out->low = fmin(out->low, b->low);
        out->close = b->close;
    }
    return true;
}

static size_t compare(enum timeframe tf, const struct bar *fetched,
                      const struct bar *derived, struct disagreement *out,
                      size_t room)
{
    const struct {
        const char *field;
        double fetched, derived;
    } pairs[] = {
        { "open", fetched->open, derived->open },
        { "high", fetched->high, derived->high },
        { "low", fetched->low, derived->low },
        { "close", fetched->close, derived->close },
    };
    size_t found = 0;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        if (pairs[i].fetched == pairs[i].derived)
            continue;
        if (found < room)
            out[found] = (struct disagreement){
                tf,
                fetched->open_ms,
                pairs[i].field,
                pairs[i].fetched,
                pairs[i].derived,
            };
        found++;
    }
    return found;
}

size_t market_disagreements(const struct market_view *view,
                            struct disagreement *out, size_t room)
{
    static const enum timeframe checked[] = { TF_1H, TF_4H };
    const struct window *quarters = &view->window[TF_15M];
    int64_t first_ms = quarters->count ? quarters->bars[0].open_ms : INT64_MAX;
    size_t found = 0;
    for (size_t t = 0; t < ARRAY_LEN(checked); t++) {
        const struct window *w = &view->window[checked[t]];
        for (size_t i = w->count; i-- > 0;) {
            struct bar derived = { 0 };
            if (w->bars[i].open_ms < first_ms)
                break; /* older than any 15m bar here */
            if (!derive(&view->window[TF_15M], checked[t], w->bars[i].open_ms,
                        &derived))
                continue;
            size_t used = found < room ? found : room;
            found += compare(checked[t], &w->bars[i], &derived,
                             room ? out + used : NULL, room - used);
        }
    }
    return found;
}
