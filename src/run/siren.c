#include "run/siren.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/phone.h"
#include "run/watched.h"
#include "sys/clock.h"
#include "sys/log.h"

static bool is_unanswered(const struct grid_run *g)
{
    const struct alert_siren *s = &g->alert.siren;
    return s->intent[0] && s->acknowledged_ms == MOMENT_NONE && !s->expired &&
           g->siren.receipt[0];
}

/* The message that rings for the siren of a grid, and its tag. */
struct sound {
    const char *intent, *tag;
};

static struct sound sound_of(const struct grid_run *g,
                             const struct alert_siren *siren)
{
    if (g->siren.by[0])
        return (struct sound){ g->siren.by, g->siren.by_tag };
    return (struct sound){ siren->intent, siren->tag };
}

static bool is_due(const struct run *r, const struct grid_run *g)
{
    return g->first_due_ms != MOMENT_NONE && g->first_due_ms <= r->slot_ms;
}

static void forget_cancel(struct grid_run *g)
{
    g->siren.cancel[0] = g->siren.cancel_tag[0] = '\0';
    g->siren.cancel_until_ms = 0;
    g->state_changed |= !g->unrecorded;
}

/* What was answered on the phone is quiet: nobody has to cancel it. */
static void forget_cancels_of(struct run *r, const char *intent)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        if (strcmp(r->grids[i].siren.cancel, intent) == 0)
            forget_cancel(&r->grids[i]);
    }
}

/* Clocks differ: nothing was acknowledged later than now. */
static void take_acknowledgement(struct run *r, struct grid_run *g,
                                 const struct pushover_receipt *said)
{
    int64_t at_ms = said->acknowledged_s * 1000;
    if (at_ms > r->exchange_ms)
        at_ms = r->exchange_ms;
    if (at_ms <= g->siren.phone_ms)
        return;
    g->siren.phone_ms = at_ms;
    g->phone_news = true;
    snprintf(g->device, sizeof(g->device), "%s", said->device);
    forget_cancels_of(r, sound_of(g, &g->alert.siren).intent);
    log_event(LOG_LEVEL_INFO, "siren-acknowledged", "grid=%s intent=%s by=%s",
              g->grid.id, g->alert.siren.intent,
              said->device[0] ? said->device : "unknown");
}

/* A siren that has no ring left before its end is over. */
static void take_receipt(struct run *r, struct grid_run *g,
                         const struct pushover_receipt *said)
{
    int64_t retry_ms = r->config->alert.siren_retry_s * 1000;
    int64_t ends_ms = said->expires_s * 1000;

    if (said->acknowledged) {
        take_acknowledgement(r, g, said);
        return;
    }
    g->siren.until_ms = ends_ms;
    g->siren_fact = said->expired || ends_ms - r->exchange_ms < retry_ms
                        ? SIREN_EXPIRED
                        : SIREN_RINGS;
}

static bool is_to_ask(const struct run *r, const struct grid_run *g)
{
    return is_unanswered(g) && is_due(r, g);
}

/* One siren rings for several grids: the answer is of each. */
static void take_shared(struct run *r, const struct grid_run *asked,
                        const struct pushover_receipt *said)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        struct grid_run *g = &r->grids[i];
        if (is_to_ask(r, g) &&
            strcmp(g->siren.receipt, asked->siren.receipt) == 0)
            take_receipt(r, g, said);
    }
}

static bool was_asked(const struct run *r, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (is_to_ask(r, &r->grids[i]) &&
            strcmp(r->grids[i].siren.receipt, r->grids[index].siren.receipt) ==
                0)
            return true;
    }
    return false;
}

static void ask(struct run *r, struct grid_run *g, int64_t deadline_ms)
{
    struct pushover_result result;
    struct pushover_receipt said;
    struct error err = { FAULT_NONE, "" };
    char text[LOG_VALUE_MAX];

    int rc =
        run_ask_siren(r, g->siren.receipt, deadline_ms, &result, &said, &err);
    if (!rc && result.outcome == PUSHOVER_DELIVERED) {
        take_shared(r, g, &said);
        return;
    }
    log_event(LOG_LEVEL_WARN, "receipt-unread", "grid=%s intent=%s why=%s",
              g->grid.id, g->alert.siren.intent,
              log_value(rc ? err.msg : result.reason, text));
}

void run_siren_ask(struct run *r)
{
    int64_t deadline_ms = clock_monotonic_ms() + SIREN_BUDGET_MS;
    if (!run_has_channel(r) ||
        run_rest_ms(r) < run_alert_ms(r->config) + SIREN_BUDGET_MS)
        return;
    for (size_t i = 0; i < r->grid_count; i++) {
        struct grid_run *g = &r->grids[i];
        if (is_to_ask(r, g) && !was_asked(r, i) &&
            clock_monotonic_ms() < deadline_ms)
            ask(r, g, deadline_ms);
    }
}

