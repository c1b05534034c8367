#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/channels_internal.h"
#include "run/faults.h"
#include "run/siren.h"
#include "run/writers.h"
#include "sys/fault_point.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

struct channels_run *channels_of(struct run *r)
{
    if (!r->channels)
        r->channels = xcalloc(1, sizeof(*r->channels));
    return r->channels;
}

void run_channels_release(struct run *r)
{
    if (r->channels)
        free(r->channels->second);
    free(r->channels);
    r->channels = NULL;
}

static bool is_set(const struct run *r, size_t channel)
{
    struct channel_options options;
    return channel_set_options(&channel_set[channel], r->config, &options);
}

bool run_channels_any(const struct run *r)
{
    bool any = false;
    for (size_t i = 0; i < CHANNEL_SET; i++)
        any |= is_set(r, i);
    return any && !r->options->dry_run && !r->options->feed;
}

struct owed_list *channels_list(struct run *r, size_t grid)
{
    if (grid == MESSAGE_OF_SERVICE) {
        r->service_changed = true;
        return &r->service.owed;
    }
    r->grids[grid].state_changed |= !r->grids[grid].unrecorded;
    return &r->grids[grid].owed;
}

/* --- What is owed --------------------------------------------------------- */

void run_channels_watch(struct run *r, struct grid_run *g,
                        const struct alert_now *now,
                        const struct alert_memory *before,
                        const struct alert_memory *after)
{
    char tag[INTENT_TAG_MAX];
    struct channels_run *c;

    if (!run_channels_any(r) || !alert_second_is_due(before, now, after))
        return;
    intent_tag(now->e, tag);
    if (strcmp(tag, g->siren.second) == 0)
        return;
    memcpy(g->siren.second, tag, sizeof(tag));
    c = channels_of(r);
    c->second = xrealloc(c->second, c->second_count + 1, sizeof(*c->second));
    struct second *s = &c->second[c->second_count++];
    *s = (struct second){ .owed = false };
    s->message.grid = (size_t)(g - r->grids);
    s->message.decided_now = true;
    intent_make(now, ALERT_SECOND, &s->message.intent);
}

/* A list that is full forgets what is oldest. */
static void owe(struct run *r, const struct message_run *m, size_t channel)
{
    struct owed_list *l = channels_list(r, m->grid);
    if (l->count == RECORD_OWED_MAX) {
        log_event(LOG_LEVEL_ERROR, "alert-forgotten", "intent=%s channel=%s",
                  l->list[0].id, l->list[0].channel);
        memmove(&l->list[0], &l->list[1], --l->count * sizeof(l->list[0]));
    }
    struct owed_message *o = &l->list[l->count++];
    *o = (struct owed_message){ .id = "" };
    snprintf(o->id, sizeof(o->id), "%s", m->intent.id);
    snprintf(o->path, sizeof(o->path), "%s", m->path);
    snprintf(o->channel, sizeof(o->channel), "%s",
             channel_set[channel].channel->name);
}

static bool takes(const struct run *r, size_t channel, const struct intent *i)
{
    return is_set(r, channel) &&
           channel_set_takes(&channel_set[channel], r->config, i->priority);
}

/* A message that quiet hours lowered is told without a sound, but told. */
static bool wants(const struct run *r, size_t channel,
                  const struct message_run *m)
{
    struct intent aloud = m->intent;
    aloud.priority += m->lowered;
    return takes(r, channel, &aloud);
}

static void owe_seconds(struct run *r)
{
    struct channels_run *c = channels_of(r);
    for (size_t i = 0; i < c->second_count; i++) {
        struct second *s = &c->second[i];
        if (s->owed || r->grids[s->message.grid].unrecorded)
            continue; /* what is not recorded is not remembered: each run */
        s->owed = true;
        if (run_put_intent(r, &s->message))
            continue;
        for (size_t k = 0; k < CHANNEL_SET; k++) {
            if (is_set(r, k))
                owe(r, &s->message, k);
        }
    }
}

void run_channels_owe(struct run *r)
{
    if (!run_channels_any(r))
        return;
    for (size_t i = 0; i < r->message_count; i++) {
        struct message_run *m = &r->messages[i];
        if (!m->decided_now || m->unrecorded || m->owed)
            continue;
        m->owed = true;
        for (size_t k = 0; k < CHANNEL_SET; k++) {
            if (wants(r, k, m))
                owe(r, m, k);
        }
    }
    owe_seconds(r);
}

