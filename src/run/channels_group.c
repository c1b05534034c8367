/* What one channel is to hear of several grids in this run, as few messages as
 * on the phone: people read it. By the same rule (alert/group.h), and told from
 * the record in the same way: each of the others has a delivery of its own by
 * that channel, which names the message that went out for it. */
#include <stdlib.h>
#include <string.h>

#include "alert/group.h"
#include "run/channel_job.h"
#include "sys/xmalloc.h"

/* That nobody acknowledged it is another message than what it is about. A siren
 * that does not ring stands for nobody, as on the phone. */
static bool is_of(const struct channel_job *j, size_t channel, bool second)
{
    return j->channel == channel && j->fate == JOB_WAITS &&
           j->grid != MESSAGE_OF_SERVICE && !j->unrecorded && !j->plain &&
           !j->unrung && (j->intent.reason == ALERT_SECOND) == second;
}

/* The order must follow from the intents. */
static bool goes_first(const struct intent *a, const struct intent *b)
{
    int by = alert_group_compare(b, a);
    if (!by)
        by = strcmp(a->grid, b->grid);
    return by ? by < 0 : strcmp(a->id, b->id) < 0;
}

static size_t collect(const struct channel_job *jobs, size_t count,
                      size_t channel, bool second, size_t *place)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = n;
        if (!is_of(&jobs[i], channel, second))
            continue;
        for (; at && goes_first(&jobs[i].intent, &jobs[place[at - 1]].intent);
             at--)
            place[at] = place[at - 1];
        place[at] = i;
        n++;
    }
    return n;
}

static void group(struct channel_job *jobs, size_t count, size_t channel,
                  bool second)
{
    size_t *place = xcalloc(count, sizeof(*place));
    size_t *leader = xcalloc(count, sizeof(*leader));
    struct group_member *members = xcalloc(count, sizeof(*members));
    size_t n = collect(jobs, count, channel, second, place);

    for (size_t i = 0; i < n; i++) {
        const struct intent *x = &jobs[place[i]].intent;
        members[i] = (struct group_member){ x, x->side };
    }
    alert_group(members, n, leader);
    for (size_t i = 0; i < n; i++) {
        struct channel_job *lead = &jobs[place[leader[i]]];
        struct draft d = { .out = lead->also, .size = sizeof(lead->also) };
        if (leader[i] != i) {
            jobs[place[i]].fate = JOB_FOLLOWS;
            memcpy(jobs[place[i]].with, lead->intent.id, INTENT_ID_MAX);
            lead->others++;
        } else {
            alert_group_put(&d, members, n, leader, i, CHANNEL_ALSO_POINTS);
        }
    }
    free(members);
    free(leader);
    free(place);
}

void channels_group(struct channel_job *jobs, size_t count)
{
    for (size_t k = 0; count && k < CHANNEL_SET; k++) {
        if (!channel_set[k].groups)
            continue;
        group(jobs, count, k, false);
        group(jobs, count, k, true);
    }
}
