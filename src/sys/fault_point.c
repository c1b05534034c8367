#include "sys/fault_point.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"

static const char *const points[] = {
    "after-lock", "after-sync",  "after-fetch", "before-commit", "after-commit",
    "after-push", "before-send", "after-send",  "after-confirm"
};

const char *const *fault_points_list(size_t *count)
{
    *count = ARRAY_LEN(points);
    return points;
}

#ifdef FAULT_POINTS

static void must_be_known(const char *name, const char *where)
{
    for (size_t i = 0; i < ARRAY_LEN(points); i++)
        if (strcmp(points[i], name) == 0)
            return;
    fprintf(stderr, "fault point '%s' in %s is not in the list of %s\n", name,
            where, __FILE__);
    raise(SIGABRT);
}

void fault_point(const char *name)
{
    const char *die_at = getenv("GRIDWATCH_DIE_AT");
    must_be_known(name, "the source");
    if (!die_at || !*die_at)
        return;
    must_be_known(die_at, "GRIDWATCH_DIE_AT");
    if (strcmp(die_at, name) == 0)
        kill(getpid(), SIGKILL);
}

#endif
