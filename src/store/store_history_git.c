/* History, step by step. */
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_marks.h"
#include "store/store_parents.h"
#include "sys/xmalloc.h"

#define SHALLOW_BYTES ((size_t)4 << 20)

bool store_is_shallow(const struct store *s)
{
    return git_repository_is_shallow(s->repo) == 1;
}

/* git's own file: a commit a line. */
static int read_edges(struct parents *p, struct error *err)
{
    struct text list = TEXT_INIT(SHALLOW_BYTES), path = TEXT_INIT(4096);
    if (!store_is_shallow(p->store))
        return 0;
    text_printf(&path, "%s/shallow", p->store->path);
    int rc = text_read_file(&list, text_str(&path), err);
    const char *at = text_str(&list);
    p->edges = xcalloc(list.len / STORE_ID_SIZE + 1, sizeof(*p->edges));
    for (; !rc && strlen(at) >= STORE_ID_SIZE - 1;) {
        rc = git_oid_fromstrn(&p->edges[p->edge_count], at, STORE_ID_SIZE - 1);
        if (rc)
            rc = error_set(err, FAULT_IO, "file '%s' holds no commits",
                           text_str(&path));
        p->edge_count += !rc;
        at += STORE_ID_SIZE - 1;
        at += *at == '\n';
    }
    text_release(&list);
    text_release(&path);
    return rc;
}

static void stand_at(struct parents *p, git_commit *commit)
{
    git_commit_free(p->at);
    p->at = commit;
    p->edge = commit && parents_is_edge(p, git_commit_id(commit));
}

bool parents_is_edge(const struct parents *p, const git_oid *id)
{
    bool edge = false;
    for (size_t i = 0; i < p->edge_count && !edge; i++)
        edge = git_oid_equal(id, &p->edges[i]);
    return edge;
}

int parents_begin(struct parents *p, struct store *s, struct error *err)
{
    git_oid id;
    git_commit *commit = NULL;
    *p = (struct parents){ .store = s };
    if (!s->tip[0])
        return 0;
    if (read_edges(p, err))
        return -1;
    int rc = git_oid_fromstr(&id, s->tip);
    if (!rc)
        rc = git_commit_lookup(&commit, s->repo, &id);
    if (rc)
        return store_fail(err, rc, "commit '%s'", s->tip);
    stand_at(p, commit);
    return 0;
}

static int go_to(struct parents *p, const git_oid *id, struct error *err)
{
    char hex[STORE_ID_SIZE];
    git_commit *commit = NULL;
    int rc = git_commit_lookup(&commit, p->store->repo, id);
    if (rc) {
        git_oid_tostr(hex, sizeof(hex), git_commit_id(p->at));
        return store_fail(err, rc, "history before commit '%s'", hex);
    }
    stand_at(p, commit);
    return 0;
}

int parents_to(struct parents *p, unsigned which, struct error *err)
{
    if (!p->edge && which < git_commit_parentcount(p->at))
        return go_to(p, git_commit_parent_id(p->at, which), err);
    stand_at(p, NULL);
    return 0;
}

int parents_next(struct parents *p, struct error *err)
{
    unsigned count = p->edge ? 0 : git_commit_parentcount(p->at);
    if (!p->next_count && count > 1 && sides_of(p, err))
        return -1;
    if (p->next_count)
        return go_to(p, &p->next[--p->next_count], err);
    if (count == 1 &&
        !(p->shown && marks_of(p->shown, git_commit_parent_id(p->at, 0))))
        return parents_to(p, 0, err);
    stand_at(p, NULL);
    return 0;
}

void parents_end(struct parents *p)
{
    stand_at(p, NULL);
    free(p->edges);
    free(p->next);
    if (p->shown)
        marks_release(p->shown);
    free(p->shown);
    *p = (struct parents){ 0 };
}

int64_t parents_ms(const struct parents *p)
{
    return (int64_t)git_commit_time(p->at) * 1000;
}

bool parents_leave(const struct parents *p)
{
    return strncmp(git_commit_message(p->at), STORE_LEAVE,
                   strlen(STORE_LEAVE)) == 0;
}

