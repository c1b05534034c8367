#include "cli/days.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sys/xmalloc.h"

enum { YEAR, MONTH, DAY };

struct descent {
    struct store *store;
    const struct span *span;
    struct days *out;
    int level;
    struct civil begin; /* of what is being listed */
};

void days_add(struct days *d, int64_t day_ms)
{
    size_t at = d->count;
    while (at > 0 && d->list[at - 1] > day_ms)
        at--;
    if (at > 0 && d->list[at - 1] == day_ms)
        return;
    d->list = xrealloc(d->list, d->count + 1, sizeof(*d->list));
    memmove(d->list + at + 1, d->list + at, (d->count - at) * sizeof(*d->list));
    d->list[at] = day_ms;
    d->count++;
}

void days_release(struct days *d)
{
    free(d->list);
    *d = (struct days){ 0 };
}

/* The number that a directory is called, of that many digits; -1: none. */
static int number_of(const char *name, size_t digits)
{
    if (strlen(name) != digits || strspn(name, "0123456789") != digits)
        return -1;
    return (int)strtol(name, NULL, 10);
}

/* The end of a year, a month or a day that begins then. */
static int64_t end_of(struct civil c, int level)
{
    if (level == YEAR)
        c.year++;
    else if (level == MONTH && ++c.month > 12)
        c = (struct civil){ .year = c.year + 1, .month = 1, .day = 1 };
    return civil_moment(c) + (level == DAY ? MS_PER_DAY : 0);
}

static int visit(const struct store_entry *e, void *payload, struct error *err)
{
    const struct descent *d = payload;
    struct descent below = *d;
    int n = number_of(e->name, d->level == YEAR ? 4 : 2);

    if (!e->is_dir || n < (d->level == YEAR ? 1970 : 1) ||
        (d->level == MONTH && n > 12) || (d->level == DAY && n > 31))
        return 0;
    *(d->level == YEAR    ? &below.begin.year
      : d->level == MONTH ? &below.begin.month
                          : &below.begin.day) = n;
    int64_t begin_ms = civil_moment(below.begin);
    if (begin_ms >= d->span->to_ms ||
        end_of(below.begin, d->level) <= d->span->from_ms)
        return 0;
    if (d->level == DAY) {
        days_add(d->out, begin_ms);
        return 0;
    }
    below.level++;
    return store_list(d->store, e->path, visit, &below, err);
}

int days_collect(struct store *store, const char *folder,
                 const struct span *span, struct days *out, struct error *err)
{
    struct descent d = { store, span, out, YEAR, { .month = 1, .day = 1 } };
    return store_list(store, folder, visit, &d, err);
}

void days_path(const char *folder, int64_t day_ms, char out[DAYS_PATH_MAX])
{
    struct civil c = moment_civil(day_ms);
    snprintf(out, DAYS_PATH_MAX, "%.80s/%04d/%02d/%02d", folder, c.year,
             c.month, c.day);
}
