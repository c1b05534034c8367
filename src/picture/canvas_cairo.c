#include <cairo/cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "picture/canvas.h"
#include "picture/letters.h"
#include "sys/xmalloc.h"

#define PEN      1.05 /* width of the pen, in cells of a letter */
#define PEN_BOLD 1.45
#define SHADES   7 /* steps of a channel on an edge */

static void set_ink(cairo_t *c, struct ink ink)
{
    cairo_set_source_rgba(c, ink.red / 255.0, ink.green / 255.0,
                          ink.blue / 255.0, ink.alpha / 255.0);
}

static void paint_box(cairo_t *c, const struct mark *m)
{
    cairo_rectangle(c, m->x, m->y, m->x2 - m->x, m->y2 - m->y);
    cairo_fill(c);
}

static void paint_hatch(cairo_t *c, const struct mark *m)
{
    double high = m->y2 - m->y;
    cairo_save(c);
    cairo_rectangle(c, m->x, m->y, m->x2 - m->x, high);
    cairo_clip(c);
    cairo_set_line_width(c, m->size / 4);
    /* From a fixed lattice, so that neighbours fit together. */
    for (double x = floor((m->x - high) / m->size) * m->size; x < m->x2;
         x += m->size) {
        cairo_move_to(c, x, m->y2);
        cairo_line_to(c, x + high, m->y);
    }
    cairo_stroke(c);
    cairo_restore(c);
}

static void paint_line(cairo_t *c, const struct mark *m)
{
    bool alone = m->x == m->x2 && m->y == m->y2;
    cairo_set_line_width(c, m->size);
    cairo_set_dash(c, &m->dash, m->dash > 0, 0);
    cairo_set_line_cap(c, m->dash > 0 ? CAIRO_LINE_CAP_BUTT
                                      : CAIRO_LINE_CAP_ROUND);
    cairo_move_to(c, m->x, m->y);
    cairo_line_to(c, m->x2, alone ? m->y : m->y2);
    cairo_stroke(c);
}

struct point {
    double x, y;
};

/* Where the letters of a line are put. */
struct setting {
    double x, base, cell;
};

static struct point point_at(const char *stroke, size_t i,
                             const struct setting *s)
{
    return (struct point){
        s->x + (stroke[2 * i] - '0') * s->cell,
        s->base - (stroke[2 * i + 1] - '0' - LETTER_BASELINE) * s->cell,
    };
}

static struct point half_way(struct point a, struct point b)
{
    return (struct point){ (a.x + b.x) / 2, (a.y + b.y) / 2 };
}

/* The quadratic piece to `end`, drawn towards `by`. */
static void bend(cairo_t *c, struct point by, struct point end)
{
    double x, y;
    cairo_get_current_point(c, &x, &y);
    cairo_curve_to(c, x + (by.x - x) * 2 / 3, y + (by.y - y) * 2 / 3,
                   end.x + (by.x - end.x) * 2 / 3,
                   end.y + (by.y - end.y) * 2 / 3, end.x, end.y);
}

/* `points` behind the mark of the stroke, n of them. */
static void trace(cairo_t *c, char how, const char *points, size_t n,
                  const struct setting *s)
{
    struct point first = point_at(points, 0, s);
    struct point last = point_at(points, n - 1, s);
    struct point start = how == 'o' ? half_way(last, first) : first;

    cairo_move_to(c, start.x, start.y);
    for (size_t i = how == 'o' ? 0 : 1; how != '-' && i < n; i++) {
        struct point p = point_at(points, i, s);
        if (how == '~' && i + 1 == n)
            break;
        struct point next = point_at(points, (i + 1) % n, s);
        bool at_end = how == '~' && i + 2 == n;
        bend(c, p, at_end ? next : half_way(p, next));
    }
    for (size_t i = 1; how == '-' && i < n; i++) {
        struct point p = point_at(points, i, s);
        cairo_line_to(c, p.x, p.y);
    }
    if (how == 'o')
        cairo_close_path(c);
}

