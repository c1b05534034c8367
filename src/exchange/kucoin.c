#include "exchange/kucoin.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "exchange/kucoin_plan.h"
#include "sys/xmalloc.h"

#define TIME_SAMPLES 3

void kucoin_init(struct kucoin *k, struct http_pool *pool,
                 const struct kucoin_options *options)
{
    *k = (struct kucoin){
        .pool = pool,
        .options = *options,
        .retry = { .classify = kucoin_classify,
                   .max_tries = options->max_tries,
                   .first_ms = options->backoff_ms,
                   .cap_ms = options->backoff_cap_ms,
                   .limited_ms = options->limited_ms },
    };
}

int kucoin_weight(const struct kucoin_want *wants, size_t n)
{
    struct kucoin_plan plan = { 0 };
    kucoin_plan_wants(&plan, wants, n);
    int weight = plan.weight;
    kucoin_plan_release(&plan);
    return weight;
}

static void take_time(const struct kucoin_call *call, struct kucoin_host *host)
{
    const struct http_reply *reply = &call->request.reply;
    int64_t trip = reply->received_ms - reply->sent_ms;
    struct error err = { 0 };
    int64_t server;
    if (kucoin_call_check(call, &err) ||
        kucoin_time_parse(kucoin_call_body(call), &server, &err)) {
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
    struct kucoin_plan plan = { 0 };
    *out = (struct kucoin_host){ .status.status = MARKET_STATUS_UNKNOWN };
    for (int i = 0; i < TIME_SAMPLES; i++)
        kucoin_plan_add(&plan, KUCOIN_TIME, 0);
    kucoin_plan_add(&plan, KUCOIN_STATUS, 0);
    int rc = kucoin_plan_run(&plan, k, NULL, deadline_ms, err);
    for (size_t i = 0; !rc && i < TIME_SAMPLES; i++)
        take_time(&plan.calls[i], out);
    const struct kucoin_call *status = &plan.calls[TIME_SAMPLES];
    if (!rc) {
        out->status_ok = !kucoin_call_check(status, &out->status_err) &&
                         !kucoin_status_parse(kucoin_call_body(status),
                                              &out->status, &out->status_err);
        if (!out->status_ok)
            error_wrap(&out->status_err, "exchange status");
    }
    kucoin_plan_release(&plan);
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

/* Moves the rows of a page behind those that are there. */
static void append_rows(struct kucoin_rows *rows, struct kucoin_rows *page)
{
    size_t count = rows->count + page->count;
    rows->idle += page->idle;
    if (page->count) {
        rows->bars = xrealloc(rows->bars, count, sizeof(*rows->bars));
        memcpy(rows->bars + rows->count, page->bars,
               page->count * sizeof(*rows->bars));
        rows->count = rows->room = count;
    }
    kucoin_rows_release(page);
}

static int gather_rows(struct kucoin_plan *plan, size_t who, enum timeframe tf,
                       struct kucoin_rows *rows, struct error *err)
{
    for (size_t i = 0; i < plan->count; i++) {
        struct kucoin_call *call = &plan->calls[i];
        if (call->kind != KUCOIN_CANDLES || call->who != who || call->tf != tf)
            continue;
        if (!call->taken)
            return kucoin_call_check(call, err);
        if (call->err.fault != FAULT_NONE) {
            *err = call->err;
            return -1;
        }
        append_rows(rows, &call->got.rows);
    }
    return 0;
}

/* A series with a page missing is not a series: one bad page fails it. */
static void take_series(struct kucoin_plan *plan,
                        const struct kucoin_want *want, size_t who,
                        enum timeframe tf, struct kucoin_bars *out)
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

static void take_fact(const struct kucoin_call *call, const char *symbol,
                      struct kucoin_answer *a)
{
    if (call->kind == KUCOIN_SYMBOL_FACTS) {
        a->facts_ok = !kucoin_call_check(call, &a->facts_err) &&
                      !kucoin_symbol_parse(kucoin_call_body(call), symbol,
                                           &a->facts, &a->facts_err);
        if (!a->facts_ok)
            error_wrap(&a->facts_err, "symbol '%s' facts", symbol);
    } else if (call->kind == KUCOIN_TICKER) {
        a->ticker_ok = !kucoin_call_check(call, &a->ticker_err) &&
                       !kucoin_ticker_parse(kucoin_call_body(call), &a->ticker,
                                            &a->ticker_err);
        if (!a->ticker_ok)
            error_wrap(&a->ticker_err, "symbol '%s' ticker", symbol);
    } else if (call->kind == KUCOIN_BOOK) {
        a->book_ok =
            !kucoin_call_check(call, &a->book_err) &&
            !kucoin_book_parse(kucoin_call_body(call), &a->book, &a->book_err);
        if (!a->book_ok)
            error_wrap(&a->book_err, "symbol '%s' order book", symbol);
    }
}

static void refuse_symbol(const struct kucoin_want *want,
                          struct kucoin_answer *a)
{
    struct error err;
    error_set(&err, FAULT_CONFIG, "symbol '%.40s': not of the form 'BTC-USDT'",
              want->symbol);
    a->facts_err = a->ticker_err = a->book_err = err;
    for (int tf = 0; tf < TF_COUNT; tf++)
        a->series[tf].err = err;
}

int kucoin_fetch(struct kucoin *k, const struct kucoin_want *wants, size_t n,
                 struct kucoin_answer *answers, int64_t deadline_ms,
                 struct error *err)
{
    struct kucoin_plan plan = { 0 };
    for (size_t i = 0; i < n; i++)
        answers[i] = (struct kucoin_answer){ 0 };
    kucoin_plan_wants(&plan, wants, n);
    int rc = kucoin_plan_run(&plan, k, wants, deadline_ms, err);
    for (size_t i = 0; !rc && i < plan.count; i++) {
        const struct kucoin_call *call = &plan.calls[i];
        take_fact(call, wants[call->who].symbol, &answers[call->who]);
    }
    for (size_t i = 0; !rc && i < n; i++) {
        if (!kucoin_is_symbol(wants[i].symbol)) {
            refuse_symbol(&wants[i], &answers[i]);
            continue;
        }
        for (int tf = 0; tf < TF_COUNT; tf++)
            take_series(&plan, &wants[i], i, (enum timeframe)tf,
                        &answers[i].series[tf]);
    }
    kucoin_plan_release(&plan);
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
