#include "run/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "run/account.h"
#include "run/beat.h"
#include "run/channels.h"
#include "run/export.h"
#include "run/feed.h"
#include "run/figures.h"
#include "run/run_id.h"
#include "run/run_internal.h"
#include "sys/clock.h"
#include "sys/fault_point.h"
#include "sys/log.h"
#include "sys/xmalloc.h"
#include "sys/zone_file.h"

// clang-format off
static const struct {
    const char *name;
    int (*go)(struct run *r); /* NULL: done within another step */
} steps[STEP_COUNT] = {
    [STEP_LOCK]     = { "lock",     run_lock },
    [STEP_SYNC]     = { "sync",     run_sync },
    [STEP_RECALL]   = { "recall",   run_recall },
    [STEP_FETCH]    = { "fetch",    run_fetch },
    [STEP_JUDGE]    = { "judge",    run_judge },
    [STEP_MEASURE]  = { "measure",  NULL },
    [STEP_EVALUATE] = { "evaluate", run_conclude },
    [STEP_RECORD]   = { "record",   run_record },
    [STEP_NOTIFY]   = { "notify",   run_notify },
    [STEP_CONFIRM]  = { "confirm",  run_confirm },
};
// clang-format on

const char *run_push_word(const struct run *r)
{
    if (!r->config->repository.remote[0])
        return "none";
    return r->push_owed ? "owed" : "done";
}

const char *run_step_name(enum run_step step)
{
    return steps[step].name;
}

/* Later in this list wins. */
static int rank(enum run_exit exit)
{
    static const enum run_exit order[] = {
        RUN_DONE,     RUN_USAGE,        RUN_CONFIG,
        RUN_BAD_DATA, RUN_UNREACHABLE,  RUN_NO_REPOSITORY,
        RUN_INTERNAL, RUN_NOT_RECORDED, RUN_NOT_DELIVERED,
    };
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        if (order[i] == exit)
            return (int)i;
    }
    return 0;
}

void run_note(struct run *r, enum run_exit exit, const struct error *err)
{
    char text[LOG_VALUE_MAX];
    log_event(LOG_LEVEL_ERROR, "run-fault", "exit=%d what=%s", (int)exit,
              log_value(err->msg, text));
    if (rank(exit) <= rank(r->exit))
        return;
    r->exit = exit;
    r->err = *err;
}

static void start(struct run *r, const struct run_options *options)
{
    struct error err;
    *r = (struct run){ .options = options, .config = options->config };
    r->began_ms = clock_wall_ms();
    r->deadline_ms = clock_monotonic_ms() + r->config->run.deadline_ms;
    r->exchange_ms = options->at_ms == MOMENT_NONE
                         ? clock_wall_ms()
                         : options->at_ms + r->config->run.settle_ms;
    r->slot_ms = slot_of(r->exchange_ms, r->config->run.settle_ms);
    r->status = MARKET_STATUS_UNKNOWN;
    r->subject = (struct text)TEXT_INIT(512);
    config_hash(r->config, r->config_hash);
    snprintf(r->quarantine, sizeof(r->quarantine), "%s.quarantine",
             r->config->repository.path);
    run_id_make(r->exchange_ms, r->id);
    log_init(&(struct log_sink){
        .level = options->log_level, .out = stderr, .run_id = r->id });
    /* It was there when the configuration was read. */
    if (zone_file_load(r->config->notify.time_zone, r->slot_ms, &r->zone, &err))
        run_note(r, RUN_CONFIG, &err);
}

/* Housekeeping, for the next run's sake: its failure is no failure of this, and
 * a run that is late leaves it to the next. */
static void tidy(struct run *r)
{
    struct error err;
    char text[LOG_VALUE_MAX];
    bool may = r->commit[0] && run_rest_ms(r) > r->config->run.deadline_ms / 4;
    if (may && store_tidy(r->store, &err))
        log_event(LOG_LEVEL_WARN, "tidy-failed", "what=%s",
                  log_value(err.msg, text));
}

static void finish(struct run *r)
{
    struct run_kept *kept = r->options->feed ? r->options->feed->kept : NULL;
    tidy(r);
    run_account_release(r);
    for (size_t i = 0; i < r->symbol_count; i++) {
        kucoin_answer_release(&r->symbols[i].answer);
        run_kept_give(kept, &r->symbols[i]);
    }
    outside_source_release(&r->outside);
    free(r->symbols);
    free(r->grids);
    free(r->messages);
    run_channels_release(r);
    changes_release(&r->changes);
    text_release(&r->subject);
    http_pool_free(r->pool);
    run_heartbeat_release(r);
    run_export_release(r);
    store_past_free(r->past);
    store_free(r->store);
    lock_drop(&r->lock);
}

static void summarise(const struct run *r)
{
    char slot[MOMENT_TEXT], steps_text[320];
    struct text t = TEXT_INIT(sizeof(steps_text) - 1);
    moment_format(r->slot_ms, slot);
    for (int i = 0; i < STEP_COUNT; i++)
        text_printf(&t, " %s_ms=%" PRId64, steps[i].name, r->took_ms[i]);
    log_event(LOG_LEVEL_INFO, r->options->look ? "look-done" : "run-done",
              "slot=%s grids=%zu commit=%.12s push=%s exit=%d%s", slot,
              r->grid_count, r->commit[0] ? r->commit : "none",
              run_push_word(r), (int)r->exit, text_str(&t));
    text_release(&t);
}

static void tell_look(const struct run *r, struct text *report)
{
    struct exposition page = EXPOSITION_INIT;
    figures_of_look(r, &page);
    text_puts(report, text_str(&page.text));
    exposition_release(&page);
}

/* To those who asked, and to those who watch. */
static void tell_the_end(struct run *r, struct text *report)
{
    if (r->options->json)
        run_report(r, report);
    if (r->options->look) {
        if (r->options->metrics)
            tell_look(r, report);
        return;
    }
    run_export(r);
    if (r->options->metrics)
        text_puts(report, text_str(&r->page.text));
    run_heartbeat_end(r);
    run_export_end(r);
}

enum run_exit run_once(const struct run_options *options, struct text *report,
                       struct error *err)
{
    struct run *r = xcalloc(1, sizeof(*r));

    start(r, options);
    for (int i = 0; i < STEP_COUNT; i++) {
        int64_t began_ms = clock_monotonic_ms();
        r->steps_begun = i + 1;
        FAULT_POINT("step-begun");
        if (i == STEP_FETCH && !options->look)
            run_heartbeat_begin(r);
        int rc = steps[i].go ? steps[i].go(r) : 0;
        r->took_ms[i] += clock_monotonic_ms() - began_ms;
        if (rc)
            break;
    }
    summarise(r);
    enum run_exit code = r->exit;
    FAULT_POINT("before-end");
    tell_the_end(r, report);
    FAULT_POINT("after-end");
    if (code != RUN_DONE && err)
        *err = r->err;
    finish(r);
    free(r);
    return code;
}
