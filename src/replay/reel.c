#include "replay/reel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sys/xmalloc.h"

struct reel_list {
    struct reel_slots metrics;
    struct reel_revision *revisions; /* of the symbol, by slot */
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

struct slot_walk {
    struct reel_slots *slots;
    enum record_kind kind;
};

static int add_slot(const struct store_entry *e, void *payload,
                    struct error *err)
{
    const struct slot_walk *w = payload;
    struct reel_slots *s = w->slots;
    struct record_place place = record_place_of(e->path);
    (void)err;
    if (place.kind != w->kind || place.time_ms == MOMENT_NONE)
        return 0;
    if (s->count == s->room) {
        s->room = s->room ? 2 * s->room : 1024;
        s->list = xrealloc(s->list, s->room, sizeof(*s->list));
    }
    struct reel_slot *slot = &s->list[s->count++];
    slot->slot_ms = place.time_ms;
    snprintf(slot->id, sizeof(slot->id), "%s", e->id);
    return 0;
}

/* Years before 10000 stand in the order of time. */
static int find_slots(struct reel *r, struct store_past *past,
                      enum record_kind kind, const char *name,
                      struct reel_slots *out, struct error *err)
{
    struct slot_walk w = { out, kind };
    char dir[RECORD_PATH_MAX];
    snprintf(dir, sizeof(dir), "%s/%s",
             kind == RECORD_METRICS ? "metrics" : "exits", name);
    return store_walk_ever(r->store, past, dir, add_slot, &w, err);
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
    struct reel_revision *x = &l->revisions[l->revision_count++];
    *x = (struct reel_revision){ .document = d };
    snprintf(x->path, sizeof(x->path), "%s", e->path);
    return 0;
}

static int by_slot(const void *a, const void *b)
{
    const struct reel_revision *x = a, *y = b;
    int64_t s = x->document.slot_ms, u = y->document.slot_ms;
    return s != u ? (s > u) - (s < u) : strcmp(x->path, y->path);
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

static int load(struct reel *r, struct store_past *past, struct error *err)
{
    struct reel_list *l = r->list;

    if (tape_seed(&r->tape, r->store, r->symbol, err) ||
        find_slots(r, past, RECORD_METRICS, r->symbol, &l->metrics, err) ||
        store_walk(r->store, "audit", add_revision, r, err) ||
        store_list(r->store, "latest/grids", add_grid, r, err))
        return -1;
    for (size_t i = 0; i < r->exit_count; i++)
        if (find_slots(r, past, RECORD_EXIT, r->exits[i].grid,
                       &r->exits[i].slots, err))
            return -1;
    if (l->revision_count)
        qsort(l->revisions, l->revision_count, sizeof(*l->revisions), by_slot);
    return 0;
}

int reel_open(struct store *store, struct store_past *past, const char *symbol,
              struct reel **out, struct error *err)
{
    struct reel *r = xcalloc(1, sizeof(*r));
    r->store = store;
    r->bytes = (struct text)TEXT_INIT(RECORD_BYTES_MAX);
    r->work = xcalloc(1, sizeof(*r->work));
    r->list = xcalloc(1, sizeof(*r->list));
    snprintf(r->symbol, sizeof(r->symbol), "%s", symbol);
    *out = r;
    if (load(r, past, err) == 0)
        return 0;
    reel_close(r);
    *out = NULL;
    return -1;
}

/* Both lists ascend. */
static int check_beside(const struct reel *r, const struct reel_exit *x,
                        struct error *err)
{
    const struct reel_slots *beside = &r->list->metrics;
    char slot[MOMENT_TEXT];

    for (size_t i = 0, k = 0; i < x->slots.count; i++) {
        int64_t slot_ms = x->slots.list[i].slot_ms;
        while (k < beside->count && beside->list[k].slot_ms < slot_ms)
            k++;
        if (k < beside->count && beside->list[k].slot_ms == slot_ms)
            continue;
        moment_format(slot_ms, slot);
        return error_set(err, FAULT_DATA,
                         "slot %s: the record has no metrics of '%s' for it, "
                         "but a verdict on '%s'; 'gridwatch verify' tells what "
                         "else is missing",
                         slot, r->symbol, x->grid);
    }
    return 0;
}

int reel_open_grid(struct store *store, const struct grid *grid,
                   struct reel **out, struct error *err)
{
    struct store_past *past;

    *out = NULL;
    if (store_past_open(store, &past, err))
        return -1;
    int rc = reel_open(store, past, grid->symbol, out, err);
    store_past_free(past);
    for (size_t i = 0; !rc && i < (*out)->exit_count; i++)
        if (strcmp((*out)->exits[i].grid, grid->id) == 0)
            rc = check_beside(*out, &(*out)->exits[i], err);
    if (rc) {
        reel_close(*out);
        *out = NULL;
    }
    return rc;
}

void reel_close(struct reel *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->exit_count; i++) {
        text_release(&r->exits[i].bytes);
        free(r->exits[i].slots.list);
    }
    free(r->exits);
    free(r->list->metrics.list);
    free(r->list->revisions);
    free(r->list);
    free(r->work);
    text_release(&r->bytes);
    tape_release(&r->tape);
    free(r);
}

size_t reel_length(const struct reel *r)
{
    return r->list->metrics.count;
}

int64_t reel_first_ms(const struct reel *r)
{
    return r->list->metrics.count ? r->list->metrics.list[0].slot_ms
                                  : MOMENT_NONE;
}

/* Winds on to the slot; "" when there is no document of it. */
static const char *find_slot(struct reel_slots *s, int64_t slot_ms)
{
    while (s->at < s->count && s->list[s->at].slot_ms < slot_ms)
        s->at++;
    return s->at < s->count && s->list[s->at].slot_ms == slot_ms
               ? s->list[s->at].id
               : "";
}

static int read_slot(struct reel *r, const char *id, struct text *out,
                     struct error *err)
{
    text_clear(out);
    return store_read_blob(r->store, id, out, err);
}

static int read_exits(struct reel *r, struct error *err)
{
    int rc = 0;
    for (size_t i = 0; i < r->exit_count; i++) {
        struct reel_exit *x = &r->exits[i];
        const char *id = find_slot(&x->slots, r->document.slot_ms);
        struct error why;
        x->there = id[0] != '\0';
        if (!x->there)
            continue;
        record_exit_path(x->grid, r->document.slot_ms, x->path);
        if (read_slot(r, id, &x->bytes, &why) ||
            parse_inputs(RECORD_EXIT, x->path, &x->bytes, &x->document, &why)) {
            x->there = false;
            *err = why;
            rc = -1;
        }
    }
    return rc;
}

static void revise(struct reel *r, struct reel_revision *revision)
{
    const struct revision_document *x = &revision->document;
    const struct bar *held = tape_find(&r->tape, x->tf, x->open_ms);
    struct bar is = x->is;

    revision->held_there = held != NULL;
    if (held)
        revision->held = *held;
    is.open_ms = x->open_ms;
    r->tape.edition++;
    if (x->is_there)
        tape_put(&r->tape, x->tf, &is);
    else
        tape_drop(&r->tape, x->tf, x->open_ms);
}

/* What the run of this slot got to know about bars. */
static void wind_tape(struct reel *r)
{
    struct reel_list *l = r->list;
    const struct metrics_document *d = &r->document;

    size_t from = l->revision_at;
    for (; l->revision_at < l->revision_count &&
           l->revisions[l->revision_at].document.slot_ms <= d->slot_ms;
         l->revision_at++)
        revise(r, &l->revisions[l->revision_at]);
    r->revised_count = l->revision_at - from;
    r->revised = r->revised_count ? &l->revisions[from] : NULL;
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
    bool own = false; /* of the run that wrote the metrics, if it has one */
    for (size_t i = 0; i < r->exit_count && !own; i++) {
        if (!r->exits[i].there)
            continue;
        own = strcmp(r->exits[i].document.run.id, r->document.run.id) == 0;
        facts.ticker = r->exits[i].document.inputs.ticker;
        facts.ticker_ms = r->exits[i].document.inputs.ticker_ms;
    }
    return facts;
}

void reel_regard(struct reel *r, const struct reel_exit *x)
{
    r->view.facts.ticker = x->document.inputs.ticker;
    r->view.facts.ticker_ms = x->document.inputs.ticker_ms;
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
    struct reel_slots *slots = &r->list->metrics;
    struct series series[TF_COUNT];

    if (slots->at == slots->count)
        return 0;
    r->revised_count = 0;
    const struct reel_slot *slot = &slots->list[slots->at++];
    record_metrics_path(r->symbol, slot->slot_ms, r->path);
    for (size_t i = 0; i < r->exit_count; i++)
        r->exits[i].there = false;
    if (read_slot(r, slot->id, &r->bytes, err) ||
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
