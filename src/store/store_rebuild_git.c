/* Own commits once more, on the tip that the remote has now.
 *
 * Own are the commits from the tip back to those that the remote has, or had
 * when last heard: what was taken away there is not put back by us. Each
 * becomes a commit with the same message, author and times, one behind the
 * other; a merge of our own one with what it did itself. They are made in
 * memory and packed some at a time; objects that nobody names are all that a
 * crash leaves. Then one reference moves. */
#include <git2.h>
#include <git2/sys/mempack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_draft.h"
#include "store/store_line.h"
#include "store/store_parents.h"
#include "store/store_tags.h"
#include "sys/fault_point.h"
#include "sys/xmalloc.h"

/* Commits in one pack: what they are made of is in memory until then. */
enum { COMMITS_PER_PACK = 64 };

struct rebuild {
    struct store *store; /* its tip seen is the one under construction */
    const struct store_rules *rules;
    struct store_rebuilt *out;
    struct new_objects *pack; /* owned */
    size_t unpacked;
    struct store_moved *moved; /* of every own commit; owned */
    size_t moved_count;
};

static int flush(struct rebuild *r, struct error *err)
{
    struct new_objects *pack = r->pack;
    r->pack = NULL;
    r->unpacked = 0;
    int rc = pack ? store_pack_end(pack, err) : 0;
    git_mempack_reset(r->store->fresh);
    return rc;
}

/* Its author, its message and both its times are those of the own commit. */
static int commit_like(struct rebuild *r, const char *own,
                       struct store_draft *d, struct error *err)
{
    git_oid id;
    git_commit *model = NULL;
    int rc = git_oid_fromstr(&id, own);
    if (!rc)
        rc = git_commit_lookup(&model, r->store->repo, &id);
    rc = rc ? store_fail(err, rc, "commit '%s'", own)
            : store_draft_commit(r->store, d, git_commit_author(model),
                                 git_commit_committer(model),
                                 git_commit_message(model), err);
    git_commit_free(model);
    return rc;
}

static int add(struct rebuild *r, const struct store_draft *d,
               struct error *err)
{
    if (!r->pack)
        r->pack = new_objects_begin(r->store);
    if (store_pack_draft(r->pack, d, err))
        return -1;
    memcpy(r->store->tip, d->commit, sizeof(r->store->tip));
    FAULT_POINT("rebuild-made");
    return ++r->unpacked == COMMITS_PER_PACK ? flush(r, err) : 0;
}

static int add_own(struct rebuild *r, const char *own, struct store_draft *d,
                   struct error *err)
{
    if (commit_like(r, own, d, err) || add(r, d, err))
        return -1;
    r->out->commits++;
    return 0;
}

static int put_kept(struct rebuild *r, const struct store_commit *own,
                    const bool *keep, struct error *err)
{
    struct store_draft d = { .count = 0 };
    d.puts = xcalloc(own->count + 1, sizeof(*d.puts));
    for (size_t i = 0; i < own->count; i++) {
        if (!keep[i])
            continue;
        d.puts[d.count].path = own->edits[i].path;
        memcpy(d.puts[d.count++].blob, own->edits[i].after, STORE_ID_SIZE);
    }
    r->out->files_dropped += own->count - d.count;
    memcpy(d.parent, r->store->tip, sizeof(d.parent));
    int rc = store_draft_tree(r->store, &d, err);
    if (!rc && store_draft_changes_nothing(&d))
        r->out->empty++;
    else if (!rc)
        rc = add_own(r, own->hex, &d, err);
    store_draft_release(&d);
    return rc;
}

static int put_one(const struct store_commit *own, void *payload,
                   struct error *err)
{
    struct rebuild *r = payload;
    bool *keep = xcalloc(own->count + 1, sizeof(*keep));
    for (size_t i = 0; i < own->count; i++)
        keep[i] = true;
    const struct store_rules *rules = r->rules;
    int rc =
        rules->keep ? rules->keep(r->store, own, keep, rules->payload, err) : 0;
    if (!rc)
        rc = put_kept(r, own, keep, err);
    if (!rc) {
        struct store_moved *m = &r->moved[r->moved_count++];
        memcpy(m->from, own->hex, sizeof(m->from));
        memcpy(m->to, r->store->tip, sizeof(m->to));
    }
    free(keep);
    return rc ? -1 : 0;
}

