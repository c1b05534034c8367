/* replay/reel.h - the recorded slots of one symbol, one after the other, each
 * with what its run could know.
 *
 * Bars come from the tape, everything else that entered a slot from the slot's
 * documents. The snapshot is computed anew.
 */
#ifndef REPLAY_REEL_H
#define REPLAY_REEL_H

#include "engine/measure.h"
#include "record/record.h"
#include "replay/tape.h"

/* The document of one grid at the slot. */
struct reel_exit {
    char grid[GRID_ID_MAX];
    bool there;
    char path[RECORD_PATH_MAX];
    struct text bytes; /* as recorded */
    struct exit_document document;
};

struct reel {
    struct store *store; /* borrowed */
    char symbol[SYMBOL_MAX];

    /* Of the slot at hand; borrowed until the next call. */
    char path[RECORD_PATH_MAX];
    struct text bytes; /* of the metrics document, as recorded */
    struct metrics_document document;
    struct reel_exit *exits; /* one for each grid of the symbol */
    size_t exit_count;
    struct market_view view;
    struct snapshot snapshot;

    /* Its own business. */
    struct tape tape;
    struct measure_work *work;
    struct reel_list *list;
};

/* The caller owns the reel on success; on failure it is NULL. */
int reel_open(struct store *store, const char *symbol, struct reel **out,
              struct error *err);
void reel_close(struct reel *r); /* NULL is fine */

/* Winds on to the next recorded slot. 1, or 0 at the end, or -1: a document
 * cannot be read, `r->path` or an exit's says which; winding may go on. */
int reel_next(struct reel *r, struct error *err);

/* The slots there are in all, for a progress bar. */
size_t reel_length(const struct reel *r);

#endif
