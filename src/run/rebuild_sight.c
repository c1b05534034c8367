/* Writers that share a symbol. The first who records a slot records its bars;
 * the others' verdicts stand beside them. That is sound as long as all saw the
 * same bars and none is missing in between. */
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "record/record.h"
#include "run/rebuild_internal.h"
#include "sys/xmalloc.h"

static bool same_windows(const struct metrics_document *a,
                         const struct metrics_document *b)
{
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct window_quality *x = &a->quality.windows[tf];
        const struct window_quality *y = &b->quality.windows[tf];
        if (x->bars_hash != y->bars_hash || !x->error[0] != !y->error[0])
            return false;
    }
    return true;
}

/* The same slot, seen twice. */
static bool same_sight(const struct metrics_document *a,
                       const struct metrics_document *b)
{
    return a->quality.cause == b->quality.cause &&
           a->quality.market == b->quality.market && same_windows(a, b);
}

/* Does the record there hold every bar that ours built on? `was` is the newest
 * document that our slots came after, NULL when the symbol joined with them;
 * `first_ms` is the first of them. */
static bool covers(const struct metrics_document *there,
                   const struct metrics_document *was, int64_t first_ms)
{
    if (!was)
        return there->slot_ms >= first_ms - MS_PER_SLOT;
    if (there->slot_ms == was->slot_ms)
        return same_windows(there, was);
    for (int tf = 0; tf < TF_COUNT; tf++)
        if (there->quality.windows[tf].recorded_ms <
            was->quality.windows[tf].recorded_ms)
            return false;
    return there->slot_ms > was->slot_ms;
}

/* Oldest slot of the symbol in the commit, MOMENT_NONE if there is none. */
static int64_t first_slot(const struct store_commit *own, const char *symbol)
{
    int64_t first_ms = MOMENT_NONE;
    for (size_t i = 0; i < own->count; i++) {
        struct record_place p = record_place_of(own->edits[i].path);
        if (p.kind == RECORD_METRICS && p.time_ms != MOMENT_NONE &&
            strcmp(p.name, symbol) == 0 &&
            (first_ms == MOMENT_NONE || p.time_ms < first_ms))
            first_ms = p.time_ms;
    }
    return first_ms;
}

/* `e` is our latest/symbols/SYMBOL. */
static int has_hole(const struct rebuild_case *c, const struct store_edit *e,
                    const char *symbol, bool *hole, struct error *err)
{
    char there[STORE_ID_SIZE];
    *hole = false;
    if (rebuild_there(c->store, e->path, there, err))
        return -1;
    if (!there[0] || strcmp(there, e->before) == 0)
        return 0;
    struct metrics_document *docs = xcalloc(2, sizeof(*docs));
    bool was = e->before[0] &&
               rebuild_blob(c->store, RECORD_METRICS, e->before, &docs[1]);
    int64_t first_ms = first_slot(c->own, symbol);
    if (first_ms != MOMENT_NONE &&
        rebuild_blob(c->store, RECORD_METRICS, there, &docs[0]))
        *hole = !covers(&docs[0], was ? &docs[1] : NULL, first_ms);
    free(docs);
    return 0;
}

/* `e` is our document of one slot. */
static int is_other_sight(const struct rebuild_case *c,
                          const struct store_edit *e, bool *other,
                          struct error *err)
{
    char there[STORE_ID_SIZE];
    *other = false;
    if (rebuild_there(c->store, e->path, there, err))
        return -1;
    if (!there[0] || !e->after[0] || strcmp(there, e->after) == 0)
        return 0;
    struct metrics_document *docs = xcalloc(2, sizeof(*docs));
    if (rebuild_blob(c->store, RECORD_METRICS, there, &docs[0]) &&
        rebuild_blob(c->store, RECORD_METRICS, e->after, &docs[1]))
        *other = !same_sight(&docs[0], &docs[1]);
    free(docs);
    return 0;
}

/* A message about a grid of the symbol is not held back. */
static void spare_urgent(struct rebuild_case *c)
{
    struct intent_document d;
    for (size_t i = 0; i < c->own->count; i++) {
        const struct store_edit *e = &c->own->edits[i];
        if (record_kind_of_path(e->path) != RECORD_INTENT || !e->after[0] ||
            !rebuild_blob(c->store, RECORD_INTENT, e->after, &d))
            continue;
        for (size_t k = 0; k < c->symbols.count; k++)
            if (strcmp(c->symbols.list[k].name, d.intent.symbol) == 0)
                c->symbols.list[k].theirs = false;
    }
}

int rebuild_see_symbols(struct rebuild_case *c, struct error *err)
{
    for (size_t i = 0; i < c->own->count; i++) {
        const struct store_edit *e = &c->own->edits[i];
        struct record_place p = record_place_of(e->path);
        bool apart = false;
        if (p.kind != RECORD_METRICS || !e->after[0])
            continue;
        if (p.time_ms == MOMENT_NONE ? has_hole(c, e, p.name, &apart, err)
                                     : is_other_sight(c, e, &apart, err))
            return -1;
        fates_of(&c->symbols, p.name)->theirs |= apart;
    }
    spare_urgent(c);
    return 0;
}

bool rebuild_is_newer(struct store *s, const struct store_edit *e)
{
    struct metrics_document *docs = xcalloc(2, sizeof(*docs));
    bool newer = !rebuild_file(s, RECORD_METRICS, e->path, &docs[0]) ||
                 (rebuild_blob(s, RECORD_METRICS, e->after, &docs[1]) &&
                  docs[1].slot_ms > docs[0].slot_ms);
    free(docs);
    return newer;
}
