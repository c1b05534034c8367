/* notify and confirm: what was decided goes out, what was answered is kept.
 *
 * The newest open message of a grid is sent, alone or by one of another grid
 * (bundle.h); older ones of the same grid are superseded, unless they were
 * decided in the same run. Without a channel
 * nothing is sent and nothing is lost: the messages stay open and the run
 * fails with 75. Messages about the service go last. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "notify/pushover.h"
#include "run/bundle.h"
#include "run/channels.h"
#include "run/faults.h"
#include "run/message_picture.h"
#include "run/outcry.h"
#include "run/phone.h"
#include "run/roll_call.h"
#include "run/siren.h"
#include "sys/fault_point.h"
#include "sys/log.h"

#define CHANNEL          DELIVERY_MAIN
#define RUNBOOK_URL      (CONFIG_TEXT + 64)
#define SUBJECT_MESSAGES 3 /* whose grids the subject names */

/* A siren that was acknowledged before it could be sent. */
static bool is_answered(const struct run *r, const struct message_run *m)
{
    const struct alert_siren *s = &r->grids[m->grid].alert.siren;
    return s->acknowledged_ms != MOMENT_NONE &&
           strcmp(s->intent, m->intent.id) == 0;
}

/* A stop that is dated ahead stops nothing yet. */
static bool is_of_stopped(const struct run *r, const struct message_run *m)
{
    return m->grid != MESSAGE_OF_SERVICE &&
           grid_status_at(&r->grids[m->grid].grid, r->exchange_ms) ==
               GRID_IS_STOPPED;
}

/* A later message of the same grid makes this one old; but that the state is
 * not known, or known again, does not replace what the state was. Nobody rings
 * for a grid that was stopped. */
