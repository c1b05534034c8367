#include "run/writers.h"
#include "record/keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/faults.h"
#include "run/rebuild_internal.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* What was said last in the file that was dropped. */
static void put_said(struct run *r, const char *blob, char *out, size_t size)
{
    struct grid *g = xcalloc(1, sizeof(*g));
    char at[MOMENT_TEXT];

    snprintf(out, size, "an edit");
    if (blob[0] && rebuild_blob(r->store, RECORD_GRID, blob, g) &&
        g->history_count) {
        const struct grid_history *h = &g->history[g->history_count - 1];
        moment_format(h->at_ms, at);
        snprintf(out, size, "'%s' of %s", grid_event_name(h->event), at);
    }
    free(g);
}

static void see_edit(struct run *r, const struct rebuild_loss *l)
{
    char said[64], what[RECORD_LINE_MAX];
    put_said(r, l->after, said, sizeof(said));
    snprintf(what, sizeof(what),
             "grid %s: %s was dropped, because the file was edited at the "
             "remote as well and that stands; say it again",
             l->grid, said);
    run_see(r, FAULT_CLASS_EDIT, l->grid, l->after, what);
}

static void tell_loss(struct run *r, const struct rebuild_loss *l)
{
    char slot[MOMENT_TEXT], what[RECORD_LINE_MAX];
    if (l->slot_ms != MOMENT_NONE) {
        moment_format(l->slot_ms, slot);
        log_event(LOG_LEVEL_INFO, "slot-yielded", "grid=%s slot=%s", l->grid,
                  slot);
        return;
    }
    log_event(LOG_LEVEL_ERROR, "edit-lost", "grid=%s", l->grid);
    rebuild_loss_text(l, what);
    run_put_fault(r, l->grid, FAULT_CLASS_RUN, what);
    see_edit(r, l);
    r->tells_people = true;
}

void writers_tell(struct run *r, const struct rebuild_report *b)
{
    char what[RECORD_LINE_MAX];
    if (!b->times)
        return;
    log_event(LOG_LEVEL_INFO, "rebuilt",
              "commits=%zu empty=%zu files_dropped=%zu times=%zu",
              b->store.commits, b->store.empty, b->store.files_dropped,
              b->times);
    for (size_t i = 0; i < b->count && i < REBUILD_LOSSES_MAX; i++)
        tell_loss(r, &b->losses[i]);
    if (!b->store.saved[0])
        return;
    log_event(LOG_LEVEL_WARN, "history-replaced", "kept=%s", b->store.saved);
    rebuild_saved_text(b->store.saved, what);
    run_put_fault(r, "run", FAULT_CLASS_RUN, what);
    run_see(r, FAULT_CLASS_HISTORY, "run", b->store.saved, what);
    r->tells_people = true;
}

/* Does the tip hold this document, the run that wrote it apart? `theirs` is
 * what the tip has, parsed; `ours` has its run. */
static bool stands(struct run *r, enum record_kind kind, const char *path,
                   const void *ours)
{
    struct text there = TEXT_INIT(RECORD_BYTES_MAX);
    struct text here = TEXT_INIT(RECORD_BYTES_MAX);
    bool same = store_read(r->store, path, &there, NULL) == 0 &&
                document_render(kind, ours, &here, NULL) == 0 &&
                strcmp(text_str(&here), text_str(&there)) == 0;
    text_release(&there);
    text_release(&here);
    return same;
}

static void copy_cancel(struct siren_record *to,
                        const struct siren_record *from)
{
    memcpy(to->cancel, from->cancel, sizeof(to->cancel));
    memcpy(to->cancel_tag, from->cancel_tag, sizeof(to->cancel_tag));
    to->cancel_until_ms = from->cancel_until_ms;
}

/* False, and `g` is what the tip says, when another writer has it in hand. */
static bool grid_stands(struct run *r, struct grid_run *g)
{
    struct state_document d,
        ours = { .exit = g->exit, .alert = g->alert, .siren = g->siren };
    struct error err;
    char path[RECORD_PATH_MAX];

    record_state_path(g->grid.id, path);
    if (run_read_document(r, RECORD_STATE, path, &d, &err))
        return err.fault == FAULT_MISSING;
    state_document_keep(&ours, &g->holding);
    memcpy(ours.grid, d.grid, sizeof(ours.grid));
    ours.run = d.run;
    ours.open_count = g->open_count;
    memcpy(ours.open, g->open, sizeof(ours.open));
    /* A siren that a slot which could not be recorded wants quiet: that stands
     * nowhere, and is this run's to do whoever has the grid in hand. */
    const struct siren_record wanted = g->siren;
    bool alone = g->unrecorded && wanted.cancel[0];
    if (alone)
        copy_cancel(&ours.siren, &d.siren);
    ours.owed = g->owed;
    if (stands(r, RECORD_STATE, path, &ours))
        return true;
    g->exit = d.exit;
    g->alert = d.alert;
    g->siren = d.siren;
    if (alone)
        copy_cancel(&g->siren, &wanted);
    if (state_document_holding(&d, &g->grid, &g->holding, &err))
        g->holding = holding_new();
    g->open_count = d.open_count;
    memcpy(g->open, d.open, sizeof(g->open));
    g->owed = d.owed;
    g->state_changed = false;
    return false;
}

static bool service_stands(struct run *r)
{
    struct service_document d;
    struct error err;
    char path[RECORD_PATH_MAX];

    record_service_path(path);
    if (run_read_document(r, RECORD_SERVICE, path, &d, &err))
        return err.fault == FAULT_MISSING;
    r->service.run = d.run;
    r->service.slot_ms = d.slot_ms;
    if (stands(r, RECORD_SERVICE, path, &r->service))
        return true;
    r->service = d;
    r->service_changed = false;
    return false;
}

static void drop_messages(struct run *r, size_t grid)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->message_count; i++) {
        const struct message_run *m = &r->messages[i];
        if (m->grid != grid || m->unrecorded || m->fate != MESSAGE_OPEN)
            r->messages[kept++] = *m;
    }
    r->message_count = kept;
}

void writers_yield(struct run *r)
{
    if (!service_stands(r))
        drop_messages(r, MESSAGE_OF_SERVICE);
    for (size_t i = 0; i < r->grid_count; i++) {
        if (grid_stands(r, &r->grids[i]))
            continue;
        log_event(LOG_LEVEL_INFO, "grid-yielded", "grid=%s",
                  r->grids[i].grid.id);
        drop_messages(r, i);
    }
}

/* Was it here before this run asked the remote? */
static bool was_here(struct run *r, const char *path)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    bool here = r->synced_from[0] &&
                store_read_at(r->store, r->synced_from, path, &data, NULL) == 0;
    text_release(&data);
    return here;
}

bool writers_has(struct run *r, const char *path)
{
    int64_t decided_ms = record_place_of(path).time_ms;
    bool young = decided_ms != MOMENT_NONE &&
                 r->exchange_ms - decided_ms < r->config->run.deadline_ms;
    return young && !was_here(r, path);
}

void writers_leave(struct run *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->message_count; i++) {
        const struct message_run *m = &r->messages[i];
        if (!m->decided_now && writers_has(r, m->path))
            log_event(LOG_LEVEL_INFO, "alert-left", "grid=%s intent=%s",
                      m->intent.grid, m->intent.id);
        else
            r->messages[kept++] = *m;
    }
    r->message_count = kept;
}
