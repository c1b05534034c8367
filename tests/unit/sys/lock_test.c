#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* unshare() */
#endif
#include "sys/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
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

/* The lock of `thing`, below the real directory, when it is asked for as
 * `as`. */
static void same_lock(const char *as, const char *thing)
{
    char real[PATH_MAX], given[PATH_MAX + 64], want[2 * PATH_MAX],
        got[LOCK_PATH_MAX];
    ASSERT_FATAL(realpath(dir, real) != NULL);
    snprintf(want, sizeof(want), "%s/%s.lock", real, thing);
    snprintf(given, sizeof(given), "%s/%s", dir, as);
    lock_path_of(given, got);
    ASSERT_STR(got, want);
}

static void make(const char *verb, const char *name, const char *to)
{
    char at[300];
    snprintf(at, sizeof(at), "%s/%s", dir, name);
    int rc = strcmp(verb, "mkdir") == 0   ? mkdir(at, 0700)
             : strcmp(verb, "rmdir") == 0 ? rmdir(at)
             : strcmp(verb, "link") == 0  ? symlink(to, at)
                                          : unlink(at);
    ASSERT_INT(rc, 0);
}

static void two_names_of_one_thing_have_one_lock(void)
{
    begin();
    make("mkdir", "deep", NULL);
    make("mkdir", "deep/data.git", NULL);
    make("link", "short", "deep/data.git");
    make("link", "twice", "short");
    make("link", "way", "deep");
    same_lock("deep/data.git", "deep/data.git");
    same_lock("deep/data.git//", "deep/data.git");
    same_lock("deep/../deep/./data.git", "deep/data.git");
    same_lock("short", "deep/data.git");
    same_lock("short/", "deep/data.git");
    same_lock("twice", "deep/data.git");
    same_lock("way/data.git", "deep/data.git");
    /* What is yet to be made. */
    same_lock("way/new.git", "deep/new.git");
    same_lock("way/new.git/", "deep/new.git");
    same_lock("new.git", "new.git");
    make("unlink", "way", NULL);
    make("unlink", "twice", NULL);
    make("unlink", "short", NULL);
    make("rmdir", "deep/data.git", NULL);
    make("rmdir", "deep", NULL);
    end();
}

static void a_path_that_leads_nowhere_stays_what_it_is(void)
{
    char got[LOCK_PATH_MAX], here[PATH_MAX], want[2 * PATH_MAX];
    char many[2 * PATH_MAX] = "";
    lock_path_of("/nonexistent/dir/data.git", got);
    ASSERT_STR(got, "/nonexistent/dir/data.git.lock");
    lock_path_of("/nonexistent", got);
    ASSERT_STR(got, "/nonexistent.lock");
    lock_path_of("/", got);
    ASSERT_STR(got, "/.lock");
    ASSERT_FATAL(getcwd(here, sizeof(here)) != NULL);
    snprintf(want, sizeof(want), "%s/nonexistent.git.lock", here);
    lock_path_of("nonexistent.git", got);
    ASSERT_STR(got, want);
    /* Longer than any path may be: cut, and of no use. */
    memset(many, 'x', sizeof(many) - 1);
    lock_path_of(many, got);
    ASSERT_INT(strlen(got), PATH_MAX - 1 + 5);
}

/* In a child, which ends with what `work` answers. */
static int in_child(int (*work)(void))
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        alarm(60);
        _exit(work());
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Holds the lock, of which the file is empty, while another asks for it. 0, or
 * the line that did not hold. */
static int hold_nameless(void)
{
    struct lock one, two;
    struct error err = { FAULT_NONE, "" };
    struct stat st;
    if (lock_take(path, &one, &err) || !one.held)
        return 1;
    if (stat(path, &st) || st.st_size != 0)
        return 2;
    if (lock_take(path, &two, &err) != -1 || err.fault != FAULT_BUSY ||
        !strstr(err.msg, "held by another process; wait for it to end"))
        return 3;
    lock_drop(&one);
    return lock_take(path, &two, &err) ? 4 : 0;
}

/* No file may grow, as on a disk that is full. */
static int without_room(void)
{
    const struct rlimit none = { 0, 0 };
    signal(SIGXFSZ, SIG_IGN);
    return setrlimit(RLIMIT_FSIZE, &none) ? 10 : hold_nameless();
}

static void a_holder_that_cannot_write_holds_all_the_same(void)
{
    begin();
    ASSERT_INT(in_child(without_room), 0);
    struct lock lock;
    struct error err;
    ASSERT_INT(lock_take(path, &lock, &err), 0);
    ASSERT_INT(pid_in_file(), getpid());
    lock_drop(&lock);
    end();
}

enum { NO_MOUNT = 77 };

/* A file system of a page, of which every byte is taken, seen by this process
 * alone; `files` there may be, its root and the filler included. */
static int fill_disk(int files)
{
    char options[64], filler[256], page[65536] = "";
    snprintf(options, sizeof(options), "size=4096,nr_inodes=%d", files);
    if (unshare(CLONE_NEWNS) ||
        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
        mount("none", dir, "tmpfs", 0, options))
        return NO_MOUNT;
    snprintf(filler, sizeof(filler), "%s/filler", dir);
    int fd = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return 20;
    ssize_t n = 1;
    while (n > 0)
        n = write(fd, page, sizeof(page));
    int why = errno;
    close(fd);
    return n < 0 && why == ENOSPC ? 0 : 21;
}

static int on_a_full_disk(void)
{
    int rc = fill_disk(3);
    return rc ? rc : hold_nameless();
}

static int where_no_file_can_be_made(void)
{
    struct lock lock;
    struct error err = { FAULT_NONE, "" };
    int rc = fill_disk(2);
    if (rc)
        return rc;
    if (lock_take(path, &lock, &err) != -1 || lock.held)
        return 30;
    return err.fault == FAULT_IO && strstr(err.msg, strerror(ENOSPC)) ? 0 : 31;
}

static void so_does_one_on_a_full_disk(void)
{
    begin();
    int rc = in_child(on_a_full_disk);
    if (rc == NO_MOUNT) {
        test_skip("a small file system cannot be mounted here");
    } else {
        ASSERT_INT(rc, 0);
        ASSERT_INT(in_child(where_no_file_can_be_made), 0);
    }
    end();
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
    TEST(two_names_of_one_thing_have_one_lock);
    TEST(a_path_that_leads_nowhere_stays_what_it_is);
    TEST(a_holder_that_cannot_write_holds_all_the_same);
    TEST(so_does_one_on_a_full_disk);
}
