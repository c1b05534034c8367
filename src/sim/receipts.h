/* sim/receipts.h - emergency messages that ring until somebody answers. */
#ifndef SIM_RECEIPTS_H
#define SIM_RECEIPTS_H

#include "sim/pushover.h"

struct sim_emergency {
    const char *user, *tags; /* copied */
    int64_t retry_s, expire_s;
};

/* Borrowed until the next addition. */
struct sim_receipt *sim_receipt_add(struct sim_pushover *p,
                                    const struct sim_emergency *e,
                                    int64_t now_s);
/* NULL when there is none. */
struct sim_receipt *sim_receipt_find(struct sim_pushover *p, const char *id);

bool sim_receipt_expired(const struct sim_receipt *r, int64_t now_s);
bool sim_receipt_rings(const struct sim_receipt *r, int64_t now_s);
int64_t sim_receipt_last_delivered(const struct sim_receipt *r, int64_t now_s);

/* Is `tag` one of the comma-separated tags? */
bool sim_receipt_has_tag(const struct sim_receipt *r, const char *tag);
void sim_receipt_cancel(struct sim_receipt *r, int64_t now_s);

#endif
