/* The options of the service: config/gridwatch.yaml. */
#include "config/options_internal.h"

static const char *level_choice(int n)
{
    return n < LOG_LEVEL_COUNT ? log_level_name((enum log_level)n) : NULL;
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
      FIELD(exchange.max_connections), "8", 1, 32, "connections", NULL,
      "requests at the same time" },
    { "exchange.weight_budget", CONFIG_SERVICE, OPTION_INT,
      FIELD(exchange.weight_budget), "1000", 50, 2000, "weights", NULL,
      "what one run may spend of the exchange's public pool, "
      "which holds 2000 each 30 s" },

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
    { "notify.act_within", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.act_within_ms), "1h", 60, 86400, "", NULL,
      "the reaction that a message asks for" },
    { "notify.same_level_gap", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(alert.same_level_gap_ms), "4h", 0, 86400, "", NULL,
      "the same level of a grid is not told again sooner" },
    { "notify.warning_pi_floor", CONFIG_SERVICE, OPTION_REAL,
      FIELD(alert.warning_pi_floor), "0.10", 0, PI_MAX, "probability", NULL,
      "a WARNING with a pi below this is recorded, not told" },
    { "notify.siren_retry", CONFIG_SERVICE, OPTION_DURATION_S,
      FIELD(alert.siren_retry_s), "75s", 30, 10800, "", NULL,
      "a siren (MANDATORY_EXIT) rings again after this, until acknowledged" },
    { "notify.siren_expire", CONFIG_SERVICE, OPTION_DURATION_S,
      FIELD(alert.siren_expire_s), "1h", 30, 10800, "", NULL,
      "and stops after this" },

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
    { "notify", CONFIG_SERVICE, "the operator's phone" },
    { "outside", CONFIG_SERVICE,
      "what the operator knows besides the market: a calendar and one signal" },
    { "log", CONFIG_SERVICE, "lines on standard error" },
};
/* clang-format on */

const struct option_part option_part_service = OPTION_PART(options, sections);
