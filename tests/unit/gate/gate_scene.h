/* tests/unit/gate/gate_scene.h - a market in which every gate is open.
 *
 * The price stands at 100, in the middle of a geometric grid of 20 levels from
 * 100 e^-.08 to 100 e^.08; it moves by .3 % a 15m bar. The grid was stopped 30
 * h ago. Tests spoil one thing at a time.
 */
#ifndef GATE_GATE_SCENE_H
#define GATE_GATE_SCENE_H

#include "gate/propose.h"

/* 2021-05-18T12:00:00Z, where bars of all timeframes close. */
#define GATE_SLOT INT64_C(1621339200000)

/* 100 exp(-.08) and 100 exp(.08), 60 digits in another language. */
#define GATE_LOWER 92.311634638663578
#define GATE_UPPER 108.32870676749585

struct gate_scene {
    struct market_view view;
    struct metric_row metrics;
    struct regime regime;
    struct crisis crisis;
    struct hourly hourly;
    struct grid grid;
    struct exit_memory memory;
    struct gate_config config;
    bool restart;
};

/* The defaults of the option table, written down once more. */
struct gate_config gate_scene_config(void);

/* All of the scene, good. */
void gate_scene_begin(struct gate_scene *s);

void gate_scene_metric(struct gate_scene *s, enum metric_id id, double v);
void gate_scene_event(struct gate_scene *s, int64_t at_ms,
                      enum grid_event event);
/* The newest price, in the view and as the newest close of each window. */
void gate_scene_close(struct gate_scene *s, double close);

/* The log of the hours that the window of 1h has: to be written anew when they
 * were changed. Each has the same half-life. */
void gate_scene_log_hours(struct gate_scene *s);

/* Without a hazard: gate_scene_ask() and propose() have their own. */
struct gate_inputs gate_scene_look(const struct gate_scene *s);
struct gates gate_scene_ask(const struct gate_scene *s);

#endif
