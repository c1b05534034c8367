/* exchange/kucoin_reader.h - one list of an account, page after page.
 *
 * A reader asks for a page, takes it, and says whether it wants another. All
 * readers go on at once: the pages of a round go out together. One that fails
 * keeps its error and what it has is not to be used. For kucoin_account.c only.
 *
 * Numbered pages (orders, stops, sub-accounts) are read up to the last; when
 * rows came or went meanwhile, which the counts give away, all pages are read
 * again, and after three times the list is refused: half an order book is none.
 *
 * Fills are read backwards in windows of 7 days, the most that the exchange
 * takes, each with a cursor from its newest fill to its oldest.
 */
#ifndef EXCHANGE_KUCOIN_READER_H
#define EXCHANGE_KUCOIN_READER_H

#include "exchange/kucoin_private_json.h"
#include "exchange/kucoin_signed.h"

struct reader;

struct reader_kind {
    enum kucoin_endpoint endpoint;
    const char *noun; /* in errors */
    void (*ask)(struct reader *r);
    /* 1: another page; 0: that was all; -1: r->err says why not. */
    int (*take)(struct reader *r, struct kucoin_body body);
};
extern const struct reader_kind read_balances, read_sub_list, read_sub,
    read_open_orders, read_stop_orders, read_fills;

/* Of fills: from the newest window to the oldest. */
struct reader_walk {
    int64_t window_from_ms, window_until_ms;
    int windows;
    int64_t cursor; /* the id to go on from; 0: the window's newest */
    bool joined;    /* met a fill that is known already */
    bool reached;   /* the oldest window is read */
};

struct reader {
    const struct reader_kind *kind;
    struct kucoin_session *session;
    const struct kucoin_books_want *want; /* of orders, stops, fills */
    const char *sub_id;                   /* of a sub-account */
    bool ended;
    struct error err; /* FAULT_NONE when it ended well */
    struct kucoin_signed call;

    int64_t page;  /* of numbered pages, from 1 */
    int64_t total; /* rows that the first page promised */
    int rounds;    /* of all its pages */
    int pages;     /* asked for, of fills */
    struct reader_walk walk;

    /* What is read; owned, reader_release() drops it. */
    struct kucoin_orders orders;
    struct kucoin_fills fills;
    struct kucoin_sub_names names;
    struct kucoin_balance *balances; /* borrowed, KUCOIN_BALANCES of them */
    size_t balance_count;
    struct kucoin_sub *sub; /* borrowed */
};

/* Zeroed but for `kind` and what it needs. -1 when nothing was sent. */
int readers_run(struct reader *readers, size_t n, struct error *err);
void reader_release(struct reader *r);

/* Of fills that were read: may there be older ones that are wanted? `now_ms` on
 * the exchange's clock. */
bool read_fills_cut(const struct reader *r, int64_t now_ms);

#endif
