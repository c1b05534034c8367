/* run/grid_json.h - a grid as one line of JSON. */
#ifndef RUN_GRID_JSON_H
#define RUN_GRID_JSON_H

#include "position/grid.h"
#include "sys/text.h"

/* Appends {"id":...,"symbol":...,"status":...,"lower":...,"upper":...,
 * "stop":{"below":...,"above":...},"capital":...} and the rest of its file, the
 * overrides and the history aside, and a newline. What is unstated is null. */
void grid_json(const struct grid *g, struct text *out);

/* Appends {"repository":PATH,"commit":HEX or null} and a newline. */
void repository_json(const char *path, const char *commit, struct text *out);

#endif
