/* gridwatch kpi: the figures, and what is told of them to people. */
#include "cli/kpi_record.h"
#include "cli/kpi_room.h"
#include "cli/kpi_screen.h"

/* The continuation's money is nowhere: neither is it still to come. */
static void drop_regret(struct kpi_result *r)
{
    *r = (struct kpi_result){ .value = value_none(VALUE_UNAVAILABLE),
                              .lo = value_none(VALUE_NOT_IDENTIFIED),
                              .hi = value_none(VALUE_NOT_IDENTIFIED),
                              .deff = value_none(VALUE_NOT_IDENTIFIED),
                              .undefined = r->n + r->undefined + r->pending };
}

void kpi_record_judge(const struct kpi_record *k,
                      struct kpi_result out[LIFE_SIDES][KPI_COUNT])
{
    struct kpi_room room = kpi_room_new(k->life_count, KPI_DRAWS);

    for (int side = 0; side < LIFE_SIDES; side++) {
        const struct kpi_ask ask = { k->lives, k->life_count,
                                     (enum life_side)side, KPI_DRAWS,
                                     KPI_SEED };
        kpi_all(&ask, &room, out[side]);
        drop_regret(&out[side][KPI_REGRET]);
    }
    kpi_room_release(&room);
}

static void put_service(const struct kpi_record *k, struct text *out)
{
    text_puts(out, "\nthe service\n");
    for (int i = 0; i < SERVICE_COUNT; i++) {
        const struct kpi_result r = kpi_service_result(&k->service[i]);
        text_printf(out, "%-20s ", kpi_service_table[i].name);
        if (value_usable(r.value))
            text_printf(out, "%.3f", r.value.v);
        else
            text_puts(out, value_status_name(r.value.status));
        if (value_usable(r.lo))
            text_printf(out, " [%.3f, %.3f]", r.lo.v, r.hi.v);
        text_printf(out, ", n %zu", r.n);
        if (r.pending)
            text_printf(out, ", %zu without an answer", r.pending);
        text_printf(out, ": %s\n", kpi_service_table[i].meaning);
    }
}

static void put_missing(const struct kpi_record *k, struct text *out)
{
    double is = 0, due = 0;
    const struct kpi_cases *c = &k->service[SERVICE_RECORDED];

    for (size_t i = 0; i < c->count; i++) {
        is += c->list[i].num;
        due += c->list[i].den;
    }
    if (is < due)
        text_printf(out, "%.0f of %.0f due slots are not recorded\n", due - is,
                    due);
    if (k->changed)
        text_printf(out,
                    "%zu left out: range, stop or capital were changed while "
                    "the grid ran\n",
                    k->changed);
    if (k->without_bars)
        text_printf(out, "%zu left out: no bar is recorded after the start\n",
                    k->without_bars);
}

void kpi_record_screen(const struct kpi_record *k, struct text *out)
{
    struct kpi_result result[LIFE_SIDES][KPI_COUNT];

    text_printf(out, "%zu lives of %zu grids; intervals are 95 %%\n",
                k->life_count, k->grids);
    put_missing(k, out);
    if (!k->life_count)
        text_puts(out, "no life of a grid is recorded: there is nothing to "
                       "judge\n");
    kpi_record_judge(k, result);
    text_puts(out, "\nboth sides\n");
    kpi_screen(result[LIFE_BOTH], out);
    text_puts(out, "\ndownward only\n");
    kpi_screen(result[LIFE_DOWN], out);
    text_printf(out, "regret: %s\n", KPI_NO_REGRET);
    put_service(k, out);
}
