/* What can be said without asking anybody: configuration, secrets, times. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "alert/quiet.h"
#include "base/ipv4.h"
#include "base/moment.h"
#include "base/remote_url.h"
#include "config/duration.h"
#include "doctor/doctor_internal.h"
#include "exit/theta.h"
#include "position/geometry.h"
#include "sys/tcp.h"

#define MINUTES_PER_DAY (24 * 60)
/* More than that of a day in quiet is hardly meant. */
#define QUIET_MOST      (14 * 60)

void check_config(struct doctor *d)
{
    char line[PROBLEM_LINE], hash[CONFIG_HASH];
    d->config_ok = !config_load_origins(d->options->sources, &d->config,
                                        &d->problems, &d->from);
    for (size_t i = 0; i < d->problems.count; i++) {
        const struct problem *p = &d->problems.list[i];
        problem_format(p, line);
        if (p->is_warning)
            continue; /* of secrets: check_secrets */
        doctor_fail(d, RUN_CONFIG, "", "%.300s", line);
    }
    if (!d->config_ok)
        return;
    const char *path = d->options->sources->file[CONFIG_SERVICE].path;
    config_hash(&d->config, hash);
    if (access(path, F_OK) != 0)
        doctor_warn(d, "",
                    "there is no '%.200s' here: every option has its default",
                    path);
    else
        doctor_ok(d, "", "configuration %s", hash);
}

static size_t count_given(const struct secret *const *list, size_t n)
{
    size_t given = 0;
    for (size_t i = 0; i < n; i++)
        given += list[i]->text[0] != '\0';
    return given;
}

static void see_key_parts(struct doctor *d)
{
    const struct config_secrets *s = &d->config.secrets;
    const struct secret *const parts[] = { &s->kucoin_api_key,
                                           &s->kucoin_api_secret,
                                           &s->kucoin_api_passphrase };
    size_t n = count_given(parts, 3);
    if (n > 0 && n < 3)
        doctor_fail(d, RUN_CONFIG, "KUCOIN_API_KEY",
                    "%zu of its three parts are set: key, secret, passphrase",
                    n);
}

static void see_phone_parts(struct doctor *d)
{
    const struct config_secrets *s = &d->config.secrets;
    bool token = s->pushover_token.text[0], user = s->pushover_user.text[0];
    if (token != user)
        doctor_fail(d, RUN_CONFIG, token ? "PUSHOVER_USER" : "PUSHOVER_TOKEN",
                    "is not set, and %s is: the phone needs both",
                    token ? "PUSHOVER_TOKEN" : "PUSHOVER_USER");
}

static void see_git(struct doctor *d)
{
    const struct config *c = &d->config;
    enum remote_kind kind = remote_url_kind(c->repository.remote);
    if (kind == REMOTE_HTTP && !c->secrets.git_token.text[0])
        doctor_warn(d, "GIT_TOKEN", "is not set, and the remote is https");
    if (kind == REMOTE_SSH && !c->secrets.git_ssh_key.text[0])
        doctor_warn(d, "GIT_SSH_KEY", "is not set, and the remote is ssh");
}

void check_secrets(struct doctor *d)
{
    size_t before = d->report->line_count, set = 0;
    for (size_t i = 0; i < d->problems.count; i++) {
        const struct problem *p = &d->problems.list[i];
        if (p->is_warning)
            doctor_warn(d, p->file, "%.300s", p->text);
    }
    see_key_parts(d);
    see_phone_parts(d);
    see_git(d);
    for (size_t i = 0; i < secret_row_count; i++)
        set += d->from.secret[i] != SECRET_NOT_SET;
    if (d->report->line_count == before)
        doctor_ok(d, "", "%zu of %zu are set", set, secret_row_count);
}

/* No stop is far enough for who takes longer. */
void check_delay(struct doctor *d)
{
    int64_t delay_ms = d->config.exit.operator_delay_ms;
    const struct geometry_in_time *t = geometry_in_time(delay_ms);
    const struct geometry_in_time *quick = geometry_in_time(0);
    char own[DURATION_TEXT];

    duration_format(delay_ms, own);
    if (t == quick) {
        doctor_ok(d, "", "exit.operator_delay is %s", own);
        return;
    }
    doctor_warn(d, "",
                "exit.operator_delay is %s: who takes %d h leaves %d of 100 "
                "grids in time with the stop 2 ATR(4h) beyond, and %d with "
                "it at 3; who takes an hour %d",
                own, (int)(t->most_ms / MS_PER_HOUR), t->of_100[1],
                t->of_100[2], quick->of_100[1]);
}

