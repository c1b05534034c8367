/* A child leads each conversation: libgit2 waits for ever for a server that
 * neither answers nor hangs up, and nothing in this process could end that. */
#include "store/store_talk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "sys/clock.h"

_Static_assert(sizeof(struct heard) <= 4096,
               "one write() to a pipe is whole up to PIPE_BUF");

/* A parent that was killed cannot end its child: the child must know. */
static void end_with_parent(pid_t parent, int64_t budget_ms)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
        _exit(1);
    alarm(budget_ms / 1000 < INT_MAX - 2 ? (unsigned)(budget_ms / 1000) + 2
                                         : (unsigned)INT_MAX);
}

/* A server that hangs up is an error of a call, not the end of the child. */
static void set_signals(void)
{
    static const int usual[] = { SIGTERM, SIGINT, SIGHUP, SIGALRM };
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        signal(usual[i], SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
}

enum { RETRY_MS = 50 };

/* False when the time was spent before there was something to read. */
static bool wait_for(int fd, int64_t deadline_ms)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    for (;;) {
        int64_t left = deadline_ms - clock_monotonic_ms();
        if (left <= 0)
            return false;
        int n = poll(&p, 1, left < 60000 ? (int)left : 60000);
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR) /* no memory just now: read() may hang */
            clock_sleep_ms(left < RETRY_MS ? left : RETRY_MS);
    }
}

static void hear_child(int fd, int64_t deadline_ms, struct heard *out)
{
    struct heard sheet;
    ssize_t got = -1;
    if (!wait_for(fd, deadline_ms)) {
        out->late = true;
        return;
    }
    do
        got = read(fd, &sheet, sizeof(sheet));
    while (got < 0 && errno == EINTR);
    if (got == (ssize_t)sizeof(sheet))
        *out = sheet;
    else
        snprintf(out->why, sizeof(out->why),
                 "the process that spoke to it ended without a word");
}

/* With all that it started: it leads a group of its own. */
static void reap(pid_t pid)
{
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

static _Noreturn void be_child(int fd,
                               void (*work)(const void *, struct heard *),
                               const void *payload)
{
    struct heard sheet = { .code = 0 };
    work(payload, &sheet);
    ssize_t put = write(fd, &sheet, sizeof(sheet));
    /* No atexit(), no buffers: those are the parent's. */
    _exit(put == (ssize_t)sizeof(sheet) ? 0 : 1);
}

/* Ours alone: what a child executes does not hold it open. */
static int own_pipe(int fd[2])
{
    if (pipe(fd))
        return -1;
    fcntl(fd[0], F_SETFD, FD_CLOEXEC);
    fcntl(fd[1], F_SETFD, FD_CLOEXEC);
    return 0;
}

void child_run(int64_t budget_ms,
               void (*work)(const void *payload, struct heard *sheet),
               const void *payload, struct heard *out)
{
    int fd[2];
    int64_t now = clock_monotonic_ms();
    pid_t self = getpid();
    *out = (struct heard){ .code = -1, .late = budget_ms <= 0 };
    if (out->late)
        return;
    pid_t pid = own_pipe(fd) ? -2 : fork();
    if (pid == 0) {
        close(fd[0]);
        setpgid(0, 0);
        set_signals();
        end_with_parent(self, budget_ms);
        be_child(fd[1], work, payload);
    }
    if (pid < 0)
        snprintf(out->why, sizeof(out->why), "no process for it: %s",
                 strerror(errno));
    if (pid == -2)
        return;
    close(fd[1]);
    if (pid > 0) {
        setpgid(pid, pid); /* whoever of the two comes first */
        hear_child(fd[0],
                   budget_ms > INT64_MAX - now ? INT64_MAX : now + budget_ms,
                   out);
        reap(pid);
    }
    close(fd[0]);
}
