#include "exchange/kucoin_signed.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "sys/clock.h"

#define TARGET_MAX 400
#define URL_MAX    2000
#define LOGIN_MAX  200 /* bytes of a key, and of each other part */

enum pool { SPOT, MANAGEMENT, UNIFIED };
enum line { KEY, SEAL, TIME, PROOF, VERSION, TYPE, LINES };
_Static_assert(LINES == KUCOIN_HEADERS, "a line each");

// clang-format off
static const struct {
    const char *path;
    enum pool pool;
    int weight;
    size_t reply_max;
} endpoints[] = {
    [KUCOIN_KEY_RIGHTS]   = { "/api/v1/user/api-key",          MANAGEMENT, 20, 1 << 16 },
    [KUCOIN_ACCOUNT_MODE] = { "/api/ua/v1/account/mode",       UNIFIED,    30, 1 << 16 },
    [KUCOIN_ACCOUNTS]     = { "/api/v1/accounts",              MANAGEMENT,  5, 1 << 20 },
    [KUCOIN_SUB_LIST]     = { "/api/v2/sub/user",              MANAGEMENT, 20, 1 << 20 },
    [KUCOIN_SUB_BALANCES] = { "/api/v1/sub-accounts/",         MANAGEMENT, 15, 1 << 20 },
    [KUCOIN_OPEN_ORDERS]  = { "/api/v1/hf/orders/active/page", SPOT,        2, 1 << 20 },
    [KUCOIN_STOP_ORDERS]  = { "/api/v1/stop-order",            SPOT,        8, 1 << 20 },
    [KUCOIN_FILLS]        = { "/api/v1/hf/fills",              SPOT,        2, 1 << 20 },
};
// clang-format on

int kucoin_session_begin(struct kucoin_session *s, struct kucoin *k,
                         const struct kucoin_login *login, int64_t deadline_ms,
                         struct error *err)
{
    const struct {
        const char *variable, *text;
    } parts[] = { { "KUCOIN_API_KEY", login->key },
                  { "KUCOIN_API_SECRET", login->secret },
                  { "KUCOIN_API_PASSPHRASE", login->passphrase } };
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (!parts[i].text || !*parts[i].text)
            return error_set(err, FAULT_CONFIG,
                             "%s is not set: key, secret and passphrase are "
                             "needed, all three",
                             parts[i].variable);
        if (strlen(parts[i].text) > LOGIN_MAX)
            return error_set(err, FAULT_CONFIG,
                             "%s is longer than %d bytes: copy it again",
                             parts[i].variable, LOGIN_MAX);
    }
    *s = (struct kucoin_session){ .k = k,
                                  .login = *login,
                                  .deadline_ms = deadline_ms };
    return 0;
}

void kucoin_signed_init(struct kucoin_signed *c, struct kucoin_session *s,
                        enum kucoin_endpoint endpoint)
{
    *c = (struct kucoin_signed){
        .call = { .kind = KUCOIN_SIGNED, .url = TEXT_INIT(URL_MAX) },
        .endpoint = endpoint,
        .session = s,
        .target = TEXT_INIT(TARGET_MAX),
    };
    for (int i = 0; i < KUCOIN_HEADERS; i++)
        c->headers[i] = c->lines[i];
    text_puts(&c->target, endpoints[endpoint].path);
}

void kucoin_signed_release(struct kucoin_signed *c)
{
    explicit_bzero(c->lines, sizeof(c->lines));
    text_release(&c->call.url);
    text_release(&c->target);
    http_request_release(&c->call.request);
}

void kucoin_signed_add(struct kucoin_signed *c, const char *fmt, ...)
{
    char part[TARGET_MAX];
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(part, sizeof(part), fmt, args);
    va_end(args);
    assert(len >= 0 && len < (int)sizeof(part));
    int full = text_puts(&c->target, part);
    assert(!full); /* the parts are checked before */
    (void)full;
}

/* The pool's call before each try. */
static void sign(struct http_request *r, void *payload)
{
    struct kucoin_signed *c = payload;
    const struct kucoin_login *login = &c->session->login;
    char at[24], seal[45], proof[45];
    (void)r;
    snprintf(at, sizeof(at), "%" PRId64, clock_wall_ms() + login->offset_ms);
    kucoin_sign(login->secret, at, "GET", text_str(&c->target), "", seal);
    kucoin_sign(login->secret, login->passphrase, "", "", "", proof);
    const struct {
        const char *name, *value;
    } lines[KUCOIN_HEADERS] = {
        [KEY] = { "KC-API-KEY", login->key },
        [SEAL] = { "KC-API-SIGN", seal },
        [TIME] = { "KC-API-TIMESTAMP", at },
        [PROOF] = { "KC-API-PASSPHRASE", proof },
        [VERSION] = { "KC-API-KEY-VERSION", "3" },
        [TYPE] = { "Content-Type", "application/json" },
    };
    for (int i = 0; i < KUCOIN_HEADERS; i++)
        snprintf(c->lines[i], KUCOIN_HEADER_ROOM, "%s: %s", lines[i].name,
                 lines[i].value);
}

