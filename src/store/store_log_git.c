/* History, commit by commit, with what each changed. */
#include "store/store_internal.h"

#include <git2.h>
#include <stdlib.h>

#include "sys/xmalloc.h"

static void id_text(const git_oid *id, char hex[STORE_ID_SIZE])
{
    if (git_oid_is_zero(id))
        hex[0] = '\0';
    else
        git_oid_tostr(hex, STORE_ID_SIZE, id);
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

static int diff_of(struct store *s, git_commit *commit, git_diff **out)
{
    git_diff_options options;
    git_tree *before, *after;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_SKIP_BINARY_CHECK | GIT_DIFF_IGNORE_SUBMODULES;
    int rc = trees_of(commit, &before, &after);
    if (!rc)
        rc = git_diff_tree_to_tree(out, s->repo, before, after, &options);
    git_tree_free(before);
    git_tree_free(after);
    return rc;
}

static int show(git_commit *commit, git_diff *diff, store_visit_commit *visit,
                void *payload, struct error *err)
{
    size_t count = git_diff_num_deltas(diff);
    struct store_edit *edits = xcalloc(count + 1, sizeof(*edits));
    struct store_commit shown = { .message = git_commit_message(commit),
                                  .count = count,
                                  .edits = edits };

    id_text(git_commit_id(commit), shown.hex);
    for (size_t i = 0; i < count; i++) {
        const git_diff_delta *d = git_diff_get_delta(diff, i);
        edits[i].path = d->new_file.path;
        id_text(&d->old_file.id, edits[i].before);
        id_text(&d->new_file.id, edits[i].after);
    }
    int rc = visit(&shown, payload, err);
    free(edits);
    return rc ? -1 : 0;
}

static int visit_one(struct store *s, const git_oid *id,
                     store_visit_commit *visit, void *payload,
                     struct error *err)
{
    git_commit *commit = NULL;
    git_diff *diff = NULL;
    int rc = git_commit_lookup(&commit, s->repo, id);
    if (!rc)
        rc = diff_of(s, commit, &diff);
    rc = rc ? store_fail(err, rc, "history")
            : show(commit, diff, visit, payload, err);
    git_diff_free(diff);
    git_commit_free(commit);
    return rc;
}

int store_log(struct store *s, store_visit_commit *visit, void *payload,
              struct error *err)
{
    git_revwalk *walk = NULL;
    git_oid id;

    if (!s->tip[0])
        return 0;
    int rc = git_oid_fromstr(&id, s->tip);
    if (!rc)
        rc = git_revwalk_new(&walk, s->repo);
    if (!rc)
        rc = git_revwalk_push(walk, &id);
    if (!rc)
        rc = git_revwalk_simplify_first_parent(walk);
    if (rc) {
        git_revwalk_free(walk);
        return store_fail(err, rc, "history of '%s'", s->tip);
    }
    while (!rc && git_revwalk_next(&id, walk) == 0)
        rc = visit_one(s, &id, visit, payload, err);
    git_revwalk_free(walk);
    return rc;
}

int store_read_blob(struct store *s, const char *hex, struct text *out,
                    struct error *err)
{
    git_oid id;
    git_blob *blob = NULL;
    int rc = git_oid_fromstr(&id, hex);
    if (!rc)
        rc = git_blob_lookup(&blob, s->repo, &id);
    if (rc == GIT_ENOTFOUND)
        return error_set(err, FAULT_MISSING,
                         "the repository has no content %.40s", hex);
    if (rc)
        return store_fail(err, rc, "content %.40s", hex);
    rc = text_append(out, git_blob_rawcontent(blob),
                     (size_t)git_blob_rawsize(blob));
    git_blob_free(blob);
    return rc ? error_set(err, FAULT_DATA, "content %.40s is too long", hex)
              : 0;
}
