#include "tools/exits_plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "tools/study_doc.h"

#define WIDE   760.0
#define HIGH   520.0
#define LEFT   64.0
#define TOP    56.0
#define RIGHT  24.0
#define BOTTOM 56.0
#define X_MIN  .2
#define X_MAX  1.0
#define Y_MIN  .6
#define Y_MAX  1.0
#define LABELS 40
#define LETTER 6.5 /* width of one, about */
#define LINE   13.0

/* Names on the picture, which must not lie on each other. */
struct labels {
    size_t count;
    struct box {
        double x, y, wide;
    } at[LABELS];
};

struct point {
    struct kpi_result ttdr, eaw;
};

static struct point point_of(const struct exits *x, double width,
                             exits_choose *choose, size_t which)
{
    struct exits_part part = exits_part_of(width, EXITS_PERIODS - 1);
    struct exits_lives l = exits_choice(x, &part, choose, &which);
    struct point p = { exits_kpi(KPI_TTDR, &l), exits_kpi(KPI_EAW_RANGE, &l) };
    free(l.at);
    return p;
}

static double at_x(double v)
{
    return LEFT + (v - X_MIN) / (X_MAX - X_MIN) * (WIDE - LEFT - RIGHT);
}

static double at_y(double v)
{
    return HIGH - BOTTOM -
           (v - Y_MIN) / (Y_MAX - Y_MIN) * (HIGH - TOP - BOTTOM);
}

static bool is_seen(const struct point *p)
{
    return value_usable(p->ttdr.value) && value_usable(p->eaw.value) &&
           p->ttdr.value.v >= X_MIN && p->eaw.value.v >= Y_MIN;
}

static void put_line(struct text *s, double x1, double y1, double x2, double y2,
                     const char *style)
{
    text_printf(s,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>\n",
                x1, y1, x2, y2, style);
}

static void put_text(struct text *s, double x, double y, const char *anchor,
                     const char *words)
{
    text_printf(s, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                x, y, anchor, words);
}

static bool is_free(const struct labels *l, const struct box *b)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct box *o = &l->at[i];
        if (fabs(o->y - b->y) < LINE && b->x < o->x + o->wide &&
            o->x < b->x + b->wide)
            return false;
    }
    return true;
}

/* Beside the point, or below as far as it takes. */
static void put_label(struct text *s, struct labels *l, double x, double y,
                      const char *name)
{
    struct box b = { x + 8, y - 6, LETTER * (double)strlen(name) };

    while (!is_free(l, &b) && b.y < HIGH - BOTTOM - LINE)
        b.y += LINE / 2;
    if (l->count < LABELS)
        l->at[l->count++] = b;
    put_text(s, b.x, b.y, "start", name);
}

static void put_axes(struct text *s, double width)
{
    static const char grid[] = "stroke=\"#ddd\"";
    char number[16];

    for (int i = 0; i <= 8; i++) {
        double v = X_MIN + i * .1;
        put_line(s, at_x(v), TOP, at_x(v), HIGH - BOTTOM, grid);
        snprintf(number, sizeof(number), "%.1f", v);
        put_text(s, at_x(v), HIGH - BOTTOM + 16, "middle", number);
    }
    for (int i = 0; i <= 4; i++) {
        double v = Y_MIN + i * .1;
        put_line(s, LEFT, at_y(v), WIDE - RIGHT, at_y(v), grid);
        snprintf(number, sizeof(number), "%.1f", v);
        put_text(s, LEFT - 8, at_y(v) + 4, "end", number);
    }
    put_text(s, (LEFT + WIDE) / 2, HIGH - 14, "middle",
             "ttdr: early alerts that a break followed");
    text_printf(s,
                "<text x=\"18\" y=\"%.0f\" text-anchor=\"middle\" "
                "transform=\"rotate(-90 18 %.0f)\">eaw_range: left before the "
                "break</text>\n",
                HIGH / 2, HIGH / 2);
    text_printf(s,
                "<text x=\"%.0f\" y=\"22\" font-size=\"15\">Half-width %.0f "
                "ATR(4h), stop 2 ATR beyond, an hour's delay</text>\n",
                LEFT, width);
}

