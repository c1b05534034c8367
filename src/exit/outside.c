#include "exit/outside.h"

#include "base/moment.h"

struct outside outside_none(void)
{
    return (struct outside){
        .signal = { .value = NO_VALUE,
                    .at_ms = MOMENT_NONE,
                    .half_life_s = HUGE_VAL },
    };
}

struct value signal_at(const struct signal *s, int64_t slot_ms)
{
    if (!s->read || !isfinite(s->value) || !(s->half_life_s > 0) ||
        s->at_ms == MOMENT_NONE || s->at_ms > slot_ms)
        return value_none(VALUE_UNAVAILABLE);
    double age_s = (double)(slot_ms - s->at_ms) / 1000.0;
    return value_real(s->value * exp2(-age_s / s->half_life_s), 1);
}
