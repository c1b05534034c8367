/* Every slot of every symbol, computed anew. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "record/fill.h"
#include "replay/verify_internal.h"
#include "sys/xmalloc.h"

/* The newest bar that the repository holds of those that closed by the slot. */
static int64_t newest_held(const struct reel *r, enum timeframe tf)
{
    struct series all[TF_COUNT];
    tape_series(&r->tape, all);
    struct series known = series_until(&all[tf], r->document.slot_ms);
    return known.count ? known.bars[known.count - 1].open_ms : MOMENT_NONE;
}

/* In a shallow clone the bars of a window may be in documents that left before
 * the clone begins. */
static bool needs_older(const struct verify *v, const struct reel *r,
                        const struct metrics_document *computed)
{
    for (int tf = 0; tf < TF_COUNT && v->shallow; tf++) {
        const struct window_quality *was = &r->document.quality.windows[tf];
        const struct window_quality *is = &computed->quality.windows[tf];
        if (was->bars && was->start_ms < reel_first_ms(r) &&
            was->bars_hash != is->bars_hash)
            return true;
    }
    return false;
}

/* False when the snapshot cannot be computed from what is here. */
static bool check_metrics(struct verify *v, const struct reel *r)
{
    struct metrics_document d = r->document;
    metrics_document_fill(&d, &r->view, &r->snapshot);
    verify_run(v, r->path, d.run.id);
    if (needs_older(v, r, &d)) {
        v->report->out_of_reach++;
        return false;
    }
    for (int tf = 0; tf < TF_COUNT; tf++)
        if (d.quality.windows[tf].bars)
            d.quality.windows[tf].recorded_ms =
                newest_held(r, (enum timeframe)tf);
    verify_same(v, r->path, &r->bytes, RECORD_METRICS, &d);
    v->report->metrics++;
    return true;
}

/* What a correction says of the bar before, against what was recorded of it. */
static void check_revision(struct verify *v, const struct reel_revision *x)
{
    const struct revision_document *d = &x->document;
    if (d->was_there && (!x->held_there || !tape_same_bar(&d->was, &x->held)) &&
        !(v->shallow && !x->held_there))
        verify_find(v, x->path,
                    "says of the %s bar before what is not recorded",
                    timeframe_name(d->tf));
    double largest =
        d->was_there && d->is_there ? tape_change(&d->was, &d->is) : NO_VALUE;
    if (isfinite(largest) != isfinite(d->largest) ||
        (isfinite(largest) && largest != d->largest))
        verify_find(v, x->path, "its largest change is %.17g, not %.17g",
                    largest, d->largest);
}

static void check_latest(struct verify *v, const struct reel *r)
{
    char path[RECORD_PATH_MAX];
    if (!r->document.slot_ms)
        return;
    record_latest_symbol_path(r->symbol, path);
    struct text bytes = TEXT_INIT(RECORD_BYTES_MAX);
    struct error err;
    if (store_read(v->store, path, &bytes, &err) || bytes.len != r->bytes.len ||
        memcmp(text_str(&bytes), text_str(&r->bytes), bytes.len) != 0)
        verify_find(v, path, "is not the same as '%s'", r->path);
    text_release(&bytes);
}

static void report_progress(const struct verify *v, size_t done, size_t of)
{
    if (v->options->progress && (done % 64 == 0 || done == of))
        v->options->progress(done, of, v->options->payload);
}

static void check_slot(struct verify *v, struct reel *r, struct chain *chains)
{
    bool known = check_metrics(v, r);
    for (size_t i = 0; i < r->revised_count; i++)
        check_revision(v, &r->revised[i]);
    for (size_t i = 0; i < r->exit_count; i++) {
        if (!r->exits[i].there)
            continue;
        verify_run(v, r->exits[i].path, r->exits[i].document.run.id);
        reel_regard(r, &r->exits[i]);
        if (known)
            chain_step(v, &chains[i], r, &r->exits[i]);
        else
            chain_lose(v, &chains[i]);
        memcpy(chains[i].last, r->exits[i].path, sizeof(chains[i].last));
    }
}

static int check_symbol(struct verify *v, const char *symbol, struct error *err)
{
    struct reel *r;
    struct error why;
    size_t done = 0;

    if (reel_open(v->store, v->past, symbol, &r, err))
        return -1;
    struct chain *chains = xcalloc(r->exit_count + 1, sizeof(*chains));
    for (int rc = reel_next(r, &why); rc; rc = reel_next(r, &why)) {
        report_progress(v, ++done, reel_length(r));
        if (rc < 0)
            verify_find(v, r->path, "%s", why.msg);
        else
            check_slot(v, r, chains);
    }
    check_latest(v, r);
    for (size_t i = 0; i < r->exit_count; i++)
        chain_end(v, &chains[i], r->exits[i].grid);
    free(chains);
    reel_close(r);
    return 0;
}

struct names {
    char (*list)[SYMBOL_MAX];
    size_t count;
};

/* Every symbol that ever had a slot; those of one stand together. */
static int add_symbol(const struct store_entry *e, void *payload,
                      struct error *err)
{
    struct names *n = payload;
    struct record_place place = record_place_of(e->path);
    (void)err;
    if (place.kind != RECORD_METRICS || strlen(place.name) >= SYMBOL_MAX ||
        (n->count && strcmp(n->list[n->count - 1], place.name) == 0))
        return 0;
    n->list = xrealloc(n->list, n->count + 1, sizeof(*n->list));
    memcpy(n->list[n->count++], place.name, strlen(place.name) + 1);
    return 0;
}

static int count_exit(const struct store_entry *e, void *payload,
                      struct error *err)
{
    size_t *count = payload;
    (void)err;
    *count += record_kind_of_path(e->path) == RECORD_EXIT;
    return 0;
}

int verify_content(struct verify *v, struct error *err)
{
    struct names symbols = { NULL, 0 };
    size_t exits = 0;
    int rc = store_walk_ever(v->store, v->past, "metrics", add_symbol, &symbols,
                             err);

    for (size_t i = 0; i < symbols.count && !rc; i++)
        rc = check_symbol(v, symbols.list[i], err);
    free(symbols.list);
    if (rc ||
        store_walk_ever(v->store, v->past, "exits", count_exit, &exits, err))
        return -1;
    if (exits != v->report->exits && !v->shallow)
        verify_find(v, "exits",
                    "holds %zu documents, of which %zu stand beside a metrics "
                    "document of their slot",
                    exits, v->report->exits);
    return 0;
}
