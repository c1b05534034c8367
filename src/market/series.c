#include "market/series.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

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

/* What the exchange gave: all but the flags, which are a window's own. */
#define TRADE_WORDS 6
_Static_assert(sizeof(uint64_t[TRADE_WORDS]) == offsetof(struct bar, flags),
               "no padding before the flags");

/* Bits that differ. memcmp() would be asked about padding, and costs more. */
static uint64_t trade_difference(const struct bar *a, const struct bar *b)
{
    uint64_t x[TRADE_WORDS], y[TRADE_WORDS], bits = 0;
    memcpy(x, a, sizeof(x));
    memcpy(y, b, sizeof(y));
    for (int i = 0; i < TRADE_WORDS; i++)
        bits |= x[i] ^ y[i];
    return bits;
}

bool bars_same(const struct bar *a, const struct bar *b, size_t n)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++)
        bits |= trade_difference(&a[i], &b[i]) | (a[i].flags ^ b[i].flags);
    return bits == 0;
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

struct series series_between(const struct series *s, int64_t from_ms,
                             int64_t to_ms)
{
    size_t from = first_from(s, from_ms), to = first_from(s, to_ms);
    if (from >= to)
        return (struct series){ s->tf, 0, s->bars };
    return (struct series){ s->tf, to - from, s->bars + from };
}

/* What a window is made from. */
struct source {
    const struct series *series;
    size_t closed; /* bars of it that may be read */
    int64_t slot_ms;
    struct witnesses witnesses;
};

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
static bool is_witnessed(const struct source *from, size_t i)
{
    const struct series *s = from->series;
    const struct bar *b = &s->bars[i];
    if (s->tf == TF_15M &&
        hour_bears_witness(from->witnesses.hour, b, from->slot_ms))
        return true;
    if (i + 1 < from->closed)
        return !bar_is_jump(&s->bars[i + 1], b->close);
    return !bar_is_jump(b, from->witnesses.ticker);
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

/* Appends bars i, i + 1, ... of the source. False when the newest of them
 * jumped and nothing confirms it: then it may not end the window. */
static bool append_from(const struct source *from, size_t i, struct window *w)
{
    for (; i < from->closed; i++) {
        const struct bar *b = &from->series->bars[i];
        const struct bar *before = window_last(w);
        bool jump = before && bar_is_jump(b, before->close);
        w->jumped = w->jumped || jump;
        if (!jump || is_witnessed(from, i))
            append_real(w, b);
        else if (i + 1 < from->closed)
            w->rejected++;
        else
            return false;
    }
    return true;
}

static int64_t start_of(const struct source *from)
{
    const struct series *s = from->series;
    int64_t n = bar_number(s->bars[from->closed - 1].open_ms, s->tf);
    return canonical_start(n) * timeframe_ms(s->tf);
}

/* The source is not empty. */
static bool window_fill(const struct source *from, struct window *w)
{
    w->count = w->filled = w->missing = w->rejected = 0;
    w->start_ms = start_of(from);
    w->short_history = from->series->bars[0].open_ms > w->start_ms;
    return append_from(from, first_from(from->series, w->start_ms), w);
}

void window_build(const struct series *s, int64_t slot_ms,
                  struct witnesses witnesses, struct window *out)
{
    struct source from = { s, closed_count(s, slot_ms), slot_ms, witnesses };

    out->tf = s->tf;
    out->count = out->filled = out->missing = out->rejected = 0;
    out->short_history = out->unwitnessed = out->jumped = false;
    out->start_ms = 0;
    while (from.closed && !window_fill(&from, out)) {
        out->unwitnessed = true;
        from.closed--;
    }
}

/* Where the series goes on behind the window, of which every bar is the
 * series's: then `*next` is an index; else false. Without a jump the window is
 * its series from the start on, each bar of it, and a function of nothing
 * else. */
static bool goes_on(const struct source *from, const struct window *w,
                    bool settled, size_t *next)
{
    const struct series *s = from->series;
    if (w->jumped || w->tf != s->tf || !w->count || !from->closed ||
        start_of(from) != w->start_ms)
        return false;
    const struct bar *last = window_last(w);
    if (settled) {
        /* From the end: only what closed since is behind it. */
        size_t i = from->closed - 1;
        while (i > 0 && s->bars[i].open_ms > last->open_ms)
            i--;
        *next = i + 1;
        return !trade_difference(&s->bars[i], last);
    }
    size_t i = first_from(s, w->start_ms);
    for (size_t k = 0; k < w->count; k++) {
        if (w->bars[k].flags & BAR_FILLED)
            continue;
        if (i == from->closed || trade_difference(&s->bars[i], &w->bars[k]))
            return false;
        i++;
    }
    *next = i;
    return true;
}

void window_extend(const struct series *s, int64_t slot_ms,
                   struct witnesses witnesses, bool settled, struct window *w)
{
    struct source from = { s, closed_count(s, slot_ms), slot_ms, witnesses };
    size_t next = 0;
    if (goes_on(&from, w, settled, &next)) {
        w->short_history = s->bars[0].open_ms > w->start_ms;
        if (append_from(&from, next, w))
            return;
    }
    window_build(s, slot_ms, witnesses, w);
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
