/* cli/kpi_room.h - memory for hindsight/kpi.h. */
#ifndef CLI_KPI_ROOM_H
#define CLI_KPI_ROOM_H

#include "hindsight/kpi.h"

/* For so many lives and draws; the caller releases it. */
struct kpi_room kpi_room_new(size_t lives, size_t draws);
void kpi_room_release(struct kpi_room *r);

#endif
