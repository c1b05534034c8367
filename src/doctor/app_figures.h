/* doctor/app_figures.h - what to compare with the exchange's app. */
#ifndef DOCTOR_APP_FIGURES_H
#define DOCTOR_APP_FIGURES_H

#include "doctor/doctor_internal.h"
#include "position/grid.h"

/* Adds the grid's figures, from its newest document, to the report. */
void figures_take(struct doctor *d, const struct grid *g);

#endif
