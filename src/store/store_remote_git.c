#include "store/store_talk.h"

#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

/* What the other side may say before it is cut off. */
enum { SAID_MAX = 400 };

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void talk_init(struct talk *t, const struct store *s, int64_t budget_ms)
{
    int64_t now = monotonic_ms();
    *t = (struct talk){ .store = s, .said = TEXT_INIT(SAID_MAX) };
    t->deadline_ms = budget_ms > INT64_MAX - now ? INT64_MAX : now + budget_ms;
}

int talk_go_on(struct talk *t)
{
    t->late = monotonic_ms() >= t->deadline_ms;
    return t->late ? GIT_EUSER : 0;
}

/* One line of printable text, cut at SAID_MAX. */
static void hear(struct talk *t, const char *words, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool plain = words[i] > ' ' && words[i] <= '~';
        bool gap = t->said.len && t->said.data[t->said.len - 1] == ' ';
        if (plain)
            (void)!text_append(&t->said, words + i, 1);
        else if (t->said.len && !gap)
            (void)!text_append(&t->said, " ", 1);
    }
}

static int on_sideband(const char *words, int len, void *talk)
{
    hear(talk, words, len > 0 ? (size_t)len : 0);
    return talk_go_on(talk);
}

static int on_fetch(const git_indexer_progress *stats, void *talk)
{
    (void)stats;
    return talk_go_on(talk);
}

static int on_pack(int stage, uint32_t current, uint32_t total, void *talk)
{
    (void)stage;
    (void)current;
    (void)total;
    return talk_go_on(talk);
}

static int on_push(unsigned current, unsigned total, size_t bytes, void *talk)
{
    (void)current;
    (void)total;
    (void)bytes;
    return talk_go_on(talk);
}

static int on_status(const char *ref, const char *status, void *talk)
{
    struct talk *t = talk;
    if (!status)
        return 0;
    t->refused = true;
    hear(t, " ", 1);
    hear(t, ref, strlen(ref));
    hear(t, ": ", 2);
    hear(t, status, strlen(status));
    return 0;
}

void talk_callbacks(struct talk *t, git_remote_callbacks *c)
{
    git_remote_init_callbacks(c, GIT_REMOTE_CALLBACKS_VERSION);
    c->sideband_progress = on_sideband;
    c->transfer_progress = on_fetch;
    c->pack_progress = on_pack;
    c->push_transfer_progress = on_push;
    c->push_update_reference = on_status;
    c->payload = t;
}

int store_remote_check(const char *remote, struct error *err)
{
    if (!remote || strncmp(remote, "file://", 7) == 0)
        return 0;
    size_t scheme = strcspn(remote, ":/");
    if (remote[0] && remote[scheme] != ':')
        return 0;
    /* The rest of the address may hold a password. */
    return error_set(err, FAULT_CONFIG,
                     "remote '%.*s...' is not built yet: name a path or a "
                     "file:// address",
                     (int)(scheme < 12 ? scheme : 12), remote);
}

static int fail_remote(const char *remote, int code, struct error *err)
{
    const char *path = strncmp(remote, "file://", 7) ? remote : remote + 7;
    if (store_is_foreign(path))
        return error_set(err, FAULT_CONFIG,
                         "remote '%s' belongs to another user: give it to this "
                         "one (chown -R) or run as its owner",
                         remote);
    if (access(path, F_OK))
        return error_set(err, FAULT_TRANSIENT,
                         "remote '%s' is not there: mount it, or make it with "
                         "'gridwatch init --create-remote'",
                         remote);
    store_fail(err, code, "remote '%s'", remote);
    if (err)
        err->fault = FAULT_TRANSIENT;
    return -1;
}

int talk_fail(const struct talk *t, int code, struct error *err)
{
    const char *remote = t->store->remote;
    if (t->late)
        return error_set(err, FAULT_TRANSIENT,
                         "remote '%s': the time for it is spent", remote);
    if (code == GIT_ENONFASTFORWARD)
        return error_set(err, FAULT_BUSY,
                         "remote '%s' has commits that are not here: fetch "
                         "them first",
                         remote);
    if (code)
        fail_remote(remote, code, err);
    else
        error_set(err, FAULT_TRANSIENT, "remote '%s' did not take the push",
                  remote);
    if (t->said.len && err)
        snprintf(err->msg + strlen(err->msg),
                 sizeof(err->msg) - strlen(err->msg), "; it said: %s",
                 text_str(&t->said));
    return -1;
}

int store_make_remote(const struct store *s, git_remote **out)
{
    git_remote_create_options o;
    git_remote_create_options_init(&o, GIT_REMOTE_CREATE_OPTIONS_VERSION);
    o.repository = s->repo;
    o.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF;
    return git_remote_create_with_opts(out, s->remote, &o);
}

int store_find_branch(git_remote *remote, const char *ref, bool *has,
                      git_oid *id)
{
    const git_remote_head **heads = NULL;
    size_t n = 0;
    *has = false;
    int rc = git_remote_ls(&heads, &n, remote);
    for (size_t i = 0; i < n && !rc; i++) {
        if (strcmp(heads[i]->name, ref) != 0)
            continue;
        *has = true;
        *id = heads[i]->oid;
    }
    return rc;
}

int store_remote_has_branch(const char *url, const char *ref, bool *has,
                            struct error *err)
{
    git_oid id;
    git_remote *remote = NULL;
    *has = false;
    int rc = git_remote_create_detached(&remote, url);
    if (!rc)
        rc = git_remote_connect(remote, GIT_DIRECTION_FETCH, NULL, NULL, NULL);
    if (!rc)
        rc = store_find_branch(remote, ref, has, &id);
    if (rc)
        fail_remote(url, rc, err);
    git_remote_free(remote);
    return rc ? -1 : 0;
}

int store_set_tracking(struct store *s, const git_oid *id)
{
    git_reference *ref = NULL;
    int rc = git_reference_create(&ref, s->repo, s->tracking, id, 1, "remote");
    git_reference_free(ref);
    return rc;
}
