#include "exchange/kucoin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "sys/xmalloc.h"

#define URL_MAX      2000
#define TIME_SAMPLES 3

enum kind { CALL_TIME, CALL_STATUS, CALL_SYMBOL, CALL_TICKER, CALL_CANDLES };

static const struct {
    const char *path;
    int weight; /* in the public pool */
    size_t reply_max;
} endpoints[] = {
    [CALL_TIME] = { "/api/v1/timestamp", 3, 1 << 16 },
    [CALL_STATUS] = { "/api/v1/status", 3, 1 << 16 },
    [CALL_SYMBOL] = { "/api/v2/symbols/", 4, 1 << 16 },
    [CALL_TICKER] = { "/api/v1/market/orderbook/level1", 2, 1 << 16 },
    [CALL_CANDLES] = { "/api/v1/market/candles", 3, 1 << 20 },
};

static const char *const candle_types[TF_COUNT] = {
    [TF_15M] = "15min",
    [TF_1H] = "1hour",
    [TF_4H] = "4hour",
};

struct call {
    enum kind kind;
    size_t who; /* index of the want */
    enum timeframe tf;
    struct kucoin_span page;
    struct text url;
    struct http_request request;
};

/* All calls of one run of the pool. They are planned first and sent
 * afterwards, because the pool keeps pointers to the requests. */
struct plan {
    struct call *calls;
    size_t count, room;
    int weight;
};

static enum retry_verdict classify(const struct http_request *r)
{
    static const enum retry_verdict verdicts[] = {
        [KUCOIN_STOP] = RETRY_NO,
        [KUCOIN_BACK_OFF] = RETRY_BACKOFF,
        [KUCOIN_WAIT] = RETRY_LIMITED,
        [KUCOIN_RESYNC] = RETRY_NO, /* nothing here is signed with our time */
    };
    struct kucoin_envelope e;
    int status = r->reply.status;
    if (r->reply.outcome != HTTP_REPLIED)
        return retry_by_transport(r);
    kucoin_envelope_parse(
        (struct kucoin_body){ r->reply.body.data, r->reply.body.len }, &e);
    if (e.known)
        return verdicts[e.known->remedy];
    if (e.is_json || status >= 500 || status == 408)
        return retry_by_transport(r);
    /* A page instead of JSON: with an error status it is a gateway that has
     * shut us out, with success it is a cut or foreign text. */
    return status < 300 ? RETRY_BACKOFF : RETRY_NO;
}

void kucoin_init(struct kucoin *k, struct http_pool *pool,
                 const struct kucoin_options *options)
{
    *k = (struct kucoin){
        .pool = pool,
        .options = *options,
        .retry = { .classify = classify,
                   .max_tries = options->max_tries,
                   .first_ms = options->backoff_ms,
                   .cap_ms = options->backoff_cap_ms,
                   .limited_ms = options->limited_ms },
    };
}

static struct call *plan_add(struct plan *plan, enum kind kind, size_t who)
{
    if (plan->count == plan->room) {
        plan->room = plan->room ? plan->room * 2 : 16;
        plan->calls = xrealloc(plan->calls, plan->room, sizeof(*plan->calls));
    }
    struct call *call = &plan->calls[plan->count++];
    *call =
        (struct call){ .kind = kind, .who = who, .url = TEXT_INIT(URL_MAX) };
    plan->weight += endpoints[kind].weight;
    return call;
}

static void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        text_release(&plan->calls[i].url);
        http_request_release(&plan->calls[i].request);
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
static void plan_pages(struct plan *plan, const struct kucoin_want *want,
                       size_t who, enum timeframe tf)
{
    struct kucoin_span all = aligned(want->span[tf], tf);
    int64_t length = KUCOIN_PAGE_ROWS * timeframe_ms(tf);
    for (int64_t end = all.until_ms; end > all.from_ms; end -= length) {
        struct call *call = plan_add(plan, CALL_CANDLES, who);
        int64_t start = end - length;
        call->tf = tf;
        call->page.from_ms = start > all.from_ms ? start : all.from_ms;
        call->page.until_ms = end;
    }
}

static bool is_symbol(const char *s)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t base = strspn(s, letters);
    if (!base || s[base] != '-' || strlen(s) >= KUCOIN_SYMBOL)
        return false;
    size_t quote = strspn(s + base + 1, letters);
    return quote && s[base + 1 + quote] == '\0';
}

static void plan_wants(struct plan *plan, const struct kucoin_want *wants,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_symbol(wants[i].symbol))
            continue;
        if (wants[i].facts)
            plan_add(plan, CALL_SYMBOL, i);
        if (wants[i].ticker)
            plan_add(plan, CALL_TICKER, i);
        for (int tf = 0; tf < TF_COUNT; tf++)
            plan_pages(plan, &wants[i], i, (enum timeframe)tf);
    }
}

