/* A child that ends by itself, and what it leaves. */
#include "sys/child.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/clock.h"
#include "test.h"

void child_test(void);

static void leave_with(void *payload, int fd)
{
    int code = *(int *)payload;
    if (write(fd, "said", 4) != 4)
        _exit(99);
    if (code < 0)
        raise(SIGKILL);
    _exit(code);
}

static void hang(void *payload, int fd)
{
    (void)payload;
    (void)fd;
    clock_sleep_ms(20000);
}

/* A grandchild that would outlive its parent, and says who it is. */
static void leave_one_behind(void *payload, int fd)
{
    (void)payload;
    pid_t pid = fork();
    if (pid == 0) {
        clock_sleep_ms(20000);
        _exit(0);
    }
    if (write(fd, &pid, sizeof(pid)) != (ssize_t)sizeof(pid))
        _exit(99);
    _exit(0);
}

static struct child begun(void (*run)(void *, int), void *payload)
{
    const struct child_work w = { run, payload, 10000, true };
    struct child c;
    struct error err;
    ASSERT_FATAL(child_start(&w, &c, &err) == 0);
    return c;
}

static int reaped(const struct child *c)
{
    int status = -1;
    int64_t until_ms = clock_monotonic_ms() + 5000;
    while (!child_reap(c, &status) && clock_monotonic_ms() < until_ms)
        clock_sleep_ms(2);
    ASSERT(waitpid(-1, NULL, WNOHANG) < 0);
    return status;
}

static void its_status_is_told(void)
{
    static const int codes[] = { 0, 7, 75 };
    char said[8];
    for (size_t i = 0; i < 3; i++) {
        int code = codes[i];
        struct child c = begun(leave_with, &code);
        int status = reaped(&c);
        ASSERT(WIFEXITED(status));
        ASSERT_INT(WEXITSTATUS(status), codes[i]);
        ASSERT_INT(read(c.fd, said, sizeof(said)), 4);
        ASSERT_INT(read(c.fd, said, sizeof(said)), 0);
        close(c.fd);
    }
}

static void a_death_is_no_exit(void)
{
    int code = -1;
    struct child c = begun(leave_with, &code);
    int status = reaped(&c);
    ASSERT(WIFSIGNALED(status));
    ASSERT_INT(WTERMSIG(status), SIGKILL);
    close(c.fd);
}

static void one_that_goes_on_is_left_alone(void)
{
    int status = -1;
    struct child c = begun(hang, NULL);
    ASSERT(!child_reap(&c, &status));
    ASSERT_INT(status, -1);
    ASSERT_INT(kill(c.pid, 0), 0);
    child_end(&c);
    ASSERT(waitpid(-1, NULL, WNOHANG) < 0);
}

static void whom_it_started_ends_with_it(void)
{
    struct child c = begun(leave_one_behind, NULL);
    pid_t pid = 0;
    int64_t until_ms = clock_monotonic_ms() + 3000;
    ASSERT_INT(read(c.fd, &pid, sizeof(pid)), sizeof(pid));
    ASSERT(WIFEXITED(reaped(&c)));
    char byte;
    /* The pipe ends when the last who holds it does. */
    ASSERT_INT(read(c.fd, &byte, 1), 0);
    ASSERT(clock_monotonic_ms() < until_ms);
    close(c.fd);
}

void child_test(void)
{
    TEST_SUITE("children that end by themselves");
    TEST(its_status_is_told);
    TEST(a_death_is_no_exit);
    TEST(one_that_goes_on_is_left_alone);
    TEST(whom_it_started_ends_with_it);
}
