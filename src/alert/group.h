/* alert/group.h - several grids, one event, one message. Pure.
 *
 * Of the messages that one run decided those of one symbol belong together.
 * So do those of different symbols that ask to get out on the same side: a move
 * of the whole market is one event. The strongest message of a group goes out
 * and names the others; these are recorded, but not sent.
 */
#ifndef ALERT_GROUP_H
#define ALERT_GROUP_H

#include "alert/alert.h"
#include "alert/draft.h"

#define GROUP_MAX 64 /* messages of a run; those beyond go out alone */

struct group_member {
    const struct intent *intent; /* about a grid */
    enum range_side side;        /* of its verdict */
};

/* Writes to `leader` for each message the index of the one that goes out for
 * it: its own, when it is the strongest of its group. Stronger is what has the
 * higher priority, then the worse state, then what comes first. Returns the
 * number of groups. */
size_t alert_group(const struct group_member *members, size_t count,
                   size_t *leader);

/* "Also: btc-b WARNING ↓, eth-a MANDATORY_EXIT ↓, and 3 more.\n", at most
 * `points` code points; nothing when the leader stands alone. */
void alert_group_put(struct draft *d, const struct group_member *members,
                     size_t count, const size_t *leader, size_t lead,
                     size_t points);

#endif
