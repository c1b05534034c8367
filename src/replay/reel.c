#include "replay/reel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sys/xmalloc.h"

struct reel_list {
    char (*paths)[RECORD_PATH_MAX]; /* of the metrics documents */
    size_t count, room, at;
    struct revision_document *revisions; /* of the symbol, by slot */
    size_t revision_count, revision_room, revision_at;
};

static int parse(enum record_kind kind, const char *path,
                 const struct text *bytes, void *out, struct error *err)
{
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];
    if (document_parse(kind, text_str(bytes), bytes->len, out, &complaints) ==
        0)
        return 0;
    complaint_format(&complaints.list[0], why);
    return error_set(err, FAULT_DATA, "'%s': %s", path, why);
}

/* What entered a slot; what follows is computed anew. */
static int parse_inputs(enum record_kind kind, const char *path,
                        const struct text *bytes, void *out, struct error *err)
{
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];
    if (document_parse_inputs(kind, text_str(bytes), bytes->len, out,
                              &complaints) == 0)
        return 0;
    complaint_format(&complaints.list[0], why);
    return error_set(err, FAULT_DATA, "'%s': %s", path, why);
}

static int read_text(struct store *store, const char *path, struct text *out,
                     struct error *err)
{
    text_clear(out);
    return store_read(store, path, out, err);
}

static int add_path(const struct store_entry *e, void *payload,
                    struct error *err)
{
    struct reel_list *l = payload;
    (void)err;
    if (record_kind_of_path(e->path) != RECORD_METRICS)
        return 0;
    if (l->count == l->room) {
        l->room = l->room ? 2 * l->room : 1024;
        l->paths = xrealloc(l->paths, l->room, sizeof(*l->paths));
    }
    snprintf(l->paths[l->count++], sizeof(*l->paths), "%s", e->path);
    return 0;
}

static int add_revision(const struct store_entry *e, void *payload,
                        struct error *err)
{
    struct reel *r = payload;
    struct reel_list *l = r->list;
    struct text bytes = TEXT_INIT(RECORD_BYTES_MAX);
    struct revision_document d;
    int rc = 0;

    if (record_kind_of_path(e->path) != RECORD_REVISION)
        return 0;
    if (read_text(r->store, e->path, &bytes, err) ||
        parse(RECORD_REVISION, e->path, &bytes, &d, err))
        rc = -1;
    text_release(&bytes);
    if (rc || strcmp(d.symbol, r->symbol) != 0)
        return rc;
    if (l->revision_count == l->revision_room) {
        l->revision_room = l->revision_room ? 2 * l->revision_room : 64;
        l->revisions =
            xrealloc(l->revisions, l->revision_room, sizeof(*l->revisions));
    }
    l->revisions[l->revision_count++] = d;
    return 0;
}

static int by_slot(const void *a, const void *b)
{
    const struct revision_document *x = a, *y = b;
    return (x->slot_ms > y->slot_ms) - (x->slot_ms < y->slot_ms);
}

/* A grid belongs to the symbol that its newest document names. */
static int add_grid(const struct store_entry *e, void *payload,
                    struct error *err)
{
    struct reel *r = payload;
    struct reel_exit x = { .bytes = TEXT_INIT(RECORD_BYTES_MAX) };
    int rc = 0;

    if (record_kind_of_path(e->path) != RECORD_EXIT)
        return 0;
    if (read_text(r->store, e->path, &x.bytes, err) ||
        parse(RECORD_EXIT, e->path, &x.bytes, &x.document, err))
        rc = -1;
    if (rc || strcmp(x.document.evaluation.symbol, r->symbol) != 0) {
        text_release(&x.bytes);
        return rc;
    }
    memcpy(x.grid, x.document.evaluation.grid, sizeof(x.grid));
    r->exits = xrealloc(r->exits, r->exit_count + 1, sizeof(*r->exits));
    r->exits[r->exit_count++] = x;
    return 0;
}

static int load(struct reel *r, struct error *err)
{
    char dir[RECORD_PATH_MAX];
    struct reel_list *l = r->list;

    snprintf(dir, sizeof(dir), "metrics/%s", r->symbol);
    if (tape_seed(&r->tape, r->store, r->symbol, err) ||
        store_walk(r->store, dir, add_path, l, err) ||
        store_walk(r->store, "audit", add_revision, r, err) ||
        store_list(r->store, "latest/grids", add_grid, r, err))
        return -1;
    if (l->revision_count)
        qsort(l->revisions, l->revision_count, sizeof(*l->revisions), by_slot);
    return 0;
}

