/* engine/measure_internal.h - what feeds the work. Pure. */
#ifndef ENGINE_MEASURE_INTERNAL_H
#define ENGINE_MEASURE_INTERNAL_H

#include "engine/measure.h"

/* Brings the work to where the view's windows end. */
void measure_feed(const struct market_view *view, struct measure_work *work);

#endif
