/* What a hook is shown. A commit is compared with its first parent, as
 * everything else that reads history here does. */
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "store/proposed_internal.h"
#include "store/store_internal.h"
#include "sys/xmalloc.h"

struct visitor {
    proposed_visit *visit;
    void *payload;
};

static int library_up(struct error *err)
{
    static const int levels[] = { GIT_CONFIG_LEVEL_PROGRAMDATA,
                                  GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
                                  GIT_CONFIG_LEVEL_GLOBAL };
    int rc = git_libgit2_init();
    if (rc < 0)
        return store_fail(err, rc, "libgit2 cannot start");
    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
    return 0;
}

int proposed_open(const char *path, struct proposed **out, struct error *err)
{
    unsigned flags =
        path ? GIT_REPOSITORY_OPEN_NO_SEARCH : GIT_REPOSITORY_OPEN_FROM_ENV;
    *out = NULL;
    if (library_up(err))
        return -1;
    /* libgit2 1.5 refuses to start with these; no work tree is read here, and
     * it finds the common directory by the file that names it. */
    unsetenv("GIT_WORK_TREE");
    unsetenv("GIT_COMMON_DIR");
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    struct proposed *p = xcalloc(1, sizeof(*p));
    int rc = git_repository_open_ext(&p->repo, path, flags, NULL);
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
    if (!rc) {
        *out = p;
        return 0;
    }
    store_fail(err, rc, "there is no repository %s%s that can be read",
               path ? "at " : "here", path ? path : "");
    if (err)
        err->fault = FAULT_CONFIG;
    free(p);
    git_libgit2_shutdown();
    return -1;
}

void proposed_free(struct proposed *p)
{
    if (!p)
        return;
    git_repository_free(p->repo);
    free(p);
    git_libgit2_shutdown();
}

static void id_text(const git_oid *id, char hex[STORE_ID_SIZE])
{
    if (git_oid_is_zero(id))
        hex[0] = '\0';
    else
        git_oid_tostr(hex, STORE_ID_SIZE, id);
}

