/* What a conversation came to, in words and as a fault. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/remote_url.h"
#include "store/store_cover.h"
#include "store/store_talk.h"

void heard_add(char *to, size_t room, const char *words, size_t len)
{
    size_t n = strlen(to);
    for (size_t i = 0; i < len && n + 1 < room; i++) {
        bool plain = words[i] > ' ' && words[i] <= '~';
        if (plain)
            to[n++] = words[i];
        else if (n && to[n - 1] != ' ')
            to[n++] = ' ';
    }
    to[n] = '\0';
}

bool heard_good(const struct heard *h)
{
    return !h->code && !h->late && !h->stop && !h->behind && !h->raced &&
           !h->status[0];
}

static bool holds(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

/* What servers say of a reference that somebody else moved first. */
static bool sounds_raced(const char *status)
{
    static const char *const words[] = {
        "cannot lock ref", "failed to update ref", "non-fast-forward",
        "fetch first",     "stale info",           "needs force"
    };
    return holds(status, words, ARRAY_LEN(words));
}

/* And of one that they will not take whoever comes first. */
static bool sounds_declined(const char *status)
{
    static const char *const words[] = { "declined", "denied",
                                         "rejected", "prohibited",
                                         "hook",     "protected",
                                         "refusing", "not allowed" };
    return holds(status, words, ARRAY_LEN(words));
}

/* A long name must not push the reason out. */
enum { REF_SHOWN = 90 };

void heard_status(struct heard *h, const char *ref, const char *status)
{
    bool tag = strncmp(ref, "refs/tags/", strlen("refs/tags/")) == 0;
    if (h->status[0] ||
        (tag && (sounds_raced(status) || strstr(status, "already exists"))))
        return;
    h->refusal = sounds_raced(status)      ? REFUSAL_RACED
                 : sounds_declined(status) ? REFUSAL_DECLINED
                                           : REFUSAL_OTHER;
    size_t len = strlen(ref);
    bool whole = len <= REF_SHOWN;
    heard_add(h->status, sizeof(h->status), ref, whole ? len : REF_SHOWN);
    heard_add(h->status, sizeof(h->status),
              whole ? ": " : "...: ", whole ? 2 : 5);
    heard_add(h->status, sizeof(h->status), status, strlen(status));
}

/* libgit2 says it in words alone. */
static bool login_refused(const struct heard *h)
{
    static const char *const words[] = { "status code: 401",
                                         "status code: 403" };
    return holds(h->why, words, ARRAY_LEN(words));
}

static const char *user_of(const struct store *s)
{
    return s->login.http_user ? s->login.http_user : "gridwatch";
}

static int fail_host_key(const struct store *s, const struct heard *h,
                         struct error *err)
{
    return error_set(
        err, FAULT_CONFIG,
        "remote '%s' shows the host key %s, which %s: ask who "
        "runs it, and only if that is its key, write it into "
        "'%s.ssh_host_keys'",
        s->shown, h->why,
        s->login.ssh_host_keys
            ? "the list there does not name"
            : "~/.ssh/known_hosts does not know or knows otherwise",
        s->names.section);
}

static int fail_key(const struct store *s, struct error *err)
{
    const char *env = s->names.secrets;
    return error_set(err, FAULT_CONFIG,
                     "remote '%s': what %sGIT_SSH_KEY_FILE (%sGIT_SSH_KEY) "
                     "gives cannot be read as a private key%s "
                     "%sGIT_SSH_PASSPHRASE: ed25519 in OpenSSH's format is "
                     "best",
                     s->shown, env, env,
                     s->login.ssh_passphrase ? " with" : ", or it needs", env);
}

static int fail_stop(const struct store *s, const struct heard *h,
                     struct error *err)
{
    const char *at = s->shown, *env = s->names.secrets;
    switch (h->stop) {
    case STOP_NO_TOKEN:
        return error_set(err, FAULT_CONFIG,
                         "remote '%s' asks for a login: set %sGIT_TOKEN", at,
                         env);
    case STOP_TOKEN_REFUSED:
        return error_set(err, FAULT_CONFIG,
                         "remote '%s' refuses the login of user '%s': "
                         "%sGIT_TOKEN is wrong, has run out or may not do this",
                         at, user_of(s), env);
    case STOP_NO_KEY:
        return error_set(err, FAULT_CONFIG,
                         "remote '%s' asks for an ssh key: set "
                         "%sGIT_SSH_KEY_FILE",
                         at, env);
    case STOP_BAD_KEY:
        return fail_key(s, err);
    case STOP_KEY_REFUSED:
        return error_set(err, FAULT_CONFIG,
                         "remote '%s' refuses the key of %sGIT_SSH_KEY_FILE: "
                         "give it the public half (of an ed25519 key: RSA "
                         "does not work), or write the right user name into "
                         "'%s.remote'",
                         at, env, s->names.section);
    case STOP_CERTIFICATE:
        return error_set(err, FAULT_CONFIG,
                         "remote '%s' shows a certificate that is not "
                         "trusted: %s; if it is the right server, name who "
                         "signed it in '%s.ca_file'",
                         at, h->why, s->names.section);
    case STOP_HOST_KEY:
        return fail_host_key(s, h, err);
    case STOP_CA_FILE:
        return error_set(err, FAULT_CONFIG, "'%s.ca_file': %s",
                         s->names.section, h->why);
    case STOP_NONE:
        break;
    }
    return error_set(err, FAULT_BUG, "remote '%s': no reason given", at);
}

