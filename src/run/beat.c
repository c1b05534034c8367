#include "run/beat.h"

#include <stdio.h>
#include <stdlib.h>

#include "notify/heartbeat.h"
#include "notify/ntfy_ahead.h"
#include "run/run_internal.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* A run that is late has as long as this, all the same. */
#define LEAST_MS 1000

struct run_heartbeat {
    struct heartbeat start, end;
    struct ntfy_ahead ahead;
};

static bool has_check(const struct run *r)
{
    return r->config->secrets.heartbeat_url.text[0] != '\0';
}

static bool has_topic(const struct run *r)
{
    return r->config->secrets.ntfy_url.text[0] != '\0';
}

static bool is_watched(const struct run *r)
{
    return !r->options->dry_run && !r->options->feed &&
           (has_check(r) || has_topic(r));
}

static void tell(const char *which, const struct error *err)
{
    char text[LOG_VALUE_MAX];
    log_event(LOG_LEVEL_WARN, "heartbeat-failed", "which=%s what=%s", which,
              log_value(err->msg, text));
}

/* A run that could not take its lock has no pool; finish() frees it. */
static int make_pool(struct run *r, struct error *err)
{
    const struct http_pool_options pool = { .user_agent = r->user_agent };
    if (!r->pool)
        r->pool = http_pool_new(&pool, err);
    if (r->pool && !r->heartbeat)
        r->heartbeat = xcalloc(1, sizeof(*r->heartbeat));
    return r->pool ? 0 : -1;
}

static int add_word(struct run *r, struct heartbeat *h, int word,
                    struct error *err)
{
    const struct heartbeat_options options = {
        .url = r->config->secrets.heartbeat_url.text,
        .timeout_ms = r->config->heartbeat.timeout_ms,
    };
    char slot[MOMENT_TEXT], body[HEARTBEAT_BODY_MAX];
    moment_format(r->slot_ms, slot);
    if (word == HEARTBEAT_START)
        snprintf(body, sizeof(body), "run %s\n", r->id);
    else
        snprintf(body, sizeof(body), "run %s slot %s exit %d\n", r->id, slot,
                 word);
    return heartbeat_add(h, r->pool, &options, word, body, err);
}

void run_heartbeat_begin(struct run *r)
{
    struct error err;
    if (!is_watched(r) || !has_check(r))
        return;
    if (make_pool(r, &err) ||
        add_word(r, &r->heartbeat->start, HEARTBEAT_START, &err))
        tell("start", &err);
}

static int add_ahead(struct run *r, struct error *err)
{
    const struct ntfy_options options = {
        .url = r->config->secrets.ntfy_url.text,
        .token = r->config->secrets.ntfy_token.text,
        .timeout_ms = r->config->heartbeat.timeout_ms,
    };
    struct civil c = moment_civil(r->slot_ms);
    char title[NTFY_TITLE_MAX], body[NTFY_BODY_MAX];

    snprintf(title, sizeof(title), "gridwatch is silent since %02d:%02d UTC",
             c.hour, c.minute);
    snprintf(body, sizeof(body),
             "Nobody watches the grids: the last run that did its work was of "
             "slot %04d-%02d-%02d %02d:%02d UTC.\n"
             "Look at your grids on the exchange now. Then find out why: does "
             "the machine run, does its timer start the job, what does the log "
             "of the last run say (%s), and does the exchange answer?",
             c.year, c.month, c.day, c.hour, c.minute, r->id);
    return ntfy_ahead_add(&r->heartbeat->ahead, r->pool, &options,
                          r->config->heartbeat.after_ms / 1000, title, body,
                          err);
}

/* No longer than the run may take, and no longer than the tries may. */
static void wait_for(struct run *r)
{
    struct error err;
    int64_t now_ms = clock_monotonic_ms();
    int64_t least_ms = now_ms + LEAST_MS;
    int64_t until_ms = r->deadline_ms > least_ms ? r->deadline_ms : least_ms;
    if (http_pool_idle(r->pool, until_ms, &err))
        tell("all", &err);
}

/* The start is waited for: a check that heard of the end first would think
 * that the run goes on. */
void run_heartbeat_end(struct run *r)
{
    struct error err;
    if (!is_watched(r))
        return;
    if (make_pool(r, &err)) {
        tell("all", &err);
        return;
    }
    struct run_heartbeat *h = r->heartbeat;
    wait_for(r);
    if (heartbeat_check(&h->start, &err))
        tell("start", &err);
    if (has_check(r) && add_word(r, &h->end, (int)r->exit, &err))
        tell("end", &err);
    if (has_topic(r) && r->exit == RUN_DONE && add_ahead(r, &err))
        tell("ahead", &err);
    wait_for(r);
    if (heartbeat_check(&h->end, &err))
        tell("end", &err);
    if (ntfy_ahead_check(&h->ahead, &err))
        tell("ahead", &err);
}

void run_heartbeat_release(struct run *r)
{
    if (!r->heartbeat)
        return;
    heartbeat_release(&r->heartbeat->start);
    heartbeat_release(&r->heartbeat->end);
    ntfy_ahead_release(&r->heartbeat->ahead);
    free(r->heartbeat);
    r->heartbeat = NULL;
}
