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

/* Told at that age or a higher one, or told that the price is stale and that
 * was answered. An answer to anything before is none to this. */
static bool knows_of_age(const struct alert_memory *m,
                         const struct alert_now *now, int64_t age_ms)
{
    int64_t said_ms = m->said_ms[STATE_UNKNOWN];
    if (!m->blind || said_ms == MOMENT_NONE)
        return false;
    int64_t told_ms = alert_price_age(now->e) - (now->e->slot_ms - said_ms);
    bool answered =
        now->acknowledged_ms != MOMENT_NONE && now->acknowledged_ms >= said_ms;
    return told_ms >= age_ms || (told_ms >= now->config->stale_ms && answered);
}

/* A MANDATORY that was acknowledged stands without a price, and no siren says
 * so. That is told once each time, until the price is known again. */
static bool is_held_untold(const struct alert_memory *m,
                           const struct alert_now *now)
{
    int64_t said_ms = m->said_ms[STATE_UNKNOWN];
    bool told = said_ms != MOMENT_NONE && said_ms >= now->e->blind_ms;
    return now->e->verdict.state == STATE_MANDATORY &&
           m->said == STATE_MANDATORY && !alert_is_idle(now) &&
           alert_is_acknowledged(m, now) && !told;
}

static bool is_as_stale_as(const struct alert_memory *m,
                           const struct alert_now *now, int64_t age_ms)
{
    return now->e->verdict.state == STATE_UNKNOWN &&
           alert_price_age(now->e) >= age_ms && !knows_of_age(m, now, age_ms);
}

bool alert_is_stale(const struct alert_memory *m, const struct alert_now *now)
{
    bool held = alert_price_age(now->e) >= now->config->stale_ms &&
                is_held_untold(m, now);
    return held || is_as_stale_as(m, now, now->config->stale_ms);
}

/* M_BLIND raises MANDATORY soon: that siren rings in its place. It counts from
 * the first slot without a price, when one that nobody trades is older already
 * by as much as is waited for here. */
static bool blindness_will_raise(const struct alert_now *now)
{
    const struct trigger_result *t = &now->e->verdict.triggers[M_BLIND];
    const double soon_h = (double)now->config->stale_ms / MS_PER_HOUR;
    return (!now->mode || now->mode[M_BLIND] == TRIGGER_ACTIVE) &&
           t->gate == ANSWER_YES && value_usable(t->value) &&
           decision_round(t->value.v + soon_h) >= decision_round(t->limit);
}

bool alert_is_dark(const struct alert_memory *m, const struct alert_now *now)
{
    return is_as_stale_as(m, now, now->config->stale_siren_ms) &&
           !blindness_will_raise(now);
}
