/* What was concluded, as documents of the commit being prepared. */
#include <stdio.h>
#include <string.h>

#include "config/decisions.h"
#include "record/fill.h"
#include "record/keep.h"
#include "run/between.h"
#include "run/faults.h"
#include "run/put_internal.h"
#include "sys/log.h"

struct run_info put_info(const struct run *r)
{
    struct run_info info = { 0 };
    snprintf(info.model, sizeof(info.model), "%s",
             hazard_model_name(r->config->exit.pi_model));
    snprintf(info.id, sizeof(info.id), "%s", r->id);
    snprintf(info.engine, sizeof(info.engine), "%s", r->options->engine);
    snprintf(info.config, sizeof(info.config), "%s", r->config_hash);
    return info;
}

void put_refuse(struct run *r, enum record_kind kind, const char *subject,
                const struct error *err)
{
    const char *key = kind < RECORD_KIND_COUNT ? record_kind_name(kind) : "";
    run_note(r, RUN_NOT_RECORDED, err);
    run_see(r, FAULT_CLASS_DOCUMENT, subject, key, err->msg);
}

/* What the document is about. */
static const char *subject_of(const char *path, char out[GRID_ID_MAX])
{
    struct record_place p = record_place_of(path);
    snprintf(out, GRID_ID_MAX, "%s", p.name[0] ? p.name : "run");
    return out;
}

int put_rendered(struct run *r, const struct text *data, const char *path,
                 const char *also)
{
    struct error err;
    char subject[GRID_ID_MAX];
    if (changes_put(&r->changes, path, data, r->quarantine, &err)) {
        put_refuse(r, record_kind_of_path(path), subject_of(path, subject),
                   &err);
        return -1;
    }
    if (also)
        changes_copy(&r->changes, path, also);
    return 0;
}

static int render(struct run *r, enum record_kind kind, const char *subject,
                  const void *document, struct text *out)
{
    struct error err;
    if (document_render(kind, document, out, &err)) {
        r->changes.refused++;
        put_refuse(r, kind, subject, &err);
        return -1;
    }
    return 0;
}

int put_document(struct run *r, enum record_kind kind, const char *path,
                 const char *also, const void *document)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char subject[GRID_ID_MAX];
    int rc = render(r, kind, subject_of(path, subject), document, &data);
    if (!rc)
        rc = put_rendered(r, &data, path, also);
    text_release(&data);
    return rc;
}

int put_event(struct run *r, enum record_kind kind, int64_t at_ms,
              const char *subject, const void *document,
              char path[RECORD_PATH_MAX])
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char hash8[RECORD_HASH8];
    int rc = render(r, kind, subject, document, &data);
    if (!rc) {
        record_hash8(text_str(&data), data.len, hash8);
        record_audit_path(kind, at_ms, subject, hash8, path);
        rc = put_rendered(r, &data, path, NULL);
    }
    text_release(&data);
    return rc;
}

static int put_exit(struct run *r, const struct grid_run *g,
                    int64_t previous_slot_ms)
{
    const struct symbol_run *s = &r->symbols[g->symbol];
    char path[RECORD_PATH_MAX], latest[RECORD_PATH_MAX];
    struct exit_document d = {
        .attempt = 1,
        .backfilled = g->now.slot_ms != r->slot_ms,
        .previous_slot_ms = previous_slot_ms,
        .run = put_info(r),
        .inputs = { .ticker = s->view->facts.ticker,
                    .ticker_ms = s->view->facts.ticker_ms,
                    .market = s->view->facts.status,
                    .outside = g->outside },
        .decision = { .reason = g->reason },
    };
    exit_document_fill(&d, &g->now, &g->grid, &g->strategy.exit, &g->position,
                       &g->risk);
    memcpy(d.inputs.grid_commit, g->commit, sizeof(d.inputs.grid_commit));
    memcpy(d.inputs.grid_blob, g->blob, sizeof(d.inputs.grid_blob));
    if (!d.backfilled) {
        memcpy(d.decision.intent, g->intent, sizeof(d.decision.intent));
        d.inputs.acknowledged_ms = g->phone_ms;
        d.inputs.siren = g->siren_fact;
    }
    record_exit_path(g->grid.id, g->now.slot_ms, path);
    record_latest_grid_path(g->grid.id, latest);
    return put_document(r, RECORD_EXIT, path, latest, &d);
}

static int put_transition(struct run *r, const struct grid_run *g)
{
    char path[RECORD_PATH_MAX];
    struct transition_document d;
    transition_document_fill(&d, &g->now);
    if (g->between)
        d.at_ms = r->exchange_ms;
    d.backfilled = d.slot_ms != r->slot_ms;
    d.run = put_info(r);
    return put_event(r, RECORD_TRANSITION, d.at_ms, d.grid, &d, path);
}

int run_put_intent(struct run *r, struct message_run *m)
{
    const struct intent_document d = { r->exchange_ms, m->intent, put_info(r) };
    return put_event(r, RECORD_INTENT, d.at_ms, m->intent.grid, &d, m->path);
}

