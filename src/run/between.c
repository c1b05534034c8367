#include "run/between.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "engine/look.h"
#include "record/fill.h"
#include "run/candles.h"
#include "run/faults.h"
#include "run/put_internal.h"
#include "run/siren.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

static bool is_recent(const struct run *r, const struct grid_run *g)
{
    return g->exit.slot_ms <= r->slot_ms &&
           r->exchange_ms - g->exit.slot_ms <= LOOK_SLOT_MAX_AGE_MS;
}

static bool is_wanted(const struct run *r, const struct grid_run *g)
{
    return is_recent(r, g) &&
           look_is_wanted(&g->grid, &g->exit, r->exchange_ms);
}

static void say_skipped(const struct run *r, const struct grid_run *g)
{
    char slot[MOMENT_TEXT];
    if (g->exit.slot_ms == MOMENT_NONE || is_recent(r, g) ||
        !look_is_wanted(&g->grid, &g->exit, r->exchange_ms))
        return;
    moment_format(g->exit.slot_ms, slot);
    log_event(LOG_LEVEL_WARN, "look-skipped", "grid=%s recorded=%s why=old",
              g->grid.id, slot);
}

static bool any_wanted(const struct run *r, size_t symbol)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        if (r->grids[i].symbol == symbol && is_wanted(r, &r->grids[i]))
            return true;
    }
    return false;
}

/* By the offset that the newest run measured. */
static void take_time(struct run *r)
{
    if (r->options->at_ms != MOMENT_NONE)
        return;
    r->exchange_ms = clock_wall_ms() + r->offset_ms;
    r->slot_ms = slot_of(r->exchange_ms, r->config->run.settle_ms);
}

int run_between_fetch(struct run *r)
{
    struct kucoin_want *wants = xcalloc(r->symbol_count + 1, sizeof(*wants));
    struct kucoin_answer *answers =
        xcalloc(r->symbol_count + 1, sizeof(*answers));
    size_t *whose = xcalloc(r->symbol_count + 1, sizeof(*whose));
    struct error err;
    size_t n = 0;

    take_time(r);
    for (size_t i = 0; i < r->symbol_count; i++) {
        if (!any_wanted(r, i))
            continue;
        whose[n] = i;
        wants[n++] = (struct kucoin_want){ .symbol = r->symbols[i].symbol,
                                           .ticker = true };
    }
    int rc = n ? kucoin_fetch(&r->kucoin, wants, n, answers,
                              run_fetch_deadline_ms(r), &err)
               : 0;
    if (rc)
        run_note(r, RUN_UNREACHABLE, &err);
    for (size_t k = 0; k < n; k++)
        r->symbols[whose[k]].answer = answers[k];
    free(wants);
    free(answers);
    free(whose);
    return 0;
}

/* --- What was found --------------------------------------------------------
 */

struct run_between {
    struct exit_document slot; /* as it is recorded, with the look in it */
    double ticker;
    int64_t ticker_ms;
    bool touched;
};

static int put_event_of(struct run *r, const struct grid_run *g)
{
    const struct run_between *b = g->between;
    struct look_document d = {
        .at_ms = r->exchange_ms,
        .slot_ms = g->exit.slot_ms,
        .inputs = { .ticker = b->ticker, .ticker_ms = b->ticker_ms },
        .beyond = look_beyond(&g->grid, b->ticker),
        .touched = b->touched,
        .state = b->touched ? g->now.verdict.state : STATE_LATEST,
        .decision = { .reason = b->touched ? g->reason : ALERT_NOTHING },
        .run = put_info(r),
    };
    char path[RECORD_PATH_MAX];

    memcpy(d.grid, g->grid.id, sizeof(d.grid));
    memcpy(d.symbol, g->grid.symbol, sizeof(d.symbol));
    memcpy(d.inputs.grid_commit, g->commit, sizeof(d.inputs.grid_commit));
    memcpy(d.inputs.grid_blob, g->blob, sizeof(d.inputs.grid_blob));
    if (b->touched) {
        d.inputs.acknowledged_ms = g->phone_ms;
        memcpy(d.decision.intent, g->intent, sizeof(d.decision.intent));
    }
    return put_event(r, RECORD_LOOK, d.at_ms, d.grid, &d, path);
}

int run_between_put(struct run *r, const struct grid_run *g)
{
    const struct run_between *b = g->between;
    struct exit_document d = b->slot;
    char latest[RECORD_PATH_MAX];

    d.attempt++;
    d.run = put_info(r);
    d.inputs.ticker = b->ticker;
    d.inputs.ticker_ms = b->ticker_ms;
    d.inputs.acknowledged_ms = g->phone_ms;
    d.inputs.siren = SIREN_NOT_ASKED;
    d.decision = (struct decision){ .reason = g->reason };
    memcpy(d.decision.intent, g->intent, sizeof(d.decision.intent));
    memcpy(d.inputs.grid_commit, g->commit, sizeof(d.inputs.grid_commit));
    memcpy(d.inputs.grid_blob, g->blob, sizeof(d.inputs.grid_blob));
    exit_document_fill(&d, &g->now, &g->grid, &g->strategy.exit, &g->position,
                       &g->risk);
    record_latest_grid_path(g->grid.id, latest);
    return put_event_of(r, g) || put_document(r, RECORD_EXIT, latest, NULL, &d)
               ? -1
               : 0;
}

/* --- What an earlier look noted ---------------------------------------------
 */

struct noted {
    const struct grid_run *grid;
    int64_t at_ms; /* of the newest, or MOMENT_NONE */
    char path[RECORD_PATH_MAX];
};

