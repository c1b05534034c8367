#include "alert/decided.h"

#include "base/moment.h"

static const struct grid long_grid = { .id = "btc-a", .side = GRID_LONG };
static const struct position nowhere = { .reason = "not asked" };

const struct alert_config decided_config = {
    .warning_pi_floor = .10,
    .same_level_gap_ms = 4 * MS_PER_HOUR,
    .repeat_most_ms = 24 * MS_PER_HOUR,
    .change_gap_ms = MS_PER_HOUR,
    .escalate_ms = 30 * MS_PER_MINUTE,
    .stale_ms = 45 * MS_PER_MINUTE,
    .stale_siren_ms = 2 * MS_PER_HOUR,
    .ask_ms = 4 * MS_PER_HOUR,
    .graver_pi = .10,
    .graver_atr = 1,
    .graver_money = .20,
    .act_within_ms = MS_PER_HOUR,
    .siren_retry_s = 75,
    .siren_expire_s = 3600,
    .second_after_ms = 15 * MS_PER_MINUTE,
};

struct alert_now decided_now(const struct evaluation *e, enum alert_hush hush)
{
    return (struct alert_now){ .e = e,
                               .grid = &long_grid,
                               .position = &nowhere,
                               .config = &decided_config,
                               .hush = hush,
                               .acknowledged_ms = MOMENT_NONE };
}

enum alert_reason decided(struct alert_memory *m, const struct evaluation *e,
                          enum alert_hush hush)
{
    const struct alert_now now = decided_now(e, hush);
    return alert_decide(m, &now, m);
}
