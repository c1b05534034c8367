#include "alert/stale.h"

#include "alert/row.h"
#include "base/moment.h"

int64_t alert_price_age(const struct evaluation *e)
{
    if (e->price_cause == PRICE_KNOWN || e->blind_ms == MOMENT_NONE)
        return 0;
    int64_t by_slots_ms = e->slot_ms - e->blind_ms + MS_PER_SLOT;
    int64_t by_bars_ms =
        e->close_ms == MOMENT_NONE ? 0 : e->slot_ms - e->close_ms;
    return by_bars_ms > by_slots_ms ? by_bars_ms : by_slots_ms;
}

/* Told at that age or a higher one, or answered since the price went. */
static bool knows_of_age(const struct alert_memory *m,
                         const struct alert_now *now, int64_t age_ms)
{
    int64_t said_ms = m->said_ms[STATE_UNKNOWN], slot_ms = now->e->slot_ms;
    int64_t is_ms = alert_price_age(now->e);
    return (m->blind && said_ms != MOMENT_NONE &&
            is_ms - (slot_ms - said_ms) >= age_ms) ||
           (alert_is_acknowledged(m, now) &&
            now->acknowledged_ms >= now->e->blind_ms);
}

static bool is_as_stale_as(const struct alert_memory *m,
                           const struct alert_now *now, int64_t age_ms)
{
    return now->e->verdict.state == STATE_UNKNOWN &&
           alert_price_age(now->e) >= age_ms && !knows_of_age(m, now, age_ms);
}

bool alert_is_stale(const struct alert_memory *m, const struct alert_now *now)
{
    return is_as_stale_as(m, now, now->config->stale_ms);
}

/* M_BLIND raises MANDATORY by the next slot: that siren rings in its place. */
static bool blindness_will_raise(const struct alert_now *now)
{
    const struct trigger_result *t = &now->e->verdict.triggers[M_BLIND];
    const double slot_h = (double)MS_PER_SLOT / MS_PER_HOUR;
    return (!now->mode || now->mode[M_BLIND] == TRIGGER_ACTIVE) &&
           t->gate == ANSWER_YES && value_usable(t->value) &&
           decision_round(t->value.v + slot_h) >= decision_round(t->limit);
}

bool alert_is_dark(const struct alert_memory *m, const struct alert_now *now)
{
    return is_as_stale_as(m, now, now->config->stale_siren_ms) &&
           !blindness_will_raise(now);
}
