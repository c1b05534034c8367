/* lock and sync: the data repository, ours alone, as new as can be had. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/aside.h"
#include "run/faults.h"
#include "run/outcry.h"
#include "run/writers.h"
#include "sys/clock.h"
#include "sys/fault_point.h"
#include "sys/log.h"

#define LOCK_PAUSE_MS 100

static const char *given(const char *text)
{
    return text[0] ? text : NULL;
}

static struct store_login login_of(const struct config *config)
{
    const struct config_repository *c = &config->repository;
    const struct config_secrets *secrets = &config->secrets;
    return (struct store_login){
        .http_user = given(c->http_user),
        .http_token = given(secrets->git_token.text),
        .ca_file = given(c->ca_file),
        .ssh_key = given(secrets->git_ssh_key.text),
        .ssh_passphrase = given(secrets->git_ssh_passphrase.text),
        .ssh_host_keys = given(c->ssh_host_keys),
    };
}

/* A clone is the first that a run does: half of its time, unless the alert
 * needs more than the other half. */
static int64_t clone_ms(const struct config *config)
{
    int64_t half_ms = config->run.deadline_ms / 2;
    int64_t left_ms = config->run.deadline_ms - run_alert_ms(config);
    left_ms = left_ms < half_ms ? left_ms : half_ms;
    return left_ms > 0 ? left_ms : 1;
}

int run_open_store(const struct config *config, bool clone_if_absent,
                   struct store **out, struct error *err)
{
    const struct config_repository *c = &config->repository;
    const struct store_options options = {
        .path = c->path,
        .branch = c->branch,
        .remote = given(c->remote),
        .login = login_of(config),
        .author_name = c->author_name,
        .author_email = c->author_email,
        .fsync = c->fsync,
        .clone_if_absent = clone_if_absent,
        .clone_budget_ms = clone_ms(config),
    };
    return store_open(&options, out, err);
}

int run_take_lock(const struct config *config, struct lock *lock,
                  struct error *err)
{
    char path[LOCK_PATH_MAX];
    lock_path_of(config->repository.path, path);
    if (lock_take(path, lock, err) == 0)
        return 0;
    size_t n = err && err->fault == FAULT_IO ? strlen(err->msg) : 0;
    if (n)
        snprintf(err->msg + n, sizeof(err->msg) - n,
                 ": 'repository.path' must be in a directory that is there "
                 "and can be written");
    return -1;
}

int run_await_lock(const struct config *config, int64_t patience_ms,
                   struct lock *lock, struct error *err)
{
    struct error why;
    int64_t until_ms = clock_monotonic_ms() + patience_ms;
    while (run_take_lock(config, lock, &why)) {
        if (why.fault != FAULT_BUSY || clock_monotonic_ms() >= until_ms) {
            if (err)
                *err = why;
            return -1;
        }
        clock_sleep_ms(LOCK_PAUSE_MS);
    }
    return 0;
}

int run_lock(struct run *r)
{
    struct error err;
    const struct http_pool_options pool = {
        .user_agent = r->user_agent,
        .max_per_host = (size_t)r->config->exchange.max_connections,
        .seed = (uint64_t)clock_wall_ms(),
        .counts = &r->http,
    };
    struct kucoin_options kucoin = KUCOIN_OPTIONS_INIT;

    snprintf(r->user_agent, sizeof(r->user_agent), "gridwatch/%s",
             r->options->engine);
    if (!r->options->dry_run && run_take_lock(r->config, &r->lock, &err)) {
        run_note(r, RUN_NO_REPOSITORY, &err);
        run_outcry_lock(r, &err);
        return -1;
    }
    r->pool = http_pool_new(&pool, &err);
    if (!r->pool) {
        run_note(r, RUN_INTERNAL, &err);
        return -1;
    }
    kucoin.base_url = r->config->exchange.base_url;
    kucoin.timeout_ms = r->config->exchange.request_timeout_ms;
    kucoin.weight_max = (int)r->config->exchange.weight_budget;
    kucoin_init(&r->kucoin, r->pool, &kucoin);
    FAULT_POINT("after-lock");
    return 0;
}

