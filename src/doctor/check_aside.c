/* Who hears of every run, besides those who are told of grids. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doctor/doctor_internal.h"
#include "net/http.h"
#include "notify/heartbeat.h"
#include "sys/clock.h"

#define REPLY_MAX ((size_t)1 << 16)
#define URL_ROOM  600

/* --- The heartbeat -------------------------------------------------------- */

/* A note: a word of success would hide for a while that no run comes. */
static int send_note(struct doctor *d, struct error *err)
{
    const struct heartbeat_options options = {
        .url = d->config.secrets.heartbeat_url.text,
        .timeout_ms = d->config.heartbeat.timeout_ms,
    };
    struct heartbeat note = { 0 };
    int64_t until_ms = clock_monotonic_ms() + 2 * options.timeout_ms;
    int rc = heartbeat_add(&note, d->pool, &options, HEARTBEAT_NOTE,
                           "a note of 'gridwatch doctor'\n", err) ||
             http_pool_idle(d->pool, until_ms, err) ||
             heartbeat_check(&note, err);
    heartbeat_release(&note);
    return rc ? -1 : 0;
}

static void try_heartbeat(struct doctor *d)
{
    struct error err;
    if (!d->options->send || !d->pool)
        doctor_ok(d, "HEARTBEAT_URL", "is set, and not tried (--send)");
    else if (send_note(d, &err))
        doctor_fail(d, RUN_NOT_DELIVERED, "HEARTBEAT_URL",
                    "did not take a note: %.250s", err.msg);
    else
        doctor_ok(d, "HEARTBEAT_URL", "took a note");
}

void check_heartbeat(struct doctor *d)
{
    const struct config_secrets *s = &d->config.secrets;
    if (s->heartbeat_url.text[0])
        try_heartbeat(d);
    if (s->ntfy_url.text[0]) /* a message there would put off the one there */
        doctor_ok(d, "NTFY_URL", "is set; the next good run tries it");
    if (!s->heartbeat_url.text[0] && !s->ntfy_url.text[0])
        doctor_warn(d, "",
                    "neither HEARTBEAT_URL nor NTFY_URL is set: a job "
                    "that does not run any more tells nobody");
}

/* --- The figures ---------------------------------------------------------- */

/* Its own word on whether it takes anything; what it holds stays as it is. */
static int ask_gateway(struct doctor *d, struct error *err)
{
    const struct config_export *c = &d->config.export;
    struct text url = TEXT_INIT(URL_ROOM);
    struct http_request r = { .method = HTTP_GET,
                              .timeout_ms = c->timeout_ms,
                              .reply_max = REPLY_MAX,
                              .secret_path = true };
    int rc = http_url_start(&url, c->pushgateway, "/-/ready")
                 ? error_set(err, FAULT_CONFIG, "the URL is too long")
                 : 0;
    r.url = text_str(&url);
    if (!rc)
        rc = http_pool_add(d->pool, &r, err) ||
             http_pool_run(d->pool, clock_monotonic_ms() + 2 * c->timeout_ms,
                           err);
    if (!rc && r.reply.status != 200)
        rc = http_request_error(&r, err);
    http_request_release(&r);
    text_release(&url);
    return rc ? -1 : 0;
}

static void try_gateway(struct doctor *d)
{
    struct error err;
    if (!d->pool)
        doctor_skip(d, "export.pushgateway", "is not asked");
    else if (ask_gateway(d, &err))
        doctor_fail(d, RUN_UNREACHABLE, "export.pushgateway",
                    "is not ready: %.250s", err.msg);
    else
        doctor_ok(d, "export.pushgateway", "is ready; nothing was put there");
}

/* The file is written anew beside itself, so its folder must allow that. */
static void try_textfile(struct doctor *d)
{
    const char *path = d->config.export.textfile;
    const char *slash = strrchr(path, '/');
    char folder[CONFIG_TEXT] = ".";
    struct stat there;
    if (slash)
        snprintf(folder, sizeof(folder), "%.*s",
                 slash == path ? 1 : (int)(slash - path), path);
    if (access(folder, W_OK | X_OK) != 0)
        doctor_fail(d, RUN_CONFIG, "export.textfile",
                    "'%s' cannot be written in: %s", folder, strerror(errno));
    else if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
        doctor_fail(d, RUN_CONFIG, "export.textfile",
                    "'%.300s' is there and is no file", path);
    else
        doctor_ok(d, "export.textfile", "'%s' can be written in", folder);
}

void check_figures(struct doctor *d)
{
    const struct config_export *c = &d->config.export;
    if (c->pushgateway[0])
        try_gateway(d);
    if (c->textfile[0])
        try_textfile(d);
    if (!c->pushgateway[0] && !c->textfile[0])
        doctor_skip(d, "", "no run puts its figures anywhere");
}
