/* What the child of a conversation does. It adds objects, here or there, and
 * moves no reference of this repository. */
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/remote_url.h"
#include "store/store_locks.h"
#include "store/store_tags.h"
#include "sys/clock.h"
#include "sys/fault_point.h"
#include "sys/xmalloc.h"

#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 7
#define CAN_BE_SHALLOW 1
#endif

enum { TAGS_MAX = 1000, LISTS_MOST = 500, LISTS_APART_MS = 2 };

/* Where objects wait in a remote at a path, by the commit. */
#define INCOMING "refs/gridwatch/incoming/"

struct task {
    const struct store *store;
    enum talk_topic topic;
    int64_t budget_ms;
};

/* One conversation, on the child's side. */
struct leader {
    struct login_try login; /* first: it is the payload of all callbacks */
    const struct store *s;
    enum talk_topic topic;
    int64_t budget_ms; /* of all of it */
    git_remote *remote;
    git_oid theirs; /* when the sheet says `has` */
};

static int on_sideband(const char *words, int len, void *payload)
{
    struct heard *h = ((struct login_try *)payload)->sheet;
    heard_add(h->said, sizeof(h->said), words, len > 0 ? (size_t)len : 0);
    return 0;
}

static int on_status(const char *ref, const char *status, void *payload)
{
    struct heard *h = ((struct login_try *)payload)->sheet;
    if (status)
        heard_status(h, ref, status);
    return 0;
}

static void set_callbacks(struct leader *l, git_remote_callbacks *c)
{
    git_remote_init_callbacks(c, GIT_REMOTE_CALLBACKS_VERSION);
    c->sideband_progress = on_sideband;
    c->push_update_reference = on_status;
    c->payload = &l->login;
    login_callbacks(c);
}

/* The address is not written into the repository: the configuration is the
 * one place for it. No "insteadOf" is looked for: none is wanted, and libgit2
 * 1.5 leaks memory doing it. */
static int make_remote(struct leader *l)
{
    git_remote_create_options o;
    git_remote_create_options_init(&o, GIT_REMOTE_CREATE_OPTIONS_VERSION);
    o.repository = l->s->repo;
    o.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF;
    return git_remote_create_with_opts(&l->remote, l->s->remote, &o);
}

static int find_branch(struct leader *l, const git_remote_head ***heads,
                       size_t *count)
{
    struct heard *h = l->login.sheet;
    int rc = git_remote_ls(heads, count, l->remote);
    for (size_t i = 0; i < *count && !rc; i++) {
        if (strcmp((*heads)[i]->name, l->s->ref) != 0)
            continue;
        h->has = true;
        l->theirs = (*heads)[i]->oid;
        git_oid_tostr(h->tip, sizeof(h->tip), &l->theirs);
    }
    if (!rc && l->s->repo)
        tags_hear(l->s, *heads, *count, h);
    return rc;
}

static int fetch(struct leader *l)
{
    char spec[512];
    char *specs[1 + HEARD_TAGS] = { spec };
    git_strarray list = { specs, 1 };
    struct heard *h = l->login.sheet;
    git_fetch_options o;
    git_fetch_options_init(&o, GIT_FETCH_OPTIONS_VERSION);
    set_callbacks(l, &o.callbacks);
    o.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
    o.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
#ifdef CAN_BE_SHALLOW /* not by ssh: 1.8.4 asks for it in broken words */
    if (l->topic == TALK_CLONE && remote_url_kind(l->s->remote) == REMOTE_HTTP)
        o.depth = 1;
#endif
    snprintf(spec, sizeof(spec), "+%s:%s", l->s->ref, l->s->tracking);
    for (size_t i = 0; i < h->tag_count; i++)
        specs[list.count++] = h->tags[i].ref;
    return git_remote_download(l->remote, &list, &o);
}

static bool has_head(const git_remote_head **heads, size_t count,
                     const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(heads[i]->name, name) == 0)
            return true;
    return false;
}

static void add_spec(git_strarray *specs, const char *from, const char *to)
{
    size_t room = strlen(from) + strlen(to) + 2;
    char *spec = xcalloc(room, 1);
    snprintf(spec, room, "%s:%s", from, to);
    specs->strings[specs->count++] = spec;
}

/* A tag that is there, whatever it names, stays what it is; one goes when what
 * it names is there. */
