#include "config/options.h"

#include <string.h>

#include "base/array.h"

#define FIELD(f) offsetof(struct config, f), sizeof(((struct config *)0)->f)

static const char *profile_choice(int n)
{
    return n <= PROFILE_SEED ? profile_name((enum profile)n) : NULL;
}

static const char *mode_choice(int n)
{
    return n <= TRIGGER_OFF ? trigger_mode_name((enum trigger_mode)n) : NULL;
}

static const char *level_choice(int n)
{
    return n < LOG_LEVEL_COUNT ? log_level_name((enum log_level)n) : NULL;
}

/* pi is capped at .89 (SPEC 7): a limit above it would never be reached. */
#define PI_MAX 0.89

/* clang-format off */
const struct config_option config_options[] = {
    /* key, file, type, field, default, min, max, unit, choices, help */

    { "repository.path", CONFIG_SERVICE, OPTION_PATH,
      FIELD(repository.path), "data.git", 1, 1000, "", NULL,
      "the bare data repository on this machine, relative to the working directory" },
    { "repository.remote", CONFIG_SERVICE, OPTION_PATH,
      FIELD(repository.remote), "", 0, 1000, "", NULL,
      "where commits are pushed: a path or file:///path; empty: nowhere. "
      "https and ssh are not built yet" },
    { "repository.branch", CONFIG_SERVICE, OPTION_STRING,
      FIELD(repository.branch), "main", 1, 200, "", NULL,
      "the branch that is read, written and pushed" },
    { "repository.author_name", CONFIG_SERVICE, OPTION_STRING,
      FIELD(repository.author_name), "gridwatch", 1, 100, "", NULL,
      "author of the commits" },
    { "repository.author_email", CONFIG_SERVICE, OPTION_STRING,
      FIELD(repository.author_email), "gridwatch@localhost", 1, 200, "", NULL,
      "its address" },
    { "repository.fsync", CONFIG_SERVICE, OPTION_BOOL,
      FIELD(repository.fsync), "true", 0, 0, "", NULL,
      "a commit counts only when the disk has it; false is faster and may lose "
      "the last commits when the machine loses power" },
    { "repository.push_budget", CONFIG_SERVICE, OPTION_DURATION_MS,
      FIELD(repository.push_budget_ms), "20s", 1, 300, "", NULL,
      "time for a push; then the alert goes out and the next run pushes" },

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

    { "log.level", CONFIG_SERVICE, OPTION_CHOICE,
      FIELD(log_level), "info", 0, 0, "", level_choice,
      "the least urgent lines that are written" },

    { "exit.profile", CONFIG_EXIT, OPTION_CHOICE,
      FIELD(exit.profile), "calibrated", 0, 0, "", profile_choice,
      "calibrated limits, or the literal rules of the origin; "
      "seed is not built yet" },
    { "exit.shadow", CONFIG_EXIT, OPTION_BOOL,
      FIELD(exit.shadow), "false", 0, 0, "", NULL,
      "true: the whole service only watches and records, nobody is told" },
    { "exit.release_closes", CONFIG_EXIT, OPTION_INT,
      FIELD(exit.release_closes), "2", 1, 48, "closes of 1h", NULL,
      "MANDATORY_EXIT ends after so many in a row without any M trigger" },

    { "exit.m_boundary.mode", CONFIG_EXIT, OPTION_CHOICE,
      FIELD(exit.mode[M_BOUNDARY]), "active", 0, 0, "", mode_choice,
      "active raises the state, shadow only records, off is not asked" },
    { "exit.m_boundary.closes", CONFIG_EXIT, OPTION_INT,
      FIELD(exit.boundary_closes), "2", 1, 48, "closes of 1h", NULL,
      "so many in a row outside the range, on the same side" },

    { "exit.m_stop.mode", CONFIG_EXIT, OPTION_CHOICE,
      FIELD(exit.mode[M_STOP]), "active", 0, 0, "", mode_choice,
      "active raises the state, shadow only records, off is not asked" },

    { "exit.l_haz.mode", CONFIG_EXIT, OPTION_CHOICE,
      FIELD(exit.mode[L_HAZ]), "active", 0, 0, "", mode_choice,
      "active raises the state, shadow only records, off is not asked" },
    { "exit.l_haz.enter", CONFIG_EXIT, OPTION_REAL,
      FIELD(exit.l_haz.enter), "0.40", 0.01, PI_MAX, "probability", NULL,
      "yes from this pi on" },
    { "exit.l_haz.leave", CONFIG_EXIT, OPTION_REAL,
      FIELD(exit.l_haz.leave), "0.30", 0, PI_MAX, "probability", NULL,
      "and no again below this" },

    { "exit.w_haz.mode", CONFIG_EXIT, OPTION_CHOICE,
      FIELD(exit.mode[W_HAZ]), "active", 0, 0, "", mode_choice,
      "active raises the state, shadow only records, off is not asked" },
    { "exit.w_haz.enter", CONFIG_EXIT, OPTION_REAL,
      FIELD(exit.w_haz.enter), "0.25", 0.01, PI_MAX, "probability", NULL,
      "yes from this pi on" },
    { "exit.w_haz.leave", CONFIG_EXIT, OPTION_REAL,
      FIELD(exit.w_haz.leave), "0.20", 0, PI_MAX, "probability", NULL,
      "and no again below this" },
};

