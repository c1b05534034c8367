#include "market/series.h"

#include <inttypes.h>
#include <math.h>

#include "base/moment.h"

#define FILL_MOST   2 /* absent 15m bars that are filled flat */
#define MARGIN_BARS 8 /* fetched before the canonical start */

int series_check(const struct series *s, struct error *err)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct bar *b = &s->bars[i];
        enum bar_fault fault = bar_check(b, s->tf);
        char when[MOMENT_TEXT];
        moment_format(b->open_ms < 0 ? 0 : b->open_ms, when);
        if (fault != BAR_OK)
            return error_set(err, FAULT_DATA, "%s bar %zu of %s: %s",
                             timeframe_name(s->tf), i, when,
                             bar_fault_text(fault));
        if (i && b->open_ms <= s->bars[i - 1].open_ms)
            return error_set(err, FAULT_DATA,
                             "%s bar %zu of %s: not after the bar before it",
                             timeframe_name(s->tf), i, when);
    }
    return 0;
}

int64_t canonical_start(int64_t n)
{
    int64_t start = CANONICAL_STEP * ((n + 1) / CANONICAL_STEP - 1);
    return start < 0 ? 0 : start;
}

int64_t series_needed_from(enum timeframe tf, int64_t slot_ms)
{
    int64_t ms = timeframe_ms(tf);
    /* The newest bar may be older than the slot asks for: one step more. */
    int64_t newest = bar_number(slot_ms, tf) - 1;
    int64_t from = canonical_start(newest - MARGIN_BARS) - MARGIN_BARS;
    if (tf == TF_1H)
        from -= PROFILE_BARS;
    return from < 0 ? 0 : from * ms;
}

/* How many bars of the series closed at or before the slot. */
static size_t closed_count(const struct series *s, int64_t slot_ms)
{
    size_t lo = 0, hi = s->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (bar_close_ms(&s->bars[mid], s->tf) <= slot_ms)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The index of the first bar that opens at or after `from_ms`. */
static size_t first_from(const struct series *s, int64_t from_ms)
{
    return closed_count(s, from_ms + timeframe_ms(s->tf) - 1);
}

struct series series_until(const struct series *s, int64_t slot_ms)
{
    return (struct series){ s->tf, closed_count(s, slot_ms), s->bars };
}

static bool hour_bears_witness(const struct series *hour, const struct bar *b,
                               int64_t slot_ms)
{
    if (!hour)
        return false;
    size_t i = first_from(hour, moment_floor(b->open_ms, MS_PER_HOUR));
    if (i >= hour->count)
        return false;
    const struct bar *h = &hour->bars[i];
    return h->open_ms == moment_floor(b->open_ms, MS_PER_HOUR) &&
           bar_close_ms(h, TF_1H) <= slot_ms && h->low <= b->close &&
           b->close <= h->high;
}

/* Does anything confirm bar i, which jumped? */
static bool is_witnessed(const struct series *s, size_t i, size_t closed,
                         int64_t slot_ms, struct witnesses wit)
{
    const struct bar *b = &s->bars[i];
    if (s->tf == TF_15M && hour_bears_witness(wit.hour, b, slot_ms))
        return true;
    if (i + 1 < closed)
        return !bar_is_jump(&s->bars[i + 1], b->close);
    return !bar_is_jump(b, wit.ticker);
}

static void append_filled(struct window *w, int64_t absent)
{
    struct bar flat = w->bars[w->count - 1];
    flat.open = flat.high = flat.low = flat.close;
    flat.volume = 0;
    flat.flags = BAR_FILLED;
    for (int64_t k = 0; k < absent; k++) {
        flat.open_ms += timeframe_ms(w->tf);
        w->bars[w->count++] = flat;
        w->filled++;
    }
}

static void append_real(struct window *w, const struct bar *b)
{
    struct bar real = *b;
    real.flags = 0;
    if (w->count) {
        int64_t absent = bar_number(b->open_ms, w->tf) -
                         bar_number(w->bars[w->count - 1].open_ms, w->tf) - 1;
        if (w->tf == TF_15M && absent > 0 && absent <= FILL_MOST) {
            append_filled(w, absent);
        } else if (absent > 0) {
            w->missing += (size_t)absent;
            real.flags = BAR_GAP;
        }
    }
    w->bars[w->count++] = real;
}

/* Fills `out` from the first `closed` bars. False when the newest of them
 * jumped and nothing confirms it: then it may not end the window. */
static bool window_fill(const struct series *s, size_t closed, int64_t slot_ms,
                        struct witnesses wit, struct window *out)
{
    int64_t n = bar_number(s->bars[closed - 1].open_ms, s->tf);

    out->count = out->filled = out->missing = out->rejected = 0;
    out->start_ms = canonical_start(n) * timeframe_ms(s->tf);
    out->short_history = s->bars[0].open_ms > out->start_ms;
    for (size_t i = first_from(s, out->start_ms); i < closed; i++) {
        const struct bar *before = window_last(out);
        if (!before || !bar_is_jump(&s->bars[i], before->close) ||
            is_witnessed(s, i, closed, slot_ms, wit))
            append_real(out, &s->bars[i]);
        else if (i + 1 < closed)
            out->rejected++;
        else
            return false;
    }
    return true;
}

void window_build(const struct series *s, int64_t slot_ms,
                  struct witnesses witnesses, struct window *out)
{
    size_t closed = closed_count(s, slot_ms);

    out->tf = s->tf;
    out->count = out->filled = out->missing = out->rejected = 0;
    out->short_history = out->unwitnessed = false;
    out->start_ms = 0;
    while (closed && !window_fill(s, closed, slot_ms, witnesses, out)) {
        out->unwitnessed = true;
        closed--;
    }
}

const struct bar *window_last(const struct window *w)
{
    return w->count ? &w->bars[w->count - 1] : NULL;
}

double window_degraded(const struct window *w)
{
    size_t span = w->count + w->missing;
    return span ? (double)(w->filled + w->missing) / (double)span : 1.0;
}
