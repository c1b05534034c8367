/* The messages of one run to the channels beside the phone: side by side, one
 * to each at a time. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "alert/draft.h"
#include "run/channels_internal.h"
#include "run/faults.h"
#include "run/phone.h"
#include "sys/log.h"

void channels_settle(struct run *r, const struct channel_job *j,
                     enum delivery_outcome outcome,
                     const struct channel_result *result, const char *reason)
{
    const char *name = channel_set[j->channel].channel->name;
    struct delivery d = { .outcome = outcome, .at_ms = r->exchange_ms };
    struct owed_list *list;
    size_t kept = 0;

    if (j->unrecorded || j->plain)
        return;
    snprintf(d.intent, sizeof(d.intent), "%s", j->intent.id);
    snprintf(d.grid, sizeof(d.grid), "%s", j->intent.grid);
    snprintf(d.channel, sizeof(d.channel), "%s", name);
    if (result) {
        d.tries = result->tries;
        d.http_status = result->status;
        snprintf(d.request, sizeof(d.request), "%s", result->request);
    }
    if (outcome == DELIVERY_GROUPED)
        memcpy(d.with, j->with, sizeof(d.with));
    utf8_cut_line(reason, DELIVERY_REASON_POINTS, d.reason);
    run_put_delivery(r, &d);
    list = channels_list(r, j->grid);
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->list[i].id, j->intent.id) != 0 ||
            strcmp(list->list[i].channel, name) != 0)
            list->list[kept++] = list->list[i];
    }
    list->count = kept;
}

/* Nothing more to this channel in this run. */
static void give_up(struct run *r, struct channel_job *j,
                    const struct error *why)
{
    struct error err = *why;
    channels_of(r)->seen[j->channel].broken = true;
    j->fate = JOB_OVER;
    error_wrap(&err, "alert '%s'",
               j->intent.id[0] ? j->intent.id : j->intent.title);
    run_note(r, RUN_NOT_DELIVERED, &err);
}

/* The committed text, but of a siren that does not ring, the line about the
 * others, the one about the record. */
static void body_of(const struct run *r, const struct channel_job *j, char *out,
                    size_t size, char commit[STORE_ID_SIZE])
{
    struct message_run whole = { .intent = j->intent,
                                 .decided_now = j->decided_now,
                                 .unrecorded = j->unrecorded };
    char text[INTENT_BODY_MAX + 96];

    if (j->unrung)
        intent_unrung(&j->intent, whole.intent.body);
    size_t len = strlen(whole.intent.body);
    snprintf(out, size, "%s", whole.intent.body);
    if (j->plain)
        return;
    run_message_body(r, &whole, text, sizeof(text), commit);
    snprintf(out + len, size - len, "%s%s", j->also, text + len);
}

static bool start(struct run *r, struct channel_job *j)
{
    const struct channel_row *row = &channel_set[j->channel];
    char title[INTENT_TITLE_MAX + 32], commit[STORE_ID_SIZE] = "";
    char body[INTENT_BODY_MAX + sizeof(j->also) + 96];
    struct draft named = { .out = title, .size = sizeof(title) };
    struct channel_options options;
    struct error err = { FAULT_NONE, "" };

    channel_set_options(row, r->config, &options);
    draft_put(&named, "%s", j->intent.title);
    if (j->others)
        draft_put(&named, " and %zu more", j->others);
    body_of(r, j, body, sizeof(body), commit);
    const struct channel_message message = {
        .title = title,
        .body = body,
        .priority = j->unrung ? 0 : (int)j->intent.priority,
        .intent = j->unrecorded ? "" : j->intent.id,
        .reason = alert_reason_name(j->intent.reason),
        .state = exit_state_name(j->intent.state),
        .grid = j->intent.grid,
        .symbol = j->intent.symbol,
        .commit = commit,
        .slot_ms = j->intent.slot_ms,
    };
    if (run_pool(r, &err) || channel_add(&j->call, row->channel, r->pool,
                                         &options, &message, &err)) {
        give_up(r, j, &err);
        return false;
    }
    j->fate = JOB_UNDER_WAY;
    return true;
}

/* The first that waits for each channel. */
static size_t start_next(struct run *r, struct channel_job *jobs, size_t count)
{
    size_t started = 0;
    for (size_t k = 0; k < CHANNEL_SET; k++) {
        bool under_way = false;
        for (size_t i = 0; i < count && !under_way; i++) {
            struct channel_job *j = &jobs[i];
            if (j->channel == k && j->fate == JOB_WAITS &&
                !channels_of(r)->seen[k].broken)
                under_way = start(r, j);
        }
        started += under_way;
    }
    return started;
}