const struct config_section config_sections[] = {
    { "repository", CONFIG_SERVICE, "the Git repository that remembers everything" },
    { "exchange", CONFIG_SERVICE, "where bars and prices come from" },
    { "run", CONFIG_SERVICE, "one run, every 15 minutes" },
    { "notify", CONFIG_SERVICE, "the operator's phone" },
    { "log", CONFIG_SERVICE, "lines on standard error" },
    { "exit", CONFIG_EXIT, "when a grid should be left" },
    { "exit.m_boundary", CONFIG_EXIT,
      "M_BOUNDARY, MANDATORY_EXIT: closed 1h bars outside the range" },
    { "exit.m_stop", CONFIG_EXIT,
      "M_STOP, MANDATORY_EXIT: the stop was touched" },
    { "exit.l_haz", CONFIG_EXIT,
      "L_HAZ, LATEST_ACCEPTABLE_EXIT: pi, the chance that the range is left "
      "within 24 h" },
    { "exit.w_haz", CONFIG_EXIT, "W_HAZ, WARNING: the same pi, earlier" },
};
/* clang-format on */

const size_t config_option_count = ARRAY_LEN(config_options);
const size_t config_section_count = ARRAY_LEN(config_sections);
_Static_assert(ARRAY_LEN(config_options) <= CONFIG_OPTIONS_MAX,
               "raise CONFIG_OPTIONS_MAX");

const char *option_type_name(enum option_type type)
{
    static const char *const names[OPTION_TYPE_COUNT] = {
        "whole number", "number", "duration", "duration", "true or false",
        "one of",       "text",   "path",     "URL"
    };
    return names[type];
}

const struct config_option *option_find(const char *key)
{
    for (size_t i = 0; i < config_option_count; i++)
        if (strcmp(config_options[i].key, key) == 0)
            return &config_options[i];
    return NULL;
}

const struct config_section *section_find(enum config_file file,
                                          const char *key)
{
    for (size_t i = 0; i < config_section_count; i++)
        if (config_sections[i].file == file &&
            strcmp(config_sections[i].key, key) == 0)
            return &config_sections[i];
    return NULL;
}

bool section_holds(const struct config_section *s,
                   const struct config_option *o)
{
    size_t n = strlen(s->key);
    return strncmp(o->key, s->key, n) == 0 && o->key[n] == '.' &&
           strchr(o->key + n + 1, '.') == NULL;
}
