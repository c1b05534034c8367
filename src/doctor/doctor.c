#include "doctor/doctor_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

// clang-format off
static const struct doctor_check checks[] = {
    { "config", "the configuration is sound",
      "Correct what is named; 'gridwatch config check' tells it again. Nothing else can be looked at before.", check_config, 0 },
    { "secrets", "secrets are complete, and nobody else can read their files",
      "Set what is missing (docs/config.md, Secrets); chmod 400 a file that others can read.", check_secrets, NEEDS_SOUND },
    { "limits", "pi is held to limits that were chosen with its model",
      "Strike exit.l_haz.enter, exit.l_haz.leave and exit.gate from exit_strategy_config.yaml, or set exit.pi_model to the model they are of (docs/triggers.md).", check_limits, NEEDS_SOUND },
    { "delay", "the operator leaves soon enough after an alert",
      "A shorter way from the alert to the order helps more than a farther stop (docs/backtest.md); set exit.operator_delay to what it really takes.", check_delay, NEEDS_SOUND },
    { "time-zone", "messages tell the operator's own time",
      "Set notify.time_zone, such as Europe/Berlin.", check_time_zone, NEEDS_SOUND },
    { "quiet-hours", "quiet hours do not cover the day",
      "Shorten notify.quiet_hours: nothing below MANDATORY_EXIT makes a sound in them.", check_quiet_hours, NEEDS_SOUND },
    { "record", "the data repository opens and is one of ours",
      "'gridwatch init' makes it; a broken one is moved away and cloned anew from its remote.", check_record, NEEDS_SOUND },
    { "record-write", "this user may write to it, and no other run holds it",
      "Give the directory to the user who runs the job (chown), or run the doctor as that user.", check_write, NEEDS_SOUND | NEEDS_STORE },
    { "slots", "the newest slot of each running grid is no older than two runs",
      "Look whether the job runs (CronJob, timer or daemon) and what its last log says; until then look at the grids yourself.", check_slots, NEEDS_SOUND | NEEDS_STORE },
    { "disk", "there is room for years of records",
      "Make room on that disk, or move repository.path.", check_disk, NEEDS_SOUND },
    { "memory", "a run finds the memory that it needs",
      "A run takes 19 to 32 MB: give the machine or the container more.", check_memory, NEEDS_SOUND },
    { "remote", "the remote answers and lets us in; nothing is pushed",
      "Check repository.remote and its login (docs/config.md, The remote).", check_remote, NEEDS_SOUND },
    { "exchange", "the exchange answers and is open",
      "Check network, name service and certificates of this machine, and exchange.base_url.", check_exchange, NEEDS_SOUND },
    { "clock", "own clock and the exchange's agree",
      "Set the clock of this machine and keep it by NTP.", check_clock, NEEDS_SOUND | NEEDS_EXCHANGE },
    { "key", "the key is taken and may only read",
      "Make a key at KuCoin with the permission General alone and bound to this machine's address, put it into KUCOIN_API_KEY, KUCOIN_API_SECRET and KUCOIN_API_PASSPHRASE, and delete the other one there.", check_key, NEEDS_SOUND | NEEDS_EXCHANGE },
    { "account", "the account is of a kind that can be read",
      "A unified account is not supported yet: use a classic one, or set source: model in the grids' files.", check_account, NEEDS_SOUND | NEEDS_EXCHANGE },
    { "grids", "each running grid fits the exchange and can be warned of in time",
      "'gridwatch grid change ID' (or its file below grids/) corrects range, stop, levels and capital, and says what the file did not; compare them with the exchange's app.", check_grids, NEEDS_SOUND | NEEDS_STORE },
    { "channels", "somebody is told; tried with --send",
      "Set up what is missing, the phone (PUSHOVER_TOKEN and PUSHOVER_USER) and a second channel (docs/channels.md), and try them: 'gridwatch notify --test'.", check_channels, NEEDS_SOUND },
    { "heartbeat", "somebody notices when no run comes; tried with --send",
      "Set HEARTBEAT_URL or NTFY_URL to what answers (docs/alerts.md, Who watches the watcher).", check_heartbeat, NEEDS_SOUND },
    { "figures", "the figures of a run get to where they are looked at",
      "Correct export.pushgateway or export.textfile (docs/prometheus.md).", check_figures, NEEDS_SOUND },
    { "listen", "what the daemon shows is seen from this machine alone",
      "Set daemon.listen to 127.0.0.1:9464, or put what asks for a name before it (docs/security.md).", check_listen, NEEDS_SOUND },
    { "watchdog", "a watchdog looks at the record from elsewhere",
      "Run 'gridwatch watchdog' with its own config/watchdog.yaml and secrets on another machine or in another CronJob (docs/kubernetes.md).", check_watchdog, NEEDS_SOUND },
};
// clang-format on

