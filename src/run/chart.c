#include "run/chart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "exit/trigger.h"
#include "picture/picture.h"
#include "record/record.h"
#include "replay/tape.h"
#include "sys/xmalloc.h"

#define SLOTS ((size_t)(CHART_HOURS * MS_PER_HOUR / MS_PER_SLOT))

struct gathering {
    struct store *store;
    struct store_past *past; /* NULL until something is not at the tip */
    const char *symbol;
    int64_t from_ms, slot_ms;
    int64_t hour_ms; /* opens the first hourly bar that was not found yet */
    struct tape tape;
    struct picture_slot slots[SLOTS];
    size_t slot_count;
    size_t unreadable; /* documents */
};

/* From the tip, else as it left it. */
static int read_bytes(struct gathering *g, const char *path, struct text *out,
                      struct error *err)
{
    int rc = store_read(g->store, path, out, err);
    if (!rc || err->fault != FAULT_MISSING)
        return rc;
    if (!g->past && store_past_open_since(g->store, g->from_ms, &g->past, err))
        return -1;
    return store_past_read(g->store, g->past, path, out, err);
}

/* 1 when it is there, 0 when nothing is known of it, or -1. */
static int read_document(struct gathering *g, enum record_kind kind,
                         const char *path, void *out, struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    int rc = read_bytes(g, path, &data, err) ? -1 : 1;
    if (rc < 0 && err->fault == FAULT_MISSING)
        rc = 0;
    if (rc > 0 &&
        document_parse(kind, text_str(&data), data.len, out, &complaints)) {
        g->unreadable++;
        rc = 0;
    }
    text_release(&data);
    return rc;
}

/* Only hourly bars are drawn, and most slots close none: their documents are
 * not read while no hour is missing. */
static bool is_to_read(struct gathering *g, int64_t slot_ms)
{
    while (tape_find(&g->tape, TF_1H, g->hour_ms))
        g->hour_ms += MS_PER_HOUR;
    return g->hour_ms + MS_PER_HOUR <= slot_ms;
}

static int gather_bars(struct gathering *g, int64_t slot_ms,
                       struct metrics_document *d, struct error *err)
{
    char path[RECORD_PATH_MAX];
    if (!is_to_read(g, slot_ms))
        return 0;
    record_metrics_path(g->symbol, slot_ms, path);
    int rc = read_document(g, RECORD_METRICS, path, d, err);
    for (size_t i = 0; rc > 0 && i < d->bar_count; i++)
        tape_put(&g->tape, d->bars[i].tf, &d->bars[i].bar);
    return rc < 0 ? -1 : 0;
}

static int gather_slot(struct gathering *g, const char *grid, int64_t slot_ms,
                       struct exit_document *d, struct error *err)
{
    char path[RECORD_PATH_MAX];
    record_exit_path(grid, slot_ms, path);
    int rc = read_document(g, RECORD_EXIT, path, d, err);
    if (rc > 0) {
        struct value pi = d->evaluation.hazard.pi;
        g->slots[g->slot_count++] =
            (struct picture_slot){ slot_ms, d->evaluation.verdict.state,
                                   value_usable(pi) ? pi.v : NO_VALUE };
    }
    return rc < 0 ? -1 : 0;
}

/* Corrections that the slot knew. Their paths are in the order of time. */
static int revise(const struct store_entry *e, void *payload, struct error *err)
{
    struct gathering *g = payload;
    struct revision_document d;

    if (record_kind_of_path(e->path) != RECORD_REVISION)
        return 0;
    int rc = read_document(g, RECORD_REVISION, e->path, &d, err);
    if (rc <= 0 || strcmp(d.symbol, g->symbol) != 0 || d.slot_ms > g->slot_ms)
        return rc < 0 ? -1 : 0;
    d.is.open_ms = d.open_ms;
    if (d.is_there)
        tape_put(&g->tape, d.tf, &d.is);
    else
        tape_drop(&g->tape, d.tf, d.open_ms);
    return 0;
}