void check_limits(struct doctor *d)
{
    const struct exit_config *e = &d->config.exit;
    enum hazard_model left = theta_left_over(e);
    if (left != HAZARD_MODEL_COUNT)
        doctor_warn(d, "",
                    "exit.l_haz and exit.gate are %.2f, %.2f and %.2f, as %s "
                    "had them, and exit.pi_model is %s",
                    e->l_haz.enter, e->l_haz.leave, e->gate,
                    hazard_model_name(left), hazard_model_name(e->pi_model));
    else
        doctor_ok(d, "", "%s", hazard_model_name(e->pi_model));
}

void check_time_zone(struct doctor *d)
{
    const char *zone = d->config.notify.time_zone;
    if (zone_is_utc(zone))
        doctor_warn(d, "", "notify.time_zone is %s: all times are UTC", zone);
    else
        doctor_ok(d, "", "%s", zone);
}

void check_quiet_hours(struct doctor *d)
{
    struct quiet_hours hours = { 0, 0 };
    const char *text = d->config.notify.quiet_hours;
    quiet_hours_parse(text, &hours);
    int minutes =
        (hours.until - hours.from + MINUTES_PER_DAY) % MINUTES_PER_DAY;
    if (minutes > QUIET_MOST)
        doctor_warn(d, "", "%s are %d h %d min of each day", text, minutes / 60,
                    minutes % 60);
    else if (minutes)
        doctor_ok(d, "", "%s", text);
    else
        doctor_ok(d, "", "none");
}

/* The daemon may hold it already, or be meant for another machine. */
static void try_port(struct doctor *d, const unsigned char address[4],
                     uint16_t port)
{
    int socket = tcp_listen(address, port);
    if (socket >= 0)
        close(socket);
    else if (errno == EADDRINUSE)
        doctor_warn(d, "",
                    "%s is taken: unless it is the daemon that listens there, "
                    "the daemon will not begin",
                    d->config.daemon.listen);
    else
        doctor_warn(d, "", "%s cannot be listened on here: %s",
                    d->config.daemon.listen, strerror(errno));
}

/* 127.0.0.0/8 is this machine; the option takes no other kind of address. */
void check_listen(struct doctor *d)
{
    const char *where = d->config.daemon.listen;
    size_t before = d->report->line_count;
    unsigned char address[4];
    uint16_t port;
    if (!ipv4_port_parse(where, address, &port)) {
        doctor_ok(d, "", "the daemon does not listen");
        return;
    }
    try_port(d, address, port);
    if (address[0] != 127)
        doctor_warn(d, "",
                    "daemon.listen is %s: whoever reaches it sees the grids "
                    "and the money at risk, without a password",
                    where);
    if (d->report->line_count == before)
        doctor_ok(d, "", "%s", where);
}

/* Its secrets belong to where it runs, not to here. */
void check_watchdog(struct doctor *d)
{
    struct config config;
    struct problems problems = { 0 };
    struct config_sources sources = { .env = NULL };
    const char *path = d->options->watchdog;

    if (access(path, R_OK) != 0) {
        doctor_warn(d, "", "there is no '%s' here: is there one elsewhere?",
                    path);
        return;
    }
    sources.file[CONFIG_WATCHDOG] = (struct config_source){ path, true };
    int rc = config_load(&sources, &config, &problems);
    if (rc)
        doctor_fail(d, RUN_CONFIG, "", "'%s' has %zu errors", path,
                    problems.errors);
    else if (!config.watchdog.remote[0])
        doctor_warn(d, "", "'%s' has no record.remote: it looks at nothing",
                    path);
    else if (d->config.repository.remote[0] &&
             strcmp(config.watchdog.remote, d->config.repository.remote) != 0)
        doctor_warn(d, "",
                    "'%s' looks at another remote than the job pushes "
                    "to",
                    path);
    else
        doctor_ok(d, "", "'%s' looks at the job's remote", path);
    problems_release(&problems);
}
