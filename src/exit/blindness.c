#include "exit/blindness.h"

#include "base/moment.h"

int64_t blindness_age_ms(int64_t slot_ms, int64_t blind_ms, int64_t close_ms)
{
    if (blind_ms == MOMENT_NONE)
        return 0;
    int64_t by_slots_ms = slot_ms - blind_ms + MS_PER_SLOT;
    int64_t by_bars_ms = close_ms == MOMENT_NONE ? 0 : slot_ms - close_ms;
    return by_bars_ms > by_slots_ms ? by_bars_ms : by_slots_ms;
}
