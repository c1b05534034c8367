/* position/grid.h - one grid bot as its operator describes it. Pure.
 *
 * The file grids/GRID.yaml maps onto this struct. What the operator did not
 * say is absent (a flag or NO_VALUE), never a default: figures that need it
 * are unavailable.
 */
#ifndef POSITION_GRID_H
#define POSITION_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRID_ID_MAX      32 /* with the zero byte; [a-z0-9][a-z0-9-]* */
#define SYMBOL_MAX       24 /* with the zero byte; BASE-QUOTE */
#define GRID_HISTORY_MAX 64
#define GRID_NOTE_MAX    160
#define GRID_OVERRIDES   16

enum grid_market { GRID_SPOT, GRID_FUTURES };
enum grid_side { GRID_LONG, GRID_SHORT, GRID_NEUTRAL };
enum grid_spacing { GRID_SPACING_UNSTATED, GRID_ARITHMETIC, GRID_GEOMETRIC };
enum grid_source {
    GRID_SOURCE_AUTO,
    GRID_SOURCE_EXCHANGE,
    GRID_SOURCE_ROBOT,
    GRID_SOURCE_MODEL
};
enum grid_event {
    GRID_CREATED,
    GRID_STARTED,
    GRID_PAUSED,
    GRID_RESUMED,
    GRID_CHANGED,
    GRID_EXITED,
    GRID_STOPPED,
    GRID_ACKNOWLEDGED, /* the operator has seen what was last told */
    GRID_SNOOZED,      /* tell nothing below MANDATORY_EXIT until then */
    GRID_EVENT_COUNT
};
/* What the last event makes of it, those aside that keep it what it is:
 * changed, acknowledged and snoozed. */
enum grid_status {
    GRID_IS_CREATED,
    GRID_IS_RUNNING,
    GRID_IS_PAUSED,
    GRID_IS_STOPPED
};

struct grid_history {
    int64_t at_ms;
    enum grid_event event;
    char note[GRID_NOTE_MAX];
    int64_t until_ms; /* of snoozed, not before `at_ms`; 0 of all others */
};

struct grid_stop {
    double below; /* quote price, or NO_VALUE: no stop on that side */
    double above;
};

/* An option that this grid alone has otherwise, as it was written. Whether
 * there is such an option, and whether it may be that, is config/'s to say. */
struct grid_override {
    char key[48];   /* such as exit.l_haz.enter; [a-z0-9_.]+ */
    char value[32]; /* such as 0.35 or shadow */
};

struct grid {
    char id[GRID_ID_MAX];
    char symbol[SYMBOL_MAX];
    enum grid_market market;
    enum grid_side side;
    enum grid_spacing spacing;
    double lower, upper;   /* quote price, 0 < lower < upper */
    int64_t levels;        /* 0: unstated */
    double capital;        /* in `quote`, or NO_VALUE */
    char quote[16];        /* "" : unstated */
    double start_price;    /* or NO_VALUE */
    int64_t started_at_ms; /* or MOMENT_NONE */
    struct grid_stop stop;
    double take_profit; /* or NO_VALUE */
    bool trailing;      /* refused until built */
    char account[33];   /* main, a sub-account's name, robot; "" unstated */
    enum grid_source source;
    size_t override_count;
    struct grid_override overrides[GRID_OVERRIDES];
    size_t history_count;
    struct grid_history history[GRID_HISTORY_MAX];
};

enum grid_status grid_status(const struct grid *g);
/* The same as of `ms`: later events had not been yet. */
enum grid_status grid_status_at(const struct grid *g, int64_t ms);
const char *grid_status_name(enum grid_status status);
const char *grid_event_name(enum grid_event event);
/* Does the event leave the grid what it was? */
bool grid_event_keeps(enum grid_event event);

/* When the stop that is in force was set: the newest of created, started and
 * changed events, or MOMENT_NONE when the history has none. */
int64_t grid_stop_set_ms(const struct grid *g);

/* When the present life began: the newest started event, or MOMENT_NONE. */
int64_t grid_life_ms(const struct grid *g);

/* Since when its operator has been told of it: the newest start or end of a
 * pause by then, or MOMENT_NONE. */
int64_t grid_told_since_ms(const struct grid *g, int64_t now_ms);

/* When it was stopped, or MOMENT_NONE of a grid that is not stopped then. */
int64_t grid_stopped_ms(const struct grid *g, int64_t now_ms);

/* The time of the newest event, or MOMENT_NONE. */
int64_t grid_last_event_ms(const struct grid *g);

/* Until when the operator wants nothing told below MANDATORY_EXIT, as the file
 * says at a slot; MOMENT_NONE when nothing is snoozed. The newest snoozed event
 * counts that was written before the slot after this one, so that a run a few
 * seconds late still heeds it, and 7 days at most, so that no slip of the pen
 * silences a grid for longer. A new life begins awake. */
#define GRID_SNOOZE_MAX_MS (7 * 24 * INT64_C(3600000))
int64_t grid_snoozed_until_ms(const struct grid *g, int64_t slot_ms);

/* The newest acknowledged event of the present life that was written before the
 * slot after this one, or MOMENT_NONE. */
int64_t grid_acknowledged_ms(const struct grid *g, int64_t slot_ms);

/* Appends an event. A history that is full gives up the oldest event that says
 * nothing about the present: acknowledged, or a snooze that is over; else one
 * of an earlier life; else one that a later event of its kind stands for. The
 * number of those given up is returned; Git keeps them. */
size_t grid_add_event(struct grid *g, const struct grid_history *event);

/* What a table of fields cannot say: lower < upper, the stop outside the range
 * on its side, history in order and beginning with created, a time to each
 * snooze and to nothing else, trailing refused.
 * Writes the first complaint, in words, to `why` and returns false. */
bool grid_check(const struct grid *g, char *why, size_t why_size);

/* The currency of its money: the symbol's where the file states none, or "". */
const char *grid_quote(const struct grid *g);

/* Which side of the range costs money when it breaks (SPEC 7). */
bool grid_risks_down(const struct grid *g);
bool grid_risks_up(const struct grid *g);

#endif
