#include <git2.h>
#include <stdio.h>
#include <string.h>

#include "store/store_locks.h"
#include "store/store_tags.h"
#include "sys/clock.h"
#include "sys/fault_point.h"

int store_tracking(struct store *s, char hex[STORE_ID_SIZE], struct error *err)
{
    git_oid id;
    hex[0] = '\0';
    int rc = git_reference_name_to_id(&id, s->repo, s->tracking);
    if (rc)
        return rc == GIT_ENOTFOUND
                   ? 0
                   : store_fail(err, rc, "branch '%s'", s->tracking);
    git_oid_tostr(hex, STORE_ID_SIZE, &id);
    return 0;
}

int store_set_tracking(struct store *s, const git_oid *id, struct error *err)
{
    git_reference *ref = NULL;
    int rc =
        id ? git_reference_create(&ref, s->repo, s->tracking, id, 1, "remote")
           : git_reference_remove(s->repo, s->tracking);
    git_reference_free(ref);
    return rc && rc != GIT_ENOTFOUND
               ? store_fail(err, rc, "branch '%s'", s->tracking)
               : 0;
}

/* What the remote had before its word and ours parted stays known until that
 * is settled, also over the end of this process. */
static const char parted[] = "refs/gridwatch/parted";

static int read_base(struct store *s, char hex[STORE_ID_SIZE],
                     struct error *err)
{
    git_oid id;
    int rc = git_reference_name_to_id(&id, s->repo, parted);
    if (rc == GIT_ENOTFOUND)
        return store_tracking(s, hex, err);
    git_oid_tostr(hex, STORE_ID_SIZE, &id);
    return rc ? store_fail(err, rc, "reference '%s'", parted) : 0;
}

static int keep_base(struct store *s, enum sync_state state, struct error *err)
{
    git_oid id;
    git_reference *ref = NULL;
    bool keep = (state == SYNC_DIVERGED || state == SYNC_REPLACED) &&
                git_oid_fromstr(&id, s->base) == 0;
    int rc = keep
                 ? git_reference_create(&ref, s->repo, parted, &id, 1, "parted")
                 : git_reference_remove(s->repo, parted);
    git_reference_free(ref);
    return rc && rc != GIT_ENOTFOUND
               ? store_fail(err, rc, "reference '%s'", parted)
               : 0;
}

int store_agreed(struct store *s, struct error *err)
{
    return keep_base(s, SYNC_SAME, err);
}

/* Is `old` part of the history of `tip`? libgit2's code when it cannot tell. */
static int is_within(struct store *s, const git_oid *old, const git_oid *tip,
                     bool *within)
{
    *within = git_oid_equal(old, tip) != 0;
    if (*within)
        return 0;
    int rc = git_graph_descendant_of(s->repo, tip, old);
    *within = rc == 1;
    return rc < 0 && rc != GIT_ENOTFOUND ? rc : 0;
}

/* Was the remote's history written anew since it was last heard? */
static int is_replaced(struct store *s, const git_oid *theirs, bool *replaced)
{
    git_oid base;
    bool within = true;
    int rc = s->base[0] ? git_oid_fromstr(&base, s->base) : 0;
    if (!rc && s->base[0])
        rc = is_within(s, &base, theirs, &within);
    *replaced = !within;
    return rc;
}

static int compare(struct store *s, const git_oid *theirs,
                   enum sync_state *state)
{
    git_oid ours;
    bool here = false, there = false, replaced = false;
    if (!s->tip[0]) {
        *state = SYNC_FORWARDED;
        return 0;
    }
    int rc = git_oid_fromstr(&ours, s->tip);
    if (!rc)
        rc = is_within(s, &ours, theirs, &there);
    if (!rc)
        rc = is_within(s, theirs, &ours, &here);
    if (!rc)
        rc = is_replaced(s, theirs, &replaced);
    *state = here && there ? SYNC_SAME
             : there       ? SYNC_FORWARDED
             : here        ? SYNC_AHEAD
             : replaced    ? SYNC_REPLACED
                           : SYNC_DIVERGED;
    return rc;
}

