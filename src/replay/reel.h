/* replay/reel.h - the recorded slots of one symbol, one after the other, each
 * with what its run could know; those that left the tip as well.
 *
 * Bars come from the tape, everything else that entered a slot from the slot's
 * documents. The snapshot is computed anew.
 */
#ifndef REPLAY_REEL_H
#define REPLAY_REEL_H

#include "engine/measure.h"
#include "record/record.h"
#include "replay/tape.h"

/* Where the documents of one symbol or grid are: by time of slot. */
struct reel_slot {
    int64_t slot_ms;
    char id[STORE_ID_SIZE]; /* of the content */
};
struct reel_slots {
    struct reel_slot *list; /* owned */
    size_t count, room, at;
};

/* A revision that counts from the slot on, and what the tape held before. */
struct reel_revision {
    char path[RECORD_PATH_MAX];
    struct revision_document document;
    bool held_there;
    struct bar held;
};

/* The document of one grid at the slot. */
struct reel_exit {
    char grid[GRID_ID_MAX];
    bool there;
    char path[RECORD_PATH_MAX];
    struct text bytes; /* as recorded */
    struct exit_document document;
    struct reel_slots slots; /* the reel's own business */
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
    const struct reel_revision *revised; /* by this slot */
    size_t revised_count;

    /* Its own business. */
    struct tape tape;
    struct measure_work *work;
    struct reel_list *list;
};

/* `past` (borrowed until this returns) is what left the tip; NULL: only the tip
 * is looked at. The caller owns the reel on success; on failure it is NULL. */
int reel_open(struct store *store, struct store_past *past, const char *symbol,
              struct reel **out, struct error *err);
void reel_close(struct reel *r); /* NULL is fine */

/* For who follows one grid to whom nothing may be missing: FAULT_DATA, naming
 * the first slot, when a document of the grid has no metrics document beside
 * it. Its bars and metrics would be missing from the slots after it, too. */
int reel_open_grid(struct store *store, const struct grid *grid,
                   struct reel **out, struct error *err);

/* Winds on to the next recorded slot. 1, or 0 at the end, or -1: a document
 * cannot be read, `r->path` or an exit's says which; winding may go on. */
int reel_next(struct reel *r, struct error *err);

/* Puts into the view what the run of that document saw beside the bars: grids
 * of one symbol may be of several writers, who asked at different moments. */
void reel_regard(struct reel *r, const struct reel_exit *x);

/* The slots there are in all, for a progress bar. */
size_t reel_length(const struct reel *r);
/* The first of them, or MOMENT_NONE. */
int64_t reel_first_ms(const struct reel *r);

#endif
