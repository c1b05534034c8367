#include <stdio.h>
#include <string.h>

#include "cli/validate.h"
#include "record/record.h"

static void print_one(struct tally *t, const char *path, const char *commit,
                      const struct complaint *c)
{
    if (t->lines_max && t->told >= t->lines_max)
        return;
    t->told++;
    /* A complaint of the whole file points to its first line. */
    printf("%s:%d:%d: %s%s%s", path, c->line > 0 ? c->line : 1,
           c->line > 0 ? c->column : 1, c->path, c->path[0] ? ": " : "",
           c->what);
    if (commit[0])
        printf(" (commit %.7s)", commit);
    putchar('\n');
}

void tally_file(struct tally *t, const char *path, const char *commit,
                const struct complaints *c)
{
    t->files++;
    if (!c->count)
        return;
    t->bad++;
    t->complaints += c->count;
    for (size_t i = 0; i < complaints_kept(c) && !t->silent; i++)
        print_one(t, path, commit, &c->list[i]);
    if (!t->lines_max && !t->silent && c->count > complaints_kept(c))
        printf("%s: and %zu more\n", path, c->count - complaints_kept(c));
}

void tally_content(struct tally *t, const char *path, const char *commit,
                   const struct text *data)
{
    struct complaints c = { 0 };
    if (path[0] == '.')
        return;
    record_validate(path, text_str(data), data->len, &c);
    tally_file(t, path, commit, &c);
}

void tally_unread(struct tally *t, const char *path, const char *commit,
                  const struct error *why)
{
    struct complaints c = { 0 };
    if (path[0] == '.')
        return;
    complaints_add(
        &c, (struct complaint_place){ "", 0, 0 }, "%.300s%s", why->msg,
        why->fault == FAULT_MISSING ? ": it is another repository, or lost"
                                    : "");
    tally_file(t, path, commit, &c);
}

void tally_end(const struct tally *t)
{
    if (t->lines_max && t->complaints > t->told && !t->silent)
        printf("and %zu more\n", t->complaints - t->told);
}