static void paint_text(cairo_t *c, const struct mark *m)
{
    double cell = (m->y2 - m->y) / LETTER_CAP;
    struct setting s = { m->x, m->y2, cell };
    cairo_set_line_width(c, cell * (m->bold ? PEN_BOLD : PEN));
    cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(c, NULL, 0, 0);
    for (const char *t = m->text; *t; t++) {
        const char *stroke = letter_strokes(*t);
        while (*stroke) {
            size_t len = strcspn(stroke, " ");
            trace(c, stroke[0], stroke + 1, (len - 1) / 2, &s);
            stroke += len + (stroke[len] == ' ');
        }
        s.x += letter_advance(*t) * cell;
    }
    cairo_stroke(c);
}

static void paint(cairo_t *c, const struct plan *plan)
{
    set_ink(c, plan->ground);
    cairo_paint(c);
    for (size_t i = 0; i < plan->count; i++) {
        const struct mark *m = &plan->marks[i];
        set_ink(c, m->ink);
        switch (m->kind) {
        case MARK_BOX:
            paint_box(c, m);
            break;
        case MARK_HATCH:
            paint_hatch(c, m);
            break;
        case MARK_LINE:
            paint_line(c, m);
            break;
        case MARK_TEXT:
            paint_text(c, m);
            break;
        }
    }
}

static cairo_status_t keep(void *payload, const unsigned char *bytes,
                           unsigned n)
{
    return text_append(payload, bytes, n) ? CAIRO_STATUS_WRITE_ERROR
                                          : CAIRO_STATUS_SUCCESS;
}

/* The pixels of a surface: one number each, red, green and blue from the top.
 */
struct raster {
    size_t width, height;
    unsigned char *rows; /* the surface's own */
    size_t stride;
    uint32_t *was; /* owned */
};

static struct raster raster_of(cairo_surface_t *surface)
{
    struct raster r = {
        .width = (size_t)cairo_image_surface_get_width(surface),
        .height = (size_t)cairo_image_surface_get_height(surface),
        .stride = (size_t)cairo_image_surface_get_stride(surface),
    };
    cairo_surface_flush(surface);
    r.rows = cairo_image_surface_get_data(surface);
    r.was = xcalloc(r.width * r.height, sizeof(*r.was));
    for (size_t y = 0; y < r.height; y++)
        memcpy(r.was + y * r.width, r.rows + y * r.stride, 4 * r.width);
    for (size_t i = 0; i < r.width * r.height; i++)
        r.was[i] &= 0xffffff;
    return r;
}

/* Is the pixel part of a line or an area, and not of an edge? Two neighbours
 * are as it is, then. */
static bool is_plain(const struct raster *r, size_t x, size_t y)
{
    const uint32_t *at = r->was + y * r->width + x;
    int same = 0;
    same += x > 0 && at[-1] == *at;
    same += x + 1 < r->width && at[1] == *at;
    same += y > 0 && *(at - r->width) == *at;
    same += y + 1 < r->height && at[r->width] == *at;
    return same >= 2;
}

static uint32_t coarse(uint32_t pixel)
{
    uint32_t out = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t v = pixel >> shift & 255;
        out |= (v * SHADES + 127) / 255 * 255 / SHADES << shift;
    }
    return out;
}

/* Edges are painted in thousands of shades, and those are most of a file's
 * bytes. Of 8 a channel nobody sees the difference there. */
static void drop_shades(cairo_surface_t *surface)
{
    struct raster r = raster_of(surface);
    for (size_t y = 0; y < r.height; y++) {
        for (size_t x = 0; x < r.width; x++) {
            uint32_t pixel = coarse(r.was[y * r.width + x]);
            if (!is_plain(&r, x, y))
                memcpy(r.rows + y * r.stride + 4 * x, &pixel, sizeof(pixel));
        }
    }
    free(r.was);
    cairo_surface_mark_dirty(surface);
}

int canvas_png(const struct plan *plan, struct text *out, struct error *err)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)plan->width, (int)plan->height);
    cairo_t *c = cairo_create(surface);
    paint(c, plan);
    cairo_status_t status = cairo_status(c);
    if (status == CAIRO_STATUS_SUCCESS)
        drop_shades(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, keep, out);
    cairo_destroy(c);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return 0;
    if (status == CAIRO_STATUS_WRITE_ERROR)
        return error_set(err, FAULT_DATA, "the picture has more than %zu bytes",
                         out->max);
    return error_set(err, FAULT_BUG, "the picture could not be drawn: %s",
                     cairo_status_to_string(status));
}
