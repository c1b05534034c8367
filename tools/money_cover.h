/* tools/money_cover.h - how wide the model's intervals were, and how often
 * they held the upper end.
 */
#ifndef TOOLS_MONEY_COVER_H
#define TOOLS_MONEY_COVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct money_sample { /* of one grid at one slot */
    uint32_t grid;    /* ascending from 0 */
    float base, e;    /* widths, shares of the full base and of the capital */
    float step;       /* in mean true ranges of its 15m bars */
    uint8_t levels;
    bool stopped; /* some path had reached the stop */
    bool above;   /* net PnL lay above the upper end */
};

struct money_cover {
    size_t count, room;
    struct money_sample *at; /* owned */
};

void money_cover_add(struct money_cover *c, const struct money_sample *s);
void money_cover_release(struct money_cover *c);

struct money_class {
    const char *name; /* static; NULL ends a list */
    const char *key;
    enum { CLASS_ALL, CLASS_RUNS, CLASS_STOPPED, CLASS_LEVELS, CLASS_STEP } of;
    double from, below; /* levels or steps */
};
extern const struct money_class money_classes[];

struct money_share {
    double share, low, high; /* Wilson's 95 % interval */
};

/* What a class came to; without a sample `bars` is 0 and the rest is 0. */
struct money_widths {
    size_t bars, grids;
    double base_mean, base_95, e_mean, e_95;
    struct money_share bars_held;  /* as many trials as the grids are worth */
    struct money_share grids_held; /* never above */
    size_t grids_short;            /* above at more than 1 % of their slots */
};
struct money_widths money_cover_of(const struct money_cover *c,
                                   const struct money_class *class);

#endif
