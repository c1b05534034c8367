/* Several processes, one repository. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store_fixture.h"
#include "test.h"

static struct place place;
static struct text said = TEXT_INIT(1 << 20);

enum { RACERS = 3, LAPS = 40 };

/* Commits its own files, again after each that another one was ahead of. */
static int race(int racer)
{
    char path[40], body[16];
    int done = 0;
    struct store *s = place_open(&place, place.repo, NULL);
    for (int tries = 0; done < LAPS && tries < 100000; tries++) {
        snprintf(path, sizeof(path), "racer-%d/%02d", racer, done);
        snprintf(body, sizeof(body), "%d", done);
        enum fault fault = place_put(&place, s, path, body, NULL);
        if (fault != FAULT_NONE && fault != FAULT_BUSY)
            return 2;
        done += fault == FAULT_NONE;
        if (store_reload(s, &place.err))
            return 3;
    }
    store_free(s);
    return done == LAPS ? 0 : 4;
}

static void of_several_writers_none_loses_a_commit(void)
{
    place_init(&place);
    pid_t racers[RACERS];
    struct store_options o = place_options(place.repo, NULL);
    ASSERT_INT(store_create(&o, &place.err), 0);
    fflush(stdout);
    for (int i = 0; i < RACERS; i++) {
        racers[i] = fork();
        if (racers[i] == 0)
            _exit(race(i));
    }
    for (int i = 0; i < RACERS; i++) {
        int status = -1;
        waitpid(racers[i], &status, 0);
        ASSERT_INT(status, 0);
    }
    if (git_is_there()) {
        git(&place, &said, place.repo, "rev-list", "--count", "main", NULL);
        ASSERT_STR(text_str(&said), "120");
        git(&place, &said, place.repo, "ls-tree", "-r", "--name-only", "main",
            NULL);
        size_t files = 1;
        for (const char *c = text_str(&said); *c; c++)
            files += *c == '\n';
        ASSERT_INT(files, RACERS * LAPS);
        ASSERT(git_finds_no_fault(&place, place.repo));
    }
    text_release(&said);
    place_release(&place);
}

/* Opens again and again until the other one's first commit is seen. */
static void open_until_it_has_a_tip(void)
{
    char tip[STORE_ID_SIZE] = "";
    for (int tries = 0; !tip[0] && tries < 100000; tries++) {
        struct store *s = place_open(&place, place.repo, NULL);
        store_tip(s, tip);
        store_free(s);
    }
    ASSERT(tip[0]);
}

static void opening_during_the_first_commit_finds_the_branch(void)
{
    for (int round = 0; round < 60; round++) {
        place_init(&place);
        struct store *s = place_start(&place, NULL);
        fflush(stdout);
        pid_t first = fork();
        if (first == 0)
            _exit((int)place_put(&place, s, "a", "1", NULL));
        open_until_it_has_a_tip();
        int status = -1;
        waitpid(first, &status, 0);
        ASSERT_INT(status, 0);
        store_free(s);
        place_release(&place);
    }
}

/* As many pushers do one after the other: a name in the remote that is there
 * for a moment. Until it is killed. */
static void come_and_go(const char *tip)
{
    char name[1200], temporary[1220];
    snprintf(name, sizeof(name), "%s/refs/gridwatch", place.remote);
    mkdir(name, 0755);
    snprintf(name, sizeof(name), "%s/refs/gridwatch/incoming", place.remote);
    mkdir(name, 0755);
    snprintf(name, sizeof(name), "%s/refs/gridwatch/incoming/%s", place.remote,
             tip);
    snprintf(temporary, sizeof(temporary), "%s/passing", place.remote);
    for (;;) {
        FILE *f = fopen(temporary, "w");
        if (!f)
            _exit(1);
        fprintf(f, "%s\n", tip);
        fclose(f);
        rename(temporary, name);
        unlink(name);
    }
}

static void push_one(struct store *s, int n)
{
    char text[16];
    snprintf(text, sizeof(text), "%d", n);
    ASSERT_INT(place_put(&place, s, "a", text, NULL), FAULT_NONE);
    int rc = store_push(s, STORE_TEST_BUDGET_MS, &place.err);
    ASSERT_STR(rc ? place.err.msg : "", "");
}

static void what_another_pusher_takes_away_is_no_fault(void)
{
    char tip[STORE_ID_SIZE];
    place_init(&place);
    ASSERT_FATAL(store_create_remote(place.remote, NULL, &place.err) == 0);
    struct store *s = place_start(&place, place.remote);
    push_one(s, 0);
    store_tip(s, tip);
    fflush(stdout);
    pid_t other = fork();
    if (other == 0)
        come_and_go(tip);
    for (int i = 1; i < 100; i++)
        push_one(s, i);
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
    store_free(s);
    place_release(&place);
}

void store_race_test(void);

void store_race_test(void)
{
    TEST_SUITE("store: races");
    TEST(of_several_writers_none_loses_a_commit);
    TEST(opening_during_the_first_commit_finds_the_branch);
    TEST(what_another_pusher_takes_away_is_no_fault);
}
