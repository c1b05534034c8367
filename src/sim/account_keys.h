/* sim/account_keys.h - the API keys of the simulated account.
 *
 * A key is set by PUT /sim/account; another one with the same name replaces it.
 * What a request may not do is told in the gateway's order: a header is missing
 * (400001), key version (400009), timestamp (400002), key (400003), passphrase
 * (400004), signature (400005), address (400006), permission (400007).
 */
#ifndef SIM_ACCOUNT_KEYS_H
#define SIM_ACCOUNT_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sim/message.h"
#include "sim/quota.h"

#define SIM_KEYS_MAX       8
#define SIM_KEY_TEXT       64
#define SIM_KEY_WINDOW_MS  5000 /* a timestamp may be off by so much */
#define SIM_KEY_PERMISSION "General"

enum sim_pool {
    SIM_POOL_PUBLIC, /* of the address; the others are of a key */
    SIM_POOL_SPOT,
    SIM_POOL_MANAGEMENT,
    SIM_POOL_UNIFIED,
    SIM_POOL_COUNT
};

struct sim_key {
    char key[SIM_KEY_TEXT], secret[SIM_KEY_TEXT], passphrase[SIM_KEY_TEXT];
    char permission[128]; /* "General", "General,Spot", ... */
    char whitelist[64];   /* as user/api-key shows it; "" : not there */
    bool ip_allowed;      /* is 127.0.0.1 on it? */
    int vip;              /* 0 to 12: the size of the pools */
    bool unified;         /* what account/mode says, nothing else */
    int64_t reach_days;   /* so far back fills are shown */
    int64_t list_s;       /* so long after it took place a fill is listed */
    struct sim_quota pools[SIM_POOL_COUNT]; /* the first is not used */
};

struct sim_keys {
    size_t count;
    struct sim_key items[SIM_KEYS_MAX];
};

enum sim_refusal {
    SIM_GRANTED,
    SIM_NO_HEADER,
    SIM_BAD_VERSION,
    SIM_BAD_TIME,
    SIM_NO_KEY,
    SIM_BAD_PASSPHRASE,
    SIM_BAD_SIGN,
    SIM_BAD_ADDRESS,
    SIM_NO_PERMISSION
};

/* {"key", "secret", "passphrase"} and, when they differ from these,
 * {"permission": "General", "ip_allowed": true, "whitelist": "", "vip": 0,
 * "mode": "CLASSIC", "reach_days": 7, "list_s": 0}.
 * Unknown members and wrong values are errors. */
int sim_keys_set(struct sim_keys *k, const struct sim_fields *f,
                 struct error *err);

/* What the gateway thinks of a request at its time. `*key` is the request's
 * key as soon as it is known to be there, else NULL. */
enum sim_refusal sim_keys_check(struct sim_keys *k, const struct sim_request *r,
                                int64_t now_ms, struct sim_key **key);

void sim_refusal_reply(enum sim_refusal why, struct sim_reply *reply);

/* The pool of a key, its limit set by the VIP level. */
struct sim_quota *sim_key_pool(struct sim_key *key, enum sim_pool pool);

/* All windows end. */
void sim_keys_end_windows(struct sim_keys *k);

#endif
