/* When nobody answers the phone. */
#include "alert/row.h"
#include "base/moment.h"

bool alert_second_is_due(const struct alert_memory *memory,
                         const struct alert_now *now,
                         const struct alert_memory *next)
{
    const struct alert_siren *s = &memory->siren;
    return s->intent[0] && next->siren.intent[0] &&
           memory->said == STATE_MANDATORY &&
           now->e->verdict.state == STATE_MANDATORY &&
           now->hush < HUSH_STOPPED && s->acknowledged_ms == MOMENT_NONE &&
           next->siren.acknowledged_ms == MOMENT_NONE &&
           alert_time_ms(now) - s->sent_ms >= now->config->second_after_ms;
}
