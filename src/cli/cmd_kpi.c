/* gridwatch kpi: what the alerts of the record were worth. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/each_grid.h"
#include "cli/kpi_record.h"
#include "run/edit.h"
#include "sys/xmalloc.h"

#define OUT_MAX 65536

struct grids {
    struct grid *list; /* owned */
    size_t count;
};

static void add(const struct grid *g, void *payload)
{
    struct grids *all = payload;
    all->list = xrealloc(all->list, all->count + 1, sizeof(*all->list));
    all->list[all->count++] = *g;
}

/* Those that are named, each once; else all. */
static int find(const struct args *args, struct store *store, struct grids *out,
                struct error *err)
{
    struct grid one;

    if (args->word_count == 0)
        return each_grid(store, add, out, err);
    for (size_t i = 0; i < args->word_count; i++) {
        for (size_t j = 0; j < out->count; j++)
            if (strcmp(out->list[j].id, args->words[i]) == 0)
                return error_set(err, FAULT_USAGE, "grid '%s' is named twice",
                                 args->words[i]);
        if (edit_read_grid(store, args->words[i], &one, err))
            return -1;
        add(&one, out);
    }
    return 0;
}

static void print(const struct kpi_record *k, bool json)
{
    struct text out = TEXT_INIT(OUT_MAX);

    if (json)
        kpi_record_json(k, &out);
    else
        kpi_record_screen(k, &out);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

enum run_exit cmd_kpi(const struct context *c, struct error *err)
{
    struct kpi_record k = { .grids = 0 };
    struct grids grids = { NULL, 0 };
    struct store *store = NULL;

    kpi_record_init(&k, c);
    int rc = span_read(c, &k.span, err);
    if (!rc)
        rc = run_open_store(c->config, false, &store, err);
    if (!rc)
        rc = find(c->args, store, &grids, err);
    for (size_t i = 0; i < grids.count && !rc; i++)
        rc = kpi_record_add(&k, store, &grids.list[i], err);
    if (!rc)
        print(&k, c->json);
    store_free(store);
    free(grids.list);
    kpi_record_release(&k);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
