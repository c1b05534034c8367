/* cli/kpi_screen.h - KPIs as lines for people. */
#ifndef CLI_KPI_SCREEN_H
#define CLI_KPI_SCREEN_H

#include "hindsight/kpi.h"
#include "sys/text.h"

/* One line each under a head: name, value, interval, n, undefined, pending,
 * aim and whether the value reaches it and the whole interval shows it. What
 * is not known is "-". */
void kpi_screen(const struct kpi_result results[KPI_COUNT], struct text *out);

#endif