int64_t run_siren_acknowledged_ms(const struct grid_run *g)
{
    int64_t by_file_ms = grid_acknowledged_ms(&g->grid, g->now.slot_ms);
    int64_t by_phone_ms = g->siren.phone_ms;
    return by_phone_ms && by_phone_ms > by_file_ms ? by_phone_ms : by_file_ms;
}

bool run_siren_forgotten(const struct run *r, const struct message_run *m)
{
    return m->intent.priority == 2 && !m->unrecorded &&
           m->grid != MESSAGE_OF_SERVICE &&
           strcmp(r->grids[m->grid].alert.siren.intent, m->intent.id) != 0;
}

/* It was acknowledged, and the phone does not know. */
static bool is_answered_elsewhere(const struct grid_run *g,
                                  const struct alert_siren *before,
                                  const struct alert_siren *after)
{
    return before->intent[0] && strcmp(before->intent, after->intent) == 0 &&
           before->acknowledged_ms == MOMENT_NONE &&
           after->acknowledged_ms != MOMENT_NONE && !g->phone_news;
}

/* When it goes quiet by itself, at the latest. */
static int64_t quiet_ms(const struct run *r, const struct grid_run *g)
{
    int64_t lasts_ms = r->config->alert.siren_expire_s * 1000;
    return g->siren.until_ms ? g->siren.until_ms : r->exchange_ms + lasts_ms;
}

static void want_cancel(const struct run *r, struct siren_record *s,
                        struct sound sound, int64_t until_ms)
{
    if (until_ms <= r->exchange_ms)
        return;
    snprintf(s->cancel, sizeof(s->cancel), "%s", sound.intent);
    snprintf(s->cancel_tag, sizeof(s->cancel_tag), "%s", sound.tag);
    s->cancel_until_ms = until_ms;
}

static void forget_shared(struct siren_record *s)
{
    s->by[0] = s->by_tag[0] = '\0';
}

void run_siren_follow(struct run *r, struct grid_run *g,
                      const struct alert_memory *before,
                      const struct alert_memory *after)
{
    struct siren_record *s = &g->siren;
    bool other = strcmp(before->siren.intent, after->siren.intent) != 0;
    bool cancels = alert_cancels(before, after) && !g->phone_news;

    if (cancels || is_answered_elsewhere(g, &before->siren, &after->siren))
        want_cancel(r, s, sound_of(g, &before->siren), quiet_ms(r, g));
    if (other) {
        s->receipt[0] = '\0';
        s->until_ms = 0;
        forget_shared(s);
    }
    if (!after->open)
        s->phone_ms = 0;
}

void run_siren_orphan(const struct run *r, struct grid_run *g)
{
    if (is_unanswered(g))
        want_cancel(r, &g->siren, sound_of(g, &g->alert.siren), quiet_ms(r, g));
    g->siren.receipt[0] = '\0';
    g->siren.until_ms = 0;
    forget_shared(&g->siren);
}

void run_siren_tell(struct run *r, struct grid_run *g, enum exit_state told)
{
    struct operator_document d = {
        .at_ms = g->phone_ms,
        .action = OPERATOR_ACKNOWLEDGE,
        .note = "from the phone",
        .state = told,
    };
    if (!g->phone_news || g->now.slot_ms != r->slot_ms)
        return;
    g->phone_news = false;
    if (g->exit.episode_ms != MOMENT_NONE)
        d.episode_ms = g->exit.episode_ms;
    memcpy(d.grid, g->grid.id, sizeof(d.grid));
    memcpy(d.by, g->device, sizeof(d.by));
    run_put_operator(r, &d);
}

/* Is there a grid for which a siren with that tag still rings? */
static bool is_needed(const struct run *r, const char *tag)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        if (is_unanswered(g) && g->siren.until_ms > r->exchange_ms &&
            strcmp(sound_of(g, &g->alert.siren).tag, tag) == 0)
            return true;
    }
    return false;
}

/* A second answer about a message that was accepted: of the grid that it was
 * about, whose name the tag begins with. */
static void put_cancelled(struct run *r, const struct siren_record *s,
                          const struct pushover_result *result)
{
    struct delivery d = { .channel = DELIVERY_MAIN,
                          .outcome = DELIVERY_CANCELLED,
                          .at_ms = r->exchange_ms,
                          .tries = result->tries,
                          .http_status = result->status,
                          .reason = "the siren was cancelled" };
    const char *stamp = strrchr(s->cancel_tag, '-');
    snprintf(d.intent, sizeof(d.intent), "%s", s->cancel);
    snprintf(d.grid, sizeof(d.grid), "%.*s",
             stamp ? (int)(stamp - s->cancel_tag) : 0, s->cancel_tag);
    snprintf(d.request, sizeof(d.request), "%s", result->request);
    run_put_delivery(r, &d);
}

