/* One grid from slot to slot: what it remembered, concluded, decided. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/quiet.h"
#include "base/moment.h"
#include "config/decisions.h"
#include "record/fill.h"
#include "replay/verify_internal.h"
#include "sys/xmalloc.h"
#include "sys/zone_file.h"

/* The grid's file as this slot read it. */
static void take_grid(struct verify *v, struct chain *c,
                      const struct reel_exit *x)
{
    const char *blob = x->document.inputs.grid_blob;
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    struct error err;

    if (strcmp(blob, c->grid_blob) == 0)
        return;
    if (store_read_blob(v->store, blob, &data, &err)) {
        verify_find(v, x->path, "its grid file is lost: %s", err.msg);
        c->broken = true;
    } else if (document_parse(RECORD_GRID, text_str(&data), data.len, &c->grid,
                              &complaints)) {
        verify_find(v, x->path, "its grid file %.12s is not valid", blob);
        c->broken = true;
    } else {
        memcpy(c->grid_blob, blob, sizeof(c->grid_blob));
    }
    text_release(&data);
}

/* The commit that the slot names as the newest to touch the grid's file: at it
 * the file is what the slot read. One that is not in history was put on another
 * tip since; but as long as the file stays the same, so does the name. */
static void take_commit(struct verify *v, struct chain *c,
                        const struct reel_exit *x, bool grid_changed)
{
    const char *commit = x->document.inputs.grid_commit;
    char path[RECORD_PATH_MAX], blob[STORE_ID_SIZE];
    struct error err;
    bool known = commit[0] && ledger_has_commit(v->ledger, commit);

    if (strcmp(commit, c->grid_commit) == 0 && !grid_changed) {
        v->report->strays += commit[0] && !known && !v->shallow;
        return;
    }
    record_grid_path(x->grid, path);
    if (known && (store_blob_id_at(v->store, commit, path, blob, &err) ||
                  strcmp(blob, x->document.inputs.grid_blob) != 0))
        verify_find(v, x->path, "read another grid file than commit %.12s has",
                    commit);
    if (!known && !grid_changed && !v->shallow)
        verify_find(v, x->path,
                    "names commit %.12s as that of its grid file, and the slot "
                    "before names %.12s",
                    commit, c->grid_commit);
    v->report->strays += commit[0] && !known && !v->shallow;
    snprintf(c->grid_commit, sizeof(c->grid_commit), "%s", commit);
}

static int read_config(struct verify *v, const char *hash, struct config *out,
                       struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    char path[RECORD_PATH_MAX], own[CONFIG_HASH];

    record_config_path(hash, path);
    int rc = store_read(v->store, path, &data, err);
    if (!rc)
        rc = config_read_decisions(text_str(&data), data.len, out, err);
    text_release(&data);
    if (!rc || err->fault != FAULT_MISSING || !v->options->config)
        return rc;
    config_hash(v->options->config, own);
    if (strcmp(own, hash) != 0)
        return rc;
    *out = *v->options->config;
    return 0;
}

static void take_config(struct verify *v, struct chain *c,
                        const struct reel_exit *x, bool grid_changed)
{
    const char *hash = x->document.run.config;
    struct error err;

    if (strcmp(hash, c->config_hash) == 0 && !grid_changed)
        return;
    if (read_config(v, hash, &c->config, &err)) {
        verify_find(v, x->path, "configuration %s: %s", hash, err.msg);
        c->broken = true;
        return;
    }
    memcpy(c->config_hash, hash, sizeof(c->config_hash));
    /* Overrides that cannot be used are not: the run did the same. */
    config_for_grid(&c->config, &c->grid, &c->strategy, &err);
}

/* What a message says of the time depends on the database of the system. */
static void take_zone(struct verify *v, struct chain *c,
                      const struct reel_exit *x, int64_t slot_ms)
{
    const char *name = c->config.notify.time_zone;
    struct error err;

    if (c->broken || zone_file_serves(&c->zone, name, slot_ms) ||
        zone_file_load(name, slot_ms, &c->zone, &err) == 0)
        return;
    verify_find(v, x->path, "configuration %s: %s", c->config_hash, err.msg);
    c->broken = true;
}

static struct position position_of(const struct exit_document *d)
{
    struct position p = d->position.is;
    p.reason = d->position.reason;
    return p;
}

/* A writer that lost the slot decided what it saw. That is kept when it rang,
 * and nothing of what it follows from is. */
static void pass_yielded(struct verify *v, const struct chain *c,
                         const char *run)
{
    for (size_t i = 0; i < v->sent_count; i++) {
        struct sent *s = &v->sent[i];
        if (!s->rang || s->document.intent.slot_ms != c->now.slot_ms ||
            strcmp(s->document.intent.grid, c->grid.id) != 0 ||
            strcmp(s->document.run.id, run) == 0 || s->decided ||
            verify_is_of_look(v, c->grid.id, s->document.run.id))
            continue;
        s->decided = true;
        v->report->yielded++;
    }
}

