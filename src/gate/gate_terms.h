/* gate/gate_terms.h - what a grid of this range could expect from here. Pure.
 *
 * Of a price without drift; the laws and where they come from stand in
 * gate_terms.c. G7 asks them, a proposal shows them.
 */
#ifndef GATE_GATE_TERMS_H
#define GATE_GATE_TERMS_H

#include "gate/gate.h"

struct gate_terms {
    struct value step;       /* ratio of neighbouring levels, less 1 */
    struct value net_step;   /* less two fees */
    struct value cycles_day; /* completed cycles, s^2 / (2 ln(1 + step)^2) */
    struct value life_days;  /* mean time to leave the range, ab/s^2; 0 once
                                the close is outside */
    struct value earn;       /* share of the capital over that life */
};

/* Of the grid of the inputs, from their close. Without levels or spacing all
 * but the life is unavailable. */
struct gate_terms gate_terms_of(const struct gate_inputs *in);

#endif
