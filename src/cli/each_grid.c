#include "cli/each_grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/record.h"
#include "run/edit.h"
#include "sys/xmalloc.h"

struct listing {
    struct store *store;
    visit_grid *visit;
    void *payload;
    size_t unread;
};

static int visit_one(const struct store_entry *e, void *payload,
                     struct error *err)
{
    struct listing *l = payload;
    struct record_place place = record_place_of(e->path);
    struct grid g;
    struct error why;

    (void)err;
    if (e->is_dir || place.kind != RECORD_GRID)
        return 0;
    if (edit_read_grid(l->store, place.name, &g, &why)) {
        fprintf(stderr, "gridwatch: %s\n", why.msg);
        l->unread++;
    } else {
        l->visit(&g, l->payload);
    }
    return 0;
}

int each_grid(struct store *store, visit_grid *visit, void *payload,
              size_t *unread, struct error *err)
{
    struct listing l = { store, visit, payload, 0 };
    int rc = store_list(store, "grids", visit_one, &l, err);
    *unread = l.unread;
    return rc;
}

int each_grid_was_read(size_t unread, struct error *err)
{
    if (unread == 0)
        return 0;
    return error_set(err, FAULT_CONFIG,
                     "%zu grid file%s cannot be used, and what cannot be used "
                     "is not watched: correct it",
                     unread, unread == 1 ? "" : "s");
}

/* --- Those that are asked for --------------------------------------------- */

static void add(const struct grid *g, void *payload)
{
    struct asked_grids *all = payload;
    all->list = xrealloc(all->list, all->count + 1, sizeof(*all->list));
    all->list[all->count++] = *g;
}

int asked_grids_read(const struct args *args, struct store *store,
                     struct asked_grids *out, struct error *err)
{
    struct grid one;
    size_t unread;

    *out = (struct asked_grids){ NULL, 0 };
    if (args->word_count == 0)
        return each_grid(store, add, out, &unread, err);
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

void asked_grids_release(struct asked_grids *g)
{
    free(g->list);
    *g = (struct asked_grids){ NULL, 0 };
}