int kucoin_weight(const struct kucoin_want *wants, size_t n)
{
    struct plan plan = { 0 };
    plan_wants(&plan, wants, n);
    int weight = plan.weight;
    plan_release(&plan);
    return weight;
}

static int add_query(struct call *call, const char *symbol)
{
    struct text *url = &call->url;
    if (call->kind == CALL_SYMBOL)
        return text_puts(url, symbol);
    if (call->kind == CALL_TICKER)
        return text_printf(url, "?symbol=%s", symbol);
    if (call->kind == CALL_CANDLES)
        return text_printf(
            url, "?symbol=%s&type=%s&startAt=%" PRId64 "&endAt=%" PRId64,
            symbol, candle_types[call->tf], call->page.from_ms / 1000,
            call->page.until_ms / 1000);
    return 0;
}

static int send_call(struct kucoin *k, struct call *call, const char *symbol,
                     struct error *err)
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
    };
    return http_pool_add(k->pool, &call->request, err);
}

/* `wants` may be NULL when no call is about a symbol. */
static int plan_run(struct kucoin *k, struct plan *plan,
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
        struct call *call = &plan->calls[i];
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

static struct kucoin_body body_of(const struct call *call)
{
    const struct text *body = &call->request.reply.body;
    return (struct kucoin_body){ body->data, body->len };
}

/* 0 when there is a reply of the exchange that says success. */
static int check_call(const struct call *call, struct error *err)
{
    char label[HTTP_LABEL];
    struct kucoin_envelope e;
    int status = call->request.reply.status;
    if (call->request.reply.outcome != HTTP_REPLIED)
        return http_request_error(&call->request, err);
    kucoin_envelope_parse(body_of(call), &e);
    if (e.success && status < 400)
        return 0;
    kucoin_envelope_error(&e, status, err);
    http_request_label(&call->request, label);
    return error_wrap(err, "%s", label);
}

static void take_time(const struct call *call, struct kucoin_host *host)
{
    const struct http_reply *reply = &call->request.reply;
    int64_t trip = reply->received_ms - reply->sent_ms;
    struct error err = { 0 };
    int64_t server;
    if (check_call(call, &err) ||
        kucoin_time_parse(body_of(call), &server, &err)) {
        error_wrap(&err, "exchange time");
        if (!host->clock_ok)
            host->clock_err = err;
        return;
    }
    if (host->clock_ok && trip >= host->round_trip_ms)
        return;
    host->clock_ok = true;
    host->clock_err = (struct error){ 0 };
    host->round_trip_ms = trip;
    host->offset_ms = server - (reply->sent_ms + trip / 2);
}

int kucoin_greet(struct kucoin *k, int64_t deadline_ms, struct kucoin_host *out,
                 struct error *err)
{
    struct plan plan = { 0 };
    *out = (struct kucoin_host){ .status.status = MARKET_STATUS_UNKNOWN };
    for (int i = 0; i < TIME_SAMPLES; i++)
        plan_add(&plan, CALL_TIME, 0);
    plan_add(&plan, CALL_STATUS, 0);
    int rc = plan_run(k, &plan, NULL, deadline_ms, err);
    for (size_t i = 0; !rc && i < TIME_SAMPLES; i++)
        take_time(&plan.calls[i], out);
    const struct call *status = &plan.calls[TIME_SAMPLES];
    if (!rc) {
        out->status_ok = !check_call(status, &out->status_err) &&
                         !kucoin_status_parse(body_of(status), &out->status,
                                              &out->status_err);
        if (!out->status_ok)
            error_wrap(&out->status_err, "exchange status");
    }
    plan_release(&plan);
    return rc;
}

static int by_time(const void *left, const void *right)
{
    const struct bar *a = left;
    const struct bar *b = right;
    return (a->open_ms > b->open_ms) - (a->open_ms < b->open_ms);
}

/* 0 when two rows of the same bar agree. */
static int compare_rows(const struct bar *a, const struct bar *b,
                        struct error *err)
{
    const struct {
        const char *field;
        double a, b;
    } pairs[] = { { "open", a->open, b->open },
                  { "high", a->high, b->high },
                  { "low", a->low, b->low },
                  { "close", a->close, b->close },
                  { "volume", a->volume, b->volume } };
    char when[MOMENT_TEXT];
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        if (pairs[i].a == pairs[i].b)
            continue;
        moment_format(a->open_ms, when);
        return error_set(err, FAULT_DATA,
                         "two rows for %s that differ: '%s' is %.12g and "
                         "%.12g",
                         when, pairs[i].field, pairs[i].a, pairs[i].b);
    }
    return 0;
}

