/* tests/unit/exit/scene.h - one grid and its market, slot by slot.
 *
 * The grid is 90 .. 110 with a stop at 80, capital 5000, created and started an
 * hour before the first slot. Hours are made of the quarters that traded in
 * them. Everything else that a trigger reads is what the test says; it begins
 * calm, so that every row answers no or not-applicable.
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
    struct metric_row metrics;
    struct regime regime;
    struct crisis crisis;
    struct hourly hourly;
    struct hourly_row row; /* what the next 1h close will say; its time and its
                              close are those of the bar */
    struct grid grid;
    struct position position;
    struct outside outside;
    struct exit_config config;
    struct hazard hazard;
    struct exit_memory memory;
    int64_t now_ms;  /* the slot that was reached */
    bool hours_late; /* no 1h bar is added */
    struct {
        struct metric_row metrics;
        struct regime regime;
    } shown; /* what the triggers see of them */
};

void scene_begin(struct scene *s);

/* The defaults of SPEC 7 and regime-science notes 4.8, written down once more.
 */
struct exit_config scene_config(void);

/* Another slot: trades between low and high and closes at `close`. */
void scene_bar(struct scene *s, double low, double high, double close);
/* `n` slots flat at `close`. */
void scene_trade(struct scene *s, int n, double close);
/* `n` slots without a trade. */
void scene_pass(struct scene *s, int n);
/* `n` rows of the 1h log, all alike, that end with the present hour; they stand
 * in the place of what was there. */
void scene_rows(struct scene *s, size_t n, struct hourly_row row);

/* pi with all of it on the lower side; NO_VALUE: stale. */
void scene_pi(struct scene *s, double pi);
/* A pooled label with its run, on both timeframes too. */
void scene_label(struct scene *s, enum regime_label label, int32_t run);
/* Net PnL: e and its peak, exactly known. */
void scene_pnl(struct scene *s, double e, double peak);
/* Every row of the calibrated profile but M_BLIND says yes, and of the seed
 * profile all of its rows. Eight slots at 79 are traded first. */
void scene_alarm(struct scene *s);

/* Builds the view of the present slot and points to everything. While the price
 * is unknown, metrics and regime are what the engine would make of them. */
struct trigger_inputs scene_look(struct scene *s);
struct trigger_result scene_ask(struct scene *s, enum trigger_id id);
/* One step of the state machine; the memory goes on. */
struct verdict scene_step(struct scene *s);

void scene_event(struct scene *s, int64_t at_ms, enum grid_event event);

#endif
