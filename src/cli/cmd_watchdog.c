/* gridwatch watchdog: one look at the record from elsewhere. It reads its own
 * configuration and its own secrets; those of the job it does not know. */
#include <stdio.h>
#include <stdlib.h>

#include "base/moment.h"
#include "cli/command.h"
#include "cli/configuration.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"
#include "watchdog/watchdog.h"
#include "watchdog/watchdog_json.h"

enum { OPTION_ACCEPT };

#define REPORT_MAX ((size_t)1 << 20)

static int load(const struct context *c, struct config *config)
{
    const char *named = c->args->value[0][SHARED_CONFIG];
    struct config_sources sources = { .env = configuration_env };
    struct problems problems = { 0 };

    sources.file[CONFIG_WATCHDOG] = (struct config_source){
        named ? named : config_file_path(CONFIG_WATCHDOG), named != NULL
    };
    int rc = config_load(&sources, config, &problems);
    configuration_complain(&problems);
    problems_release(&problems);
    return rc;
}

static void put_rule(const char *name, const struct watchdog_rule *r)
{
    const char *sent = !r->sent       ? ""
                       : r->delivered ? ", told now"
                                      : ", not delivered: ";
    for (size_t i = 0; i < r->found.count; i++)
        printf("%s: %s: %s\n", name, r->found.list[i].subject,
               r->found.list[i].what);
    if (r->found.more)
        printf("%s: and %zu more\n", name, r->found.more);
    if (r->news != WATCH_NOTHING)
        printf("%s: %s%s%s\n", name, watch_news_name(r->news), sent, r->why);
}

static void put_report(const struct context *c, const struct watchdog_report *r)
{
    bool any = false;
    for (int i = 0; i < WATCH_RULE_COUNT; i++) {
        put_rule(watch_rules[i].name, &r->rule[i]);
        any |= r->rule[i].found.count > 0;
    }
    if (any || c->quiet)
        return;
    fputs(r->running ? "all well: " : "nothing to watch: ", stdout);
    if (r->running < r->grids)
        printf("%zu of ", r->running);
    printf("%zu grid%s, %zu documents, commit %.12s\n", r->grids,
           r->grids == 1 ? "" : "s", r->documents, r->tip);
}

static enum run_exit judge(const struct watchdog_report *r, struct error *err)
{
    if (r->undelivered) {
        error_set(err, FAULT_TRANSIENT,
                  "a message was not delivered; the next look sends it");
        return RUN_NOT_DELIVERED;
    }
    if (!r->read) {
        error_set(err, FAULT_MISSING, "the record cannot be read: %s", r->why);
        return RUN_NO_REPOSITORY;
    }
    return RUN_DONE;
}

enum run_exit cmd_watchdog(const struct context *c, struct error *err)
{
    struct config *config = xcalloc(1, sizeof(*config));
    struct watchdog_report *report = xcalloc(1, sizeof(*report));
    struct text json = TEXT_INIT(REPORT_MAX);
    enum run_exit code = RUN_CONFIG;

    if (c->args->value[0][SHARED_EXIT_CONFIG]) {
        error_set(err, FAULT_USAGE,
                  "--exit-config: the watchdog asks no exit strategy, its "
                  "rules are fixed");
        code = RUN_USAGE;
    } else if (load(c, config)) {
        error_set(err, FAULT_CONFIG, "the watchdog's configuration is wrong");
    } else {
        const struct watchdog_options options = {
            .config = config,
            .engine = version_engine(),
            .now_ms = c->at_ms == MOMENT_NONE ? clock_wall_ms() : c->at_ms,
            .dry_run = c->dry_run,
            .accept = c->args->value[1][OPTION_ACCEPT] != NULL,
        };
        int rc = watchdog_look(&options, report, err);
        code = rc ? exit_of_fault(err->fault) : judge(report, err);
        if (report->now_ms && c->json)
            watchdog_json(report, (int)code, &json);
        else if (report->now_ms)
            put_report(c, report);
    }
    fputs(text_str(&json), stdout);
    fflush(stdout); /* what follows goes to stderr */
    text_release(&json);
    config_wipe(config);
    free(report);
    free(config);
    return code;
}