void run_put_delivery(struct run *r, const struct delivery *delivery)
{
    char path[RECORD_PATH_MAX];
    const struct delivery_document d = { *delivery, put_info(r) };
    put_event(r, RECORD_DELIVERY, d.delivery.at_ms, d.delivery.grid, &d, path);
}

void run_put_operator(struct run *r, struct operator_document *d)
{
    char path[RECORD_PATH_MAX];
    d->run = put_info(r);
    put_event(r, RECORD_OPERATOR, d->at_ms, d->grid, d, path);
}

static int put_state(struct run *r, const struct grid_run *g)
{
    char path[RECORD_PATH_MAX];
    struct state_document d = {
        .run = put_info(r),
        .exit = g->exit,
        .alert = g->alert,
        .siren = g->siren,
        .open_count = g->open_count,
        .owed = g->owed,
    };
    memcpy(d.grid, g->grid.id, sizeof(d.grid));
    memcpy(d.open, g->open, sizeof(d.open));
    state_document_keep(&d, &g->holding);
    record_state_path(g->grid.id, path);
    return put_document(r, RECORD_STATE, path, NULL, &d);
}

void run_put_state(struct run *r, const struct grid_run *g)
{
    put_state(r, g);
}

/* A list that is full keeps what it has: the oldest message of the grid is
 * superseded by this one anyhow. */
static void remember_intent(struct grid_run *g, const struct message_run *m)
{
    if (g->open_count == RECORD_OPEN_INTENTS_MAX) {
        memmove(&g->open[0], &g->open[1],
                (RECORD_OPEN_INTENTS_MAX - 1) * sizeof(g->open[0]));
        g->open_count--;
    }
    struct open_intent *o = &g->open[g->open_count++];
    snprintf(o->id, sizeof(o->id), "%s", m->intent.id);
    snprintf(o->path, sizeof(o->path), "%s", m->path);
}

/* The state comes last: it holds the path of the message. */
static int put_slot(struct run *r, struct grid_run *g, int64_t previous_slot_ms,
                    struct message_run *m)
{
    const struct verdict *v = &g->now.verdict;
    if ((g->between ? run_between_put(r, g)
                    : put_exit(r, g, previous_slot_ms)) ||
        (v->state != v->previous && put_transition(r, g)) ||
        (m && run_put_intent(r, m)))
        return -1;
    if (m)
        remember_intent(g, m);
    return put_state(r, g);
}

int run_put_slot(struct run *r, struct grid_run *g, int64_t previous_slot_ms,
                 struct message_run *m)
{
    struct changes rest = r->changes;
    struct open_intent open[RECORD_OPEN_INTENTS_MAX];
    size_t open_count = g->open_count;

    memcpy(open, g->open, sizeof(open));
    r->changes = (struct changes){ 0 };
    put_slot(r, g, previous_slot_ms, m);
    int rc = changes_join(&rest, &r->changes);
    r->changes = rest;
    g->state_changed = false; /* it is there, or must not be */
    if (rc) {
        memcpy(g->open, open, sizeof(open));
        g->open_count = open_count;
    }
    return rc;
}

void run_put_service(struct run *r)
{
    char path[RECORD_PATH_MAX];
    if (!r->service_changed)
        return;
    r->service.slot_ms = r->slot_ms;
    r->service.run = put_info(r);
    record_service_path(path);
    put_document(r, RECORD_SERVICE, path, NULL, &r->service);
    r->service_changed = false;
}

void run_put_news(struct run *r, const struct fault_news *news)
{
    char path[RECORD_PATH_MAX];
    struct fault_document d = {
        .at_ms = r->exchange_ms,
        .class = news->fault.class,
        .change = news->change,
        .run = put_info(r),
    };
    memcpy(d.subject, news->fault.subject, sizeof(d.subject));
    memcpy(d.what, news->fault.what, sizeof(d.what));
    put_event(r, RECORD_FAULT, d.at_ms, d.subject, &d, path);
}

void run_put_fault(struct run *r, const char *subject, enum fault_class class,
                   const char *what)
{
    char path[RECORD_PATH_MAX];
    struct fault_document d = {
        .at_ms = r->exchange_ms,
        .class = class,
        .run = put_info(r),
    };
    snprintf(d.subject, sizeof(d.subject), "%s", subject);
    snprintf(d.what, sizeof(d.what), "%s", what);
    put_event(r, RECORD_FAULT, d.at_ms, d.subject, &d, path);
}

void run_put_revision(struct run *r, struct revision_document *d)
{
    char path[RECORD_PATH_MAX];
    d->at_ms = r->exchange_ms;
    d->run = put_info(r);
    put_event(r, RECORD_REVISION, d->at_ms, d->symbol, d, path);
}

/* The configuration that the slots of this run were concluded with. */
void run_put_config(struct run *r)
{
    char path[RECORD_PATH_MAX];
    bool there = false;
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);

    record_config_path(r->config_hash, path);
    if (store_exists(r->store, path, &there, NULL) == 0 && !there &&
        config_print_decisions(r->config, &data) == 0)
        put_rendered(r, &data, path, NULL);
    text_release(&data);
}
