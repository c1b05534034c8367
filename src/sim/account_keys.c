#include "sim/account_keys.h"

#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "sim/account_sign.h"

#define VIP_MAX           12
#define REACH_DAYS        7
#define REACH_DAYS_MAX    3650
#define LIST_S_MAX        86400
#define UNIFIED_WINDOW_MS 3000

// clang-format off
static const struct {
    int status;
    const char *body;
} refusals[] = {
    [SIM_GRANTED]        = { 200, "" },
    [SIM_NO_HEADER]      = { 400, "{\"code\":\"400001\",\"msg\":\"Please check the header of your request for KC-API-KEY, KC-API-SIGN, KC-API-TIMESTAMP, KC-API-PASSPHRASE\"}" },
    [SIM_BAD_VERSION]    = { 400, "{\"code\":\"400009\",\"msg\":\"Invalid KC-API-KEY-VERSION\"}" },
    [SIM_BAD_TIME]       = { 400, "{\"code\":\"400002\",\"msg\":\"Invalid KC-API-TIMESTAMP\"}" },
    [SIM_NO_KEY]         = { 401, "{\"code\":\"400003\",\"msg\":\"KC-API-KEY not exists\"}" },
    [SIM_BAD_PASSPHRASE] = { 401, "{\"code\":\"400004\",\"msg\":\"Invalid KC-API-PASSPHRASE\"}" },
    [SIM_BAD_SIGN]       = { 401, "{\"code\":\"400005\",\"msg\":\"Invalid KC-API-SIGN\"}" },
    [SIM_BAD_ADDRESS]    = { 403, "{\"code\":\"400006\",\"msg\":\"Invalid request IP, the current client IP is: 127.0.0.1\"}" },
    [SIM_NO_PERMISSION]  = { 403, "{\"code\":\"400007\",\"msg\":\"Access denied, require more permission.\"}" },
};

/* Weights in a window, by VIP level. */
static const int limits[SIM_POOL_COUNT][VIP_MAX + 1] = {
    [SIM_POOL_SPOT]       = { 4000, 6000, 8000, 10000, 13000, 16000, 20000, 23000, 26000, 30000, 33000, 36000, 40000 },
    [SIM_POOL_MANAGEMENT] = { 2000, 2000, 4000, 5000, 6000, 7000, 8000, 10000, 12000, 14000, 16000, 18000, 20000 },
    [SIM_POOL_UNIFIED]    = { 200, 200, 400, 500, 600, 700, 800, 1000, 1200, 1400, 1600, 1800, 2000 },
};
// clang-format on

static struct sim_key *find(struct sim_keys *k, const char *name)
{
    for (size_t i = 0; i < k->count; i++)
        if (strcmp(k->items[i].key, name) == 0)
            return &k->items[i];
    return NULL;
}

static bool take_text(const char *value, char *out, size_t room)
{
    static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz0123456789"
                               "-_.,*/+:= !@#";
    if (strlen(value) >= room || strspn(value, fine) != strlen(value))
        return false;
    memcpy(out, value, strlen(value) + 1);
    return true;
}

static bool take_member(struct sim_key *key, const char *name,
                        const char *value)
{
    int64_t n = 0;

    if (strcmp(name, "key") == 0)
        return take_text(value, key->key, sizeof(key->key));
    if (strcmp(name, "secret") == 0)
        return take_text(value, key->secret, sizeof(key->secret));
    if (strcmp(name, "passphrase") == 0)
        return take_text(value, key->passphrase, sizeof(key->passphrase));
    if (strcmp(name, "permission") == 0)
        return take_text(value, key->permission, sizeof(key->permission));
    if (strcmp(name, "whitelist") == 0)
        return take_text(value, key->whitelist, sizeof(key->whitelist));
    if (strcmp(name, "mode") == 0) {
        key->unified = strcmp(value, "UNIFIED") == 0;
        return key->unified || strcmp(value, "CLASSIC") == 0;
    }
    if (!integer_parse(value, &n))
        return false;
    if (strcmp(name, "reach_days") == 0) {
        key->reach_days = n;
        return n > 0 && n <= REACH_DAYS_MAX;
    }
    if (strcmp(name, "list_s") == 0) {
        key->list_s = n;
        return n >= 0 && n <= LIST_S_MAX;
    }
    if (strcmp(name, "ip_allowed") == 0) {
        key->ip_allowed = n == 1;
        return n == 0 || n == 1;
    }
    key->vip = (int)n;
    return strcmp(name, "vip") == 0 && n >= 0 && n <= VIP_MAX;
}

