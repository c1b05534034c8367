/* Lives for the tests of hindsight/: hours instead of moments. */
#ifndef UNIT_LIVES_MADE_H
#define UNIT_LIVES_MADE_H

#include "hindsight/kpi.h"

#define HOURS(h) ((int64_t)(h)*MS_PER_HOUR)

/* Ten days of which fourteen are known; 12 sigma from centre to bound, so H_ft
 * is 72 h; capital 1000, A* 18.4; nothing happens, nothing was earned. */
struct life life_quiet(void);

#define ROOM_LIVES 400
#define ROOM_DRAWS 2000
/* The memory is one and the same at every call. */
struct kpi_room room_made(void);

/* Both sides, 1000 draws. */
struct kpi_ask ask_of(const struct life *lives, size_t count);

#endif
