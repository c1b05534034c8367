/* picture/canvas.h - a plan as a PNG. The one user of cairo. */
#ifndef PICTURE_CANVAS_H
#define PICTURE_CANVAS_H

#include "picture/plan.h"
#include "sys/text.h"

/* Appends the PNG. FAULT_DATA when `out` is full, FAULT_BUG when cairo says no.
 */
int canvas_png(const struct plan *plan, struct text *out, struct error *err);

#endif