/* Every siren with that tag is quiet now: of each message it is said once. */
static void settle_cancelled(struct run *r, const char *tag,
                             const struct pushover_result *result)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct siren_record done = r->grids[i].siren;
        if (strcmp(done.cancel_tag, tag) != 0)
            continue;
        if (!r->grids[i].unrecorded)
            put_cancelled(r, &done, result);
        for (size_t k = i; k < r->grid_count; k++) {
            if (strcmp(r->grids[k].siren.cancel, done.cancel) == 0)
                forget_cancel(&r->grids[k]);
        }
    }
}

static void cancel(struct run *r, struct grid_run *g, int64_t deadline_ms)
{
    struct pushover_result result;
    struct error err = { FAULT_NONE, "" };
    char text[LOG_VALUE_MAX], tag[INTENT_TAG_MAX];

    int rc =
        run_cancel_siren(r, g->siren.cancel_tag, deadline_ms, &result, &err);
    if (rc || result.outcome != PUSHOVER_DELIVERED) {
        log_event(LOG_LEVEL_WARN, "siren-rings", "grid=%s intent=%s why=%s",
                  g->grid.id, g->siren.cancel,
                  log_value(rc ? err.msg : result.reason, text));
        return;
    }
    log_event(LOG_LEVEL_INFO, "siren-cancelled", "grid=%s intent=%s tag=%s",
              g->grid.id, g->siren.cancel, g->siren.cancel_tag);
    memcpy(tag, g->siren.cancel_tag, sizeof(tag));
    settle_cancelled(r, tag, &result);
}

/* The clock is asked first: what follows may walk the history. */
static bool may_cancel(struct run *r, const char *tag, int64_t deadline_ms)
{
    return run_has_channel(r) && clock_monotonic_ms() < deadline_ms &&
           !is_needed(r, tag) && !run_rings_unwatched(r, tag, deadline_ms) &&
           clock_monotonic_ms() < deadline_ms;
}

void run_siren_cancel(struct run *r)
{
    int64_t deadline_ms = clock_monotonic_ms() + SIREN_BUDGET_MS;
    if (deadline_ms > r->deadline_ms)
        deadline_ms = r->deadline_ms;
    for (size_t i = 0; i < r->grid_count; i++) {
        struct grid_run *g = &r->grids[i];
        if (!g->siren.cancel[0])
            continue;
        if (g->siren.cancel_until_ms <= r->exchange_ms)
            forget_cancel(g);
        else if (may_cancel(r, g->siren.cancel_tag, deadline_ms))
            cancel(r, g, deadline_ms);
    }
}

void run_siren_delivered(struct run *r, const struct message_run *m)
{
    if (m->grid == MESSAGE_OF_SERVICE ||
        m->delivery.outcome != DELIVERY_ACCEPTED || !m->delivery.receipt[0])
        return;
    struct grid_run *g = &r->grids[m->grid];
    struct siren_record *s = &g->siren;
    /* By that tag the new one would be silenced. */
    if (strcmp(s->cancel_tag, m->intent.tag) == 0)
        forget_cancel(g);
    if (strcmp(g->alert.siren.intent, m->intent.id) != 0)
        return;
    snprintf(s->receipt, sizeof(s->receipt), "%s", m->delivery.receipt);
    s->until_ms = m->delivery.at_ms + m->intent.expire_s * 1000;
    g->state_changed = true;
}

/* The message of the run with that id, or NULL. */
static const struct message_run *find_message(const struct run *r,
                                              const char *id)
{
    for (size_t i = 0; i < r->message_count; i++) {
        if (strcmp(r->messages[i].intent.id, id) == 0)
            return &r->messages[i];
    }
    return NULL;
}

void run_siren_shared(struct run *r, const struct message_run *m)
{
    const struct message_run *lead = find_message(r, m->delivery.with);
    if (m->delivery.outcome != DELIVERY_GROUPED || !lead ||
        !lead->delivery.receipt[0])
        return;
    struct grid_run *g = &r->grids[m->grid];
    struct siren_record *s = &g->siren;
    if (strcmp(g->alert.siren.intent, m->intent.id) != 0)
        return;
    snprintf(s->receipt, sizeof(s->receipt), "%s", lead->delivery.receipt);
    snprintf(s->by, sizeof(s->by), "%s", lead->intent.id);
    snprintf(s->by_tag, sizeof(s->by_tag), "%s", lead->intent.tag);
    s->until_ms = lead->delivery.at_ms + lead->intent.expire_s * 1000;
    g->state_changed = true;
}
