#include "sys/fault_point.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

void fault_point_test(void);

static int pass_two(void)
{
    FAULT_POINT("before-commit");
    FAULT_POINT("after-commit");
    return 0;
}

/* 10 for each pass of three that failed, 1 for the first of another point. */
static int pass_thrice(void)
{
    int failed = 0;
    for (int i = 0; i < 3; i++)
        failed += FAULT_POINT_FAILS("tidy-join") ? 10 * (i + 1) : 0;
    return failed + (FAULT_POINT_FAILS("tidy-joined") ? 1 : 0);
}

static int pass_in_a_grandchild(void)
{
    int status = 0;
    FAULT_POINT("after-lock");
    pid_t pid = fork();
    if (pid == 0) {
        FAULT_POINT("after-lock");
        _exit(0);
    }
    if (waitpid(pid, &status, 0) != pid)
        return 99;
    return WIFSIGNALED(status) ? 50 + WTERMSIG(status) : 0;
}

static int misspell(void)
{
    FAULT_POINT("after-comit");
    return 0;
}

static void put_variable(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

/* Runs it with these variables; its signal, or its status. */
static int end_of(int (*what)(void), const char *die_at, const char *fail_at)
{
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        put_variable("GRIDWATCH_DIE_AT", die_at);
        put_variable("GRIDWATCH_FAIL_AT", fail_at);
        signal(SIGABRT, SIG_DFL);
        _exit(what());
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
    ASSERT_INT(end_of(pass_two, "before-commit", NULL), HERE(SIGKILL));
    ASSERT_INT(end_of(pass_two, "after-commit", NULL), HERE(SIGKILL));
}

static void it_lives_otherwise(void)
{
    ASSERT_INT(end_of(pass_two, NULL, NULL), 0);
    ASSERT_INT(end_of(pass_two, "", ""), 0);
    ASSERT_INT(end_of(pass_two, "after-push", NULL), 0);
    ASSERT_INT(end_of(pass_two, "after-commit:2", NULL), 0);
    ASSERT_INT(end_of(pass_two, NULL, "after-commit"), 0);
}

static void a_number_names_the_pass(void)
{
    ASSERT_INT(end_of(pass_two, "after-commit:1", NULL), HERE(SIGKILL));
    ASSERT_INT(end_of(pass_thrice, "tidy-join:3", NULL), HERE(SIGKILL));
    ASSERT_INT(end_of(pass_thrice, "tidy-join:4", NULL), 0);
}

static void a_step_fails_once(void)
{
    ASSERT_INT(end_of(pass_thrice, NULL, NULL), 0);
    ASSERT_INT(end_of(pass_thrice, NULL, "tidy-join"), HERE(10));
    ASSERT_INT(end_of(pass_thrice, NULL, "tidy-join:2"), HERE(20));
    ASSERT_INT(end_of(pass_thrice, NULL, "tidy-joined"), HERE(1));
    ASSERT_INT(end_of(pass_thrice, "tidy-join:2", "tidy-join"), HERE(SIGKILL));
}

static void a_child_goes_on_counting(void)
{
    ASSERT_INT(end_of(pass_in_a_grandchild, "after-lock:2", NULL),
               HERE(50 + SIGKILL));
    ASSERT_INT(end_of(pass_in_a_grandchild, "after-lock", NULL), HERE(SIGKILL));
}

static void what_was_passed_can_be_read(void)
{
    char path[] = "/tmp/fault_point_XXXXXX";
    char told[200] = "";
    int fd = mkstemp(path);
    ASSERT_FATAL(fd >= 0);
    setenv("GRIDWATCH_POINTS", path, 1);
    end_of(pass_thrice, "tidy-join:3", "tidy-join:2");
    unsetenv("GRIDWATCH_POINTS");
    ASSERT(read(fd, told, sizeof(told) - 1) >= 0);
    ASSERT_STR(told, HERE(1) ? "tidy-join:1 passed\ntidy-join:2 failed\n"
                               "tidy-join:3 died\n"
                             : "");
    close(fd);
    unlink(path);
}

static void a_misspelt_point_aborts(void)
{
    ASSERT_INT(end_of(misspell, NULL, NULL), HERE(SIGABRT));
    ASSERT_INT(end_of(pass_two, "after-comit", NULL), HERE(SIGABRT));
    ASSERT_INT(end_of(pass_two, "after-commit:0", NULL), HERE(SIGABRT));
    ASSERT_INT(end_of(pass_two, "after-commit:x", NULL), HERE(SIGABRT));
    ASSERT_INT(end_of(pass_two, NULL, "after-comit"), HERE(SIGABRT));
}

/* Of what must come before what; not every point. */
static void the_list_is_in_the_order_of_a_run(void)
{
    static const char *const want[] = { "after-lock",   "after-sync",
                                        "after-fetch",  "before-commit",
                                        "after-commit", "after-push",
                                        "before-send",  "after-send",
                                        "after-confirm" };
    size_t n = 0, found = 0;
    const char *const *got = fault_points_list(&n);
    for (size_t i = 0; i < n; i++) {
        found += found < 9 && strcmp(got[i], want[found]) == 0;
        for (size_t k = 0; k < i; k++)
            ASSERT(strcmp(got[i], got[k]) != 0);
    }
    ASSERT_INT(found, 9);
}

void fault_point_test(void)
{
    TEST_SUITE("sys/fault_point");
    TEST(the_process_dies_at_the_named_point);
    TEST(it_lives_otherwise);
    TEST(a_number_names_the_pass);
    TEST(a_step_fails_once);
    TEST(a_child_goes_on_counting);
    TEST(what_was_passed_can_be_read);
    TEST(a_misspelt_point_aborts);
    TEST(the_list_is_in_the_order_of_a_run);
}
