#include "sys/fault_point.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"

/* Where a step has several effects, its points stand together: those of a
 * commit and a push are passed by the record and by its confirmation. */
// clang-format off
static const char *const points[] = {
    "step-begun", "after-lock",
    "clone-begun",
    "child-fetched", "sync-heard", "sync-tracked",
    "rebuild-made", "rebuild-packed", "rebuild-saved", "rebuild-moved",
    "after-sync", "after-fetch",
    "before-commit",
    "commit-begin", "commit-made", "pack-fails", "commit-packed",
    "move-fails", "commit-moved",
    "after-commit",
    "before-tag", "after-tag", "before-retire", "after-retire",
    "push-begin", "child-sent", "child-moved", "push-taken", "after-push",
    "before-send", "after-send", "before-second", "after-second",
    "before-confirm", "after-confirm",
    "before-end", "after-end",
    "tidy-join", "tidy-joined", "tidy-dropped",
};
// clang-format on

const char *const *fault_points_list(size_t *count)
{
    *count = ARRAY_LEN(points);
    return points;
}

#ifdef FAULT_POINTS

static unsigned passes[ARRAY_LEN(points)];

/* The place of the first `len` bytes of `name` in the list. */
static size_t place_of(const char *name, size_t len, const char *where)
{
    for (size_t i = 0; i < ARRAY_LEN(points); i++)
        if (strlen(points[i]) == len && memcmp(points[i], name, len) == 0)
            return i;
    fprintf(stderr, "fault point '%s' in %s is not in the list of %s\n", name,
            where, __FILE__);
    raise(SIGABRT);
    return 0;
}

/* Does the variable ask for this pass of the point? */
static bool asks(const char *variable, size_t place)
{
    const char *wish = getenv(variable);
    unsigned long pass = 1;
    if (!wish || !*wish)
        return false;
    size_t len = strcspn(wish, ":");
    if (wish[len]) {
        char *end;
        pass = strtoul(wish + len + 1, &end, 10);
        if (*end || pass == 0)
            len = strlen(wish); /* no such point */
    }
    return place_of(wish, len, variable) == place && passes[place] == pass;
}

/* One write, so that the lines of parent and child do not mix. */
static void tell(size_t place, const char *what)
{
    char line[80];
    const char *path = getenv("GRIDWATCH_POINTS");
    if (!path || !*path)
        return;
    int n = snprintf(line, sizeof(line), "%s:%u %s\n", points[place],
                     passes[place], what);
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0 || write(fd, line, (size_t)n) != n) {
        fprintf(stderr, "GRIDWATCH_POINTS: '%s' cannot be written\n", path);
        raise(SIGABRT);
    }
    close(fd);
}

bool fault_point_fails(const char *name)
{
    size_t place = place_of(name, strlen(name), "the source");
    passes[place]++;
    bool fails = asks("GRIDWATCH_FAIL_AT", place);
    bool dies = asks("GRIDWATCH_DIE_AT", place);
    tell(place, dies ? "died" : fails ? "failed" : "passed");
    if (dies)
        kill(getpid(), SIGKILL);
    return fails;
}

void fault_point(const char *name)
{
    (void)!fault_point_fails(name);
}

bool fault_refuses(const char *path)
{
    const char *prefix = getenv("GRIDWATCH_REFUSE");
    return prefix && *prefix && strncmp(path, prefix, strlen(prefix)) == 0;
}

#endif
