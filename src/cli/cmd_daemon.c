/* gridwatch daemon: the job by a schedule, one run at a time, and two pages
 * about it. What is to be done is decided in cron/daemon_plan.c; here it is
 * done and waited for. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/ipv4.h"
#include "base/moment.h"
#include "cli/daemon_run.h"
#include "cli/daemon_told.h"
#include "cli/daemon_zone.h"
#include "sys/clock.h"
#include "sys/log.h"

struct daemon {
    const struct context *context;
    struct cron cron;
    struct daemon_zone zone;
    struct daemon_state state;
    int64_t began_ms; /* when the last run or look did, or MOMENT_NONE */
    struct daemon_run run;
    struct daemon_told told;
    struct listener *listener; /* NULL: it does not listen */
    int told_to_stop;          /* how often that was heeded */
};

/* What a signal leaves: a count, and a byte that wakes the sleeper. */
static volatile sig_atomic_t stops;
static int wake[2] = { -1, -1 };

static void on_signal(int number)
{
    int was = errno;
    if (number != SIGCHLD)
        stops++;
    /* A full pipe wakes as well. */
    ssize_t written = write(wake[1], "", 1);
    (void)written;
    errno = was;
}

static int heed_signals(struct error *err)
{
    static const int numbers[] = { SIGTERM, SIGINT, SIGCHLD };
    struct sigaction action = { .sa_handler = on_signal,
                                .sa_flags = SA_RESTART | SA_NOCLDSTOP };
    stops = 0;
    if (pipe(wake))
        return error_set(err, FAULT_IO, "no pipe: %s", strerror(errno));
    for (int i = 0; i < 2; i++) {
        fcntl(wake[i], F_SETFD, FD_CLOEXEC);
        fcntl(wake[i], F_SETFL, O_NONBLOCK);
    }
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        sigaction(numbers[i], &action, NULL);
    return 0;
}

/* It was there when this began. */
static void keep_zone(struct daemon *d, int64_t now_ms)
{
    struct error err;
    char text[LOG_VALUE_MAX];
    if (daemon_zone_keep(&d->zone, &d->context->config->daemon, now_ms, &err))
        log_event(LOG_LEVEL_WARN, "daemon-zone-failed", "what=%s",
                  log_value(err.msg, text));
}

static void answer(void *daemon, const char *path, struct listener_reply *reply)
{
    struct daemon *d = daemon;
    d->told.running = d->run.goes_on && !d->run.look;
    d->told.health =
        daemon_health(&d->cron, &d->zone.zone, &d->told.last, clock_wall_ms(),
                      daemon_run_room_ms(d->context->config));
    daemon_told_answer(&d->told, path, reply);
}

static int listen_where_told(struct daemon *d, struct error *err)
{
    struct listener_options o = { .answer = answer, .payload = d };
    if (!d->context->config->daemon.listen[0])
        return 0;
    ipv4_port_parse(d->context->config->daemon.listen, o.address, &o.port);
    d->listener = listener_open(&o, err);
    return d->listener ? 0 : error_wrap(err, "'daemon.listen'");
}

static void tell_look(struct daemon *d, const struct daemon_run_end *end)
{
    daemon_told_look(&d->told, end->exit, text_str(&d->run.page));
    log_event(end->exit ? LOG_LEVEL_WARN : LOG_LEVEL_INFO,
              end->lost ? "daemon-look-lost" : "daemon-look-ended",
              "exit=%d took_ms=%" PRId64, end->exit, end->took_ms);
}

static void tell_ended(struct daemon *d, const struct daemon_run_end *end)
{
    const struct daemon_ended last = { d->run.at_ms, end->exit };
    const struct exposition_job job = {
        .version = version_engine(),
        .start_ms = d->run.began_ms,
        .end_ms = clock_wall_ms(),
        .took_ms = end->took_ms,
        .exit = end->exit,
    };
    daemon_told_run(&d->told, &last, &job, text_str(&d->run.page));
    log_event(end->exit ? LOG_LEVEL_WARN : LOG_LEVEL_INFO,
              end->lost ? "daemon-run-lost" : "daemon-run-ended",
              "exit=%d took_ms=%" PRId64, end->exit, end->took_ms);
}

/* A time that cannot be run for want of a process is one that failed. */
static void begin_run(struct daemon *d, int64_t at_ms)
{
    const struct daemon_run_end lost = { .exit = RUN_INTERNAL, .lost = true };
    char at[MOMENT_TEXT], text[LOG_VALUE_MAX];
    struct error err;
    moment_format(at_ms, at);
    d->began_ms = clock_wall_ms();
    if (daemon_run_begin(&d->run, d->context, at_ms, false, &err) == 0) {
        log_event(LOG_LEVEL_INFO, "daemon-run", "at=%s", at);
        return;
    }
    log_event(LOG_LEVEL_ERROR, "run-fault", "exit=%d what=%s",
              (int)RUN_INTERNAL, log_value(err.msg, text));
    tell_ended(d, &lost);
}

/* The first word lets a run come to its end, the second ends it. */
static void heed_stops(struct daemon *d)
{
    while (d->told_to_stop < stops) {
        d->told_to_stop++;
        d->state.stopping = true;
        if (d->told_to_stop > 1)
            daemon_run_break_off(&d->run);
        log_event(LOG_LEVEL_INFO, "daemon-stopping", "run=%s",
                  !d->run.goes_on        ? "none"
                  : d->told_to_stop == 1 ? "ends"
                                         : "ended");
    }
}