static void check_intent(struct verify *v, const struct alert_now *now,
                         enum alert_reason reason, const char *run,
                         struct decision *decision)
{
    struct intent_document d;
    struct intent intent;
    bool there = false;

    intent_make(now, reason, &intent);
    memcpy(decision->intent, intent.id, sizeof(decision->intent));
    for (size_t i = 0; i < v->sent_count; i++) {
        struct sent *s = &v->sent[i];
        if (strcmp(s->document.intent.id, intent.id) != 0 ||
            strcmp(s->document.run.id, run) != 0)
            continue;
        s->decided = there = true;
        d = s->document;
        d.intent = intent;
        verify_stands(v, s->path, RECORD_INTENT, &d);
    }
    if (!there)
        verify_find(v, "audit", "message '%s' is not there", intent.id);
}

/* Its path holds the hash of its text: it is there, or it is another. */
void chain_check_transition(struct verify *v, const struct chain *c,
                            const struct exit_document *x, int64_t at_ms)
{
    char path[RECORD_PATH_MAX], hash8[RECORD_HASH8];
    struct text text = TEXT_INIT(RECORD_BYTES_MAX);
    struct transition_document d;
    struct error err;
    bool there = false;

    transition_document_fill(&d, &c->now);
    d.at_ms = at_ms;
    d.backfilled = x->backfilled;
    d.run = x->run;
    if (document_render(RECORD_TRANSITION, &d, &text, &err) == 0) {
        record_hash8(text_str(&text), text.len, hash8);
        record_audit_path(RECORD_TRANSITION, d.at_ms, d.grid, hash8, path);
        if (store_exists(v->store, path, &there, &err) || !there)
            verify_find(v, path, "this transition is not recorded");
    }
    text_release(&text);
    v->report->transitions++;
}

/* What went to other channels because nobody answered is of a slot, too:
 * whether it was due depends on what they were told before. */
static void check_second(struct verify *v, const struct alert_now *now,
                         const char *run)
{
    struct intent intent;

    if (now->e->verdict.state != STATE_MANDATORY)
        return;
    intent_make(now, ALERT_SECOND, &intent);
    for (size_t i = 0; i < v->sent_count; i++) {
        struct sent *s = &v->sent[i];
        if (strcmp(s->document.intent.id, intent.id) != 0 ||
            strcmp(s->document.run.id, run) != 0)
            continue;
        s->decided = true;
        struct intent_document d = s->document;
        d.intent = intent;
        verify_stands(v, s->path, RECORD_INTENT, &d);
    }
}

/* By command or by hand, or on the phone. */
static int64_t acknowledged_ms(const struct grid *g, int64_t slot_ms,
                               const struct exit_inputs *inputs)
{
    int64_t by_file_ms = grid_acknowledged_ms(g, slot_ms);
    int64_t by_phone_ms = inputs->acknowledged_ms;
    return by_phone_ms && by_phone_ms > by_file_ms ? by_phone_ms : by_file_ms;
}

void chain_decide(struct verify *v, struct chain *c,
                  const struct position *position, struct exit_document *d)
{
    const struct quiet quiet = { c->config.notify.quiet_hours,
                                 c->config.notify.maintenance, &c->zone };
    const struct parting_sale *sale = verify_left(v, c, d->run.id);
    const struct alert_now now = {
        .e = &c->now,
        .grid = &c->grid,
        .position = position,
        .config = &c->config.alert,
        .risk = &d->risk,
        .mode = c->strategy.exit.mode,
        .hush =
            alert_hush_of(&c->grid, c->strategy.exit.shadow, c->now.slot_ms),
        .acknowledged_ms =
            acknowledged_ms(&c->grid, c->now.slot_ms, &d->inputs),
        .siren = d->inputs.siren,
        .subdued = quiet_at(&quiet, c->now.slot_ms),
        .zone = &c->zone,
        .left = sale != NULL,
        .sale = sale,
        .was_idle = alert_was_idle(&c->alert, &c->now),
    };

    pass_yielded(v, c, d->run.id);
    d->decision = (struct decision){ .reason = ALERT_NOTHING };
    if (d->backfilled)
        return;
    d->decision.reason = alert_decide(&c->alert, &now, &c->alert);
    if (alert_reason_sends(d->decision.reason))
        check_intent(v, &now, d->decision.reason, d->run.id, &d->decision);
    check_second(v, &now, d->run.id);
}

static bool begin(struct verify *v, struct chain *c, const struct reel_exit *x)
{
    if (c->begun)
        return !c->broken;
    c->begun = true;
    c->exit = exit_memory_new();
    c->alert = alert_memory_new();
    if (x->document.previous_slot_ms == MOMENT_NONE)
        return true;
    c->broken = true;
    c->lost = v->shallow;
    if (c->lost)
        return false;
    verify_find(v, x->path,
                "is the first of its grid here, but names an earlier slot: "
                "what it remembered is not known");
    return false;
}

