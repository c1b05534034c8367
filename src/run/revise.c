/* revise: did the exchange change what is recorded? Each metrics document holds
 * a hash over the bars of its windows; where today's bars of the same windows
 * have another hash, they are compared one by one with those that the
 * repository holds, and every difference becomes an audit event. From this run
 * on the new bars count. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "market/window_hash.h"
#include "replay/tape.h"
#include "run/run_internal.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* More differences than this are not a correction: somebody answers for
 * another market. They are told as one fault. */
#define REVISIONS_MOST 256

struct comparison {
    struct run *run;
    struct symbol_run *symbol;
    struct tape tape; /* of what is recorded */
    struct tape lost; /* bars whose document is not here or cannot be read:
                         opening times only */
    enum timeframe tf;
    size_t found;
};

/* A document of the tip, or of those that left it. */
static int read_metrics(struct comparison *c, int64_t slot_ms,
                        struct metrics_document *out, struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    char path[RECORD_PATH_MAX], why[COMPLAINT_TEXT];

    record_metrics_path(c->symbol->symbol, slot_ms, path);
    int rc = store_read(c->run->store, path, &data, err);
    if (rc && err->fault == FAULT_MISSING)
        rc = store_past_read(c->run->store, c->run->past, path, &data, err);
    if (!rc && document_parse(RECORD_METRICS, text_str(&data), data.len, out,
                              &complaints)) {
        complaint_format(&complaints.list[0], why);
        rc = error_set(err, FAULT_DATA, "'%s': %s", path, why);
    }
    text_release(&data);
    return rc;
}

/* Nobody can say what the bars were: nothing is said of a change. */
static void tell_blind(const struct symbol_run *s, const struct error *err)
{
    char text[LOG_VALUE_MAX];
    log_event(LOG_LEVEL_WARN, "revision-unknown", "symbol=%s what=%s",
              s->symbol, log_value(err->msg, text));
}

/* The bars that the document of one slot holds. A shallow clone may not have
 * the document, or it cannot be read: then nobody here can say what the bar
 * was. */
static void hold_document(struct comparison *c, int64_t slot_ms)
{
    struct metrics_document *d = xcalloc(1, sizeof(*d));
    struct error err = { FAULT_NONE, "" };

    if (read_metrics(c, slot_ms, d, &err) == 0) {
        for (size_t i = 0; i < d->bar_count; i++)
            tape_put(&c->tape, d->bars[i].tf, &d->bars[i].bar);
    } else if (err.fault != FAULT_MISSING || store_is_shallow(c->run->store)) {
        if (err.fault != FAULT_MISSING)
            tell_blind(c->symbol, &err);
        const struct bar lost = { .open_ms = slot_ms - timeframe_ms(c->tf) };
        tape_put(&c->lost, c->tf, &lost);
    }
    free(d);
}

static int hold_revision(const struct store_entry *e, void *payload,
                         struct error *err)
{
    struct comparison *c = payload;
    struct revision_document d;

    (void)err;
    if (record_kind_of_path(e->path) != RECORD_REVISION ||
        run_read_document(c->run, RECORD_REVISION, e->path, &d, NULL) ||
        strcmp(d.symbol, c->symbol->symbol) != 0)
        return 0;
    d.is.open_ms = d.open_ms;
    if (d.is_there)
        tape_put(&c->tape, d.tf, &d.is);
    else
        tape_drop(&c->tape, d.tf, d.open_ms);
    return 0;
}

/* What the repository holds of the bars from `from_ms` up to the slot: the
 * seed, the document of each bar's own slot, earlier revisions. */
static int hold(struct comparison *c, int64_t from_ms, int64_t slot_ms,
                struct error *err)
{
    int64_t step_ms = timeframe_ms(c->tf);
    if (tape_seed(&c->tape, c->run->store, c->symbol->symbol, err))
        return -1;
    for (int64_t open_ms = from_ms; open_ms + step_ms <= slot_ms;
         open_ms += step_ms)
        if (!tape_find(&c->tape, c->tf, open_ms))
            hold_document(c, open_ms + step_ms);
    return store_walk(c->run->store, "audit", hold_revision, c, err);
}

/* `was` or `is` is NULL: it was not there, or is no more. */
static void tell(struct comparison *c, const struct bar *was,
                 const struct bar *is)
{
    struct revision_document d = {
        .tf = c->tf,
        .open_ms = was ? was->open_ms : is->open_ms,
        .slot_ms = c->symbol->first_due_ms,
        .was_there = was != NULL,
        .is_there = is != NULL,
        .largest = was && is ? tape_change(was, is) : NO_VALUE,
    };
    if (++c->found > REVISIONS_MOST)
        return;
    snprintf(d.symbol, sizeof(d.symbol), "%s", c->symbol->symbol);
    if (was)
        d.was = *was;
    if (is)
        d.is = *is;
    run_put_revision(c->run, &d);
}