static void serve(struct daemon *d)
{
    struct error err;
    char text[LOG_VALUE_MAX];
    if (!d->listener || listener_go_on(d->listener, &err) == 0)
        return;
    /* The runs matter more. */
    log_event(LOG_LEVEL_ERROR, "export-failed", "where=listen what=%s",
              log_value(err.msg, text));
    listener_close(d->listener);
    d->listener = NULL;
}

static void wait_for(struct daemon *d, int64_t most_ms)
{
    struct pollfd at[3] = { { wake[0], POLLIN, 0 },
                            { -1, 0, 0 },
                            { -1, 0, 0 } };
    char bytes[64];
    if (d->run.goes_on) {
        int64_t left = d->run.child.deadline_ms - clock_monotonic_ms();
        most_ms = left < most_ms ? left : most_ms;
        if (!d->run.silent)
            at[1] = (struct pollfd){ d->run.child.fd, POLLIN, 0 };
    }
    if (d->listener) {
        at[2] = (struct pollfd){ listener_fd(d->listener), POLLIN, 0 };
        most_ms = listener_rest_ms(d->listener, most_ms);
    }
    poll(at, 3, most_ms > 0 ? (int)most_ms : 0);
    while (read(wake[0], bytes, sizeof(bytes)) > 0)
        ;
}

static void begin_look(struct daemon *d)
{
    char text[LOG_VALUE_MAX];
    struct error err;
    d->began_ms = clock_wall_ms();
    if (daemon_run_begin(&d->run, d->context, d->began_ms, true, &err) == 0)
        log_event(LOG_LEVEL_INFO, "daemon-look", "wanted=yes");
    else
        log_event(LOG_LEVEL_ERROR, "daemon-look-lost", "what=%s",
                  log_value(err.msg, text));
}

/* Waits for the next time, or takes the look that is due before it. */
static void go_between(struct daemon *d, const struct daemon_plan *plan,
                       int64_t now_ms)
{
    const struct daemon_looks looks = {
        .every_ms = d->context->config->daemon.look_every_ms,
        .room_ms = daemon_run_room_ms(d->context->config),
        .last_ms = d->began_ms,
        .wanted = daemon_told_wants_look(&d->told),
    };
    int64_t wait_ms = plan->wait_ms;
    int64_t due_ms = daemon_look_due(&looks, plan->next_ms);
    bool may = due_ms != MOMENT_NONE && !d->run.goes_on && !d->state.stopping;
    if (may && due_ms <= now_ms) {
        begin_look(d);
        return;
    }
    if (may && due_ms - now_ms < wait_ms)
        wait_ms = due_ms - now_ms;
    wait_for(d, wait_ms);
}

/* One look at the world, and what follows from it; false: it is over. */
static bool look(struct daemon *d)
{
    struct daemon_run_end end = { .exit = 0 };
    int64_t now_ms = clock_wall_ms();

    heed_stops(d);
    if (daemon_run_ended(&d->run, &end))
        (d->run.look ? tell_look : tell_ended)(d, &end);
    serve(d);
    keep_zone(d, now_ms);
    d->state.running = d->run.goes_on;
    const struct daemon_plan plan =
        daemon_plan(&d->cron, &d->zone.zone, &d->state, now_ms,
                    d->context->config->daemon.starting_deadline_ms);
    d->state.last_ms = plan.last_ms;
    d->told.next_ms = plan.next_ms;
    d->told.missed += plan.missed;
    if (plan.missed)
        log_event(LOG_LEVEL_WARN, "daemon-missed", "times=%d", plan.missed);
    if (plan.act == DAEMON_RUN)
        begin_run(d, plan.at_ms);
    else if (plan.act == DAEMON_WAIT)
        go_between(d, &plan, now_ms);
    return plan.act != DAEMON_LEAVE;
}

static int begin(struct daemon *d, const struct context *c, struct error *err)
{
    const struct config_daemon *own = &c->config->daemon;
    int64_t now_ms = clock_wall_ms();
    char schedule[LOG_VALUE_MAX];

    d->context = c;
    d->zone = daemon_zone_new();
    d->told = daemon_told_new(now_ms);
    d->state.last_ms = now_ms - own->starting_deadline_ms;
    d->began_ms = MOMENT_NONE;
    log_init(
        &(struct log_sink){ .level = context_log_level(c), .out = stderr });
    if (cron_parse(own->schedule, &d->cron, err) ||
        daemon_zone_keep(&d->zone, own, now_ms, err))
        return -1;
    if (cron_next(&d->cron, &d->zone.zone, now_ms) == MOMENT_NONE)
        return error_set(err, FAULT_CONFIG,
                         "'daemon.schedule' never comes: no such day is there "
                         "in the next five years");
    if (heed_signals(err) || listen_where_told(d, err))
        return -1;
    log_event(LOG_LEVEL_INFO, "daemon-began", "schedule=%s zone=%s port=%u",
              log_value(own->schedule, schedule), own->time_zone,
              d->listener ? (unsigned)listener_port(d->listener) : 0U);
    return 0;
}

enum run_exit cmd_daemon(const struct context *c, struct error *err)
{
    struct daemon d = { .told_to_stop = 0 };
    if (c->at_ms != MOMENT_NONE || c->json) {
        error_set(err, FAULT_USAGE, "daemon: without --at and --json");
        return RUN_USAGE;
    }
    int rc = begin(&d, c, err);
    while (!rc && look(&d))
        ;
    if (!rc)
        log_event(LOG_LEVEL_INFO, "daemon-ended", "missed=%" PRId64,
                  d.told.missed);
    listener_close(d.listener);
    daemon_run_release(&d.run);
    daemon_told_release(&d.told);
    return !rc                          ? RUN_DONE
           : err->fault == FAULT_CONFIG ? RUN_CONFIG
                                        : RUN_INTERNAL;
}
