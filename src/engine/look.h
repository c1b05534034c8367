/* engine/look.h - what the last price says of a grid between two slots. Pure.
 *
 * A look reads one price and no bar: held to the stop it may raise M_STOP (SPEC
 * 4: the ticker can raise it early), held to the bounds it is a note where that
 * is another than the record's newest word, which is that of the look before it
 * or else the slot's close. All else stays what the newest slot concluded. The
 * same rows, the same state machine; what it finds is decided, recorded and
 * told like a slot's.
 */
#ifndef ENGINE_LOOK_H
#define ENGINE_LOOK_H

#include "base/moment.h"
#include "engine/evaluate.h"

/* The newest slot that is recorded may be the one before: its run failed or was
 * lost. What is older says too little to look behind it. */
#define LOOK_SLOT_MAX_AGE_MS (2 * MS_PER_SLOT)

struct look_inputs {
    const struct evaluation *slot; /* of the newest slot, as it is recorded */
    const struct grid *grid;
    const struct exit_config *config;
    const struct exit_memory *memory; /* after that slot */
    double ticker;                    /* quote currency, or NO_VALUE */
    int64_t ticker_ms;                /* its time, or MOMENT_NONE */
    int64_t at_ms;                    /* exchange time of the look */
    bool noted;                 /* a look after that slot left an event: */
    enum range_side noted_side; /* the newest had the price beyond that */
};

enum look_found {
    LOOK_UNKNOWN, /* no price that counts: nothing is decided */
    LOOK_NOTHING, /* nothing that the record does not say */
    LOOK_OUTSIDE, /* beyond a bound, the stop is not touched: a note */
    LOOK_BACK,    /* inside again: a note */
    LOOK_TOUCHED  /* the stop is: `out` and `next` are filled */
};

/* Is it worth a look? Its newest known state is LATEST_ACCEPTABLE_EXIT, of the
 * life it is in. */
bool look_is_wanted(const struct grid *g, const struct exit_memory *m,
                    int64_t now_ms);

/* Which bound the price is beyond, or SIDE_NONE. */
enum range_side look_beyond(const struct grid *g, double ticker);

/* Which bound the price was beyond by the record's newest word. */
enum range_side look_recorded(const struct look_inputs *in);

/* A ticker counts when it is at most PRICE_MAX_AGE_MS from the look (one
 * without a time is believed) and no jump from the newest close, which would
 * need a witness; without a close that cannot be known. */
enum look_found look(const struct look_inputs *in, struct evaluation *out,
                     struct exit_memory *next);

#endif
