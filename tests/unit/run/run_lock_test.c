/* One lock for one repository, by whatever name it is configured. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/run.h"
#include "sys/clock.h"
#include "sys/lock.h"
#include "test.h"

static char root[] = "/tmp/run-lock-XXXXXX";
static struct error err;

static const char *in_root(const char *name)
{
    static char path[300];
    snprintf(path, sizeof(path), "%s/%s", root, name);
    return path;
}

/* "taken", "held", or another fault; what is taken is given back. */
static const char *take(const char *name, struct lock *kept)
{
    static struct config config;
    struct lock lock;
    config = (struct config){ .run.deadline_ms = 1 };
    snprintf(config.repository.path, sizeof(config.repository.path), "%s",
             in_root(name));
    err = (struct error){ FAULT_NONE, "" };
    if (run_take_lock(&config, &lock, &err))
        return err.fault == FAULT_BUSY ? "held" : fault_name(err.fault);
    if (kept)
        *kept = lock;
    else
        lock_drop(&lock);
    return "taken";
}

static void a_link_to_the_repository_has_its_lock(void)
{
    struct lock lock;
    ASSERT_FATAL(mkdtemp(root) != NULL);
    ASSERT_INT(mkdir(in_root("data.git"), 0700), 0);
    ASSERT_INT(symlink("data.git", in_root("link.git")), 0);
    ASSERT_INT(symlink(".", in_root("here")), 0);

    ASSERT_STR(take("data.git", &lock), "taken");
    ASSERT_STR(take("link.git", NULL), "held");
    ASSERT(strstr(err.msg, "/data.git.lock") != NULL);
    ASSERT_STR(take("here/data.git", NULL), "held");
    ASSERT_STR(take("here/here/link.git/", NULL), "held");
    ASSERT_STR(take("other.git", NULL), "taken");
    lock_drop(&lock);
    ASSERT_STR(take("link.git", &lock), "taken");
    ASSERT_STR(take("data.git", NULL), "held");
    lock_drop(&lock);
    ASSERT_INT(access(in_root("link.git.lock"), F_OK), -1);

    /* One that is yet to be cloned, through its directory. */
    ASSERT_STR(take("here/new.git", &lock), "taken");
    ASSERT_STR(take("new.git", NULL), "held");
    lock_drop(&lock);

    unlink(in_root("new.git.lock"));
    unlink(in_root("other.git.lock"));
    unlink(in_root("data.git.lock"));
    unlink(in_root("here"));
    unlink(in_root("link.git"));
    rmdir(in_root("data.git"));
    ASSERT_INT(rmdir(root), 0); /* no other file was made */
}

/* Holds the lock, says so, and ends a little later. */
static pid_t a_run_that_goes_on(const struct config *config)
{
    struct lock lock;
    int told[2];
    char word = 0;
    if (pipe(told))
        return -1;
    pid_t child = fork();
    if (child == 0) {
        word = run_take_lock(config, &lock, NULL) ? '-' : '+';
        (void)!write(told[1], &word, 1);
        clock_sleep_ms(300);
        _exit(0);
    }
    (void)!read(told[0], &word, 1);
    close(told[0]);
    close(told[1]);
    ASSERT(word == '+');
    return child;
}

static void somebody_who_waits_has_it_after_the_run(void)
{
    static struct config config;
    struct lock lock;
    char dir[] = "/tmp/run-lock-XXXXXX", path[1100];
    ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(config.repository.path, sizeof(config.repository.path),
             "%s/data.git", dir);
    pid_t child = a_run_that_goes_on(&config);
    ASSERT_FATAL(child > 0);
    ASSERT_INT(run_await_lock(&config, 0, &lock, &err), -1);
    ASSERT_INT(err.fault, FAULT_BUSY);
    ASSERT_INT(run_await_lock(&config, 60000, &lock, &err), 0);
    lock_drop(&lock);
    ASSERT_INT(waitpid(child, NULL, 0), child);
    snprintf(path, sizeof(path), "%s.lock", config.repository.path);
    unlink(path);
    ASSERT_INT(rmdir(dir), 0);
    /* What waiting does not mend fails at once, whoever asks not why. */
    ASSERT_INT(run_await_lock(&config, 60000, &lock, NULL), -1);
}

void run_lock_test(void);
void run_lock_test(void)
{
    TEST_SUITE("run/lock");
    TEST(a_link_to_the_repository_has_its_lock);
    TEST(somebody_who_waits_has_it_after_the_run);
}
