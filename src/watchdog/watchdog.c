#include "watchdog/watchdog.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/remote_url.h"
#include "net/http.h"
#include "sys/clock.h"
#include "sys/lock.h"
#include "sys/xmalloc.h"
#include "watchdog/clone.h"
#include "watchdog/kept.h"
#include "watchdog/sight.h"
#include "watchdog/tell.h"

struct look {
    const struct watchdog_options *options;
    struct watchdog_report *report;
    struct kept kept;
    bool knew; /* an earlier look remembered something */
    struct sight sight;
    struct watch_facts facts;
    struct lock lock;
    struct http_pool *pool;
    char user_agent[96];
};

/* In the words of the watchdog's options. */
static int check_remote(enum remote_flaw flaw, struct error *err)
{
    if (flaw == REMOTE_SECRET)
        return error_set(err, FAULT_CONFIG,
                         "record.remote must not hold a password, nor a user "
                         "name with https: WATCHDOG_GIT_TOKEN and "
                         "record.http_login are the place for them");
    if (flaw != REMOTE_FINE)
        return error_set(err, FAULT_CONFIG, "record.remote must %s",
                         remote_flaw_rule(flaw));
    return 0;
}

static int check_setup(const struct config *c, struct error *err)
{
    const char *remote = c->watchdog.remote;
    if (!remote[strspn(remote, " \t")])
        return error_set(err, FAULT_CONFIG,
                         "record.remote is not set: the watchdog looks at the "
                         "remote that the job pushes to");
    if (check_remote(remote_url_flaw(remote), err))
        return -1;
    if (!c->secrets.watchdog_pushover_token.text[0] ||
        !c->secrets.watchdog_pushover_user.text[0])
        return error_set(err, FAULT_CONFIG,
                         "nobody would be told: set WATCHDOG_PUSHOVER_TOKEN "
                         "and WATCHDOG_PUSHOVER_USER");
    return 0;
}

/* A memory that is gone or broken costs one message more; it is no failure. */
static void recall(struct look *l)
{
    struct error err;
    if (kept_load(l->options->config->watchdog.memory, &l->kept, &err) &&
        err.fault != FAULT_MISSING)
        fprintf(stderr,
                "gridwatch: %s: what was told is forgotten, what stands is "
                "told once more\n",
                err.msg);
}

/* `was`: the tip of a clone that had to be set aside, or "". That proves it
 * where the memory knows nothing. */
static int see_history(struct look *l, const char *tip, const char *was,
                       struct error *err)
{
    bool is = true;
    int rc = 0;
    if (l->options->accept)
        return 0;
    if (l->kept.tip[0] && strcmp(l->kept.tip, tip) != 0)
        rc = clone_has(l->options->config, tip, l->kept.tip, &is, err);
    if (!rc && is && was[0]) {
        memcpy(l->kept.tip, was, sizeof(l->kept.tip));
        is = false;
    }
    l->facts.rewritten = !is;
    memcpy(l->facts.tip_was, l->kept.tip, sizeof(l->kept.tip));
    return rc;
}

/* The place that was told of must be within what is read. */
static int64_t torn_from_ms(const struct look *l)
{
    const struct watch_told *told = &l->kept.rule[WATCH_TORN];
    return told->told_ms ? told->since_ms - 2 * MS_PER_DAY : l->facts.now_ms;
}

static int see_record(struct look *l, struct error *err)
{
    struct store *store = NULL;
    char was[STORE_ID_SIZE] = "";
    int rc = clone_open(l->options->config, &store, was, err);
    if (rc && was[0] && !l->kept.tip[0]) /* for the next look */
        memcpy(l->kept.tip, was, sizeof(l->kept.tip));
    if (!rc && !store_tip(store, l->facts.tip))
        rc = error_set(err, FAULT_DATA, "the record has no commit yet");
    if (!rc)
        rc = see_history(l, l->facts.tip, was, err);
    if (!rc)
        rc =
            sight_take(store, l->facts.now_ms, torn_from_ms(l), &l->sight, err);
    store_free(store);
    return rc;
}

