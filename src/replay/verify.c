#include "replay/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/group.h"
#include "replay/verify_internal.h"
#include "sys/xmalloc.h"

void verify_find(struct verify *v, const char *path, const char *fmt, ...)
{
    struct verify_report *r = v->report;
    va_list args;

    if (r->findings++ >= FINDINGS_MAX)
        return;
    struct finding *f = &r->list[r->findings - 1];
    snprintf(f->path, sizeof(f->path), "%s", path);
    va_start(args, fmt);
    vsnprintf(f->say, sizeof(f->say), fmt, args);
    va_end(args);
}

void verify_same(struct verify *v, const char *path,
                 const struct text *recorded, enum record_kind kind,
                 const void *document)
{
    struct text computed = TEXT_INIT(RECORD_BYTES_MAX);
    struct difference d;
    struct error err;

    if (document_render(kind, document, &computed, &err)) {
        verify_find(v, path, "computed anew it cannot be written: %s", err.msg);
    } else if (difference_find(recorded, &computed, &d)) {
        verify_find(v, path, "differs from what follows from the record");
        if (v->report->findings <= FINDINGS_MAX)
            v->report->list[v->report->findings - 1].what = d;
    }
    text_release(&computed);
}

void verify_stands(struct verify *v, const char *path, enum record_kind kind,
                   const void *document)
{
    struct text recorded = TEXT_INIT(RECORD_BYTES_MAX);
    struct error err;
    if (store_read(v->store, path, &recorded, &err))
        verify_find(v, path, "should be there: %s", err.msg);
    else
        verify_same(v, path, &recorded, kind, document);
    text_release(&recorded);
}

int verify_read(struct verify *v, const char *path, struct text *out,
                struct error *err)
{
    int rc = store_read(v->store, path, out, err);
    if (rc && err->fault == FAULT_MISSING)
        rc = store_past_read(v->store, v->past, path, out, err);
    return rc;
}

void verify_run(struct verify *v, const char *path, const char *run)
{
    const char *wrote = ledger_run_of(v->ledger, path);
    if (wrote && wrote[0] && strcmp(wrote, run) != 0)
        verify_find(v, path, "says that run %s wrote it, but run %s did", run,
                    wrote);
}

/* Every document that a run writes has it; documents that are not valid have
 * been told of. */
static void check_run(struct verify *v, const char *path,
                      const struct text *data)
{
    static const char key[] = "\nrun: {id: ";
    char run[RECORD_RUN_ID_MAX];
    const char *at = strstr(text_str(data), key);
    if (!at)
        return;
    at += sizeof(key) - 1;
    snprintf(run, sizeof(run), "%.*s", (int)strcspn(at, ",} \n"), at);
    verify_run(v, path, run);
}

static int check_form(const struct store_entry *e, void *payload,
                      struct error *err)
{
    struct verify *v = payload;
    struct text data = TEXT_INIT(RECORD_SEED_MAX);
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];

    enum record_kind kind = record_kind_of_path(e->path);
    v->report->files++;
    /* Slot documents are read, and held to the bytes, where they are computed
     * anew. */
    if (kind == RECORD_METRICS || kind == RECORD_EXIT)
        return 0;
    int rc = store_read_blob(v->store, e->id, &data, err);
    if (!rc &&
        record_validate(e->path, text_str(&data), data.len, &complaints)) {
        complaint_format(&complaints.list[0], why);
        verify_find(v, e->path, "%s", why);
    }
    if (!rc && kind < RECORD_KIND_COUNT)
        check_run(v, e->path, &data);
    text_release(&data);
    return rc;
}

int verify_form(struct verify *v, struct error *err)
{
    return store_walk(v->store, "", check_form, v, err);
}

int verify_event(struct verify *v, const char *path, enum record_kind kind,
                 void *out)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    struct error err;
    int rc = store_read(v->store, path, &data, &err);
    if (!rc) /* what is wrong with it was said by verify_form() */
        rc = document_parse(kind, text_str(&data), data.len, out, &complaints);
    text_release(&data);
    return rc;
}

static int add_intent(const struct store_entry *e, void *payload,
                      struct error *err)
{
    struct verify *v = payload;
    struct sent s = { .closed_ms = 0 };
    (void)err;
    if (record_kind_of_path(e->path) != RECORD_INTENT ||
        verify_event(v, e->path, RECORD_INTENT, &s.document))
        return 0;
    snprintf(s.path, sizeof(s.path), "%s", e->path);
    v->sent = xrealloc(v->sent, v->sent_count + 1, sizeof(*v->sent));
    v->sent[v->sent_count++] = s;
    return 0;
}