/* What the phone's service will not take is for those, too, that did not want
 * to hear of it. */
static void owe_refused(struct run *r)
{
    for (size_t i = 0; i < r->message_count; i++) {
        struct message_run *m = &r->messages[i];
        if (m->fate != MESSAGE_FINAL || m->unrecorded || m->spread ||
            m->delivery.outcome != DELIVERY_REFUSED)
            continue;
        m->spread = true;
        for (size_t k = 0; k < CHANNEL_SET; k++) {
            if (is_set(r, k) && !wants(r, k, m))
                owe(r, m, k);
        }
    }
}

/* --- What is sent --------------------------------------------------------- */

struct jobs {
    struct channel_job *list; /* owned */
    size_t count;
};

static struct channel_job *add_job(struct jobs *jobs, size_t channel,
                                   size_t grid)
{
    jobs->list = xrealloc(jobs->list, jobs->count + 1, sizeof(*jobs->list));
    struct channel_job *j = &jobs->list[jobs->count++];
    *j = (struct channel_job){ .channel = channel, .grid = grid };
    return j;
}

/* The message of this run, or NULL. */
static struct message_run *find(struct run *r, const char *id)
{
    struct channels_run *c = channels_of(r);
    for (size_t i = 0; i < r->message_count; i++) {
        if (strcmp(r->messages[i].intent.id, id) == 0)
            return &r->messages[i];
    }
    for (size_t i = 0; i < c->second_count; i++) {
        if (strcmp(c->second[i].message.intent.id, id) == 0)
            return &c->second[i].message;
    }
    return NULL;
}

/* False when nobody can read it any more: it is told as lost. */
static bool load(struct run *r, const struct owed_message *o, size_t grid,
                 struct channel_job *j)
{
    struct intent_document d;
    struct error err;
    struct message_run *m = find(r, o->id);

    j->message = m;
    if (m) {
        j->intent = m->intent;
        j->decided_now = m->decided_now;
        return true;
    }
    j->fate = JOB_OVER;
    if (writers_has(r, o->path))
        return true;
    if (run_read_document(r, RECORD_INTENT, o->path, &d, &err) == 0) {
        j->intent = d.intent;
        j->fate = JOB_WAITS;
        return true;
    }
    const char *subject =
        grid == MESSAGE_OF_SERVICE ? "run" : r->grids[grid].grid.id;
    return !run_tell_lost_message(r, subject, o->path, &err);
}

static size_t channel_named(const char *name)
{
    size_t i = 0;
    while (i < CHANNEL_SET && strcmp(channel_set[i].channel->name, name) != 0)
        i++;
    return i;
}

/* What can be sent of one list; what is nobody's any more leaves it. */
static void load_list(struct run *r, size_t grid, struct jobs *jobs)
{
    const struct owed_list was =
        grid == MESSAGE_OF_SERVICE ? r->service.owed : r->grids[grid].owed;
    size_t kept = 0;

    if (!was.count)
        return;
    struct owed_list now = { 0 };
    for (size_t i = 0; i < was.count; i++) {
        const struct owed_message *o = &was.list[i];
        size_t channel = channel_named(o->channel);
        if (channel == CHANNEL_SET || !is_set(r, channel)) {
            log_event(LOG_LEVEL_WARN, "alert-dropped",
                      "intent=%s channel=%s: it is not set up", o->id,
                      o->channel);
            continue;
        }
        struct channel_job *j = add_job(jobs, channel, grid);
        if (load(r, o, grid, j))
            now.list[kept++] = *o;
    }
    now.count = kept;
    if (kept != was.count)
        *channels_list(r, grid) = now;
}

/* No list has what could not be recorded: it is sent once, as it is decided. */
static void load_unrecorded(struct run *r, struct jobs *jobs)
{
    for (size_t i = 0; i < r->message_count; i++) {
        struct message_run *m = &r->messages[i];
        bool refused =
            m->fate == MESSAGE_FINAL && m->delivery.outcome == DELIVERY_REFUSED;
        if (!m->unrecorded || m->owed)
            continue;
        m->owed = true;
        for (size_t k = 0; k < CHANNEL_SET; k++) {
            if (!is_set(r, k) || !(refused || wants(r, k, m)))
                continue;
            struct channel_job *j = add_job(jobs, k, m->grid);
            j->message = m;
            j->intent = m->intent;
            j->decided_now = j->unrecorded = true;
        }
    }
}