/* What an earlier look saw; what lies ahead of the clock is no measure. */
static int64_t before_ms(const struct look *l, const char *grid)
{
    int64_t slot_ms = kept_slot(&l->kept, grid);
    bool none =
        l->options->accept ||
        (slot_ms != MOMENT_NONE && slot_ms > l->facts.now_ms + WATCH_AHEAD_MS);
    return none ? MOMENT_NONE : slot_ms;
}

/* Since when it runs as far as was seen. A first look of all has seen nothing
 * begin: there the file is believed. */
static int64_t runs_ms(const struct look *l, const struct watch_grid *g)
{
    int64_t kept_ms = kept_runs(&l->kept, g->id);
    if (!g->runs)
        return MOMENT_NONE;
    if (kept_ms != MOMENT_NONE && kept_ms <= l->facts.now_ms)
        return kept_ms;
    return l->knew || g->life_ms == MOMENT_NONE ? l->facts.now_ms : g->life_ms;
}

static bool is_there(const struct look *l, const char *grid)
{
    size_t i = 0;
    while (i < l->sight.grid_count && strcmp(l->sight.grids[i].id, grid) != 0)
        i++;
    return i < l->sight.grid_count;
}

/* Grids that ran when they were seen last, and have no file any more. */
static void add_gone(struct look *l)
{
    for (size_t i = 0; i < l->kept.grid_count; i++) {
        const struct kept_grid *k = &l->kept.grids[i];
        if (k->runs_ms != MOMENT_NONE && !l->options->accept &&
            !is_there(l, k->id))
            sight_add(&l->sight, k->id)->gone = true;
    }
}

static void take_facts(struct look *l)
{
    struct sight *s = &l->sight;
    struct watch_facts *f = &l->facts;
    l->report->grids = s->grid_count;
    for (size_t i = 0; i < s->grid_count; i++)
        l->report->running += s->grids[i].runs;
    add_gone(l);
    for (size_t i = 0; i < s->grid_count; i++) {
        struct watch_grid *g = &s->grids[i];
        if (g->unread || g->gone)
            continue;
        g->before_ms = before_ms(l, g->id);
        g->runs_ms = runs_ms(l, g);
    }
    f->grids = s->grids;
    f->grid_count = s->grid_count;
    f->service = s->service;
    f->unheard = s->unheard;
    f->unheard_count = s->unheard_count;
    f->invalid = s->invalid;
    f->invalid_count = s->invalid_count;
    f->stands = s->stands;
    f->stands_count = s->stands_count;
}

static void see(struct look *l)
{
    struct watchdog_report *r = l->report;
    struct error err;
    l->facts = (struct watch_facts){ .now_ms = l->options->now_ms,
                                     .accepted = l->options->accept };
    l->knew = l->kept.tip[0] != '\0';
    l->facts.read = see_record(l, &err) == 0;
    if (!l->facts.read) {
        snprintf(l->facts.why, sizeof(l->facts.why), "%.470s", err.msg);
        memcpy(r->why, l->facts.why, sizeof(r->why));
    } else {
        take_facts(l);
        memcpy(r->tip, l->facts.tip, sizeof(r->tip));
    }
    r->now_ms = l->facts.now_ms;
    r->read = l->facts.read;
    r->documents = l->sight.documents;
}

static void tell(struct look *l, enum watch_rule_id id)
{
    struct watchdog_rule *r = &l->report->rule[id];
    struct watch_message m;
    watch_words(id, r->news, &r->found, &l->kept.rule[id], &m);
    r->sent = !l->options->dry_run;
    if (!r->sent)
        return;
    r->delivered = watchdog_tell(l->pool, l->options->config, id, &m,
                                 l->facts.now_ms, r->why, sizeof(r->why));
    if (r->news == WATCH_ENDS && watch_rules[id].priority == 2)
        watchdog_quiet(l->pool, l->options->config, id);
    l->report->undelivered |= !r->delivered;
    if (r->delivered)
        watch_remember(r->news, l->facts.now_ms, &r->found, &l->kept.rule[id]);
}

