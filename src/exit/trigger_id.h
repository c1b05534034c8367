/* exit/trigger_id.h - the names of the ladder. Pure.
 *
 * A new trigger begins here: its id, then its row in exit/trigger.c, its
 * limits in exit/exit_config.h and the option table, its tests.
 */
#ifndef EXIT_TRIGGER_ID_H
#define EXIT_TRIGGER_ID_H

enum exit_state {
    STATE_UNKNOWN, /* lowest: nothing can be concluded */
    STATE_NORMAL,
    STATE_WARNING,
    STATE_LATEST,
    STATE_MANDATORY,
    STATE_COUNT
};
/* UNKNOWN, NORMAL, WARNING, LATEST_ACCEPTABLE_EXIT, MANDATORY_EXIT */
const char *exit_state_name(enum exit_state state);

enum range_side { SIDE_NONE, SIDE_DOWN, SIDE_UP, SIDE_COUNT };
const char *range_side_name(enum range_side side); /* none, down, up */

enum trigger_id {
    M_TREND,
    M_BOUNDARY,
    M_STOP,
    M_EQUITY,
    M_BLIND,
    L_TRANS,
    L_HL,
    L_VER,
    L_Z,
    L_HAZ,
    L_GUARD,
    L_CRISIS,
    W_TRANS,
    W_CONF,
    W_ER,
    W_MR,
    W_VER,
    W_EVENT,
    W_SIGNAL,
    W_HAZ,
    W_TREND,
    TRIGGER_COUNT
};

enum trigger_mode {
    TRIGGER_ACTIVE,
    TRIGGER_SHADOW, /* evaluated and recorded, never raises */
    TRIGGER_OFF     /* answers not-applicable */
};
const char *trigger_mode_name(enum trigger_mode mode);

enum profile { PROFILE_CALIBRATED, PROFILE_SEED, PROFILE_COUNT };
const char *profile_name(enum profile profile);

#endif