static void put_aims(struct text *s, double width)
{
    static const char dashed[] =
        "stroke=\"#2a7\" stroke-dasharray=\"6 4\" stroke-width=\"1.5\"";
    double ttdr = width == exits_widths[0] ? .72 : .80;

    put_line(s, at_x(ttdr), TOP, at_x(ttdr), HIGH - BOTTOM, dashed);
    put_line(s, LEFT, at_y(.95), WIDE - RIGHT, at_y(.95), dashed);
}

static void put_frontier(struct text *s, struct labels *labels,
                         const struct exits *x, double width)
{
    char name[32];
    double x0 = NO_VALUE, y0 = NO_VALUE;

    for (size_t i = 0; i < EXITS_LIMITS; i++) {
        struct point p = point_of(x, width, exits_of_limit, i);
        if (!is_seen(&p))
            continue;
        double px = at_x(p.ttdr.value.v), py = at_y(p.eaw.value.v);
        if (!isnan(x0))
            put_line(s, x0, y0, px, py, "stroke=\"#36c\" stroke-width=\"2\"");
        text_printf(s,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" "
                    "fill=\"#36c\"/>\n",
                    px, py);
        snprintf(name, sizeof(name), "pi .%02.0f", 100 * exits_limits[i]);
        if (i % 2 == 1 || i + 1 == EXITS_LIMITS)
            put_label(s, labels, px - 8, py + 22, name);
        x0 = px;
        y0 = py;
    }
}

/* The first policy is the shipped one. */
static void put_policy(struct text *s, struct labels *labels,
                       const struct exits *x, double width, size_t i)
{
    struct point p = point_of(x, width, exits_of_policy, i);

    if (!is_seen(&p))
        return;
    double px = at_x(p.ttdr.value.v), py = at_y(p.eaw.value.v);
    const char *color = i == 0 ? "#c22" : "#444";
    text_printf(s, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"/>\n",
                px, py, i == 0 ? 6 : 4, color);
    put_label(s, labels, px, py, policies[i].id);
    if (i > 0)
        return;
    put_line(s, at_x(p.ttdr.lo.v), py, at_x(p.ttdr.hi.v), py,
             "stroke=\"#c22\" stroke-width=\"2\"");
    put_line(s, px, at_y(p.eaw.lo.v), px, at_y(p.eaw.hi.v),
             "stroke=\"#c22\" stroke-width=\"2\"");
}

void exits_plot(struct text *svg, const struct exits *x, double width)
{
    struct labels labels = { 0 };

    text_printf(svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
                "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
                "font-family=\"sans-serif\" font-size=\"12\">\n"
                "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                WIDE, HIGH, WIDE, HIGH);
    put_axes(svg, width);
    put_aims(svg, width);
    for (size_t i = 0; i < POLICY_COUNT; i++)
        put_policy(svg, &labels, x, width, i);
    put_frontier(svg, &labels, x, width);
    text_puts(svg, "</svg>\n");
}

void exits_say_frontier(struct text *t, const struct exits *x, double width)
{
    static const enum kpi_id ids[] = {
        KPI_EAW_RANGE,  KPI_SLAR,       KPI_TTDR,
        KPI_PRR_MEDIAN, KPI_LIFE_RATIO, KPI_PNL
    };
    struct exits_part part = exits_part_of(width, EXITS_PERIODS - 1);
    char cell[EXITS_CELL];

    text_puts(t, "| pi at least |");
    for (size_t i = 0; i < ARRAY_LEN(ids); i++)
        text_printf(t, " `%s` |", kpi_table[ids[i]].name);
    study_say(t, "\n|---|---|---|---|---|---|---|");
    for (size_t k = 0; k < EXITS_LIMITS; k++) {
        struct exits_lives l = exits_choice(x, &part, exits_of_limit, &k);
        text_printf(t, "| %.2f |", exits_limits[k]);
        for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
            struct kpi_result r = exits_kpi(ids[i], &l);
            text_printf(t, " %s |", exits_cell(&r, cell));
        }
        text_puts(t, "\n");
        free(l.at);
    }
}
