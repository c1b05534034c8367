#include "exchange/kucoin_plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sys/xmalloc.h"

#define URL_MAX 2000

static const struct {
    const char *path;
    int weight; /* in the public pool */
    size_t reply_max;
} endpoints[] = {
    [KUCOIN_TIME] = { "/api/v1/timestamp", 3, 1 << 16 },
    [KUCOIN_STATUS] = { "/api/v1/status", 3, 1 << 16 },
    [KUCOIN_SYMBOL_FACTS] = { "/api/v2/symbols/", 4, 1 << 16 },
    [KUCOIN_TICKER] = { "/api/v1/market/orderbook/level1", 2, 1 << 16 },
    [KUCOIN_CANDLES] = { "/api/v1/market/candles", 3, 1 << 20 },
    [KUCOIN_BOOK] = { "/api/v1/market/orderbook/level2_20", 2, 1 << 16 },
};

static const char *const candle_types[TF_COUNT] = {
    [TF_15M] = "15min",
    [TF_1H] = "1hour",
    [TF_4H] = "4hour",
};

/* A page is asked about once for the verdict on it and once for its rows, and
 * is long: it is read once a try. */
static const struct kucoin_page *page_of(struct kucoin_call *call,
                                         const struct http_reply *reply)
{
    if (call->read_try != reply->tries) {
        kucoin_page_release(&call->got);
        kucoin_page_read(
            (struct kucoin_body){ reply->body.data, reply->body.len }, call->tf,
            &call->got);
        call->read_try = reply->tries;
    }
    return &call->got;
}

static struct kucoin_envelope envelope_of(const struct http_request *r)
{
    struct kucoin_call *call = r->payload;
    struct kucoin_envelope e;
    if (call && call->kind == KUCOIN_CANDLES)
        return page_of(call, &r->reply)->envelope;
    kucoin_envelope_parse(
        (struct kucoin_body){ r->reply.body.data, r->reply.body.len }, &e);
    return e;
}

enum retry_verdict kucoin_classify(const struct http_request *r)
{
    static const enum retry_verdict verdicts[] = {
        [KUCOIN_STOP] = RETRY_NO,
        [KUCOIN_BACK_OFF] = RETRY_BACKOFF,
        [KUCOIN_WAIT] = RETRY_LIMITED,
        [KUCOIN_RESYNC] = RETRY_NO, /* nothing here is signed with our time */
    };
    int status = r->reply.status;
    if (r->reply.outcome != HTTP_REPLIED)
        return retry_by_transport(r);
    struct kucoin_envelope e = envelope_of(r);
    if (e.known)
        return verdicts[e.known->remedy];
    if (e.is_json || status >= 500 || status == 408)
        return retry_by_transport(r);
    /* A page instead of JSON: with an error status it is a gateway that has
     * shut us out, with success it is a cut or foreign text. */
    return status < 300 ? RETRY_BACKOFF : RETRY_NO;
}

struct kucoin_call *kucoin_plan_add(struct kucoin_plan *plan,
                                    enum kucoin_kind kind, size_t who)
{
    if (plan->count == plan->room) {
        plan->room = plan->room ? plan->room * 2 : 16;
        plan->calls = xrealloc(plan->calls, plan->room, sizeof(*plan->calls));
    }
    struct kucoin_call *call = &plan->calls[plan->count++];
    *call = (struct kucoin_call){ .kind = kind,
                                  .who = who,
                                  .url = TEXT_INIT(URL_MAX) };
    plan->weight += endpoints[kind].weight;
    return call;
}

void kucoin_plan_release(struct kucoin_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        text_release(&plan->calls[i].url);
        http_request_release(&plan->calls[i].request);
        kucoin_page_release(&plan->calls[i].got);
    }
    free(plan->calls);
}

/* The open time of the first bar and the end of the last one. */
static struct kucoin_span aligned(struct kucoin_span span, enum timeframe tf)
{
    int64_t step = timeframe_ms(tf);
    return (struct kucoin_span){ moment_floor(span.from_ms + step - 1, step),
                                 moment_floor(span.until_ms, step) };
}

/* Backwards from the end, in windows that one reply can hold. */
static void plan_pages(struct kucoin_plan *plan, const struct kucoin_want *want,
                       size_t who, enum timeframe tf)
{
    struct kucoin_span all = aligned(want->span[tf], tf);
    int64_t length = KUCOIN_PAGE_ROWS * timeframe_ms(tf);
    for (int64_t end = all.until_ms; end > all.from_ms; end -= length) {
        struct kucoin_call *call = kucoin_plan_add(plan, KUCOIN_CANDLES, who);
        int64_t start = end - length;
        call->tf = tf;
        call->page.from_ms = start > all.from_ms ? start : all.from_ms;
        call->page.until_ms = end;
    }
}

