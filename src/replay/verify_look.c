/* Looks between the slots: each follows from the slot before it and the ticker
 * that it read, which the event names. */
#include <stdlib.h>
#include <string.h>

#include "engine/look.h"
#include "record/fill.h"
#include "replay/verify_internal.h"
#include "sys/xmalloc.h"

static int add_look(const struct store_entry *e, void *payload,
                    struct error *err)
{
    struct verify *v = payload;
    struct looked l = { .taken = false };
    (void)err;
    if (record_kind_of_path(e->path) != RECORD_LOOK ||
        verify_event(v, e->path, RECORD_LOOK, &l.document))
        return 0;
    memcpy(l.path, e->path, strlen(e->path) + 1);
    v->looks = xrealloc(v->looks, v->look_count + 1, sizeof(*v->looks));
    v->looks[v->look_count++] = l;
    return 0;
}

/* Files of the audit stand in the order of time. */
int verify_looks(struct verify *v, struct error *err)
{
    return store_walk(v->store, "audit", add_look, v, err);
}

void verify_looks_left(struct verify *v)
{
    for (size_t i = 0; i < v->look_count && !v->shallow; i++) {
        if (!v->looks[i].taken)
            verify_find(v, v->looks[i].path,
                        "is of a slot of its grid that is not recorded, or "
                        "cannot be computed anew");
    }
}

bool verify_is_of_look(const struct verify *v, const char *grid,
                       const char *run)
{
    for (size_t i = 0; i < v->look_count; i++) {
        const struct look_document *d = &v->looks[i].document;
        if (strcmp(d->grid, grid) == 0 && strcmp(d->run.id, run) == 0)
            return true;
    }
    return false;
}

/* The document of the slot that the chain is at, as the run read it. */
static int read_slot(struct verify *v, const struct chain *c,
                     struct exit_document *out)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    struct error err;
    int rc = verify_read(v, c->last, &data, &err);
    if (!rc)
        rc = document_parse(RECORD_EXIT, text_str(&data), data.len, out,
                            &complaints);
    text_release(&data);
    return rc;
}

/* What the look read, in the place of what the slot did. */
static void take_inputs(struct verify *v, struct chain *c,
                        const struct looked *l, struct reel_exit *x)
{
    const struct look_document *d = &l->document;
    struct exit_inputs *in = &x->document.inputs;

    memcpy(x->grid, d->grid, sizeof(x->grid));
    memcpy(x->path, l->path, sizeof(x->path));
    memcpy(in->grid_commit, d->inputs.grid_commit, sizeof(in->grid_commit));
    memcpy(in->grid_blob, d->inputs.grid_blob, sizeof(in->grid_blob));
    in->ticker = d->inputs.ticker;
    in->ticker_ms = d->inputs.ticker_ms;
    in->acknowledged_ms = d->inputs.acknowledged_ms;
    in->siren = SIREN_NOT_ASKED;
    x->document.run = d->run;
    chain_take(v, c, x, d->slot_ms);
}

/* Decided and recorded as a slot is. */
static void take_touch(struct verify *v, struct chain *c,
                       const struct look_document *look,
                       struct exit_document *d)
{
    const struct recorded_position was = d->position;
    const struct risk risk = d->risk;
    struct position position = was.is;

    position.reason = was.reason;
    d->backfilled = false;
    chain_decide(v, c, &position, d);
    exit_document_fill(d, &c->now, &c->grid, &c->strategy.exit, &position,
                       &risk);
    if (c->now.verdict.state != c->now.verdict.previous)
        chain_check_transition(v, c, d, look->at_ms);
}

/* True when it changed what the grid remembers. `before` is the look before it
 * behind the same slot, or NULL. That one which says what it said was noted
 * again was the rule once; that the price is back needs that it was gone. */
static bool chain_look(struct verify *v, struct chain *c, struct looked *l,
                       const struct looked *before, struct reel_exit *x)
{
    struct look_document d = l->document;
    struct evaluation seen;
    struct exit_memory next;

    l->taken = true;
    take_inputs(v, c, l, x);
    if (c->broken)
        return false;
    const struct look_inputs in = {
        .slot = &x->document.evaluation,
        .grid = &c->grid,
        .config = &c->strategy.exit,
        .memory = &c->exit,
        .ticker = d.inputs.ticker,
        .ticker_ms = d.inputs.ticker_ms,
        .at_ms = d.at_ms,
        .noted = before != NULL,
        .noted_side = before ? before->document.beyond : SIDE_NONE,
    };
    enum look_found found = look(&in, &seen, &next);
    d.beyond = look_beyond(&c->grid, d.inputs.ticker);
    d.touched = found == LOOK_TOUCHED;
    d.decision = (struct decision){ .reason = ALERT_NOTHING };
    d.state = c->exit.known;
    if (found == LOOK_TOUCHED) {
        c->now = seen;
        c->exit = next;
        take_touch(v, c, &l->document, &x->document);
        d.state = seen.verdict.state;
        d.decision = x->document.decision;
        x->document.attempt++;
    }
    verify_stands(v, l->path, RECORD_LOOK, &d);
    if (found == LOOK_UNKNOWN ||
        (found == LOOK_NOTHING && d.beyond == SIDE_NONE))
        verify_find(v, l->path, "has found nothing: it would not be there");
    return found == LOOK_TOUCHED;
}

bool chain_looks(struct verify *v, struct chain *c,
                 struct exit_document *latest)
{
    struct reel_exit *x = NULL;
    const struct looked *before = NULL;
    bool changed = false;

    for (size_t i = 0; i < v->look_count && !c->broken; i++) {
        struct looked *l = &v->looks[i];
        if (l->taken || l->document.slot_ms != c->exit.slot_ms ||
            strcmp(l->document.grid, c->grid.id) != 0)
            continue;
        if (!x)
            x = xcalloc(1, sizeof(*x));
        if (read_slot(v, c, &x->document))
            break;
        if (chain_look(v, c, l, before, x) && latest)
            *latest = x->document;
        before = l;
        changed |= latest && l->document.touched;
    }
    free(x);
    return changed;
}
