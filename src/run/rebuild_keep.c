/* The rules of rebuild.h, one commit at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "record/record.h"
#include "run/rebuild_internal.h"
#include "sys/xmalloc.h"

struct rebuild_fate *fates_of(struct rebuild_fates *f, const char *name)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->list[i].name, name) == 0)
            return &f->list[i];
    f->list = xrealloc(f->list, f->count + 1, sizeof(*f->list));
    struct rebuild_fate *fate = &f->list[f->count++];
    *fate = (struct rebuild_fate){ .theirs = false };
    snprintf(fate->name, sizeof(fate->name), "%s", name);
    return fate;
}

void fates_release(struct rebuild_fates *f)
{
    free(f->list);
    *f = (struct rebuild_fates){ 0 };
}

int rebuild_there(struct store *s, const char *path, char hex[STORE_ID_SIZE],
                  struct error *err)
{
    struct error why = { FAULT_NONE, "" };
    if (store_blob_id(s, path, hex, &why) == 0)
        return 0;
    hex[0] = '\0';
    return why.fault == FAULT_MISSING
               ? 0
               : error_set(err, why.fault, "%s", why.msg);
}

static bool parse(enum record_kind kind, const struct text *data, void *out)
{
    struct complaints complaints = { 0 };
    return document_parse(kind, text_str(data), data->len, out, &complaints) ==
           0;
}

bool rebuild_blob(struct store *s, enum record_kind kind, const char *hex,
                  void *out)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    bool good =
        store_read_blob(s, hex, &data, NULL) == 0 && parse(kind, &data, out);
    text_release(&data);
    return good;
}

bool rebuild_file(struct store *s, enum record_kind kind, const char *path,
                  void *out)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    bool good =
        store_read(s, path, &data, NULL) == 0 && parse(kind, &data, out);
    text_release(&data);
    return good;
}

static bool holds(const struct rebuild_ids *ids, const char *id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (strcmp(ids->list[i], id) == 0)
            return true;
    return false;
}

void rebuild_add_id(struct rebuild_ids *ids, const char *id)
{
    ids->list = xrealloc(ids->list, ids->count + 1, sizeof(*ids->list));
    snprintf(ids->list[ids->count++], sizeof(*ids->list), "%s", id);
}

/* Is what stands there what the edit was made from? */
static int is_unmoved(struct store *s, const struct store_edit *e,
                      bool *unmoved, struct error *err)
{
    char there[STORE_ID_SIZE];
    if (rebuild_there(s, e->path, there, err))
        return -1;
    *unmoved = strcmp(there, e->before) == 0;
    return 0;
}

/* A symbol whose slots are not kept takes its grids with it. */
static void follow_symbol(struct rebuild_case *c, const struct store_edit *e,
                          struct exit_document *d)
{
    struct record_place p = record_place_of(e->path);
    if (p.kind != RECORD_EXIT || p.time_ms == MOMENT_NONE || !e->after[0] ||
        !rebuild_blob(c->store, RECORD_EXIT, e->after, d))
        return;
    if (fates_of(&c->symbols, d->evaluation.symbol)->theirs)
        fates_of(&c->grids, p.name)->theirs = true;
}

static int see_grids(struct rebuild_case *c, struct error *err)
{
    bool any = false;
    for (size_t i = 0; i < c->own->count; i++) {
        const struct store_edit *e = &c->own->edits[i];
        struct record_place p = record_place_of(e->path);
        bool unmoved = true;
        if (p.kind != RECORD_STATE && p.kind != RECORD_SERVICE)
            continue;
        if (is_unmoved(c->store, e, &unmoved, err))
            return -1;
        /* No grid has the empty name: it is the service's. */
        fates_of(&c->grids, p.name)->theirs |= !unmoved;
    }
    for (size_t i = 0; i < c->symbols.count; i++)
        any |= c->symbols.list[i].theirs;
    struct exit_document *d = any ? xcalloc(1, sizeof(*d)) : NULL;
    for (size_t i = 0; i < c->own->count && any; i++)
        follow_symbol(c, &c->own->edits[i], d);
    free(d);
    return 0;
}

