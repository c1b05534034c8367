/* gridwatch kpi: what the alerts of the record were worth. */
#include <stdio.h>

#include "cli/each_grid.h"
#include "cli/kpi_record.h"

#define OUT_MAX 65536

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
    struct asked_grids grids = { NULL, 0 };
    struct store *store = NULL;

    kpi_record_init(&k, c);
    int rc = span_read(c, &k.span, err);
    if (!rc)
        rc = run_open_store(c->config, false, &store, err);
    if (!rc)
        rc = asked_grids_read(c->args, store, &grids, err);
    for (size_t i = 0; i < grids.count && !rc; i++)
        rc = kpi_record_add(&k, store, &grids.list[i], err);
    if (!rc)
        print(&k, c->json);
    store_free(store);
    asked_grids_release(&grids);
    kpi_record_release(&k);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
