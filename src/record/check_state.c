/* What the table cannot say about a state document. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "record/check_internal.h"

static void check_memory(const struct exit_memory *m, const struct checker *k)
{
    bool latched = m->latch.side != SIDE_NONE;
    if (is_there(m->since_ms) != (m->known != STATE_UNKNOWN))
        checker_say(k, "exit.since",
                    "must be there if and only if a state is known");
    if (is_there(m->episode_ms) != (m->known > STATE_NORMAL))
        checker_say(k, "exit.episode",
                    "must be there if and only if the known state is above "
                    "NORMAL");
    if (latched != is_there(m->latch.at_ms) || latched != !isnan(m->latch.stop))
        checker_say(k, "exit.latch",
                    "at and stop must be there if and only if there is a side");
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        char path[64];
        snprintf(path, sizeof(path), "exit.triggers[%d].since", i);
        if (m->triggers[i].active != is_there(m->triggers[i].since_ms))
            checker_say(k, path, "must be there if and only if it is active");
        if (i == M_STOP)
            check_by_look(k, path, m->triggers[i].since_ms, m->slot_ms);
        else
            check_no_later(k, path, m->triggers[i].since_ms, m->slot_ms);
    }
    check_no_later(k, "exit.blind", m->blind_ms, m->slot_ms);
    check_no_later(k, "exit.crisis", m->crisis_ms, m->slot_ms);
    check_by_look(k, "exit.since", m->since_ms, m->slot_ms);
    check_no_later(k, "exit.unknown_since", m->unknown_since_ms, m->slot_ms);
    check_no_later(k, "exit.episode", m->episode_ms, m->slot_ms);
    check_by_look(k, "exit.latch", m->latch.at_ms, m->slot_ms);
    check_no_later(k, "exit.scanned", m->scanned_ms, m->slot_ms);
}

static void check_hour(const struct checker *k, const char *path, int64_t ms,
                       int64_t slot_ms)
{
    if (is_there(ms) && ms % MS_PER_HOUR)
        checker_say(k, path, "is not on the hour");
    check_no_later(k, path, ms, slot_ms);
}

static void check_counts(const struct exit_memory *m, const struct checker *k)
{
    const struct reversion *r = &m->counts.reversion;
    if (!r->side && (r->since || r->failed))
        checker_say(k, "exit.counts.reversion",
                    "since must be 0 and failed false without a side");
    check_hour(k, "exit.counts.reversion.until", m->counts.reversion_ms,
               m->slot_ms);
}

static void check_baseline(const struct exit_memory *m, const struct checker *k)
{
    const struct baseline *b = &m->baseline;
    bool taken = is_there(b->at_ms);
    check_hour(k, "exit.baseline.at", b->at_ms, m->slot_ms);
    if (!taken && !(isnan(b->half_life.v) && isnan(b->sigma_st.v) &&
                    isnan(b->ver_mean.v)))
        checker_say(k, "exit.baseline.at",
                    "is null although something was measured");
    if (b->identified && isnan(b->half_life.v))
        checker_say(k, "exit.baseline.identified",
                    "cannot be true without a half-life");
}

/* The fills that are known one by one are the newest of the books. */
static void check_known(const struct holding *h, const struct checker *k)
{
    int64_t newer = h->unsettled ? h->books.count - h->settled.count : 0;

    if (!h->booked || !h->known_count)
        return;
    if ((int64_t)h->known_count > newer)
        checker_say(k, "holding.books.known",
                    "must not be more than the fills that are not settled");
    if (h->known[h->known_count - 1].id != h->books.last_id)
        checker_say(k, "holding.books.known", "must end with last_id");
}

void check_owed(const struct owed_list *owed, const struct checker *k)
{
    const struct owed_message *m = owed->list;
    for (size_t i = 0; i < owed->count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(m[i].id, m[j].id) &&
                !strcmp(m[i].channel, m[j].channel))
                checker_say(k, "owed", "'%s' is there twice for %s", m[i].id,
                            m[i].channel);
}

void check_state(const void *document, const struct checker *k)
{
    const struct state_document *d = document;
    check_memory(&d->exit, k);
    check_counts(&d->exit, k);
    check_baseline(&d->exit, k);
    for (int i = 0; i < STATE_COUNT; i++)
        check_no_later(k, "alert.said_at", d->alert.said_ms[i],
                       d->exit.slot_ms);
    if ((d->siren.by[0] != 0) != (d->siren.by_tag[0] != 0))
        checker_say(k, "siren_by_tag",
                    "must be there if and only if siren_by is");
    if (d->siren.by[0] && !d->siren.receipt[0])
        checker_say(k, "siren_by", "must be null without a receipt");
    for (size_t i = 0; i < d->open_count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(d->open[i].id, d->open[j].id))
                checker_say(k, "open_intents", "'%s' is there twice",
                            d->open[i].id);
    check_known(&d->holding, k);
    check_owed(&d->owed, k);
}
