/* picture/plan_internal.h - what the parts of a picture share. */
#ifndef PICTURE_PLAN_INTERNAL_H
#define PICTURE_PLAN_INTERNAL_H

#include "picture/plan.h"

/* The colours of one picture. Of the states: what is pale is laid under the
 * candles. */
struct palette {
    struct ink ground, text, quiet, faint;
    struct ink rising, falling;
    struct ink range, stop, cost, chance, limit;
    struct ink state[STATE_COUNT];
    struct ink on_state; /* words on a state */
};
const struct palette *palette_of(bool dark);
struct ink ink_pale(struct ink ink);

struct drawing {
    const struct picture_scene *scene;
    const struct palette *palette;
    struct plan *plan;
    double unit;
    double left, right, gutter; /* of the panels; where labels begin */
};

/* Sizes in units. */
#define CAP_HEAD  9.0
#define CAP_LABEL 7.2
#define CAP_SMALL 6.6
#define ROW_LABEL 12.0 /* a label and the room about it */

void draw_box(const struct drawing *d, double x, double y, double x2, double y2,
              struct ink ink);
void draw_line(const struct drawing *d, double x, double y, double x2,
               double y2, double width_units, struct ink ink);
void draw_dashes(const struct drawing *d, double x, double y, double x2,
                 double y2, double dash_units, struct ink ink);
/* From x on, its capitals `cap` units high, with their middle at y. Cut where
 * it would pass `most` (a place). Returns where it ends. */
double draw_text(const struct drawing *d, const char *text, double x, double y,
                 double cap, bool bold, double most, struct ink ink);

/* A label beside a panel, and the line that it stands for. */
#define LABELS_MAX 16
struct label {
    struct beside place;
    char text[MARK_TEXT_MAX];
    struct ink ink;
    bool plain;  /* of a round number: no leader, the first to go */
    bool beyond; /* of what lies outside of the panel: no leader */
};
struct labels {
    struct label list[LABELS_MAX];
    size_t count;
};
/* Returns the new label, or NULL when there are too many. */
struct label *labels_add(struct labels *l, const char *name, double value,
                         double y, int weight, struct ink ink);
/* Those of lines first; of the round numbers those that still find room. */
void labels_draw(const struct drawing *d, const struct labels *l, double top,
                 double bottom);

/* The panels, from the top down. */
void draw_head(const struct drawing *d, double top);
void draw_prices(const struct drawing *d, double top, double bottom);
void draw_states(const struct drawing *d, double top, double bottom);
void draw_chances(const struct drawing *d, double top, double bottom);
/* Round times below, and faint lines through all panels. */
void draw_times(const struct drawing *d, double top, double bottom, double y);

/* Is the bar one that was traded, and within the axis? */
bool picture_shows(const struct picture_scene *s, const struct bar *b);

/* The slots from i on that follow each other in one state: the first behind
 * them. */
size_t state_run(const struct picture_scene *s, size_t i);

#endif
