#include "cli/kpi_room.h"

#include <stdlib.h>

#include "sys/xmalloc.h"

struct kpi_room kpi_room_new(size_t lives, size_t draws)
{
    struct kpi_room r = { 0 };
    r.rows = xcalloc(4 * lives, sizeof(*r.rows));
    r.weight = xcalloc(lives, sizeof(*r.weight));
    r.week = xcalloc(lives, sizeof(*r.week));
    r.draw = xcalloc(draws, sizeof(*r.draw));
    return r;
}

void kpi_room_release(struct kpi_room *r)
{
    free(r->rows);
    free(r->weight);
    free(r->week);
    free(r->draw);
    *r = (struct kpi_room){ 0 };
}