static int add_tags(struct leader *l, const git_remote_head **heads,
                    size_t count, git_strarray *specs)
{
    git_strarray tags = { NULL, 0 };
    char ref[300];
    int rc = git_tag_list(&tags, l->s->repo);
    for (size_t i = 0; i < tags.count && !rc && specs->count < TAGS_MAX; i++) {
        int n = snprintf(ref, sizeof(ref), "refs/tags/%s", tags.strings[i]);
        if ((size_t)n < sizeof(ref) && l->login.sheet->has &&
            !has_head(heads, count, ref) && tag_may_go(l->s, ref, &l->theirs))
            add_spec(specs, ref, ref);
    }
    git_strarray_dispose(&tags);
    return rc;
}

/* Is nothing lost there when its branch becomes ours? */
static int check_forward(struct leader *l, const git_oid *ours)
{
    struct heard *h = l->login.sheet;
    if (!h->has || git_oid_equal(&l->theirs, ours))
        return 0;
    git_odb *odb = NULL;
    int rc = git_repository_odb(&odb, l->s->repo);
    if (rc)
        return rc;
    h->behind = git_odb_exists(odb, &l->theirs) != 1;
    git_odb_free(odb);
    if (h->behind)
        return 0;
    rc = git_graph_descendant_of(l->s->repo, ours, &l->theirs);
    h->behind = rc == 0;
    return rc < 0 ? rc : 0;
}

/* At a path libgit2 lists the references and then looks each one up, when it
 * connects and once more behind an upload. One that another pusher takes away
 * in between (INCOMING) ends that, as an error of a reference: the next list
 * does not have it. Where they come and go all the time it takes many; the
 * child that lists is ended with its budget. */
static bool list_anew(const struct leader *l, int rc, int *lists)
{
    const git_error *last = git_error_last();
    bool vanished = rc == GIT_ENOTFOUND || (rc == GIT_ERROR && last &&
                                            last->klass == GIT_ERROR_REFERENCE);
    if (!vanished || ++*lists >= LISTS_MOST ||
        remote_url_kind(l->s->remote) != REMOTE_PATH)
        return false;
    clock_sleep_ms(LISTS_APART_MS);
    return true;
}

static int connect_to(struct leader *l)
{
    git_remote_connect_options o;
    git_direction direction =
        l->topic == TALK_PUSH ? GIT_DIRECTION_PUSH : GIT_DIRECTION_FETCH;
    int rc, lists = 0;
    git_remote_connect_options_init(&o, GIT_REMOTE_CONNECT_OPTIONS_VERSION);
    set_callbacks(l, &o.callbacks);
    /* The token is for the host of the address, not for where that sends us. */
    o.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
    do
        rc = git_remote_connect_ext(l->remote, direction, &o);
    while (list_anew(l, rc, &lists));
    return rc;
}

static int upload(struct leader *l, git_strarray *specs)
{
    git_push_options o;
    int rc, lists = 0;
    git_push_options_init(&o, GIT_PUSH_OPTIONS_VERSION);
    set_callbacks(l, &o.callbacks);
    o.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
    do
        rc = git_remote_upload(l->remote, specs, &o);
    while (list_anew(l, rc, &lists) && !git_remote_disconnect(l->remote) &&
           !connect_to(l));
    if (rc == GIT_ENONFASTFORWARD)
        l->login.sheet->behind = true;
    return rc;
}

/* What pushers that were killed left there: the name of another's objects may
 * go at any time, they do not go with it. */
static void sweep_there(git_repository *there)
{
    const char *name;
    git_reference_iterator *all = NULL;
    if (git_reference_iterator_glob_new(&all, there, INCOMING "*"))
        return;
    while (git_reference_next_name(&name, all) == 0)
        git_reference_remove(there, name);
    git_reference_iterator_free(all);
}

/* To a path libgit2 1.5 moves the branch without a look at where it is now:
 * of two who push at the same time, one would lose its commits. So the objects
 * go there under another name, and the branch moves only from what was seen. */
