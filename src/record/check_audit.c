/* What the tables cannot say about audit documents. */
#include <math.h>
#include <string.h>

#include "record/check_internal.h"

#define TOLERANCE 1e-12 /* of a share that was written with all its digits */

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

/* An event of one moment is of another class than a fault that stands. */
void check_fault(const void *document, const struct checker *k)
{
    const struct fault_document *d = document;
    bool stands = d->class > FAULT_CLASS_RUN;
    if (stands != (d->change != FAULT_ONCE))
        checker_say(k, "change", "must be there if and only if '%s' stands",
                    fault_class_name(d->class));
}

void check_delivery(const void *document, const struct checker *k)
{
    const struct delivery_document *d = document;
    static const char bare[] = "without the picture: ";
    const char *reason = d->delivery.reason;
    bool has_reason = reason[0] != '\0';
    bool accepted = d->delivery.outcome == DELIVERY_ACCEPTED;
    bool unrung = strcmp(reason, DELIVERY_UNRUNG) == 0;
    if (d->delivery.outcome == DELIVERY_REFUSED && !has_reason)
        checker_say(k, "reason", "is null although it was refused");
    if (accepted && has_reason && !unrung &&
        strncmp(reason, bare, strlen(bare)) != 0)
        checker_say(k, "reason",
                    "must be null or begin with '%s' or be '%s', because it "
                    "was accepted",
                    bare, DELIVERY_UNRUNG);
    if (d->delivery.picture[0] && (!accepted || (has_reason && !unrung)))
        checker_say(k, "picture",
                    "must be of a message that was accepted with "
                    "it");
    if ((d->delivery.outcome == DELIVERY_GROUPED) != (d->delivery.with[0] != 0))
        checker_say(k, "with", "must be there if and only if it was grouped");
    if (strcmp(d->delivery.with, d->delivery.intent) == 0)
        checker_say(k, "with", "is the message itself");
}

void check_intent(const void *document, const struct checker *k)
{
    const struct intent_document *d = document;
    const struct intent *x = &d->intent;
    bool rings = x->priority == 2;

    if (intent_is_of_service(x) != !x->symbol[0])
        checker_say(k, "symbol",
                    "must be null if and only if the reason is one of the "
                    "service");
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
    if (intent_is_of_service(x) && x->side != SIDE_NONE)
        checker_say(k, "side", "must be none in a message about the service");
}

void check_look(const void *document, const struct checker *k)
{
    const struct look_document *d = document;
    const struct decision *x = &d->decision;
    bool sends = alert_reason_sends(x->reason);

    if (d->slot_ms > d->at_ms)
        checker_say(k, "at", "is before the slot");
    if (!d->touched && x->reason != ALERT_NOTHING)
        checker_say(k, "reason", "must be nothing where no stop was touched");
    if (sends != (x->intent[0] != '\0'))
        checker_say(k, "intent", "must be there if and only if %s sends",
                    alert_reason_name(x->reason));
    if (x->intent[0] && !check_id_of_slot(x->intent, d->slot_ms))
        checker_say(k, "intent", "must begin with the slot");
}

static double apart(double a, double b)
{
    return a == b ? 0 : fabs(a - b) / fmax(fabs(a), fabs(b));
}

static double largest_change(const struct bar *a, const struct bar *b)
{
    double most = fmax(apart(a->open, b->open), apart(a->high, b->high));
    most = fmax(most, fmax(apart(a->low, b->low), apart(a->close, b->close)));
    return fmax(most, apart(a->volume, b->volume));
}

static void check_candle(const struct revision_document *d, struct bar b,
                         const char *path, const struct checker *k)
{
    b.open_ms = d->open_ms;
    enum bar_fault fault = bar_check(&b, d->tf);
    if (fault != BAR_OK)
        checker_say(k, path, "%s", bar_fault_text(fault));
    else if (bar_close_ms(&b, d->tf) > d->slot_ms)
        checker_say(k, "open_time", "closes after the slot");
}

void check_revision(const void *document, const struct checker *k)
{
    const struct revision_document *d = document;
    bool both = d->was_there && d->is_there;
    double largest = both ? largest_change(&d->was, &d->is) : NO_VALUE;

    if (!d->was_there && !d->is_there)
        checker_say(k, "is", "cannot be null, too");
    if (d->was_there)
        check_candle(d, d->was, "was", k);
    if (d->is_there)
        check_candle(d, d->is, "is", k);
    if (both && largest == 0)
        checker_say(k, "is", "is as it was");
    else if (isnan(largest) != isnan(d->largest) ||
             fabs(largest - d->largest) > TOLERANCE)
        checker_say(k, "largest", "is not the largest change of these numbers");
    if (d->slot_ms > d->at_ms)
        checker_say(k, "at", "is before the slot");
}
