/* sim/pushover_rules.h - what the receiver of alerts accepts. Pure. */
#ifndef SIM_PUSHOVER_RULES_H
#define SIM_PUSHOVER_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/fields.h"

#define SIM_COMPLAINTS_MAX 16
#define SIM_USERS_MAX      50

struct sim_complaint {
    const char *key; /* the field, static */
    char what[64];   /* "cannot be blank" */
};

struct sim_complaints {
    size_t count;
    struct sim_complaint items[SIM_COMPLAINTS_MAX];
};

struct sim_message {
    int64_t priority;
    int64_t retry_s, expire_s; /* with priority 2 */
};

/* Everything but token and user. Without complaints the message is filled. */
void sim_message_check(const struct sim_fields *f, struct sim_message *out,
                       struct sim_complaints *complaints);

/* A key is 30 letters and digits; with `want` it must be that one. NULL is no
 * key. */
bool sim_key_good(const char *key, const char *want);

/* One to 50 keys with commas between them; returns how many, 0 for bad. */
size_t sim_users_good(const char *users, const char *want);

#endif
