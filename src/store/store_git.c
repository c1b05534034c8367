#include "store/store.h"

#include <dirent.h>
#include <errno.h>
#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/remote_url.h"
#include "store/store_internal.h"
#include "sys/clock.h"
#include "sys/fault_point.h"
#include "sys/xmalloc.h"

/* What libgit2 may keep of objects it has read; its own limit is 256 MiB. */
enum { OBJECT_CACHE_BYTES = 8 << 20 };
/* Longest name of a branch, with "refs/heads/". */
enum { BRANCH_MAX = 200 };
/* For who does not say how long getting a clone may take. */
enum { CLONE_BUDGET_MS = 300000 };

static enum fault fault_of(int code, int klass)
{
    switch (code) {
    case GIT_ELOCKED:
    case GIT_EMODIFIED:
    case GIT_EEXISTS:
    case GIT_ENONFASTFORWARD:
        return FAULT_BUSY;
    case GIT_ENOTFOUND:
        return FAULT_MISSING;
    default:
        return klass == GIT_ERROR_NET || klass == GIT_ERROR_HTTP
                   ? FAULT_TRANSIENT
                   : FAULT_IO;
    }
}

int store_fail(struct error *err, int code, const char *fmt, ...)
{
    char what[480];
    const git_error *last = git_error_last();
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return error_set(err, fault_of(code, last ? last->klass : 0), "%s: %s",
                     what, last ? last->message : "no reason given");
}

static void seal_off_configuration(void)
{
    static const int levels[] = { GIT_CONFIG_LEVEL_PROGRAMDATA,
                                  GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
                                  GIT_CONFIG_LEVEL_GLOBAL };
    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
    git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)OBJECT_CACHE_BYTES);
}

/* libgit2 counts these; the last git_libgit2_shutdown() forgets the options. */
static int library_up(struct error *err)
{
    int rc = git_libgit2_init();
    if (rc < 0)
        return store_fail(err, rc, "libgit2 cannot start");
    seal_off_configuration();
    return 0;
}

static int directory_state(const char *path, bool *vacant, struct error *err)
{
    DIR *dir = opendir(path);
    *vacant = !dir && errno == ENOENT;
    if (*vacant)
        return 0;
    if (!dir && errno == ENOTDIR)
        return error_set(err, FAULT_CONFIG,
                         "'%s' is a file: name an empty or absent directory, "
                         "or a bare repository",
                         path);
    if (!dir)
        return error_set(err, FAULT_CONFIG,
                         "directory '%s' cannot be read: %s: name another, or "
                         "give it to this user",
                         path, strerror(errno));
    *vacant = true;
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            *vacant = false;
    closedir(dir);
    return 0;
}

