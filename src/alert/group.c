#include "alert/group.h"

#include <string.h>

#include "base/utf8.h"

/* What makes one event of messages about different symbols. */
enum group_kind { OF_ITS_OWN, GOOD_NEWS, UNSEEN, WARNS, GETS_OUT };

static enum group_kind kind_of(const struct intent *i)
{
    enum alert_reason reason = i->reason;
    if (reason == ALERT_RANGE_BACK || reason == ALERT_ASKED)
        return OF_ITS_OWN;
    if (reason == ALERT_RESOLVED || reason == ALERT_BETTER ||
        reason == ALERT_SIGHTED)
        return GOOD_NEWS;
    if (i->state == STATE_UNKNOWN)
        return UNSEEN;
    if (i->state == STATE_WARNING)
        return WARNS;
    return i->state >= STATE_LATEST && i->priority > 0 ? GETS_OUT : OF_ITS_OWN;
}

/* What it says besides must be read: nothing else is told of the grid. */
static bool is_of_account(const struct intent *i)
{
    return i->reason == ALERT_LEFT || i->reason == ALERT_RETURNED;
}

static bool belong_together(const struct group_member *a,
                            const struct group_member *b)
{
    enum group_kind kind = kind_of(a->intent);
    if (is_of_account(a->intent) || is_of_account(b->intent))
        return false;
    if (strcmp(a->intent->symbol, b->intent->symbol) == 0)
        return true;
    if (kind == OF_ITS_OWN || kind != kind_of(b->intent))
        return false;
    return kind < WARNS || (a->side == b->side && a->side != SIDE_NONE);
}

int alert_group_compare(const struct intent *a, const struct intent *b)
{
    if (a->priority != b->priority)
        return a->priority > b->priority ? 1 : -1;
    return (a->state > b->state) - (a->state < b->state);
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
            bool later = alert_group_compare(members[late].intent,
                                             members[early].intent) > 0;
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

/* What the operator would have been told besides. */
static const char *remark_of(const struct intent *i)
{
    return i->reason == ALERT_RANGE_BACK ? " (range is back)"
           : i->reason == ALERT_ASKED    ? " (stopped?)"
                                         : "";
}

static const char tail[] = ", and 999 more.\n";
static const char least[] = "Also: 999 grids.\n";

static void put_member(struct draft *d, const struct group_member *m,
                       bool first)
{
    draft_put(d, "%s%s %s%s%s", first ? "Also: " : ", ", m->intent->grid,
              exit_state_name(m->intent->state), arrow_of(m),
              remark_of(m->intent));
}

/* `left` counts those that are not named. */
static void put_rest(struct draft *d, bool said, int left)
{
    if (left)
        draft_put(d,
                  said        ? ", and %d more"
                  : left == 1 ? "Also: %d grid"
                              : "Also: %d grids",
                  left);
    draft_put(d, ".\n");
}

void alert_group_put(struct draft *d, const struct group_member *members,
                     size_t count, const size_t *leader, size_t lead,
                     size_t points)
{
    int left = 0;
    bool said = false;

    for (size_t i = 0; i < count; i++)
        left += i != lead && leader[i] == lead;
    if (!left || points < strlen(least))
        return;
    for (size_t i = 0; i < count; i++) {
        char text[GRID_ID_MAX + 64] = "";
        struct draft piece = { text, sizeof(text), 0, d->now_ms, d->zone };
        if (i == lead || leader[i] != lead)
            continue;
        put_member(&piece, &members[i], !said);
        size_t taken = utf8_count(text);
        if (taken + strlen(left > 1 ? tail : ".\n") > points)
            break;
        draft_put(d, "%s", text);
        points -= taken;
        said = true;
        left--;
    }
    put_rest(d, said, left);
}
