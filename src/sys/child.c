#include "sys/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "sys/clock.h"

enum { RETRY_MS = 50 };

/* A server that hangs up is an error of a call, not the end of the child. */
static void set_signals(void)
{
    static const int usual[] = { SIGTERM, SIGINT, SIGHUP, SIGALRM };
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        signal(usual[i], SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
}

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

static _Noreturn void be_child(const struct child_work *w, pid_t parent,
                               const int fd[2])
{
    close(fd[0]);
    if (w->leads)
        setpgid(0, 0);
    set_signals();
    end_with_parent(parent, w->budget_ms);
    w->run(w->payload, fd[1]);
    /* No atexit(), no buffers: those are the parent's. */
    _exit(0);
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

int child_start(const struct child_work *w, struct child *out,
                struct error *err)
{
    int fd[2];
    int64_t now_ms = clock_monotonic_ms();
    pid_t self = getpid();

    if (own_pipe(fd))
        return error_set(err, FAULT_TRANSIENT, "no pipe for it: %s",
                         strerror(errno));
    pid_t pid = fork();
    if (pid == 0)
        be_child(w, self, fd);
    int why = errno;
    close(fd[1]);
    if (pid < 0) {
        close(fd[0]);
        return error_set(err, FAULT_TRANSIENT, "no process for it: %s",
                         strerror(why));
    }
    if (w->leads)
        setpgid(pid, pid); /* whoever of the two comes first */
    *out = (struct child){
        .pid = pid,
        .fd = fd[0],
        .deadline_ms = w->budget_ms > INT64_MAX - now_ms
                           ? INT64_MAX
                           : now_ms + w->budget_ms,
        .leads = w->leads,
    };
    return 0;
}

bool child_wait(const struct child *c)
{
    struct pollfd p = { .fd = c->fd, .events = POLLIN };
    for (;;) {
        int64_t left = c->deadline_ms - clock_monotonic_ms();
        if (left <= 0)
            return false;
        int n = poll(&p, 1, left < 60000 ? (int)left : 60000);
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR) /* no memory just now: read() may hang */
            clock_sleep_ms(left < RETRY_MS ? left : RETRY_MS);
    }
}

static void collect(const struct child *c, int *status)
{
    while (waitpid(c->pid, status, 0) < 0 && errno == EINTR)
        ;
}

/* Its number is its own until it is collected: whoever it started is ended
 * before that. */
bool child_reap(const struct child *c, int *status)
{
    siginfo_t info = { .si_pid = 0 };
    if (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) ||
        info.si_pid != c->pid)
        return false;
    if (c->leads)
        kill(-c->pid, SIGKILL);
    collect(c, status);
    return true;
}

void child_end(const struct child *c)
{
    if (c->leads)
        kill(-c->pid, SIGKILL);
    kill(c->pid, SIGKILL);
    collect(c, NULL);
    close(c->fd);
}
