#include "sim/sim.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "sim/control.h"
#include "sim/fault_reply.h"
#include "sim/heartbeat.h"
#include "sim/kucoin.h"

struct route {
    const char *method, *path;
    int weight; /* KuCoin: of the rate limit */
    enum sim_pool pool;
    void (*answer)(struct sim *s, struct sim_call *call);
};

/* The first that matches wins. */
// clang-format off
static const struct route routes[] = {
    { "GET",    "/api/v1/timestamp",                   3, SIM_POOL_PUBLIC,     sim_kucoin_timestamp },
    { "GET",    "/api/v1/status",                      3, SIM_POOL_PUBLIC,     sim_kucoin_status },
    { "GET",    "/api/v1/market/candles",              3, SIM_POOL_PUBLIC,     sim_kucoin_candles },
    { "GET",    "/api/v1/market/orderbook/level1",     2, SIM_POOL_PUBLIC,     sim_kucoin_ticker },
    { "GET",    "/api/v1/market/orderbook/level2_20",  2, SIM_POOL_PUBLIC,     sim_kucoin_depth },
    { "GET",    "/api/v2/symbols",                     4, SIM_POOL_PUBLIC,     sim_kucoin_symbols },
    { "GET",    "/api/v2/symbols/*",                   4, SIM_POOL_PUBLIC,     sim_kucoin_symbol },
    { "GET",    "/api/v1/user/api-key",               20, SIM_POOL_MANAGEMENT, sim_account_api_key },
    { "GET",    "/api/ua/v1/account/mode",            30, SIM_POOL_UNIFIED,    sim_account_mode },
    { "GET",    "/api/v2/user-info",                  20, SIM_POOL_MANAGEMENT, sim_account_user },
    { "GET",    "/api/v1/accounts",                    5, SIM_POOL_MANAGEMENT, sim_account_balances },
    { "GET",    "/api/v2/sub/user",                   20, SIM_POOL_MANAGEMENT, sim_account_subs },
    { "GET",    "/api/v1/sub-accounts/*",             15, SIM_POOL_MANAGEMENT, sim_account_sub },
    { "GET",    "/api/v1/hf/orders/active",            2, SIM_POOL_SPOT,       sim_account_active },
    { "GET",    "/api/v1/hf/orders/active/page",       2, SIM_POOL_SPOT,       sim_account_active_page },
    { "GET",    "/api/v1/stop-order",                  8, SIM_POOL_SPOT,       sim_account_stops },
    { "GET",    "/api/v1/hf/fills",                    2, SIM_POOL_SPOT,       sim_account_fills },
    { "POST",   "/1/messages.json",                    0, SIM_POOL_PUBLIC,     sim_pushover_message },
    { "POST",   "/1/receipts/cancel_by_tag/*.json",    0, SIM_POOL_PUBLIC,     sim_pushover_cancel_tag },
    { "POST",   "/1/receipts/*/cancel.json",           0, SIM_POOL_PUBLIC,     sim_pushover_cancel },
    { "GET",    "/1/receipts/*.json",                  0, SIM_POOL_PUBLIC,     sim_pushover_receipt },
    { "GET",    "/1/apps/limits.json",                 0, SIM_POOL_PUBLIC,     sim_pushover_limits },
    { "POST",   "/1/users/validate.json",              0, SIM_POOL_PUBLIC,     sim_pushover_validate },
    { "GET",    "/sim/clock",                          0, SIM_POOL_PUBLIC,     sim_control_clock },
    { "PUT",    "/sim/clock",                          0, SIM_POOL_PUBLIC,     sim_control_set_clock },
    { "PUT",    "/sim/fault",                          0, SIM_POOL_PUBLIC,     sim_control_arm },
    { "DELETE", "/sim/fault",                          0, SIM_POOL_PUBLIC,     sim_control_clear },
    { "PUT",    "/sim/acknowledge",                    0, SIM_POOL_PUBLIC,     sim_control_acknowledge },
    { "GET",    "/sim/stats",                          0, SIM_POOL_PUBLIC,     sim_stats },
    { "PUT",    "/sim/account",                        0, SIM_POOL_PUBLIC,     sim_account_set_key },
    { "PUT",    "/sim/bot",                            0, SIM_POOL_PUBLIC,     sim_account_add_bot },
    { "DELETE", "/sim/bot/*",                          0, SIM_POOL_PUBLIC,     sim_account_end_bot },
    { "GET",    "/sim/ledger",                         0, SIM_POOL_PUBLIC,     sim_account_ledger },
};
// clang-format on
_Static_assert(ARRAY_LEN(routes) <= SIM_ROUTES_MAX, "a counter for each route");

