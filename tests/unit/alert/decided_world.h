/* tests/unit/alert/decided_world.h - one grid, decided slot after slot; what a
 * test changes in between stands in `w`. Time is in minutes. */
#ifndef ALERT_DECIDED_WORLD_H
#define ALERT_DECIDED_WORLD_H

#include <stdio.h>
#include <string.h>

#include "alert/decided.h"
#include "base/moment.h"
#include "test.h"

#define U STATE_UNKNOWN
#define N STATE_NORMAL
#define W STATE_WARNING
#define L STATE_LATEST
#define M STATE_MANDATORY

/* The world that the next slot is decided in. */
static struct {
    struct evaluation e;
    struct alert_memory m, before;
    struct risk risk;
    struct alert_now now;
} w;

/* Towards the lower bound, and no episode yet. */
static inline void world_begin(void)
{
    memset(&w, 0, sizeof(w));
    w.m = alert_memory_new();
    w.e.side = SIDE_DOWN;
    w.e.hazard.pi = w.e.hazard.pi_dn = value_real(.35, 500);
    w.e.hazard.pi_up = value_real(.01, 500);
    w.e.verdict.episode_ms = MOMENT_NONE;
    snprintf(w.e.grid, sizeof(w.e.grid), "btc-a");
    w.now = decided_now(&w.e, HUSH_NOTHING);
}

static inline enum alert_reason at(int minute, enum exit_state state)
{
    w.e.slot_ms = minute * MS_PER_MINUTE;
    w.e.verdict.state = state;
    if (state == N)
        w.e.verdict.episode_ms = MOMENT_NONE;
    else if (state != U && w.e.verdict.episode_ms == MOMENT_NONE)
        w.e.verdict.episode_ms = w.e.slot_ms;
    w.before = w.m;
    w.now.was_idle = alert_was_idle(&w.m, &w.e);
    return alert_decide(&w.m, &w.now, &w.m);
}

#define IS(minute, state, want)                                                \
    ASSERT_STR(alert_reason_name(at((minute), (state))),                       \
               alert_reason_name(want))

static inline int64_t loud(enum alert_reason reason)
{
    return alert_priority(reason, &w.now);
}

#endif
