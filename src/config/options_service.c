/* The options of the service: config/gridwatch.yaml. */
#include "config/options_internal.h"

static const char *level_choice(int n)
{
    return n < LOG_LEVEL_COUNT ? log_level_name((enum log_level)n) : NULL;
}

static const char *picture_choice(int n)
{
    static const char *const words[] = { [PICTURE_LIGHT] = "light",
                                         [PICTURE_DARK] = "dark",
                                         [PICTURE_OFF] = "off" };
    return n <= PICTURE_OFF ? words[n] : NULL;
}

const char *notify_from_name(enum notify_from from)
{
    static const char *const names[] = { "normal", "warning", "latest",
                                         "mandatory", "off" };
    return names[from];
}

static const char *from_choice(int n)
{
    return n < NOTIFY_FROM_COUNT ? notify_from_name((enum notify_from)n) : NULL;
}

/* clang-format off */
static const struct config_option options[] = {
    /* key, file, type, field, default, min, max, unit, choices, help */

    { "repository.path", CONFIG_SERVICE, OPTION_PATH,
      FIELD(repository.path), "data.git", 1, 1000, "", NULL,
      "the bare data repository on this machine, relative to the working directory" },
    { "repository.remote", CONFIG_SERVICE, OPTION_PATH,
      FIELD(repository.remote), "", 0, 1000, "", NULL,
      "where commits are pushed: https://host/path (GIT_TOKEN), "
      "ssh://git@host/path (GIT_SSH_KEY_FILE), a path or file:///path; "
      "empty: nowhere" },
    { "repository.branch", CONFIG_SERVICE, OPTION_STRING,
      FIELD(repository.branch), "main", 1, 200, "", NULL,
      "the branch that is read, written and pushed" },
    { "repository.author_name", CONFIG_SERVICE, OPTION_STRING,
      FIELD(repository.author_name), "gridwatch", 1, 100, "", NULL,
      "author of the commits" },
    { "repository.author_email", CONFIG_SERVICE, OPTION_STRING,
      FIELD(repository.author_email), "gridwatch@localhost", 1, 200, "", NULL,
      "its address" },
    { "repository.http_login", CONFIG_SERVICE, OPTION_STRING,
      FIELD(repository.http_user), "gridwatch", 1, 200, "", NULL,
      "user name that goes with GIT_TOKEN; most forges look at the token only" },
    { "repository.ca_file", CONFIG_SERVICE, OPTION_PATH,
      FIELD(repository.ca_file), "", 0, 1000, "", NULL,
      "PEM of those who may sign the certificate of an https remote; "
      "empty: the system's list" },
    { "repository.ssh_host_keys", CONFIG_SERVICE, OPTION_STRING,
      FIELD(repository.ssh_host_keys), "", 0, 1000, "", NULL,
      "SHA256:... of the keys that an ssh remote may show, blanks between, as "
      "'ssh-keygen -l' prints them; empty: what ~/.ssh/known_hosts says" },
    { "repository.fsync", CONFIG_SERVICE, OPTION_BOOL,
      FIELD(repository.fsync), "true", 0, 0, "", NULL,
      "a commit counts only when the disk has it; false is faster and may lose "
      "the last commits when the machine loses power" },
    { "repository.push_budget", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(repository.push_budget_ms), "20s", 1, 300, "", NULL,
      "time for a push; then the alert goes out and the next run pushes" },

    { "retention.tip_days", CONFIG_SERVICE, OPTION_INT,
      FIELD(retention.tip_days), "7", 1, 3650, "days", NULL,
      "slot documents older than this leave the newest commit; they stay in "
      "history, and every month has a tag" },

    { "exchange.base_url", CONFIG_SERVICE, OPTION_URL,
      FIELD(exchange.base_url), "https://api.kucoin.com", 1, 500, "", NULL,
      "the exchange, without a slash at the end" },
    { "exchange.request_timeout", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(exchange.request_timeout_ms), "10s", 1, 60, "", NULL,
      "time for one request" },
    { "exchange.max_connections", CONFIG_SERVICE, OPTION_INT,
      FIELD(exchange.max_connections), "64", 1, 128, "connections", NULL,
      "requests at the same time" },
    { "exchange.weight_budget", CONFIG_SERVICE, OPTION_INT,
      FIELD(exchange.weight_budget), "1000", 50, 2000, "weights", NULL,
      "what one run may spend of the exchange's public pool, "
      "which holds 2000 each 30 s, and as much again of each of the account's "
      "own pools, which hold no less" },
    { "exchange.allow_trading_key", CONFIG_SERVICE, OPTION_BOOL,
      FIELD(exchange.allow_trading_key), "false", 0, 0, "", NULL,
      "use an API key that may also trade, transfer or withdraw; gridwatch "
      "never does, but who steals the key can" },

    { "run.deadline", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(run.deadline_ms), "120s", 20, 840, "", NULL,
      "time for a whole run; it ends itself before the platform does" },
    { "run.settle", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(run.settle_ms), "10s", 0, 30, "", NULL,
      "a slot is evaluated when it is this old, "
      "so that the exchange has closed its bars" },
    { "run.max_clock_offset", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(run.max_clock_offset_ms), "30s", 1, 300, "", NULL,
      "the own clock may differ this much from the exchange's; "
      "beyond it nothing is concluded" },
    { "run.grids", CONFIG_SERVICE, OPTION_STRING,
      FIELD(run.grids), "", 0, 500, "", NULL,
      "ids of the grids that this writer watches, blanks between; "
      "empty: all that the data repository has" },

    { "position.slippage", CONFIG_SERVICE, OPTION_REAL,
      FIELD(position.slippage), "0.001", 0, 0.2, "share", NULL,
      "a stop that is touched sells so much below its price: part of the "
      "capital at risk" },

    { "notify.pushover_url", CONFIG_SERVICE, OPTION_URL,
      FIELD(notify.pushover_url), "https://api.pushover.net", 1, 500, "", NULL,
      "Pushover, without a slash at the end" },
    { "notify.request_timeout", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(notify.request_timeout_ms), "10s", 1, 60, "", NULL,
      "time for one try of a message" },
    { "notify.retry_spacing", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(notify.retry_spacing_ms), "5s", 0, 60, "", NULL,
      "wait before the next try; Pushover asks for 5s or more, "
      "less is for tests" },
    { "notify.tries", CONFIG_SERVICE, OPTION_INT,
      FIELD(notify.tries), "3", 1, 10, "tries", NULL,
      "of one message in one run; the next run goes on" },
    { "notify.picture", CONFIG_SERVICE, OPTION_CHOICE,
      FIELD(notify.picture), "light", 0, 0, "", picture_choice,
      "the chart of the last 48 hours that goes with a message that tells "
      "something new; no message waits for it or fails with it" },
    { "notify.time_zone", CONFIG_SERVICE, OPTION_PHRASE,
      FIELD(notify.time_zone), "UTC", 1, 63, "", NULL,
      "the operator's, as the IANA database calls it (Europe/Berlin): messages "
      "give times in it, with UTC beside them" },
    { "notify.quiet_hours", CONFIG_SERVICE, OPTION_PHRASE,
      FIELD(notify.quiet_hours), "", 0, 11, "", NULL,
      "such as 22:00-07:00, each day in that zone: nothing below "
      "MANDATORY_EXIT makes a sound then, but for a LATEST_ACCEPTABLE_EXIT "
      "that nobody resolves (escalate_after); empty: none" },
    { "notify.maintenance", CONFIG_SERVICE, OPTION_PHRASE,
      FIELD(notify.maintenance), "", 0, 1000, "", NULL,
      "the same from one time to another, START/END in RFC 3339 "
      "(2026-01-31T14:00Z/2026-01-31T18:00Z), blanks between several; empty: "
      "none" },
    { "notify.all_clear_at", CONFIG_SERVICE, OPTION_STRING,
      FIELD(notify.all_clear_at), "08:00", 0, 5, "", NULL,
      "once a day from this time in that zone, without any sound: the service "
      "runs, and how its grids stand; empty: never" },
    { "notify.first_message", CONFIG_SERVICE, OPTION_BOOL,
      FIELD(notify.first_message), "true", 0, 0, "", NULL,
      "the first run of a data repository tells which grids are watched" },
    { "notify.act_within", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.act_within_ms), "1h", 60, 86400, "", NULL,
      "the reaction that a message asks for" },
    { "notify.same_level_gap", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.same_level_gap_ms), "4h", 0, 86400, "", NULL,
      "the same level of a grid is not told again sooner, nor a lower one; "
      "what stands is repeated after this, then after twice as long" },
    { "notify.repeat_most", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.repeat_most_ms), "24h", 3600, 604800, "", NULL,
      "and at last each time after this" },
    { "notify.change_gap", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.change_gap_ms), "1h", 0, 86400, "", NULL,
      "another side or reason of what was told is not told sooner" },
    { "notify.escalate_after", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.escalate_ms), "30m", 900, 86400, "", NULL,
      "LATEST_ACCEPTABLE_EXIT that was told so long ago, still stands and is "
      "not acknowledged rings once as a siren" },
    { "notify.stale_after", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.stale_ms), "45m", 900, 86400, "", NULL,
      "a price that has been unknown for so long is told with priority 1" },
    { "notify.stale_siren_after", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.stale_siren_ms), "2h", 900, 86400, "", NULL,
      "and after so long it rings as a siren, unless M_BLIND does" },
    { "notify.ask_after", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.ask_ms), "4h", 900, 86400, "", NULL,
      "MANDATORY_EXIT that was acknowledged so long ago asks whether the grid "
      "was stopped" },
    { "notify.graver_pi", CONFIG_SERVICE, OPTION_REAL,
      FIELD(alert.graver_pi), "0.10", 0.01, 1, "probability", NULL,
      "a siren begins anew when the chance of its side has grown by this" },
    { "notify.graver_atr", CONFIG_SERVICE, OPTION_REAL,
      FIELD(alert.graver_atr), "1", 0.1, 100, "ATR(4h)", NULL,
      "or the stop is nearer by this" },
    { "notify.graver_money", CONFIG_SERVICE, OPTION_REAL,
      FIELD(alert.graver_money), "0.20", 0.01, 100, "share", NULL,
      "or the capital at risk has grown by this" },
    { "notify.warning_pi_floor", CONFIG_SERVICE, OPTION_REAL,
      FIELD(alert.warning_pi_floor), "0.10", 0, PI_MAX, "probability", NULL,
      "a WARNING with a pi below this is recorded, not told" },
    { "notify.siren_retry", CONFIG_SERVICE, OPTION_DURATION_S,
      FIELD(alert.siren_retry_s), "75s", 30, 10800, "", NULL,
      "a siren (MANDATORY_EXIT) rings again after this, until acknowledged" },
    { "notify.siren_expire", CONFIG_SERVICE, OPTION_DURATION_S,
      FIELD(alert.siren_expire_s), "1h", 30, 10800, "", NULL,
      "and stops after this" },
    { "notify.runbook_url", CONFIG_SERVICE, OPTION_URL,
      FIELD(notify.runbook_url), "", 0, 400, "", NULL,
      "where docs/runbook.md is to be read: a message on the phone links its "
      "section there; empty: no link" },
    { "notify.ntfy_url", CONFIG_SERVICE, OPTION_URL,
      FIELD(notify.ntfy_url), "", 0, 500, "", NULL,
      "a topic of ntfy that is told as well, such as "
      "https://ntfy.example/TOPIC; empty: what NTFY_ALERT_URL says" },
    { "notify.ntfy_from", CONFIG_SERVICE, OPTION_CHOICE,
      FIELD(notify.ntfy_from), "warning", 0, 0, "", from_choice,
      "the least level it is told; a message's priority is its level" },
    { "notify.telegram_chat", CONFIG_SERVICE, OPTION_STRING,
      FIELD(notify.telegram_chat), "", 0, 100, "", NULL,
      "a chat that the bot of TELEGRAM_TOKEN tells as well: its number or "
      "@name; empty: none" },
    { "notify.telegram_from", CONFIG_SERVICE, OPTION_CHOICE,
      FIELD(notify.telegram_from), "warning", 0, 0, "", from_choice,
      "the least level it is told" },
    { "notify.telegram_url", CONFIG_SERVICE, OPTION_URL,
      FIELD(notify.telegram_url), "https://api.telegram.org", 1, 500, "", NULL,
      "Telegram's Bot API, without a slash at the end" },
    { "notify.webhook_url", CONFIG_SERVICE, OPTION_URL,
      FIELD(notify.webhook_url), "", 0, 500, "", NULL,
      "a server that takes messages as JSON; empty: what WEBHOOK_URL says" },
    { "notify.webhook_from", CONFIG_SERVICE, OPTION_CHOICE,
      FIELD(notify.webhook_from), "warning", 0, 0, "", from_choice,
      "the least level it is told" },
    { "notify.second_after", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.second_after_ms), "15m", 900, 86400, "", NULL,
      "MANDATORY_EXIT that nobody acknowledged for so long goes to each of "
      "these channels, whatever its level" },

    { "heartbeat.timeout", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(heartbeat.timeout_ms), "5s", 1, 30, "", NULL,
      "time for HEARTBEAT_URL or NTFY_URL to answer; one try, and no alert "
      "waits for it" },
    { "heartbeat.after", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(heartbeat.after_ms), "40m", 1200, 259200, "", NULL,
      "NTFY_URL speaks when so long no run did its work" },

    { "export.textfile", CONFIG_SERVICE, OPTION_PATH,
      FIELD(export.textfile), "", 0, 1000, "", NULL,
      "each run writes its figures here for Prometheus' node_exporter, whole or "
      "not at all; the name must end in .prom; empty: nowhere" },
    { "export.pushgateway", CONFIG_SERVICE, OPTION_URL,
      FIELD(export.pushgateway), "", 0, 500, "", NULL,
      "each run sends them there as well, to /metrics/job/gridwatch below it; "
      "empty: nowhere" },
    { "export.instance", CONFIG_SERVICE, OPTION_STRING,
      FIELD(export.instance), "", 0, 63, "", NULL,
      "and /instance/NAME, where several writers share a Pushgateway; empty: "
      "without" },
    { "export.timeout", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(export.timeout_ms), "2s", 1, 30, "", NULL,
      "time for the Pushgateway to answer; one try, and no alert waits for it" },

    { "daemon.schedule", CONFIG_SERVICE, OPTION_STRING,
      FIELD(daemon.schedule), "*/15 * * * *", 1, 200, "", NULL,
      "when 'gridwatch daemon' runs the job, as a CronJob of Kubernetes says "
      "it" },
    { "daemon.time_zone", CONFIG_SERVICE, OPTION_STRING,
      FIELD(daemon.time_zone), "UTC", 1, 63, "", NULL,
      "by the clocks of this zone, as the IANA database calls it" },
    { "daemon.starting_deadline", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(daemon.starting_deadline_ms), "14m", 10, 86400, "", NULL,
      "a run that could not begin at its time may still begin so long after it; "
      "then it is missed" },
    { "daemon.listen", CONFIG_SERVICE, OPTION_STRING,
      FIELD(daemon.listen), "127.0.0.1:9464", 0, 21, "", NULL,
      "where it answers /metrics and /healthz, without a password: address and "
      "port, port 0 is a free one; empty: nowhere" },
    { "daemon.look_every", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(daemon.look_every_ms), "5m", 0, 900, "", NULL,
      "between two runs, so often, the last price of grids in "
      "LATEST_ACCEPTABLE_EXIT is held to stop and bounds; 0: never" },

    { "outside.calendar_file", CONFIG_SERVICE, OPTION_PATH,
      FIELD(outside.calendar_file), "", 0, 1000, "", NULL,
      "CSV of events that are known beforehand, one window a line: "
      "from,to,name; W_EVENT reads it; empty: none" },
    { "outside.signal_file", CONFIG_SERVICE, OPTION_PATH,
      FIELD(outside.signal_file), "", 0, 1000, "", NULL,
      "JSON with the newest value of an external signal, written by another "
      "program; W_SIGNAL reads it; empty: none" },
    { "outside.signal_url", CONFIG_SERVICE, OPTION_URL,
      FIELD(outside.signal_url), "", 0, 500, "", NULL,
      "the same JSON from a server; give a file or an address, not both" },
    { "outside.signal_timeout", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(outside.signal_timeout_ms), "5s", 1, 60, "", NULL,
      "time for that address to answer; then the signal is unknown in this "
      "run" },

    { "log.level", CONFIG_SERVICE, OPTION_CHOICE,
      FIELD(log_level), "info", 0, 0, "", level_choice,
      "the least urgent lines that are written" },
};

static const struct config_section sections[] = {
    { "repository", CONFIG_SERVICE, "the Git repository that remembers everything" },
    { "retention", CONFIG_SERVICE, "how long documents stay where a checkout shows them" },
    { "exchange", CONFIG_SERVICE, "where bars and prices come from" },
    { "run", CONFIG_SERVICE, "one run, every 15 minutes" },
    { "position", CONFIG_SERVICE, "what a grid holds and risks" },
    { "notify", CONFIG_SERVICE, "the operator's phone" },
    { "heartbeat", CONFIG_SERVICE,
      "who watches the watcher; where to, HEARTBEAT_URL and NTFY_URL say" },
    { "export", CONFIG_SERVICE, "figures for Prometheus, docs/prometheus.md" },
    { "daemon", CONFIG_SERVICE, "gridwatch daemon, docs/daemon.md" },
    { "outside", CONFIG_SERVICE,
      "what the operator knows besides the market: a calendar and one signal" },
    { "log", CONFIG_SERVICE, "lines on standard error" },
};
/* clang-format on */

const struct option_part option_part_service = OPTION_PART(options, sections);
