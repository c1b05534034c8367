#include "run/siren.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/phone.h"
#include "sys/clock.h"
#include "sys/log.h"

static bool is_unanswered(const struct grid_run *g)
{
    const struct alert_siren *s = &g->alert.siren;
    return s->intent[0] && s->acknowledged_ms == MOMENT_NONE && !s->expired &&
           g->siren.receipt[0];
}

static bool is_due(const struct run *r, const struct grid_run *g)
{
    return g->first_due_ms != MOMENT_NONE && g->first_due_ms <= r->slot_ms;
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

static void ask(struct run *r, struct grid_run *g, int64_t deadline_ms)
{
    struct pushover_result result;
    struct pushover_receipt said;
    struct error err = { FAULT_NONE, "" };
    char text[LOG_VALUE_MAX];

    int rc =
        run_ask_siren(r, g->siren.receipt, deadline_ms, &result, &said, &err);
    if (!rc && result.outcome == PUSHOVER_DELIVERED) {
        take_receipt(r, g, &said);
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
        if (is_unanswered(g) && is_due(r, g) &&
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
                        const struct alert_siren *siren, int64_t until_ms)
{
    if (until_ms <= r->exchange_ms)
        return;
    memcpy(s->cancel, siren->intent, sizeof(s->cancel));
    memcpy(s->cancel_tag, siren->tag, sizeof(s->cancel_tag));
    s->cancel_until_ms = until_ms;
}

void run_siren_follow(struct run *r, struct grid_run *g,
                      const struct alert_memory *before,
                      const struct alert_memory *after)
{
    struct siren_record *s = &g->siren;
    bool other = strcmp(before->siren.intent, after->siren.intent) != 0;
    bool cancels = alert_cancels(before, after) && !g->phone_news;

    if (cancels || is_answered_elsewhere(g, &before->siren, &after->siren))
        want_cancel(r, s, &before->siren, quiet_ms(r, g));
    if (other) {
        s->receipt[0] = '\0';
        s->until_ms = 0;
    }
    if (!after->open)
        s->phone_ms = 0;
}

void run_siren_orphan(const struct run *r, struct grid_run *g)
{
    if (is_unanswered(g))
        want_cancel(r, &g->siren, &g->alert.siren, quiet_ms(r, g));
    g->siren.receipt[0] = '\0';
    g->siren.until_ms = 0;
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

static void forget_cancel(struct grid_run *g)
{
    g->siren.cancel[0] = g->siren.cancel_tag[0] = '\0';
    g->siren.cancel_until_ms = 0;
    g->state_changed |= !g->unrecorded;
}

/* A second answer about a message that was accepted. */
static void put_cancelled(struct run *r, const struct grid_run *g,
                          const struct pushover_result *result)
{
    struct delivery d = { .channel = DELIVERY_MAIN,
                          .outcome = DELIVERY_CANCELLED,
                          .at_ms = r->exchange_ms,
                          .tries = result->tries,
                          .http_status = result->status,
                          .reason = "the siren was cancelled" };
    snprintf(d.intent, sizeof(d.intent), "%s", g->siren.cancel);
    snprintf(d.grid, sizeof(d.grid), "%s", g->grid.id);
    snprintf(d.request, sizeof(d.request), "%s", result->request);
    if (!g->unrecorded)
        run_put_delivery(r, &d);
}

static void cancel(struct run *r, struct grid_run *g, int64_t deadline_ms)
{
    struct pushover_result result;
    struct error err = { FAULT_NONE, "" };
    char text[LOG_VALUE_MAX];

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
    put_cancelled(r, g, &result);
    forget_cancel(g);
}

void run_siren_cancel(struct run *r)
{
    int64_t deadline_ms = clock_monotonic_ms() + SIREN_BUDGET_MS;
    for (size_t i = 0; i < r->grid_count; i++) {
        struct grid_run *g = &r->grids[i];
        if (!g->siren.cancel[0])
            continue;
        if (g->siren.cancel_until_ms <= r->exchange_ms)
            forget_cancel(g);
        else if (run_has_channel(r) && clock_monotonic_ms() < deadline_ms)
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
