/* gridwatch whatif: messages that another configuration would have sent of the
 * recorded slots, or not. Both sides are replayed alike: the configuration that
 * each slot was recorded under, and the one that is given. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/command.h"
#include "cli/each_grid.h"
#include "cli/replay_tally.h"
#include "cli/span.h"
#include "cli/whatif_told.h"
#include "config/decisions.h"
#include "replay/open_document.h"
#include "replay/reel.h"
#include "sys/xmalloc.h"

/* One side. */
struct lane {
    struct config_grid strategy;
    struct exit_memory memory;
    struct evaluation now;
    struct replay_tally tally;
};

struct asking {
    const struct context *context;
    struct store *store;
    struct span span;
    struct grid grid; /* as the slot at hand read it */
    char grid_blob[STORE_ID_SIZE];
    struct config was; /* that slot's configuration */
    char was_hash[CONFIG_HASH], is_hash[CONFIG_HASH];
    struct lane lane[2]; /* as it was, as it would be */
    struct whatif_sums sums;
};

static int read_config(struct asking *a, const char *hash, struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char path[RECORD_PATH_MAX];

    record_config_path(hash, path);
    int rc = store_read(a->store, path, &data, err);
    if (!rc)
        rc = config_read_decisions(text_str(&data), data.len, &a->was, err);
    text_release(&data);
    return rc ? error_wrap(err, "configuration %s", hash) : 0;
}

/* Configuration and grid of the slot. Overrides that cannot be used are not:
 * the run did the same. */
static int take(struct asking *a, const struct exit_document *d,
                struct error *err)
{
    bool other_grid = strcmp(a->grid_blob, d->inputs.grid_blob) != 0;
    bool other_config = strcmp(a->was_hash, d->run.config) != 0;
    struct error ignored;

    if (other_grid &&
        open_grid_blob(a->store, d->inputs.grid_blob, &a->grid, err))
        return -1;
    if (other_config && read_config(a, d->run.config, err))
        return -1;
    memcpy(a->grid_blob, d->inputs.grid_blob, sizeof(a->grid_blob));
    memcpy(a->was_hash, d->run.config, sizeof(a->was_hash));
    if (!other_grid && !other_config)
        return 0;
    config_for_grid(&a->was, &a->grid, &a->lane[0].strategy, &ignored);
    config_for_grid(a->context->config, &a->grid, &a->lane[1].strategy,
                    &ignored);
    return 0;
}

static enum alert_reason ask(struct asking *a, int side, const struct reel *r,
                             const struct reel_exit *x)
{
    const struct alert_config *alerts[] = { &a->was.alert,
                                            &a->context->config->alert };
    struct position position = x->document.position.is;
    struct lane *lane = &a->lane[side];
    const struct evaluate_inputs in = {
        .now = &r->snapshot,
        .grid = &a->grid,
        .position = &position,
        .outside = &x->document.inputs.outside,
        .memory = &lane->memory,
        .config = &lane->strategy.exit,
        .gates = &lane->strategy.gate,
    };

    position.reason = x->document.position.reason;
    evaluate(&in, &lane->now, &lane->memory);
    return replay_tally_step(&lane->tally, &lane->now, &a->grid, &x->document,
                             &lane->strategy, alerts[side]);
}

/* A message is the same where both send one of the same state. */
static void compare(struct asking *a, const enum alert_reason reason[2])
{
    const struct lane *lane = a->lane;
    bool sends[2] = { alert_reason_sends(reason[0]),
                      alert_reason_sends(reason[1]) };
    bool same = sends[0] && sends[1] &&
                lane[0].now.verdict.state == lane[1].now.verdict.state;

    for (int side = 0; side < 2; side++) {
        a->sums.messages[side] += sends[side];
        if (!sends[side] || same)
            continue;
        a->sums.changed[side]++;
        whatif_tell_change(side, &lane[side].now, reason[side],
                           a->context->json);
    }
}

static void note_config(struct whatif_sums *sums, const char *hash)
{
    for (size_t i = 0; i < sums->was_count; i++)
        if (strcmp(sums->was[i], hash) == 0)
            return;
    sums->was = xrealloc(sums->was, sums->was_count + 1, sizeof(*sums->was));
    memcpy(sums->was[sums->was_count++], hash, sizeof(*sums->was));
}

static int step(struct asking *a, struct reel *r, struct reel_exit *x,
                struct error *err)
{
    int64_t slot_ms = x->document.evaluation.slot_ms;
    enum alert_reason reason[2];

    reel_regard(r, x);
    if (take(a, &x->document, err)) {
        char slot[MOMENT_TEXT];
        moment_format(slot_ms, slot);
        return error_wrap(err, "slot %s", slot);
    }
    for (int side = 0; side < 2; side++)
        reason[side] = ask(a, side, r, x);
    if (slot_ms < a->span.from_ms || slot_ms >= a->span.to_ms)
        return 0;
    a->sums.slots++;
    note_config(&a->sums, a->was_hash);
    compare(a, reason);
    return 0;
}

static void begin(struct asking *a)
{
    for (int side = 0; side < 2; side++) {
        a->lane[side].memory = exit_memory_new();
        a->lane[side].tally = replay_tally_new();
    }
    a->grid_blob[0] = a->was_hash[0] = '\0';
    a->sums = (struct whatif_sums){ 0 };
}

/* The slot at hand, if it is one of the grid's. */
static int step_grid(struct asking *a, struct reel *r, const char *id,
                     struct error *err)
{
    for (size_t i = 0; i < r->exit_count; i++) {
        struct reel_exit *x = &r->exits[i];
        if (x->there && strcmp(x->grid, id) == 0 && step(a, r, x, err))
            return -1;
    }
    return 0;
}

static int go_through(struct asking *a, const struct grid *g, struct error *err)
{
    struct reel *r;

    begin(a);
    int rc = reel_open_grid(a->store, g, &r, err);
    if (rc)
        return -1;
    while ((rc = reel_next(r, err)) == 1)
        if (step_grid(a, r, g->id, err)) {
            rc = -1;
            break;
        }
    reel_close(r);
    if (!rc)
        whatif_tell_sums(g->id, &a->sums, a->is_hash, a->context->json);
    free(a->sums.was);
    return rc;
}

enum run_exit cmd_whatif(const struct context *c, struct error *err)
{
    struct asking *a = xcalloc(1, sizeof(*a));
    struct asked_grids grids = { NULL, 0 };

    a->context = c;
    config_hash(c->config, a->is_hash);
    int rc = span_read(c, &a->span, err);
    if (!rc)
        rc = run_open_store(c->config, false, &a->store, err);
    if (!rc)
        rc = asked_grids_read(c->args, a->store, &grids, err);
    if (!rc && grids.count == 0)
        rc = error_set(err, FAULT_MISSING, "no grid is recorded");
    for (size_t i = 0; i < grids.count && !rc; i++)
        rc = go_through(a, &grids.list[i], err);
    store_free(a->store);
    asked_grids_release(&grids);
    free(a);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
