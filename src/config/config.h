/* config/ - what the operator decided, read once and const ever after.
 *
 * Two YAML files: the service (how it runs) and the exit strategy (when to
 * leave a grid); a third one is the watchdog's. One table, config/options.c,
 * says which keys there are; the reader, the sample files, docs/config.md and
 * the hash all walk it. What is not written has its default, so an empty or
 * absent file is valid. What is wrong is told in full, each problem with file,
 * line and column. Secrets come from the environment only.
 *
 * The option structs of pure modules belong to them; the structs of edges
 * stand here, because an edge does not include another, and cli copies them.
 *
 * May include: base, sys and the types of the pure folders. Start reading at
 * config_load(); what one grid has otherwise is for_grid.h.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "alert/alert.h"
#include "config/problems.h"
#include "exit/exit_config.h"
#include "gate/propose.h"
#include "sys/log.h"
#include "sys/text.h"

#define CONFIG_TEXT 1024 /* room of a text option, its end included */

struct config_repository {
    char path[CONFIG_TEXT];   /* the bare data repository */
    char remote[CONFIG_TEXT]; /* "": none */
    char branch[CONFIG_TEXT];
    char author_name[CONFIG_TEXT], author_email[CONFIG_TEXT];
    char http_user[CONFIG_TEXT];     /* the token is a secret */
    char ca_file[CONFIG_TEXT];       /* "": the system's list */
    char ssh_host_keys[CONFIG_TEXT]; /* "": ~/.ssh/known_hosts */
    bool fsync;
    int64_t push_budget_ms;
};

struct config_retention {
    int64_t tip_days; /* slot documents older than that leave the tip */
};

struct config_exchange {
    char base_url[CONFIG_TEXT]; /* without a slash at the end */
    int64_t request_timeout_ms; /* of one try */
    int64_t max_connections;
    int64_t weight_budget; /* of one run, in the exchange's weights */
    bool allow_trading_key;
};

struct config_run {
    int64_t deadline_ms; /* of the whole run */
    int64_t settle_ms;   /* a slot is evaluated when it is this old */
    int64_t max_clock_offset_ms;
    char grids[CONFIG_TEXT]; /* "": all; else ids with blanks between */
};

enum picture_mode { PICTURE_LIGHT, PICTURE_DARK, PICTURE_OFF };

/* The least level that a second channel is told. */
enum notify_from {
    NOTIFY_FROM_NORMAL,
    NOTIFY_FROM_WARNING,
    NOTIFY_FROM_LATEST,
    NOTIFY_FROM_MANDATORY,
    NOTIFY_OFF, /* it is not used at all */
    NOTIFY_FROM_COUNT
};
const char *notify_from_name(enum notify_from from);

struct config_notify {
    char pushover_url[CONFIG_TEXT]; /* without a slash at the end */
    int64_t request_timeout_ms;     /* of one try */
    int64_t retry_spacing_ms, tries;
    enum picture_mode picture;     /* the chart that goes with a message */
    char runbook_url[CONFIG_TEXT]; /* of docs/runbook.md; "": no link */
    /* Second channels: addresses as pushover_url, "": none, or a secret. */
    char ntfy_url[CONFIG_TEXT]; /* of the topic */
    char telegram_url[CONFIG_TEXT];
    char telegram_chat[CONFIG_TEXT]; /* "": Telegram is not used */
    char webhook_url[CONFIG_TEXT];
    enum notify_from ntfy_from, telegram_from, webhook_from;
    char time_zone[CONFIG_TEXT];    /* IANA name, on this system */
    char quiet_hours[CONFIG_TEXT];  /* alert/quiet.h; "": none */
    char maintenance[CONFIG_TEXT];  /* likewise */
    char all_clear_at[CONFIG_TEXT]; /* likewise, one time; "": never */
    bool first_message;             /* the watch of a new repository begins */
};

/* Who watches the watcher: where to, the secrets say. */
struct config_heartbeat {
    int64_t timeout_ms; /* of one request */
    int64_t after_ms;   /* silence that is told */
};

/* What Prometheus is told of a run; expose/family.h. */
struct config_export {
    char textfile[CONFIG_TEXT];    /* "": none is written */
    char pushgateway[CONFIG_TEXT]; /* without a slash at the end; "": none */
    char instance[CONFIG_TEXT];    /* of it there; "": none */
    int64_t timeout_ms;            /* of the Pushgateway */
};

