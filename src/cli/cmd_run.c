#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "cli/command.h"

/* A slot that is named is only for replays on this machine: against the real
 * exchange the ticker and the status would be of another time. */
static bool is_loopback(const char *url)
{
    return strncmp(url, "http://", 7) == 0; /* config admits it to loopback
                                               hosts only */
}

/* The command line outranks the file, without being part of it: the hash of
 * the configuration stays what it is. */
static enum log_level log_level_of(const struct context *c)
{
    if (c->quiet)
        return LOG_LEVEL_ERROR;
    bool verbose = c->args->value[0][SHARED_VERBOSE] != NULL;
    return verbose ? LOG_LEVEL_DEBUG : c->config->log_level;
}

enum run_exit cmd_run(const struct context *c, struct error *err)
{
    struct text report = TEXT_INIT((size_t)4 << 20);
    struct run_options options = {
        .config = c->config,
        .engine = version_engine(),
        .at_ms = c->at_ms == MOMENT_NONE ? MOMENT_NONE
                                         : moment_floor(c->at_ms, MS_PER_SLOT),
        .dry_run = c->dry_run || (c->at_ms != MOMENT_NONE &&
                                  !is_loopback(c->config->exchange.base_url)),
        .json = c->json,
        .log_level = log_level_of(c),
    };
    enum run_exit code = run_once(&options, &report, err);
    fputs(text_str(&report), stdout);
    text_release(&report);
    return code;
}
