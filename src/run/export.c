#include "run/export.h"

#include <stdlib.h>

#include "expose/pushgateway.h"
#include "run/figures.h"
#include "run/phone.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

struct run_gateway {
    struct pushgateway page;
    int64_t until_ms; /* monotonic */
};

static bool is_told(const struct run *r)
{
    return !r->options->dry_run && !r->options->feed;
}

static void tell(const char *where, const struct error *err)
{
    char text[LOG_VALUE_MAX];
    log_event(LOG_LEVEL_WARN, "export-failed", "where=%s what=%s", where,
              log_value(err->msg, text));
}

static void write_file(const struct run *r)
{
    const char *path = r->config->export.textfile;
    struct error err;
    if (path[0] && text_write_file(&r->page.text, path, &err))
        tell("textfile", &err);
}

static void push(struct run *r)
{
    const struct config_export *c = &r->config->export;
    const struct pushgateway_options options = {
        .url = c->pushgateway,
        .instance = c->instance,
        .timeout_ms = c->timeout_ms,
    };
    struct error err;
    if (!c->pushgateway[0])
        return;
    r->gateway = xcalloc(1, sizeof(*r->gateway));
    r->gateway->until_ms = clock_monotonic_ms() + c->timeout_ms;
    if (run_pool(r, &err) ||
        pushgateway_add(&r->gateway->page, r->pool, &options,
                        text_str(&r->page.text), &err))
        tell("pushgateway", &err);
}

void run_export(struct run *r)
{
    struct error err;
    int64_t now_ms = clock_monotonic_ms();
    int64_t began_ms = r->deadline_ms - r->config->run.deadline_ms;
    r->page = (struct exposition)EXPOSITION_INIT;
    figures_of_run(r, clock_wall_ms(), now_ms - began_ms, &r->page);
    if (!is_told(r))
        return;
    if (r->page.full) {
        error_set(&err, FAULT_IO, "the page has more than %zu bytes",
                  EXPOSITION_MAX);
        tell("all", &err);
        return;
    }
    write_file(r);
    push(r);
}

void run_export_end(struct run *r)
{
    struct error err;
    if (!r->gateway)
        return;
    if (http_pool_idle(r->pool, r->gateway->until_ms, &err) ||
        pushgateway_check(&r->gateway->page, &err))
        tell("pushgateway", &err);
}

void run_export_release(struct run *r)
{
    if (r->gateway)
        pushgateway_release(&r->gateway->page);
    free(r->gateway);
    r->gateway = NULL;
    exposition_release(&r->page);
}