static int gather(struct gathering *g, const char *grid, struct error *err)
{
    struct metrics_document *m = xcalloc(1, sizeof(*m));
    struct exit_document *x = xcalloc(1, sizeof(*x));
    int rc = tape_seed(&g->tape, g->store, g->symbol, err);
    for (int64_t slot_ms = g->from_ms + MS_PER_SLOT;
         !rc && slot_ms <= g->slot_ms; slot_ms += MS_PER_SLOT)
        rc = gather_bars(g, slot_ms, m, err) ||
                     gather_slot(g, grid, slot_ms, x, err)
                 ? -1
                 : 0;
    free(m);
    free(x);
    return rc ? -1 : store_walk(g->store, "audit", revise, g, err);
}

/* The limit of L_HAZ, where that row is asked and its limit is known. */
static double pi_limit(const struct chart *x)
{
    const struct evaluation *e = &x->exit->evaluation;
    bool asked = triggers[L_HAZ].rule[e->profile].ask &&
                 x->exit->mode[L_HAZ] != TRIGGER_OFF;
    if (e->verdict.theta.asked)
        return e->verdict.theta.limits.enter;
    return x->limits && asked ? x->limits->l_haz.enter : NO_VALUE;
}

/* "2026-02-11 17:30" */
static void put_time(int64_t ms, struct text *out)
{
    struct civil c = moment_civil(ms);
    text_printf(out, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour,
                c.minute);
}

static void put_subtitle(const struct chart *x, const struct gathering *g,
                         struct text *out)
{
    const struct verdict *v = &x->exit->evaluation.verdict;
    put_time(g->slot_ms, out);
    text_puts(out, " UTC");
    if (v->since_ms != MOMENT_NONE) {
        text_puts(out, "; since ");
        put_time(v->since_ms, out);
    }
    if (g->unreadable)
        text_printf(out, "; %zu unreadable", g->unreadable);
}

static int draw(const struct chart *x, const struct gathering *g, bool dark,
                struct text *out, struct error *err)
{
    struct text subtitle = TEXT_INIT(200);
    struct value cost = x->exit->position.is.avg_cost.nominal;
    const struct evaluation *e = &x->exit->evaluation;
    const struct tape_track *hours = &g->tape.track[TF_1H];

    put_subtitle(x, g, &subtitle);
    const struct picture_scene scene = {
        .symbol = g->symbol,
        .grid = e->grid,
        .title = exit_state_name(e->verdict.state),
        .subtitle = text_str(&subtitle),
        .from_ms = g->from_ms,
        .until_ms = g->slot_ms,
        .tf = TF_1H,
        .bars = hours->bars,
        .bar_count = hours->count,
        .lower = x->grid->lower,
        .upper = x->grid->upper,
        .stop_below = x->grid->stop.below,
        .stop_above = x->grid->stop.above,
        .avg_cost = value_usable(cost) ? cost.v : NO_VALUE,
        .slots = g->slots,
        .slot_count = g->slot_count,
        .pi_limit = pi_limit(x),
        .dark = dark,
    };
    int rc = picture_png(&scene, PICTURE_WIDTH, PICTURE_HEIGHT, out, err);
    text_release(&subtitle);
    return rc;
}

int chart_png(const struct chart *x, struct store *store, bool dark,
              struct text *out, struct error *err)
{
    struct gathering *g = xcalloc(1, sizeof(*g));
    g->store = store;
    g->symbol = x->exit->evaluation.symbol;
    g->slot_ms = x->exit->evaluation.slot_ms;
    g->from_ms = g->slot_ms - CHART_HOURS * MS_PER_HOUR;
    g->hour_ms = moment_floor(g->from_ms, MS_PER_HOUR);
    int rc =
        gather(g, x->exit->evaluation.grid, err) || draw(x, g, dark, out, err)
            ? -1
            : 0;
    store_past_free(g->past);
    tape_release(&g->tape);
    free(g);
    return rc;
}
