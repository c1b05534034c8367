/* tests/unit/exit/scene.h - one grid and its market, slot by slot.
 *
 * The grid is 90 .. 110 with a stop at 80, created and started an hour before
 * the first slot. Hours are made of the quarters that traded in them.
 */
#ifndef EXIT_SCENE_H
#define EXIT_SCENE_H

#include "exit/exit_state.h"
#include "market/made.h"

/* 2021-05-18T00:00:00Z */
#define SCENE_BEGIN INT64_C(1621296000000)

struct scene {
    struct made made[TF_COUNT];
    struct market_facts facts;
    struct market_view view;
    struct grid grid;
    struct exit_config config;
    struct hazard hazard;
    struct exit_memory memory;
    int64_t now_ms;  /* the slot that was reached */
    bool hours_late; /* no 1h bar is added */
};

void scene_begin(struct scene *s);

/* Another slot: trades between low and high and closes at `close`. */
void scene_bar(struct scene *s, double low, double high, double close);
/* `n` slots flat at `close`. */
void scene_trade(struct scene *s, int n, double close);
/* `n` slots without a trade. */
void scene_pass(struct scene *s, int n);

/* pi with all of it on the lower side; NO_VALUE: stale. */
void scene_pi(struct scene *s, double pi);

/* Builds the view of the present slot and points to everything. */
struct trigger_inputs scene_look(struct scene *s);
struct trigger_result scene_ask(struct scene *s, enum trigger_id id);
/* One step of the state machine; the memory goes on. */
struct verdict scene_step(struct scene *s);

void scene_event(struct scene *s, int64_t at_ms, enum grid_event event);

#endif