static bool is_superseded(const struct run *r, size_t i)
{
    const struct message_run *m = &r->messages[i];
    if (m->grid == MESSAGE_OF_SERVICE)
        return run_faults_superseded(r, &m->intent) ||
               run_watch_superseded(r, i);
    if (m->intent.reason != ALERT_RANGE_BACK && is_of_stopped(r, m))
        return true;
    if (is_answered(r, m))
        return true;
    for (size_t k = i + 1; k < r->message_count; k++) {
        if (r->messages[k].grid == m->grid &&
            (alert_reason_of_sight(m->intent.reason) ||
             !alert_reason_of_sight(r->messages[k].intent.reason)))
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

static void supersede(struct run *r, struct message_run *m)
{
    settle_delivery(r, m, DELIVERY_SUPERSEDED);
    if (is_of_stopped(r, m))
        snprintf(m->delivery.reason, sizeof(m->delivery.reason),
                 "the grid was stopped");
}

/* Where the record of a message is. */
static void record_line(const struct run *r, const struct message_run *m,
                        char *out, size_t size, char commit[STORE_ID_SIZE])
{
    struct civil c = moment_civil(m->intent.slot_ms);
    char tip[STORE_ID_SIZE] = "";
    const char *record = m->unrecorded ? "" : r->commit;
    if (!m->decided_now && store_tip(r->store, tip))
        record = tip;
    snprintf(commit, STORE_ID_SIZE, "%s", record);
    snprintf(out, size, "%s%.7s, slot %04d-%02d-%02d %02d:%02d UTC",
             record[0] ? "Record " : "Not recorded", record, c.year, c.month,
             c.day, c.hour, c.minute);
}

void run_message_body(const struct run *r, const struct message_run *m,
                      char *out, size_t size, char commit[STORE_ID_SIZE])
{
    char record[96];
    record_line(r, m, record, sizeof(record), commit);
    snprintf(out, size, "%s%s", m->intent.body, record);
}

/* The committed text, but of a siren that does not ring, the line about the
 * others and the one about the record: the last is never cut. */
static void body_of(const struct run *r, const struct message_run *m,
                    const struct bundle *b, size_t place, char *out,
                    size_t size)
{
    char record[96], commit[STORE_ID_SIZE], text[INTENT_BODY_MAX];
    record_line(r, m, record, sizeof(record), commit);
    if (run_siren_forgotten(r, m))
        intent_unrung(&m->intent, text);
    snprintf(out, size, "%s",
             run_siren_forgotten(r, m) ? text : m->intent.body);
    size_t taken = utf8_count(out) + utf8_count(record);
    if (b && taken < PUSHOVER_BODY_MAX)
        bundle_line(r, b, place, PUSHOVER_BODY_MAX - taken, out, size);
    size_t len = strlen(out);
    snprintf(out + len, size - len, "%s", record);
}

static void fill_delivery(struct delivery *d, const struct pushover_result *p)
{
    d->tries = p->tries;
    d->http_status = p->status;
    snprintf(d->request, sizeof(d->request), "%s", p->request);
    snprintf(d->receipt, sizeof(d->receipt), "%s", p->receipt);
    utf8_cut_line(p->reason, DELIVERY_REASON_POINTS, d->reason);
}

static int64_t priority_of(const struct run *r, const struct message_run *m)
{
    return run_siren_forgotten(r, m) ? 0 : m->intent.priority;
}

/* What the phone says when it was: its slot, or the look that decided it. */
static int64_t happened_ms(const struct run *r, const struct message_run *m)
{
    int64_t at_ms = r->exchange_ms;
    if (m->path[0])
        at_ms = record_place_of(m->path).time_ms;
    return intent_is_of_look(&m->intent, at_ms) ? at_ms : m->intent.slot_ms;
}

/* docs/runbook.md has a section for each reason. */
static const char *runbook_of(const struct run *r, const struct intent *i,
                              char out[RUNBOOK_URL])
{
    const char *page = r->config->notify.runbook_url;
    snprintf(out, RUNBOOK_URL, "%s#%s", page, alert_reason_name(i->reason));
    return page[0] ? out : NULL;
}

/* `b` and `place`: whom it stands for; NULL: nobody else. */
static int send(struct run *r, struct message_run *m, const struct bundle *b,
                size_t place, const struct text *png,
                struct pushover_result *out, struct error *err)
{
    char title[INTENT_TITLE_MAX + 16], body[UTF8_ROOM(PUSHOVER_BODY_MAX)];
    char url[RUNBOOK_URL];
    const char *runbook = runbook_of(r, &m->intent, url);
    int64_t priority = priority_of(r, m);

    snprintf(title, sizeof(title), "%s", m->intent.title);
    if (b)
        bundle_title(b, place, title, sizeof(title));
    body_of(r, m, b, place, body, sizeof(body));
    const struct pushover_message message = {
        .title = title,
        .body = body,
        .priority = (int)priority,
        .url = runbook,
        .url_title = runbook ? "What to do: the runbook" : NULL,
        .tag = priority == 2 ? m->intent.tag : NULL,
        .retry_s = (int)m->intent.retry_s,
        .expire_s = (int)m->intent.expire_s,
        .timestamp_s = happened_ms(r, m) / 1000,
        .picture = png->len ? png->data : NULL,
        .picture_len = png->len,
    };
    return run_ring(r, &message, out, err);
}

static void deliver(struct run *r, struct message_run *m,
                    const struct bundle *b, size_t place)
{
    struct pushover_result result = { .outcome = PUSHOVER_LATER };
    struct error err = { FAULT_NONE, "" };
    struct run_picture picture;
    char text[LOG_VALUE_MAX];

    if (r->phone_down)
        return; /* it stays open */
    FAULT_POINT("before-send");
    run_picture_of(r, m, &picture);
    int rc = send(r, m, b, place, &picture.png, &result, &err);
    fill_delivery(&m->delivery, &result);
    run_picture_end(&picture, &result, m);
    if (rc) {
        error_wrap(&err, "alert '%s'", m->intent.id);
        run_note(r, RUN_NOT_DELIVERED, &err);
        return;
    }
    FAULT_POINT("after-send");
    if (result.outcome == PUSHOVER_DELIVERED) {
        settle_delivery(r, m, DELIVERY_ACCEPTED);
        if (run_siren_forgotten(r, m) && !m->delivery.reason[0])
            snprintf(m->delivery.reason, sizeof(m->delivery.reason),
                     DELIVERY_UNRUNG);
        run_faults_accepted(r, &m->intent);
        log_event(LOG_LEVEL_INFO, "alert-sent",
                  "grid=%s intent=%s reason=%s priority=%" PRId64 " tries=%d",
                  m->intent.grid, m->intent.id,
                  alert_reason_name(m->intent.reason), priority_of(r, m),
                  result.tries);
        return;
    }
    if (result.outcome == PUSHOVER_REFUSED) {
        settle_delivery(r, m, DELIVERY_REFUSED);
        run_faults_refused(r, &m->intent, result.reason);
    }
    r->phone_down = result.outcome == PUSHOVER_LATER && run_channels_any(r);
    log_event(LOG_LEVEL_ERROR, "alert-failed",
              "grid=%s intent=%s outcome=%s why=%s", m->intent.grid,
              m->intent.id, pushover_outcome_name(result.outcome),
              log_value(result.reason, text));
    error_set(&err, FAULT_TRANSIENT, "alert '%s' was not delivered: %s",
              m->intent.id, result.reason);
    run_note(r, RUN_NOT_DELIVERED, &err);
}

/* The other channels have it on lists of their own. */
static void leave_to_others(struct run *r, struct message_run *m)
{
    settle_delivery(r, m, DELIVERY_SUPERSEDED);
    snprintf(m->delivery.reason, sizeof(m->delivery.reason),
             "Pushover is not set up");
}

/* What could not be committed is no intent yet; a grid's alert goes out all the
 * same, a fault is told when it can be remembered. */
static bool is_to_send(const struct run *r, const struct message_run *m,
                       bool of_service)
{
    if (m->fate != MESSAGE_OPEN ||
        (m->grid == MESSAGE_OF_SERVICE) != of_service)
        return false;
    return !of_service || !m->decided_now ||
           r->not_recorded.fault == FAULT_NONE;
}

static void send_of_service(struct run *r)
{
    for (size_t i = 0; i < r->message_count; i++) {
        struct message_run *m = &r->messages[i];
        if (!is_to_send(r, m, true))
            continue;
        if (is_superseded(r, i))
            supersede(r, m);
        else if (run_has_channel(r))
            deliver(r, m, NULL, 0);
        else if (run_channels_any(r))
            leave_to_others(r, m);
    }
}

/* What the leader's answer is to one that it stands for. */
static void follow(struct run *r, const struct message_run *lead,
                   struct message_run *m)
{
    if (lead->fate != MESSAGE_FINAL)
        return;
    if (lead->delivery.outcome != DELIVERY_ACCEPTED) {
        deliver(r, m, NULL, 0);
        return;
    }
    settle_delivery(r, m, DELIVERY_GROUPED);
    memcpy(m->delivery.with, lead->intent.id, sizeof(m->delivery.with));
    log_event(LOG_LEVEL_INFO, "alert-grouped", "grid=%s intent=%s with=%s",
              m->intent.grid, m->intent.id, lead->intent.id);
}

static void send_bundle(struct run *r, const struct bundle *b)
{
    for (size_t i = 0; i < b->count; i++) {
        if (b->lead[i] == i)
            deliver(r, &r->messages[b->message[i]], b, i);
    }
    for (size_t i = 0; i < b->count; i++) {
        if (b->lead[i] != i)
            follow(r, &r->messages[b->message[b->lead[i]]],
                   &r->messages[b->message[i]]);
    }
}

static void leave_all_to_others(struct run *r, const struct bundle *b)
{
    for (size_t i = 0; i < b->count; i++)
        leave_to_others(r, &r->messages[b->message[i]]);
}

static void send_of_grids(struct run *r)
{
    struct bundle b;
    for (size_t i = 0; i < r->message_count; i++) {
        if (is_to_send(r, &r->messages[i], false) && is_superseded(r, i))
            supersede(r, &r->messages[i]);
    }
    bundle_make(r, &b);
    if (run_has_channel(r))
        send_bundle(r, &b);
    else if (run_channels_any(r))
        leave_all_to_others(r, &b);
    bundle_release(&b);
}

int run_notify(struct run *r)
{
    struct error err;
    size_t left = 0;

    if (r->options->dry_run)
        return 0;
    run_siren_cancel(r);
    send_of_grids(r);
    send_of_service(r);
    run_channels_send(r);
    for (size_t i = 0; i < r->message_count; i++)
        left += r->messages[i].fate == MESSAGE_OPEN;
    if (left && !run_has_channel(r)) {
        error_set(&err, FAULT_CONFIG,
                  "%zu alert%s for a channel: set PUSHOVER_TOKEN and "
                  "PUSHOVER_USER",
                  left, left == 1 ? " waits" : "s wait");
        run_note(r, RUN_NOT_DELIVERED, &err);
    }
    return 0;
}

static size_t drop_open(struct open_intent *open, size_t count, const char *id)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(open[i].id, id) != 0)
            open[kept++] = open[i];
    }
    return kept;
}

