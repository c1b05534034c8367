#include <stdio.h>
#include <string.h>

#include "cli/command.h"

enum { OPTION_SAMPLE, OPTION_MARKDOWN };

static int print_sample(const char *name, struct text *out, struct error *err)
{
    for (int f = 0; f < CONFIG_FILE_COUNT; f++) {
        if (strcmp(config_file_name((enum config_file)f), name) == 0)
            return config_print_sample((enum config_file)f, out);
    }
    return error_set(err, FAULT_USAGE,
                     "--sample '%.40s' is neither gridwatch nor exit", name);
}

enum run_exit cmd_config(const struct context *c, struct error *err)
{
    const char *const *own = c->args->value[1];
    struct text out = TEXT_INIT((size_t)1 << 20);
    int rc = 0;

    if (strcmp(c->args->words[0], "list") != 0) {
        error_set(err, FAULT_USAGE,
                  "'config %.20s' is not implemented yet; there is 'config "
                  "list'",
                  c->args->words[0]);
        return RUN_USAGE;
    }
    if (own[OPTION_SAMPLE])
        rc = print_sample(own[OPTION_SAMPLE], &out, err);
    else
        rc = config_print_markdown(&out);
    fputs(text_str(&out), stdout);
    text_release(&out);
    return rc ? RUN_USAGE : RUN_DONE;
}
