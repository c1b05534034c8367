#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "cli/command.h"

enum { OPTION_METRICS, OPTION_LOOK };

/* A slot that is named is only for replays on this machine: against the real
 * exchange the ticker and the status would be of another time. */
static bool is_loopback(const char *url)
{
    return strncmp(url, "http://", 7) == 0; /* config admits it to loopback
                                               hosts only */
}

enum log_level context_log_level(const struct context *c)
{
    if (c->quiet)
        return LOG_LEVEL_ERROR;
    bool verbose = c->args->value[0][SHARED_VERBOSE] != NULL;
    return verbose ? LOG_LEVEL_DEBUG : c->config->log_level;
}

enum run_exit cmd_run(const struct context *c, struct error *err)
{
    struct text report = TEXT_INIT((size_t)4 << 20);
    bool look = c->args->value[1][OPTION_LOOK] != NULL;
    bool named = c->at_ms != MOMENT_NONE;
    struct run_options options = {
        .config = c->config,
        .engine = version_engine(),
        .at_ms =
            named && !look ? moment_floor(c->at_ms, MS_PER_SLOT) : c->at_ms,
        .dry_run =
            c->dry_run || (named && !is_loopback(c->config->exchange.base_url)),
        .json = c->json,
        .look = look,
        .metrics = c->args->value[1][OPTION_METRICS] != NULL,
        .log_level = context_log_level(c),
    };
    if (options.json && options.metrics) {
        error_set(err, FAULT_USAGE, "--metrics: without --json");
        return RUN_USAGE;
    }
    enum run_exit code = run_once(&options, &report, err);
    fputs(text_str(&report), stdout);
    text_release(&report);
    return code;
}