const char *doctor_check_name(size_t i)
{
    return i < ARRAY_LEN(checks) ? checks[i].name : NULL;
}

const char *doctor_check_what(size_t i)
{
    return i < ARRAY_LEN(checks) ? checks[i].what : NULL;
}

const char *doctor_check_remedy(size_t i)
{
    return i < ARRAY_LEN(checks) ? checks[i].remedy : NULL;
}

const char *doctor_grade_name(enum doctor_grade grade)
{
    static const char *const names[] = { "ok", "skipped", "warn", "FAIL" };
    return names[grade];
}

/* The worst first: what keeps from ever starting, then what is refused, then
 * what one run cannot do. */
static const enum run_exit worst_first[] = {
    RUN_CONFIG,      RUN_KEY_REFUSED,   RUN_NO_REPOSITORY, RUN_NOT_RECORDED,
    RUN_UNREACHABLE, RUN_NOT_DELIVERED, RUN_BAD_DATA,      RUN_DONE,
};

static size_t rank(enum run_exit exit)
{
    size_t i = 0;
    while (i + 1 < ARRAY_LEN(worst_first) && worst_first[i] != exit)
        i++;
    return i;
}

static void add(struct doctor *d, enum doctor_grade grade, enum run_exit exit,
                const char *subject, const char *fmt, va_list ap)
    __attribute__((format(printf, 5, 0)));

/* An error of many lines, or one with a tab, stays one line. */
static void add(struct doctor *d, enum doctor_grade grade, enum run_exit exit,
                const char *subject, const char *fmt, va_list ap)
{
    struct doctor_report *r = d->report;
    r->lines = xrealloc(r->lines, r->line_count + 1, sizeof(*r->lines));
    struct doctor_line *l = &r->lines[r->line_count++];
    *l = (struct doctor_line){ .check = d->row->name,
                               .grade = grade,
                               .exit = exit,
                               .remedy = grade >= DOCTOR_WARN ? d->row->remedy
                                                              : NULL };
    snprintf(l->subject, sizeof(l->subject), "%s", subject);
    vsnprintf(l->what, sizeof(l->what), fmt, ap);
    for (char *c = l->what; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    r->of[grade]++;
    if (rank(exit) < rank(r->exit))
        r->exit = exit;
}

void doctor_ok(struct doctor *d, const char *subject, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(d, DOCTOR_OK, RUN_DONE, subject, fmt, ap);
    va_end(ap);
}

void doctor_skip(struct doctor *d, const char *subject, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(d, DOCTOR_SKIPPED, RUN_DONE, subject, fmt, ap);
    va_end(ap);
}

void doctor_warn(struct doctor *d, const char *subject, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(d, DOCTOR_WARN, RUN_DONE, subject, fmt, ap);
    va_end(ap);
}

void doctor_fail(struct doctor *d, enum run_exit exit, const char *subject,
                 const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(d, DOCTOR_FAIL, exit, subject, fmt, ap);
    va_end(ap);
}

int64_t doctor_now_ms(const struct doctor *d)
{
    if (d->options->at_ms != MOMENT_NONE)
        return d->options->at_ms;
    return clock_wall_ms() + (d->host.clock_ok ? d->host.offset_ms : 0);
}

static void go(struct doctor *d, const struct doctor_check *row)
{
    d->row = row;
    if (row->needs & NEEDS_SOUND && !d->config_ok)
        doctor_skip(d, "", "the configuration is not sound");
    else if (row->needs & NEEDS_STORE && !d->store)
        doctor_skip(d, "", "the data repository is not open");
    else if (row->needs & NEEDS_EXCHANGE && !d->exchange_ok)
        doctor_skip(d, "", "the exchange does not answer");
    else
        row->go(d);
}

void doctor_examine(const struct doctor_options *o, struct doctor_report *out)
{
    struct doctor *d = xcalloc(1, sizeof(*d));
    *out = (struct doctor_report){ .exit = RUN_DONE };
    d->options = o;
    d->report = out;
    snprintf(d->user_agent, sizeof(d->user_agent), "gridwatch/%.60s",
             o->engine);
    for (size_t i = 0; i < ARRAY_LEN(checks); i++)
        go(d, &checks[i]);
    if (d->pool)
        http_pool_free(d->pool);
    store_free(d->store);
    problems_release(&d->problems);
    config_wipe(&d->config);
    free(d);
}

void doctor_report_release(struct doctor_report *r)
{
    free(r->lines);
    free(r->figures);
    r->lines = NULL;
    r->figures = NULL;
    r->line_count = r->figure_count = 0;
}
