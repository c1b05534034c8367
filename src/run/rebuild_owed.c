/* What other channels are still to hear of the service, when the document that
 * lists it is not kept: what both lists say, held to what they were made from.
 * A message that was kept stays owed, and what we delivered is owed no more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/record.h"
#include "run/rebuild_internal.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

void rebuild_owed_delivered(struct rebuild_owed *o, const struct delivery *d)
{
    if ((d->outcome != DELIVERY_ACCEPTED && d->outcome != DELIVERY_REFUSED) ||
        strcmp(d->channel, DELIVERY_MAIN) == 0)
        return;
    o->done = xrealloc(o->done, o->done_count + 1, sizeof(*o->done));
    struct owed_message *m = &o->done[o->done_count++];
    *m = (struct owed_message){ .id = "" };
    snprintf(m->id, sizeof(m->id), "%s", d->intent);
    snprintf(m->channel, sizeof(m->channel), "%s", d->channel);
}

void rebuild_owed_see(struct rebuild_owed *o, const struct store_commit *own,
                      const struct store_edit *e)
{
    if (record_kind_of_path(e->path) != RECORD_SERVICE || !e->after[0])
        return;
    if (!o->ours[0])
        memcpy(o->base, e->before, sizeof(o->base));
    memcpy(o->ours, e->after, sizeof(o->ours));
    o->when_ms = own->when_ms;
}

static bool lists(const struct owed_message *list, size_t count,
                  const struct owed_message *m)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].id, m->id) == 0 &&
            strcmp(list[i].channel, m->channel) == 0)
            return true;
    return false;
}

/* What happened once stands until everybody was told of it: it is seen by
 * nobody again. */
static void keep_passing(struct service_document *there,
                         const struct service_document *ours, const char *id)
{
    struct fault_list *l = &there->faults;
    for (size_t i = 0; i < ours->faults.count; i++) {
        const struct service_fault *f = &ours->faults.list[i];
        bool stands = false;
        for (size_t k = 0; k < l->count; k++)
            stands |= l->list[k].class == f->class &&
                      strcmp(l->list[k].subject, f->subject) == 0;
        if (!stands && fault_is_passing(f->class) && strcmp(f->told, id) == 0 &&
            l->count < FAULTS_MAX)
            l->list[l->count++] = *f;
    }
}

static void add(struct owed_list *l, const struct owed_message *m)
{
    if (l->count == RECORD_OWED_MAX) {
        log_event(LOG_LEVEL_ERROR, "alert-forgotten", "intent=%s channel=%s",
                  l->list[0].id, l->list[0].channel);
        memmove(&l->list[0], &l->list[1], --l->count * sizeof(l->list[0]));
    }
    l->list[l->count++] = *m;
}

/* Changes `there`. False when it is what it was. */
static bool merge(struct store *s, const struct rebuild_owed *o,
                  const struct service_document *base,
                  const struct service_document *ours,
                  struct service_document *there)
{
    struct owed_list *l = &there->owed;
    size_t kept = 0;
    bool changed = false, is = false;

    for (size_t i = 0; i < l->count; i++)
        if (!lists(o->done, o->done_count, &l->list[i]))
            l->list[kept++] = l->list[i];
    changed = kept != l->count;
    l->count = kept;
    for (size_t i = 0; i < ours->owed.count; i++) {
        const struct owed_message *m = &ours->owed.list[i];
        if (lists(base->owed.list, base->owed.count, m) ||
            lists(l->list, l->count, m) ||
            store_exists(s, m->path, &is, NULL) || !is)
            continue; /* settled there, known there, or not kept */
        add(l, m);
        keep_passing(there, ours, m->id);
        changed = true;
    }
    return changed;
}

/* As if the run that wrote ours had written it after theirs. */
static int ask_for(struct rebuild_owed *o, const struct service_document *d,
                   struct store_batch *batch, struct error *err)
{
    struct text *data = &o->more.data;
    *data = (struct text)TEXT_INIT(RECORD_BYTES_MAX);
    if (document_render(RECORD_SERVICE, d, data, err))
        return -1;
    record_service_path(o->more.path);
    o->more.change =
        (struct store_change){ o->more.path, text_str(data), data->len, false };
    snprintf(o->more.message, sizeof(o->more.message),
             "what other channels are still to hear\n\nrun %s\n", d->run.id);
    *batch =
        (struct store_batch){ &o->more.change, 1, o->more.message, o->when_ms };
    return 0;
}

static void tell_unread(const char *whose, const char *lost)
{
    char path[RECORD_PATH_MAX], text[LOG_VALUE_MAX];
    record_service_path(path);
    log_event(LOG_LEVEL_ERROR, "owed-unread", "path=%s whose=%s lost=%s", path,
              whose, log_value(lost, text));
}

/* Without a base, what is owed here and not there may be settled there, or
 * new: it is heard twice rather than never. */
static bool read_lists(struct store *s, const struct rebuild_owed *o,
                       struct service_document *base,
                       struct service_document *ours,
                       struct service_document *there)
{
    char path[RECORD_PATH_MAX], lost[80];
    record_service_path(path);
    if (!rebuild_blob(s, RECORD_SERVICE, o->ours, ours)) {
        tell_unread("ours",
                    "all that other channels were still to hear from here");
        return false;
    }
    if (!rebuild_file(s, RECORD_SERVICE, path, there)) {
        snprintf(lost, sizeof(lost),
                 "%zu that other channels were still to hear from here",
                 ours->owed.count);
        tell_unread("theirs", lost);
        return false;
    }
    if (o->base[0] && !rebuild_blob(s, RECORD_SERVICE, o->base, base)) {
        tell_unread("before", "none, but one may be heard twice");
        base->owed.count = 0;
    }
    return true;
}

void rebuild_owed_keep(struct store *s, struct rebuild_owed *o,
                       struct store_batch *batch)
{
    char text[LOG_VALUE_MAX];
    struct error err = { FAULT_NONE, "" };
    if (!o->lost || !o->ours[0])
        return;
    struct service_document *d = xcalloc(3, sizeof(*d));
    struct service_document *base = &d[0], *ours = &d[1], *there = &d[2];

    if (read_lists(s, o, base, ours, there) && merge(s, o, base, ours, there)) {
        there->run = ours->run;
        if (ask_for(o, there, batch, &err))
            log_event(LOG_LEVEL_ERROR, "owed-lost", "what=%s",
                      log_value(err.msg, text));
    }
    free(d);
}

void rebuild_owed_release(struct rebuild_owed *o)
{
    free(o->done);
    text_release(&o->more.data);
    *o = (struct rebuild_owed){ 0 };
}
