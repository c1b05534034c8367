#include "alert/stale.h"

#include "alert/row.h"
#include "base/moment.h"
#include "exit/blindness.h"

int64_t alert_price_age(const struct evaluation *e)
{
    if (e->price_cause == PRICE_KNOWN)
        return 0;
    return blindness_age_ms(e->slot_ms, e->blind_ms, e->close_ms);
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

bool alert_is_dark(const struct alert_memory *m, const struct alert_now *now)
{
    return is_as_stale_as(m, now, now->config->stale_siren_ms);
}