static int fail_busy(const struct store *s, const char *what, struct error *err)
{
    return error_set(err, FAULT_BUSY, "remote '%s' %s: fetch first", s->shown,
                     what);
}

static int fail_status(const struct store *s, const struct heard *h,
                       struct error *err)
{
    bool raced = h->refusal == REFUSAL_RACED;
    enum fault fault = raced                            ? FAULT_BUSY
                       : h->refusal == REFUSAL_DECLINED ? FAULT_DATA
                                                        : FAULT_TRANSIENT;
    return error_set(err, fault, "remote '%s' did not take the push: %s%s",
                     s->shown, h->status,
                     raced ? " (somebody was faster)" : "");
}

/* Bare, or with a work tree. */
static bool looks_like_git(const char *path)
{
    static const char *const heads[] = { "HEAD", ".git" };
    char inside[4096];
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        snprintf(inside, sizeof(inside), "%.4000s/%s", path, heads[i]);
        if (access(inside, F_OK) == 0)
            return true;
    }
    return false;
}

const char *store_how_to_begin(const struct store *s)
{
    return s->names.reads_only
               ? "whoever writes it has not pushed yet, or its branch has "
                 "another name"
               : "run 'gridwatch init'";
}

static int fail_path(const struct store *s, const struct heard *h,
                     struct error *err)
{
    const char *path = remote_url_path(s->remote);
    if (store_is_foreign(path))
        return error_set(err, FAULT_CONFIG,
                         "remote '%s' belongs to another user: give it to this "
                         "one (chown -R) or run as its owner",
                         s->shown);
    if (access(path, F_OK))
        return error_set(err, FAULT_TRANSIENT,
                         "remote '%s' is not there: mount it%s", s->shown,
                         s->names.reads_only
                             ? ", or correct the path"
                             : ", or make it with 'gridwatch init "
                               "--create-remote'");
    if (!looks_like_git(path))
        return error_set(err, FAULT_TRANSIENT,
                         "remote '%s' is not a git repository: mount it, name "
                         "another in '%s.remote'%s",
                         s->shown, s->names.section,
                         s->names.reads_only
                             ? ""
                             : ", or move away what is there and make it with "
                               "'gridwatch init --create-remote'");
    return error_set(err, FAULT_TRANSIENT, "remote '%s': %s", s->shown, h->why);
}

static int fail_words(const struct store *s, const struct heard *h,
                      bool refused, struct error *err)
{
    if (h->late)
        return error_set(err, FAULT_TRANSIENT,
                         "remote '%s': the time for it is spent", s->shown);
    if (h->stop)
        return fail_stop(s, h, err);
    if (h->behind)
        return fail_busy(s, "has commits that are not here", err);
    if (h->raced)
        return fail_busy(s, "was moved by somebody who was faster", err);
    if (h->status[0])
        return fail_status(s, h, err);
    if (remote_url_kind(s->remote) == REMOTE_PATH)
        return fail_path(s, h, err);
    if (refused)
        return error_set(
            err, FAULT_CONFIG,
            "remote '%s' refuses: %s; %sGIT_TOKEN may not do this, "
            "or nobody may push there",
            s->shown, h->why, s->names.secrets);
    return error_set(err, FAULT_TRANSIENT, "remote '%s': %s", s->shown,
                     h->why[0] ? h->why : "no reason given");
}

int heard_fail(const struct store *s, const struct heard *h, struct error *err)
{
    struct heard shown = *h;
    struct heard_secrets secrets;
    heard_secrets_of(&secrets, &s->login);
    heard_cover(&secrets, shown.status, sizeof(shown.status), HEARD_STATUS);
    heard_cover(&secrets, shown.said, sizeof(shown.said), HEARD_SAID);
    heard_cover(&secrets, shown.why, sizeof(shown.why), HEARD_WHY);
    heard_secrets_drop(&secrets);
    fail_words(s, &shown, login_refused(h), err);
    if (!err)
        return -1;
    size_t n = strlen(err->msg);
    if (h->said[0] && !h->stop)
        snprintf(err->msg + n, sizeof(err->msg) - n, "; it said: %s",
                 shown.said);
    return -1;
}
