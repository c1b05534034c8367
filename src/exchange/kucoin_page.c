#include "exchange/kucoin_page.h"

#include "exchange/kucoin_plain.h"
#include "sys/xmalloc.h"

/* Pages are held until the last of a run is there. */
static void give_back_room(struct kucoin_rows *rows)
{
    if (rows->count == rows->room)
        return;
    if (!rows->count) {
        size_t idle = rows->idle;
        kucoin_rows_release(rows);
        rows->idle = idle;
        return;
    }
    rows->bars = xrealloc(rows->bars, rows->count, sizeof(*rows->bars));
    rows->room = rows->count;
}

void kucoin_page_read(struct kucoin_body body, enum timeframe tf,
                      struct kucoin_page *page)
{
    *page = (struct kucoin_page){ 0 };
    if (kucoin_plain_parse(body, tf, &page->rows)) {
        page->envelope = (struct kucoin_envelope){ .is_json = true,
                                                   .success = true,
                                                   .code = "200000" };
    } else if (kucoin_candles_parse(body, tf, &page->envelope, &page->rows,
                                    &page->err)) {
        kucoin_rows_release(&page->rows);
        return;
    }
    give_back_room(&page->rows);
}

void kucoin_page_release(struct kucoin_page *page)
{
    kucoin_rows_release(&page->rows);
}
