/* The pens, and the labels beside a panel. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "picture/letters.h"
#include "picture/plan_internal.h"

void draw_box(const struct drawing *d, double x, double y, double x2, double y2,
              struct ink ink)
{
    const struct mark m = {
        .kind = MARK_BOX, .x = x, .y = y, .x2 = x2, .y2 = y2, .ink = ink
    };
    plan_add(d->plan, &m);
}

static void add_line(const struct drawing *d, const double ends[4],
                     double width_units, double dash_units, struct ink ink)
{
    const struct mark m = { .kind = MARK_LINE,
                            .x = ends[0],
                            .y = ends[1],
                            .x2 = ends[2],
                            .y2 = ends[3],
                            .size = width_units * d->unit,
                            .dash = dash_units * d->unit,
                            .ink = ink };
    plan_add(d->plan, &m);
}

void draw_line(const struct drawing *d, double x, double y, double x2,
               double y2, double width_units, struct ink ink)
{
    add_line(d, (double[]){ x, y, x2, y2 }, width_units, 0, ink);
}

void draw_dashes(const struct drawing *d, double x, double y, double x2,
                 double y2, double dash_units, struct ink ink)
{
    add_line(d, (double[]){ x, y, x2, y2 }, 1.3, dash_units, ink);
}

double draw_text(const struct drawing *d, const char *text, double x, double y,
                 double cap, bool bold, double most, struct ink ink)
{
    double high = cap * d->unit;
    struct mark m = { .kind = MARK_TEXT,
                      .x = x,
                      .y = y - high / 2,
                      .y2 = y + high / 2,
                      .bold = bold,
                      .ink = ink };
    snprintf(m.text, sizeof(m.text), "%s", text);
    size_t len = strlen(m.text);
    while (len && x + letters_width(m.text, high) > most)
        m.text[--len] = '\0';
    m.x2 = x + letters_width(m.text, high);
    if (len)
        plan_add(d->plan, &m);
    return m.x2;
}

struct label *labels_add(struct labels *l, const char *name, double value,
                         double y, int weight, struct ink ink)
{
    char number[SCALE_TEXT];
    if (l->count == LABELS_MAX)
        return NULL;
    struct label *x = &l->list[l->count];
    *x = (struct label){
        .place = { .wanted = y, .weight = weight, .tag = (int)l->count },
        .ink = ink,
        .plain = name[0] == '\0'
    };
    scale_price(value, number);
    snprintf(x->text, sizeof(x->text), "%s%s%s", name, x->plain ? "" : " ",
             number);
    l->count++;
    return x;
}

/* The label, and a leader to where its line leaves the panel. */
static void draw_label(const struct drawing *d, const struct label *l, double y)
{
    if (!l->plain && !l->beyond && fabs(y - l->place.wanted) > d->unit)
        draw_line(d, d->right + d->unit, l->place.wanted, d->gutter - d->unit,
                  y, 1, l->ink);
    double most = d->plan->width - d->unit, cap = CAP_LABEL;
    double wide = letters_width(l->text, cap * d->unit);
    if (wide > most - d->gutter) /* smaller: a number that is cut is another */
        cap *= 0.999 * (most - d->gutter) / wide;
    draw_text(d, l->text, d->gutter, y, cap, !l->plain, most, l->ink);
}

void labels_draw(const struct drawing *d, const struct labels *l, double top,
                 double bottom)
{
    struct beside list[LABELS_MAX];
    double height = ROW_LABEL * d->unit;
    size_t n = 0;
    for (size_t i = 0; i < l->count; i++)
        if (!l->list[i].plain)
            list[n++] = l->list[i].place;
    n = beside_spread(list, n, top - height / 2, bottom + height / 2, height);
    for (size_t i = 0; i < n; i++)
        draw_label(d, &l->list[list[i].tag], list[i].y);
    for (size_t i = 0; i < l->count; i++) {
        bool free = l->list[i].plain;
        for (size_t k = 0; k < n && free; k++)
            free = fabs(list[k].y - l->list[i].place.wanted) >= height;
        if (free)
            draw_label(d, &l->list[i], l->list[i].place.wanted);
    }
}

void draw_head(const struct drawing *d, double top)
{
    const struct picture_scene *s = d->scene;
    const struct palette *p = d->palette;
    char market[MARK_TEXT_MAX];
    double u = d->unit, y = top + 12 * u;
    struct ink ink = p->text;

    snprintf(market, sizeof(market), "%s %s", s->symbol, timeframe_name(s->tf));
    double wide = letters_width(market, CAP_LABEL * u);
    double x = d->plan->width - 6 * u - wide;
    draw_text(d, market, x, y, CAP_LABEL, false, d->plan->width, p->quiet);
    double end =
        draw_text(d, s->grid, d->left, y, CAP_HEAD, true, x - 8 * u, ink);
    draw_text(d, s->title, end + 8 * u, y, CAP_HEAD, true, x - 8 * u, ink);
    draw_text(d, s->subtitle, d->left, top + 27 * u, CAP_LABEL, false,
              d->plan->width - 4 * u, p->quiet);
}