static void fill_edit(const git_diff_delta *d, struct proposed_edit *out)
{
    out->path = d->new_file.path;
    id_text(&d->old_file.id, out->before);
    id_text(&d->new_file.id, out->after);
    if (d->status == GIT_DELTA_DELETED)
        out->after[0] = '\0';
    out->is_plain = d->new_file.mode == GIT_FILEMODE_BLOB ||
                    d->new_file.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

static int show(git_diff *diff, struct proposed_commit *shown,
                const struct visitor *v, struct error *err)
{
    struct proposed_edit *edits;
    shown->count = git_diff_num_deltas(diff);
    edits = xcalloc(shown->count + 1, sizeof(*edits));
    for (size_t i = 0; i < shown->count; i++)
        fill_edit(git_diff_get_delta(diff, i), &edits[i]);
    shown->edits = edits;
    int rc = v->visit(shown, v->payload, err);
    free(edits);
    return rc ? -1 : 0;
}

/* A file that becomes a link is one edit, not two. */
static git_diff_options diff_options(void)
{
    git_diff_options o;
    git_diff_options_init(&o, GIT_DIFF_OPTIONS_VERSION);
    o.flags = GIT_DIFF_SKIP_BINARY_CHECK | GIT_DIFF_INCLUDE_TYPECHANGE;
    return o;
}

int proposed_head_tree(git_repository *repo, git_tree **out)
{
    git_oid id;
    git_commit *commit = NULL;
    *out = NULL;
    int rc = git_reference_name_to_id(&id, repo, "HEAD");
    if (rc == GIT_ENOTFOUND)
        return 0;
    if (!rc)
        rc = git_commit_lookup(&commit, repo, &id);
    if (!rc)
        rc = git_commit_tree(out, commit);
    git_commit_free(commit);
    return rc;
}

int proposed_staged(struct proposed *p, proposed_visit *visit, void *payload,
                    struct error *err)
{
    const struct visitor v = { visit, payload };
    struct proposed_commit shown = { .message = "",
                                     .when_ms = MOMENT_NONE,
                                     .parents = 1 };
    git_diff_options options = diff_options();
    git_tree *tree = NULL;
    git_index *index = NULL;
    git_diff *diff = NULL;

    int rc = git_repository_index(&index, p->repo);
    if (!rc)
        rc = git_index_read(index, true);
    if (!rc)
        rc = proposed_head_tree(p->repo, &tree);
    if (!rc)
        rc = git_diff_tree_to_index(&diff, p->repo, tree, index, &options);
    rc = rc ? store_fail(err, rc, "what is staged")
            : show(diff, &shown, &v, err);
    git_diff_free(diff);
    git_index_free(index);
    git_tree_free(tree);
    return rc;
}

int proposed_head(struct proposed *p, proposed_visit *visit, void *payload,
                  struct error *err)
{
    const struct visitor v = { visit, payload };
    struct proposed_commit shown = { .message = "",
                                     .when_ms = MOMENT_NONE,
                                     .parents = 1 };
    git_diff_options options = diff_options();
    git_tree *tree = NULL;
    git_diff *diff = NULL;

    int rc = proposed_head_tree(p->repo, &tree);
    if (!rc)
        rc = git_diff_tree_to_tree(&diff, p->repo, NULL, tree, &options);
    rc = rc ? store_fail(err, rc, "what is checked out")
            : show(diff, &shown, &v, err);
    git_diff_free(diff);
    git_tree_free(tree);
    return rc;
}

int proposed_trees_of(git_commit *commit, git_tree **before, git_tree **after)
{
    git_commit *parent = NULL;
    *before = *after = NULL;
    int rc = git_commit_tree(after, commit);
    if (!rc && git_commit_parentcount(commit)) {
        rc = git_commit_parent(&parent, commit, 0);
        if (!rc)
            rc = git_commit_tree(before, parent);
    }
    git_commit_free(parent);
    return rc;
}

static int visit_commit(struct proposed *p, const git_oid *id,
                        const struct visitor *v, struct error *err)
{
    git_diff_options options = diff_options();
    git_commit *commit = NULL;
    git_tree *before = NULL, *after = NULL;
    git_diff *diff = NULL;
    struct proposed_commit shown = { .message = "" };

    int rc = git_commit_lookup(&commit, p->repo, id);
    if (!rc)
        rc = proposed_trees_of(commit, &before, &after);
    if (!rc)
        rc = git_diff_tree_to_tree(&diff, p->repo, before, after, &options);
    if (!rc) {
        id_text(id, shown.hex);
        shown.message = git_commit_message(commit);
        shown.when_ms = (int64_t)git_commit_time(commit) * 1000;
        shown.parents = git_commit_parentcount(commit);
    }
    rc = rc ? store_fail(err, rc, "a pushed commit")
            : show(diff, &shown, v, err);
    git_diff_free(diff);
    git_tree_free(before);
    git_tree_free(after);
    git_commit_free(commit);
    return rc;
}

int proposed_commit_id(struct proposed *p, const char *hex, git_oid *out)
{
    git_object *object = NULL, *commit = NULL;
    int rc = git_oid_fromstr(out, hex);
    if (!rc)
        rc = git_object_lookup(&object, p->repo, out, GIT_OBJECT_ANY);
    if (!rc)
        rc = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
    if (!rc)
        *out = *git_object_id(commit);
    git_object_free(commit);
    git_object_free(object);
    return rc;
}

/* A walk that cannot go on has shown a part: that is no yes. */
static int visit_all(struct proposed *p, git_revwalk *walk,
                     const struct visitor *v, struct error *err)
{
    git_oid id;
    int rc = 0;
    while ((rc = git_revwalk_next(&id, walk)) == 0)
        if (visit_commit(p, &id, v, err))
            return -1;
    return rc == GIT_ITEROVER ? 0 : store_fail(err, rc, "the pushed history");
}

int proposed_pushed(struct proposed *p, const char *new_hex,
                    proposed_visit *visit, void *payload, struct error *err)
{
    const struct visitor v = { visit, payload };
    git_revwalk *walk = NULL;
    git_oid id;

    if (proposed_commit_id(p, new_hex, &id))
        return error_set(err, FAULT_DATA, "'%.40s' is not a commit: push one",
                         new_hex);
    int rc = git_revwalk_new(&walk, p->repo);
    if (!rc)
        rc = git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_REVERSE);
    if (!rc)
        rc = git_revwalk_push(walk, &id);
    if (!rc)
        rc = git_revwalk_hide_glob(walk, "refs/*");
    if (rc)
        rc = store_fail(err, rc, "the history of '%.40s'", new_hex);
    if (!rc)
        rc = visit_all(p, walk, &v, err);
    git_revwalk_free(walk);
    return rc;
}
