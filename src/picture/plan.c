#include "picture/plan.h"

#include <math.h>
#include <stdlib.h>

#include "base/moment.h"
#include "picture/plan_internal.h"
#include "sys/xmalloc.h"

#define SHOWN_WIDTH 360.0 /* units across */

void plan_release(struct plan *p)
{
    free(p->marks);
    *p = (struct plan){ 0 };
}

void plan_add(struct plan *p, const struct mark *m)
{
    if (!isfinite(m->x) || !isfinite(m->y) || !isfinite(m->x2) ||
        !isfinite(m->y2) || !isfinite(m->size) || !isfinite(m->dash)) {
        p->refused++;
        return;
    }
    if (p->count == p->room) {
        p->room = p->room ? 2 * p->room : 256;
        p->marks = xrealloc(p->marks, p->room, sizeof(*p->marks));
    }
    p->marks[p->count++] = *m;
}

/* Only slots of the time axis. */
static void keep_within(struct picture_scene *s)
{
    while (s->slot_count && s->slots[0].slot_ms <= s->from_ms) {
        s->slots++;
        s->slot_count--;
    }
    while (s->slot_count && s->slots[s->slot_count - 1].slot_ms > s->until_ms)
        s->slot_count--;
}

void plan_make(const struct picture_scene *scene, int width, int height,
               struct plan *out)
{
    double unit = width / SHOWN_WIDTH;
    struct picture_scene within = *scene;
    keep_within(&within);
    *out = (struct plan){ .width = width, .height = height, .unit = unit };
    const struct palette *palette = palette_of(scene->dark);
    const struct drawing d = {
        .scene = &within,
        .palette = palette,
        .plan = out,
        .unit = unit,
        .left = 6 * unit,
        .right = width - 78 * unit,
        .gutter = width - 72 * unit,
    };
    double axis = height - 16 * unit;
    double prices = 36 * unit, chances = axis - height * 0.18;
    double states = chances - 20 * unit;

    out->ground = palette->ground;
    draw_times(&d, prices, axis, height - 8 * unit);
    draw_prices(&d, prices, states - 4 * unit);
    draw_states(&d, states, states + 14 * unit);
    draw_chances(&d, chances, axis);
    draw_head(&d, 0);
}