static bool is_replaced_by(const struct intent *older,
                           const struct intent *newer)
{
    return strcmp(older->id, newer->id) != 0 &&
           newer->slot_ms >= older->slot_ms &&
           (alert_reason_of_sight(older->reason) ||
            !alert_reason_of_sight(newer->reason));
}

/* What was decided in this run replaces all that is older, whether the channel
 * is to hear it or not: what is old is not true any more. */
static bool is_replaced(const struct run *r, const struct jobs *jobs, size_t at)
{
    const struct channel_job *j = &jobs->list[at];
    for (size_t i = 0; i < r->message_count && !j->decided_now; i++) {
        const struct message_run *m = &r->messages[i];
        if (m->grid == j->grid && m->decided_now &&
            is_replaced_by(&j->intent, &m->intent))
            return true;
    }
    for (size_t i = at + 1; i < jobs->count; i++) {
        const struct channel_job *k = &jobs->list[i];
        if (k->grid == j->grid && k->channel == j->channel &&
            k->fate != JOB_OVER && is_replaced_by(&j->intent, &k->intent))
            return true;
    }
    return false;
}

static bool has_newer_all_clear(const struct jobs *jobs, size_t at)
{
    const struct channel_job *j = &jobs->list[at];
    bool newer = false;
    for (size_t i = at + 1; i < jobs->count; i++)
        newer |= jobs->list[i].channel == j->channel &&
                 jobs->list[i].intent.reason == ALERT_ALL_CLEAR;
    return newer && j->intent.reason == ALERT_ALL_CLEAR;
}

/* Why it is not sent any more, "" when something newer is; NULL: it is. */
static const char *old_because(const struct run *r, const struct jobs *jobs,
                               size_t at)
{
    const struct channel_job *j = &jobs->list[at];
    if (j->grid == MESSAGE_OF_SERVICE)
        return run_faults_superseded(r, &j->intent) ||
                       has_newer_all_clear(jobs, at)
                   ? ""
                   : NULL;
    const struct grid_run *g = &r->grids[j->grid];
    if (j->intent.reason != ALERT_RANGE_BACK &&
        grid_status_at(&g->grid, r->exchange_ms) == GRID_IS_STOPPED)
        return "the grid was stopped";
    if (g->alert.siren.acknowledged_ms != MOMENT_NONE &&
        (j->intent.reason == ALERT_SECOND ||
         strcmp(g->alert.siren.intent, j->intent.id) == 0))
        return "it was acknowledged";
    return is_replaced(r, jobs, at) ? "" : NULL;
}

static void drop_old(struct run *r, struct jobs *jobs)
{
    for (size_t i = 0; i < jobs->count; i++) {
        struct channel_job *j = &jobs->list[i];
        const char *why = j->fate == JOB_OVER || j->unrecorded
                              ? NULL
                              : old_because(r, jobs, i);
        if (!why)
            continue;
        j->fate = JOB_OVER;
        channels_settle(r, j, DELIVERY_SUPERSEDED, NULL, why);
    }
}

/* A siren that its grid does not remember rings nowhere. That nobody answered
 * one is another matter. */
static void mark_unrung(const struct run *r, struct jobs *jobs)
{
    for (size_t i = 0; i < jobs->count; i++) {
        struct channel_job *j = &jobs->list[i];
        const struct message_run m = { .grid = j->grid,
                                       .intent = j->intent,
                                       .unrecorded = j->unrecorded };
        j->unrung =
            j->intent.reason != ALERT_SECOND && run_siren_forgotten(r, &m);
    }
}

/* A message about the service that could not be committed is none yet. */
static void wait_for_record(const struct run *r, struct jobs *jobs)
{
    for (size_t i = 0; i < jobs->count; i++) {
        struct channel_job *j = &jobs->list[i];
        if (j->grid == MESSAGE_OF_SERVICE && j->decided_now &&
            r->not_recorded.fault != FAULT_NONE)
            j->fate = JOB_OVER;
    }
}

