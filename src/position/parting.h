/* position/parting.h - was the grid left? Pure.
 *
 * What shows that its operator, or a stop of its own, took it down: by its
 * fills, when it bought, has sold all of it and has no order open; by the
 * balances of its robot's sub-account, when that held something and is empty.
 * Only what was read can say so: an account that does not answer says nothing,
 * and what was concluded stands until one that does answer says otherwise.
 */
#ifndef POSITION_PARTING_H
#define POSITION_PARTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/value.h"
#include "position/books.h"

/* The sales that belong together: no buy between them, and no pause as long as
 * this, within which a grid that was stopped is down (SPEC 9). */
#define PARTING_GAP_MS (300 * INT64_C(1000))

/* An account is empty that holds no more base than this share of the most that
 * it held, and no more quote than this share of the most that it was worth:
 * what rounding leaves behind is no bot. Amounts, not what they are worth now:
 * a price that falls takes nothing out. */
#define PARTING_EMPTY   0.001
/* One empty answer may be a slip: it has been empty for so long, two slots. */
#define PARTING_SURE_MS (2 * MS_PER_SLOT)

/* What was concluded and cannot be looked at again holds for so long. */
#define PARTING_STALE_MS (60 * MS_PER_MINUTE)

struct parting_sale {
    int64_t from_ms, until_ms; /* first and last; MOMENT_NONE: none, the last
                                  fill was a buy */
    double base;               /* sold, or NO_VALUE: not known */
    double low, high;          /* quote per base, or NO_VALUE */
};

struct parting {
    int64_t left_ms;          /* newest slot that saw the grid left, or
                                 MOMENT_NONE: it was not */
    struct parting_sale sale; /* the newest; once it was left, how */
    double most;      /* quote: what its sub-account was worth at most, or
                         NO_VALUE: none was read */
    double most_base; /* base that was in it at most, or NO_VALUE */
    int64_t held_ms;  /* newest slot at which that was not empty, or
                         MOMENT_NONE */
};
struct parting parting_new(void);

/* Takes a fill into the newest sale. In the order of the books. */
void parting_enter(struct parting_sale *sale, const struct fill *f);

/* Was it left, by its fills? `orders` is the number of its orders that are
 * open. What is held below `dust` (books_dust; NULL: not known) cannot be got
 * rid of. No as long as it has bought nothing; unknown when more was sold than
 * bought, and when what is held may be dust. */
enum answer parting_of_books(const struct books *b, size_t orders,
                             const struct decimal *dust);

/* What a sub-account holds; NO_VALUE: not known. */
struct parting_funds {
    double base, quote;
    double worth; /* both, in quote */
};

/* Is nothing left of what its sub-account held? */
bool parting_is_emptied(const struct parting *p,
                        const struct parting_funds *now);

/* Was it left, by what its sub-account holds at the slot? Moves the most of it
 * and `held_ms` on. */
enum answer parting_of_balances(struct parting *p,
                                const struct parting_funds *now,
                                int64_t slot_ms);

/* Concludes: yes leaves, no brings back, and anything else changes nothing, for
 * an hour: nobody is kept silent by what was seen longer ago. */
void parting_conclude(struct parting *p, enum answer left, int64_t slot_ms);

#endif
