/* The panel of candles, with the lines that matter to a grid. */
#include <math.h>
#include <stdio.h>

#include "base/array.h"
#include "base/moment.h"
#include "picture/plan_internal.h"

#define TICKS_OF_PRICE 5

bool picture_shows(const struct picture_scene *s, const struct bar *b)
{
    return !(b->flags & BAR_FILLED) && b->open_ms >= s->from_ms &&
           bar_close_ms(b, s->tf) <= s->until_ms;
}

struct level {
    const char *name;
    double price; /* or NO_VALUE */
    int weight;
    double dash;
    struct ink ink;
};

#define LEVELS 5

static void list_levels(const struct drawing *d, struct level out[LEVELS])
{
    const struct picture_scene *s = d->scene;
    const struct palette *p = d->palette;
    out[0] = (struct level){ "upper", s->upper, 3, 0, p->range };
    out[1] = (struct level){ "lower", s->lower, 3, 0, p->range };
    out[2] = (struct level){ "stop", s->stop_below, 5, 5, p->stop };
    out[3] = (struct level){ "stop", s->stop_above, 5, 5, p->stop };
    out[4] = (struct level){ "cost", s->avg_cost, 2, 2, p->cost };
}

static struct frame frame_of(const struct drawing *d, double top, double bottom,
                             const struct level levels[LEVELS])
{
    const struct picture_scene *s = d->scene;
    double low = HUGE_VAL, high = -HUGE_VAL, prices[LEVELS];
    for (size_t i = 0; i < s->bar_count; i++) {
        if (!picture_shows(s, &s->bars[i]))
            continue;
        low = fmin(low, s->bars[i].low);
        high = fmax(high, s->bars[i].high);
    }
    for (size_t i = 0; i < LEVELS; i++)
        prices[i] = levels[i].price;
    struct span_of_values v = span_with(low, high, prices, LEVELS);
    return (struct frame){ d->left,    d->right,    top,   bottom,
                           s->from_ms, s->until_ms, v.low, v.high };
}

/* A candle is as wide as seven tenths of its time: the body of one that rose is
 * bright, of one that fell dark, on either ground. */
static void draw_candle(const struct drawing *d, const struct frame *f,
                        const struct bar *b)
{
    double x = frame_x(f, b->open_ms);
    double wide = frame_x(f, bar_close_ms(b, d->scene->tf)) - x;
    double middle = x + wide / 2, body = fmax(1, 0.7 * wide);
    double top = frame_y(f, fmax(b->open, b->close));
    double bottom = frame_y(f, fmin(b->open, b->close));
    double least = d->unit / 2; /* of a body that is a line */
    struct ink ink =
        b->close >= b->open ? d->palette->rising : d->palette->falling;

    if (bottom - top < least) {
        top = (top + bottom - least) / 2;
        bottom = top + least;
    }
    draw_line(d, middle, frame_y(f, b->high), middle, frame_y(f, b->low),
              fmin(0.9, 0.5 * wide / d->unit), ink);
    draw_box(d, middle - body / 2, top, middle + body / 2, bottom, ink);
}

static void draw_under(const struct drawing *d, const struct frame *f)
{
    const struct picture_scene *s = d->scene;
    for (size_t i = 0, next; i < s->slot_count; i = next) {
        next = state_run(s, i);
        if (s->slots[i].state < STATE_WARNING)
            continue;
        double x = frame_x(f, s->slots[i].slot_ms - MS_PER_SLOT);
        draw_box(d, fmax(f->left, x), f->top,
                 frame_x(f, s->slots[next - 1].slot_ms), f->bottom,
                 ink_pale(d->palette->state[s->slots[i].state]));
    }
}

/* Arrow heads at the edges, for lines that lie beyond; side by side. */
struct edges {
    int above, below;
};

static void draw_arrow(const struct drawing *d, double y, double towards,
                       int others, struct ink ink)
{
    double u = d->unit, x = d->right - (5 + 9 * others) * u;
    draw_line(d, x - 3 * u, y - towards * 3 * u, x, y, 1.4, ink);
    draw_line(d, x, y, x + 3 * u, y - towards * 3 * u, 1.4, ink);
}

static void draw_level(const struct drawing *d, const struct frame *f,
                       const struct level *l, struct edges *edges,
                       struct labels *labels)
{
    if (!isfinite(l->price))
        return;
    double y = frame_y(f, l->price);
    bool above = y<f->top, below = y> f->bottom;
    if (above)
        draw_arrow(d, y = f->top, -1, edges->above++, l->ink);
    else if (below)
        draw_arrow(d, y = f->bottom, 1, edges->below++, l->ink);
    else
        draw_dashes(d, f->left, y, f->right, y, l->dash, l->ink);
    struct label *label =
        labels_add(labels, l->name, l->price, y, l->weight, l->ink);
    if (label)
        label->beyond = above || below;
}

static void draw_grid(const struct drawing *d, const struct frame *f,
                      struct labels *labels)
{
    double ticks[TICKS_MAX];
    size_t n = ticks_of_values(f->low, f->high, TICKS_OF_PRICE, ticks);
    for (size_t i = 0; i < n; i++) {
        double y = frame_y(f, ticks[i]);
        draw_line(d, f->left, y, f->right, y, 0.5, d->palette->faint);
        labels_add(labels, "", ticks[i], y, 0, d->palette->quiet);
    }
}

void draw_prices(const struct drawing *d, double top, double bottom)
{
    const struct picture_scene *s = d->scene;
    const struct bar *last = NULL;
    char name[16];
    struct level levels[LEVELS];
    struct labels labels = { .count = 0 };
    struct edges edges = { 0, 0 };

    list_levels(d, levels);
    const struct frame f = frame_of(d, top, bottom, levels);
    draw_under(d, &f);
    draw_grid(d, &f, &labels);
    for (size_t i = 0; i < LEVELS; i++)
        draw_level(d, &f, &levels[i], &edges, &labels);
    for (size_t i = 0; i < s->bar_count; i++) {
        if (!picture_shows(s, &s->bars[i]))
            continue;
        last = &s->bars[i];
        draw_candle(d, &f, last);
    }
    /* An older one is not where the price is. */
    if (last && bar_close_ms(last, s->tf) + timeframe_ms(s->tf) > s->until_ms) {
        snprintf(name, sizeof(name), "%s close", timeframe_name(s->tf));
        labels_add(&labels, name, last->close, frame_y(&f, last->close), 4,
                   d->palette->text);
    }
    labels_draw(d, &labels, top, bottom);
}
