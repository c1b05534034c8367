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

/* A store and an empty remote. */
static struct store *begin(void)
{
    place_init(&place);
    ASSERT_INT(store_create_remote(place.remote, NULL, &place.err), 0);
    return place_start(&place, place.remote);
}

static void end(struct store *s)
{
    store_free(s);
    text_release(&said);
    place_release(&place);
}

static enum fault push(struct store *s)
{
    return store_push(s, STORE_TEST_BUDGET_MS, &place.err) ? place.err.fault
                                                           : FAULT_NONE;
}

/* The word of the state, with the fault behind it if there is one. */
static const char *synced(struct store *s)
{
    static char words[64];
    enum sync_state state;
    int rc = store_sync(s, STORE_TEST_BUDGET_MS, &state, &place.err);
    snprintf(words, sizeof(words), "%s%s%s", sync_state_name(state),
             rc ? " " : "", rc ? fault_name(place.err.fault) : "");
    return words;
}

static bool owed(struct store *s)
{
    bool yes = false;
    ASSERT_INT(store_push_owed(s, &yes, &place.err), 0);
    return yes;
}

static const char *remote_says(const char *a, const char *b)
{
    git(&place, &said, place.remote, a, b, NULL);
    return text_str(&said);
}

static void a_push_arrives(void)
{
    char hex[STORE_ID_SIZE];
    struct store *s = begin();
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT(!owed(s));
    ASSERT_STR(synced(s), "empty");
    place_put(&place, s, "a/b", "1", NULL);
    ASSERT(owed(s));
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT(!owed(s));
    place_put(&place, s, "a/b", "2", hex);
    ASSERT(owed(s));
    ASSERT_STR(synced(s), "ahead");
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT_STR(synced(s), "same");
    if (git_is_there()) {
        ASSERT_STR(remote_says("rev-parse", "main"), hex);
        ASSERT_STR(remote_says("show", "main:a/b"), "2");
        ASSERT_STR(remote_says("log", "--format=%s"), "one file\none file");
        ASSERT_STR(remote_says("symbolic-ref", "HEAD"), "refs/heads/main");
        ASSERT(git_finds_no_fault(&place, place.remote));
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    end(s);
}

static void the_address_may_be_a_file_url(void)
{
    char url[400];
    struct store *s = begin();
    store_free(s);
    snprintf(url, sizeof(url), "file://%s", place.remote);
    s = place_open(&place, place.repo, url);
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    if (git_is_there())
        ASSERT_STR(remote_says("show", "main:a"), "1");
    end(s);
}

static void without_a_remote_nothing_is_owed(void)
{
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    place_put(&place, s, "a", "1", NULL);
    ASSERT_STR(synced(s), "no-remote");
    ASSERT(!owed(s));
    ASSERT_INT(push(s), FAULT_NONE);
    end(s);
}

static void a_second_clone_is_fast_forwarded(void)
{
    char hex[STORE_ID_SIZE], tip[STORE_ID_SIZE];
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    struct store *other = place_open(&place, place.other, place.remote);
    ASSERT_STR(place_read(&place, other, "a", &said), "1");
    ASSERT(!owed(other));
    place_put(&place, other, "a", "2", NULL);
    place_put(&place, other, "b", "2", hex);
    ASSERT_INT(push(other), FAULT_NONE);
    store_free(other);
    ASSERT_STR(place_read(&place, s, "a", &said), "1");
    ASSERT_STR(synced(s), "forwarded");
    store_tip(s, tip);
    ASSERT_STR(tip, hex);
    ASSERT_STR(place_read(&place, s, "a", &said), "2");
    ASSERT_STR(synced(s), "same");
    ASSERT_INT(place_put(&place, s, "c", "3", NULL), FAULT_NONE);
    ASSERT_INT(push(s), FAULT_NONE);
    if (git_is_there()) {
        git(&place, &said, place.remote, "ls-tree", "--name-only", "main",
            NULL);
        ASSERT_STR(text_str(&said), "a\nb\nc");
        ASSERT(git_finds_no_fault(&place, place.repo));
        ASSERT(git_finds_no_fault(&place, place.other));
    }
    end(s);
}

static void a_remote_that_is_ahead_refuses_the_push(void)
{
    char theirs[STORE_ID_SIZE], ours[STORE_ID_SIZE], tip[STORE_ID_SIZE];
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    struct store *other = place_open(&place, place.other, place.remote);
    place_put(&place, other, "b", "2", theirs);
    ASSERT_INT(push(other), FAULT_NONE);
    place_put(&place, s, "c", "3", ours);
    ASSERT_INT(push(s), FAULT_BUSY);
    ASSERT(owed(s));
    ASSERT_STR(synced(s), "diverged");
    ASSERT(owed(s));
    store_tip(s, tip);
    ASSERT_STR(tip, ours);
    ASSERT_INT(push(s), FAULT_BUSY);
    if (git_is_there())
        ASSERT_STR(remote_says("rev-parse", "main"), theirs);
    store_free(other);
    end(s);
}

static void histories_without_a_common_root_have_diverged(void)
{
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    struct store_options o = place_options(place.other, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0);
    struct store *other = place_open(&place, place.other, NULL);
    place_put(&place, other, "b", "1", NULL);
    store_free(other);
    other = place_open(&place, place.other, place.remote);
    ASSERT_STR(synced(other), "diverged");
    ASSERT_INT(push(other), FAULT_BUSY);
    store_free(other);
    end(s);
}

static void a_remote_that_is_gone_is_transient(void)
{
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    place_put(&place, s, "a", "2", NULL);
    char away[400];
    snprintf(away, sizeof(away), "%s/away", place.root);
    ASSERT_INT(rename(place.remote, away), 0);
    ASSERT_INT(push(s), FAULT_TRANSIENT);
    ASSERT(strstr(place.err.msg, place.remote) != NULL);
    ASSERT(strstr(place.err.msg, "gridwatch init --create-remote") != NULL);
    ASSERT_STR(synced(s), "unknown transient");
    ASSERT(owed(s));
    ASSERT_STR(place_read(&place, s, "a", &said), "2");
    ASSERT_INT(rename(away, place.remote), 0);
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT(!owed(s));
    end(s);
}

static void a_remote_that_was_emptied_is_owed_again(void)
{
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    char gone[400];
    snprintf(gone, sizeof(gone), "%s/gone", place.root);
    ASSERT_INT(rename(place.remote, gone), 0);
    ASSERT_INT(store_create_remote(place.remote, "main", &place.err), 0);
    ASSERT(!owed(s));
    ASSERT_STR(synced(s), "empty");
    ASSERT(owed(s));
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT_STR(synced(s), "same");
    end(s);
}

/* Somebody holds it, or was killed holding it. */
static void a_locked_branch_is_not_a_success(void)
{
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    place_put(&place, s, "a", "2", NULL);
    file_lock(place.remote, "refs/heads/main.lock", 0);
    ASSERT_INT(store_push(s, 1000, &place.err) ? place.err.fault : FAULT_NONE,
               FAULT_BUSY);
    ASSERT(strstr(place.err.msg, "cannot lock ref") != NULL);
    ASSERT(owed(s));
    char lock[400];
    snprintf(lock, sizeof(lock), "%s/refs/heads/main.lock", place.remote);
    unlink(lock);
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT(!owed(s));
    if (git_is_there())
        ASSERT_STR(remote_says("for-each-ref", "--format=%(refname)"),
                   "refs/heads/main");
    end(s);
}

/* A run that was killed there held them. */
static void an_old_lock_at_the_remote_is_nobodys(void)
{
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    place_put(&place, s, "a", "2", NULL);
    file_lock(place.remote, "refs/heads/main.lock", 60);
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT(!owed(s));
    place_put(&place, s, "a", "3", NULL);
    file_lock(place.remote, "refs/heads/main.lock", 8);
    ASSERT_INT(push(s), FAULT_NONE);
    end(s);
}

/* A remote whose history is another one: `main` there becomes a commit of its
 * own with the same files. */
static void write_anew(void)
{
    char tree[STORE_ID_SIZE];
    snprintf(tree, sizeof(tree), "%s", remote_says("rev-parse", "main^{tree}"));
    git(&place, &said, place.remote, "commit-tree", "-m", "anew", tree, NULL);
    char anew[STORE_ID_SIZE];
    snprintf(anew, sizeof(anew), "%s", text_str(&said));
    git(&place, &said, place.remote, "update-ref", "refs/heads/main", anew,
        NULL);
}

static void a_history_that_was_written_anew_is_said_until_it_is_settled(void)
{
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    place_put(&place, s, "a", "2", NULL);
    if (!git_is_there()) {
        end(s);
        return;
    }
    write_anew();
    ASSERT_STR(synced(s), "replaced");
    ASSERT_STR(synced(s), "replaced");
    ASSERT_INT(push(s), FAULT_BUSY);
    store_free(s);
    s = place_open(&place, place.repo, place.remote);
    ASSERT_STR(synced(s), "replaced");
    store_free(s);
    git(&place, &said, place.remote, "update-ref", "-d", "refs/heads/main",
        NULL);
    s = place_open(&place, place.repo, place.remote);
    ASSERT_STR(synced(s), "empty");
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT_STR(synced(s), "same");
    end(s);
}

/* Restored from a backup: what is here goes on from there. */
static void a_remote_that_went_back_is_only_behind(void)
{
    char first[STORE_ID_SIZE];
    struct store *s = begin();
    place_put(&place, s, "a", "1", first);
    place_put(&place, s, "a", "2", NULL);
    ASSERT_INT(push(s), FAULT_NONE);
    if (git_is_there()) {
        git(&place, &said, place.remote, "update-ref", "refs/heads/main", first,
            NULL);
        ASSERT_STR(synced(s), "ahead");
        ASSERT(owed(s));
        ASSERT_INT(push(s), FAULT_NONE);
        ASSERT_STR(remote_says("show", "main:a"), "2");
    }
    end(s);
}

static void tags_that_the_remote_lacks_are_pushed(void)
{
    char first[STORE_ID_SIZE], second[STORE_ID_SIZE];
    struct store *s = begin();
    place_put(&place, s, "a", "1", first);
    ASSERT_INT(store_tag(s, "month", first, &place.err), 0);
    ASSERT_INT(push(s), FAULT_NONE);
    place_put(&place, s, "a", "2", second);
    ASSERT_INT(push(s), FAULT_NONE);
    ASSERT_INT(store_tag(s, "later", second, &place.err), 0);
    ASSERT_INT(push(s), FAULT_NONE); /* a tag alone */
    ASSERT_INT(push(s), FAULT_NONE); /* nothing at all */
    if (git_is_there()) {
        ASSERT_STR(remote_says("rev-parse", "month"), first);
        ASSERT_STR(remote_says("rev-parse", "later"), second);
    }
    end(s);
}

static void spent_time_is_an_error_at_once(void)
{
    enum sync_state state = SYNC_SAME;
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    ASSERT_INT(store_push(s, 0, &place.err), -1);
    ASSERT_INT(place.err.fault, FAULT_TRANSIENT);
    ASSERT(strstr(place.err.msg, "time") != NULL);
    ASSERT_INT(store_push(s, INT64_MIN, &place.err), -1);
    ASSERT_INT(store_sync(s, -5, &state, &place.err), -1);
    ASSERT_INT(state, SYNC_UNKNOWN);
    ASSERT_INT(store_push(s, INT64_MAX, &place.err), 0);
    end(s);
}

static enum fault fault_of_cloning(const char *remote)
{
    struct store *s = NULL;
    struct store_options o = place_options(place.other, remote);
    o.clone_if_absent = true;
    int rc = store_open(&o, &s, &place.err);
    store_free(s);
    return rc ? place.err.fault : FAULT_NONE;
}

static void what_cannot_be_cloned_leaves_nothing_behind(void)
{
    struct store *s = begin();
    ASSERT_INT(fault_of_cloning(NULL), FAULT_MISSING);
    ASSERT_INT(fault_of_cloning(place.remote), FAULT_MISSING);
    ASSERT(strstr(place.err.msg, "gridwatch init") != NULL);
    ASSERT(access(place.other, F_OK) != 0);
    ASSERT_INT(fault_of_cloning("/nonexistent/remote.git"), FAULT_TRANSIENT);
    ASSERT(strstr(place.err.msg, "' is not cloned yet: remote '") != NULL);
    ASSERT(access(place.other, F_OK) != 0);
    ASSERT_INT(fault_of_cloning(place.root), FAULT_TRANSIENT);
    ASSERT(strstr(place.err.msg, "' is not a git repository: ") != NULL);
    ASSERT(access(place.other, F_OK) != 0);
    place_put(&place, s, "a", "1", NULL);
    push(s);
    ASSERT_INT(fault_of_cloning(place.remote), FAULT_NONE);
    struct store *other = place_open(&place, place.other, NULL);
    ASSERT_STR(place_read(&place, other, "a", &said), "1");
    store_free(other);
    end(s);
}

/* A crash between the making and the fetching of a clone. */
static void a_half_made_clone_is_finished_or_refused(void)
{
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    push(s);
    struct store_options o = place_options(place.other, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0);
    ASSERT_INT(fault_of_cloning("/nonexistent/remote.git"), FAULT_TRANSIENT);
    ASSERT(strstr(place.err.msg, "' is not cloned yet: remote '") != NULL);
    struct store *other = place_open(&place, place.other, place.remote);
    ASSERT_STR(place_read(&place, other, "a", &said), "1");
    store_free(other);
    end(s);
}

static void bad_addresses_are_refused_without_their_secret(void)
{
    static const char *const urls[] = {
        "https://user:hunter2@example.org/data.git",
        "http://user:hunter2@example.org/data.git",
        "https://hunter2@example.org/data.git",
        "ssh://git:hunter2@example.org/data.git",
        "git@example.org:hunter2.git",
        "git://example.org/hunter2",
        "http://example.org/hunter2",
        "",
    };
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
        struct store *other = NULL;
        struct store_options o = place_options(place.repo, urls[i]);
        ASSERT_INT(store_open(&o, &other, &place.err), -1);
        ASSERT_INT(place.err.fault, FAULT_CONFIG);
        ASSERT(strstr(place.err.msg, "hunter2") == NULL);
        ASSERT(strstr(place.err.msg, "'repository.remote' must ") != NULL);
    }
    end(s);
}

