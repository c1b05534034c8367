#include "cli/evaluations.h"

#include "base/moment.h"
#include "record/fill.h"
#include "record/record.h"

int evaluations_add(struct text *out, const char *source,
                    const struct evaluation *e, const struct grid *grid,
                    const struct exit_config *exits, struct error *err)
{
    const struct position position = position_none("not written");
    const struct risk risk = { 0 };
    struct exit_document d = { 0 };
    char slot[MOMENT_TEXT];

    moment_format(e->slot_ms, slot);
    exit_document_fill(&d, e, grid, exits, &position, &risk);
    if (text_printf(out, "--- # %s %s %s\n", source, e->grid, slot))
        return error_set(err, FAULT_DATA, "more evaluations than %zu bytes",
                         out->max);
    return evaluation_render(&d, out, err);
}
