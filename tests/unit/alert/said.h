/* tests/unit/alert/said.h - evaluations written down by hand, and the message
 * that they make. No line of the engine has a say in them.
 */
#ifndef ALERT_SAID_H
#define ALERT_SAID_H

#include "alert/alert.h"

/* 2021-05-19T00:00:00Z */
#define SAID_DAY INT64_C(1621382400000)
#define SAID_AT(hour, minute)                                                  \
    (SAID_DAY + (hour)*INT64_C(3600000) + (minute)*INT64_C(60000))

struct said {
    struct evaluation e;
    struct grid grid;
    struct position position;
    struct alert_config config;
    bool has_risk; /* else it is not known */
    struct risk risk;
    int64_t acknowledged_ms;
    const struct zone *zone; /* NULL: UTC */
    bool subdued;
    struct intent intent;
    char line[512];
};

/* btc-a, 39913 .. 53638, stop 38476, 5000 USDT, in `state` at the slot, which
 * is also the close time of the newest bar. */
void said_begin(struct said *s, enum exit_state state, int64_t slot_ms);

/* No row of that profile says yes; one that it does not have answers na. */
void said_profile(struct said *s, enum profile profile);

/* The price, and what follows from it alone: bounds, stop and money. */
void said_price(struct said *s, double close);
void said_pi(struct said *s, double down, double up, double touch_12h);
void said_waiting(struct said *s, double typical_12h, double adverse_12h);

/* The price is unknown; the newest close is of `close_ms`. */
void said_blind(struct said *s, enum price_cause cause, int64_t close_ms);

/* By a bar at the newest close of the row's timeframe, once, without a gate. */
struct trigger_result *said_yes(struct said *s, enum trigger_id id,
                                double value, double limit);
/* Enough warnings for so many bars. */
void said_together(struct said *s, int64_t yes, int64_t held);

void said_haz(struct said *s, enum trigger_id id, double pi, double limit);
void said_boundary(struct said *s, enum range_side side, double limit,
                   double close, int64_t seen_ms);
void said_stop(struct said *s, enum trigger_evidence evidence, double price,
               int64_t seen_ms);

/* Makes the intent. */
const struct intent *said(struct said *s, enum alert_reason reason);

/* Makes the intent and returns the line of its body that begins with `begin`,
 * or "". It stands until the next call. */
const char *said_line(struct said *s, enum alert_reason reason,
                      const char *begin);

#endif
