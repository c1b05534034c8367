#include "replay/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/named.h"
#include "sys/xmalloc.h"

struct writing {
    struct named at; /* path, and index of the commit: the newest has the
                        least */
    bool overwritten;
};

struct made {
    char hex[STORE_ID_SIZE];
    char run[RECORD_RUN_ID_MAX];
};

struct ledger {
    struct made *commits; /* newest first */
    size_t commit_count, commit_room;
    char (*hexes)[STORE_ID_SIZE]; /* of all commits, sorted */
    struct writing *list;
    size_t count, room;
    size_t *overwritten; /* places in `list` of those files */
    size_t overwritten_count;
    bool sorted;
};

struct ledger *ledger_new(void)
{
    return xcalloc(1, sizeof(struct ledger));
}

void ledger_free(struct ledger *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->count; i++)
        free(l->list[i].at.name);
    free(l->list);
    free(l->overwritten);
    free(l->hexes);
    free(l->commits);
    free(l);
}

void ledger_commit(struct ledger *l, const char *hex, const char *run)
{
    if (l->commit_count == l->commit_room) {
        l->commit_room = l->commit_room ? 2 * l->commit_room : 1024;
        l->commits = xrealloc(l->commits, l->commit_room, sizeof(*l->commits));
    }
    struct made *m = &l->commits[l->commit_count++];
    snprintf(m->hex, sizeof(m->hex), "%s", hex);
    snprintf(m->run, sizeof(m->run), "%s", run);
}

/* There are only a few: the newest documents and the memories. */
static bool is_known(struct ledger *l, const char *path)
{
    for (size_t i = 0; i < l->overwritten_count; i++)
        if (strcmp(l->list[l->overwritten[i]].at.name, path) == 0)
            return true;
    l->overwritten = xrealloc(l->overwritten, l->overwritten_count + 1,
                              sizeof(*l->overwritten));
    l->overwritten[l->overwritten_count++] = l->count;
    return false;
}

void ledger_wrote(struct ledger *l, const char *path, bool overwritten)
{
    if (overwritten && is_known(l, path))
        return;
    if (l->count == l->room) {
        l->room = l->room ? 2 * l->room : 1024;
        l->list = xrealloc(l->list, l->room, sizeof(*l->list));
    }
    l->list[l->count++] = (struct writing){
        .at = { xstrdup(path), l->commit_count - 1 },
        .overwritten = overwritten,
    };
}

static int by_hex(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void sort(struct ledger *l)
{
    if (l->sorted)
        return;
    l->hexes = xcalloc(l->commit_count + 1, sizeof(*l->hexes));
    for (size_t i = 0; i < l->commit_count; i++)
        memcpy(l->hexes[i], l->commits[i].hex, sizeof(l->hexes[i]));
    qsort(l->hexes, l->commit_count, sizeof(*l->hexes), by_hex);
    if (l->count)
        qsort(l->list, l->count, sizeof(*l->list), named_compare);
    l->sorted = true;
}

const char *ledger_run_of(struct ledger *l, const char *path)
{
    sort(l);
    size_t i = named_place(l->list, l->count, sizeof(*l->list), path);
    if (i == l->count || strcmp(l->list[i].at.name, path) != 0)
        return NULL;
    return l->commits[l->list[i].at.order].run;
}

bool ledger_has_commit(struct ledger *l, const char *hex)
{
    sort(l);
    return bsearch(hex, l->hexes, l->commit_count, sizeof(*l->hexes), by_hex) !=
           NULL;
}

const char *ledger_twice(struct ledger *l, size_t *at)
{
    sort(l);
    for (size_t i = *at; i + 1 < l->count; i++) {
        if (l->list[i].overwritten ||
            strcmp(l->list[i].at.name, l->list[i + 1].at.name) != 0)
            continue;
        for (*at = i + 1; *at < l->count && strcmp(l->list[i].at.name,
                                                   l->list[*at].at.name) == 0;)
            ++*at;
        return l->list[i].at.name;
    }
    *at = l->count;
    return NULL;
}
