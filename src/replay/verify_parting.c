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

/* The newest of the grid's present life until the slot has the word. */
const struct parting_sale *verify_left(const struct verify *v,
                                       const struct grid *g, int64_t slot_ms)
{
    const struct operator_document *newest = NULL;
    for (size_t i = 0; i < v->parting_count; i++) {
        const struct operator_document *d = &v->partings[i];
        if (strcmp(d->grid, g->id) == 0 && d->seen_ms <= slot_ms &&
            d->at_ms >= grid_life_ms(g) &&
            (!newest || d->seen_ms > newest->seen_ms))
            newest = d;
    }
    return newest && newest->action == OPERATOR_EXITED ? &newest->sale : NULL;
}