static void lose(struct rebuild_rules *r, const struct store_edit *e,
                 const struct record_place *p)
{
    struct rebuild_report *report = r->report;
    if (report->count++ >= REBUILD_LOSSES_MAX)
        return;
    struct rebuild_loss *l = &report->losses[report->count - 1];
    snprintf(l->path, sizeof(l->path), "%s", e->path);
    memcpy(l->after, e->after, sizeof(l->after));
    snprintf(l->grid, sizeof(l->grid), "%s", p->name);
    l->slot_ms = p->kind == RECORD_EXIT ? p->time_ms : MOMENT_NONE;
}

/* One file of the commit, and the answer. */
struct question {
    struct rebuild_rules *rules;
    struct rebuild_case *about;
    const struct store_edit *edit;
    struct record_place place;
    bool *keep;
};
typedef int rule(struct question *q, struct error *err);

static bool is_theirs(struct question *q, const char *grid)
{
    return fates_of(&q->about->grids, grid)->theirs;
}

static int keep_with_grid(struct question *q, struct error *err)
{
    (void)err;
    *q->keep = !is_theirs(q, q->place.name);
    return 0;
}

static int keep_service(struct question *q, struct error *err)
{
    keep_with_grid(q, err); /* it has the empty name */
    q->rules->owed.lost |= !*q->keep;
    return 0;
}

static int keep_exit(struct question *q, struct error *err)
{
    char there[STORE_ID_SIZE];
    keep_with_grid(q, err);
    if (q->place.time_ms == MOMENT_NONE)
        return 0;
    if (rebuild_there(q->about->store, q->edit->path, there, err))
        return -1;
    *q->keep = *q->keep && !there[0];
    if (!*q->keep && strcmp(there, q->edit->after) != 0)
        lose(q->rules, q->edit, &q->place);
    return 0;
}

static int keep_intent(struct question *q, struct error *err)
{
    struct rebuild_rules *r = q->rules;
    struct intent_document d;
    (void)err;
    if (!rebuild_blob(q->about->store, RECORD_INTENT, q->edit->after, &d))
        return 0; /* nothing is known of it, but that it was decided */
    if (!is_theirs(q, intent_is_of_service(&d.intent) ? "" : q->place.name) ||
        holds(&r->delivered, d.intent.id))
        return 0;
    *q->keep = false;
    rebuild_add_id(&r->dropped, d.intent.id);
    return 0;
}

static int keep_delivery(struct question *q, struct error *err)
{
    struct delivery_document d;
    (void)err;
    *q->keep =
        !rebuild_blob(q->about->store, RECORD_DELIVERY, q->edit->after, &d) ||
        !holds(&q->rules->dropped, d.delivery.intent);
    return 0;
}

static int keep_metrics(struct question *q, struct error *err)
{
    char there[STORE_ID_SIZE];
    *q->keep = !fates_of(&q->about->symbols, q->place.name)->theirs;
    if (q->place.time_ms == MOMENT_NONE) {
        *q->keep = *q->keep && rebuild_is_newer(q->about->store, q->edit);
        return 0;
    }
    if (rebuild_there(q->about->store, q->edit->path, there, err))
        return -1;
    *q->keep = *q->keep && !there[0];
    return 0;
}

/* With the metrics document of its slot, which is asked about later: audit/
 * stands before metrics/. */
static int keep_revision(struct question *q, struct error *err)
{
    struct revision_document d;
    char path[RECORD_PATH_MAX], there[STORE_ID_SIZE];
    *q->keep = !fates_of(&q->about->symbols, q->place.name)->theirs;
    if (!rebuild_blob(q->about->store, RECORD_REVISION, q->edit->after, &d))
        return 0;
    record_metrics_path(q->place.name, d.slot_ms, path);
    if (rebuild_there(q->about->store, path, there, err))
        return -1;
    *q->keep = *q->keep && !there[0];
    return 0;
}