/* What was told of and cannot be looked at now is not over. */
static void stand_on(const struct look *l, enum watch_rule_id id)
{
    const struct watch_told *told = &l->kept.rule[id];
    for (size_t i = 0; l->facts.read && i < told->count; i++)
        watch_stand_on(id, &l->facts, told->subject[i], told->since_ms,
                       &l->report->rule[id].found);
}

static void ask_all(struct look *l)
{
    for (int i = 0; i < WATCH_RULE_COUNT; i++) {
        enum watch_rule_id id = (enum watch_rule_id)i;
        struct watchdog_rule *r = &l->report->rule[i];
        r->asked = watch_is_asked(id, &l->facts);
        watch_ask(id, &l->facts, &r->found);
        stand_on(l, id);
        r->news = watch_decide(id, &l->facts, &r->found, &l->kept.rule[i]);
        r->since_ms = l->kept.rule[i].since_ms;
        if (r->news != WATCH_NOTHING)
            tell(l, id);
    }
}

/* Grids that are gone from the record. */
static void forget_gone(struct look *l)
{
    for (size_t i = l->kept.grid_count; i-- > 0;)
        if (!is_there(l, l->kept.grids[i].id))
            kept_drop(&l->kept, l->kept.grids[i].id);
}

/* The newest slot is the measure until it is accepted that it went back, or
 * until a grid that does not run has none left. */
static void remember_grid(struct look *l, const struct watch_grid *g)
{
    bool over = l->options->accept || !g->runs;
    if (g->unread || g->gone)
        return;
    if (g->slot_ms == MOMENT_NONE && over)
        kept_drop(&l->kept, g->id);
    else if (g->slot_ms != MOMENT_NONE &&
             (g->before_ms == MOMENT_NONE || g->slot_ms > g->before_ms))
        kept_set_slot(&l->kept, g->id, g->slot_ms);
    if (g->runs || kept_runs(&l->kept, g->id) != MOMENT_NONE)
        kept_set_runs(&l->kept, g->id, g->runs_ms);
}

/* A tip that lost what was seen before is not the new measure: that stands
 * until it is mended or accepted. A slot that went back likewise. */
static int remember(struct look *l, struct error *err)
{
    if (l->facts.read && !l->facts.rewritten)
        memcpy(l->kept.tip, l->facts.tip, sizeof(l->kept.tip));
    if (l->facts.read)
        forget_gone(l);
    for (size_t i = 0; i < l->facts.grid_count; i++)
        remember_grid(l, &l->facts.grids[i]);
    if (l->options->dry_run)
        return 0;
    return kept_save(&l->kept, l->options->config->watchdog.memory, err);
}

static int begin(struct look *l, struct error *err)
{
    const struct config *c = l->options->config;
    char lock[LOCK_PATH_MAX];
    const struct http_pool_options pool = { .user_agent = l->user_agent,
                                            .seed = (uint64_t)clock_wall_ms() };
    if (check_setup(c, err))
        return -1;
    lock_path_of(c->watchdog.clone, lock);
    if (lock_take(lock, &l->lock, err))
        return -1;
    snprintf(l->user_agent, sizeof(l->user_agent), "gridwatch-watchdog/%.60s",
             l->options->engine);
    l->pool = http_pool_new(&pool, err);
    return l->pool ? 0 : -1;
}

int watchdog_look(const struct watchdog_options *o, struct watchdog_report *out,
                  struct error *err)
{
    struct look *l = xcalloc(1, sizeof(*l));
    memset(out, 0, sizeof(*out));
    l->options = o;
    l->report = out;
    int rc = begin(l, err);
    if (!rc) {
        recall(l);
        see(l);
        ask_all(l);
        rc = remember(l, err);
    }
    if (l->pool)
        http_pool_free(l->pool);
    lock_drop(&l->lock);
    sight_release(&l->sight);
    kept_release(&l->kept);
    free(l);
    return rc;
}
