/* First our line back to where the remote was; then the remote's history, in
 * any order, until it meets that line. Both end at the edge of a shallow
 * clone, whose commits came from the remote. Where the remote only grew, this
 * looks at what is new on either side and no further. */
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_line.h"
#include "store/store_parents.h"
#include "sys/xmalloc.h"

/* Ids with a number each; open addressing. */
struct marks {
    git_oid *keys;
    size_t *numbers; /* 0: the place is free */
    size_t count, room;
};

struct stack {
    git_oid *ids;
    size_t count, room;
};

#define VISITED SIZE_MAX

static size_t *place_of(const struct marks *m, const git_oid *id)
{
    size_t at;
    memcpy(&at, id->id, sizeof(at)); /* an id is a hash already */
    for (at %= m->room; m->numbers[at]; at = (at + 1) % m->room)
        if (git_oid_equal(&m->keys[at], id))
            break;
    return &m->numbers[at];
}

static void widen(struct marks *m)
{
    struct marks wide = { .room = m->room ? 2 * m->room : 256 };
    wide.keys = xcalloc(wide.room, sizeof(*wide.keys));
    wide.numbers = xcalloc(wide.room, sizeof(*wide.numbers));
    for (size_t i = 0; i < m->room; i++) {
        if (!m->numbers[i])
            continue;
        size_t *place = place_of(&wide, &m->keys[i]);
        wide.keys[place - wide.numbers] = m->keys[i];
        *place = m->numbers[i];
    }
    wide.count = m->count;
    free(m->keys);
    free(m->numbers);
    *m = wide;
}

/* The number that stands there, which `number` replaces when it was 0. */
static size_t mark(struct marks *m, const git_oid *id, size_t number)
{
    if (2 * m->count >= m->room)
        widen(m);
    size_t *place = place_of(m, id), was = *place;
    if (was)
        return was;
    m->keys[place - m->numbers] = *id;
    *place = number;
    m->count++;
    return 0;
}

static void push(struct stack *s, const git_oid *id)
{
    if (s->count == s->room) {
        s->room = s->room ? 2 * s->room : 64;
        s->ids = xrealloc(s->ids, s->room, sizeof(*s->ids));
    }
    s->ids[s->count++] = *id;
}

/* `base` NULL: not known. `*met`: our line is built on it. */
static int collect(struct store *s, const git_oid *base, struct stack *line,
                   bool *met, struct error *err)
{
    struct parents p;
    int rc = parents_begin(&p, s, err);
    *met = false;
    while (!rc && p.at && !p.edge) {
        const git_oid *id = git_commit_id(p.at);
        *met = base && git_oid_equal(id, base);
        if (*met)
            break;
        push(line, id);
        rc = parents_next(&p, err);
    }
    parents_end(&p);
    return rc;
}

static int push_parents(struct store *s, const git_oid *id, struct stack *todo,
                        struct error *err)
{
    git_commit *commit = NULL;
    int rc = git_commit_lookup(&commit, s->repo, id);
    for (unsigned i = 0; !rc && i < git_commit_parentcount(commit); i++)
        push(todo, git_commit_parent_id(commit, i));
    git_commit_free(commit);
    return rc && rc != GIT_ENOTFOUND ? store_fail(err, rc, "history") : 0;
}

struct meeting {
    size_t own;     /* commits of our line above the first that they have */
    bool base_seen; /* their history holds what they had */
};

/* Below our line, and below what they had if that is on it, they have what we
 * have. */
static int meet(struct store *s, const git_oid *theirs, const git_oid *base,
                bool base_on_line, struct marks *marks, struct meeting *m,
                struct error *err)
{
    struct stack todo = { NULL, 0, 0 };
    int rc = 0;
    push(&todo, theirs);
    while (todo.count && !rc) {
        git_oid id = todo.ids[--todo.count];
        size_t was = mark(marks, &id, VISITED);
        bool is_base = base && git_oid_equal(&id, base);
        m->base_seen |= is_base;
        if (was && was != VISITED) {
            m->own = was - 1 < m->own ? was - 1 : m->own;
            m->base_seen |= base_on_line;
        } else if (!was && !(is_base && base_on_line)) {
            rc = push_parents(s, &id, &todo, err);
        }
    }
    free(todo.ids);
    return rc;
}

static int heard(struct store *s, git_oid *theirs, git_oid *base,
                 bool *base_known, struct error *err)
{
    int rc = git_reference_name_to_id(theirs, s->repo, s->tracking);
    if (rc == GIT_ENOTFOUND)
        return error_set(err, FAULT_MISSING,
                         "the remote's '%s' has not been fetched", s->ref);
    *base_known = s->base[0] != '\0';
    if (!rc && *base_known)
        rc = git_oid_fromstr(base, s->base);
    return rc ? store_fail(err, rc, "branch '%s'", s->tracking) : 0;
}

int line_find(struct store *s, struct line *out, struct error *err)
{
    git_oid theirs, base;
    bool base_known = false, met = false;
    struct stack line = { NULL, 0, 0 };
    struct marks marks = { NULL, NULL, 0, 0 };

    *out = (struct line){ .count = 0 };
    if (heard(s, &theirs, &base, &base_known, err))
        return -1;
    const git_oid *was = base_known ? &base : NULL;
    int rc = collect(s, was, &line, &met, err);
    for (size_t i = 0; i < line.count; i++)
        mark(&marks, &line.ids[i], i + 1);
    struct meeting m = { line.count, false };
    if (!rc)
        rc = meet(s, &theirs, was, met, &marks, &m, err);
    git_oid_tostr(out->theirs, sizeof(out->theirs), &theirs);
    out->ids = line.ids;
    out->count = m.own;
    out->replaced = was && !m.base_seen;
    free(marks.keys);
    free(marks.numbers);
    return rc;
}

void line_release(struct line *l)
{
    free(l->ids);
    *l = (struct line){ .count = 0 };
}
