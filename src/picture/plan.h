/* picture/plan.h - a picture before it is painted: marks, each with its place.
 * No cairo, so that what is drawn can be looked at by a test.
 */
#ifndef PICTURE_PLAN_H
#define PICTURE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "picture/picture.h"
#include "picture/scale.h"

struct ink {
    uint8_t red, green, blue, alpha; /* alpha 255 covers */
};

enum mark_kind {
    MARK_BOX,   /* filled */
    MARK_HATCH, /* filled with slanted lines `size` apart */
    MARK_LINE,  /* from one place to the other, `size` wide */
    MARK_TEXT   /* fills its box: capitals as high as that is */
};

#define MARK_TEXT_MAX 64

struct mark {
    enum mark_kind kind;
    double x, y, x2, y2; /* pixels; of a box x <= x2, y <= y2 */
    double size;
    double dash; /* of a line: length of its parts, 0: one */
    struct ink ink;
    bool bold;
    char text[MARK_TEXT_MAX];
};

struct plan {
    double width, height;
    double unit; /* pixels for each that is shown */
    struct ink ground;
    struct mark *marks; /* owned; painted in this order */
    size_t count, room;
    size_t refused; /* marks without a place: our own mistake */
};

/* What the scene looks like at that size; the caller releases it. The scene has
 * passed picture_check(). */
void plan_make(const struct picture_scene *scene, int width, int height,
               struct plan *out);
void plan_release(struct plan *p);

/* Appends the mark, unless one of its numbers is not finite: then it is counted
 * as refused. */
void plan_add(struct plan *p, const struct mark *m);

/* 0, or -1 as picture_png() says. */
int picture_check(const struct picture_scene *scene, int width, int height,
                  struct error *err);

#endif
