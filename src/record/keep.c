#include "record/keep.h"

#include "base/array.h"
#include "record/tables.h"

/* The decimals of the books and where their texts stand. */
static const struct {
    const char *name;
    size_t at, text;
} decimals[] = {
#define DECIMAL(member)                                                        \
    {                                                                          \
#member, offsetof(struct books, member),                               \
            offsetof(struct recorded_holding, member)                          \
    }
    DECIMAL(base),     DECIMAL(cash), DECIMAL(cost),
    DECIMAL(realised), DECIMAL(fees), DECIMAL(other_fees),
#undef DECIMAL
};

void state_document_keep(struct state_document *d, const struct holding *h)
{
    d->holding = *h;
    for (size_t i = 0; i < ARRAY_LEN(decimals); i++)
        decimal_format(
            *(const struct decimal *)((const char *)&h->books + decimals[i].at),
            (char *)&d->texts + decimals[i].text);
    d->texts.cells[0] = '\0';
    if (h->shadow.begun)
        shadow_cells_format(&h->shadow, d->texts.cells, sizeof(d->texts.cells));
}

int state_document_holding(const struct state_document *d, const struct grid *g,
                           struct holding *out, struct error *err)
{
    *out = d->holding;
    if (!out->booked) { /* a map that is not there leaves no zeros behind */
        const struct holding fresh = holding_new();
        out->books = fresh.books;
        out->books_peak = fresh.books_peak;
        out->fills_until_ms = fresh.fills_until_ms;
    }
    if (!out->shadow.begun)
        out->shadow = (struct shadow){ 0 };
    for (size_t i = 0; out->booked && i < ARRAY_LEN(decimals); i++) {
        const char *text = (const char *)&d->texts + decimals[i].text;
        if (!decimal_parse(
                text, (struct decimal *)((char *)&out->books + decimals[i].at)))
            return error_set(err, FAULT_DATA,
                             "holding.books.%s: '%s' is not a decimal that can "
                             "be kept",
                             decimals[i].name, text);
    }
    if (!out->shadow.begun)
        return 0;
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
