/* market/series.h - bars in order, and the window a value may read. Pure.
 *
 * A `series` is what the exchange gave for one timeframe: real bars, ascending
 * and unique, in the caller's buffer. A `window` is what the metrics of one
 * slot see of it (SPEC 4):
 *
 *   - only bars that closed at or before the slot;
 *   - from the canonical start s = 1024 * (floor((n+1)/1024) - 1), where n is
 *     the absolute number of the newest real bar, so that live, replay and
 *     recomputation see the same bars whatever they fetched;
 *   - never beginning or ending with a filled bar: nothing before s and
 *     nothing after the newest real bar plays a part;
 *   - a 15m stop of one or two bars filled flat (BAR_FILLED), a longer one
 *     closed up, the bar behind it marked BAR_GAP. 1h and 4h are never filled;
 *   - without bars that jumped and were not confirmed (see below).
 *
 * A bar whose close is a jump needs a witness: the next real bar of the same
 * timeframe, a closed 1h bar that covers it and traded at its close, or the
 * ticker. A jump that its successor denies is left out. A newest
 * bar that jumped and has no witness yet ends the window before it and sets
 * `unwitnessed`: the price is unknown until a witness comes.
 */
#ifndef MARKET_SERIES_H
#define MARKET_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "market/bar.h"

#define CANONICAL_STEP 1024
#define WINDOW_MAX     (2 * CANONICAL_STEP - 1)

struct series {
    enum timeframe tf;
    size_t count;
    const struct bar *bars; /* borrowed */
};

/* Sorts nothing: checks. Every bar sound (bar_check), ascending and unique.
 * -1 with the index and the time of the first bar that is not. */
int series_check(const struct series *s, struct error *err);

/* The absolute number of the first bar of the canonical window that ends with
 * bar number n. */
int64_t canonical_start(int64_t n);

/* 1h bars before the canonical start that the hour-of-week profile of its first
 * week reads: eight weeks that end at a Monday up to a week before. */
#define PROFILE_BARS (9 * 168)

/* The open time from which bars of `tf` are needed to evaluate `slot`: one
 * canonical window, the witness before it and, on 1h, the profile. */
int64_t series_needed_from(enum timeframe tf, int64_t slot_ms);

/* The bars that closed at or before the slot. */
struct series series_until(const struct series *s, int64_t slot_ms);

/* Are the n bars alike to the bit, flags and all? */
bool bars_same(const struct bar *a, const struct bar *b, size_t n);

/* The bars that open from `from_ms` on and before `to_ms`. */
struct series series_between(const struct series *s, int64_t from_ms,
                             int64_t to_ms);

struct window {
    enum timeframe tf;
    size_t count;       /* bars below, filled ones included */
    size_t filled;      /* of these, filled */
    size_t missing;     /* bar numbers from the first to the last without
                           any bar here: longer stops */
    size_t rejected;    /* jumps left out */
    bool short_history; /* the series begins after the canonical start */
    bool unwitnessed;   /* the newest bar jumped and has no witness */
    bool jumped;        /* a bar needed a witness, whatever came of it */
    int64_t start_ms;   /* open time of the canonical start, 0 if empty */
    struct bar bars[WINDOW_MAX];
};

/* What may bear witness to a jump besides the next bar. */
struct witnesses {
    const struct series *hour; /* 1h series, or NULL */
    double ticker;             /* last traded price, or NO_VALUE */
};

/* Fills `out` for the slot. An empty window (count 0) is a valid outcome. */
void window_build(const struct series *s, int64_t slot_ms,
                  struct witnesses witnesses, struct window *out);

/* The same window, made of what is there: `w` is all zero, or was filled for
 * another slot, or of another series. Bars that it holds and that the series
 * still has are kept, and only the newer ones added; each is compared, unless
 * `settled` promises that every bar that had closed when `w` was filled is as
 * it was, and none came between. A window in which a bar needed a witness is
 * built anew. */
void window_extend(const struct series *s, int64_t slot_ms,
                   struct witnesses witnesses, bool settled, struct window *w);

/* The newest real bar of the window, or NULL. */
const struct bar *window_last(const struct window *w);

/* Missing and filled bars as a share of the bar numbers from the first to the
 * last, 0 to 1; 1 when empty. Above WINDOW_DEGRADED no metric is available. */
#define WINDOW_DEGRADED 0.05
double window_degraded(const struct window *w);

#endif
