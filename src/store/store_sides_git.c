/* Behind a merge history has sides. The newest commit of those at hand is
 * opened, again and again, until a single one is at hand: there the sides meet,
 * and from there on history is a line again, or has its next merge. What was
 * opened is put in an order in which every commit stands before its parents,
 * newer ones first where that leaves a choice. A clock that was wrong makes
 * this look further back than it must; no commit is shown twice. */
#include <git2.h>
#include <stdlib.h>

#include "store/store_marks.h"
#include "store/store_parents.h"
#include "sys/xmalloc.h"

/* Commits of a side with a wrong clock, at most, that are put in order. */
enum { LATE_SIDE_COMMITS = 64 };

struct node {
    git_oid id;
    int64_t time;
    size_t children; /* that were opened and have no place in the order yet */
};

/* Places in the list of nodes, as many as history has branches. */
struct hand {
    size_t *list; /* owned */
    size_t count, room;
};

struct sides {
    struct parents *of;
    struct node *nodes; /* owned */
    size_t count, room;
    struct hand hand;
    struct marks places; /* of the nodes, from 1 on */
};

static void hand_put(struct hand *h, size_t place)
{
    if (h->count == h->room) {
        h->room = h->room ? 2 * h->room : 16;
        h->list = xrealloc(h->list, h->room, sizeof(*h->list));
    }
    h->list[h->count++] = place;
}

/* The newest one leaves it. */
static size_t hand_take(struct sides *s)
{
    struct hand *h = &s->hand;
    size_t best = 0;
    for (size_t i = 1; i < h->count; i++)
        if (s->nodes[h->list[i]].time > s->nodes[h->list[best]].time)
            best = i;
    size_t place = h->list[best];
    h->list[best] = h->list[--h->count];
    return place;
}

static int look_up(struct sides *s, const git_oid *id, git_commit **out,
                   struct error *err)
{
    char hex[STORE_ID_SIZE];
    int rc = git_commit_lookup(out, s->of->store->repo, id);
    if (!rc)
        return 0;
    git_oid_tostr(hex, sizeof(hex), id);
    return store_fail(err, rc, "history at commit '%s'", hex);
}

/* A commit that somebody's child names. */
static int meet(struct sides *s, const git_oid *id, struct error *err)
{
    git_commit *commit = NULL;
    if (marks_of(s->of->shown, id) || marks_put(&s->places, id, s->count + 1))
        return 0;
    if (look_up(s, id, &commit, err))
        return -1;
    if (s->count == s->room) {
        s->room = s->room ? 2 * s->room : 64;
        s->nodes = xrealloc(s->nodes, s->room, sizeof(*s->nodes));
    }
    hand_put(&s->hand, s->count);
    s->nodes[s->count++] = (struct node){ *id, git_commit_time(commit), 0 };
    git_commit_free(commit);
    return 0;
}

typedef int visit_parent(struct sides *s, const git_oid *parent,
                         struct error *err);

static int each_parent(struct sides *s, const git_oid *of, visit_parent *visit,
                       struct error *err)
{
    git_commit *commit = NULL;
    const git_oid id = *of; /* the list of nodes may move */
    if (parents_is_edge(s->of, &id))
        return 0;
    int rc = look_up(s, &id, &commit, err);
    for (unsigned i = 0; !rc && i < git_commit_parentcount(commit); i++)
        rc = visit(s, git_commit_parent_id(commit, i), err);
    git_commit_free(commit);
    return rc;
}

static int meet_parent(struct sides *s, const git_oid *parent,
                       struct error *err)
{
    if (meet(s, parent, err))
        return -1;
    size_t place = marks_of(&s->places, parent);
    if (place)
        s->nodes[place - 1].children++;
    return 0;
}

static int leave_parent(struct sides *s, const git_oid *parent,
                        struct error *err)
{
    size_t place = marks_of(&s->places, parent);
    (void)err;
    if (place && --s->nodes[place - 1].children == 0)
        hand_put(&s->hand, place - 1);
    return 0;
}

/* `last` is where the sides meet, SIZE_MAX: nowhere. It is the end of the
 * order, and the list of `of` is filled from behind. */
static int put_in_order(struct sides *s, size_t last, struct error *err)
{
    struct parents *p = s->of;
    size_t at = s->count;
    p->next = xrealloc(p->next, s->count + 1, sizeof(*p->next));
    p->next_count = s->count;
    if (last != SIZE_MAX)
        p->next[0] = s->nodes[last].id;
    s->hand.count = 0;
    for (size_t i = 0; i < s->count; i++) {
        marks_put(p->shown, &s->nodes[i].id, 1);
        if (!s->nodes[i].children && i != last)
            hand_put(&s->hand, i);
    }
    while (s->hand.count) {
        size_t place = hand_take(s);
        if (place == last)
            continue;
        p->next[--at] = s->nodes[place].id;
        if (each_parent(s, &s->nodes[place].id, leave_parent, err))
            return -1;
    }
    return 0;
}

/* Is the one at hand built on what was opened already? Then it is a side that a
 * wrong clock dates too early, and the sides did not meet in it. */
static int is_late_side(struct sides *s, bool *late, struct error *err)
{
    git_oid id = s->nodes[s->hand.list[0]].id;
    *late = false;
    for (int i = 0; i < LATE_SIDE_COMMITS && !*late; i++) {
        git_commit *commit = NULL;
        if (parents_is_edge(s->of, &id))
            return 0;
        if (look_up(s, &id, &commit, err))
            return -1;
        bool on = git_commit_parentcount(commit) > 0;
        if (on)
            id = *git_commit_parent_id(commit, 0);
        git_commit_free(commit);
        if (!on)
            return 0;
        *late = marks_of(&s->places, &id) != 0;
    }
    return 0;
}

static int open_sides(struct sides *s, struct error *err)
{
    while (s->hand.count) {
        bool late = true;
        if (s->hand.count == 1 && is_late_side(s, &late, err))
            return -1;
        if (!late)
            return 0;
        if (each_parent(s, &s->nodes[hand_take(s)].id, meet_parent, err))
            return -1;
    }
    return 0;
}

int sides_of(struct parents *p, struct error *err)
{
    struct sides s = { .of = p };
    size_t last = SIZE_MAX;
    int rc = 0;
    if (!p->shown)
        p->shown = xcalloc(1, sizeof(*p->shown));
    for (unsigned i = 0; !rc && i < git_commit_parentcount(p->at); i++)
        rc = meet(&s, git_commit_parent_id(p->at, i), err);
    if (!rc)
        rc = open_sides(&s, err);
    if (s.hand.count)
        last = s.hand.list[0];
    if (!rc)
        rc = put_in_order(&s, last, err);
    marks_release(&s.places);
    free(s.hand.list);
    free(s.nodes);
    return rc;
}
