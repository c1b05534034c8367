/* run/rebuild.h - own commits on a branch that somebody else moved.
 *
 * Writers with grids of their own never touch the same path, but for what is
 * written by all. The rules, file by file; "there" is the tip that the remote
 * has, with the own commits that were put on it before:
 *
 *   state/GRID           is kept when what is there is what it was made from.
 *                        If not, another writer has the grid in hand, and
 *                        nothing of ours about it is: no slot document, no
 *                        transition, no message, nothing that the account
 *                        showed of it, latest/grids/GRID. So a grid has one
 *                        chain of memories, whoever wrote it, a slot is
 *                        recorded once, and none older than the newest.
 *   a message            stays with the state that lists it as open: one is
 *                        never there without the other, and so none is lost.
 *                        If it was delivered it is kept in any case, with its
 *                        delivery: it did ring.
 *   service.yaml         like a state, with the messages about the service. But
 *                        what other channels are still to hear of those that
 *                        are kept goes into the list there, and what they
 *                        heard leaves it, by one more commit.
 *   metrics/SYMBOL/SLOT  theirs where they have it; the bars are the same
 *                        exchange's. latest/symbols/SYMBOL: the newer slot.
 *   seeds, configurations, schemas   theirs where they have one.
 *   revisions            with the metrics document of their slot.
 *   grids/GRID           when what is there is what it was made from. Else it
 *                        is dropped, with the audit event of the action, and
 *                        told: two people's words are not mixed.
 *   other audit events, and what leaves the tip   always kept.
 *
 * Where writers share a symbol, our slots were concluded from our sight of the
 * bars, and are recorded beside theirs. When that is another one (a candle came
 * late for one of us) or has a hole before ours, our slots are dropped and
 * done again by the next run - unless one of them holds a message: an alert is
 * not held back for the sake of a record that can be computed anew.
 *
 * A commit that was put on another tip has another name. What a document says
 * of a grid file is held to by `grid_blob`, the name of the content, which
 * stays; `grid_commit` is the name that its commit had at the time.
 */
#ifndef RUN_REBUILD_H
#define RUN_REBUILD_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "record/document.h"
#include "store/store.h"

struct rebuild_loss {
    char path[RECORD_PATH_MAX]; /* of the document or the grid file */
    char grid[GRID_ID_MAX];
    int64_t slot_ms;           /* MOMENT_NONE: an operator's edit */
    char after[STORE_ID_SIZE]; /* what it had made of the file; "": removed */
};

#define REBUILD_LOSSES_MAX 32

/* `= { 0 }` is none yet; one that is handed in again is added to. */
struct rebuild_report {
    int64_t until_ms; /* monotonic: rebuilding that is not done by then is given
                         up and nothing is changed; 0: it may take any time */
    bool late;        /* the last time it was given up */
    size_t times;     /* that commits were put on another tip */
    struct store_rebuilt store; /* of all of them; `saved` is the last */
    size_t count; /* those beyond REBUILD_LOSSES_MAX are counted only */
    struct rebuild_loss losses[REBUILD_LOSSES_MAX];
    /* A commit that the caller knows by name, or "": its name now, or "" when
     * nothing of it was left. */
    char follow[STORE_ID_SIZE];
};

/* What people are told of a loss that is an operator's edit, and of a history
 * that was replaced. */
void rebuild_loss_text(const struct rebuild_loss *l, char out[RECORD_LINE_MAX]);
void rebuild_saved_text(const char *saved, char out[RECORD_LINE_MAX]);

/* After store_sync() said that the branch diverged or was replaced.
 * FAULT_TRANSIENT, and `out->late`, when there was no time for all of it. */
int rebuild_on_remote(struct store *s, struct rebuild_report *out,
                      struct error *err);

/* Pushes; when somebody was faster, fetches, rebuilds and pushes again until
 * `budget_ms` is spent, with pauses that differ from writer to writer: `seed`
 * is to be rebuild_seed() or, in a test, any. What was dropped by all of it is
 * in `out`, also on failure; `out->until_ms` is set to the end of the budget.
 */
int rebuild_and_push(struct store *s, int64_t budget_ms, uint64_t seed,
                     struct rebuild_report *out, struct error *err);

/* Differs from process to process. */
uint64_t rebuild_seed(void);

#endif
