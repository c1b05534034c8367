/* The words of the ladder. */
#include "exit/trigger.h"

const char *exit_state_name(enum exit_state state)
{
    static const char *const names[STATE_COUNT] = {
        [STATE_UNKNOWN] = "UNKNOWN",
        [STATE_NORMAL] = "NORMAL",
        [STATE_WARNING] = "WARNING",
        [STATE_LATEST] = "LATEST_ACCEPTABLE_EXIT",
        [STATE_MANDATORY] = "MANDATORY_EXIT",
    };
    return names[state];
}

const char *range_side_name(enum range_side side)
{
    static const char *const names[SIDE_COUNT] = { "none", "down", "up" };
    return names[side];
}

const char *trigger_mode_name(enum trigger_mode mode)
{
    static const char *const names[] = { "active", "shadow", "off" };
    return names[mode];
}

const char *profile_name(enum profile profile)
{
    return profile == PROFILE_SEED ? "seed" : "calibrated";
}

const char *trigger_evidence_name(enum trigger_evidence evidence)
{
    static const char *const names[EVIDENCE_COUNT] = { "none", "bar", "ticker",
                                                       "latch", "label" };
    return names[evidence];
}
