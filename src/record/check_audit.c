/* What the tables cannot say about audit documents. */
#include <string.h>

#include "record/check_internal.h"

void check_transition(const void *document, const struct checker *k)
{
    const struct transition_document *d = document;
    bool has_reason = d->to <= STATE_NORMAL;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        has_reason |= d->reasons[i] && triggers[i].raises == d->to;
    if (!has_reason)
        checker_say(k, "reasons", "none of them raises to %s",
                    exit_state_name(d->to));
    if (d->from == d->to)
        checker_say(k, "to", "must differ from where it comes from");
    if (d->slot_ms > d->at_ms)
        checker_say(k, "at", "is before the slot");
}

void check_delivery(const void *document, const struct checker *k)
{
    const struct delivery_document *d = document;
    bool has_reason = d->delivery.reason[0] != '\0';
    if (d->delivery.outcome == DELIVERY_REFUSED && !has_reason)
        checker_say(k, "reason", "is null although it was refused");
    if (d->delivery.outcome == DELIVERY_ACCEPTED && has_reason)
        checker_say(k, "reason", "must be null, because it was accepted");
}

void check_intent(const void *document, const struct checker *k)
{
    const struct intent_document *d = document;
    const struct intent *x = &d->intent;
    bool rings = x->priority == 2;

    if (x->slot_ms > d->at_ms)
        checker_say(k, "at", "is before the slot");
    if (!check_id_of_slot(x->id, x->slot_ms))
        checker_say(k, "id", "must begin with the slot");
    size_t n = strlen(x->grid);
    if (strncmp(x->tag, x->grid, n) || x->tag[n] != '-')
        checker_say(k, "tag", "must begin with the grid");
    if (rings != (x->retry_s > 0) || rings != (x->expire_s > 0))
        checker_say(k, "priority",
                    "retry_s and expire_s are above 0 if and only if it is 2");
    if (!check_reason_fits(x->reason, x->state))
        checker_say(k, "reason", "%s does not fit the state %s",
                    alert_reason_name(x->reason), exit_state_name(x->state));
}