void chain_take(struct verify *v, struct chain *c, const struct reel_exit *x,
                int64_t slot_ms)
{
    char blob[STORE_ID_SIZE];
    memcpy(blob, c->grid_blob, sizeof(blob));
    take_grid(v, c, x);
    take_commit(v, c, x, strcmp(blob, c->grid_blob) != 0);
    take_config(v, c, x, strcmp(blob, c->grid_blob) != 0);
    take_zone(v, c, x, slot_ms);
}

/* Documents from before theta was kept do not name it: L_HAZ had the limits of
 * the configuration, and the ATR of the start was not remembered. Once one
 * names it, its absence is a difference. */
static void evaluate_as_recorded(struct chain *c, struct evaluate_inputs *in,
                                 const struct text *recorded)
{
    const struct exit_memory before = c->exit;
    struct exit_config plain = c->strategy.exit;

    evaluate(in, &c->now, &c->exit);
    c->theta |= strstr(text_str(recorded), "\n  theta:") != NULL;
    if (c->theta || !c->now.verdict.theta.asked)
        return;
    plain.l_haz_table = false;
    c->exit = before;
    in->config = &plain;
    evaluate(in, &c->now, &c->exit);
    c->now.verdict.theta.asked = false;
    c->exit.atr_entry = NO_VALUE;
}

void chain_step(struct verify *v, struct chain *c, const struct reel *r,
                const struct reel_exit *x)
{
    struct exit_document d = x->document;
    const struct position position = position_of(&x->document);

    if (!begin(v, c, x)) {
        v->report->out_of_reach += c->lost;
        v->report->exits += !c->lost;
        return;
    }
    v->report->exits++;
    chain_looks(v, c, NULL);
    chain_take(v, c, x, r->document.slot_ms);
    if (c->broken)
        return;
    d.previous_slot_ms = c->exit.slot_ms;
    if (c->exit.life_ms != grid_life_ms(&c->grid))
        c->alert = alert_memory_new();
    struct evaluate_inputs in = {
        .now = &r->snapshot,
        .grid = &c->grid,
        .position = &position,
        .outside = &d.inputs.outside,
        .memory = &c->exit,
        .config = &c->strategy.exit,
        .gates = &c->strategy.gate,
    };
    evaluate_as_recorded(c, &in, &x->bytes);
    chain_decide(v, c, &position, &d);
    exit_document_fill(&d, &c->now, &c->grid, &c->strategy.exit, &position,
                       &x->document.risk);
    verify_same(v, x->path, &x->bytes, RECORD_EXIT, &d);
    if (c->now.verdict.state != c->now.verdict.previous)
        chain_check_transition(v, c, &d, c->now.slot_ms);
}

void chain_lose(struct verify *v, struct chain *c)
{
    c->begun = c->broken = c->lost = true;
    v->report->out_of_reach++;
}

/* The messages without a delivery, in the order in which they were decided. */
static void check_open(struct verify *v, const char *path,
                       const struct state_document *d)
{
    for (size_t k = 0; k < d->open_count; k++) {
        bool open = false;
        for (size_t i = 0; i < v->sent_count; i++)
            open |= !v->sent[i].closed &&
                    strcmp(v->sent[i].document.intent.id, d->open[k].id) == 0;
        if (!open)
            verify_find(v, path, "'%s' is no open message", d->open[k].id);
    }
}

void chain_end(struct verify *v, struct chain *c, const char *grid)
{
    char path[RECORD_PATH_MAX];
    struct text bytes = TEXT_INIT(RECORD_BYTES_MAX);
    struct text last = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    struct state_document d;
    struct error err;

    if (!c->begun || c->broken)
        return;
    struct exit_document *latest = xcalloc(1, sizeof(*latest));
    bool looked = chain_looks(v, c, latest);
    record_state_path(grid, path);
    if (store_read(v->store, path, &bytes, &err)) {
        verify_find(v, path, "should be there: %s", err.msg);
    } else if (document_parse(RECORD_STATE, text_str(&bytes), bytes.len, &d,
                              &complaints) == 0) {
        check_open(v, path, &d);
        d.exit = c->exit;
        d.alert = c->alert;
        verify_same(v, path, &bytes, RECORD_STATE, &d);
    }
    text_clear(&bytes);
    record_latest_grid_path(grid, path);
    if (looked)
        verify_stands(v, path, RECORD_EXIT, latest);
    else if (verify_read(v, c->last, &last, &err) ||
             store_read(v->store, path, &bytes, &err) ||
             bytes.len != last.len ||
             memcmp(text_str(&bytes), text_str(&last), last.len) != 0)
        verify_find(v, path, "is not the same as '%s'", c->last);
    free(latest);
    text_release(&bytes);
    text_release(&last);
}
