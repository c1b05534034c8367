/* lock and sync: the data repository, ours alone, as new as can be had. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/run_internal.h"
#include "sys/clock.h"
#include "sys/fault_point.h"
#include "sys/log.h"

int run_open_store(const struct config *config, bool clone_if_absent,
                   struct store **out, struct error *err)
{
    const struct config_repository *c = &config->repository;
    const struct store_options options = {
        .path = c->path,
        .branch = c->branch,
        .remote = c->remote[0] ? c->remote : NULL,
        .author_name = c->author_name,
        .author_email = c->author_email,
        .fsync = c->fsync,
        .clone_if_absent = clone_if_absent,
    };
    if (store_open(&options, out, err))
        return error_wrap(err, "data repository '%s'", c->path);
    return 0;
}

int run_take_lock(const struct config *config, struct lock *lock,
                  struct error *err)
{
    char path[CONFIG_TEXT + 16];
    snprintf(path, sizeof(path), "%s.lock", config->repository.path);
    return lock_take(path, lock, err);
}

int run_lock(struct run *r)
{
    struct error err;
    const struct http_pool_options pool = {
        .user_agent = r->user_agent,
        .max_per_host = (size_t)r->config->exchange.max_connections,
        .seed = (uint64_t)clock_wall_ms(),
    };
    struct kucoin_options kucoin = KUCOIN_OPTIONS_INIT;

    snprintf(r->user_agent, sizeof(r->user_agent), "gridwatch/%s",
             r->options->engine);
    if (!r->options->dry_run && run_take_lock(r->config, &r->lock, &err)) {
        run_note(r, RUN_NO_REPOSITORY, &err);
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

/* Without the remote the run goes on with what is here. */
int run_sync(struct run *r)
{
    struct error err;
    enum sync_state state;
    char text[LOG_VALUE_MAX];

    if (run_open_store(r->config, !r->options->dry_run, &r->store, &err)) {
        run_note(r, RUN_NO_REPOSITORY, &err);
        return -1;
    }
    if (r->options->dry_run)
        return 0;
    if (store_sync(r->store, r->config->repository.push_budget_ms, &state,
                   &err)) {
        if (state == SYNC_DIVERGED) /* told, and yet the alert must go out */
            run_note(r, RUN_NO_REPOSITORY, &err);
        log_event(LOG_LEVEL_WARN, "sync-failed", "what=%s",
                  log_value(err.msg, text));
    }
    FAULT_POINT("after-sync");
    return 0;
}

void run_push(struct run *r)
{
    struct error err;
    char text[LOG_VALUE_MAX];
    bool owed = false;

    if (store_push_owed(r->store, &owed, &err) == 0 && !owed) {
        r->push_owed = false;
        return;
    }
    r->push_owed =
        store_push(r->store, r->config->repository.push_budget_ms, &err) != 0;
    if (r->push_owed)
        log_event(LOG_LEVEL_WARN, "push-owed", "what=%s",
                  log_value(err.msg, text));
    FAULT_POINT("after-push");
}
