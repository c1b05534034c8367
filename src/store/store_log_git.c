/* History, commit by commit, with what each changed. */
#include <git2.h>

#include "store/store_parents.h"

static int show(const struct parents *p, store_visit_commit *visit,
                void *payload, struct error *err)
{
    struct edits edits = { 0 };
    int rc = edits_of(p, &edits, err);
    if (!rc) {
        struct store_commit shown = {
            .message = git_commit_message(p->at),
            .when_ms = parents_ms(p),
            .edge = p->edge,
            .count = edits.count,
            .edits = edits.list,
        };
        git_oid_tostr(shown.hex, sizeof(shown.hex), git_commit_id(p->at));
        rc = visit(&shown, payload, err);
    }
    edits_release(&edits);
    return rc ? -1 : 0;
}

int store_log(struct store *s, store_visit_commit *visit, void *payload,
              struct error *err)
{
    struct parents p;
    int rc = parents_begin(&p, s, err);
    while (!rc && p.at) {
        rc = show(&p, visit, payload, err);
        if (!rc)
            rc = parents_next(&p, err);
    }
    parents_end(&p);
    return rc ? -1 : 0;
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