/* Sorts, leaves out what was not asked for, and what came twice. */
static int tidy_bars(struct kucoin_bars *s, struct kucoin_span span,
                     enum timeframe tf, struct error *err)
{
    size_t kept = 0;
    if (s->count)
        qsort(s->bars, s->count, sizeof(*s->bars), by_time);
    for (size_t i = 0; i < s->count; i++) {
        const struct bar *b = &s->bars[i];
        const struct bar *before = kept ? &s->bars[kept - 1] : NULL;
        if (b->open_ms < span.from_ms || bar_close_ms(b, tf) > span.until_ms) {
            s->outside++;
        } else if (!before || before->open_ms != b->open_ms) {
            s->bars[kept++] = *b;
        } else {
            if (compare_rows(before, b, err))
                return -1;
            s->repeated++;
        }
    }
    s->count = kept;
    return 0;
}

static int gather_rows(const struct plan *plan, size_t who, enum timeframe tf,
                       struct kucoin_rows *rows, struct error *err)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct call *call = &plan->calls[i];
        if (call->kind != CALL_CANDLES || call->who != who || call->tf != tf)
            continue;
        if (check_call(call, err) ||
            kucoin_candles_parse(body_of(call), tf, rows, err))
            return -1;
    }
    return 0;
}

/* A series with a page missing is not a series: one bad page fails it. */
static void take_series(const struct plan *plan, const struct kucoin_want *want,
                        size_t who, enum timeframe tf, struct kucoin_bars *out)
{
    struct kucoin_span span = want->span[tf];
    struct kucoin_rows rows = { 0 };
    if (span.from_ms >= span.until_ms)
        return;
    int rc = gather_rows(plan, who, tf, &rows, &out->err);
    out->bars = rows.bars;
    out->count = rows.count;
    out->idle = rows.idle;
    if (!rc && !tidy_bars(out, span, tf, &out->err)) {
        out->ok = true;
        return;
    }
    kucoin_rows_release(&rows);
    out->bars = NULL;
    out->count = 0;
    error_wrap(&out->err, "symbol '%s' %s", want->symbol, timeframe_name(tf));
}

static void take_fact(const struct call *call, const char *symbol,
                      struct kucoin_answer *a)
{
    if (call->kind == CALL_SYMBOL) {
        a->facts_ok = !check_call(call, &a->facts_err) &&
                      !kucoin_symbol_parse(body_of(call), symbol, &a->facts,
                                           &a->facts_err);
        if (!a->facts_ok)
            error_wrap(&a->facts_err, "symbol '%s' facts", symbol);
    } else if (call->kind == CALL_TICKER) {
        a->ticker_ok =
            !check_call(call, &a->ticker_err) &&
            !kucoin_ticker_parse(body_of(call), &a->ticker, &a->ticker_err);
        if (!a->ticker_ok)
            error_wrap(&a->ticker_err, "symbol '%s' ticker", symbol);
    }
}

static void refuse_symbol(const struct kucoin_want *want,
                          struct kucoin_answer *a)
{
    struct error err;
    error_set(&err, FAULT_CONFIG, "symbol '%.40s': not of the form 'BTC-USDT'",
              want->symbol);
    a->facts_err = a->ticker_err = err;
    for (int tf = 0; tf < TF_COUNT; tf++)
        a->series[tf].err = err;
}

int kucoin_fetch(struct kucoin *k, const struct kucoin_want *wants, size_t n,
                 struct kucoin_answer *answers, int64_t deadline_ms,
                 struct error *err)
{
    struct plan plan = { 0 };
    for (size_t i = 0; i < n; i++)
        answers[i] = (struct kucoin_answer){ 0 };
    plan_wants(&plan, wants, n);
    int rc = plan_run(k, &plan, wants, deadline_ms, err);
    for (size_t i = 0; !rc && i < plan.count; i++) {
        const struct call *call = &plan.calls[i];
        take_fact(call, wants[call->who].symbol, &answers[call->who]);
    }
    for (size_t i = 0; !rc && i < n; i++) {
        if (!is_symbol(wants[i].symbol)) {
            refuse_symbol(&wants[i], &answers[i]);
            continue;
        }
        for (int tf = 0; tf < TF_COUNT; tf++)
            take_series(&plan, &wants[i], i, (enum timeframe)tf,
                        &answers[i].series[tf]);
    }
    plan_release(&plan);
    return rc;
}

void kucoin_answer_release(struct kucoin_answer *answer)
{
    for (int tf = 0; answer && tf < TF_COUNT; tf++) {
        free(answer->series[tf].bars);
        answer->series[tf].bars = NULL;
        answer->series[tf].count = 0;
    }
}
