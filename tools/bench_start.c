/* How long the program takes to start, say its version and end: on the wall's
 * clock, and what it computed meanwhile, which a busy machine does not change.
 */
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/bench.h"

#define RUNS     20
#define RUNS_FEW 5
#define GOAL_MS  10.0

extern char **environ;

/* 0, or what a run of the program answered instead. */
static int run(const char *program)
{
    char name[] = "gridwatch", word[] = "version";
    char *const args[] = { name, word, NULL };
    posix_spawn_file_actions_t actions;
    int status = -1;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    int rc = posix_spawn(&pid, program, &actions, NULL, args, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (rc)
        return rc;
    return waitpid(pid, &status, 0) == pid ? status : -1;
}

/* What all children until now computed. */
static double children_ms(void)
{
    struct rusage u;
    getrusage(RUSAGE_CHILDREN, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
}

void bench_start(struct bench *b)
{
    size_t runs = b->quick ? RUNS_FEW : RUNS;
    double ms[RUNS], before = children_ms();

    if (!b->program) {
        bench_skip(b, "start", "no program was named");
        return;
    }
    for (size_t i = 0; i < runs; i++) {
        int64_t from = bench_wall_ns();
        int rc = run(b->program);
        if (rc) {
            bench_skip(b, "start", "'%s version' answers %d", b->program, rc);
            return;
        }
        ms[i] = (double)(bench_wall_ns() - from) / 1e6;
    }
    struct bench_row *row =
        bench_add(b, "start.version", bench_median(ms, runs), "ms",
                  "'gridwatch version', wall, median of %zu", runs);
    row->target = TARGET_AT_MOST;
    row->goal = GOAL_MS;
    bench_add(b, "start.cpu", (children_ms() - before) / (double)runs, "ms",
              "what it computes meanwhile, mean");
}
