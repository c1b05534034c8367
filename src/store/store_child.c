/* A child leads each conversation: libgit2 waits for ever for a server that
 * neither answers nor hangs up, and nothing in this process could end that. */
#include "store/store_talk.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "sys/child.h"

_Static_assert(sizeof(struct heard) <= 4096,
               "one write() to a pipe is whole up to PIPE_BUF");

struct speech {
    void (*work)(const void *payload, struct heard *sheet);
    const void *payload;
};

static void speak(void *payload, int fd)
{
    const struct speech *s = payload;
    struct heard sheet = { .code = 0 };
    s->work(s->payload, &sheet);
    if (write(fd, &sheet, sizeof(sheet)) != (ssize_t)sizeof(sheet))
        _exit(1);
}

static void hear_child(const struct child *c, struct heard *out)
{
    struct heard sheet;
    ssize_t got = -1;
    if (!child_wait(c)) {
        out->late = true;
        return;
    }
    do
        got = read(c->fd, &sheet, sizeof(sheet));
    while (got < 0 && errno == EINTR);
    if (got == (ssize_t)sizeof(sheet))
        *out = sheet;
    else
        snprintf(out->why, sizeof(out->why),
                 "the process that spoke to it ended without a word");
}

void child_run(int64_t budget_ms,
               void (*work)(const void *payload, struct heard *sheet),
               const void *payload, struct heard *out)
{
    struct speech speech = { work, payload };
    const struct child_work w = { speak, &speech, budget_ms, .leads = true };
    struct child child;
    struct error err;

    *out = (struct heard){ .code = -1, .late = budget_ms <= 0 };
    if (out->late)
        return;
    if (child_start(&w, &child, &err)) {
        snprintf(out->why, sizeof(out->why), "%s", err.msg);
        return;
    }
    hear_child(&child, out);
    child_end(&child);
}
