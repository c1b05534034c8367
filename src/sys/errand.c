#include "sys/errand.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sys/child.h"
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

struct task {
    const struct errand *errand;
    size_t most; /* bytes that there is room for */
};

static void do_work(void *payload, int fd)
{
    const struct task *t = payload;
    struct text out = TEXT_INIT(t->most);
    struct last_words said;

    limit(RLIMIT_CORE, 0);
    limit_memory(t->errand->data_max);
    memset(&said, 0, sizeof(said));
    said.rc = t->errand->work(t->errand->payload, &out, &said.err);
    said.len = said.rc ? 0 : out.len;
    put(fd, &said, sizeof(said));
    put(fd, text_str(&out), said.len);
}

/* How many of the n bytes came; fewer when the child ended or is late. */
static size_t take(const struct child *c, void *bytes, size_t n)
{
    char *at = bytes;
    size_t got = 0;
    while (got < n && child_wait(c)) {
        ssize_t more = read(c->fd, at + got, n - got);
        if (more == 0 || (more < 0 && errno != EINTR))
            break;
        got += more > 0 ? (size_t)more : 0;
    }
    return got;
}

static int take_bytes(const struct child *c, size_t n, struct text *out)
{
    char part[4096];
    size_t before = out->len;
    while (n) {
        size_t want = n < sizeof(part) ? n : sizeof(part);
        if (take(c, part, want) < want || text_append(out, part, want)) {
            if (out->data)
                out->data[before] = '\0';
            out->len = before;
            return -1;
        }
        n -= want;
    }
    return 0;
}

static int hear(const struct child *c, const struct errand *e, struct text *out,
                struct error *err)
{
    struct last_words said;
    bool whole = take(c, &said, sizeof(said)) == sizeof(said);
    if (whole && said.rc) {
        *err = said.err;
        return -1;
    }
    if (whole && take_bytes(c, said.len, out) == 0)
        return 0;
    if (clock_monotonic_ms() >= c->deadline_ms)
        return error_set(err, FAULT_TRANSIENT, "it took more than %lld ms",
                         (long long)e->budget_ms);
    return error_set(err, FAULT_TRANSIENT,
                     "its process ended before it was done");
}

int errand_run(const struct errand *e, struct text *out, struct error *err)
{
    struct task task = { e, out->max - out->len };
    const struct child_work w = { do_work, &task, e->budget_ms,
                                  .leads = false };
    struct child child;

    if (e->budget_ms <= 0)
        return error_set(err, FAULT_TRANSIENT, "there is no time for it");
    if (child_start(&w, &child, err))
        return -1;
    int rc = hear(&child, e, out, err);
    child_end(&child);
    return rc;
}
