#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#include "store/store_talk.h"
#include "store_fixture.h"
#include "test.h"

static int touched;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool no_child_is_left(void)
{
    return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

static void answer(const void *payload, struct heard *sheet)
{
    touched = 1;
    sheet->has = true;
    sheet->code = *(const int *)payload;
    snprintf(sheet->said, sizeof(sheet->said), "hello");
}

static void the_sheet_comes_back_and_memory_does_not(void)
{
    struct heard h;
    int code = 7;
    child_run(60000, answer, &code, &h);
    ASSERT_INT(h.code, 7);
    ASSERT(h.has && !h.late);
    ASSERT_STR(h.said, "hello");
    ASSERT_INT(touched, 0);
    child_run(INT64_MAX, answer, &code, &h);
    ASSERT_INT(h.code, 7);
    ASSERT(no_child_is_left());
}

static void hang(const void *payload, struct heard *sheet)
{
    (void)payload;
    (void)sheet;
    for (;;)
        pause();
}

static void who_hangs_is_ended_with_the_budget(void)
{
    struct heard h;
    int64_t begun = now_ms();
    child_run(200, hang, NULL, &h);
    int64_t took = now_ms() - begun;
    ASSERT(h.late);
    ASSERT(!heard_good(&h));
    ASSERT(took >= 200 && took < 5000);
    ASSERT(no_child_is_left());
}

static void die(const void *payload, struct heard *sheet)
{
    (void)payload;
    (void)sheet;
    kill(getpid(), SIGKILL);
}

static void who_dies_is_no_success(void)
{
    struct heard h;
    child_run(60000, die, NULL, &h);
    ASSERT(!heard_good(&h));
    ASSERT(!h.late);
    ASSERT(strstr(h.why, "without a word") != NULL);
    ASSERT(no_child_is_left());
}

static void without_time_nothing_begins(void)
{
    struct heard h;
    child_run(0, die, NULL, &h);
    ASSERT(h.late && !heard_good(&h));
    child_run(INT64_MIN, die, NULL, &h);
    ASSERT(h.late && !heard_good(&h));
}

static int open_pipes(void)
{
    struct stat st;
    int count = 0;
    for (int fd = 3; fd < 256; fd++)
        count += fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode) &&
                 !(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    return count;
}

static void count_pipes(const void *payload, struct heard *sheet)
{
    (void)payload;
    sheet->code = open_pipes();
}

static void what_it_executes_gets_no_pipe(void)
{
    struct heard h;
    child_run(60000, count_pipes, NULL, &h);
    ASSERT_INT(h.code, open_pipes());
}

static void tell_alarm(const void *payload, struct heard *sheet)
{
    unsigned left = alarm(0);
    (void)payload;
    sheet->code = left < 1000000 ? (int)left : 1000000;
}

static void it_ends_by_itself_whatever_the_budget(void)
{
    static const int64_t budgets[] = { 5000, 86400000, 86400000000, INT64_MAX };
    static const int seconds[] = { 5, 86400, 1000000, 1000000 };
    for (size_t i = 0; i < 4; i++) {
        struct heard h;
        child_run(budgets[i], tell_alarm, NULL, &h);
        ASSERT(h.code >= seconds[i] && h.code <= seconds[i] + 2);
    }
}

/* A child of the child that holds the pipe and hangs, but not for ever. */
static void leave_a_child(const void *payload, struct heard *sheet)
{
    const int *fd = payload;
    close(fd[0]);
    if (fork() == 0) {
        alarm(20);
        for (;;)
            pause();
    }
    hang(NULL, sheet);
}

static void what_it_started_ends_with_it(void)
{
    struct heard h;
    int fd[2];
    char c;
    ASSERT_FATAL(pipe(fd) == 0);
    child_run(200, leave_a_child, fd, &h);
    ASSERT(h.late);
    close(fd[1]);
    struct pollfd p = { .fd = fd[0], .events = POLLIN };
    ASSERT_INT(poll(&p, 1, 3000), 1); /* the last who could write is gone */
    ASSERT(p.revents & POLLHUP);
    if (p.revents)
        ASSERT_INT(read(fd[0], &c, 1), 0);
    close(fd[0]);
}

static bool is_there(const char *dir, const char *name)
{
    char path[500];
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    return access(path, F_OK) == 0;
}

static void make_old(const char *dir, const char *name, time_t age_s)
{
    char path[500];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct utimbuf times = { now.tv_sec - age_s, now.tv_sec - age_s };
    file_write(dir, name, "x");
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    ASSERT_INT(utime(path, &times), 0);
}

static void only_old_litter_is_swept(void)
{
    struct place p;
    char dir[400];
    place_init(&p);
    struct store *s = place_start(&p, NULL);
    place_put(&p, s, "a", "1", NULL);
    snprintf(dir, sizeof(dir), "%s/objects/pack", p.repo);
    make_old(dir, "pack_git2_abcdef", 3700);
    make_old(dir, "tmp_pack_abcdef", 3700);
    make_old(dir, "pack_git2_fedcba", 3500);
    make_old(dir, "pack-0123.keep", 90000);
    ASSERT_INT(store_tidy(s, &p.err), 0);
    ASSERT(!is_there(dir, "pack_git2_abcdef"));
    ASSERT(!is_there(dir, "tmp_pack_abcdef"));
    ASSERT(is_there(dir, "pack_git2_fedcba"));
    ASSERT(is_there(dir, "pack-0123.keep"));
    store_free(s);
    place_release(&p);
}

void store_child_test(void);
void store_child_test(void)
{
    TEST_SUITE("store: the child that speaks");
    TEST(the_sheet_comes_back_and_memory_does_not);
    TEST(who_hangs_is_ended_with_the_budget);
    TEST(who_dies_is_no_success);
    TEST(without_time_nothing_begins);
    TEST(what_it_executes_gets_no_pipe);
    TEST(it_ends_by_itself_whatever_the_budget);
    TEST(what_it_started_ends_with_it);
    TEST(only_old_litter_is_swept);
}
