/* The books of a holding, from what the exchange lists. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/moment.h"
#include "position/holding.h"

int64_t holding_fills_from_ms(const struct holding *h, int64_t reach_ms)
{
    int64_t newest_ms =
        h->booked && h->settled.count ? h->settled.last_ms : h->life_ms;

    if (!h->booked || newest_ms >= reach_ms)
        return newest_ms;
    int64_t settled_ms = h->fills_until_ms - HOLDING_LATE_MS;
    return settled_ms > newest_ms ? settled_ms : newest_ms;
}

void holding_infer_settled_sale(struct holding *h)
{
    const struct parting_sale *sale = &h->parting.sale;

    h->settled_sale = parting_new().sale;
    if (sale->from_ms == MOMENT_NONE || isnan(sale->base) ||
        sale->from_ms > h->settled.last_ms)
        return;
    /* Nothing was bought since, so what is held less was sold since. Prices
     * are of all of them: the newer ones will be entered again. */
    h->settled_sale = *sale;
    h->settled_sale.until_ms = h->settled.last_ms;
    h->settled_sale.base -=
        decimal_double(decimal_sub(h->settled.base, h->books.base));
}

/* --- What is listed ------------------------------------------------------- */

/* Are they, by their times, in these books? */
static bool is_entered(const struct books *b, const struct fill *f)
{
    return f->at_ms < b->last_ms ||
           (f->at_ms == b->last_ms && f->id <= b->last_id);
}

/* The fills that are not settled, up to a time, and those of them that are
 * older than the last reading. */
struct open_fills {
    const struct fill *list;
    size_t count, older;
};

static struct open_fills open_fills(const struct holding *h,
                                    const struct fills_read *read,
                                    int64_t until_ms)
{
    struct open_fills open = { .list = read->list };
    const struct fill *end = read->list + read->count;

    while (open.list < end && is_entered(&h->settled, open.list))
        open.list++;
    for (const struct fill *f = open.list; f < end && f->at_ms < until_ms;
         f++) {
        open.count++;
        open.older += h->booked && f->at_ms < h->fills_until_ms;
    }
    return open;
}

/* How many of the older ones the last reading did not list; -1: one that it
 * listed is not there. Both are in one order, so each that is known is looked
 * for after the one before it. */
static int64_t count_late(const struct holding *h,
                          const struct open_fills *open)
{
    int64_t unnamed =
        h->books.count - h->settled.count - (int64_t)h->known_count;
    int64_t late = 0, before = 0;
    size_t k = 0;

    for (size_t i = 0; i < open->older; i++) {
        if (k < h->known_count && open->list[i].id == h->known[k].id)
            k++;
        else if (k == 0)
            before++;
        else
            late++;
    }
    /* Of those before the first that is known by its id, only the number. */
    return k < h->known_count || before < unnamed ? -1
                                                  : late + before - unnamed;
}

/* --- The books ------------------------------------------------------------ */

static bool enter(struct books *b, const struct grid *g, const struct fill *f,
                  const char **why)
{
    char base[SYMBOL_MAX] = "";
    const char *dash = strchr(g->symbol, '-');

    memcpy(base, g->symbol, strcspn(g->symbol, "-"));
    enum books_fault fault = books_enter(b, f, base, dash ? dash + 1 : "");
    if (fault == BOOKS_OK)
        return true;
    *why = books_fault_text(fault);
    return false;
}

/* The newest of the fills that may still get company. */
static void know(struct holding *h, const struct fill *list, size_t count)
{
    size_t skip = count > HOLDING_KNOWN_MAX ? count - HOLDING_KNOWN_MAX : 0;

    h->known_count = count - skip;
    for (size_t i = 0; i < h->known_count; i++)
        h->known[i].id = list[skip + i].id;
}

int64_t holding_book(struct holding *h, const struct grid *g,
                     const struct fills_read *read, int64_t until_ms,
                     const char **why)
{
    const struct open_fills open = open_fills(h, read, until_ms);
    struct books books = h->settled, settled = h->settled;
    struct parting_sale sale = h->settled_sale, settled_sale = sale;
    int64_t late = count_late(h, &open);
    size_t closed = 0; /* of the open ones: settled now */

    if (late < 0) {
        *why = "the account does not show every fill that its books know";
        return -1;
    }
    for (size_t i = 0; i < open.count; i++) {
        if (!enter(&books, g, &open.list[i], why))
            return -1;
        parting_enter(&sale, &open.list[i]);
        if (open.list[i].at_ms < until_ms - HOLDING_LATE_MS) {
            settled = books;
            settled_sale = sale;
            closed = i + 1;
        }
    }
    know(h, open.list + closed, open.count - closed);
    h->booked = true;
    h->books = books;
    h->settled = settled;
    h->unsettled = settled.count != books.count;
    h->settled_sale = settled_sale;
    h->parting.sale = sale;
    h->fills_until_ms = until_ms;
    return late;
}
