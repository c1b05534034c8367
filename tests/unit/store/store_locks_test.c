/* What a killed process left locked does not stop the next one. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/store_locks.h"
#include "store_fixture.h"
#include "sys/clock.h"
#include "test.h"

void store_locks_test(void);

static struct place place;

static void lock(const char *name, int64_t age_s)
{
    file_lock(place.repo, name, age_s);
}

static bool is_there(const char *name)
{
    char path[4300];
    snprintf(path, sizeof(path), "%s/%s", place.repo, name);
    return access(path, F_OK) == 0;
}

static int sync_now(struct store *s)
{
    enum sync_state state;
    return store_sync(s, STORE_TEST_BUDGET_MS, &state, &place.err);
}

static void a_lock_of_a_minute_ago_is_nobodys(void)
{
    char hex[STORE_ID_SIZE];
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    ASSERT_INT(place_put(&place, s, "a", "1", hex), FAULT_NONE);
    lock("refs/heads/main.lock", 60);
    lock("refs/tags/2026-01.lock", 60);
    lock("packed-refs.lock", 60);
    lock("HEAD.lock", 60);
    ASSERT_INT(place_put(&place, s, "a", "2", hex), FAULT_BUSY);
    ASSERT_INT(sync_now(s), 0);
    ASSERT(!is_there("refs/heads/main.lock"));
    ASSERT(!is_there("refs/tags/2026-01.lock"));
    ASSERT(!is_there("packed-refs.lock"));
    ASSERT(!is_there("HEAD.lock"));
    ASSERT_INT(place_put(&place, s, "a", "2", hex), FAULT_NONE);
    store_free(s);
    place_release(&place);
}

/* The clock was set back while somebody held it. */
static void one_of_tomorrow_must_be_watched_first(void)
{
    char hex[STORE_ID_SIZE];
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    lock("refs/heads/main.lock", -86400);
    store_unlock(place.repo, 10000, 0);
    ASSERT(is_there("refs/heads/main.lock"));
    store_unlock(place.repo, 10000, 300);
    ASSERT(is_there("refs/heads/main.lock"));
    int64_t begun_ms = clock_monotonic_ms();
    store_unlock(place.repo, 300, 5000);
    int64_t took_ms = clock_monotonic_ms() - begun_ms;
    ASSERT(took_ms >= 300 && took_ms < 4000);
    ASSERT(!is_there("refs/heads/main.lock"));
    ASSERT_INT(place_put(&place, s, "a", "1", hex), FAULT_NONE);
    store_free(s);
    place_release(&place);
}

/* A child puts a fresh lock in the place of the old one, again and again. */
static void a_lock_that_is_renewed_stays(void)
{
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    lock("refs/heads/main.lock", -50);
    pid_t pid = fork();
    if (pid == 0) {
        for (int i = 0; i < 60; i++) {
            char path[4300], fresh[4300];
            snprintf(path, sizeof(path), "%s/refs/heads/main.lock", place.repo);
            snprintf(fresh, sizeof(fresh), "%s/fresh", place.repo);
            file_write(place.repo, "fresh", "");
            struct timespec times[2] = { { .tv_sec = 4102444800 + i },
                                         { .tv_sec = 4102444800 + i } };
            utimensat(AT_FDCWD, fresh, times, 0);
            rename(fresh, path);
            clock_sleep_ms(20);
        }
        _exit(0);
    }
    store_unlock(place.repo, 300, 900);
    ASSERT(is_there("refs/heads/main.lock"));
    ASSERT(waitpid(pid, NULL, 0) == pid);
    store_free(s);
    place_release(&place);
}

static void the_wait_is_half_of_the_budget_at_most(void)
{
    enum sync_state state;
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    lock("refs/heads/main.lock", 0);
    int64_t begun_ms = clock_monotonic_ms();
    ASSERT_INT(store_sync(s, 1000, &state, &place.err), 0);
    int64_t took_ms = clock_monotonic_ms() - begun_ms;
    ASSERT(took_ms >= 500 && took_ms < 1000);
    begun_ms = clock_monotonic_ms();
    ASSERT_INT(store_sync(s, 0, &state, &place.err), 0);
    ASSERT(clock_monotonic_ms() - begun_ms < 400);
    ASSERT(is_there("refs/heads/main.lock"));
    store_free(s);
    place_release(&place);
}

