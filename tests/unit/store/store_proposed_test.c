/* What a hook is shown of a push. */
#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/proposed.h"
#include "store_fixture.h"
#include "test.h"

void store_proposed_test(void);

static struct place place;

static int count(const struct proposed_commit *c, void *payload,
                 struct error *err)
{
    (void)c;
    (void)err;
    ++*(int *)payload;
    return 0;
}

static int refuse(const struct proposed_commit *c, void *payload,
                  struct error *err)
{
    count(c, payload, err);
    return error_set(err, FAULT_DATA, "not this one");
}

/* A commit like `like`, with the parent, into the repository, without a
 * reference. */
static void add_commit(const char *like, const char *parent,
                       char hex[STORE_ID_SIZE])
{
    git_repository *repo = NULL;
    git_odb *odb = NULL;
    git_commit *commit = NULL;
    git_oid id;
    char raw[500];
    ASSERT_FATAL(git_repository_open_bare(&repo, place.repo) == 0);
    ASSERT_FATAL(git_oid_fromstr(&id, like) == 0);
    ASSERT_FATAL(git_commit_lookup(&commit, repo, &id) == 0);
    ASSERT_FATAL(git_repository_odb(&odb, repo) == 0);
    int n = snprintf(raw, sizeof(raw),
                     "tree %s\nparent %s\nauthor a <a@b> 1609556645 +0000\n"
                     "committer a <a@b> 1609556645 +0000\n\nx\n",
                     git_oid_tostr_s(git_commit_tree_id(commit)), parent);
    ASSERT_INT(git_odb_write(&id, odb, raw, (size_t)n, GIT_OBJECT_COMMIT), 0);
    git_oid_tostr(hex, STORE_ID_SIZE, &id);
    git_commit_free(commit);
    git_odb_free(odb);
    git_repository_free(repo);
}

static struct proposed *shown(void)
{
    struct proposed *p = NULL;
    ASSERT_FATAL(proposed_open(place.repo, &p, &place.err) == 0);
    return p;
}

static void all_that_is_new_is_shown(void)
{
    char tip[STORE_ID_SIZE], one[STORE_ID_SIZE], two[STORE_ID_SIZE];
    int seen = 0;
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    ASSERT_INT(place_put(&place, s, "a", "1", tip), FAULT_NONE);
    add_commit(tip, tip, one);
    add_commit(tip, one, two);
    struct proposed *p = shown();
    ASSERT_INT(proposed_pushed(p, two, count, &seen, &place.err), 0);
    ASSERT_INT(seen, 2);
    ASSERT_INT(proposed_pushed(p, tip, count, &seen, &place.err), 0);
    ASSERT_INT(seen, 2);
    ASSERT_INT(proposed_pushed(p, two, refuse, &seen, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_DATA);
    ASSERT_STR(place.err.msg, "not this one");
    ASSERT_INT(seen, 3);
    proposed_free(p);
    store_free(s);
    place_release(&place);
}

/* In a child that ends without a look at its memory: libgit2 1.5 loses some of
 * it when a walk fails. 0: refused for its history; else what was wrong. */
static int refused_for_a_hole(const char *hex)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        int seen = 0;
        struct proposed *p = shown();
        if (proposed_pushed(p, hex, count, &seen, &place.err) != -1)
            _exit(1);
        _exit(strstr(place.err.msg, "the pushed history") ? 0 : 2);
    }
    ASSERT_FATAL(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Whoever leaves out a commit must not come past the hook. */
static void a_history_with_a_hole_is_refused(void)
{
    char tip[STORE_ID_SIZE], one[STORE_ID_SIZE], two[STORE_ID_SIZE];
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    ASSERT_INT(place_put(&place, s, "a", "1", tip), FAULT_NONE);
    add_commit(tip, "0123456789012345678901234567890123456789", one);
    add_commit(tip, one, two);
    ASSERT_INT(refused_for_a_hole(one), 0);
    ASSERT_INT(refused_for_a_hole(two), 0);
    store_free(s);
    place_release(&place);
}

void store_proposed_test(void)
{
    TEST_SUITE("store: what a push brings");
    TEST(all_that_is_new_is_shown);
    TEST(a_history_with_a_hole_is_refused);
}
