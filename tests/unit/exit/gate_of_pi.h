/* tests/unit/exit/gate_of_pi.h - what every confirming row needs besides. */
#ifndef EXIT_GATE_OF_PI_H
#define EXIT_GATE_OF_PI_H

#include "exit/scene.h"

/* The row is true in both profiles but for its gate, pi >= .37. Puts pi to all
 * sides of it; ends in the seed profile, which knows no gate. */
void hold_to_the_gate(struct scene *s, enum trigger_id id);

#endif
