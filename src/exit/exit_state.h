/* exit/exit_state.h - from answers to a state that holds. Pure.
 *
 * State = the worst yes; else UNKNOWN if price, boundary, pi or the regime is
 * unknown; else NORMAL. Rows that count together raise WARNING when
 * `warning.needed` of them say yes on `warning.held` successive 15m bars (one
 * in the literal profile). UNKNOWN neither opens nor closes an episode and
 * leaves counters and hysteresis as they were. MANDATORY, once reached, stays
 * until every M row answered no on `release_closes` successive 1h closes.
 */
#ifndef EXIT_EXIT_STATE_H
#define EXIT_EXIT_STATE_H

#include "exit/theta.h"
#include "exit/trigger.h"

struct verdict {
    enum exit_state state;    /* UNKNOWN, or what holds now */
    enum exit_state known;    /* the last state that was known */
    enum exit_state previous; /* `state` of the slot before; UNKNOWN at first */
    bool data_known;          /* price, boundary, pi and regime are known */
    bool held;                /* MANDATORY not yet released */
    int64_t since_ms;         /* slot, or look, from which `state` holds */
    int64_t episode_ms;       /* or MOMENT_NONE */
    struct together {
        enum answer answer;   /* enough warnings, for long enough */
        int64_t yes, unknown; /* of the active rows that count together */
        int64_t held;         /* successive 15m bars with enough of them */
    } together;
    struct theta theta; /* the limits of L_HAZ, and where they come from */
    struct trigger_result triggers[TRIGGER_COUNT];
    bool literal[TRIGGER_COUNT]; /* the origin's rules that are true, whatever
                                    the profile and the modes */
};

/* One slot further: counts, asks the triggers, decides, and writes the memory
 * for the next slot to `next` (which may be the inputs' memory). */
void exit_state_step(const struct trigger_inputs *in, struct verdict *out,
                     struct exit_memory *next);

/* Between two slots the stop was found touched. */
struct exit_look {
    const struct verdict *slot;        /* of the newest slot */
    const struct trigger_result *stop; /* a yes of the ticker */
    const struct grid *grid;
    const struct exit_config *config;
    const struct exit_memory *memory; /* after that slot */
    int64_t at_ms;                    /* of the look */
};

/* The verdict of the slot with that row in it, for the literal rules as well.
 * Nothing is counted: no bar has closed. The state holds from the look on. The
 * stop is latched with the time of the trade, or that of the look where the
 * trade has none or a later one; so the next slot comes to the same. */
void exit_state_look(const struct exit_look *in, struct verdict *out,
                     struct exit_memory *next);

#endif
