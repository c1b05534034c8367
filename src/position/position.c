#include "position/position.h"

const char *position_source_name(enum position_source source)
{
    static const char *const names[] = {
        [POSITION_NONE] = "none",
        [POSITION_EXCHANGE] = "exchange",
        [POSITION_ROBOT] = "robot",
        [POSITION_MODEL] = "model",
    };
    return names[source];
}

struct position position_none(const char *reason)
{
    struct interval none = { value_none(VALUE_UNAVAILABLE), NO_VALUE,
                             NO_VALUE };
    return (struct position){
        .source = POSITION_NONE,
        .reason = reason,
        .inventory = none,
        .avg_cost = none,
        .pnl = { none, none, none },
    };
}
