/* gridwatch ack and snooze: what the operator answers to a message. Both are an
 * event of the grid, as if written into its file by hand, and an audit event.
 *
 * Of a message only what the grid remembers is asked: what was last told, and
 * when. A message of an older life is open no more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/act.h"
#include "cli/span.h"
#include "replay/open_document.h"
#include "sys/xmalloc.h"

/* "2026-02-10 12:15 UTC" */
static void put_minute(int64_t ms, char *out, size_t size)
{
    struct civil c = moment_civil(ms);
    snprintf(out, size, "%04d-%02d-%02d %02d:%02d UTC", c.year, c.month, c.day,
             c.hour, c.minute);
}

struct told {
    bool open;
    enum exit_state state; /* UNKNOWN: that the state is not known */
    int64_t slot_ms, episode_ms;
    int64_t answered_ms;
};

/* The newest message, by its slot. */
static struct told told_of(const struct state_document *d)
{
    const struct alert_memory *m = &d->alert;
    struct told t = { .open = m->open || m->blind, .slot_ms = MOMENT_NONE };

    for (int i = 0; i < STATE_COUNT; i++) {
        if (m->said_ms[i] == MOMENT_NONE || m->said_ms[i] < t.slot_ms)
            continue;
        t.state = (enum exit_state)i;
        t.slot_ms = m->said_ms[i];
    }
    if (m->idle && m->said > t.state) /* it was remembered as a WARNING */
        t.state = m->said;
    t.answered_ms = m->answered_ms;
    t.episode_ms = d->exit.episode_ms == MOMENT_NONE ? 0 : d->exit.episode_ms;
    return t;
}

/* What is open of a grid; FAULT_USAGE and why, when nothing is. */
static int find_open(struct act *a, const struct grid *g, struct told *out,
                     struct error *err)
{
    struct state_document *d = xcalloc(1, sizeof(*d));
    char at[32], path[RECORD_PATH_MAX];

    record_state_path(g->id, path);
    int rc = open_document(a->edit.store, RECORD_STATE, path, d, err);
    *out = (struct told){ .slot_ms = MOMENT_NONE };
    if (!rc && d->exit.life_ms == grid_life_ms(g) &&
        grid_status(g) != GRID_IS_STOPPED)
        *out = told_of(d);
    free(d);
    if (rc && err->fault != FAULT_MISSING)
        return -1;
    int64_t acknowledged_ms =
        grid_acknowledged_ms(g, moment_floor(a->edit.at_ms, MS_PER_SLOT));
    if (!out->open)
        return error_set(err, FAULT_USAGE,
                         "grid '%s': nothing is open: nothing was told that is "
                         "not over",
                         g->id);
    if (acknowledged_ms == MOMENT_NONE || acknowledged_ms < out->slot_ms ||
        acknowledged_ms <= out->answered_ms)
        return 0;
    put_minute(acknowledged_ms, at, sizeof(at));
    return error_set(err, FAULT_USAGE,
                     "grid '%s': nothing is open: what was told was "
                     "acknowledged at %s",
                     g->id, at);
}

static int put_ack(struct act *a, struct grid *g, const struct told *t,
                   struct error *err)
{
    const struct operator_document what = {
        .action = OPERATOR_ACKNOWLEDGE,
        .state = t->state,
        .episode_ms = t->episode_ms,
    };
    char words[120], at[32];

    put_minute(t->slot_ms, at, sizeof(at));
    snprintf(words, sizeof(words), "acknowledged %s of slot %s",
             exit_state_name(t->state), at);
    return act_put(a, g, GRID_ACKNOWLEDGED, &what, NULL, words, err);
}

static int ack_one(struct act *a, const char *id, struct error *err)
{
    struct grid g;
    struct told t;
    if (act_read(a, id, &g, err) || find_open(a, &g, &t, err))
        return -1;
    return put_ack(a, &g, &t, err);
}

/* A grid with nothing open, or a file that cannot be read, is passed over:
 * the others are acknowledged all the same. */
static int ack_visited(const struct store_entry *e, void *payload,
                       struct error *err)
{
    struct act *a = payload;
    struct record_place place = record_place_of(e->path);
    struct error why;
    struct grid g;
    struct told t;