static void sync_failed(const struct error *err)
{
    char text[LOG_VALUE_MAX];
    log_event(LOG_LEVEL_WARN, "sync-failed", "what=%s",
              log_value(err->msg, text));
}

/* What was recorded here and not there goes on top of what is there. When that
 * is more than there is time for it is done after the alert; until then the run
 * goes on with what is here. */
static void rebuild(struct run *r, int64_t until_ms)
{
    struct rebuild_report report = { .until_ms = until_ms };
    struct error err;
    if (rebuild_on_remote(r->store, &report, &err)) {
        sync_failed(&err); /* told, and yet the alert must go out */
        r->push_late = report.late;
        if (!report.late)
            run_note(r, RUN_NO_REPOSITORY, &err);
    }
    writers_tell(r, &report);
}

/* Is there nothing here but what the remote is yet to fill? */
static bool waits_for_clone(const struct run *r)
{
    struct store *s = NULL;
    struct error why = { FAULT_NONE, "" };
    char tip[STORE_ID_SIZE];

    if (!r->config->repository.remote[0])
        return false;
    bool empty = run_open_store(r->config, false, &s, &why)
                     ? why.fault == FAULT_MISSING
                     : !store_tip(s, tip);
    store_free(s);
    return empty;
}

/* Without the remote the run goes on with what is here. */
int run_sync(struct run *r)
{
    struct error err;
    enum sync_state state;
    int64_t left_ms;

    if (run_open_whole(r, &err)) {
        run_note(r, RUN_NO_REPOSITORY, &err);
        run_outcry(r, waits_for_clone(r) ? OUTCRY_CLONE : OUTCRY_OPEN, &err);
        return -1;
    }
    if (r->options->dry_run)
        return 0;
    store_tip(r->store, r->synced_from);
    left_ms = run_left_ms(r);
    int64_t until_ms = clock_monotonic_ms() + left_ms;
    r->remote_unseen = store_sync(r->store, left_ms, &state, &err) != 0;
    if (r->remote_unseen)
        sync_failed(&err);
    else if (state == SYNC_DIVERGED || state == SYNC_REPLACED)
        rebuild(r, until_ms);
    FAULT_POINT("after-sync");
    return 0;
}

/* Waiting helps against some of it. One who was faster is no fault. */
static void see_push(struct run *r, const struct error *err)
{
    run_look(r, FAULT_CLASS_REMOTE);
    run_look(r, FAULT_CLASS_REFUSED);
    if (!r->push_owed || err->fault == FAULT_BUSY)
        return;
    bool waiting_helps = err->fault != FAULT_CONFIG && err->fault != FAULT_DATA;
    run_see(r, waiting_helps ? FAULT_CLASS_REMOTE : FAULT_CLASS_REFUSED, "run",
            "", err->msg);
}

static void push_is_owed(struct run *r, const struct error *err)
{
    char text[LOG_VALUE_MAX];
    log_event(LOG_LEVEL_WARN, "push-owed", "what=%s",
              log_value(err->msg, text));
    r->push_owed = true;
}

void run_push(struct run *r)
{
    struct rebuild_report report = { .times = 0 };
    struct error err = { FAULT_NONE, "" };
    bool owed = false;

    if (r->push_late && !r->rang) {
        error_set(&err, FAULT_TRANSIENT,
                  "so many commits are not at the remote that they wait for "
                  "the alert");
        push_is_owed(r, &err);
        return;
    }
    if (store_push_owed(r->store, &owed, &err) == 0 && !owed) {
        r->push_owed = false;
        see_push(r, &err);
        return;
    }
    memcpy(report.follow, r->commit, sizeof(report.follow));
    r->push_owed = rebuild_and_push(r->store, run_left_ms(r), rebuild_seed(),
                                    &report, &err) != 0;
    r->remote_unseen &= r->push_owed;
    see_push(r, &err);
    r->push_late = r->push_owed && report.late && !r->rang;
    if (r->push_owed)
        push_is_owed(r, &err);
    if (report.times) {
        memcpy(r->commit, report.follow, sizeof(r->commit));
        writers_tell(r, &report);
        writers_yield(r);
    }
    FAULT_POINT("after-push");
}
