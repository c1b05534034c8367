/* run/candles.h - the candles that the windows of a run need.
 *
 * A window begins where its newest bar says (market/series.h). How far back
 * that is, a run knows only when it has the newest bar: where trading stopped
 * for longer than a few bars it has to ask once more, for what is older. So
 * what a slot is concluded from does not depend on when the run asked.
 */
#ifndef RUN_CANDLES_H
#define RUN_CANDLES_H

#include "run/run_internal.h"

/* From when on bars are needed to conclude the slot, by what was fetched: `s`
 * holds every bar that opened at or after `from_ms`. The newest recorded bar
 * (MOMENT_NONE: there is none) stands in when nothing of `s` had closed by the
 * slot. `from_ms` when what is there suffices. Pure. */
int64_t candles_needed_from(const struct series *s, int64_t slot_ms,
                            int64_t from_ms, int64_t recorded_ms);

/* Is the newest bar of `s` that had closed by the slot older than the newest
 * recorded one, or none there? Who answers so is behind what he said himself:
 * a copy that is stale, or another one's. Pure. */
bool candles_are_behind(const struct series *s, int64_t slot_ms,
                        int64_t recorded_ms);

/* Asks for all of `wants`, whose[k] being the index of the k-th one's symbol,
 * and then for the older bars that the windows of its oldest due slot need,
 * which are put in front. A series of which those cannot be had fails, and so
 * does one that is behind what is recorded. As kucoin_fetch() otherwise. */
int run_fetch_candles(struct run *r, struct kucoin_want *wants,
                      const size_t *whose, size_t n,
                      struct kucoin_answer *answers, int64_t deadline_ms,
                      struct error *err);

/* A window says that history is short when nothing older was fetched; in that
 * of a symbol whose seed is recorded, the seed has the last word. */
void run_regard_seed(struct run *r, struct symbol_run *s);

#endif
