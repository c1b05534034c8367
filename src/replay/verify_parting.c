/* What accounts showed of grids that were left: an input of what was told, and
 * it stands in the audit. */
#include <string.h>

#include "replay/verify_internal.h"
#include "sys/xmalloc.h"

static int add_parting(const struct store_entry *e, void *payload,
                       struct error *err)
{
    struct verify *v = payload;
    struct operator_document d;
    (void)err;
    if (record_kind_of_path(e->path) != RECORD_OPERATOR ||
        verify_event(v, e->path, RECORD_OPERATOR, &d) || !d.inferred)
        return 0;
    v->partings =
        xrealloc(v->partings, v->parting_count + 1, sizeof(*v->partings));
    v->partings[v->parting_count++] = d;
    return 0;
}

int verify_partings(struct verify *v, struct error *err)
{
    return store_walk(v->store, "audit", add_parting, v, err);
}

/* An event belongs to the slot that saw it, and to the life that the grid's
 * file had there. Its own time does not tell the life: a start that is dated
 * back may come before it. One of a writer that lost the slot is nobody's. */
const struct parting_sale *verify_left(const struct verify *v, struct chain *c,
                                       const char *run)
{
    if (c->parting_life_ms != grid_life_ms(&c->grid))
        c->parting = NULL;
    c->parting_life_ms = grid_life_ms(&c->grid);
    for (size_t i = 0; i < v->parting_count; i++) {
        const struct operator_document *d = &v->partings[i];
        if (d->seen_ms == c->now.slot_ms && strcmp(d->run.id, run) == 0 &&
            strcmp(d->grid, c->grid.id) == 0)
            c->parting = d;
    }
    return c->parting && c->parting->action == OPERATOR_EXITED
               ? &c->parting->sale
               : NULL;
}
