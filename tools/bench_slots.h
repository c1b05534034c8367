/* tools/bench_slots.h - a market of seeded bars and one grid on it, slot by
 * slot, as a replay would go through it.
 */
#ifndef TOOLS_BENCH_SLOTS_H
#define TOOLS_BENCH_SLOTS_H

#include <stddef.h>

#include "engine/evaluate.h"
#include "market/market.h"

/* View, work and memory go on from slot to slot; they begin as zeroes. */
struct slots {
    size_t count; /* 15m bars */
    struct bar *fifteen, *hours, *fours;
    struct market_view view;
    struct measure_work work;
    struct snapshot snapshot;
    struct grid grid;
    struct position position;
    struct outside outside;
    struct exit_config exits;
    struct gate_config gates;
    struct exit_memory memory;
    struct evaluation evaluation;
};

/* `count` 15m bars, with the bars of 1h and 4h that they make. The grid is
 * there since bar `from` opened. The caller frees it with slots_free(). */
struct slots *slots_new(size_t count, size_t from);
void slots_free(struct slots *s);

/* As if nothing had been looked at yet. */
void slots_rewind(struct slots *s);

/* All of the slot at which 15m bar i closes. */
void slots_pass(struct slots *s, size_t i);

/* Its three steps. */
void slots_look(struct slots *s, size_t i);
void slots_measure(struct slots *s);
void slots_conclude(struct slots *s);

#endif