static int move_there(struct leader *l, const git_oid *ours)
{
    git_repository *there = NULL;
    git_reference *ref = NULL;
    struct heard *h = l->login.sheet;
    const char *path = remote_url_path(l->s->remote);
    int rc = git_repository_open_ext(&there, path,
                                     GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
    if (!rc)
        rc = h->has ? git_reference_create_matching(&ref, there, l->s->ref,
                                                    ours, 1, &l->theirs, "push")
                    : store_first_branch(l->s, there, ours, "push");
    h->raced = rc == GIT_EMODIFIED || rc == GIT_EEXISTS;
    if (rc == GIT_ELOCKED)
        heard_status(h, l->s->ref,
                     "cannot lock ref; if no other program pushes, remove its "
                     ".lock");
    git_reference_free(ref);
    if (there)
        sweep_there(there);
    git_repository_free(there);
    return rc;
}

static int push_branch(struct leader *l, const git_oid *ours,
                       git_strarray *specs)
{
    char way[128] = INCOMING;
    bool here = remote_url_kind(l->s->remote) == REMOTE_PATH;
    git_oid_tostr(way + strlen(way), STORE_ID_SIZE, ours);
    bool move = !l->login.sheet->has || !git_oid_equal(&l->theirs, ours);
    if (here)
        store_unlock_within(remote_url_path(l->s->remote), l->budget_ms);
    if (move)
        add_spec(specs, l->s->ref, here ? way : l->s->ref);
    int rc = specs->count ? upload(l, specs) : 0;
    FAULT_POINT("child-sent");
    if (!rc && move && here)
        rc = move_there(l, ours);
    FAULT_POINT("child-moved");
    return rc;
}

static int push(struct leader *l, const git_remote_head **heads, size_t count)
{
    git_oid ours;
    git_strarray specs = { xcalloc(TAGS_MAX + 2, sizeof(char *)), 0 };
    int rc = git_reference_name_to_id(&ours, l->s->repo, l->s->ref);
    if (!rc)
        rc = check_forward(l, &ours);
    if (!rc && !l->login.sheet->behind)
        rc = add_tags(l, heads, count, &specs);
    if (!rc && !l->login.sheet->behind)
        rc = push_branch(l, &ours, &specs);
    for (size_t i = 0; i < specs.count; i++)
        free(specs.strings[i]);
    free(specs.strings);
    return rc;
}

static int lead(struct leader *l)
{
    const git_remote_head **heads = NULL;
    size_t count = 0;
    int rc = login_prepare(&l->login);
    if (!rc)
        rc = make_remote(l);
    if (!rc)
        rc = connect_to(l);
    if (!rc)
        rc = find_branch(l, &heads, &count);
    if (rc || l->topic == TALK_LIST)
        return rc;
    if (l->topic == TALK_PUSH)
        return push(l, heads, count);
    rc = l->login.sheet->has ? fetch(l) : 0;
    FAULT_POINT("child-fetched");
    return rc;
}

/* A key that the server does not know makes it ask again; a failure before
 * that is one of the key itself, unless it names something else. */
static enum talk_stop stop_of_key(int code, const char *why)
{
    static const char fail[] = "ailed to authenticate SSH session";
    const char *at = strstr(why, fail);
    if (code == GIT_EAUTH)
        return STOP_KEY_REFUSED;
    if (!at)
        return STOP_NONE;
    at += strlen(fail);
    at += strspn(at, ": ");
    return !at[0] || strstr(at, "rivate key") || strstr(at, "passphrase")
               ? STOP_BAD_KEY
               : STOP_NONE;
}

static void explain(const struct leader *l, int code)
{
    struct heard *h = l->login.sheet;
    const git_error *last = git_error_last();
    const char *why = last && last->message ? last->message : "";
    h->code = code;
    if (!h->why[0])
        heard_add(h->why, sizeof(h->why), why, strlen(why));
    if (!h->stop && remote_url_kind(l->s->remote) == REMOTE_SSH)
        h->stop = stop_of_key(code, why);
}

static void work(const void *payload, struct heard *sheet)
{
    const struct task *task = payload;
    struct leader l = { .login = { .store = task->store, .sheet = sheet },
                        .s = task->store,
                        .topic = task->topic,
                        .budget_ms = task->budget_ms };
    int rc = lead(&l);
    if (rc)
        explain(&l, rc);
    git_remote_free(l.remote);
}

void talk(const struct store *s, enum talk_topic topic, int64_t budget_ms,
          struct heard *out)
{
    const struct task task = { s, topic, budget_ms };
    child_run(budget_ms, work, &task, out);
}
