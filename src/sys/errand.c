#include "sys/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "sys/clock.h"

/* What the child says first; the bytes follow. */
struct last_words {
    int rc;
    size_t len;
    struct error err;
};

static void limit(int resource, size_t most)
{
    const struct rlimit r = { most, most };
    setrlimit(resource, &r);
}

/* Sanitizers keep a map of all memory, which counts as well. */
static void limit_memory(size_t most)
{
#if !defined(__SANITIZE_ADDRESS__)
    if (most)
        limit(RLIMIT_DATA, most);
#else
    (void)most;
#endif
}

/* The parent may be killed before its child, and no child outlives its time. */
static void settle_in(const struct errand *e, pid_t parent)
{
    static const int usual[] = { SIGTERM, SIGINT, SIGHUP, SIGALRM };
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        signal(usual[i], SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
        _exit(1);
    alarm(e->budget_ms / 1000 < INT_MAX - 2
              ? (unsigned)(e->budget_ms / 1000) + 2
              : (unsigned)INT_MAX);
    limit(RLIMIT_CORE, 0);
    limit_memory(e->data_max);
}

static void put(int fd, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno != EINTR)
            _exit(1);
        at += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
    }
}

static _Noreturn void be_child(const struct errand *e, size_t most, int fd)
{
    struct text out = TEXT_INIT(most);
    struct last_words said;
    memset(&said, 0, sizeof(said));
    said.rc = e->work(e->payload, &out, &said.err);
    said.len = said.rc ? 0 : out.len;
    put(fd, &said, sizeof(said));
    put(fd, text_str(&out), said.len);
    /* No atexit(), no buffers: those are the parent's. */
    _exit(0);
}

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
        if (n < 0 && errno != EINTR)
            clock_sleep_ms(left < 50 ? left : 50);
    }
}

/* How many of the n bytes came; fewer when the child ended or is late. */
static size_t take(int fd, void *bytes, size_t n, int64_t deadline_ms)
{
    char *at = bytes;
    size_t got = 0;
    while (got < n && wait_for(fd, deadline_ms)) {
        ssize_t more = read(fd, at + got, n - got);
        if (more == 0 || (more < 0 && errno != EINTR))
            break;
        got += more > 0 ? (size_t)more : 0;
    }
    return got;
}

static int take_bytes(int fd, size_t n, int64_t deadline_ms, struct text *out)
{
    char part[4096];
    size_t before = out->len;
    while (n) {
        size_t want = n < sizeof(part) ? n : sizeof(part);
        if (take(fd, part, want, deadline_ms) < want ||
            text_append(out, part, want)) {
            if (out->data)
                out->data[before] = '\0';
            out->len = before;
            return -1;
        }
        n -= want;
    }
    return 0;
}

static int hear(int fd, const struct errand *e, struct text *out,
                struct error *err)
{
    int64_t deadline_ms = clock_monotonic_ms() + e->budget_ms;
    struct last_words said;
    bool whole = take(fd, &said, sizeof(said), deadline_ms) == sizeof(said);
    if (whole && said.rc) {
        *err = said.err;
        return -1;
    }
    if (whole && take_bytes(fd, said.len, deadline_ms, out) == 0)
        return 0;
    if (clock_monotonic_ms() >= deadline_ms)
        return error_set(err, FAULT_TRANSIENT, "it took more than %lld ms",
                         (long long)e->budget_ms);
    return error_set(err, FAULT_TRANSIENT,
                     "its process ended before it was done");
}

static void reap(pid_t pid)
{
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

int errand_run(const struct errand *e, struct text *out, struct error *err)
{
    int fd[2];
    pid_t self = getpid();
    if (e->budget_ms <= 0)
        return error_set(err, FAULT_TRANSIENT, "there is no time for it");
    if (pipe(fd))
        return error_set(err, FAULT_TRANSIENT, "no pipe for it: %s",
                         strerror(errno));
    fcntl(fd[0], F_SETFD, FD_CLOEXEC);
    fcntl(fd[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0) {
        close(fd[0]);
        settle_in(e, self);
        be_child(e, out->max - out->len, fd[1]);
    }
    int rc = pid < 0 ? error_set(err, FAULT_TRANSIENT, "no process for it: %s",
                                 strerror(errno))
                     : 0;
    close(fd[1]);
    if (pid > 0) {
        rc = hear(fd[0], e, out, err);
        reap(pid);
    }
    close(fd[0]);
    return rc;
}
