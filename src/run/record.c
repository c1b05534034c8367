/* record: everything that was concluded in one commit, then the push. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/channels.h"
#include "run/faults.h"
#include "run/retire.h"
#include "run/roll_call.h"
#include "run/writers.h"
#include "sys/fault_point.h"
#include "sys/log.h"

#define SUBJECT_GRIDS 3 /* named one by one in the subject */

/* The commit that other hands made meanwhile (somebody pushed into this very
 * repository) left alone what this run is about to write: then what it was
 * concluded from still holds. */
static bool is_untouched(struct run *r, const char *seen)
{
    for (size_t i = 0; i < r->changes.count; i++) {
        const char *path = r->changes.list[i].path;
        char before[STORE_ID_SIZE] = "", now[STORE_ID_SIZE] = "";
        if (seen[0])
            (void)store_blob_id_at(r->store, seen, path, before, NULL);
        (void)store_blob_id(r->store, path, now, NULL);
        if (strcmp(before, now) != 0)
            return false;
    }
    return true;
}

/* Goes onto a branch that was moved, when nothing is overwritten by it. */
static int commit_batch(struct run *r, const struct store_batch *batch,
                        struct error *err)
{
    char seen[STORE_ID_SIZE] = "", hex[STORE_ID_SIZE];

    store_tip(r->store, seen);
    int rc = store_commit(r->store, batch, hex, err);
    for (int tries = 0; rc && err->fault == FAULT_BUSY && tries < 3; tries++) {
        struct error why;
        if (store_reload(r->store, &why) || !is_untouched(r, seen))
            break;
        rc = store_commit(r->store, batch, hex, err);
    }
    return rc;
}

int run_commit(struct run *r, struct error *err)
{
    char message[700];
    int rc = 0;

    if (r->changes.count == 0)
        return 0;
    snprintf(message, sizeof(message), "%s\n\nrun %s\n", text_str(&r->subject),
             r->id);
    const struct store_batch batch = {
        .changes = r->changes.list,
        .count = r->changes.count,
        .message = message,
        .when_ms = r->exchange_ms,
    };
    rc = commit_batch(r, &batch, err);
    if (!rc) /* what could not be committed goes with the next commit */
        changes_release(&r->changes);
    return rc;
}

static void put_pi(struct text *out, const struct evaluation *e)
{
    if (value_usable(e->hazard.pi))
        text_printf(out, ", pi %.2f", e->hazard.pi.v);
}

static void put_grid(struct text *out, const struct grid_run *g)
{
    const struct evaluation *e = &g->now;
    const struct verdict *v = &e->verdict;
    text_printf(out, "%s%s: ", out->len ? "; " : "", e->grid);
    if (grid_status_at(&g->grid, e->slot_ms + MS_PER_SLOT - 1) ==
        GRID_IS_STOPPED) {
        text_puts(out, "stopped");
        return;
    }
    if (v->state != v->previous)
        text_printf(out, "%s → ", exit_state_name(v->previous));
    text_puts(out, exit_state_name(v->state));
    put_pi(out, e);
}

static bool has_changed(const struct grid_run *g)
{
    return g->now.verdict.state != g->now.verdict.previous;
}

/* Grids that changed, or did not. Returns how many there are; names the first
 * `room` of them. */
static size_t put_grids(struct run *r, bool changed, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        if (g->evaluated && has_changed(g) == changed && count++ < room)
            put_grid(&r->subject, g);
    }
    return count;
}

/* "btc-a: WARNING → LATEST_ACCEPTABLE_EXIT, pi 0.43; and 2 more": those that
 * changed are named and the others counted. When none did, some are named. */
static void make_subject(struct run *r)
{
    text_clear(&r->subject);
    size_t changed = put_grids(r, true, SUBJECT_GRIDS);
    size_t same = put_grids(r, false, changed ? 0 : SUBJECT_GRIDS);
    size_t named = changed ? changed : same;
    named = named < SUBJECT_GRIDS ? named : SUBJECT_GRIDS;
    if (changed + same > named)
        text_printf(&r->subject, "; and %zu more", changed + same - named);
    if (changed + same == 0)
        text_puts(&r->subject, "audit events");
}

/* Symbols that join are seeded only when their bars came. */
static void put_states(struct run *r)
{
    for (size_t i = 0; i < r->symbol_count; i++) {
        const struct symbol_run *s = &r->symbols[i];
        if (s->joins && s->first_due_ms != MOMENT_NONE)
            run_put_seeds(r, s);
    }
    for (size_t i = 0; i < r->grid_count; i++) {
        if (!r->grids[i].state_changed)
            continue;
        run_put_state(r, &r->grids[i]);
        r->grids[i].state_changed = false;
    }
}

/* A run that finds its slot recorded concludes nothing; what has changed of the
 * service is recorded all the same. */
static bool anything_new(const struct run *r)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        if (r->grids[i].evaluated)
            return true;
    }
    return false;
}

static void not_recorded(struct run *r, const struct error *err)
{
    char text[LOG_VALUE_MAX];
    log_event(LOG_LEVEL_ERROR, "record-failed", "what=%s",
              log_value(err->msg, text));
    run_note(r, RUN_NOT_RECORDED, err);
    r->not_recorded = *err;
}

bool run_commit_findings(struct run *r)
{
    struct error err;
    if (!r->tells_people || !r->changes.count)
        return false;
    if (run_commit(r, &err) == 0)
        return true;
    not_recorded(r, &err);
    return false;
}

int run_record(struct run *r)
{
    struct error err;

    run_channels_owe(r);
    put_states(r);
    make_subject(r);
    if (anything_new(r))
        run_put_config(r);
    if (r->options->dry_run || !(anything_new(r) || r->tells_people))
        changes_release(&r->changes);
    if (r->options->dry_run)
        return 0;
    if (!r->options->look)
        run_watch_tell(r);
    run_faults_settle(r);
    FAULT_POINT("before-commit");
    if (r->changes.count) {
        if (run_commit(r, &err)) {
            not_recorded(r, &err);
            return 0;
        }
        store_tip(r->store, r->commit);
        FAULT_POINT("after-commit");
    }
    if (!r->options->look)
        run_retire(r);
    run_push(r);
    /* One push is all that the alert waits for. */
    r->push_late |= run_commit_findings(r);
    writers_leave(r);
    return 0;
}
