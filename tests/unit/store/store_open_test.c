#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "store_fixture.h"
#include "test.h"

static struct place place;
static struct text said = TEXT_INIT(1 << 20);

static void end(void)
{
    text_release(&said);
    place_release(&place);
}

static enum fault fault_of_opening(const char *path)
{
    struct store *s = NULL;
    struct store_options o = place_options(path, NULL);
    int rc = store_open(&o, &s, &place.err);
    ASSERT(rc == 0 || s == NULL);
    store_free(s);
    return rc ? place.err.fault : FAULT_NONE;
}

/* The error names the repository, and does so once. */
static bool is_named_once(const char *path)
{
    const char *at = strstr(place.err.msg, path);
    return at && !strstr(at + strlen(path), path);
}

static void only_a_vacant_directory_becomes_a_repository(void)
{
    char deep[400], full[400];
    place_init(&place);
    struct store_options o = place_options(place.repo, NULL);
    mkdir(place.repo, 0755);
    ASSERT_INT(store_create(&o, &place.err), 0);
    ASSERT_INT(store_create(&o, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_CONFIG);
    ASSERT(strstr(place.err.msg, "is not empty") != NULL);
    snprintf(deep, sizeof(deep), "%s/x/y/z.git", place.root);
    o.path = deep;
    ASSERT_INT(store_create(&o, &place.err), 0);
    ASSERT_INT(fault_of_opening(deep), FAULT_NONE);
    snprintf(full, sizeof(full), "%s/full", place.root);
    mkdir(full, 0755);
    file_write(full, "note", "mine");
    o.path = full;
    ASSERT_INT(store_create(&o, &place.err), -1);
    ASSERT_INT(fault_of_opening(full), FAULT_CONFIG);
    ASSERT(strstr(place.err.msg, "is not a git repository") != NULL);
    ASSERT(is_named_once(full));
    end();
}

static void what_is_not_there_is_missing(void)
{
    place_init(&place);
    ASSERT_INT(fault_of_opening(place.repo), FAULT_MISSING);
    ASSERT(strstr(place.err.msg, "gridwatch init") != NULL);
    ASSERT(is_named_once(place.repo));
    ASSERT(access(place.repo, F_OK) != 0);
    mkdir(place.repo, 0755);
    ASSERT_INT(fault_of_opening(place.repo), FAULT_MISSING);
    file_write(place.root, "file", "");
    snprintf(place.repo, sizeof(place.repo), "%s/file", place.root);
    ASSERT_INT(fault_of_opening(place.repo), FAULT_CONFIG);
    ASSERT(strstr(place.err.msg, "' is a file: name ") != NULL);
    ASSERT(is_named_once(place.repo));
    end();
}

/* A directory inside a work tree must not be taken for the work tree's. */
static void the_repository_around_a_directory_is_not_meant(void)
{
    char inside[400];
    place_init(&place);
    struct store_options o = place_options(place.repo, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0);
    snprintf(inside, sizeof(inside), "%s/refs/heads", place.repo);
    file_write(inside, "x.tmp", "");
    ASSERT_INT(fault_of_opening(inside), FAULT_CONFIG);
    end();
}

static void a_work_tree_is_refused(void)
{
    char dot_git[400];
    place_init(&place);
    if (git_is_there()) {
        git(&place, &said, place.root, "init", "-q", place.repo, NULL);
        ASSERT_INT(fault_of_opening(place.repo), FAULT_CONFIG);
        ASSERT(strstr(place.err.msg, "git clone --bare") != NULL);
        ASSERT(is_named_once(place.repo));
        snprintf(dot_git, sizeof(dot_git), "%s/.git", place.repo);
        ASSERT_INT(fault_of_opening(dot_git), FAULT_CONFIG);
    }
    end();
}

static void a_repository_of_another_user_is_refused(void)
{
    place_init(&place);
    struct store *s = NULL;
    struct store_options o = place_options(place.repo, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0);
    if (geteuid() != 0) {
        test_skip("only root can give a directory to another user");
    } else {
        ASSERT_INT(chown(place.repo, 12345, 12345), 0);
        ASSERT_INT(fault_of_opening(place.repo), FAULT_CONFIG);
        ASSERT(strstr(place.err.msg, "chown -R") != NULL);
        ASSERT(is_named_once(place.repo));
        ASSERT_INT(chown(place.repo, 0, 0), 0);
        ASSERT_INT(store_create_remote(place.remote, NULL, &place.err), 0);
        ASSERT_INT(chown(place.remote, 12345, 12345), 0);
        o.remote = place.remote;
        o.path = place.other;
        o.clone_if_absent = true;
        ASSERT_INT(store_open(&o, &s, &place.err), -1);
        ASSERT_INT(place.err.fault, FAULT_CONFIG);
        ASSERT(strstr(place.err.msg, "chown -R") != NULL);
    }
    ASSERT_INT(fault_of_opening(place.repo), FAULT_NONE);
    end();
}

static void bad_options_are_refused(void)
{
    place_init(&place);
    struct store *s = NULL;
    struct store_options o = place_options(place.repo, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0);
    o.author_name = NULL;
    ASSERT_INT(store_open(&o, &s, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_CONFIG);
    o = place_options(place.repo, NULL);
    o.author_email = "";
    ASSERT_INT(store_open(&o, &s, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_CONFIG);
    o = place_options(place.repo, NULL);
    o.branch = "no..good";
    ASSERT_INT(store_open(&o, &s, &place.err), -1);
    ASSERT_STR(place.err.msg, "'no..good' is not a branch name");
    ASSERT(s == NULL);
    store_free(NULL);
    end();
}

/* Else a slip of the pen looks like a record in which nothing is watched. */
static void a_branch_beside_the_one_that_is_there_is_refused(void)
{
    place_init(&place);
    struct store *s = place_start(&place, NULL), *other = NULL;
    struct store_options o = place_options(place.repo, NULL);
    ASSERT_INT(fault_of_opening(place.repo), FAULT_NONE); /* none has one */
    ASSERT_INT(place_put(&place, s, "a", "1", NULL), FAULT_NONE);
    o.branch = "mian";
    ASSERT_INT(store_open(&o, &other, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_CONFIG);
    ASSERT(strstr(place.err.msg, "has no branch 'mian', but 'main'") != NULL);
    ASSERT(is_named_once(place.repo));
    ASSERT_INT(fault_of_opening(place.repo), FAULT_NONE);
    store_free(s);
    end();
}

static void another_branch_can_be_named(void)
{
    place_init(&place);
    struct store *s = NULL;
    struct store_options o = place_options(place.repo, NULL);
    o.branch = "data/live";
    ASSERT_INT(store_create(&o, &place.err), 0);
    ASSERT_INT(store_open(&o, &s, &place.err), 0);
    ASSERT_INT(place_put(&place, s, "a", "1", NULL), FAULT_NONE);
    if (git_is_there()) {
        git(&place, &said, place.repo, "for-each-ref", "--format=%(refname)",
            NULL);
        ASSERT_STR(text_str(&said), "refs/heads/data/live");
        git(&place, &said, place.repo, "symbolic-ref", "HEAD", NULL);
        ASSERT_STR(text_str(&said), "refs/heads/data/live");
    }
    store_free(s);
    end();
}

/* A broken ~/.gitconfig would make libgit2 fail, a signing or hook setting
 * there would change what a commit is. */
static void the_users_git_configuration_is_not_read(void)
{
    char home[256];
    const char *before = getenv("HOME");
    snprintf(home, sizeof(home), "%s", before ? before : "/");
    place_init(&place);
    file_write(place.root, ".gitconfig", "[this is not = valid\n");
    setenv("HOME", place.root, 1);
    setenv("XDG_CONFIG_HOME", place.root, 1);
    setenv("GIT_DIR", "/nonexistent", 1);
    struct store *s = place_start(&place, NULL);
    ASSERT_INT(place_put(&place, s, "a", "1", NULL), FAULT_NONE);
    ASSERT_STR(place_read(&place, s, "a", &said), "1");
    store_free(s);
    setenv("HOME", home, 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("GIT_DIR");
    end();
}

static void opening_many_times_is_counted(void)
{
    place_init(&place);
    struct store *two[2];
    struct store *s = place_start(&place, NULL);
    for (int i = 0; i < 5; i++) {
        two[0] = place_open(&place, place.repo, NULL);
        two[1] = place_open(&place, place.repo, NULL);
        store_free(two[0]);
        store_free(two[1]);
        ASSERT_INT(fault_of_opening(place.root), FAULT_CONFIG);
    }
    ASSERT_INT(place_put(&place, s, "a", "1", NULL), FAULT_NONE);
    store_free(s);
    end();
}

void store_open_test(void);
void store_open_test(void)
{
    TEST_SUITE("store: opening");
    TEST(only_a_vacant_directory_becomes_a_repository);
    TEST(what_is_not_there_is_missing);
    TEST(the_repository_around_a_directory_is_not_meant);
    TEST(a_work_tree_is_refused);
    TEST(a_repository_of_another_user_is_refused);
    TEST(bad_options_are_refused);
    TEST(a_branch_beside_the_one_that_is_there_is_refused);
    TEST(another_branch_can_be_named);
    TEST(the_users_git_configuration_is_not_read);
    TEST(opening_many_times_is_counted);
}
