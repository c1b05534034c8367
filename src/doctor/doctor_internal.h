/* doctor/doctor_internal.h - what the checks share. */
#ifndef DOCTOR_DOCTOR_INTERNAL_H
#define DOCTOR_DOCTOR_INTERNAL_H

#include "config/origins.h"
#include "doctor/doctor.h"
#include "exchange/kucoin.h"
#include "exchange/kucoin_private.h"
#include "net/http.h"
#include "store/store.h"

struct doctor {
    const struct doctor_options *options;
    struct doctor_report *report;
    const struct doctor_check *row; /* that is asked now */
    struct config config;
    struct config_origins from;
    struct problems problems;
    bool config_ok;
    struct store *store; /* NULL: not open */
    struct http_pool *pool;
    char user_agent[96];
    struct kucoin kucoin;
    struct kucoin_host host;
    bool exchange_ok;
    struct kucoin_key key;
    int64_t deadline_ms; /* monotonic */
};

enum { NEEDS_SOUND = 1, NEEDS_STORE = 2, NEEDS_EXCHANGE = 4 };

struct doctor_check {
    const char *name;
    const char *what;   /* is looked at, one clause */
    const char *remedy; /* sentences */
    void (*go)(struct doctor *d);
    unsigned needs; /* else it is skipped */
};

/* Adds a line of the row that is asked. */
void doctor_ok(struct doctor *d, const char *subject, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void doctor_skip(struct doctor *d, const char *subject, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void doctor_warn(struct doctor *d, const char *subject, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void doctor_fail(struct doctor *d, enum run_exit exit, const char *subject,
                 const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* The time that it is: --at, or the exchange's clock as far as it is known. */
int64_t doctor_now_ms(const struct doctor *d);

/* check_setup.c */
void check_config(struct doctor *d);
void check_secrets(struct doctor *d);
void check_limits(struct doctor *d);
void check_delay(struct doctor *d);
void check_time_zone(struct doctor *d);
void check_quiet_hours(struct doctor *d);
void check_listen(struct doctor *d);
void check_watchdog(struct doctor *d);
/* check_aside.c */
void check_heartbeat(struct doctor *d);
void check_figures(struct doctor *d);
/* check_machine.c */
void check_disk(struct doctor *d);
void check_memory(struct doctor *d);
/* check_record.c */
void check_record(struct doctor *d);
void check_write(struct doctor *d);
void check_slots(struct doctor *d);
void check_remote(struct doctor *d);
/* check_exchange.c */
void check_exchange(struct doctor *d);
void check_clock(struct doctor *d);
void check_key(struct doctor *d);
void check_account(struct doctor *d);
/* check_grids.c */
void check_grids(struct doctor *d);
/* check_channels.c */
void check_channels(struct doctor *d);

#endif
