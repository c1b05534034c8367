/* notify and confirm: what was decided goes out, what was answered is kept.
 *
 * The newest open message of a grid is sent; older ones of the same grid are
 * superseded, unless they were decided in the same run. Without a channel
 * nothing is sent and nothing is lost: the messages stay open and the run
 * fails with 75. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "notify/pushover.h"
#include "run/run_internal.h"
#include "sys/fault_point.h"
#include "sys/log.h"

#define CHANNEL "pushover"

static bool is_about_sight(const struct intent *i)
{
    return i->reason == ALERT_BLIND || i->reason == ALERT_SIGHTED;
}

/* A later message of the same grid makes this one old; but that the state is
 * not known, or known again, does not replace what the state was. Nobody rings
 * for a grid that was stopped. */
static bool is_superseded(const struct run *r, size_t i)
{
    const struct message_run *m = &r->messages[i];
    if (grid_status(&r->grids[m->grid].grid) == GRID_IS_STOPPED)
        return true;
    for (size_t k = i + 1; k < r->message_count; k++) {
        if (r->messages[k].grid == m->grid &&
            (is_about_sight(&m->intent) ||
             !is_about_sight(&r->messages[k].intent)))
            return true;
    }
    return false;
}

static void settle_delivery(struct run *r, struct message_run *m,
                            enum delivery_outcome outcome)
{
    struct delivery *d = &m->delivery;
    snprintf(d->intent, sizeof(d->intent), "%s", m->intent.id);
    snprintf(d->grid, sizeof(d->grid), "%s", m->intent.grid);
    snprintf(d->channel, sizeof(d->channel), "%s", CHANNEL);
    d->outcome = outcome;
    d->at_ms = r->exchange_ms;
    m->fate = MESSAGE_FINAL;
}

/* The committed text, and where its record is. */
static void body_of(const struct run *r, const struct message_run *m, char *out,
                    size_t size)
{
    struct civil c = moment_civil(m->intent.slot_ms);
    char tip[STORE_ID_SIZE] = "";
    const char *record = r->commit;
    if (!m->decided_now && store_tip(r->store, tip))
        record = tip;
    snprintf(out, size, "%s%s%.7s, slot %04d-%02d-%02d %02d:%02d UTC",
             m->intent.body, record[0] ? "Record " : "Not recorded", record,
             c.year, c.month, c.day, c.hour, c.minute);
}

static void fill_delivery(struct delivery *d, const struct pushover_result *p)
{
    d->tries = p->tries;
    d->http_status = p->status;
    snprintf(d->request, sizeof(d->request), "%s", p->request);
    snprintf(d->receipt, sizeof(d->receipt), "%s", p->receipt);
    utf8_cut_line(p->reason, DELIVERY_REASON_POINTS, d->reason);
}

static int send(struct run *r, struct message_run *m,
                struct pushover_result *out, struct error *err)
{
    char body[INTENT_BODY_MAX + 96];
    const struct config *c = r->config;
    struct pushover_options options = PUSHOVER_OPTIONS_INIT;

    body_of(r, m, body, sizeof(body));
    options.base_url = c->notify.pushover_url;
    options.token = c->secrets.pushover_token.text;
    options.user = c->secrets.pushover_user.text;
    options.timeout_ms = c->notify.request_timeout_ms;
    options.max_tries = (int)c->notify.tries;
    options.spacing_ms = c->notify.retry_spacing_ms;
    const struct pushover_message message = {
        .title = m->intent.title,
        .body = body,
        .priority = (int)m->intent.priority,
        .tag = m->intent.priority == 2 ? m->intent.tag : NULL,
        .retry_s = (int)m->intent.retry_s,
        .expire_s = (int)m->intent.expire_s,
        .timestamp_s = m->intent.slot_ms / 1000,
    };
    return pushover_send(r->pool, &options, &message, r->deadline_ms, out, err);
}