static void accept(struct run *r, struct channel_job *j,
                   const struct channel_result *result)
{
    j->delivered = true;
    channels_settle(r, j, DELIVERY_ACCEPTED, result,
                    j->unrung ? DELIVERY_UNRUNG : "");
    if (j->message)
        j->message->told_elsewhere = true;
    if (!run_has_channel(r) && !j->plain)
        run_faults_accepted(r, &j->intent);
    log_event(LOG_LEVEL_INFO, "alert-sent",
              "grid=%s intent=%s reason=%s channel=%s tries=%d", j->intent.grid,
              j->intent.id, alert_reason_name(j->intent.reason),
              channel_set[j->channel].channel->name, result->tries);
}

static void fail(struct run *r, struct channel_job *j,
                 const struct channel_result *result)
{
    const char *name = channel_set[j->channel].channel->name;
    struct channel_seen *seen = &channels_of(r)->seen[j->channel];
    char text[LOG_VALUE_MAX];
    struct error err;

    if (result->outcome == CHANNEL_REFUSED) {
        channels_settle(r, j, DELIVERY_REFUSED, result, result->reason);
        memcpy(seen->reason, result->reason, sizeof(seen->reason));
        seen->status = result->status;
    } else {
        seen->broken = true;
    }
    log_event(LOG_LEVEL_ERROR, "alert-failed",
              "grid=%s intent=%s channel=%s outcome=%s why=%s", j->intent.grid,
              j->intent.id, name, channel_outcome_name(result->outcome),
              log_value(result->reason, text));
    error_set(&err, FAULT_TRANSIENT, "alert '%s' was not delivered by %s: %s",
              j->intent.id[0] ? j->intent.id : j->intent.title, name,
              result->reason);
    run_note(r, RUN_NOT_DELIVERED, &err);
}

static void take_grouped(struct run *r, struct channel_job *j)
{
    j->fate = JOB_OVER;
    j->delivered = true;
    channels_settle(r, j, DELIVERY_GROUPED, NULL, "");
    if (j->message)
        j->message->told_elsewhere = true;
    log_event(LOG_LEVEL_INFO, "alert-grouped",
              "grid=%s intent=%s with=%s channel=%s", j->intent.grid,
              j->intent.id, j->with, channel_set[j->channel].channel->name);
}

/* Accepted, they were told; refused for good, they go out by themselves; else
 * all of them are owed still. */
static void take_followers(struct run *r, struct channel_job *jobs,
                           size_t count, const struct channel_job *lead,
                           enum channel_outcome outcome)
{
    for (size_t i = 0; lead->others && i < count; i++) {
        struct channel_job *j = &jobs[i];
        if (j->fate != JOB_FOLLOWS || j->channel != lead->channel ||
            strcmp(j->with, lead->intent.id) != 0)
            continue;
        if (outcome == CHANNEL_DELIVERED)
            take_grouped(r, j);
        else
            j->fate = outcome == CHANNEL_REFUSED ? JOB_WAITS : JOB_OVER;
    }
}

static enum channel_outcome take(struct run *r, struct channel_job *j)
{
    struct channel_seen *seen = &channels_of(r)->seen[j->channel];
    struct channel_result result;

    channel_take(&j->call, &result);
    channel_call_release(&j->call);
    j->fate = JOB_OVER;
    if (result.outcome != CHANNEL_LATER) {
        seen->asked = true;
        seen->refused = result.outcome == CHANNEL_REFUSED;
    }
    if (result.outcome == CHANNEL_DELIVERED)
        accept(r, j, &result);
    else
        fail(r, j, &result);
    return result.outcome;
}

void channels_send_jobs(struct run *r, struct channel_job *jobs, size_t count)
{
    struct error err = { FAULT_NONE, "" };

    while (start_next(r, jobs, count)) {
        int rc = http_pool_run(r->pool, r->deadline_ms, &err);
        for (size_t i = 0; i < count; i++) {
            if (jobs[i].fate != JOB_UNDER_WAY)
                continue;
            if (rc)
                channel_call_release(&jobs[i].call);
            if (rc)
                give_up(r, &jobs[i], &err);
            else
                take_followers(r, jobs, count, &jobs[i], take(r, &jobs[i]));
        }
    }
}