/* Takes a settled message off the list of open ones. */
static void close_intent(struct run *r, const struct message_run *m)
{
    struct service_document *d = &r->service;
    if (m->grid == MESSAGE_OF_SERVICE) {
        d->open_count = drop_open(d->open, d->open_count, m->intent.id);
        r->service_changed = true;
        return;
    }
    struct grid_run *g = &r->grids[m->grid];
    size_t kept = drop_open(g->open, g->open_count, m->intent.id);
    g->state_changed |= kept != g->open_count;
    g->open_count = kept;
}

static void confirm_one(struct run *r, struct message_run *m)
{
    m->confirmed = true;
    if (!m->unrecorded) {
        run_put_delivery(r, &m->delivery);
        close_intent(r, m);
        run_siren_delivered(r, m);
        run_siren_shared(r, m);
    } else if (m->delivery.outcome == DELIVERY_ACCEPTED || m->told_elsewhere) {
        run_remember_unrecorded(r, m->intent.grid, &m->next);
    }
}

static void put_states(struct run *r)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        if (r->grids[i].state_changed)
            run_put_state(r, &r->grids[i]);
        r->grids[i].state_changed = false;
    }
}

/* One commit of what was answered, and of what that says of the service. False
 * when there was nothing to say. */
static bool confirm(struct run *r)
{
    struct error err;
    struct text whose = TEXT_INIT(SUBJECT_MESSAGES * GRID_ID_MAX);
    size_t settled = 0;

    for (size_t i = 0; i < r->message_count; i++) {
        struct message_run *m = &r->messages[i];
        if (m->fate != MESSAGE_FINAL || m->confirmed)
            continue;
        confirm_one(r, m);
        if (settled++ < SUBJECT_MESSAGES)
            text_printf(&whose, "%s%s", whose.len ? ", " : "", m->intent.grid);
    }
    put_states(r);
    run_faults_settle(r);
    text_clear(&r->subject);
    if (settled)
        text_printf(&r->subject, "delivery of %zu message%s: %s%s", settled,
                    settled == 1 ? "" : "s", text_str(&whose),
                    settled > SUBJECT_MESSAGES ? ", ..." : "");
    else
        text_puts(&r->subject, "audit events");
    text_release(&whose);
    if (!r->changes.count)
        return false;
    r->not_recorded = (struct error){ FAULT_NONE, "" };
    FAULT_POINT("before-confirm");
    if (run_commit(r, &err)) {
        r->not_recorded = err;
        run_note(r, RUN_NOT_RECORDED, &err);
    }
    FAULT_POINT("after-confirm");
    return true;
}

