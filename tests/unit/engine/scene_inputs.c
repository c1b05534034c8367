#include "engine/scene_inputs.h"

#include "gate/gate_scene.h"

void scene_sway(struct scene *s)
{
    scene_begin(s);
    for (int i = 0; i < 52; i++) {
        scene_trade(s, 1, 100.5);
        scene_trade(s, 1, 100);
    }
}

void scene_snapshot(struct scene *s, struct measure_work *work,
                    struct snapshot *now)
{
    scene_look(s);
    snapshot_take(&s->view, work, now);
    now->regime = s->shown.regime;
}

struct evaluate_inputs scene_inputs(const struct scene *s,
                                    const struct snapshot *now)
{
    static struct gate_config gates;
    gates = gate_scene_config();
    return (struct evaluate_inputs){
        .now = now,
        .grid = &s->grid,
        .position = &s->position,
        .outside = &s->outside,
        .memory = &s->memory,
        .config = &s->config,
        .gates = &gates,
    };
}
