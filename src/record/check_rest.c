/* What the tables cannot say about grids and the other audit documents. */
#include <string.h>

#include "record/tables.h"

/* The first complaint of grid_check() begins with the key it is about. */
void check_grid(const void *document, const struct checker *k)
{
    const struct grid *g = document;
    char why[200], key[32];
    if (grid_check(g, why, sizeof(why)))
        return;
    size_t n = strcspn(why, " ");
    n = n < sizeof(key) ? n : sizeof(key) - 1;
    memcpy(key, why, n);
    key[n] = '\0';
    checker_say(k, key, "%s", why);
}

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
