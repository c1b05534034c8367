/* Every slot of every symbol, computed anew. */
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

static void check_metrics(struct verify *v, const struct reel *r)
{
    struct metrics_document d = r->document;
    metrics_document_fill(&d, &r->view, &r->snapshot);
    for (int tf = 0; tf < TF_COUNT; tf++)
        if (d.quality.windows[tf].bars)
            d.quality.windows[tf].recorded_ms =
                newest_held(r, (enum timeframe)tf);
    verify_same(v, r->path, &r->bytes, RECORD_METRICS, &d);
    v->report->metrics++;
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

static int check_symbol(struct verify *v, const char *symbol, struct error *err)
{
    struct reel *r;
    struct error why;
    size_t done = 0;

    if (reel_open(v->store, symbol, &r, err))
        return -1;
    struct chain *chains = xcalloc(r->exit_count + 1, sizeof(*chains));
    char(*last)[RECORD_PATH_MAX] = xcalloc(r->exit_count + 1, sizeof(*last));
    for (int rc = reel_next(r, &why); rc; rc = reel_next(r, &why)) {
        report_progress(v, ++done, reel_length(r));
        if (rc < 0) {
            verify_find(v, r->path, "%s", why.msg);
            continue;
        }
        check_metrics(v, r);
        for (size_t i = 0; i < r->exit_count; i++) {
            if (!r->exits[i].there)
                continue;
            chain_step(v, &chains[i], r, &r->exits[i]);
            memcpy(last[i], r->exits[i].path, sizeof(last[i]));
        }
    }
    check_latest(v, r);
    for (size_t i = 0; i < r->exit_count; i++)
        chain_end(v, &chains[i], r->exits[i].grid, last[i]);
    free(last);
    free(chains);
    reel_close(r);
    return 0;
}

struct names {
    char (*list)[SYMBOL_MAX];
    size_t count;
};

static int add_symbol(const struct store_entry *e, void *payload,
                      struct error *err)
{
    struct names *n = payload;
    (void)err;
    if (!e->is_dir || strlen(e->name) >= SYMBOL_MAX)
        return 0;
    n->list = xrealloc(n->list, n->count + 1, sizeof(*n->list));
    memcpy(n->list[n->count++], e->name, strlen(e->name) + 1);
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
    int rc = store_list(v->store, "metrics", add_symbol, &symbols, err);

    for (size_t i = 0; i < symbols.count && !rc; i++)
        rc = check_symbol(v, symbols.list[i], err);
    free(symbols.list);
    if (rc || store_walk(v->store, "exits", count_exit, &exits, err))
        return -1;
    if (exits != v->report->exits)
        verify_find(v, "exits",
                    "holds %zu documents, of which %zu stand beside a metrics "
                    "document of their slot",
                    exits, v->report->exits);
    return 0;
}