    if (e->is_dir || place.kind != RECORD_GRID)
        return 0;
    if (act_read(a, place.name, &g, &why)) {
        fprintf(stderr, "gridwatch: %s\n", why.msg);
        return 0;
    }
    if (find_open(a, &g, &t, &why))
        return why.fault == FAULT_USAGE
                   ? 0
                   : error_set(err, why.fault, "%s", why.msg);
    return put_ack(a, &g, &t, err);
}

static int ack_all(struct act *a, struct error *err)
{
    if (store_list(a->edit.store, "grids", ack_visited, a, err))
        return -1;
    return a->done_count
               ? 0
               : error_set(err, FAULT_USAGE, "nothing is open of any grid");
}

enum run_exit cmd_ack(const struct context *c, struct error *err)
{
    struct act a;
    int rc = act_begin(&a, c, err);
    if (!rc)
        rc = c->args->word_count ? ack_one(&a, c->args->words[0], err)
                                 : ack_all(&a, err);
    if (!rc)
        rc = act_commit(&a, err);
    return act_finish(&a, rc, err);
}

/* --- snooze ----------------------------------------------------------------
 */

/* Until when; `at_ms` itself ends a snooze. */
static int read_until(const struct context *c, int64_t at_ms, int64_t *until_ms,
                      struct error *err)
{
    const char *span = c->args->word_count > 1 ? c->args->words[1] : NULL;
    const char *until = act_option(c, "until");
    int64_t span_ms = 0;

    if (!span == !until)
        return error_set(err, FAULT_USAGE,
                         "say how long: 'snooze GRID 8h', or --until TIME, or "
                         "'snooze GRID off'");
    bool off = span && strcmp(span, "off") == 0;
    if (span && !off && (!span_parse(span, &span_ms) || span_ms == 0))
        return error_set(err, FAULT_USAGE,
                         "'%.40s' is not a time span such as 90m, 8h or 2d",
                         span);
    *until_ms = span ? at_ms + span_ms : moment_parse(until);
    if (*until_ms == MOMENT_NONE)
        return error_set(err, FAULT_USAGE,
                         "--until '%.40s' is not a time such as "
                         "2026-01-31T14:15Z",
                         until);
    if (until && *until_ms <= at_ms)
        return error_set(err, FAULT_USAGE, "--until '%.40s' is over already",
                         until);
    if (*until_ms - at_ms > GRID_SNOOZE_MAX_MS)
        return error_set(err, FAULT_USAGE,
                         "a snooze lasts 7 days at most: 'grid pause' silences "
                         "a grid for longer");
    return 0;
}

static int check_snoozable(const struct grid *g, int64_t at_ms, bool off,
                           struct error *err)
{
    enum grid_status status = grid_status(g);
    if (status != GRID_IS_RUNNING)
        return error_set(err, FAULT_USAGE,
                         "grid '%s' is %s: nothing is told of it anyhow", g->id,
                         grid_status_name(status));
    if (off && grid_snoozed_until_ms(g, at_ms) == MOMENT_NONE)
        return error_set(err, FAULT_USAGE, "grid '%s' is not snoozed", g->id);
    return 0;
}

static int snooze(struct act *a, const char *id, struct error *err)
{
    struct operator_document what = { .action = OPERATOR_SNOOZE };
    struct grid g;
    char words[120] = "awake again", until[32];
    int64_t at_ms = a->edit.at_ms;

    if (read_until(a->context, at_ms, &what.until_ms, err) ||
        act_read(a, id, &g, err) ||
        check_snoozable(&g, at_ms, what.until_ms == at_ms, err))
        return -1;
    put_minute(what.until_ms, until, sizeof(until));
    if (what.until_ms > at_ms)
        snprintf(words, sizeof(words),
                 "snoozed until %s; MANDATORY_EXIT is told all the same",
                 until);
    return act_put(a, &g, GRID_SNOOZED, &what, NULL, words, err);
}

enum run_exit cmd_snooze(const struct context *c, struct error *err)
{
    struct act a;
    int rc = act_begin(&a, c, err);
    if (!rc)
        rc = snooze(&a, c->args->words[0], err);
    if (!rc)
        rc = act_commit(&a, err);
    return act_finish(&a, rc, err);
}
