#include "engine/scene_inputs.h"

#include "base/moment.h"

static const struct gate_config gates = {
    .crisis_ms = 12 * MS_PER_HOUR,
    .quiet_closes = 2,
    .ver = 1.10,
    .er_z = 1.645,
    .adx = 30,
    .centre = .35,
    .pi_24 = .06,
    .pi_72 = .30,
    .fee = .001,
    .step = .003,
    .wait_ms = 4 * MS_PER_HOUR,
    .wait_hard_ms = 24 * MS_PER_HOUR,
    .range_closes = 4,
    .slowing = 1.5,
    .inside_closes = 2,
    .restarts = 2,
};

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
