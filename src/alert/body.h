/* alert/body.h - the text of one message. Pure.
 *
 * It answers, in this order: what to do and until when; where the price is;
 * why, and which literal rules are true besides; the chance; the stop; money
 * and where the position is known from; what comes next. Every number has a
 * unit, every time says UTC. Together with the line that names the record it
 * fits the channel's 1024 characters: of the reasons, those that find no room
 * are counted.
 */
#ifndef ALERT_BODY_H
#define ALERT_BODY_H

#include "alert/alert.h"

/* Does a break on the verdict's side cost this grid nothing, and is no money
 * lost already? Without a side it may cost. `was_idle`: see
 * evaluation_presses(). */
bool evaluation_is_riskless(const struct evaluation *e, const struct grid *g,
                            bool was_idle);

/* Is the range, or a stop, passed already? */
bool evaluation_is_broken(const struct evaluation *e);

/* The price behind the newest close that touched the stop, NO_VALUE where none
 * did: the distances and the money are of the close. */
double evaluation_stop_ticker(const struct evaluation *e);

/* The chance, in 24 h, of a break on the side that is not the verdict's from
 * which on that side counts, too: by default a WARNING of that pi is told. */
#define LIKELY_ACROSS .10

/* And from which on it counts again for whoever was left with it that nothing
 * is at risk (alert_was_idle): a choice, half as much again, so that a chance
 * that hovers about the other limit does not ring each time. */
#define LIKELY_AGAIN .15

/* Within the range: net PnL fell (M_EQUITY) or gives back its peak (L_GUARD),
 * or a break across is likely or of unknown chance. That costs, wherever a
 * break is likelier. Once the price is out, what the grid still holds says
 * whether anything is at risk. */
bool evaluation_presses(const struct evaluation *e, bool was_idle);

/* Why the state cannot be known, one clause: "the exchange gave no candles". */
struct draft;
void evaluation_put_cause(struct draft *d, const struct evaluation *e);

/* Writes at most INTENT_BODY_MAX bytes to `out->body`. The other fields of
 * `out` must be filled. */
void body_write(const struct alert_now *now, struct intent *out);

#endif