void sim_release(struct sim *s)
{
    sim_market_release(&s->market);
    sim_account_release(&s->account);
    sim_pushover_release(&s->pushover);
    sim_ntfy_release(&s->ntfy);
    sim_faults_clear(&s->faults);
    sim_received_close(&s->received);
}

static const struct route *find_route(const struct sim_request *r,
                                      char part[SIM_PART_TEXT])
{
    for (size_t i = 0; i < ARRAY_LEN(routes); i++)
        if (strcmp(routes[i].method, r->method) == 0 &&
            sim_path_match(routes[i].path, r->path, part))
            return &routes[i];
    return NULL;
}

static bool begins_with(const char *s, const char *start)
{
    return strncmp(s, start, strlen(start)) == 0;
}

static void put_limits(struct sim_reply *reply, const struct sim_quota *quota,
                       bool granted, int64_t mono_ms)
{
    sim_reply_header(reply, "gw-ratelimit-limit", sim_quota_limit(quota));
    sim_reply_header(reply, "gw-ratelimit-remaining",
                     granted ? sim_quota_remaining(quota) : 0);
    sim_reply_header(reply, "gw-ratelimit-reset",
                     sim_quota_reset_ms(quota, mono_ms));
}

/* The pool a request counts in: the address's, or that of its key. NULL for a
 * signed path without a key that is known. */
static struct sim_quota *pool_of(struct sim *s, const struct route *route,
                                 struct sim_call *call, enum sim_refusal *why)
{
    *why = SIM_GRANTED;
    if (!route || route->pool == SIM_POOL_PUBLIC)
        return &s->quota;
    *why = sim_keys_check(&s->account.keys, call->request, call->now_ms,
                          &call->key);
    return call->key ? sim_key_pool(call->key, route->pool) : NULL;
}

static void answer_kucoin(struct sim *s, const struct route *route,
                          struct sim_call *call)
{
    enum sim_refusal why;
    const struct sim_fault *fault =
        sim_faults_take(&s->faults, call->request->path);
    bool spent = fault && fault->spent;
    int64_t mono_ms = call->request->mono_ms;
    struct sim_quota *quota = pool_of(s, route, call, &why);
    bool granted = why != SIM_GRANTED ||
                   sim_quota_take(quota, route ? route->weight : 0, mono_ms);

    if (fault && sim_fault_replaces(fault))
        sim_fault_reply(fault, SIM_SIDE_KUCOIN, call->reply);
    else if (why != SIM_GRANTED)
        sim_refusal_reply(why, call->reply);
    else if (!granted)
        sim_kucoin_too_many(s, call);
    else if (route)
        route->answer(s, call);
    else
        sim_kucoin_not_found(s, call);
    if (fault)
        sim_fault_spoil(fault, call->reply);
    if (quota)
        put_limits(call->reply, quota, granted && !spent, mono_ms);
}

/* Query and body together; the body wins. */
static int read_fields(const struct sim_request *r, struct sim_fields *out,
                       struct error *err)
{
    const char *type = r->content_type ? r->content_type : "";

    for (size_t i = 0; i < r->query->count; i++)
        if (sim_fields_set(out, r->query->items[i].name,
                           r->query->items[i].value))
            return error_set(err, FAULT_DATA, "too many fields");
    if (r->body_len == 0)
        return 0;
    if (strncasecmp(type, "application/json", 16) == 0)
        return sim_fields_read_json(out, r->body, r->body_len, err);
    if (strncasecmp(type, "multipart/", 10) == 0)
        return error_set(err, FAULT_DATA,
                         "the simulator does not read multipart bodies yet");
    return sim_fields_read_form(out, r->body, r->body_len, err);
}

/* One line of what the receivers got. */
static int keep(struct sim *s, const struct sim_call *call, struct error *err)
{
    const struct sim_received_line line = {
        .at_ms = call->now_ms,
        .method = call->request->method,
        .path = call->request->path,
        .status = call->reply->close ? 0 : call->reply->status,
        .fields = call->fields,
    };
    return sim_received_add(&s->received, &line, err);
}

static int answer_pushover(struct sim *s, const struct route *route,
                           struct sim_call *call, struct error *err)
{
    struct error why;
    struct sim_fields fields = { 0 };
    const struct sim_fault *fault =
        sim_faults_take(&s->faults, call->request->path);
    int unread = read_fields(call->request, &fields, &why);

