#include "store/store_internal.h"

#include <git2.h>
#include <stdio.h>
#include <string.h>

int store_tree_at(struct store *s, const char *rev, git_tree **out,
                  struct error *err)
{
    git_oid id;
    git_commit *commit = NULL;
    *out = NULL;
    if (!rev[0])
        return 0;
    if (strlen(rev) != STORE_ID_SIZE - 1 || git_oid_fromstr(&id, rev))
        return error_set(err, FAULT_DATA,
                         "revision '%.60s' is not 40 hexadecimal digits", rev);
    int rc = git_commit_lookup(&commit, s->repo, &id);
    if (!rc)
        rc = git_commit_tree(out, commit);
    git_commit_free(commit);
    return rc ? store_fail(err, rc, "commit '%s'", rev) : 0;
}

/* `*out` is to be freed by the caller, and NULL when nothing has this path. */
static int find_entry(const git_tree *root, const char *path,
                      git_tree_entry **out, struct error *err)
{
    *out = NULL;
    if (store_path_check(path, err))
        return -1;
    int rc = root ? git_tree_entry_bypath(out, root, path) : GIT_ENOTFOUND;
    if (rc && rc != GIT_ENOTFOUND)
        return store_fail(err, rc, "path '%s'", path);
    return 0;
}

static int entry_at(struct store *s, const char *rev, const char *path,
                    git_tree_entry **out, struct error *err)
{
    git_tree *root = NULL;
    *out = NULL;
    int rc = store_tree_at(s, rev, &root, err);
    if (!rc)
        rc = find_entry(root, path, out, err);
    git_tree_free(root);
    return rc;
}

static int file_at(struct store *s, const char *rev, const char *path,
                   git_tree_entry **out, struct error *err)
{
    if (entry_at(s, rev, path, out, err))
        return -1;
    if (*out && git_tree_entry_type(*out) == GIT_OBJECT_BLOB)
        return 0;
    return error_set(err, FAULT_MISSING, "there is no file '%s'%s%s", path,
                     rev[0] ? " at commit " : ": the branch has no commit",
                     rev);
}

static int append_blob(struct store *s, const git_oid *id, const char *path,
                       struct text *out, struct error *err)
{
    git_blob *blob = NULL;
    int rc = git_blob_lookup(&blob, s->repo, id);
    if (rc)
        store_fail(err, rc, "file '%s'", path);
    else if (text_append(out, git_blob_rawcontent(blob),
                         (size_t)git_blob_rawsize(blob)))
        rc = error_set(err, FAULT_DATA,
                       "file '%s': its %lld bytes are more than the %zu that "
                       "may be read",
                       path, (long long)git_blob_rawsize(blob),
                       out->max - out->len);
    git_blob_free(blob);
    return rc ? -1 : 0;
}

int store_read_at(struct store *s, const char *rev, const char *path,
                  struct text *out, struct error *err)
{
    git_tree_entry *entry = NULL;
    int rc = file_at(s, rev, path, &entry, err);
    if (!rc)
        rc = append_blob(s, git_tree_entry_id(entry), path, out, err);
    git_tree_entry_free(entry);
    return rc;
}

int store_read(struct store *s, const char *path, struct text *out,
               struct error *err)
{
    return store_read_at(s, s->tip, path, out, err);
}

int store_exists(struct store *s, const char *path, bool *there,
                 struct error *err)
{
    git_tree_entry *entry = NULL;
    int rc = entry_at(s, s->tip, path, &entry, err);
    *there = entry != NULL;
    git_tree_entry_free(entry);
    return rc;
}

int store_blob_id(struct store *s, const char *path, char hex[STORE_ID_SIZE],
                  struct error *err)
{
    git_tree_entry *entry = NULL;
    int rc = file_at(s, s->tip, path, &entry, err);
    hex[0] = '\0';
    if (!rc)
        git_oid_tostr(hex, STORE_ID_SIZE, git_tree_entry_id(entry));
    git_tree_entry_free(entry);
    return rc;
}

