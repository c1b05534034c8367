#include "sys/fault_point.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

void fault_point_test(void);

/* How a child ends that passes these two points: its signal, or 0. */
static int end_of_child(const char *die_at)
{
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        if (die_at)
            setenv("GRIDWATCH_DIE_AT", die_at, 1);
        else
            unsetenv("GRIDWATCH_DIE_AT");
        signal(SIGABRT, SIG_DFL);
        FAULT_POINT("before-commit");
        FAULT_POINT("after-commit");
        _exit(0);
    }
    ASSERT_FATAL(pid > 0 && waitpid(pid, &status, 0) == pid);
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

#ifdef FAULT_POINTS
#define HERE(s) (s)
#else
#define HERE(s) 0 /* the marks are nothing */
#endif

static void the_process_dies_at_the_named_point(void)
{
    ASSERT_INT(end_of_child("before-commit"), HERE(SIGKILL));
    ASSERT_INT(end_of_child("after-commit"), HERE(SIGKILL));
}

static void it_lives_otherwise(void)
{
    ASSERT_INT(end_of_child(NULL), 0);
    ASSERT_INT(end_of_child(""), 0);
    ASSERT_INT(end_of_child("after-push"), 0);
}

static void a_misspelt_point_aborts(void)
{
    ASSERT_INT(end_of_child("after-comit"), HERE(SIGABRT));
}

static void the_list_has_every_point_of_a_run(void)
{
    static const char *const want[] = { "after-lock",   "after-sync",
                                        "after-fetch",  "before-commit",
                                        "after-commit", "after-push",
                                        "before-send",  "after-send",
                                        "after-confirm" };
    size_t n = 0;
    const char *const *got = fault_points_list(&n);
    ASSERT_INT(n, sizeof(want) / sizeof(want[0]));
    for (size_t i = 0; i < n; i++)
        ASSERT_STR(got[i], want[i]);
}

void fault_point_test(void)
{
    TEST_SUITE("sys/fault_point");
    TEST(the_process_dies_at_the_named_point);
    TEST(it_lives_otherwise);
    TEST(a_misspelt_point_aborts);
    TEST(the_list_has_every_point_of_a_run);
}
