/* First our line back to where the remote was; then the remote's history, in
 * any order, until it meets that line. Both end at the edge of a shallow
 * clone, whose commits came from the remote. Where the remote only grew, this
 * looks at what is new on either side and little further. */
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_line.h"
#include "store/store_marks.h"
#include "store/store_parents.h"
#include "sys/xmalloc.h"

struct stack {
    git_oid *ids;
    size_t count, room;
};

#define VISITED SIZE_MAX

/* A side that parted from the line longer ago than this before what they had
 * is followed only when that has not been found otherwise. */
#define PARTED_S 86400

static void push(struct stack *s, const git_oid *id)
{
    if (s->count == s->room) {
        s->room = s->room ? 2 * s->room : 64;
        s->ids = xrealloc(s->ids, s->room, sizeof(*s->ids));
    }
    s->ids[s->count++] = *id;
}

/* `base` NULL: not known. `*met`: our line is built on it. It may be one side
 * of a merge that is our own: then the others still count. */
static int collect(struct store *s, const git_oid *base, struct stack *line,
                   bool *met, struct error *err)
{
    struct parents p;
    int rc = parents_begin(&p, s, err);
    *met = false;
    while (!rc && p.at && !p.edge) {
        const git_oid *id = git_commit_id(p.at);
        bool is_base = base && git_oid_equal(id, base);
        *met |= is_base;
        if (is_base && !p.next_count)
            break;
        push(line, id);
        rc = parents_next(&p, err);
    }
    parents_end(&p);
    return rc;
}

/* What they have of our line, and what their history is made of. */
struct meeting {
    struct store *store;
    const struct stack *line;
    const git_oid *base; /* what they had; NULL: not known */
    bool base_on_line;
    bool base_seen; /* their history holds what they had */
    int64_t old_s;  /* a commit before this waits until the rest is done */
    bool *taken;    /* theirs, of the line; owned */
    struct marks marks;
    struct stack todo, later;
};

typedef void visit_parent(struct meeting *m, const git_commit *child,
                          const git_oid *parent);

/* One that is not here stands behind the edge of a shallow clone. */
static int each_parent(struct meeting *m, const git_oid *id,
                       visit_parent *visit, struct error *err)
{
    git_commit *commit = NULL;
    int rc = git_commit_lookup(&commit, m->store->repo, id);
    for (unsigned i = 0; !rc && i < git_commit_parentcount(commit); i++)
        visit(m, commit, git_commit_parent_id(commit, i));
    git_commit_free(commit);
    return rc && rc != GIT_ENOTFOUND ? store_fail(err, rc, "history") : 0;
}

static void put_off(struct meeting *m, const git_commit *child,
                    const git_oid *parent)
{
    push(git_commit_time(child) < m->old_s ? &m->later : &m->todo, parent);
}

static void take_parent(struct meeting *m, const git_commit *child,
                        const git_oid *parent)
{
    size_t at = marks_of(&m->marks, parent);
    (void)child;
    m->base_seen |= m->base && git_oid_equal(m->base, parent);
    if (at && at != VISITED)
        m->taken[at - 1] = true;
}

/* What they have of our line they have with all that it is built on, however
 * old that is. Each stands before its parents there. */
static int take(struct meeting *m, size_t from, struct error *err)
{
    int rc = 0;
    m->taken[from] = true;
    for (size_t i = from; i < m->line->count && !rc; i++)
        if (m->taken[i])
            rc = each_parent(m, &m->line->ids[i], take_parent, err);
    return rc;
}

static int visit(struct meeting *m, const git_oid *id, struct error *err)
{
    size_t was = marks_put(&m->marks, id, VISITED);
    bool is_base = m->base && git_oid_equal(m->base, id);
    m->base_seen |= is_base;
    if (was == VISITED || (was && m->taken[was - 1]))
        return 0;
    if (was)
        return take(m, was - 1, err);
    return is_base && m->base_on_line ? 0 : each_parent(m, id, put_off, err);
}

static int meet(struct meeting *m, const git_oid *theirs, struct error *err)
{
    int rc = 0;
    push(&m->todo, theirs);
    while (m->todo.count && !rc) {
        const git_oid id = m->todo.ids[--m->todo.count];
        rc = visit(m, &id, err);
        if (m->todo.count || m->base_seen)
            continue;
        const struct stack empty = m->todo;
        m->todo = m->later;
        m->later = empty;
    }
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

/* A commit without a known time is never old. */
static int64_t old_of(struct store *s, const git_oid *base)
{
    git_commit *commit = NULL;
    int64_t at_s = INT64_MIN;
    if (base && git_commit_lookup(&commit, s->repo, base) == 0)
        at_s = git_commit_time(commit) - PARTED_S;
    git_commit_free(commit);
    return at_s;
}

/* What the base is built on is theirs too, where our line has a side of it. */
static int leave_out(struct meeting *m, const struct stack *line,
                     struct line *out, const git_oid *theirs, struct error *err)
{
    int rc = meet(m, theirs, err);
    out->replaced = m->base && !m->base_seen;
    if (!rc && m->base && m->base_on_line && marks_of(&m->marks, m->base))
        rc = meet(m, m->base, err);
    for (size_t i = 0; i < line->count && !rc; i++)
        if (!m->taken[i])
            out->ids[out->count++] = line->ids[i];
    return rc;
}

int line_find(struct store *s, struct line *out, struct error *err)
{
    git_oid theirs, base;
    bool base_known = false;
    struct stack line = { NULL, 0, 0 };

    *out = (struct line){ .count = 0 };
    if (heard(s, &theirs, &base, &base_known, err))
        return -1;
    struct meeting m = { .store = s,
                         .line = &line,
                         .base = base_known ? &base : NULL };
    m.old_s = old_of(s, m.base);
    int rc = collect(s, m.base, &line, &m.base_on_line, err);
    m.taken = xcalloc(line.count + 1, sizeof(*m.taken));
    out->ids = xcalloc(line.count + 1, sizeof(*out->ids));
    for (size_t i = 0; i < line.count; i++)
        marks_put(&m.marks, &line.ids[i], i + 1);
    if (!rc)
        rc = leave_out(&m, &line, out, &theirs, err);
    git_oid_tostr(out->theirs, sizeof(out->theirs), &theirs);
    marks_release(&m.marks);
    free(m.taken);
    free(m.todo.ids);
    free(m.later.ids);
    free(line.ids);
    return rc;
}

void line_release(struct line *l)
{
    free(l->ids);
    *l = (struct line){ .count = 0 };
}
