#include "sys/lock.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static char dir[200];
static char path[256];

static void begin(void)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(dir, sizeof(dir), "%s/gridwatch-lock.XXXXXX",
             tmp && tmp[0] ? tmp : "/tmp");
    ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(path, sizeof(path), "%s/lock", dir);
}

static void end(void)
{
    unlink(path);
    rmdir(dir);
}

static long pid_in_file(void)
{
    char line[32] = "";
    FILE *f = fopen(path, "re");
    ASSERT_FATAL(f != NULL);
    bool got = fgets(line, sizeof(line), f) != NULL;
    fclose(f);
    return got ? strtol(line, NULL, 10) : 0;
}

static void a_lock_is_held_once_and_names_its_holder(void)
{
    struct lock one, two;
    struct error err = { FAULT_NONE, "" };
    char want[400];
    begin();
    ASSERT_INT(lock_take(path, &one, &err), 0);
    ASSERT(one.held);
    ASSERT_INT(pid_in_file(), getpid());
    ASSERT_INT(lock_take(path, &two, &err), -1);
    ASSERT(!two.held);
    ASSERT_INT(err.fault, FAULT_BUSY);
    snprintf(want, sizeof(want),
             "lock '%s': held by process %ld; wait for it to end", path,
             (long)getpid());
    ASSERT_STR(err.msg, want);
    lock_drop(&two);
    ASSERT_INT(lock_take(path, &two, &err), -1);
    lock_drop(&one);
    end();
}

static void a_dropped_lock_can_be_taken_again(void)
{
    struct lock one, two;
    struct error err = { FAULT_NONE, "" };
    begin();
    ASSERT_INT(lock_take(path, &one, &err), 0);
    lock_drop(&one);
    ASSERT(!one.held);
    ASSERT_INT(pid_in_file(), 0);
    lock_drop(&one);
    ASSERT_INT(lock_take(path, &two, &err), 0);
    ASSERT_INT(pid_in_file(), getpid());
    lock_drop(&two);
    end();
}

/* A child that takes the lock, says so, and stays until it is killed. */
static pid_t start_holder(void)
{
    int fd[2];
    char word = 'n';
    struct lock lock;
    ASSERT_FATAL(pipe(fd) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        word = lock_take(path, &lock, NULL) ? 'n' : 'y';
        (void)!write(fd[1], &word, 1);
        alarm(60);
        for (;;)
            pause();
    }
    ASSERT(read(fd[0], &word, 1) == 1 && word == 'y');
    close(fd[0]);
    close(fd[1]);
    return pid;
}

static void a_killed_holder_leaves_the_lock_free(void)
{
    struct lock lock;
    struct error err = { FAULT_NONE, "" };
    char who[40];
    begin();
    pid_t child = start_holder();
    snprintf(who, sizeof(who), "process %ld;", (long)child);
    ASSERT_INT(lock_take(path, &lock, &err), -1);
    ASSERT_INT(err.fault, FAULT_BUSY);
    ASSERT(strstr(err.msg, who) != NULL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ASSERT_INT(pid_in_file(), child);
    ASSERT_INT(lock_take(path, &lock, &err), 0);
    ASSERT_INT(pid_in_file(), getpid());
    lock_drop(&lock);
    end();
}

static void a_program_started_meanwhile_does_not_keep_it(void)
{
    struct lock lock, again;
    struct error err = { FAULT_NONE, "" };
    begin();
    ASSERT_INT(lock_take(path, &lock, &err), 0);
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sleep", "sleep", "60", (char *)NULL);
        _exit(127);
    }
    lock_drop(&lock);
    /* Until the child has reached exec() it shares the lock. */
    int rc = -1;
    for (int i = 0; i < 500 && rc; i++) {
        rc = lock_take(path, &again, &err);
        usleep(rc ? 10000 : 0);
    }
    ASSERT_INT(rc, 0);
    lock_drop(&again);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    end();
}

static void a_file_that_cannot_be_made_is_said(void)
{
    struct lock lock;
    struct error err = { FAULT_NONE, "" };
    ASSERT_INT(lock_take("/nonexistent/dir/lock", &lock, &err), -1);
    ASSERT_INT(err.fault, FAULT_IO);
    ASSERT(strstr(err.msg, "/nonexistent/dir/lock") != NULL);
    ASSERT(!lock.held);
    lock_drop(&lock);
}

void lock_test(void);
void lock_test(void)
{
    TEST_SUITE("sys/lock");
    TEST(a_lock_is_held_once_and_names_its_holder);
    TEST(a_dropped_lock_can_be_taken_again);
    TEST(a_killed_holder_leaves_the_lock_free);
    TEST(a_program_started_meanwhile_does_not_keep_it);
    TEST(a_file_that_cannot_be_made_is_said);
}
