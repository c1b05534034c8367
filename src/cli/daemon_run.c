#include "cli/daemon_run.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "expose/exposition.h"
#include "sys/clock.h"

/* This very program, also when a newer one lies in its place by now. */
#define OURSELVES "/proc/self/exe"

#define WORDS_MAX 12

struct command_line {
    const char *words[WORDS_MAX];
    size_t count;
};

static void add(struct command_line *l, const char *word)
{
    l->words[l->count++] = word;
}

static void add_option(struct command_line *l, const char *name,
                       const char *value)
{
    if (!value)
        return;
    add(l, name);
    if (*value)
        add(l, value);
}

static void make_line(const struct context *c, bool look,
                      struct command_line *l)
{
    const char *const *shared = c->args->value[0];
    *l = (struct command_line){ .count = 0 };
    add(l, "gridwatch");
    add(l, "run");
    if (look)
        add(l, "--look");
    add(l, "--metrics");
    add_option(l, "--config", shared[SHARED_CONFIG]);
    add_option(l, "--exit-config", shared[SHARED_EXIT_CONFIG]);
    add_option(l, "--dry-run", shared[SHARED_DRY_RUN]);
    add_option(l, "--quiet", shared[SHARED_QUIET]);
    add_option(l, "--verbose", shared[SHARED_VERBOSE]);
}

/* In the child. The strings are only read by execv(). */
static void become(void *line, int fd)
{
    const struct command_line *l = line;
    char *argv[WORDS_MAX + 1] = { NULL };
    for (size_t i = 0; i < l->count; i++)
        argv[i] = (char *)(uintptr_t)l->words[i];
    signal(SIGCHLD, SIG_DFL);
    if (dup2(fd, STDOUT_FILENO) == STDOUT_FILENO)
        execv(OURSELVES, argv);
    _exit(RUN_INTERNAL);
}

int64_t daemon_run_room_ms(const struct config *config)
{
    return config->run.deadline_ms + DAEMON_RUN_GRACE_MS;
}

int daemon_run_begin(struct daemon_run *r, const struct context *c,
                     int64_t at_ms, bool look, struct error *err)
{
    struct command_line line;
    const struct child_work work = {
        .run = become,
        .payload = &line,
        .budget_ms = daemon_run_room_ms(c->config),
        .leads = true,
    };
    text_release(&r->page);
    *r = (struct daemon_run){ .look = look,
                              .at_ms = at_ms,
                              .began_ms = clock_wall_ms(),
                              .began_monotonic_ms = clock_monotonic_ms(),
                              .page = TEXT_INIT(EXPOSITION_MAX) };
    make_line(c, look, &line);
    if (child_start(&work, &r->child, err))
        return -1;
    fcntl(r->child.fd, F_SETFL, O_NONBLOCK);
    r->goes_on = true;
    return 0;
}

/* What finds no room makes a page that is not whole: it is none. */
static void listen_to(struct daemon_run *r)
{
    char part[16384];
    ssize_t n;
    while (!r->silent) {
        n = read(r->child.fd, part, sizeof(part));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        r->silent = n <= 0;
        if (n > 0 && text_append(&r->page, part, (size_t)n))
            r->page.max = 0;
    }
}

static void end_here(struct daemon_run *r, struct daemon_run_end *end)
{
    r->goes_on = false;
    end->took_ms = clock_monotonic_ms() - r->began_monotonic_ms;
    if (end->lost || r->page.max == 0)
        text_clear(&r->page);
}

bool daemon_run_ended(struct daemon_run *r, struct daemon_run_end *end)
{
    int status = 0;
    if (!r->goes_on)
        return false;
    listen_to(r);
    if (child_reap(&r->child, &status)) {
        listen_to(r);
        close(r->child.fd);
        end->lost = !WIFEXITED(status);
        end->exit = end->lost ? (int)RUN_INTERNAL : WEXITSTATUS(status);
        end_here(r, end);
        return true;
    }
    if (clock_monotonic_ms() < r->child.deadline_ms)
        return false;
    child_end(&r->child);
    *end = (struct daemon_run_end){ .exit = RUN_INTERNAL, .lost = true };
    end_here(r, end);
    return true;
}

void daemon_run_break_off(struct daemon_run *r)
{
    r->child.deadline_ms = 0;
}

void daemon_run_release(struct daemon_run *r)
{
    if (r->goes_on)
        child_end(&r->child);
    text_release(&r->page);
    *r = (struct daemon_run){ .goes_on = false };
}