/* Whose directory refuses to lose it: a removal fails as on a disk that can
 * only be read. Root is not refused. */
static void one_that_cannot_go_is_not_waited_for(void)
{
    char dir[400];
    if (geteuid() == 0) {
        test_skip("root may remove anything");
        return;
    }
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    lock("refs/heads/main.lock", 60);
    snprintf(dir, sizeof(dir), "%s/refs/heads", place.repo);
    ASSERT_INT(chmod(dir, 0500), 0);
    int64_t begun_ms = clock_monotonic_ms();
    store_unlock(place.repo, 10000, 5000);
    ASSERT(clock_monotonic_ms() - begun_ms < 2000);
    ASSERT(is_there("refs/heads/main.lock"));
    ASSERT_INT(chmod(dir, 0700), 0);
    store_free(s);
    place_release(&place);
}

static void a_lock_of_seconds_ago_is_waited_for(void)
{
    char hex[STORE_ID_SIZE];
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    lock("refs/heads/main.lock", 9);
    int64_t begun_ms = clock_monotonic_ms();
    ASSERT_INT(sync_now(s), 0);
    ASSERT(clock_monotonic_ms() - begun_ms >= 100);
    ASSERT_INT(place_put(&place, s, "a", "1", hex), FAULT_NONE);
    store_free(s);
    place_release(&place);
}

static void other_files_stay(void)
{
    place_init(&place);
    struct store *s = place_start(&place, NULL);
    lock("config.lock", 60); /* a person's, at work */
    lock("refs/heads/lock", 60);
    lock("refs/heads/.lock", 60);
    lock("objects/x.lock", 60);
    ASSERT_INT(sync_now(s), 0);
    ASSERT(is_there("config.lock"));
    ASSERT(is_there("refs/heads/lock"));
    ASSERT(is_there("refs/heads/.lock"));
    ASSERT(is_there("objects/x.lock"));
    store_free(s);
    place_release(&place);
}

enum { FIRST_RACERS = 8, FIRST_ROUNDS = 6 };

/* Opens the repository, waits until the pipe is closed, and commits. */
static _Noreturn void race_to_be_first(const int go[2], int racer)
{
    char byte;
    struct store *s = place_open(&place, place.repo, NULL);
    close(go[1]);
    if (read(go[0], &byte, 1) != 0)
        _exit(9);
    _exit(place_put(&place, s, "a", racer % 2 ? "1" : "2", NULL) == FAULT_NONE);
}

/* How many of them were told that theirs is the first commit. */
static int first_of_all(void)
{
    pid_t racers[FIRST_RACERS];
    int go[2], firsts = 0;
    ASSERT_FATAL(pipe(go) == 0);
    fflush(stdout);
    for (int i = 0; i < FIRST_RACERS; i++) {
        racers[i] = fork();
        if (racers[i] == 0)
            race_to_be_first(go, i);
    }
    clock_sleep_ms(100);
    close(go[0]);
    close(go[1]);
    for (int i = 0; i < FIRST_RACERS; i++) {
        int status = -1;
        waitpid(racers[i], &status, 0);
        ASSERT(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
        firsts += WIFEXITED(status) && WEXITSTATUS(status) == 1;
    }
    return firsts;
}

/* The others hear of it: none is told that its commit is there when it is not.
 * Where the branch is made without a lock about one round in ten shows it. */
static void of_several_first_commits_one_stands(void)
{
    for (int i = 0; i < FIRST_ROUNDS; i++) {
        place_init(&place);
        struct store_options o = place_options(place.repo, NULL);
        ASSERT_INT(store_create(&o, &place.err), 0);
        ASSERT_INT(first_of_all(), 1);
        place_release(&place);
    }
}

void store_locks_test(void)
{
    TEST_SUITE("store/locks");
    TEST(a_lock_of_a_minute_ago_is_nobodys);
    TEST(one_of_tomorrow_must_be_watched_first);
    TEST(a_lock_that_is_renewed_stays);
    TEST(the_wait_is_half_of_the_budget_at_most);
    TEST(one_that_cannot_go_is_not_waited_for);
    TEST(a_lock_of_seconds_ago_is_waited_for);
    TEST(other_files_stay);
    TEST(of_several_first_commits_one_stands);
}
