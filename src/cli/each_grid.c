#include "cli/each_grid.h"

#include <stdio.h>

#include "record/record.h"
#include "run/edit.h"

struct listing {
    struct store *store;
    visit_grid *visit;
    void *payload;
};

static int visit_one(const struct store_entry *e, void *payload,
                     struct error *err)
{
    const struct listing *l = payload;
    struct record_place place = record_place_of(e->path);
    struct grid g;
    struct error why;

    (void)err;
    if (e->is_dir || place.kind != RECORD_GRID)
        return 0;
    if (edit_read_grid(l->store, place.name, &g, &why))
        fprintf(stderr, "gridwatch: %s\n", why.msg);
    else
        l->visit(&g, l->payload);
    return 0;
}

int each_grid(struct store *store, visit_grid *visit, void *payload,
              struct error *err)
{
    struct listing l = { store, visit, payload };
    return store_list(store, "grids", visit_one, &l, err);
}