/* The id of what the commit has at `path`; zero when it has nothing. */
static int id_in_commit(git_commit *commit, const char *path, git_oid *id)
{
    git_tree *root = NULL;
    git_tree_entry *entry = NULL;
    static const git_oid nothing;
    *id = nothing;
    int rc = git_commit_tree(&root, commit);
    if (!rc)
        rc = git_tree_entry_bypath(&entry, root, path);
    if (!rc)
        *id = *git_tree_entry_id(entry);
    git_tree_entry_free(entry);
    git_tree_free(root);
    return rc == GIT_ENOTFOUND ? 0 : rc;
}

/* A parent that has `now` there as well: what the others did does not matter.
 * `*which` is the number of parents when none has. */
static int same_parent(const struct parents *p, const char *path,
                       const git_oid *now, unsigned *which)
{
    int rc = 0;
    bool same = false;
    for (*which = 0; *which < git_commit_parentcount(p->at) && !rc && !same;
         *which += !same) {
        git_commit *parent = NULL;
        git_oid id;
        rc = git_commit_parent(&parent, p->at, *which);
        if (!rc)
            rc = id_in_commit(parent, path, &id);
        same = !rc && git_oid_equal(&id, now);
        git_commit_free(parent);
    }
    return rc;
}

/* Goes back to the commit that changed what the tip has at `path`; none when
 * the walk is over without one. A root commit changed everything it has. */
static int find_change(struct parents *p, const char *path,
                       char hex[STORE_ID_SIZE], struct error *err)
{
    git_oid now;
    unsigned which = 0;
    int rc = p->at ? id_in_commit(p->at, path, &now) : 0;
    for (int i = 0; i < STORE_WALK_MAX && p->at && !p->edge && !rc; i++) {
        rc = same_parent(p, path, &now, &which);
        if (!rc && which == git_commit_parentcount(p->at)) {
            git_oid_tostr(hex, STORE_ID_SIZE, git_commit_id(p->at));
            return 0;
        }
        if (!rc && parents_to(p, which, err))
            return -1;
    }
    return rc ? store_fail(err, rc, "history of '%s'", path) : 0;
}

int store_last_commit_of(struct store *s, const char *path,
                         char hex[STORE_ID_SIZE], struct error *err)
{
    struct parents p;
    hex[0] = '\0';
    if (store_blob_id(s, path, hex, err))
        return -1;
    hex[0] = '\0';
    int rc = parents_begin(&p, s, err);
    if (!rc)
        rc = find_change(&p, path, hex, err);
    parents_end(&p);
    if (rc || hex[0])
        return rc;
    return error_set(err, FAULT_MISSING,
                     "file '%s' was not changed in the last %d commits%s", path,
                     STORE_WALK_MAX,
                     store_is_shallow(s) ? " or before this clone begins" : "");
}

/* Of a merge's sides the one that goes on with our own commits, whichever is
 * named first: that is the line which has the documents. */
static unsigned main_side(const struct parents *p)
{
    bool ours = false;
    unsigned count = p->edge ? 0 : git_commit_parentcount(p->at), i = 0;
    for (; count > 1 && i < count && !ours; i += !ours) {
        git_commit *parent = NULL;
        ours = git_commit_parent(&parent, p->at, i) == 0 &&
               strcmp(git_commit_committer(parent)->email,
                      p->store->author_email) == 0;
        git_commit_free(parent);
    }
    return ours ? i : 0;
}

int store_commit_before(struct store *s, int64_t before_ms, size_t most,
                        char hex[STORE_ID_SIZE], int64_t *at_ms,
                        struct error *err)
{
    struct parents p;
    hex[0] = '\0';
    int rc = parents_begin(&p, s, err);
    for (; !rc && p.at && most > 0; most--) {
        if (parents_ms(&p) < before_ms) {
            git_oid_tostr(hex, STORE_ID_SIZE, git_commit_id(p.at));
            *at_ms = parents_ms(&p);
            break;
        }
        rc = parents_to(&p, main_side(&p), err);
    }
    parents_end(&p);
    return rc;
}
