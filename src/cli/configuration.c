#include "cli/configuration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

const char *configuration_env(const char *variable, void *context)
{
    (void)context;
    return getenv(variable);
}

/* The exit strategy lies beside the service's file unless it is named. */
static void beside(const char *service, char *out, size_t size)
{
    const char *slash = strrchr(service, '/');
    int dir = slash ? (int)(slash - service + 1) : 0;
    snprintf(out, size, "%.*s%s", dir, service, "exit_strategy_config.yaml");
}

void configuration_named(const char *const *shared, struct configuration *out)
{
    const char *service = shared[SHARED_CONFIG]
                              ? shared[SHARED_CONFIG]
                              : config_file_path(CONFIG_SERVICE);
    const char *strategy = shared[SHARED_EXIT_CONFIG];

    beside(service, out->strategy, sizeof(out->strategy));
    out->sources = (struct config_sources){
        .file = {
            [CONFIG_SERVICE] = { service, shared[SHARED_CONFIG] != NULL },
            [CONFIG_EXIT] = { strategy ? strategy : out->strategy,
                              strategy != NULL },
        },
        .env = configuration_env,
    };
}

void configuration_complain(const struct problems *p)
{
    char line[PROBLEM_LINE];
    for (size_t i = 0; i < p->count; i++) {
        problem_format(&p->list[i], line);
        fprintf(stderr, "gridwatch: %s%s\n",
                p->list[i].is_warning ? "warning: " : "", line);
    }
    if (p->errors + p->warnings > p->count)
        fprintf(stderr, "gridwatch: and %zu more\n",
                p->errors + p->warnings - p->count);
}
