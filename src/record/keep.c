#include "record/keep.h"

#include "base/array.h"
#include "base/moment.h"
#include "record/tables.h"

/* The decimals of the books and where their texts stand. */
static const struct {
    const char *name;
    size_t at, text;
} decimals[] = {
#define DECIMAL(member)                                                        \
    {                                                                          \
#member, offsetof(struct books, member),                               \
            offsetof(struct recorded_books, member)                            \
    }
    DECIMAL(base),     DECIMAL(cash), DECIMAL(cost),
    DECIMAL(realised), DECIMAL(fees), DECIMAL(other_fees),
#undef DECIMAL
};

static void keep_books(const struct books *b, struct recorded_books *texts)
{
    for (size_t i = 0; i < ARRAY_LEN(decimals); i++)
        decimal_format(
            *(const struct decimal *)((const char *)b + decimals[i].at),
            (char *)texts + decimals[i].text);
}

static int read_books(const struct recorded_books *texts, const char *where,
                      struct books *b, struct error *err)
{
    for (size_t i = 0; i < ARRAY_LEN(decimals); i++) {
        const char *text = (const char *)texts + decimals[i].text;
        if (!decimal_parse(text,
                           (struct decimal *)((char *)b + decimals[i].at)))
            return error_set(err, FAULT_DATA,
                             "holding.%s.%s: '%s' is not a decimal that can be "
                             "kept",
                             where, decimals[i].name, text);
    }
    return 0;
}

void state_document_keep(struct state_document *d, const struct holding *h)
{
    d->holding = *h;
    keep_books(&h->books, &d->texts.books);
    keep_books(&h->settled, &d->texts.settled);
    d->texts.cells[0] = '\0';
    if (h->shadow.begun)
        shadow_cells_format(&h->shadow, d->texts.cells, sizeof(d->texts.cells));
}

/* A map that is not there leaves no zeros behind. */
static int read_all_books(const struct state_document *d, struct holding *out,
                          struct error *err)
{
    if (!out->booked) {
        const struct holding fresh = holding_new();
        out->books = out->settled = fresh.books;
        out->books_peak = fresh.books_peak;
        out->fills_until_ms = fresh.fills_until_ms;
        out->unsettled = false;
        out->settled_sale = fresh.settled_sale;
        out->known_count = 0;
        return 0;
    }
    if (read_books(&d->texts.books, "books", &out->books, err))
        return -1;
    if (!out->unsettled) {
        out->settled = out->books;
        out->settled_sale = out->parting.sale;
        return 0;
    }
    if (read_books(&d->texts.settled, "books.settled", &out->settled, err))
        return -1;
    if (out->settled_sale.from_ms == MOMENT_NONE) /* or not kept, once */
        holding_infer_settled_sale(out);
    return 0;
}

int state_document_holding(const struct state_document *d, const struct grid *g,
                           struct holding *out, struct error *err)
{
    *out = d->holding;
    if (read_all_books(d, out, err))
        return -1;
    if (!out->shadow.begun) {
        out->shadow = (struct shadow){ 0 };
        return 0;
    }
    if (!shadow_cells_parse(d->texts.cells, out->shadow.count, &out->shadow))
        return error_set(err, FAULT_DATA,
                         "holding.shadow.cells: not the cells of %zu levels",
                         out->shadow.count);
    /* Of a grid that was changed the model goes no further: holding_walk(). */
    const char *why = NULL;
    if (out->print == holding_print(g) &&
        !shadow_lines(&out->shadow, g, &out->terms, &why))
        return error_set(err, FAULT_DATA, "holding.shadow: %s", why);
    return 0;
}