/* --- What stands ---------------------------------------------------------- */

/* A channel that is not set up here may be another writer's, which tells of it
 * once a day. */
static bool is_of_another(const struct run *r, const char *name)
{
    size_t k = channel_named(name);
    return !run_is_alone(r) && !(k < CHANNEL_SET && is_set(r, k));
}

/* A day without a word is late, two are an end: nobody has it any more. */
static bool is_given_up(const struct run *r, const struct service_fault *f)
{
    int64_t since_ms = f->told[0] ? fault_told_ms(f) : f->since_ms;
    int64_t day = fault_rules[FAULT_CLASS_SECOND].repeat_slots * MS_PER_SLOT;
    return is_of_another(r, f->subject) && since_ms != MOMENT_NONE &&
           r->slot_ms - since_ms >= 2 * day;
}

bool run_channels_leave(const struct run *r, const struct service_fault *f)
{
    return f->class == FAULT_CLASS_SECOND && f->told[0] &&
           is_of_another(r, f->subject);
}

static void keep_standing(struct run *r, const char *name)
{
    const struct service_fault *f = run_fault(r, FAULT_CLASS_SECOND, name);
    struct fault_list *l = &r->seen;
    if (f && is_given_up(r, f))
        return;
    for (size_t i = 0; f && i < l->count; i++) {
        if (l->list[i].class == f->class &&
            strcmp(l->list[i].subject, name) == 0)
            return;
    }
    if (f && l->count < FAULTS_MAX)
        l->list[l->count++] = *f;
}

/* Of a channel that was not asked nothing new is known. */
static void see_refusals(struct run *r)
{
    char what[RECORD_LINE_MAX], key[64];
    run_look(r, FAULT_CLASS_SECOND);
    for (size_t k = 0; k < CHANNEL_SET; k++) {
        const struct channel_seen *seen = &channels_of(r)->seen[k];
        const char *name = channel_set[k].channel->name;
        if (seen->refused) {
            snprintf(key, sizeof(key), "%s %d", name, seen->status);
            snprintf(what, sizeof(what), "%s refused a message: %.200s", name,
                     seen->reason);
            run_see(r, FAULT_CLASS_SECOND, name, key, what);
        } else if (!seen->asked && (is_set(r, k) || !run_is_alone(r))) {
            keep_standing(r, name);
        }
    }
}

void run_channels_send(struct run *r)
{
    struct jobs jobs = { 0 };

    if (!run_channels_any(r)) {
        if (!r->options->dry_run && !r->options->feed)
            see_refusals(r); /* the last one may have been taken away */
        return;
    }
    owe_refused(r);
    for (size_t i = 0; i < r->grid_count; i++)
        load_list(r, i, &jobs);
    load_list(r, MESSAGE_OF_SERVICE, &jobs);
    load_unrecorded(r, &jobs);
    drop_old(r, &jobs);
    mark_unrung(r, &jobs);
    wait_for_record(r, &jobs);
    channels_group(jobs.list, jobs.count);
    if (jobs.count) {
        FAULT_POINT("before-second");
        channels_send_jobs(r, jobs.list, jobs.count);
        FAULT_POINT("after-second");
    }
    free(jobs.list);
    see_refusals(r);
}

bool run_channels_cry(struct run *r, const char *title, const char *body,
                      int priority)
{
    struct jobs jobs = { 0 };
    struct intent intent = { .grid = "run",
                             .slot_ms = r->slot_ms,
                             .reason =
                                 priority < 0 ? ALERT_MENDED : ALERT_FAULT,
                             .state = STATE_UNKNOWN,
                             .priority = priority };
    bool heard = false;

    snprintf(intent.title, sizeof(intent.title), "%s", title);
    snprintf(intent.body, sizeof(intent.body), "%s", body);
    for (size_t k = 0; run_channels_any(r) && k < CHANNEL_SET; k++) {
        if (!takes(r, k, &intent))
            continue;
        struct channel_job *j = add_job(&jobs, k, MESSAGE_OF_SERVICE);
        j->intent = intent;
        j->plain = true;
    }
    channels_send_jobs(r, jobs.list, jobs.count);
    for (size_t i = 0; i < jobs.count; i++)
        heard |= jobs.list[i].delivered;
    free(jobs.list);
    return heard || !jobs.count;
}
