#include "exit/exit_memory.h"

#include "base/moment.h"

struct exit_memory exit_memory_new(void)
{
    struct exit_memory m = {
        .slot_ms = MOMENT_NONE,
        .life_ms = MOMENT_NONE,
        .known = STATE_UNKNOWN,
        .since_ms = MOMENT_NONE,
        .unknown_since_ms = MOMENT_NONE,
        .episode_ms = MOMENT_NONE,
        .latch = { SIDE_NONE, MOMENT_NONE, NO_VALUE, MOMENT_NONE },
        .scanned_ms = MOMENT_NONE,
        .blind_ms = MOMENT_NONE,
        .last_pi = NO_VALUE,
        .atr_entry = NO_VALUE,
        .crisis_ms = MOMENT_NONE,
        .counts = { .reversion_ms = MOMENT_NONE },
        .baseline = baseline_none(),
    };
    for (int i = 0; i < TRIGGER_COUNT; i++)
        m.triggers[i].since_ms = MOMENT_NONE;
    return m;
}
