#include "alert/group.h"

#include <string.h>

#include "base/utf8.h"

static bool asks_to_get_out(const struct group_member *m)
{
    return m->intent->state >= STATE_LATEST && m->intent->priority > 0;
}

static bool belong_together(const struct group_member *a,
                            const struct group_member *b)
{
    if (strcmp(a->intent->symbol, b->intent->symbol) == 0)
        return true;
    return asks_to_get_out(a) && asks_to_get_out(b) && a->side == b->side &&
           a->side != SIDE_NONE;
}

static bool is_stronger(const struct intent *a, const struct intent *b)
{
    if (a->priority != b->priority)
        return a->priority > b->priority;
    return a->state > b->state;
}

/* Everybody who follows `from` follows `to`. */
static void join(size_t *leader, size_t count, size_t from, size_t to)
{
    for (size_t i = 0; i < count; i++) {
        if (leader[i] == from)
            leader[i] = to;
    }
}

size_t alert_group(const struct group_member *members, size_t count,
                   size_t *leader)
{
    size_t groups = 0, most = count < GROUP_MAX ? count : GROUP_MAX;

    for (size_t i = 0; i < count; i++)
        leader[i] = i;
    for (size_t i = 0; i < most; i++) {
        for (size_t k = 0; k < i; k++) {
            size_t a = leader[k], b = leader[i];
            if (a == b || !belong_together(&members[k], &members[i]))
                continue;
            /* The earlier leads, unless the later is stronger. */
            size_t early = a < b ? a : b, late = a < b ? b : a;
            bool later =
                is_stronger(members[late].intent, members[early].intent);
            join(leader, count, later ? early : late, later ? late : early);
        }
    }
    for (size_t i = 0; i < count; i++)
        groups += leader[i] == i;
    return groups;
}

static const char *arrow_of(const struct group_member *m)
{
    if (m->intent->state < STATE_WARNING || m->side == SIDE_NONE)
        return "";
    return m->side == SIDE_DOWN ? " ↓" : " ↑";
}

static const char tail[] = ", and 99 more.\n";

void alert_group_put(struct draft *d, const struct group_member *members,
                     size_t count, const size_t *leader, size_t lead,
                     size_t points)
{
    size_t left = points > strlen(tail) ? points - strlen(tail) : 0;
    int said = 0, more = 0;

    for (size_t i = 0; i < count; i++) {
        char text[GRID_ID_MAX + 48] = "";
        struct draft piece = { text, sizeof(text), 0, d->now_ms, d->zone };
        if (i == lead || leader[i] != lead)
            continue;
        draft_put(&piece, "%s%s %s%s",
                  said ? ", " : "Also: ", members[i].intent->grid,
                  exit_state_name(members[i].intent->state),
                  arrow_of(&members[i]));
        size_t taken = utf8_count(text);
        if (more || taken > left) {
            more++;
            continue;
        }
        draft_put(d, "%s", text);
        left -= taken;
        said++;
    }
    if (more)
        draft_put(d, said ? ", and %d more" : "Also: %d more grids", more);
    if (said || more)
        draft_put(d, ".\n");
}