/* `gridwatch daemon`. */
struct config_daemon {
    char schedule[CONFIG_TEXT];   /* cron/cron.h */
    char time_zone[CONFIG_TEXT];  /* IANA name, on this system */
    int64_t starting_deadline_ms; /* so late a run may begin */
    char listen[CONFIG_TEXT];     /* base/ipv4.h; "": nowhere */
    int64_t look_every_ms;        /* between runs; 0: no looks */
};

struct config_position {
    double slippage; /* of the sale at a stop, a share of the price */
};

/* Where calendar windows and the external signal come from. */
struct config_outside {
    char calendar_file[CONFIG_TEXT]; /* CSV: from,to,name; "": none */
    char signal_file[CONFIG_TEXT];   /* JSON; "": none */
    char signal_url[CONFIG_TEXT];    /* the same from a server; "": none */
    int64_t signal_timeout_ms;
};

/* Who watches from elsewhere: the files and the phone of `gridwatch watchdog`,
 * which reads nothing else of this. */
struct config_watchdog {
    char remote[CONFIG_TEXT]; /* of the data repository; "": not set up */
    char branch[CONFIG_TEXT];
    char clone[CONFIG_TEXT];  /* bare, its own */
    char memory[CONFIG_TEXT]; /* file of what was told */
    char http_user[CONFIG_TEXT], ca_file[CONFIG_TEXT];
    char ssh_host_keys[CONFIG_TEXT];
    int64_t fetch_budget_ms;
    char pushover_url[CONFIG_TEXT];
    int64_t request_timeout_ms; /* of one try */
    int64_t retry_spacing_ms, tries;
};

/* A text that is never printed. "" when it was not given. */
#define SECRET_ROOM 2048
struct secret {
    char text[SECRET_ROOM];
};

struct config_secrets {
    struct secret kucoin_api_key, kucoin_api_secret, kucoin_api_passphrase;
    struct secret pushover_token, pushover_user;
    struct secret git_token, git_ssh_key, git_ssh_passphrase;
    struct secret heartbeat_url, ntfy_url, ntfy_token;
    struct secret ntfy_alert_url, ntfy_alert_token, telegram_token;
    struct secret webhook_url, webhook_token;
    struct secret watchdog_pushover_token, watchdog_pushover_user;
    struct secret watchdog_git_token, watchdog_git_ssh_key;
    struct secret watchdog_git_ssh_passphrase;
};

struct config {
    struct config_repository repository;
    struct config_retention retention;
    struct config_exchange exchange;
    struct config_run run;
    struct config_notify notify;
    struct alert_config alert;
    struct exit_config exit;
    struct gate_config gate;
    struct propose_config propose;
    struct config_outside outside;
    struct config_position position;
    struct config_heartbeat heartbeat;
    struct config_watchdog watchdog;
    struct config_export export;
    struct config_daemon daemon;
    enum log_level log_level;
    struct config_secrets secrets;
};

/* The last is the watchdog's alone: no run reads it, and the hash does not
 * count it. */
enum config_file {
    CONFIG_SERVICE,
    CONFIG_EXIT,
    CONFIG_WATCHDOG,
    CONFIG_FILE_COUNT
};
#define CONFIG_JOB_FILES CONFIG_WATCHDOG             /* those before it */
const char *config_file_name(enum config_file file); /* gridwatch, exit, ... */
const char *config_file_path(enum config_file file); /* config/....yaml */

/* Where the configuration comes from. Of the environment the watchdog's secrets
 * are read when its file is named, and else those of the job. */
struct config_sources {
    struct config_source {
        const char *path; /* NULL: not read */
        bool must_exist;  /* the operator named it */
    } file[CONFIG_FILE_COUNT];
    /* The environment: the value of a variable or NULL; NULL: none is read. */
    const char *(*env)(const char *variable, void *env_context);
    void *env_context;
};

/* All defaults, no secrets. */
void config_defaults(struct config *out);

/* Reads and checks everything. 0, or -1 when there is at least one error; `p`
 * then says all of them, and `out` has defaults where something was wrong.
 * Warnings are in `p` either way. */
int config_load(const struct config_sources *sources, struct config *out,
                struct problems *p);

/* Overwrites the secrets. */
void config_wipe(struct config *c);

/* FNV-1a, in hexadecimal, over the lines of config_print_effective(): every
 * option of the job's two files, no secret. Equal configurations have equal
 * hashes, however they were written. */
#define CONFIG_HASH 9
void config_hash(const struct config *c, char hex[CONFIG_HASH]);

/* All append and return 0, or -1 when the text is full. */
int config_print_effective(const struct config *c, struct text *out);
int config_print_sample(enum config_file file, struct text *out);
int config_print_markdown(struct text *out); /* docs/config.md */

#endif