static int keep_unmoved(struct question *q, struct error *err)
{
    return is_unmoved(q->about->store, q->edit, q->keep, err);
}

static int keep_grid_file(struct question *q, struct error *err)
{
    char there[STORE_ID_SIZE];
    if (rebuild_there(q->about->store, q->edit->path, there, err))
        return -1;
    *q->keep = strcmp(there, q->edit->before) == 0;
    if (!*q->keep && strcmp(there, q->edit->after) != 0)
        lose(q->rules, q->edit, &q->place);
    return 0;
}

/* The event of an action goes with the action; what the account showed at a
 * slot, with the slot. */
static int keep_operator(struct question *q, struct error *err)
{
    struct operator_document d;
    char path[RECORD_PATH_MAX];
    if (rebuild_blob(q->about->store, RECORD_OPERATOR, q->edit->after, &d) &&
        d.inferred)
        return keep_with_grid(q, err);
    record_grid_path(q->place.name, path);
    for (size_t i = 0; i < q->about->own->count; i++) {
        const struct store_edit *e = &q->about->own->edits[i];
        if (strcmp(e->path, path) == 0)
            return is_unmoved(q->about->store, e, q->keep, err);
    }
    return 0;
}

static int keep_always(struct question *q, struct error *err)
{
    (void)q;
    (void)err;
    return 0;
}

// clang-format off
static rule *const rules_of[RECORD_FOREIGN + 1] = {
    [RECORD_GRID]       = keep_grid_file,
    [RECORD_METRICS]    = keep_metrics,
    [RECORD_EXIT]       = keep_exit,
    [RECORD_STATE]      = keep_with_grid,
    [RECORD_SERVICE]    = keep_service,
    [RECORD_TRANSITION] = keep_with_grid,
    [RECORD_INTENT]     = keep_intent,
    [RECORD_DELIVERY]   = keep_delivery,
    [RECORD_OPERATOR]   = keep_operator,
    [RECORD_FAULT]      = keep_always,
    [RECORD_REVISION]   = keep_revision,
    [RECORD_LOOK]       = keep_with_grid,
};
// clang-format on

/* All that has no rule: theirs, unless ours was made from it. */
static int ask(struct question *q, struct error *err)
{
    rule *rule_of = rules_of[q->place.kind];
    if (!q->edit->after[0] && q->place.time_ms != MOMENT_NONE)
        return 0; /* it leaves the tip */
    return rule_of ? rule_of(q, err) : keep_unmoved(q, err);
}

void rebuild_follow(struct rebuild_rules *r, const char *own)
{
    char tip[STORE_ID_SIZE];
    store_tip(r->store, tip);
    if (r->pending && strcmp(tip, r->before) != 0)
        memcpy(r->report->follow, tip, sizeof(tip));
    r->pending = r->wanted[0] && strcmp(own, r->wanted) == 0;
    if (r->pending) {
        memcpy(r->before, tip, sizeof(tip));
        r->report->follow[0] = '\0';
    }
}

int rebuild_keep(struct store *s, const struct store_commit *own, bool *keep,
                 void *rules, struct error *err)
{
    struct rebuild_rules *r = rules;
    struct rebuild_case c = { .store = s, .own = own };
    rebuild_follow(r, own->hex);
    int rc = rebuild_see_symbols(&c, err) || see_grids(&c, err);
    for (size_t i = 0; i < own->count && !rc; i++) {
        struct question q = { r, &c, &own->edits[i],
                              record_place_of(own->edits[i].path), &keep[i] };
        rc = ask(&q, err);
    }
    fates_release(&c.grids);
    fates_release(&c.symbols);
    return rc ? -1 : 0;
}
