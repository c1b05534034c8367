/* What a hook asks of the history: what stood before, what is kept, and the
 * content of a file. */
#include <git2.h>
#include <string.h>

#include "store/proposed_internal.h"
#include "store/store_internal.h"

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
    int rc = proposed_commit_id(p, new_hex, &from);
    if (!rc)
        rc = proposed_commit_id(p, old_hex, &to);
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
    int rc = proposed_commit_id(p, hex, &id);
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
        return proposed_head_tree(p->repo, out);
    int rc = git_oid_fromstr(&id, hex);
    if (!rc)
        rc = git_commit_lookup(&commit, p->repo, &id);
    if (!rc)
        rc = proposed_trees_of(commit, out, &after);
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
