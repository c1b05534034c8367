/* tests/unit/picture/scenes_made.h - scenes to draw. */
#ifndef UNIT_SCENES_MADE_H
#define UNIT_SCENES_MADE_H

#include "picture/picture.h"

#define MADE_BARS  48
#define MADE_SLOTS 192

/* Two days that end 2026-02-11T18:00Z: hourly bars around 60000, all slots
 * NORMAL with pi .2, range 56400 to 63600, stop 55554, limit .4. */
struct made {
    struct bar bars[MADE_BARS];
    struct picture_slot slots[MADE_SLOTS];
    struct picture_scene scene;
};
void made_scene(struct made *out);

#endif
