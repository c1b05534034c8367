#include "run/bundle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/group.h"
#include "run/siren.h"
#include "sys/xmalloc.h"

/* Is `a` to stand in front of `b`? The order must follow from the intents. */
static bool goes_first(const struct message_run *a, const struct message_run *b)
{
    int by = alert_group_compare(&b->intent, &a->intent);
    if (!by)
        by = strcmp(a->intent.grid, b->intent.grid);
    if (!by)
        by = strcmp(a->intent.id, b->intent.id);
    return by < 0;
}

static void order(const struct run *r, struct bundle *b)
{
    for (size_t i = 0; i < r->message_count; i++) {
        const struct message_run *m = &r->messages[i];
        size_t at = b->count;
        if (m->fate != MESSAGE_OPEN || m->grid == MESSAGE_OF_SERVICE)
            continue;
        for (; at > 0 && goes_first(m, &r->messages[b->message[at - 1]]); at--)
            b->message[at] = b->message[at - 1];
        b->message[at] = i;
        b->count++;
    }
}

/* Those that are in the record, in the order of the bundle. `place` says where
 * each stands there. A siren that does not ring stands for nobody: it would
 * mute what does. */
static size_t members_of(const struct run *r, const struct bundle *b,
                         struct group_member *members, size_t *place)
{
    size_t count = 0;
    for (size_t i = 0; i < b->count; i++) {
        const struct message_run *m = &r->messages[b->message[i]];
        if (m->unrecorded || run_siren_forgotten(r, m) ||
            r->not_recorded.fault != FAULT_NONE)
            continue;
        members[count] = (struct group_member){ &m->intent, m->intent.side };
        place[count++] = i;
    }
    return count;
}

void bundle_make(const struct run *r, struct bundle *out)
{
    size_t room = r->message_count + 1;
    struct group_member *members = xcalloc(room, sizeof(*members));
    size_t *leader = xcalloc(room, sizeof(*leader));
    size_t *place = xcalloc(room, sizeof(*place));

    *out = (struct bundle){ .message = xcalloc(room, sizeof(*out->message)),
                            .lead = xcalloc(room, sizeof(*out->lead)) };
    order(r, out);
    for (size_t i = 0; i < out->count; i++)
        out->lead[i] = i;
    size_t count = members_of(r, out, members, place);
    alert_group(members, count, leader);
    for (size_t i = 0; i < count; i++)
        out->lead[place[i]] = place[leader[i]];
    free(place);
    free(leader);
    free(members);
}

void bundle_release(struct bundle *b)
{
    free(b->message);
    free(b->lead);
    *b = (struct bundle){ 0 };
}

size_t bundle_others(const struct bundle *b, size_t place)
{
    size_t others = 0;
    for (size_t i = 0; i < b->count; i++)
        others += i != place && b->lead[i] == place;
    return others;
}

void bundle_title(const struct bundle *b, size_t place, char *title,
                  size_t size)
{
    struct draft d = { .out = title, .size = size, .len = strlen(title) };
    size_t others = bundle_others(b, place);
    if (others)
        draft_put(&d, " and %zu more", others);
}

void bundle_line(const struct run *r, const struct bundle *b, size_t place,
                 size_t points, char *body, size_t size)
{
    struct group_member *members = xcalloc(b->count, sizeof(*members));
    struct draft d = { .out = body, .size = size, .len = strlen(body) };

    for (size_t i = 0; i < b->count; i++) {
        const struct intent *intent = &r->messages[b->message[i]].intent;
        members[i] = (struct group_member){ intent, intent->side };
    }
    alert_group_put(&d, members, b->count, b->lead, place, points);
    free(members);
}
