/* position/holding.h - a grid's position from slot to slot. Pure.
 *
 * One life of a grid has one holding: the books of the exchange's fills and the
 * shadow ledger run side by side, so that a source that fails can give way to
 * the next, and each has a peak of its own.
 */
#ifndef POSITION_HOLDING_H
#define POSITION_HOLDING_H

#include "base/moment.h"
#include "market/series.h"
#include "position/books.h"
#include "position/parting.h"
#include "position/position.h"
#include "position/risk.h"
#include "position/shadow.h"

/* The exchange may list a fill so long after it took place. */
#define HOLDING_LATE_MS (6 * MS_PER_HOUR)

/* So many of the fills that it may still list others among are known one by
 * one, the newest; of those before them the books know the number. */
#define HOLDING_KNOWN_MAX 64

struct known_fill {
    int64_t id;
};

struct holding {
    int64_t life_ms; /* the start event it belongs to, or MOMENT_NONE */
    uint64_t print;  /* of what the shadow was made of: holding_print() */

    bool booked; /* the fills were read from the start event on */
    struct books books;
    double books_peak;      /* max net PnL at a slot so far, 0 at least */
    int64_t fills_until_ms; /* fills were asked up to here, or MOMENT_NONE */

    /* The books as of HOLDING_LATE_MS before that: what is newer is read, and
     * entered upon these, again. Not `unsettled`: they are the books. */
    bool unsettled;
    struct books settled;
    struct parting_sale settled_sale; /* the newest, of these */
    size_t known_count;               /* at most as many as are newer */
    struct known_fill known[HOLDING_KNOWN_MAX]; /* as in the books, in order */

    struct shadow_terms terms; /* that the shadow began with */
    struct shadow shadow;

    struct parting parting; /* was it left? */

    /* Fills of the books and of the two walks as the newest of the books came
     * in, or -1: not known. */
    int64_t awaited[3];
};
struct holding holding_new(void);

/* Of the grid's bounds, levels, spacing, capital and start price: a shadow
 * ledger of another print is of another grid. A stop may be moved. */
uint64_t holding_print(const struct grid *g);

/* Forgets what belongs to another life. */
void holding_of_life(struct holding *h, const struct grid *g);

/* Brings the shadow ledger to the end of the window (15m): what it left out,
 * because nothing confirms it yet, is walked once it is in. Begins it where the
 * window reaches back to the start, with `terms`. NULL when it stands at the
 * newest bar, else why it does not; static text. */
const char *holding_walk(struct holding *h, const struct grid *g,
                         const struct shadow_terms *terms,
                         const struct window *bars);

/* What the exchange lists now: ascending by time, then id, from
 * holding_fills_from_ms() on or from before. */
struct fills_read {
    const struct fill *list;
    size_t count;
};

/* From when on fills have to be read, where the exchange reaches back to
 * `reach_ms`. */
int64_t holding_fills_from_ms(const struct holding *h, int64_t reach_ms);

/* Brings the books, and the newest sale of `parting`, to `until_ms`. A fill
 * that was not listed before takes its place by its time, however late it came;
 * how many did is returned. One that was listed and is not any more is never
 * made up for by another, but where HOLDING_KNOWN_MAX newer ones are known: of
 * such only the number is compared. -1, and nothing has changed, when they
 * cannot be booked: `why` is static text. */
int64_t holding_book(struct holding *h, const struct grid *g,
                     const struct fills_read *read, int64_t until_ms,
                     const char **why);

/* For a holding that was kept without `settled_sale`: works it out from the
 * newest sale. Amount and times are exact, prices may be those of sales that
 * are not settled; none where the newest sale began after `settled`. Fees of
 * sales that were taken in base count as sold. */
void holding_infer_settled_sale(struct holding *h);

/* How many fills the books lack: what the bars say must have filled since the
 * newest fill came in, in either order of prices. To be asked once books and
 * shadow stand at the slot's end. 0 where the shadow cannot say it. */
int64_t holding_lacks(struct holding *h);

/* What is held at the close, by the books or by the shadow, which it must have,
 * on nine decimals; the peak of the books moves on. `reason`: why no better
 * source, static text. */
struct position holding_by_books(struct holding *h, struct value close,
                                 double fee, const char *reason);
struct position holding_by_shadow(const struct holding *h, const struct grid *g,
                                  struct value close, const char *reason);

/* What the balances of a sub-account say: the inventory, exact. All else is the
 * shadow's, or unavailable when there is a reason for no model (`no_model`,
 * static text, or NULL). */
struct position holding_by_balance(const struct holding *h,
                                   const struct grid *g, double base,
                                   struct value close, const char *no_model);

/* The buy orders that the nominal walk of the shadow has open below a price,
 * best first; how many there are is returned. */
size_t holding_orders(const struct holding *h, double below,
                      struct risk_order out[SHADOW_CELLS_MAX]);

#endif