/* What the child fetched is new to this process. */
static int refresh(struct store *s, struct error *err)
{
    git_odb *odb = NULL;
    int rc = git_repository_odb(&odb, s->repo);
    if (!rc)
        rc = git_odb_refresh(odb);
    git_odb_free(odb);
    return rc ? store_fail(err, rc, "data repository '%s'", s->path) : 0;
}

static int settle(struct store *s, const struct heard *h,
                  enum sync_state *state, struct error *err)
{
    git_oid theirs;
    enum sync_state found = SYNC_UNKNOWN;
    git_oid_fromstr(&theirs, h->tip);
    FAULT_POINT("sync-heard");
    if (refresh(s, err))
        return -1;
    tags_adopt(s, h);
    int rc = compare(s, &theirs, &found);
    if (rc)
        return store_fail(err, rc, "history of '%s'", s->ref);
    if (keep_base(s, found, err) || store_set_tracking(s, &theirs, err))
        return -1;
    *state = found;
    FAULT_POINT("sync-tracked");
    if (found == SYNC_FORWARDED)
        return store_move_branch(s, &theirs, "sync", err);
    return 0;
}

/* Writers begin with this, holding their lock: a reference that is locked here
 * is locked by one that was killed, or by a git for some milliseconds. */
static int sync_with(struct store *s, enum talk_topic topic, int64_t budget_ms,
                     enum sync_state *state, struct error *err)
{
    struct heard h;
    char base[STORE_ID_SIZE];
    int64_t begun_ms = clock_monotonic_ms();
    store_unlock_within(s->path, budget_ms);
    *state = s->remote ? SYNC_UNKNOWN : SYNC_NO_REMOTE;
    if (store_reload(s, err))
        return -1;
    if (!s->remote)
        return 0;
    if (read_base(s, base, err))
        return -1;
    int64_t took_ms = clock_monotonic_ms() - begun_ms;
    talk(s, topic, budget_ms > 0 ? budget_ms - took_ms : 0, &h);
    if (!heard_good(&h))
        return heard_fail(s, &h, err);
    memcpy(s->base, base, sizeof(s->base));
    if (h.has)
        return settle(s, &h, state, err);
    *state = SYNC_EMPTY;
    return store_agreed(s, err) || store_set_tracking(s, NULL, err) ? -1 : 0;
}

int store_sync(struct store *s, int64_t budget_ms, enum sync_state *state,
               struct error *err)
{
    return sync_with(s, TALK_FETCH, budget_ms, state, err);
}

int store_ask(const struct store *s, int64_t budget_ms, bool *has,
              struct error *err)
{
    struct heard h;
    *has = false;
    if (!s->remote)
        return error_set(err, FAULT_CONFIG, "there is no remote");
    talk(s, TALK_LIST, budget_ms, &h);
    if (!heard_good(&h))
        return heard_fail(s, &h, err);
    *has = h.has;
    return 0;
}

int store_ask_for_branch(const struct store *s, int64_t budget_ms,
                         struct error *err)
{
    bool has;
    if (store_ask(s, budget_ms, &has, err))
        return -1;
    if (!has)
        return error_set(err, FAULT_MISSING,
                         "data repository '%s' is not there and remote '%s' "
                         "has no '%s' to clone: %s",
                         s->path, s->shown, s->ref, store_how_to_begin(s));
    return 0;
}

int store_clone(struct store *s, int64_t budget_ms, struct error *err)
{
    enum sync_state state;
    if (sync_with(s, TALK_CLONE, budget_ms, &state, err))
        return -1;
    return store_is_shallow(s) ? store_attach(s, err) : 0;
}

const char *sync_state_name(enum sync_state state)
{
    static const char *const names[] = {
        [SYNC_UNKNOWN] = "unknown",   [SYNC_NO_REMOTE] = "no-remote",
        [SYNC_SAME] = "same",         [SYNC_FORWARDED] = "forwarded",
        [SYNC_AHEAD] = "ahead",       [SYNC_EMPTY] = "empty",
        [SYNC_DIVERGED] = "diverged", [SYNC_REPLACED] = "replaced",
    };
    return names[state];
}