static int *used_of(struct kucoin *k, const struct kucoin_signed *c)
{
    int *const used[] = { [SPOT] = &k->spot_used,
                          [MANAGEMENT] = &k->management_used,
                          [UNIFIED] = &k->unified_used };
    return used[endpoints[c->endpoint].pool];
}

/* Takes the weight of one try off the budget. */
static int reserve(struct kucoin *k, struct kucoin_signed *c)
{
    int weight = endpoints[c->endpoint].weight;
    int left = k->options.weight_max - *used_of(k, c);
    if (weight > left)
        return error_set(&c->refused, FAULT_CONFIG,
                         "request budget: %d weights are needed and %d of %d "
                         "are left; watch fewer symbols or raise "
                         "exchange.weight_budget",
                         weight, left, k->options.weight_max);
    *used_of(k, c) += weight;
    return 0;
}

static int send_call(struct kucoin *k, struct kucoin_signed *c,
                     struct error *err)
{
    struct text *url = &c->call.url;
    text_clear(url);
    http_request_release(&c->call.request);
    if (http_url_start(url, k->options.base_url, text_str(&c->target)))
        return error_set(err, FAULT_CONFIG,
                         "the base URL is longer than %d bytes", URL_MAX);
    c->call.request = (struct http_request){
        .method = HTTP_GET,
        .url = text_str(url),
        .headers = c->headers,
        .timeout_ms = k->options.timeout_ms,
        .reply_max = endpoints[c->endpoint].reply_max,
        .retry = &k->retry,
        .prepare = sign,
        .payload = &c->call,
    };
    sign(&c->call.request, &c->call); /* the pool looks at the headers */
    return http_pool_add(k->pool, &c->call.request, err);
}

static bool is_late(const struct kucoin_signed *c)
{
    struct kucoin_envelope e;
    if (c->refused.fault != FAULT_NONE ||
        c->call.request.reply.outcome != HTTP_REPLIED)
        return false;
    kucoin_envelope_parse(kucoin_signed_body(c), &e);
    return e.known && e.known->remedy == KUCOIN_RESYNC;
}

/* All, or only those that the exchange found late. */
static int send_all(struct kucoin_session *s, struct kucoin_signed *calls[],
                    size_t n, bool again, struct error *err)
{
    struct kucoin *k = s->k;
    for (size_t i = 0; i < n; i++) {
        calls[i]->sent = (!again || is_late(calls[i])) && !reserve(k, calls[i]);
        if (calls[i]->sent && send_call(k, calls[i], err)) {
            http_pool_clear(k->pool);
            return -1;
        }
    }
    int rc = http_pool_run(k->pool, s->deadline_ms, err);
    for (size_t i = 0; i < n; i++)
        if (calls[i]->sent) /* one try is counted already */
            *used_of(k, calls[i]) += endpoints[calls[i]->endpoint].weight *
                                     (calls[i]->call.request.reply.tries - 1);
    return rc;
}

int kucoin_signed_run(struct kucoin_session *s, struct kucoin_signed *calls[],
                      size_t n, struct error *err)
{
    struct kucoin_host host;
    struct error unasked;
    bool late = false;
    if (send_all(s, calls, n, false, err))
        return -1;
    for (size_t i = 0; i < n; i++)
        late = late || is_late(calls[i]);
    if (!late || s->measured)
        return 0;
    s->measured = true;
    if (kucoin_greet(s->k, s->deadline_ms, &host, &unasked) || !host.clock_ok)
        return 0; /* the refusals stay what they are */
    s->login.offset_ms = host.offset_ms;
    return send_all(s, calls, n, true, err);
}

/* A text of others may repeat what was sent to them. */
static void blot(char *text, const char *secret)
{
    size_t len = strlen(secret);
    for (char *at = text; len && at && (at = strstr(at, secret)); at += len)
        memset(at, '*', len);
}

static const char *value_of(const char *line)
{
    const char *blank = strchr(line, ' ');
    return blank ? blank + 1 : "";
}

static void blot_all(char *text, const struct kucoin_signed *c)
{
    const struct kucoin_login *login = &c->session->login;
    blot(text, login->key);
    blot(text, login->secret);
    blot(text, login->passphrase);
    blot(text, value_of(c->lines[SEAL]));
    blot(text, value_of(c->lines[PROOF]));
}

int kucoin_signed_check(struct kucoin_signed *c, struct error *err)
{
    if (c->refused.fault != FAULT_NONE) {
        *err = c->refused;
        return -1;
    }
    if (!kucoin_call_check(&c->call, err))
        return 0;
    /* Before the text is cut, or else the first half of a secret may stay. */
    blot_all(c->call.request.reply.body.data, c);
    int rc = kucoin_call_check(&c->call, err);
    blot_all(err->msg, c); /* what was escaped in the body */
    return rc;
}

struct kucoin_body kucoin_signed_body(const struct kucoin_signed *c)
{
    return kucoin_call_body(&c->call);
}
