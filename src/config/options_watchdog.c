/* The options of the watchdog: config/watchdog.yaml. No run reads them. */
#include "config/options_internal.h"

/* clang-format off */
static const struct config_option options[] = {
    /* key, file, type, field, default, min, max, unit, choices, help */

    { "record.remote", CONFIG_WATCHDOG, OPTION_PATH,
      FIELD(watchdog.remote), "", 0, 1000, "", NULL,
      "the remote that the job pushes to, as in repository.remote; the "
      "watchdog looks at nothing else and cannot do without" },
    { "record.branch", CONFIG_WATCHDOG, OPTION_STRING,
      FIELD(watchdog.branch), "main", 1, 200, "", NULL,
      "the branch that is read" },
    { "record.clone", CONFIG_WATCHDOG, OPTION_PATH,
      FIELD(watchdog.clone), "watchdog.git", 1, 1000, "", NULL,
      "where the watchdog keeps its own clone, relative to the working "
      "directory; made when it is not there" },
    { "record.memory", CONFIG_WATCHDOG, OPTION_PATH,
      FIELD(watchdog.memory), "watchdog.memory.yaml", 1, 1000, "", NULL,
      "the small file that says what was told and which commit was seen last; "
      "who loses it hears what stands once more" },
    { "record.http_login", CONFIG_WATCHDOG, OPTION_STRING,
      FIELD(watchdog.http_user), "gridwatch", 1, 200, "", NULL,
      "user name that goes with WATCHDOG_GIT_TOKEN" },
    { "record.ca_file", CONFIG_WATCHDOG, OPTION_PATH,
      FIELD(watchdog.ca_file), "", 0, 1000, "", NULL,
      "as repository.ca_file" },
    { "record.ssh_host_keys", CONFIG_WATCHDOG, OPTION_STRING,
      FIELD(watchdog.ssh_host_keys), "", 0, 1000, "", NULL,
      "as repository.ssh_host_keys" },
    { "record.fetch_budget", CONFIG_WATCHDOG, OPTION_DURATION_MS,
      FIELD(watchdog.fetch_budget_ms), "60s", 1, 600, "", NULL,
      "time for asking the remote; the first clone has it, too" },

    { "phone.pushover_url", CONFIG_WATCHDOG, OPTION_URL,
      FIELD(watchdog.pushover_url), "https://api.pushover.net", 1, 500, "", NULL,
      "Pushover, without a slash at the end" },
    { "phone.request_timeout", CONFIG_WATCHDOG, OPTION_DURATION_MS,
      FIELD(watchdog.request_timeout_ms), "10s", 1, 60, "", NULL,
      "time for one try of a message" },
    { "phone.retry_spacing", CONFIG_WATCHDOG, OPTION_DURATION_MS,
      FIELD(watchdog.retry_spacing_ms), "5s", 0, 60, "", NULL,
      "wait before the next try; Pushover asks for 5s or more, "
      "less is for tests" },
    { "phone.tries", CONFIG_WATCHDOG, OPTION_INT,
      FIELD(watchdog.tries), "3", 1, 10, "tries", NULL,
      "of one message in one look; the next look goes on" },
};

static const struct config_section sections[] = {
    { "record", CONFIG_WATCHDOG, "the data repository, as anybody may see it" },
    { "phone", CONFIG_WATCHDOG,
      "who is told; WATCHDOG_PUSHOVER_TOKEN and WATCHDOG_PUSHOVER_USER say "
      "which phone" },
};
/* clang-format on */

const struct option_part option_part_watchdog = OPTION_PART(options, sections);