int reel_open(struct store *store, const char *symbol, struct reel **out,
              struct error *err)
{
    struct reel *r = xcalloc(1, sizeof(*r));
    r->store = store;
    r->bytes = (struct text)TEXT_INIT(RECORD_BYTES_MAX);
    r->work = xcalloc(1, sizeof(*r->work));
    r->list = xcalloc(1, sizeof(*r->list));
    snprintf(r->symbol, sizeof(r->symbol), "%s", symbol);
    *out = r;
    if (load(r, err) == 0)
        return 0;
    reel_close(r);
    *out = NULL;
    return -1;
}

void reel_close(struct reel *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->exit_count; i++)
        text_release(&r->exits[i].bytes);
    free(r->exits);
    free(r->list->paths);
    free(r->list->revisions);
    free(r->list);
    free(r->work);
    text_release(&r->bytes);
    tape_release(&r->tape);
    free(r);
}

size_t reel_length(const struct reel *r)
{
    return r->list->count;
}

static int read_exits(struct reel *r, struct error *err)
{
    int rc = 0;
    for (size_t i = 0; i < r->exit_count; i++) {
        struct reel_exit *x = &r->exits[i];
        struct error why;
        record_exit_path(x->grid, r->document.slot_ms, x->path);
        x->there = read_text(r->store, x->path, &x->bytes, &why) == 0;
        if (!x->there && why.fault == FAULT_MISSING)
            continue;
        if (!x->there ||
            parse_inputs(RECORD_EXIT, x->path, &x->bytes, &x->document, &why)) {
            x->there = false;
            *err = why;
            rc = -1;
        }
    }
    return rc;
}

/* What the run of this slot got to know about bars. */
static void wind_tape(struct reel *r)
{
    struct reel_list *l = r->list;
    const struct metrics_document *d = &r->document;

    for (; l->revision_at < l->revision_count &&
           l->revisions[l->revision_at].slot_ms <= d->slot_ms;
         l->revision_at++) {
        const struct revision_document *x = &l->revisions[l->revision_at];
        struct bar is = x->is;
        is.open_ms = x->open_ms;
        r->tape.edition++;
        if (x->is_there)
            tape_put(&r->tape, x->tf, &is);
        else
            tape_drop(&r->tape, x->tf, x->open_ms);
    }
    for (size_t i = 0; i < d->bar_count; i++) {
        const struct closed_bar *b = &d->bars[i];
        if (bar_close_ms(&b->bar, b->tf) < d->slot_ms)
            r->tape.edition++; /* late: an earlier slot did not know it */
        tape_put(&r->tape, b->tf, &b->bar);
    }
}

static struct market_facts facts_of(const struct reel *r)
{
    const struct quality *q = &r->document.quality;
    struct market_facts facts = {
        .status = q->market,
        .candles_failed =
            q->windows[TF_15M].error[0] || q->windows[TF_1H].error[0],
        .clock_off = q->cause == PRICE_CLOCK,
        .ticker = NO_VALUE,
        .ticker_ms = MOMENT_NONE,
    };
    for (size_t i = 0; i < r->exit_count; i++) {
        if (!r->exits[i].there)
            continue;
        facts.ticker = r->exits[i].document.inputs.ticker;
        facts.ticker_ms = r->exits[i].document.inputs.ticker_ms;
    }
    return facts;
}

/* A timeframe that could not be had had no bars. False if there is one. */
static bool known_series(const struct reel *r, struct series out[TF_COUNT])
{
    bool all = true;
    tape_series(&r->tape, out);
    for (int tf = 0; tf < TF_COUNT; tf++) {
        if (!r->document.quality.windows[tf].error[0])
            continue;
        out[tf].count = 0;
        all = false;
    }
    return all;
}

int reel_next(struct reel *r, struct error *err)
{
    struct reel_list *l = r->list;
    struct series series[TF_COUNT];

    if (l->at == l->count)
        return 0;
    memcpy(r->path, l->paths[l->at++], sizeof(r->path));
    for (size_t i = 0; i < r->exit_count; i++)
        r->exits[i].there = false;
    if (read_text(r->store, r->path, &r->bytes, err) ||
        parse_inputs(RECORD_METRICS, r->path, &r->bytes, &r->document, err))
        return -1;
    int rc = read_exits(r, err);
    wind_tape(r);
    bool all = known_series(r, series);
    const struct market_facts facts = facts_of(r);
    market_view_advance(series, r->document.slot_ms, &facts,
                        all ? r->tape.edition : 0, &r->view);
    snapshot_take(&r->view, r->work, &r->snapshot);
    return rc ? -1 : 1;
}
