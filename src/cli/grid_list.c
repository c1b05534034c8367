/* gridwatch grid list | show: the grids as their files say. */
#include <stdio.h>
#include <string.h>

#include "cli/each_grid.h"
#include "cli/grid_words.h"
#include "run/grid_json.h"

static void tell(const struct context *c, const struct grid *g)
{
    struct text out = TEXT_INIT(65536);
    if (c->json)
        grid_json(g, &out);
    else
        text_printf(&out, "%-16s %-12s %-8s %.8g to %.8g\n", g->id, g->symbol,
                    grid_status_name(grid_status(g)), g->lower, g->upper);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

static int show(const struct context *c, struct store *store, const char *id,
                struct error *err)
{
    struct text data = TEXT_INIT(65536);
    struct grid g;
    char path[RECORD_PATH_MAX];
    int rc = edit_read_grid(store, id, &g, err);

    if (rc && err->fault == FAULT_MISSING)
        err->fault = FAULT_USAGE;
    record_grid_path(id, path);
    if (!rc && c->json)
        tell(c, &g);
    else if (!rc && (rc = store_read(store, path, &data, err)) == 0)
        fputs(text_str(&data), stdout);
    text_release(&data);
    return rc;
}

static void list_one(const struct grid *g, void *payload)
{
    const struct context *const *c = payload;
    tell(*c, g);
}

int grid_look(const struct context *c, const char *id, struct error *err)
{
    struct store *store = NULL;
    size_t unread = 0;
    int rc = run_open_store(c->config, true, &store, err);
    if (!rc)
        rc = id ? show(c, store, id, err)
                : each_grid(store, list_one, &c, &unread, err);
    if (!rc)
        rc = each_grid_was_read(unread, err);
    store_free(store);
    return rc;
}
