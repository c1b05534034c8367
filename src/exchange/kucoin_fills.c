/* Fills, backwards: windows of 7 days, and pages within a window. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/moment.h"
#include "exchange/kucoin_reader.h"

#define FILLS_A_PAGE 100
#define PAGES_MAX    200 /* of one symbol: 20,000 fills */
#define WINDOWS_MAX  40  /* 280 days: nothing is kept longer */
#define WINDOW_MS    (7 * MS_PER_DAY)

static void open_window(struct reader *r, int64_t until_ms)
{
    int64_t from = until_ms - WINDOW_MS;
    r->walk.window_until_ms = until_ms;
    r->walk.window_from_ms =
        from > r->want->fills_from_ms ? from : r->want->fills_from_ms;
    r->walk.cursor = 0;
    r->walk.windows++;
}

static void ask_fills(struct reader *r)
{
    const struct reader_walk *w = &r->walk;
    if (!r->pages++)
        open_window(r, r->want->fills_until_ms);
    kucoin_signed_add(
        &r->call, "?symbol=%s&limit=%d&startAt=%" PRId64 "&endAt=%" PRId64,
        r->want->symbol, FILLS_A_PAGE, w->window_from_ms, w->window_until_ms);
    if (w->cursor)
        kucoin_signed_add(&r->call, "&lastId=%" PRId64, w->cursor);
}

/* What a page was good for. */
struct page_sight {
    size_t rows, known, within; /* known: entered before; within the window */
};

/* Keeps the rows behind `first` that are wanted. */
static struct page_sight sift(struct reader *r, size_t first)
{
    const struct kucoin_books_want *want = r->want;
    struct page_sight sight = { .rows = r->fills.count - first };
    size_t kept = first;
    for (size_t i = first; i < r->fills.count; i++) {
        struct fill f = r->fills.items[i];
        bool known = f.id <= want->after_id;
        sight.known += known;
        sight.within += f.at_ms >= r->walk.window_from_ms &&
                        f.at_ms <= r->walk.window_until_ms;
        if (!known && f.at_ms >= want->fills_from_ms &&
            f.at_ms < want->fills_until_ms)
            r->fills.items[kept++] = f;
    }
    r->fills.count = kept;
    return sight;
}

static int by_id(const void *left, const void *right)
{
    const struct fill *a = left;
    const struct fill *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

static int finish(struct reader *r)
{
    size_t kept = 0;
    struct fill *fills = r->fills.items;
    if (r->fills.count)
        qsort(fills, r->fills.count, sizeof(*fills), by_id);
    for (size_t i = 0; i < r->fills.count; i++)
        if (!kept || fills[kept - 1].id != fills[i].id)
            fills[kept++] = fills[i];
    r->fills.count = kept;
    return 0;
}

static int take_fills(struct reader *r, struct kucoin_body body)
{
    struct reader_walk *w = &r->walk;
    size_t first = r->fills.count;
    int64_t last_id;
    if (kucoin_fills_parse(body, r->want->symbol, &r->fills, &last_id, &r->err))
        return -1;
    struct page_sight sight = sift(r, first);
    bool full = sight.rows >= FILLS_A_PAGE && last_id && last_id != w->cursor;
    w->joined = w->joined || sight.known;
    if (sight.rows && sight.known == sight.rows)
        return finish(r); /* what is older was entered before */
    /* A page beside its window: the exchange has moved the window. */
    if (full && sight.within)
        w->cursor = last_id;
    else if (w->window_from_ms <= r->want->fills_from_ms)
        w->reached = true;
    else
        open_window(r, w->window_from_ms);
    bool more = !w->reached && r->pages < PAGES_MAX && w->windows < WINDOWS_MAX;
    return more ? 1 : finish(r);
}

const struct reader_kind read_fills = { KUCOIN_FILLS, "fills", ask_fills,
                                        take_fills };

/* The exchange does not say where its memory ends: it moves the window without
 * a word. A fill from beyond the 7 days that are documented, or one that is
 * known, shows that it does reach back. */
bool read_fills_cut(const struct reader *r, int64_t now_ms)
{
    int64_t sure_ms = now_ms - WINDOW_MS;
    if (r->walk.joined)
        return false;
    if (!r->walk.reached)
        return true;
    for (size_t i = 0; i < r->fills.count; i++)
        if (r->fills.items[i].at_ms < sure_ms)
            return false;
    return r->want->fills_from_ms < sure_ms;
}