bool kucoin_is_symbol(const char *s)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t base = strspn(s, letters);
    if (!base || s[base] != '-' || strlen(s) >= KUCOIN_SYMBOL)
        return false;
    size_t quote = strspn(s + base + 1, letters);
    return quote && s[base + 1 + quote] == '\0';
}

void kucoin_plan_wants(struct kucoin_plan *plan,
                       const struct kucoin_want *wants, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!kucoin_is_symbol(wants[i].symbol))
            continue;
        if (wants[i].facts)
            kucoin_plan_add(plan, KUCOIN_SYMBOL_FACTS, i);
        if (wants[i].ticker)
            kucoin_plan_add(plan, KUCOIN_TICKER, i);
        if (wants[i].book)
            kucoin_plan_add(plan, KUCOIN_BOOK, i);
        for (int tf = 0; tf < TF_COUNT; tf++)
            plan_pages(plan, &wants[i], i, (enum timeframe)tf);
    }
}

static int add_query(struct kucoin_call *call, const char *symbol)
{
    struct text *url = &call->url;
    if (call->kind == KUCOIN_SYMBOL_FACTS)
        return text_puts(url, symbol);
    if (call->kind == KUCOIN_TICKER || call->kind == KUCOIN_BOOK)
        return text_printf(url, "?symbol=%s", symbol);
    if (call->kind == KUCOIN_CANDLES)
        return text_printf(
            url, "?symbol=%s&type=%s&startAt=%" PRId64 "&endAt=%" PRId64,
            symbol, candle_types[call->tf], call->page.from_ms / 1000,
            call->page.until_ms / 1000);
    return 0;
}

static void take_page(struct http_request *r, void *payload)
{
    struct kucoin_call *call = payload;
    call->taken = true;
    if (!kucoin_call_check(call, &call->err))
        call->err = page_of(call, &r->reply)->err;
    if (call->err.fault != FAULT_NONE)
        kucoin_page_release(&call->got);
    http_request_release(r);
}

static int send_call(struct kucoin *k, struct kucoin_call *call,
                     const char *symbol, struct error *err)
{
    if (http_url_start(&call->url, k->options.base_url,
                       endpoints[call->kind].path) ||
        add_query(call, symbol))
        return error_set(err, FAULT_CONFIG,
                         "the base URL is longer than %d bytes", URL_MAX);
    call->request = (struct http_request){
        .method = HTTP_GET,
        .url = text_str(&call->url),
        .timeout_ms = k->options.timeout_ms,
        .reply_max = endpoints[call->kind].reply_max,
        .retry = &k->retry,
        .done = call->kind == KUCOIN_CANDLES ? take_page : NULL,
        .payload = call,
    };
    return http_pool_add(k->pool, &call->request, err);
}

int kucoin_plan_run(struct kucoin_plan *plan, struct kucoin *k,
                    const struct kucoin_want *wants, int64_t deadline_ms,
                    struct error *err)
{
    int left = k->options.weight_max - k->weight_used;
    if (plan->weight > left)
        return error_set(err, FAULT_CONFIG,
                         "request budget: %d weights are needed and %d of %d "
                         "are left; ask for fewer symbols or raise the budget",
                         plan->weight, left, k->options.weight_max);
    for (size_t i = 0; i < plan->count; i++) {
        struct kucoin_call *call = &plan->calls[i];
        if (send_call(k, call, wants ? wants[call->who].symbol : NULL, err)) {
            http_pool_clear(k->pool);
            return -1;
        }
    }
    int rc = http_pool_run(k->pool, deadline_ms, err);
    for (size_t i = 0; i < plan->count; i++)
        k->weight_used += endpoints[plan->calls[i].kind].weight *
                          plan->calls[i].request.reply.tries;
    return rc;
}

struct kucoin_body kucoin_call_body(const struct kucoin_call *call)
{
    const struct text *body = &call->request.reply.body;
    return (struct kucoin_body){ body->data, body->len };
}

int kucoin_call_check(const struct kucoin_call *call, struct error *err)
{
    char label[HTTP_LABEL];
    int status = call->request.reply.status;
    if (call->request.reply.outcome != HTTP_REPLIED)
        return http_request_error(&call->request, err);
    struct kucoin_envelope e = envelope_of(&call->request);
    if (e.success && status < 400)
        return 0;
    kucoin_envelope_error(&e, status, err);
    http_request_label(&call->request, label);
    return error_wrap(err, "%s", label);
}