int store_blob_id_of(const void *bytes, size_t len, char hex[STORE_ID_SIZE],
                     struct error *err)
{
    git_oid id;
    hex[0] = '\0';
    int rc = git_libgit2_init();
    if (rc < 0)
        return store_fail(err, rc, "libgit2 cannot start");
    rc = git_odb_hash(&id, bytes, len, GIT_OBJECT_BLOB);
    if (rc)
        store_fail(err, rc, "%zu bytes cannot be hashed", len);
    else
        git_oid_tostr(hex, STORE_ID_SIZE, &id);
    git_libgit2_shutdown();
    return rc ? -1 : 0;
}

struct walk {
    git_odb *odb;    /* NULL: sizes are not asked for */
    const char *dir; /* "" or without the last '/' */
    store_visit *visit;
    void *payload;
    struct error *err;
    bool ended; /* by the visitor, which said why */
};

static int size_of(const struct walk *w, const git_oid *id, size_t *size)
{
    git_object_t type;
    return w->odb ? git_odb_read_header(size, &type, w->odb, id) : 0;
}

/* `below` is "" or ends in '/'. */
static int visit_entry(const struct walk *w, const char *below,
                       const git_tree_entry *entry)
{
    char path[STORE_PATH_MAX + 2], id[STORE_ID_SIZE];
    const char *name = git_tree_entry_name(entry);
    struct store_entry e = {
        .path = path,
        .name = name,
        .is_dir = git_tree_entry_type(entry) == GIT_OBJECT_TREE,
        .id = git_oid_tostr(id, sizeof(id), git_tree_entry_id(entry)),
    };
    int n = snprintf(path, sizeof(path), "%s%s%s%s", w->dir,
                     w->dir[0] ? "/" : "", below, name);
    if (n < 0 || n > STORE_PATH_MAX)
        return error_set(w->err, FAULT_DATA, "path '%.40s...' is too long",
                         path);
    int rc = size_of(w, git_tree_entry_id(entry), &e.size);
    if (rc)
        return store_fail(w->err, rc, "file '%s'", path);
    return w->visit(&e, w->payload, w->err) ? -1 : 0;
}

static int visit_file(const char *below, const git_tree_entry *entry,
                      void *payload)
{
    struct walk *w = payload;
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
        return 0;
    int rc = visit_entry(w, below, entry);
    w->ended = rc != 0;
    return rc;
}

/* `*out` is NULL when there is no such directory. */
static int dir_at_tip(struct store *s, const char *dir, git_tree **out,
                      struct error *err)
{
    git_tree *root = NULL;
    git_tree_entry *entry = NULL;
    *out = NULL;
    if (!dir[0])
        return store_tree_at(s, s->tip, out, err);
    int rc = store_tree_at(s, s->tip, &root, err);
    if (!rc)
        rc = find_entry(root, dir, &entry, err);
    if (!rc && entry && git_tree_entry_type(entry) != GIT_OBJECT_TREE)
        rc = error_set(err, FAULT_DATA, "'%s' is not a directory", dir);
    if (!rc && entry) {
        int code = git_tree_lookup(out, s->repo, git_tree_entry_id(entry));
        rc = code ? store_fail(err, code, "directory '%s'", dir) : 0;
    }
    git_tree_entry_free(entry);
    git_tree_free(root);
    return rc;
}

int store_list(struct store *s, const char *dir, store_visit *visit,
               void *payload, struct error *err)
{
    git_tree *tree = NULL;
    struct walk w = { NULL, dir, visit, payload, err, false };
    int rc = dir_at_tip(s, dir, &tree, err);
    size_t n = tree ? git_tree_entrycount(tree) : 0;
    for (size_t i = 0; i < n && !rc; i++)
        rc = visit_entry(&w, "", git_tree_entry_byindex(tree, i));
    git_tree_free(tree);
    return rc;
}

int store_walk(struct store *s, const char *dir, store_visit *visit,
               void *payload, struct error *err)
{
    git_tree *tree = NULL;
    struct walk w = { NULL, dir, visit, payload, err, false };
    int rc = dir_at_tip(s, dir, &tree, err);
    if (!rc && tree)
        rc = git_repository_odb(&w.odb, s->repo);
    if (!rc && tree) {
        rc = git_tree_walk(tree, GIT_TREEWALK_PRE, visit_file, &w);
        if (rc && !w.ended)
            store_fail(err, rc, "what stands below '%s'", dir);
    }
    git_odb_free(w.odb);
    git_tree_free(tree);
    return rc ? -1 : 0;
}