static void the_address_is_not_kept_in_the_repository(void)
{
    struct store *s = begin();
    place_put(&place, s, "a", "1", NULL);
    push(s);
    synced(s);
    if (git_is_there()) {
        ASSERT_INT(git(&place, &said, place.repo, "grep", "-r", "--no-index",
                       "-l", "remote.git", ".", NULL),
                   1);
        ASSERT_STR(text_str(&said), "");
    }
    end(s);
}

void store_remote_test(void);
void store_remote_test(void)
{
    TEST_SUITE("store: the remote");
    TEST(a_push_arrives);
    TEST(the_address_may_be_a_file_url);
    TEST(without_a_remote_nothing_is_owed);
    TEST(a_second_clone_is_fast_forwarded);
    TEST(a_remote_that_is_ahead_refuses_the_push);
    TEST(histories_without_a_common_root_have_diverged);
    TEST(a_remote_that_is_gone_is_transient);
    TEST(a_remote_that_was_emptied_is_owed_again);
    TEST(a_locked_branch_is_not_a_success);
    TEST(an_old_lock_at_the_remote_is_nobodys);
    TEST(a_history_that_was_written_anew_is_said_until_it_is_settled);
    TEST(a_remote_that_went_back_is_only_behind);
    TEST(tags_that_the_remote_lacks_are_pushed);
    TEST(spent_time_is_an_error_at_once);
    TEST(what_cannot_be_cloned_leaves_nothing_behind);
    TEST(a_half_made_clone_is_finished_or_refused);
    TEST(bad_addresses_are_refused_without_their_secret);
    TEST(the_address_is_not_kept_in_the_repository);
}
