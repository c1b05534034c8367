/* record: everything that was concluded in one commit, then the push. */
#include <inttypes.h>
#include <stdio.h>

#include "run/run_internal.h"
#include "sys/fault_point.h"
#include "sys/log.h"

#define SUBJECT_GRIDS 3 /* named one by one in the subject */

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
    char hex[STORE_ID_SIZE];
    rc = store_commit(r->store, &batch, hex, err);
    if (!rc) /* what could not be committed goes with the next commit */
        changes_release(&r->changes);
    return rc;
}

static void put_pi(struct text *out, const struct evaluation *e)
{
    if (value_usable(e->hazard.pi))
        text_printf(out, ", pi %.2f", e->hazard.pi.v);
}

static void put_grid(struct text *out, const struct evaluation *e)
{
    const struct verdict *v = &e->verdict;
    text_printf(out, "%s%s: ", out->len ? "; " : "", e->grid);
    if (v->state != v->previous)
        text_printf(out, "%s → ", exit_state_name(v->previous));
    text_puts(out, exit_state_name(v->state));
    put_pi(out, e);
}

/* "btc-a: WARNING → LATEST_ACCEPTABLE_EXIT, pi 0.43". Of many grids, those
 * that changed come first and the rest is counted. */
static void make_subject(struct run *r)
{
    size_t named = 0, evaluated = 0;
    text_clear(&r->subject);
    for (int changed = 1; changed >= 0; changed--) {
        for (size_t i = 0; i < r->grid_count; i++) {
            const struct grid_run *g = &r->grids[i];
            const struct verdict *v = &g->now.verdict;
            if (!g->evaluated || (v->state != v->previous) != (changed == 1))
                continue;
            evaluated++;
            if (named == SUBJECT_GRIDS)
                continue;
            named++;
            put_grid(&r->subject, &g->now);
        }
    }
    if (evaluated > named)
        text_printf(&r->subject, "; and %zu more", evaluated - named);
    if (!evaluated)
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

/* A run that finds its slot recorded writes nothing, not even once more that
 * a file is broken: a slot is told of once. */
static bool anything_new(const struct run *r)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        if (r->grids[i].evaluated)
            return true;
    }
    return false;
}

int run_record(struct run *r)
{
    struct error err;
    char text[LOG_VALUE_MAX];

    put_states(r);
    make_subject(r);
    if (anything_new(r))
        run_put_config(r);
    if (r->options->dry_run || !anything_new(r))
        changes_release(&r->changes);
    if (r->options->dry_run)
        return 0;
    FAULT_POINT("before-commit");
    if (r->changes.count) {
        if (run_commit(r, &err)) {
            log_event(LOG_LEVEL_ERROR, "record-failed", "what=%s",
                      log_value(err.msg, text));
            run_note(r, RUN_NOT_RECORDED, &err);
            return 0;
        }
        store_tip(r->store, r->commit);
        FAULT_POINT("after-commit");
    }
    run_push(r);
    return 0;
}
