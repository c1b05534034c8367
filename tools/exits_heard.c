#include "tools/exits_heard.h"

#include "base/moment.h"

void heard_init(struct heard *h)
{
    *h = (struct heard){ .answered_ms = MOMENT_NONE };
    for (int i = 0; i < PHONE_COUNT; i++)
        h->memory[i] = alert_memory_new();
}

static enum alert_reason decide(struct heard *h, enum heard_phone phone,
                                const struct trial_rule *rule,
                                const struct grid *grid,
                                const struct evaluation *e)
{
    const struct position none = position_none("of no use to a decision");
    struct alert_memory *m = &h->memory[phone];
    const struct alert_now now = {
        .e = e,
        .grid = grid,
        .position = &none,
        .config = rule->alerts,
        .mode = rule->exits->mode,
        .hush = alert_hush_of(grid, rule->exits->shadow, e->slot_ms),
        .was_idle = alert_was_idle(m, e),
        .acknowledged_ms =
            phone == PHONE_ANSWERED ? h->answered_ms : MOMENT_NONE,
        .siren = SIREN_NOT_ASKED,
    };
    return alert_decide(m, &now, m);
}

void heard_take(struct heard *h, const struct trial_rule *rule,
                const struct grid *grid, const struct evaluation *e)
{
    const struct alert_memory *answered = &h->memory[PHONE_ANSWERED];

    if (h->count == HEARD_SLOTS)
        return;
    struct heard_slot *s = &h->at[h->count++];
    *s = (struct heard_slot){ .slot_ms = e->slot_ms,
                              .state = e->verdict.state,
                              .cause = e->price_cause };
    for (int i = 0; i < TRIGGER_COUNT; i++)
        s->yes[i] = rule->exits->mode[i] == TRIGGER_ACTIVE &&
                    e->verdict.triggers[i].answer == ANSWER_YES;
    for (int i = 0; i < PHONE_COUNT; i++)
        s->reason[i] = decide(h, (enum heard_phone)i, rule, grid, e);
    if (answered->siren.intent[0] && answered->siren.sent_ms == e->slot_ms)
        h->answered_ms = e->slot_ms + MS_PER_MINUTE;
}

bool heard_message(const struct heard_slot *s, enum heard_phone phone,
                   enum exit_state least)
{
    return s->state >= least && alert_reason_sends(s->reason[phone]);
}

const struct heard_slot *heard_first(const struct heard *h,
                                     enum heard_phone phone,
                                     enum exit_state least, int64_t from_ms)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->at[i].slot_ms >= from_ms &&
            heard_message(&h->at[i], phone, least))
            return &h->at[i];
    return NULL;
}

size_t heard_count(const struct heard *h, enum heard_phone phone,
                   enum exit_state least, int64_t from_ms, int64_t until_ms)
{
    size_t n = 0;
    for (size_t i = 0; i < h->count; i++)
        n += h->at[i].slot_ms >= from_ms && h->at[i].slot_ms < until_ms &&
             heard_message(&h->at[i], phone, least);
    return n;
}

const struct heard_slot *heard_at(const struct heard *h, int64_t slot_ms)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->at[i].slot_ms == slot_ms)
            return &h->at[i];
    return NULL;
}

bool heard_same(const struct heard *a, const struct heard *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct heard_slot *x = &a->at[i], *y = &b->at[i];
        if (x->slot_ms != y->slot_ms || x->state != y->state)
            return false;
        for (int p = 0; p < PHONE_COUNT; p++)
            if (x->reason[p] != y->reason[p])
                return false;
    }
    return true;
}
