#include "doctor/app_figures.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/moment.h"
#include "record/record.h"
#include "replay/open_document.h"
#include "sys/xmalloc.h"

static double usable(struct value x)
{
    return value_usable(x) ? x.v : NO_VALUE;
}

static struct doctor_figures described(const struct grid *g)
{
    struct doctor_figures f = {
        .slot_ms = MOMENT_NONE,
        .lower = g->lower,
        .upper = g->upper,
        .stop_below = g->stop.below,
        .stop_above = g->stop.above,
        .capital = g->capital,
        .lines = g->levels ? g->levels + 1 : 0,
        .close = NO_VALUE,
        .inventory = NO_VALUE,
        .avg_cost = NO_VALUE,
        .realised = NO_VALUE,
        .unrealised = NO_VALUE,
        .fees = NO_VALUE,
        .net = NO_VALUE,
        .source = position_source_name(POSITION_NONE),
    };
    snprintf(f.grid, sizeof(f.grid), "%s", g->id);
    snprintf(f.symbol, sizeof(f.symbol), "%s", g->symbol);
    snprintf(f.quote, sizeof(f.quote), "%s", grid_quote(g));
    return f;
}

static void take_position(const struct exit_document *d,
                          struct doctor_figures *f)
{
    const struct position *p = &d->position.is;
    f->slot_ms = d->evaluation.slot_ms;
    f->close = usable(d->evaluation.close);
    f->inventory = usable(p->inventory.nominal);
    f->avg_cost = usable(p->avg_cost.nominal);
    f->realised = usable(p->realised.nominal);
    f->unrealised = usable(p->unrealised.nominal);
    f->fees = usable(p->fees.nominal);
    f->net = usable(p->pnl.e.nominal);
    f->source = position_source_name(p->source);
}

void figures_take(struct doctor *d, const struct grid *g)
{
    struct doctor_report *r = d->report;
    struct exit_document *newest = xcalloc(1, sizeof(*newest));
    char path[RECORD_PATH_MAX];
    struct error err;

    r->figures = xrealloc(r->figures, r->figure_count + 1, sizeof(*r->figures));
    struct doctor_figures *f = &r->figures[r->figure_count++];
    *f = described(g);
    record_latest_grid_path(g->id, path);
    if (open_document(d->store, RECORD_EXIT, path, newest, &err) == 0)
        take_position(newest, f);
    free(newest);
}
