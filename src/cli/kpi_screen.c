#include "cli/kpi_screen.h"

#include <math.h>
#include <stdio.h>

#define CELL 32

/* Three decimals below ten, one from there on. */
static const char *cell(struct value x, char out[CELL])
{
    if (!value_usable(x))
        return "-";
    snprintf(out, CELL, fabs(x.v) < 9.9995 ? "%.3f" : "%.1f", x.v);
    return out;
}

static const char *verdict(enum kpi_id id, const struct kpi_result *r)
{
    struct kpi_reached reached = kpi_reached(id, r);
    if (reached.value == ANSWER_NOT_APPLICABLE)
        return "";
    if (reached.value == ANSWER_UNKNOWN)
        return " unknown";
    if (reached.value == ANSWER_NO)
        return " not reached";
    return reached.shown == ANSWER_YES ? " shown" : " reached, not shown";
}

/* What is reached and not shown yet may only lack cases. */
static void put_needed(enum kpi_id id, const struct kpi_result *r,
                       struct text *out)
{
    struct kpi_reached reached = kpi_reached(id, r);
    double needed = kpi_needed(id, r);

    if (reached.value == ANSWER_YES && reached.shown != ANSWER_YES &&
        !isnan(needed))
        text_printf(out, ": needs n %.0f", needed);
}

static void put_row(enum kpi_id id, const struct kpi_result *r,
                    struct text *out)
{
    static const char *const sign[] = { "", ">=", "<=" };
    const struct kpi *k = &kpi_table[id];
    char value[CELL], lo[CELL], hi[CELL], aim[CELL] = "";

    if (k->sense != KPI_SHOWN)
        snprintf(aim, sizeof(aim), "%s %.2f", sign[k->sense], k->aim);
    text_printf(out, "%-20s %9s %9s %9s %7zu %9zu %7zu  %s%s", k->name,
                cell(r->value, value), cell(r->lo, lo), cell(r->hi, hi), r->n,
                r->undefined, r->pending, aim, verdict(id, r));
    put_needed(id, r, out);
    text_puts(out, "\n");
}

void kpi_screen(const struct kpi_result results[KPI_COUNT], struct text *out)
{
    text_printf(out, "%-20s %9s %9s %9s %7s %9s %7s  %s\n", "KPI", "value",
                "lo", "hi", "n", "undefined", "pending", "aim");
    for (int i = 0; i < KPI_COUNT; i++)
        put_row((enum kpi_id)i, &results[i], out);
}