int sim_keys_set(struct sim_keys *k, const struct sim_fields *f,
                 struct error *err)
{
    struct sim_key key = { .permission = SIM_KEY_PERMISSION,
                           .ip_allowed = true,
                           .reach_days = REACH_DAYS };

    for (size_t i = 0; i < f->count; i++)
        if (!take_member(&key, f->items[i].name, f->items[i].value))
            return error_set(err, FAULT_DATA, "member '%s' cannot be that",
                             f->items[i].name);
    if (!key.key[0] || !key.secret[0] || !key.passphrase[0])
        return error_set(err, FAULT_DATA,
                         "'key', 'secret' and 'passphrase' are needed");
    struct sim_key *old = find(k, key.key);
    if (!old && k->count == SIM_KEYS_MAX)
        return error_set(err, FAULT_DATA, "more than %d keys", SIM_KEYS_MAX);
    *(old ? old : &k->items[k->count++]) = key;
    return 0;
}

/* Is a name on a list with commas? */
static bool is_listed(const char *list, const char *name)
{
    size_t n = strlen(name);
    while (*list) {
        list += strspn(list, ", ");
        size_t length = strcspn(list, ", ");
        if (length == n && memcmp(list, name, n) == 0)
            return true;
        list += length;
    }
    return false;
}

static bool in_time(const char *timestamp, int64_t now_ms)
{
    int64_t ms = 0;
    return integer_parse(timestamp, &ms) && ms >= 0 &&
           ms >= now_ms - SIM_KEY_WINDOW_MS && ms <= now_ms + SIM_KEY_WINDOW_MS;
}

static enum sim_refusal check_signs(const struct sim_key *key,
                                    const char *passphrase,
                                    const struct sim_signed *what,
                                    const char *signature)
{
    char hidden[SIM_SIGN_TEXT];

    sim_sign(key->secret, key->passphrase, strlen(key->passphrase), hidden);
    if (strcmp(hidden, passphrase) != 0)
        return SIM_BAD_PASSPHRASE;
    if (!sim_sign_matches(key->secret, what, signature))
        return SIM_BAD_SIGN;
    if (!key->ip_allowed)
        return SIM_BAD_ADDRESS;
    return is_listed(key->permission, SIM_KEY_PERMISSION) ? SIM_GRANTED
                                                          : SIM_NO_PERMISSION;
}

enum sim_refusal sim_keys_check(struct sim_keys *k, const struct sim_request *r,
                                int64_t now_ms, struct sim_key **key)
{
    static const struct sim_fields none = { 0 };
    const struct sim_fields *h = r->headers ? r->headers : &none;
    const char *name = sim_fields_get(h, "kc-api-key");
    const char *sign = sim_fields_get(h, "kc-api-sign");
    const char *time = sim_fields_get(h, "kc-api-timestamp");
    const char *phrase = sim_fields_get(h, "kc-api-passphrase");
    const char *version = sim_fields_get(h, "kc-api-key-version");

    *key = NULL;
    if (!name || !sign || !time || !phrase)
        return SIM_NO_HEADER;
    if (!version || (strcmp(version, "2") != 0 && strcmp(version, "3") != 0))
        return SIM_BAD_VERSION;
    if (!in_time(time, now_ms))
        return SIM_BAD_TIME;
    if (!(*key = find(k, name)))
        return SIM_NO_KEY;
    struct sim_signed what = {
        .timestamp = time,
        .method = r->method,
        .target = r->target ? r->target : r->path,
        .body = r->body,
        .body_len = r->body_len,
    };
    return check_signs(*key, phrase, &what, sign);
}

void sim_refusal_reply(enum sim_refusal why, struct sim_reply *reply)
{
    sim_reply_text(reply, refusals[why].status, refusals[why].body);
}

struct sim_quota *sim_key_pool(struct sim_key *key, enum sim_pool pool)
{
    key->pools[pool].limit = limits[pool][key->vip];
    key->pools[pool].window_ms =
        pool == SIM_POOL_UNIFIED ? UNIFIED_WINDOW_MS : 0;
    return &key->pools[pool];
}

void sim_keys_end_windows(struct sim_keys *k)
{
    static const struct sim_quota fresh = { 0 };
    for (size_t i = 0; i < k->count; i++)
        for (size_t j = 0; j < ARRAY_LEN(k->items[i].pools); j++)
            k->items[i].pools[j] = fresh;
}
