/* Tags of two who name the same thing. The first one that the remote has
 * stands: a clone that named another commit so takes the remote's. A tag goes
 * there once the commit is there that it names, never before: so it cannot name
 * one that the remote's history then goes without. Own commits that are put on
 * another tip take their tags along. */
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_tags.h"

#define TAG_PREFIX "refs/tags/"

int store_tag(struct store *s, const char *name, const char *rev,
              struct error *err)
{
    git_oid id;
    git_object *target = NULL;
    int rc = git_oid_fromstr(&id, rev);
    if (!rc)
        rc = git_object_lookup(&target, s->repo, &id, GIT_OBJECT_COMMIT);
    if (!rc)
        rc = git_tag_create_lightweight(&id, s->repo, name, target, 0);
    git_object_free(target);
    return rc && rc != GIT_EEXISTS ? store_fail(err, rc, "tag '%s'", name) : 0;
}

int store_tag_commit(struct store *s, const char *name, char hex[STORE_ID_SIZE],
                     struct error *err)
{
    git_oid id;
    git_object *at = NULL, *commit = NULL;
    struct text ref = TEXT_INIT(300);
    hex[0] = '\0';
    text_printf(&ref, TAG_PREFIX "%s", name);
    int rc = git_reference_name_to_id(&id, s->repo, text_str(&ref));
    text_release(&ref);
    if (rc == GIT_ENOTFOUND)
        return 0;
    if (!rc)
        rc = git_object_lookup(&at, s->repo, &id, GIT_OBJECT_ANY);
    if (!rc)
        rc = git_object_peel(&commit, at, GIT_OBJECT_COMMIT);
    if (!rc)
        git_oid_tostr(hex, STORE_ID_SIZE, git_object_id(commit));
    git_object_free(at);
    git_object_free(commit);
    return rc ? store_fail(err, rc, "tag '%s'", name) : 0;
}

/* Does this clone name another object so? */
static bool is_other_here(const struct store *s, const git_remote_head *head)
{
    git_oid id;
    return strncmp(head->name, TAG_PREFIX, strlen(TAG_PREFIX)) == 0 &&
           strlen(head->name) < HEARD_TAG &&
           git_reference_name_to_id(&id, s->repo, head->name) == 0 &&
           !git_oid_equal(&id, &head->oid);
}

void tags_hear(const struct store *s, const git_remote_head *const *heads,
               size_t count, struct heard *sheet)
{
    for (size_t i = 0; i < count && sheet->tag_count < HEARD_TAGS; i++) {
        if (!is_other_here(s, heads[i]))
            continue;
        struct heard_tag *t = &sheet->tags[sheet->tag_count++];
        snprintf(t->ref, sizeof(t->ref), "%s", heads[i]->name);
        git_oid_tostr(t->hex, sizeof(t->hex), &heads[i]->oid);
    }
}

/* What is not here yet stays as it is until the next time. */
void tags_adopt(struct store *s, const struct heard *h)
{
    git_odb *odb = NULL;
    if (h->tag_count && git_repository_odb(&odb, s->repo))
        return;
    for (size_t i = 0; i < h->tag_count && i < HEARD_TAGS; i++) {
        git_oid id;
        git_reference *ref = NULL;
        if (git_oid_fromstr(&id, h->tags[i].hex) == 0 &&
            git_odb_exists(odb, &id) == 1 &&
            git_reference_create(&ref, s->repo, h->tags[i].ref, &id, 1,
                                 "the remote's") == 0)
            git_reference_free(ref);
    }
    git_odb_free(odb);
}

bool tag_may_go(const struct store *s, const char *ref, const git_oid *theirs)
{
    git_oid id;
    git_object *at = NULL, *commit = NULL;
    bool may = false;
    int rc = git_reference_name_to_id(&id, s->repo, ref);
    if (!rc)
        rc = git_object_lookup(&at, s->repo, &id, GIT_OBJECT_ANY);
    if (!rc)
        rc = git_object_peel(&commit, at, GIT_OBJECT_COMMIT);
    if (!rc)
        may = git_oid_equal(git_object_id(commit), theirs) ||
              git_graph_descendant_of(s->repo, theirs, git_object_id(commit)) ==
                  1;
    git_object_free(at);
    git_object_free(commit);
    return may;
}

struct following {
    struct store *store;
    const struct store_moved *list;
    size_t count;
};

static int follow(const char *ref, git_oid *id, void *payload)
{
    const struct following *f = payload;
    git_oid to;
    git_reference *moved = NULL;
    char hex[STORE_ID_SIZE];
    git_oid_tostr(hex, sizeof(hex), id);
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->list[i].from, hex) == 0 &&
            git_oid_fromstr(&to, f->list[i].to) == 0 &&
            git_reference_create(&moved, f->store->repo, ref, &to, 1,
                                 "rebuild") == 0)
            git_reference_free(moved);
    return 0;
}

void tags_follow(struct store *s, const struct store_moved *list, size_t count)
{
    struct following f = { s, list, count };
    git_tag_foreach(s->repo, follow, &f);
}