/* Both ascend. */
static void compare(struct comparison *c, const struct series *now,
                    int64_t from_ms, int64_t slot_ms)
{
    int64_t step_ms = timeframe_ms(c->tf);
    size_t i = 0;
    for (int64_t open_ms = from_ms; open_ms + step_ms <= slot_ms;
         open_ms += step_ms) {
        const struct bar *was = tape_find(&c->tape, c->tf, open_ms);
        while (i < now->count && now->bars[i].open_ms < open_ms)
            i++;
        const struct bar *is = i < now->count && now->bars[i].open_ms == open_ms
                                   ? &now->bars[i]
                                   : NULL;
        bool late = !was && is && open_ms > c->symbol->recorded_ms[c->tf];
        bool lost = !was && tape_find(&c->lost, c->tf, open_ms);
        if ((was && is && tape_same_bar(was, is)) || (!was && !is) || late ||
            lost)
            continue; /* one that came late goes with the new bars */
        tell(c, was, is);
    }
}

/* One pass over as much of history as the windows need, and once in a run
 * unless another symbol needs more. */
static int open_past(struct run *r, int64_t since_ms, struct error *err)
{
    if (r->past && r->past_since_ms <= since_ms)
        return 0;
    store_past_free(r->past);
    r->past = NULL;
    r->past_since_ms = since_ms;
    return store_past_open_since(r->store, since_ms, &r->past, err);
}

static void revise_timeframe(struct run *r, struct symbol_run *s,
                             const struct series *now, int64_t from_ms)
{
    struct comparison c = { .run = r, .symbol = s, .tf = now->tf };
    struct error err = { FAULT_NONE, "" };
    char what[RECORD_LINE_MAX];

    if (hold(&c, from_ms, s->hashed_ms, &err) == 0)
        compare(&c, now, from_ms, s->hashed_ms);
    else
        tell_blind(s, &err);
    if (c.found)
        log_event(LOG_LEVEL_WARN, "bars-revised", "symbol=%s tf=%s count=%zu",
                  s->symbol, timeframe_name(c.tf), c.found);
    if (c.found > REVISIONS_MOST) {
        snprintf(what, sizeof(what),
                 "%zu bars of %s are not what is recorded, the first %d are "
                 "told: does this address answer for another market?",
                 c.found, timeframe_name(c.tf), REVISIONS_MOST);
        run_put_fault(r, s->symbol, FAULT_CLASS_DATA, what);
    }
    tape_release(&c.tape);
    tape_release(&c.lost);
}

/* From when on each window is to be compared, MOMENT_NONE where nothing has
 * changed; the oldest of these. */
static int64_t find_changed(const struct symbol_run *s,
                            const struct series series[TF_COUNT],
                            const struct market_view *then,
                            int64_t from_ms[TF_COUNT])
{
    int64_t oldest_ms = MOMENT_NONE;
    for (int tf = 0; tf < TF_COUNT; tf++) {
        const struct window *w = &then->window[tf];
        from_ms[tf] = MOMENT_NONE;
        if (!s->answer.series[tf].ok || !w->count ||
            window_hash(w) == s->bars_hash[tf])
            continue;
        from_ms[tf] = w->start_ms;
        /* What was not asked for is not gone. */
        if (series[tf].count && series[tf].bars[0].open_ms > w->start_ms)
            from_ms[tf] = series[tf].bars[0].open_ms;
        if (oldest_ms == MOMENT_NONE || from_ms[tf] < oldest_ms)
            oldest_ms = from_ms[tf];
    }
    return oldest_ms;
}

void run_revise(struct run *r, struct symbol_run *s,
                const struct series series[TF_COUNT])
{
    const struct market_facts facts = { MARKET_OPEN, false, false, NO_VALUE,
                                        MOMENT_NONE };
    struct error err = { FAULT_NONE, "" };
    int64_t from_ms[TF_COUNT];
    /* Where another writer of the symbol is ahead, it is the one who looks. */
    if (s->hashed_ms == MOMENT_NONE || s->joins ||
        s->hashed_ms >= s->first_due_ms)
        return;
    struct market_view *then = xcalloc(1, sizeof(*then));
    market_view_build(series, s->hashed_ms, &facts, then);
    int64_t oldest_ms = find_changed(s, series, then, from_ms);
    free(then);
    if (oldest_ms == MOMENT_NONE)
        return;
    if (open_past(r, oldest_ms, &err)) {
        tell_blind(s, &err);
        return;
    }
    for (int tf = 0; tf < TF_COUNT; tf++)
        if (from_ms[tf] != MOMENT_NONE)
            revise_timeframe(r, s, &series[tf], from_ms[tf]);
}
