/* tests/unit/engine/scene_inputs.h - exit/scene.h as the engine sees it. */
#ifndef ENGINE_SCENE_INPUTS_H
#define ENGINE_SCENE_INPUTS_H

#include "engine/evaluate.h"
#include "exit/scene.h"

/* 104 slots whose every return is ln 1.005, up and down in turn; the last
 * closes at 100. */
void scene_sway(struct scene *s);

/* Looks at the present slot. Metrics and crisis are measured on the bars; 26
 * hours are too few for a regime, so that is what the scene says, unless the
 * price is unknown. */
void scene_snapshot(struct scene *s, struct measure_work *work,
                    struct snapshot *now);

struct evaluate_inputs scene_inputs(const struct scene *s,
                                    const struct snapshot *now);

#endif
