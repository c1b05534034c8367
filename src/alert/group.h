/* alert/group.h - several grids, one event, one message. Pure.
 *
 * Of the messages that one run has to send those of one symbol belong together.
 * So do those of different symbols that ask to get out on the same side, and
 * those that warn of the same side: a move of the whole market is one event.
 * Good news is one quiet summary, whatever it is of, and so is what cannot be
 * seen. The strongest message of a group goes out and names the others; these
 * are recorded, but not sent.
 *
 * All of it is made of the intents alone, so that what was sent can be told
 * from what was committed: the text on the phone is the body of the leader's
 * intent, the line about those whose delivery names it, and the record line.
 */
#ifndef ALERT_GROUP_H
#define ALERT_GROUP_H

#include "alert/alert.h"
#include "alert/draft.h"

#define GROUP_MAX 500 /* messages of a run; those beyond go out alone */

/* Code points that a body leaves, where it can, to the line about the others:
 * the strongest of them is named and the rest counted. A body that is full
 * leaves room to count them. */
#define GROUP_POINTS 62

struct group_member {
    const struct intent *intent; /* about a grid */
    enum range_side side;        /* of its verdict */
};

/* Which of two messages is stronger? Above 0: `a`; below: `b`; 0: neither.
 * Stronger is what has the higher priority, then the worse state. */
int alert_group_compare(const struct intent *a, const struct intent *b);

/* Writes to `leader` for each message the index of the one that goes out for
 * it: its own, when it is the strongest of its group, or the first of those.
 * Returns the number of groups. */
size_t alert_group(const struct group_member *members, size_t count,
                   size_t *leader);

/* "Also: btc-b WARNING ↓, eth-a MANDATORY_EXIT ↓, and 3 more.\n", at most
 * `points` code points, the others in the order of `members`; nothing when the
 * leader stands alone, or when there is no room even to count them. */
void alert_group_put(struct draft *d, const struct group_member *members,
                     size_t count, const size_t *leader, size_t lead,
                     size_t points);

#endif