static int show(struct store *s, const git_oid *id, store_visit_commit *visit,
                void *payload, struct error *err)
{
    struct parents p = { .store = s };
    struct edits edits = { 0 };
    int rc = git_commit_lookup(&p.at, s->repo, id);
    if (rc)
        return store_fail(err, rc, "own commit");
    rc = edits_of(&p, &edits, err);
    if (!rc) {
        struct store_commit shown = { .message = git_commit_message(p.at),
                                      .when_ms = parents_ms(&p),
                                      .count = edits.count,
                                      .edits = edits.list };
        git_oid_tostr(shown.hex, sizeof(shown.hex), id);
        rc = visit(&shown, payload, err);
    }
    edits_release(&edits);
    parents_end(&p);
    return rc ? -1 : 0;
}

int store_own_commits(struct store *s, store_visit_commit *visit, void *payload,
                      struct error *err)
{
    struct line line;
    int rc = line_find(s, &line, err);
    for (size_t i = line.count; i > 0 && !rc; i--)
        rc = show(s, &line.ids[i - 1], visit, payload, err);
    line_release(&line);
    return rc;
}

static int put_last(struct rebuild *r, struct error *err)
{
    const struct store_rules *rules = r->rules;
    struct store_batch batch = { NULL, 0, "", 0 };
    struct store_draft d = { .count = 0 };
    int rc =
        rules->last ? rules->last(r->store, &batch, rules->payload, err) : 0;
    memcpy(d.parent, r->store->tip, sizeof(d.parent));
    if (!rc && batch.count > 0)
        rc = store_draft_batch(r->store, &batch, &d, err);
    if (!rc && d.commit[0])
        rc = add(r, &d, err);
    store_draft_release(&d);
    return rc ? -1 : 0;
}

static int put_all(struct rebuild *r, const struct line *line,
                   struct error *err)
{
    struct store *s = r->store;
    memcpy(s->tip, line->theirs, sizeof(s->tip));
    r->moved = xcalloc(line->count + 1, sizeof(*r->moved));
    for (size_t i = line->count; i > 0; i--)
        if (show(s, &line->ids[i - 1], put_one, r, err))
            return -1;
    return put_last(r, err) ? -1 : flush(r, err);
}

/* One that is there already is the same. */
static int save_old(struct store *s, const git_oid *old,
                    struct store_rebuilt *out, struct error *err)
{
    git_reference *ref = NULL;
    char hex[STORE_ID_SIZE];
    git_oid_tostr(hex, sizeof(hex), old);
    snprintf(out->saved, sizeof(out->saved), "refs/gridwatch/replaced/%s", hex);
    int rc =
        git_reference_create(&ref, s->repo, out->saved, old, 1, "replaced");
    git_reference_free(ref);
    if (rc)
        store_fail(err, rc, "reference '%s'", out->saved);
    FAULT_POINT("rebuild-saved");
    return rc ? -1 : 0;
}

/* `old` is where the branch was: it must be there still. */
static int move(struct store *s, const struct line *line, const char *old,
                struct store_rebuilt *out, struct error *err)
{
    git_oid to, from;
    int rc = git_oid_fromstr(&to, s->tip);
    memcpy(s->tip, old, sizeof(s->tip));
    if (!rc)
        rc = git_oid_fromstr(&from, old);
    if (rc)
        return store_fail(err, rc, "branch '%s'", s->ref);
    FAULT_POINT("rebuild-packed");
    if (line->replaced && save_old(s, &from, out, err))
        return -1;
    rc = store_move_branch(s, &to, "rebuild", err);
    FAULT_POINT("rebuild-moved");
    return rc;
}

int store_rebuild(struct store *s, const struct store_rules *rules,
                  struct store_rebuilt *out, struct error *err)
{
    struct rebuild r = { s, rules, out, NULL, 0, NULL, 0 };
    struct line line;
    char old[STORE_ID_SIZE];

    *out = (struct store_rebuilt){ 0 };
    memcpy(old, s->tip, sizeof(old));
    int rc = line_find(s, &line, err);
    if (!rc)
        rc = put_all(&r, &line, err);
    if (!rc)
        rc = move(s, &line, old, out, err);
    if (!rc) { /* it is done, whatever becomes of the note of it */
        memcpy(s->base, line.theirs, sizeof(s->base));
        (void)store_agreed(s, NULL);
        tags_follow(s, r.moved, r.moved_count);
    }
    if (rc) {
        new_objects_free(r.pack);
        git_mempack_reset(s->fresh);
        memcpy(s->tip, old, sizeof(s->tip));
        *out = (struct store_rebuilt){ 0 };
    }
    free(r.moved);
    line_release(&line);
    return rc;
}