static int make_bare(const char *path, const char *branch, struct error *err)
{
    git_repository *repo = NULL;
    git_repository_init_options o;
    git_repository_init_options_init(&o, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
    o.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH |
              GIT_REPOSITORY_INIT_NO_REINIT;
    o.initial_head = branch ? branch : "main";
    o.description = "gridwatch data repository";
    int rc = git_repository_init_ext(&repo, path, &o);
    git_repository_free(repo);
    return rc ? store_fail(err, rc, "repository '%s' cannot be made", path) : 0;
}

static int create_at(const char *path, const char *branch, struct error *err)
{
    bool vacant;
    if (directory_state(path, &vacant, err))
        return -1;
    if (!vacant)
        return error_set(err, FAULT_CONFIG,
                         "directory '%s' is not empty: name one that is empty "
                         "or absent, or use the repository that is there",
                         path);
    if (library_up(err))
        return -1;
    int rc = make_bare(path, branch, err);
    git_libgit2_shutdown();
    return rc;
}

int store_create(const struct store_options *o, struct error *err)
{
    return create_at(o->path, o->branch, err);
}

int store_create_remote(const char *path, const char *branch, struct error *err)
{
    return create_at(path, branch, err);
}

bool store_is_foreign(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_uid != geteuid();
}

static int fail_open(const struct store *s, int code, struct error *err)
{
    if (store_is_foreign(s->path))
        return error_set(err, FAULT_CONFIG,
                         "data repository '%s' belongs to another user: give "
                         "it to this one (chown -R) or run as its owner",
                         s->path);
    if (code == GIT_ENOTFOUND)
        return error_set(err, FAULT_CONFIG,
                         "'%s' is not a git repository: name an empty or "
                         "absent directory, or a bare repository",
                         s->path);
    return store_fail(err, code, "data repository '%s'", s->path);
}

/* New objects stay in memory, in front of the disk, until they are a pack. */
static int put_memory_in_front(struct store *s, struct error *err)
{
    git_odb *odb = NULL;
    git_odb_backend *fresh = NULL;
    int rc = git_repository_odb(&odb, s->repo);
    if (!rc)
        rc = git_mempack_new(&fresh);
    if (!rc)
        rc = git_odb_add_backend(odb, fresh, 1000);
    if (rc && fresh)
        fresh->free(fresh);
    s->fresh = rc ? NULL : fresh;
    git_odb_free(odb);
    return rc ? store_fail(err, rc, "data repository '%s'", s->path) : 0;
}

static void detach(struct store *s)
{
    git_repository_free(s->repo);
    s->repo = NULL;
    s->fresh = NULL;
}

int store_attach(struct store *s, struct error *err)
{
    detach(s);
    int rc = git_repository_open_ext(&s->repo, s->path,
                                     GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
    if (rc)
        return fail_open(s, rc, err);
    if (!git_repository_is_bare(s->repo))
        return error_set(err, FAULT_CONFIG,
                         "repository '%s' has a work tree: name a bare one "
                         "(git clone --bare makes one of it)",
                         s->path);
    return put_memory_in_front(s, err);
}

int store_reload(struct store *s, struct error *err)
{
    git_oid id;
    int rc = git_reference_name_to_id(&id, s->repo, s->ref);
    if (rc && rc != GIT_ENOTFOUND)
        return store_fail(err, rc, "branch '%s'", s->ref);
    if (rc)
        s->tip[0] = '\0';
    else
        git_oid_tostr(s->tip, sizeof(s->tip), &id);
    return 0;
}

static char *joined(const char *head, const char *tail)
{
    size_t room = strlen(head) + strlen(tail) + 1;
    char *whole = xcalloc(room, 1);
    snprintf(whole, room, "%s%s", head, tail);
    return whole;
}

static char *shown(const char *remote)
{
    size_t room = strlen(remote) + 1;
    char *out = xcalloc(room, 1);
    remote_url_show(remote, out, room);
    return out;
}

const struct store_names store_names_usual = { "repository", "", false };

static struct store *store_new(const struct store_options *o)
{
    const char *branch = o->branch ? o->branch : "main";
    struct store *s = xcalloc(1, sizeof(*s));
    s->path = xstrdup(o->path);
    s->ref = joined("refs/heads/", branch);
    s->tracking = joined("refs/remotes/origin/", branch);
    s->remote = o->remote ? xstrdup(o->remote) : NULL;
    s->shown = o->remote ? shown(o->remote) : NULL;
    store_login_copy(&s->login, &o->login);
    s->clone_budget_ms =
        o->clone_budget_ms > 0 ? o->clone_budget_ms : CLONE_BUDGET_MS;
    s->fsync = o->fsync;
    s->names = o->names ? *o->names : store_names_usual;
    s->author_name = xstrdup(o->author_name ? o->author_name : "");
    s->author_email = xstrdup(o->author_email ? o->author_email : "");
    return s;
}

static int check_options(const struct store *s, struct error *err)
{
    git_signature *who = NULL;
    int good = 0;
    git_reference_name_is_valid(&good, s->ref);
    if (!good || strlen(s->ref) > BRANCH_MAX)
        return error_set(err, FAULT_CONFIG, "'%s' is not a branch name",
                         s->ref + strlen("refs/heads/"));
    int rc = git_signature_new(&who, s->author_name, s->author_email, 0, 0);
    git_signature_free(who);
    if (rc)
        return error_set(err, FAULT_CONFIG,
                         "commit author '%s <%s>' needs a name and an address "
                         "without < and >",
                         s->author_name, s->author_email);
    enum remote_flaw flaw = s->remote ? remote_url_flaw(s->remote) : 0;
    if (flaw) /* the address may hold a secret: it is not repeated */
        return error_set(err, FAULT_CONFIG, "'%s.remote' must %s",
                         s->names.section, remote_flaw_rule(flaw));
    return 0;
}

/* A path that is relative means nothing without the directory it is of. */
static int fail_not_there(const struct store *s, const char *what,
                          struct error *err)
{
    char cwd[PATH_MAX];
    bool said = s->path[0] != '/' && getcwd(cwd, sizeof(cwd));
    return error_set(err, FAULT_MISSING,
                     "data repository '%s'%s%.200s%s is not there%s: %s%s",
                     s->path, said ? " in '" : "", said ? cwd : "",
                     said ? "'" : "", what, store_how_to_begin(s),
                     said ? ", or go to the directory that has it" : "");
}

/* The remote's words say nothing of what they are missing for. */
static const char not_cloned[] = "data repository '%s' is not cloned yet";

/* Asks the remote before anything is made here. */
static int prepare_clone(const struct store *s, int64_t end_ms,
                         struct error *err)
{
    if (!s->remote)
        return fail_not_there(s, " and there is no remote to clone", err);
    if (store_ask_for_branch(s, end_ms - clock_monotonic_ms(), err))
        return err && err->fault == FAULT_MISSING
                   ? -1
                   : error_wrap(err, not_cloned, s->path);
    return make_bare(s->path, s->ref, err);
}

static int open_or_clone(struct store *s, bool clone, struct error *err)
{
    bool vacant;
    int64_t now_ms = clock_monotonic_ms();
    int64_t end_ms = s->clone_budget_ms > INT64_MAX - now_ms
                         ? INT64_MAX
                         : now_ms + s->clone_budget_ms;
    if (directory_state(s->path, &vacant, err))
        return -1;
    if (vacant && !clone)
        return fail_not_there(s, "", err);
    if (vacant && prepare_clone(s, end_ms, err))
        return -1;
    if (vacant)
        FAULT_POINT("clone-begun");
    if (store_attach(s, err) || store_read_tip(s, err))
        return -1;
    if (clone && s->remote && !s->tip[0] &&
        store_clone(s, end_ms - clock_monotonic_ms(), err))
        return error_wrap(err, not_cloned, s->path);
    return store_check_branch(s, err);
}

int store_open(const struct store_options *o, struct store **out,
               struct error *err)
{
    *out = NULL;
    if (library_up(err))
        return -1;
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, (int)o->fsync);
    struct store *s = store_new(o);
    if (check_options(s, err) || open_or_clone(s, o->clone_if_absent, err)) {
        store_free(s);
        return -1;
    }
    *out = s;
    return 0;
}

void store_free(struct store *s)
{
    if (!s)
        return;
    detach(s);
    free(s->path);
    free(s->ref);
    free(s->tracking);
    free(s->remote);
    free(s->shown);
    store_login_drop(&s->login);
    free(s->author_name);
    free(s->author_email);
    free(s);
    git_libgit2_shutdown();
}

bool store_tip(const struct store *s, char hex[STORE_ID_SIZE])
{
    memcpy(hex, s->tip, STORE_ID_SIZE);
    return s->tip[0] != '\0';
}

static int fail_move(const struct store *s, int code, struct error *err)
{
    if (code == GIT_ELOCKED)
        return error_set(err, FAULT_BUSY,
                         "branch '%s' is locked; if no other program writes to "
                         "'%s', remove '%s/%s.lock'",
                         s->ref, s->path, s->path, s->ref);
    if (code == GIT_EMODIFIED || code == GIT_EEXISTS)
        return error_set(err, FAULT_BUSY,
                         "branch '%s' was moved by somebody else; read it "
                         "again and build the changes anew",
                         s->ref);
    return store_fail(err, code, "branch '%s'", s->ref);
}

/* git_reference_create() looks before it locks: of two who see no branch, one
 * would lose what it made. */
int store_first_branch(const struct store *s, git_repository *repo,
                       const git_oid *id, const char *why)
{
    git_oid other;
    git_signature *who = NULL;
    git_transaction *move = NULL;
    int rc = git_signature_now(&who, s->author_name, s->author_email);
    if (!rc)
        rc = git_transaction_new(&move, repo);
    if (!rc)
        rc = git_transaction_lock_ref(move, s->ref);
    if (!rc && git_reference_name_to_id(&other, repo, s->ref) == 0)
        rc = GIT_EEXISTS;
    if (!rc)
        rc = git_transaction_set_target(move, s->ref, id, who, why);
    if (!rc)
        rc = git_transaction_commit(move);
    git_transaction_free(move);
    git_signature_free(who);
    return rc;
}

int store_move_branch(struct store *s, const git_oid *id, const char *why,
                      struct error *err)
{
    git_oid seen;
    git_reference *ref = NULL;
    if (FAULT_POINT_FAILS("move-fails"))
        return fail_move(s, GIT_ELOCKED, err);
    int rc = s->tip[0] ? git_oid_fromstr(&seen, s->tip) : 0;
    if (!rc && s->tip[0])
        rc = git_reference_create_matching(&ref, s->repo, s->ref, id, 1, &seen,
                                           why);
    else if (!rc)
        rc = store_first_branch(s, s->repo, id, why);
    git_reference_free(ref);
    if (rc)
        return fail_move(s, rc, err);
    git_oid_tostr(s->tip, sizeof(s->tip), id);
    return 0;
}
