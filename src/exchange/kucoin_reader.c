#include "exchange/kucoin_reader.h"

#include <inttypes.h>
#include <stdlib.h>

#include "sys/xmalloc.h"

#define ORDERS_A_PAGE 50  /* the most that the exchange gives */
#define STOPS_A_PAGE  100 /* 10 up to 500 */
#define SUBS_A_PAGE   100
#define ROUNDS_MAX    3
#define SUB_PAGES_MAX 10

static void ask_balances(struct reader *r)
{
    (void)r;
}

static int take_balances(struct reader *r, struct kucoin_body body)
{
    return kucoin_balances_parse(body, r->balances, KUCOIN_BALANCES,
                                 &r->balance_count, &r->err);
}

static void ask_sub(struct reader *r)
{
    kucoin_signed_add(&r->call, "%s", r->sub_id);
}

static int take_sub(struct reader *r, struct kucoin_body body)
{
    return kucoin_sub_parse(body, r->sub, &r->err);
}

/* A page of `rows` in all so far. The list is whole when the last page is in
 * and as many rows came as each page promised. */
static int next_page(struct reader *r, struct kucoin_paging paging,
                     int64_t rows, int64_t pages_max)
{
    if (r->page == 1)
        r->total = paging.total;
    if (paging.pages > pages_max)
        return error_set(&r->err, FAULT_DATA,
                         "%" PRId64 " pages, and no more than %" PRId64
                         " are read",
                         paging.pages, pages_max);
    bool moved = paging.total != r->total;
    if (!moved && r->page < paging.pages) {
        r->page++;
        return 1;
    }
    if (!moved && rows == r->total)
        return 0;
    if (++r->rounds == ROUNDS_MAX)
        return error_set(&r->err, FAULT_TRANSIENT,
                         "it changes while it is read: %" PRId64
                         " rows of %" PRId64 ", read %d times",
                         rows, paging.total, ROUNDS_MAX);
    r->page = 0;
    return 1;
}

/* Begins with the first page, the first time or again. */
static void start_page(struct reader *r)
{
    if (r->page)
        return;
    r->page = 1;
    r->orders.count = r->orders.triggered = r->names.count = 0;
}

static void ask_sub_list(struct reader *r)
{
    start_page(r);
    kucoin_signed_add(&r->call, "?currentPage=%" PRId64 "&pageSize=%d", r->page,
                      SUBS_A_PAGE);
}

static int take_sub_list(struct reader *r, struct kucoin_body body)
{
    struct kucoin_paging paging;
    if (kucoin_sub_names_parse(body, &r->names, &paging, &r->err))
        return -1;
    return next_page(r, paging, (int64_t)r->names.count, SUB_PAGES_MAX);
}

static void ask_orders(struct reader *r)
{
    start_page(r);
    kucoin_signed_add(&r->call, "?symbol=%s&pageNum=%" PRId64 "&pageSize=%d",
                      r->want->symbol, r->page, ORDERS_A_PAGE);
}

static void ask_stops(struct reader *r)
{
    start_page(r);
    kucoin_signed_add(&r->call,
                      "?symbol=%s&currentPage=%" PRId64 "&pageSize=%d",
                      r->want->symbol, r->page, STOPS_A_PAGE);
}

static int orders_taken(struct reader *r, struct kucoin_paging paging)
{
    size_t rows = r->orders.count + r->orders.triggered;
    if (r->orders.count > KUCOIN_ORDERS_MAX)
        return error_set(&r->err, FAULT_DATA, "more than %d orders",
                         KUCOIN_ORDERS_MAX);
    return next_page(r, paging, (int64_t)rows,
                     KUCOIN_ORDERS_MAX / ORDERS_A_PAGE);
}

static int take_orders(struct reader *r, struct kucoin_body body)
{
    struct kucoin_paging paging;
    return kucoin_orders_parse(body, r->want->symbol, &r->orders, &paging,
                               &r->err)
               ? -1
               : orders_taken(r, paging);
}

static int take_stops(struct reader *r, struct kucoin_body body)
{
    struct kucoin_paging paging;
    return kucoin_stops_parse(body, r->want->symbol, &r->orders, &paging,
                              &r->err)
               ? -1
               : orders_taken(r, paging);
}

const struct reader_kind read_balances = { KUCOIN_ACCOUNTS, "balances",
                                           ask_balances, take_balances };
const struct reader_kind read_sub_list = { KUCOIN_SUB_LIST, "sub-accounts",
                                           ask_sub_list, take_sub_list };
const struct reader_kind read_sub = { KUCOIN_SUB_BALANCES, "sub-account",
                                      ask_sub, take_sub };
const struct reader_kind read_open_orders = { KUCOIN_OPEN_ORDERS, "open orders",
                                              ask_orders, take_orders };
const struct reader_kind read_stop_orders = { KUCOIN_STOP_ORDERS, "stop orders",
                                              ask_stops, take_stops };

static void take_reply(struct reader *r)
{
    int more = -1;
    if (!kucoin_signed_check(&r->call, &r->err))
        more = r->kind->take(r, kucoin_signed_body(&r->call));
    if (more < 0)
        error_wrap(&r->err, "%s", r->kind->noun);
    r->ended = more <= 0;
}

/* One page of each that has not ended. */
static int run_round(struct reader *readers, size_t n, bool *any,
                     struct error *err)
{
    struct kucoin_signed **calls = xcalloc(n, sizeof(*calls));
    size_t count = 0;
    int rc = 0;
    for (size_t i = 0; i < n; i++) {
        struct reader *r = &readers[i];
        if (r->ended)
            continue;
        kucoin_signed_init(&r->call, r->session, r->kind->endpoint);
        r->kind->ask(r);
        calls[count++] = &r->call;
    }
    *any = count > 0;
    if (count)
        rc = kucoin_signed_run(readers[0].session, calls, count, err);
    for (size_t i = 0; i < n; i++) {
        if (readers[i].ended)
            continue;
        if (!rc)
            take_reply(&readers[i]);
        kucoin_signed_release(&readers[i].call);
    }
    free(calls);
    return rc;
}

int readers_run(struct reader *readers, size_t n, struct error *err)
{
    bool any = true;
    while (any)
        if (run_round(readers, n, &any, err))
            return -1;
    return 0;
}

void reader_release(struct reader *r)
{
    free(r->orders.items);
    free(r->fills.items);
    free(r->names.items);
}