static bool any_unsent(const struct run *r)
{
    bool any = false;
    for (size_t i = 0; i < r->message_count; i++)
        any |= is_to_send(r, &r->messages[i], true) &&
               r->messages[i].delivery.tries == 0;
    return any;
}

/* As long as the channel takes nothing, nobody hears what is decided. */
static void note_deaf_channel(struct run *r)
{
    const struct service_fault *f = run_fault(r, FAULT_CLASS_CHANNEL, "run");
    struct error err;
    if (!f)
        return;
    error_set(&err, FAULT_REFUSED, "the channel takes no message: %s", f->what);
    run_note(r, RUN_NOT_DELIVERED, &err);
}

/* A message that the confirmation decided is sent and confirmed, too. */
static bool confirm_all(struct run *r)
{
    bool settled = confirm(r);
    if (any_unsent(r)) {
        send_of_service(r);
        run_channels_send(r);
        settled |= confirm(r);
    }
    return settled;
}

/* Everybody was told: what is left of the run is for Git. What a push finds
 * out that people are to know is pushed by one more. */
static void push_last(struct run *r, bool settled)
{
    r->rang = true;
    if (settled || r->push_late)
        run_push(r);
    if (r->tells_people && confirm_all(r))
        run_push(r);
}

/* A refusal is told by a message of its own, decided with the confirmation. */
int run_confirm(struct run *r)
{
    if (r->options->dry_run)
        return 0;
    push_last(r, confirm_all(r));
    note_deaf_channel(r);
    if (r->not_recorded.fault != FAULT_NONE)
        run_outcry(r, OUTCRY_RECORD, &r->not_recorded);
    else if (r->commit[0])
        run_outcry_mended(r);
    return 0;
}