static void deliver(struct run *r, struct message_run *m)
{
    struct pushover_result result = { 0 };
    struct error err = { FAULT_NONE, "" };
    char text[LOG_VALUE_MAX];

    FAULT_POINT("before-send");
    if (send(r, m, &result, &err)) {
        error_wrap(&err, "alert '%s'", m->intent.id);
        run_note(r, RUN_NOT_DELIVERED, &err);
        return;
    }
    FAULT_POINT("after-send");
    fill_delivery(&m->delivery, &result);
    if (result.outcome == PUSHOVER_DELIVERED) {
        settle_delivery(r, m, DELIVERY_ACCEPTED);
        log_event(LOG_LEVEL_INFO, "alert-sent",
                  "grid=%s intent=%s reason=%s priority=%" PRId64 " tries=%d",
                  m->intent.grid, m->intent.id,
                  alert_reason_name(m->intent.reason), m->intent.priority,
                  result.tries);
        return;
    }
    if (result.outcome == PUSHOVER_REFUSED)
        settle_delivery(r, m, DELIVERY_REFUSED);
    log_event(LOG_LEVEL_ERROR, "alert-failed",
              "grid=%s intent=%s outcome=%s why=%s", m->intent.grid,
              m->intent.id, pushover_outcome_name(result.outcome),
              log_value(result.reason, text));
    error_set(&err, FAULT_TRANSIENT, "alert '%s' was not delivered: %s",
              m->intent.id, result.reason);
    run_note(r, RUN_NOT_DELIVERED, &err);
}

static bool has_channel(const struct run *r)
{
    return r->config->secrets.pushover_token.text[0] &&
           r->config->secrets.pushover_user.text[0];
}

int run_notify(struct run *r)
{
    struct error err;
    size_t left = 0;

    if (r->options->dry_run)
        return 0;
    for (size_t i = 0; i < r->message_count; i++) {
        struct message_run *m = &r->messages[i];
        if (is_superseded(r, i))
            settle_delivery(r, m, DELIVERY_SUPERSEDED);
        else if (has_channel(r))
            deliver(r, m);
        left += m->fate == MESSAGE_OPEN;
    }
    if (left && !has_channel(r)) {
        error_set(&err, FAULT_CONFIG,
                  "%zu alert%s for a channel: set PUSHOVER_TOKEN and "
                  "PUSHOVER_USER",
                  left, left == 1 ? " waits" : "s wait");
        run_note(r, RUN_NOT_DELIVERED, &err);
    }
    return 0;
}

/* Takes a settled message off its grid's list of open ones. */
static void close_intent(struct grid_run *g, const char *id)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->open_count; i++) {
        if (strcmp(g->open[i].id, id) != 0)
            g->open[kept++] = g->open[i];
    }
    g->state_changed |= kept != g->open_count;
    g->open_count = kept;
}

int run_confirm(struct run *r)
{
    struct error err;
    size_t settled = 0;

    if (r->options->dry_run)
        return 0;
    for (size_t i = 0; i < r->message_count; i++) {
        struct message_run *m = &r->messages[i];
        if (m->fate != MESSAGE_FINAL)
            continue;
        run_put_delivery(r, m);
        if (m->delivery.outcome == DELIVERY_REFUSED) {
            alert_untell(&r->grids[m->grid].alert, &m->intent);
            r->grids[m->grid].state_changed = true;
        }
        close_intent(&r->grids[m->grid], m->intent.id);
        settled++;
    }
    if (!settled)
        return 0;
    for (size_t i = 0; i < r->grid_count; i++) {
        if (r->grids[i].state_changed)
            run_put_state(r, &r->grids[i]);
    }
    text_clear(&r->subject);
    text_printf(&r->subject, "delivery of %zu message%s", settled,
                settled == 1 ? "" : "s");
    if (run_commit(r, &err))
        run_note(r, RUN_NOT_RECORDED, &err);
    FAULT_POINT("after-confirm");
    run_push(r);
    return 0;
}
