#include "lives_made.h"

struct life life_quiet(void)
{
    return (struct life){
        .window_end_ms = HOURS(240),
        .known_end_ms = HOURS(336),
        .capital = 1000,
        .half_width_atr = 4,
        .stop_atr = 1,
        .half_width = .06,
        .sigma_1h = .005,
        .activation = life_activation(1000, .005),
        .delay_ms = HOURS(1),
        .first_warning_ms = MOMENT_NONE,
        .first_latest_ms = MOMENT_NONE,
        .first_mandatory_ms = MOMENT_NONE,
        .exit_ms = MOMENT_NONE,
        .m_ms = { MOMENT_NONE, MOMENT_NONE },
        .s_ms = { MOMENT_NONE, MOMENT_NONE },
        .later_equity = NO_VALUE,
    };
}

struct kpi_room room_made(void)
{
    static struct statistic_row rows[4 * ROOM_LIVES];
    static double weight[ROOM_LIVES], draw[ROOM_DRAWS];
    static int32_t week[ROOM_LIVES];
    return (struct kpi_room){ rows, weight, week, draw };
}

struct kpi_ask ask_of(const struct life *lives, size_t count)
{
    return (struct kpi_ask){ lives, count, LIFE_BOTH, 1000, 1 };
}
