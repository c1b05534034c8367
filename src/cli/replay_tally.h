/* cli/replay_tally.h - what the phone would have been told of the slots that
 * are replayed: every one decided anew, the one after the other. Pure.
 *
 * Positions are not replayed, so that nothing is decided by money. The
 * acknowledgements are those of the record; a siren expires by the clock of the
 * slots. Faults of the service are of no grid and are not counted.
 */
#ifndef CLI_REPLAY_TALLY_H
#define CLI_REPLAY_TALLY_H

#include "alert/alert.h"
#include "config/for_grid.h"
#include "record/document.h"

#define PRIORITY_LEAST (-2)
#define PRIORITY_MOST  2
#define PRIORITIES     (PRIORITY_MOST - PRIORITY_LEAST + 1)

struct replay_tally {
    struct alert_memory memory;
    int64_t life_ms;   /* that it is of */
    size_t live_slots; /* in which the grid ran */
    size_t messages;
    size_t by_reason[ALERT_REASON_COUNT];
    size_t by_priority[PRIORITIES]; /* of PRIORITY_LEAST first */
};
struct replay_tally replay_tally_new(void);

/* Decides about one slot, counts it and returns what was decided. `g` is the
 * grid as its file was then, or is; events after the slot are not looked at. */
enum alert_reason replay_tally_step(struct replay_tally *t,
                                    const struct evaluation *e,
                                    const struct grid *g,
                                    const struct exit_document *d,
                                    const struct config_grid *strategy,
                                    const struct alert_config *config);

double replay_tally_days(const struct replay_tally *t); /* live grid-days */
/* So many a live grid-day, or NO_VALUE when there is none. */
double replay_tally_rate(const struct replay_tally *t, size_t messages);

#endif