static void close_sent(struct sent *s, const struct delivery *d)
{
    if (d->outcome == DELIVERY_CANCELLED ||
        strcmp(d->channel, DELIVERY_MAIN) != 0)
        return; /* it says nothing of how the message ended */
    s->closed = true;
    s->accepted |= d->outcome == DELIVERY_ACCEPTED;
    snprintf(s->with, sizeof(s->with), "%s", d->with);
    s->closed_ms = d->at_ms;
}

static int add_delivery(const struct store_entry *e, void *payload,
                        struct error *err)
{
    struct verify *v = payload;
    struct delivery_document d;
    bool any = false;
    (void)err;
    if (record_kind_of_path(e->path) != RECORD_DELIVERY ||
        verify_event(v, e->path, RECORD_DELIVERY, &d))
        return 0;
    for (size_t i = 0; i < v->sent_count; i++) {
        struct sent *s = &v->sent[i];
        if (strcmp(s->document.intent.id, d.delivery.intent) != 0)
            continue;
        s->rang |= d.delivery.outcome != DELIVERY_SUPERSEDED;
        if (!any)
            close_sent(s, &d.delivery);
        any = true;
    }
    if (!any)
        verify_find(v, e->path, "delivers '%s', which nobody decided",
                    d.delivery.intent);
    return 0;
}

static const struct sent *find_sent(const struct verify *v, const char *id)
{
    for (size_t i = 0; i < v->sent_count; i++) {
        if (strcmp(v->sent[i].document.intent.id, id) == 0)
            return &v->sent[i];
    }
    return NULL;
}

/* A message that another told: that one was taken, and is not the weaker. */
static void check_grouped(struct verify *v)
{
    for (size_t i = 0; i < v->sent_count; i++) {
        const struct sent *s = &v->sent[i];
        const struct sent *lead = s->with[0] ? find_sent(v, s->with) : NULL;
        if (s->with[0] && !(lead && lead->accepted))
            verify_find(v, s->path, "was told with '%s', which nobody took",
                        s->with);
        else if (lead && alert_group_compare(&s->document.intent,
                                             &lead->document.intent) > 0)
            verify_find(v, s->path, "was told with '%s', which is weaker",
                        s->with);
    }
}

int verify_sent(struct verify *v, struct error *err)
{
    if (store_walk(v->store, "audit", add_intent, v, err) ||
        store_walk(v->store, "audit", add_delivery, v, err))
        return -1;
    check_grouped(v);
    return 0;
}

/* Is or was there a document of the slot that the message is of? What cannot be
 * read is there. */
static bool has_slot(struct verify *v, const struct intent *i)
{
    char path[RECORD_PATH_MAX];
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct error err = { FAULT_NONE, "" };
    bool there = false;

    record_exit_path(i->grid, i->slot_ms, path);
    if (store_exists(v->store, path, &there, &err) || there)
        return true;
    int rc = store_past_read(v->store, v->past, path, &data, &err);
    text_release(&data);
    return !rc || err.fault != FAULT_MISSING;
}

/* What rang and has no slot to be held to, because the commit of the slot was
 * lost or is another writer's, was told: that is no lie of the record. */
static void check_decided(struct verify *v)
{
    for (size_t i = 0; i < v->sent_count; i++) {
        const struct sent *s = &v->sent[i];
        v->report->intents++;
        if (s->decided || v->shallow ||
            intent_is_of_service(&s->document.intent))
            continue;
        if (s->rang && !has_slot(v, &s->document.intent))
            v->report->unheld++;
        else
            verify_find(v, s->path, "no slot decided this message");
    }
}

int verify_repository(struct store *store, const struct verify_options *options,
                      struct verify_report *out, struct error *err)
{
    struct verify v = {
        .store = store,
        .options = options,
        .report = out,
        .past = store_past_new(),
        .ledger = ledger_new(),
        .shallow = store_is_shallow(store),
    };

    *out = (struct verify_report){ 0 };
    int rc = verify_history(&v, err) || verify_form(&v, err) ||
             verify_sent(&v, err) || verify_partings(&v, err) ||
             verify_looks(&v, err) || verify_content(&v, err);
    if (!rc)
        verify_looks_left(&v);
    if (!rc)
        check_decided(&v);
    free(v.sent);
    free(v.partings);
    free(v.looks);
    store_past_free(v.past);
    ledger_free(v.ledger);
    return rc ? -1 : 0;
}