    call->fields = &fields;
    call->reply->content_type = "application/json; charset=utf-8";
    if (fault && sim_fault_replaces(fault))
        sim_fault_reply(fault, SIM_SIDE_PUSHOVER, call->reply);
    else if (unread)
        sim_pushover_bad_body(s, call, why.msg);
    else if (route)
        route->answer(s, call);
    else
        sim_pushover_not_found(s, call);
    if (fault)
        sim_fault_spoil(fault, call->reply);
    int rc = sim_attachment_keep(&s->pushover.attachments, &fields,
                                 call->reply->status == 200, err) ||
                     keep(s, call, err)
                 ? -1
                 : 0;
    sim_fields_release(&fields);
    return rc;
}

/* A receiver whose requests are no forms. */
static int answer_receiver(struct sim *s, struct sim_call *call,
                           void (*answer)(struct sim *s, struct sim_call *call),
                           enum sim_side side, struct error *err)
{
    struct sim_fields fields = { 0 };
    const struct sim_fault *fault =
        sim_faults_take(&s->faults, call->request->path);

    call->fields = &fields;
    if (fault && sim_fault_replaces(fault))
        sim_fault_reply(fault, side, call->reply);
    else
        answer(s, call);
    if (fault)
        sim_fault_spoil(fault, call->reply);
    int rc = keep(s, call, err);
    sim_fields_release(&fields);
    return rc;
}

static int answer_any(struct sim *s, const struct route *route,
                      struct sim_call *call, struct error *err)
{
    const char *path = call->request->path;
    if (begins_with(path, "/1/"))
        return answer_pushover(s, route, call, err);
    if (sim_heartbeat_is(call))
        return answer_receiver(s, call, sim_heartbeat_answer, SIM_SIDE_OTHER,
                               err);
    if (sim_telegram_is(call))
        return answer_receiver(s, call, sim_telegram_answer, SIM_SIDE_TELEGRAM,
                               err);
    if (sim_webhook_is(call))
        return answer_receiver(s, call, sim_webhook_answer, SIM_SIDE_OTHER,
                               err);
    if (sim_gateway_is(call))
        return answer_receiver(s, call, sim_gateway_answer, SIM_SIDE_OTHER,
                               err);
    if (!route && sim_ntfy_is(call))
        return answer_receiver(s, call, sim_ntfy_answer, SIM_SIDE_NTFY, err);
    if (!begins_with(path, "/sim/"))
        answer_kucoin(s, route, call);
    else if (route)
        route->answer(s, call);
    else
        sim_control_not_found(s, call);
    return 0;
}

/* What waits for its time appears before the question that comes after it, and
 * at once when the clock is set. */
static int show_due(struct sim *s, const struct sim_request *request,
                    struct error *err)
{
    return sim_ntfy_show(&s->ntfy, &s->received,
                         sim_clock_now(&s->clock, request->mono_ms), err);
}

int sim_answer(struct sim *s, const struct sim_request *request,
               struct sim_reply *reply, struct error *err)
{
    char part[SIM_PART_TEXT];
    const struct route *route = find_route(request, part);
    struct sim_call call = {
        .request = request,
        .part = part,
        .now_ms = sim_clock_now(&s->clock, request->mono_ms),
        .reply = reply,
    };

    if (route)
        s->counts[route - routes]++;
    else if (!sim_heartbeat_is(&call) && !sim_telegram_is(&call) &&
             !sim_webhook_is(&call) && !sim_gateway_is(&call) &&
             !sim_ntfy_is(&call))
        s->unknown++;
    int shown = show_due(s, request, err);
    if (answer_any(s, route, &call, err) || shown)
        return -1;
    return show_due(s, request, err);
}

void sim_stats(struct sim *s, struct sim_call *call)
{
    cJSON *doc = cJSON_CreateObject();
    cJSON *paths = cJSON_AddObjectToObject(doc, "paths");

    for (size_t i = 0; i < ARRAY_LEN(routes); i++)
        if (s->counts[i] && !begins_with(routes[i].path, "/sim/"))
            cJSON_AddNumberToObject(paths, routes[i].path,
                                    (double)s->counts[i]);
    cJSON_AddNumberToObject(doc, "unknown", (double)s->unknown);
    cJSON *faults = cJSON_AddObjectToObject(doc, "faults");
    for (size_t i = 0; i < s->faults.count; i++)
        cJSON_AddNumberToObject(faults, s->faults.items[i].path,
                                (double)s->faults.items[i].hits);
    char *text = cJSON_PrintUnformatted(doc);
    sim_reply_text(call->reply, 200, text ? text : "{}");
    free(text);
    cJSON_Delete(doc);
}