static int take_noted(const struct store_entry *e, void *payload,
                      struct error *err)
{
    struct noted *n = payload;
    const struct record_place p = record_place_of(e->path);

    (void)err;
    if (p.kind == RECORD_LOOK && !strcmp(p.name, n->grid->grid.id) &&
        p.time_ms >= n->grid->exit.slot_ms && p.time_ms > n->at_ms) {
        n->at_ms = p.time_ms;
        snprintf(n->path, sizeof(n->path), "%s", e->path);
    }
    return 0;
}

static void list_noted(struct run *r, int64_t day_ms, struct noted *n)
{
    const struct civil c = moment_civil(day_ms);
    char dir[32];

    snprintf(dir, sizeof(dir), "audit/%04d/%02d/%02d", c.year % 10000,
             c.month % 100, c.day % 100);
    store_list(r->store, dir, take_noted, n, NULL);
}

/* The newest look after the slot that the grid is at. What cannot be read is
 * noted once more. */
static bool find_noted(struct run *r, const struct grid_run *g,
                       enum range_side *beyond)
{
    struct noted n = { .grid = g, .at_ms = MOMENT_NONE };
    int64_t day_ms = moment_floor(g->exit.slot_ms, MS_PER_DAY);
    struct look_document *d = xcalloc(1, sizeof(*d));
    struct error err;

    for (; day_ms <= r->exchange_ms; day_ms += MS_PER_DAY)
        list_noted(r, day_ms, &n);
    bool found = n.at_ms != MOMENT_NONE &&
                 !run_read_document(r, RECORD_LOOK, n.path, d, &err) &&
                 d->slot_ms == g->exit.slot_ms;
    *beyond = found ? d->beyond : SIDE_NONE;
    free(d);
    return found;
}

/* --- Grid by grid ----------------------------------------------------------
 */

static void say(const struct grid_run *g, const char *what, double ticker)
{
    log_event(LOG_LEVEL_INFO, "look", "grid=%s ticker=%.10g found=%s",
              g->grid.id, ticker, what);
}

/* As record_slot() does of a slot; a look that cannot be recorded is told. */
static void take(struct run *r, struct grid_run *g,
                 const struct evaluation *seen, const struct exit_memory *next)
{
    const struct exit_memory memory = g->exit;
    const struct alert_memory told = g->alert;
    const struct siren_record siren = g->siren;
    struct message_run m;

    g->now = *seen;
    g->exit = *next;
    g->evaluated = true;
    bool sends = run_decide(r, g, &told, &g->alert, &m);
    run_siren_follow(r, g, &told, &g->alert);
    g->unrecorded = run_put_slot(r, g, MOMENT_NONE, sends ? &m : NULL) != 0;
    if (!g->unrecorded) {
        if (sends)
            *run_add_message(r) = m;
        run_log_transition(&g->now);
        return;
    }
    g->exit = memory;
    g->alert = told;
    g->siren = siren;
    run_tell_unrecorded(r, g);
}

static void look_at(struct run *r, struct grid_run *g, struct run_between *b)
{
    static const char *const words[] = {
        [LOOK_UNKNOWN] = "unknown", [LOOK_NOTHING] = "nothing-new",
        [LOOK_OUTSIDE] = "outside", [LOOK_BACK] = "back",
        [LOOK_TOUCHED] = "touched",
    };
    struct look_inputs in = {
        .slot = &b->slot.evaluation,
        .grid = &g->grid,
        .config = &g->strategy.exit,
        .memory = &g->exit,
        .ticker = b->ticker,
        .ticker_ms = b->ticker_ms,
        .at_ms = r->exchange_ms,
    };
    struct evaluation seen;
    struct exit_memory next;
    in.noted = find_noted(r, g, &in.noted_side);
    enum look_found found = look(&in, &seen, &next);

    say(g, words[found], b->ticker);
    b->touched = found == LOOK_TOUCHED;
    g->between = b;
    g->position = b->slot.position.is;
    g->position.reason = b->slot.position.reason;
    g->risk = b->slot.risk;
    if (found == LOOK_TOUCHED)
        take(r, g, &seen, &next);
    if ((found == LOOK_OUTSIDE || found == LOOK_BACK) &&
        put_event_of(r, g) == 0)
        r->tells_people = true;
    g->position.reason = ""; /* its text goes */
    g->between = NULL;
}

static void conclude(struct run *r, struct grid_run *g)
{
    const struct kucoin_answer *a = &r->symbols[g->symbol].answer;
    struct run_between *b = xcalloc(1, sizeof(*b));
    char path[RECORD_PATH_MAX], text[LOG_VALUE_MAX];
    struct error err;

    b->ticker = a->ticker_ok ? a->ticker.price : NO_VALUE;
    b->ticker_ms = a->ticker_ok ? a->ticker.time_ms : MOMENT_NONE;
    record_latest_grid_path(g->grid.id, path);
    if (run_read_document(r, RECORD_EXIT, path, &b->slot, &err))
        log_event(LOG_LEVEL_WARN, "look-failed", "grid=%s what=%s", g->grid.id,
                  log_value(err.msg, text));
    else if (b->slot.evaluation.slot_ms == g->exit.slot_ms)
        look_at(r, g, b);
    free(b);
}

int run_between_conclude(struct run *r)
{
    const int64_t slot_ms = r->slot_ms;

    for (size_t i = 0; i < r->grid_count; i++) {
        struct grid_run *g = &r->grids[i];
        say_skipped(r, g);
        if (!is_wanted(r, g))
            continue;
        r->slot_ms = g->exit.slot_ms; /* which a look goes on from */
        conclude(r, g);
        r->slot_ms = slot_ms;
    }
    return 0;
}
