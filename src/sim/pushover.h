/* sim/pushover.h - the receiver of alerts: rules, receipts, replies.
 *
 * Request ids and receipts come from a counter, so that a repeated run gets the
 * same ones. Fields beyond their limit are refused rather than cut: what the
 * real server does with them is not known, and a client must cut itself.
 */
#ifndef SIM_PUSHOVER_H
#define SIM_PUSHOVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/attachment.h"

#define SIM_RECEIPT_LENGTH 30
#define SIM_PUSHOVER_QUOTA 10000 /* messages a month */
#define SIM_MESSAGE_MAX    1024  /* code points, as the other limits */
#define SIM_TITLE_MAX      250
#define SIM_URL_MAX        512
#define SIM_URL_TITLE_MAX  100
#define SIM_RETRY_MIN_S    30
#define SIM_EXPIRE_MAX_S   10800
#define SIM_REPEATS_MAX    50

/* One emergency message; times in seconds of the simulated clock. */
struct sim_receipt {
    char id[SIM_RECEIPT_LENGTH + 1];
    char *user, *tags; /* owned; tags "" when there were none */
    int64_t sent_s, retry_s;
    int64_t expires_s; /* a cancelled one expires then */
    int64_t acked_s;   /* 0: never */
    char acked_by[32]; /* device */
};

struct sim_pushover {
    const char *token, *user; /* borrowed; NULL: any well-formed key */
    uint64_t requests;        /* the counter behind ids */
    int64_t month;            /* whose quota `used` is, by its reset time */
    int64_t used;
    struct sim_attachments attachments;
    size_t receipt_count;
    struct sim_receipt *receipts; /* owned */
};

struct sim;
struct sim_call;

void sim_pushover_release(struct sim_pushover *p);

void sim_pushover_message(struct sim *s, struct sim_call *call);
void sim_pushover_receipt(struct sim *s, struct sim_call *call);
void sim_pushover_cancel(struct sim *s, struct sim_call *call);
void sim_pushover_cancel_tag(struct sim *s, struct sim_call *call);
void sim_pushover_limits(struct sim *s, struct sim_call *call);
void sim_pushover_validate(struct sim *s, struct sim_call *call);
void sim_pushover_not_found(struct sim *s, struct sim_call *call);

/* The body of the request could not be read at all. */
void sim_pushover_bad_body(struct sim *s, struct sim_call *call,
                           const char *why);

/* The person at the phone: acknowledges a receipt, or without an id the newest
 * one that still rings. False when there is none. */
bool sim_pushover_acknowledge(struct sim_pushover *p, const char *id,
                              const char *device, int64_t now_s);

/* When the monthly quota comes back: 00:00 US Central on the next first of a
 * month, in Unix seconds. */
int64_t sim_pushover_reset_s(int64_t now_ms);

#endif
