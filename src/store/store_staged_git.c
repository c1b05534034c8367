/* What a hook is shown. A commit is compared with its first parent, as
 * everything else that reads history here does. */
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "store/proposed.h"
#include "store/store_internal.h"
#include "sys/xmalloc.h"

struct proposed {
    git_repository *repo;
};

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

/* `*out` is NULL before the first commit. */
static int head_tree(git_repository *repo, git_tree **out)
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
        rc = head_tree(p->repo, &tree);
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

    int rc = head_tree(p->repo, &tree);
    if (!rc)
        rc = git_diff_tree_to_tree(&diff, p->repo, NULL, tree, &options);
    rc = rc ? store_fail(err, rc, "what is checked out")
            : show(diff, &shown, &v, err);
    git_diff_free(diff);
    git_tree_free(tree);
    return rc;
}

/* `*before` is NULL for a root commit. Both are to be freed by the caller. */
static int trees_of(git_commit *commit, git_tree **before, git_tree **after)
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
        rc = trees_of(commit, &before, &after);
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

/* The commit that 40 digits name, through a tag if need be. */
static int commit_id(struct proposed *p, const char *hex, git_oid *out)
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

    if (commit_id(p, new_hex, &id))
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

static int descends(struct proposed *p, const git_oid *from, const git_oid *to,
                    bool *yes)
{
    int rc = git_oid_equal(from, to)
                 ? 1
                 : git_graph_descendant_of(p->repo, from, to);
    *yes = rc == 1;
    return rc < 0 ? rc : 0;
}

int proposed_descends(struct proposed *p, const char *new_hex,
                      const char *old_hex, bool *yes, struct error *err)
{
    git_oid from, to;
    *yes = false;
    int rc = commit_id(p, new_hex, &from);
    if (!rc)
        rc = commit_id(p, old_hex, &to);
    if (!rc)
        rc = descends(p, &from, &to, yes);
    return rc ? store_fail(err, rc, "the history of '%.40s'", new_hex) : 0;
}

/* Does the reference, unless it is the one of that name, have the commit? */
static int ref_has(struct proposed *p, git_reference *ref, const char *but,
                   const git_oid *id, bool *has)
{
    git_object *commit = NULL;
    if (strcmp(git_reference_name(ref), but) == 0)
        return 0;
    int rc = git_reference_peel(&commit, ref, GIT_OBJECT_COMMIT);
    if (rc == GIT_EPEEL || rc == GIT_EINVALIDSPEC)
        return 0;
    if (!rc)
        rc = descends(p, git_object_id(commit), id, has);
    git_object_free(commit);
    return rc;
}

static bool is_head(struct proposed *p, const char *name)
{
    git_reference *head = NULL;
    bool is = false;
    if (git_reference_lookup(&head, p->repo, "HEAD") == 0 &&
        git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
        is = strcmp(git_reference_symbolic_target(head), name) == 0;
    git_reference_free(head);
    return is;
}

int proposed_is_kept(struct proposed *p, const char *name, const char *hex,
                     bool *kept, struct error *err)
{
    git_reference_iterator *all = NULL;
    git_reference *ref = NULL;
    git_oid id;

    *kept = false;
    if (is_head(p, name))
        return 0;
    int rc = commit_id(p, hex, &id);
    if (!rc)
        rc = git_reference_iterator_new(&all, p->repo);
    while (!rc && !*kept && (rc = git_reference_next(&ref, all)) == 0) {
        rc = ref_has(p, ref, name, &id, kept);
        git_reference_free(ref);
    }
    git_reference_iterator_free(all);
    return rc && rc != GIT_ITEROVER
               ? store_fail(err, rc, "the references besides '%s'", name)
               : 0;
}

/* `*out` is NULL when nothing was before. */
static int tree_before(struct proposed *p, const char *hex, git_tree **out)
{
    git_oid id;
    git_commit *commit = NULL;
    git_tree *after = NULL;
    *out = NULL;
    if (!hex[0])
        return head_tree(p->repo, out);
    int rc = git_oid_fromstr(&id, hex);
    if (!rc)
        rc = git_commit_lookup(&commit, p->repo, &id);
    if (!rc)
        rc = trees_of(commit, out, &after);
    git_tree_free(after);
    git_commit_free(commit);
    return rc;
}

int proposed_stood(struct proposed *p, const char *commit, const char *path,
                   bool *stood, struct error *err)
{
    git_tree *tree = NULL;
    git_tree_entry *entry = NULL;
    int rc = tree_before(p, commit, &tree);
    if (!rc)
        rc = tree ? git_tree_entry_bypath(&entry, tree, path) : GIT_ENOTFOUND;
    *stood = !rc;
    git_tree_entry_free(entry);
    git_tree_free(tree);
    return rc && rc != GIT_ENOTFOUND ? store_fail(err, rc, "path '%s'", path)
                                     : 0;
}

int proposed_read(struct proposed *p, const char *hex, struct text *out,
                  struct error *err)
{
    git_oid id;
    git_odb *odb = NULL;
    git_blob *blob = NULL;
    git_object_t type = GIT_OBJECT_INVALID;
    size_t size = 0;

    int rc = git_oid_fromstr(&id, hex);
    if (!rc)
        rc = git_repository_odb(&odb, p->repo);
    if (!rc)
        rc = git_odb_read_header(&size, &type, odb, &id);
    git_odb_free(odb);
    if (rc == GIT_ENOTFOUND || (!rc && type != GIT_OBJECT_BLOB))
        return error_set(err, FAULT_MISSING, "there is no content %.40s", hex);
    if (!rc && size > out->max - out->len)
        return error_set(err, FAULT_DATA,
                         "has %zu bytes, which no file of a record has", size);
    if (!rc)
        rc = git_blob_lookup(&blob, p->repo, &id);
    rc = rc ? store_fail(err, rc, "content %.40s", hex)
            : text_append(out, git_blob_rawcontent(blob),
                          (size_t)git_blob_rawsize(blob));
    git_blob_free(blob);
    return rc;
}
