/* replay/tape.h - the bars of one symbol as the data repository knew them.
 *
 * History comes from bars/SYMBOL/TF/seed.csv, the rest from the slot documents
 * that first held each bar, corrections from the revisions. Put in the order of
 * the slots, the tape is at each slot what the run of that slot could know.
 */
#ifndef REPLAY_TAPE_H
#define REPLAY_TAPE_H

#include "market/series.h"
#include "record/document.h"
#include "store/store.h"

struct tape_track {
    struct bar *bars; /* owned; ascending, unique */
    size_t count, room;
};

/* `= { 0 }` is an empty one, of no edition until it is seeded. */
struct tape {
    struct tape_track track[TF_COUNT];
    uint64_t edition; /* above 0; changes when anything but a newest bar does */
};

void tape_release(struct tape *t);

/* Replaces what the tape holds by the seeds of the symbol. A timeframe without
 * a seed is empty. -1 when a seed is not sound. */
int tape_seed(struct tape *t, struct store *store, const char *symbol,
              struct error *err);

/* Adds the bar, or puts it in the place of the one that opens with it. */
void tape_put(struct tape *t, enum timeframe tf, const struct bar *b);
/* The bar is no more; absent is fine. */
void tape_drop(struct tape *t, enum timeframe tf, int64_t open_ms);

/* The bar that opens then, or NULL; borrowed until the tape changes. */
const struct bar *tape_find(const struct tape *t, enum timeframe tf,
                            int64_t open_ms);

/* The five numbers, whatever the time and the flags. */
bool tape_same_bar(const struct bar *a, const struct bar *b);
/* How far a correction goes: the largest of |is - was| / max(|is|, |was|) over
 * the five numbers; a volume that stays 0 is no change. */
double tape_change(const struct bar *was, const struct bar *is);

/* All of it; borrowed until the tape changes. */
void tape_series(const struct tape *t, struct series out[TF_COUNT]);

#endif
