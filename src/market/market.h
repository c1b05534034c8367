/* market/market.h - all bars that one slot may read, and what is known of the
 * price. Pure.
 */
#ifndef MARKET_MARKET_H
#define MARKET_MARKET_H

#include "base/value.h"
#include "market/series.h"

enum market_status {
    MARKET_OPEN,
    MARKET_CLOSED,
    MARKET_CANCEL_ONLY,
    MARKET_STATUS_UNKNOWN
};
const char *market_status_name(enum market_status status);

/* Why the price is unknown, best guess first asked (SPEC 4). */
enum price_cause {
    PRICE_KNOWN,
    PRICE_MARKET_CLOSED, /* /status says so */
    PRICE_CLOCK,         /* own clock is more than 30 s off */
    PRICE_API_ERROR,     /* the candles could not be had */
    PRICE_NO_TRADES,     /* the exchange answered, but has no newer bar */
    PRICE_UNWITNESSED    /* the newest bar jumped and nothing confirms it */
};
const char *price_cause_name(enum price_cause cause);

/* What the run saw besides bars; part of the recorded inputs. */
struct market_facts {
    enum market_status status;
    bool candles_failed; /* the 15m or 1h candles could not be had */
    bool clock_off;      /* |offset| > 30 s */
    double ticker;       /* last traded price, or NO_VALUE */
    int64_t ticker_ms;   /* its time on the exchange, or MOMENT_NONE */
};

/* A price older than this against the slot is unknown. */
#define PRICE_MAX_AGE_MS ((int64_t)30 * 60 * 1000)

struct market_view {
    int64_t slot_ms;
    struct market_facts facts;
    struct window window[TF_COUNT];
    struct series hours; /* every 1h bar there is that closed by the slot, for
                            profiles that reach behind the window; borrowed */
    uint64_t edition;    /* of the history that it is of, or 0; see below */
    enum price_cause price_cause;
    double close;     /* of the newest real 15m bar, or NO_VALUE */
    int64_t close_ms; /* when that bar closed, or MOMENT_NONE */
};

/* Builds the three windows and says whether the price is known. The ticker
 * bears witness to the newest jump only. */
void market_view_build(const struct series series[TF_COUNT], int64_t slot_ms,
                       const struct market_facts *facts,
                       struct market_view *out);

/* The same view, made of what is there: `view` is all zero, or was built of
 * any series for any slot. What it holds is kept where it is still so.
 *
 * `edition` names a history. 0 promises nothing: every bar of the windows is
 * compared. Any other number promises that all views of that number are of the
 * same series, of which no bar that had closed at a slot was changed, added or
 * taken away since that slot was looked at: then only newer bars are read.
 * Recorded history replayed is one edition; what an exchange answers is none.
 */
void market_view_advance(const struct series series[TF_COUNT], int64_t slot_ms,
                         const struct market_facts *facts, uint64_t edition,
                         struct market_view *view);

/* The ticker, if it is a price of this slot's time: above 0 and at most
 * PRICE_MAX_AGE_MS from it; else NO_VALUE. One without a time is believed. */
double market_ticker(const struct market_facts *facts, int64_t slot_ms);

/* The bar of `tf` that closed exactly at the slot, or NULL. */
const struct bar *market_closed_in_slot(const struct market_view *view,
                                        enum timeframe tf);

/* Compares each fetched 1h and 4h bar of the view's windows with the one made
 * of a complete set of 15m bars. */
struct disagreement {
    enum timeframe tf;
    int64_t open_ms;
    const char *field; /* open, high, low, close */
    double fetched, derived;
};
/* Writes up to `room` of them, newest first, and returns how many there are. */
size_t market_disagreements(const struct market_view *view,
                            struct disagreement *out, size_t room);

#endif
