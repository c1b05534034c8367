/* replay/difference.h - where two documents first differ. */
#ifndef REPLAY_DIFFERENCE_H
#define REPLAY_DIFFERENCE_H

#include <stdbool.h>

#include "sys/text.h"

#define DIFFERENCE_FIELD 128
#define DIFFERENCE_VALUE 96

struct difference {
    char field[DIFFERENCE_FIELD]; /* such as evaluation.pi.value; "" when one
                                     of the two is not YAML, or when they say
                                     the same in other words */
    char recorded[DIFFERENCE_VALUE], computed[DIFFERENCE_VALUE];
};

/* Are the bytes the same? If not, `out` says where they first differ. */
bool difference_find(const struct text *recorded, const struct text *computed,
                     struct difference *out);

#endif
