/* The proposal on one screen, for people. */
#include <stdio.h>

#include "base/moment.h"
#include "base/number.h"
#include "cli/offer.h"

static void put_share(struct text *out, const char *label, struct value x)
{
    if (value_usable(x))
        text_printf(out, "%s%.1f %%", label, 100 * x.v);
    else
        text_printf(out, "%s%s", label, value_status_name(x.status));
}

static void put_rounded(struct text *out, const char *label, struct value x,
                        const char *unit)
{
    if (value_usable(x))
        text_printf(out, "%s%.3g%s", label, x.v, unit);
    else
        text_printf(out, "%s%s", label, value_status_name(x.status));
}

/* "56460 (5.9 % below the close)" */
static void put_price(struct text *out, double price, double close)
{
    char text[NUMBER_TEXT];
    number_format(price, text);
    text_printf(out, "%s (%.1f %% %s)", text, 100 * fabs(price / close - 1),
                price < close ? "below" : "above");
}

static void put_range(const struct offer *o, struct text *out)
{
    const struct proposal *p = &o->p;
    const struct grid *g = &p->grid;

    text_puts(out, "  range     ");
    put_price(out, g->lower, p->close);
    text_puts(out, " to ");
    put_price(out, g->upper, p->close);
    text_printf(out,
                "\n            half-width %.2f %%: %.2f slow ATR(4h) of %.6g\n",
                100 * p->half_width, p->width_atr, p->slow_atr.v);
    text_printf(out,
                "  levels    %lld geometric, %.2f %% apart; %.2f %% after two "
                "fees of %g %%\n",
                (long long)g->levels, 100 * p->step, 100 * p->net_step,
                100 * o->fee);
    text_puts(out, "  stop      ");
    if (!isnan(g->stop.below))
        put_price(out, g->stop.below, p->close);
    if (!isnan(g->stop.below) && !isnan(g->stop.above))
        text_puts(out, " and ");
    if (!isnan(g->stop.above))
        put_price(out, g->stop.above, p->close);
    text_puts(out, "\n");
}

static void put_chances(const struct offer *o, struct text *out)
{
    const struct proposal *p = &o->p;
    put_share(out, "  pi        left within 24 h: ", p->pi_24);
    put_share(out, ", within 72 h: ", p->pi_72);
    put_rounded(out, "\n  lifetime  ", p->life_days, " days until it is left");
    put_rounded(out, ", with ", p->cycles_day, " cycles a day");
    text_puts(out, "; both of a random walk\n");
    if (value_usable(p->earn))
        text_printf(
            out,
            "            %+.2f %% of the capital earned by then; what the "
            "inventory loses is not in it\n",
            100 * p->earn.v);
    if (!isnan(p->grid.capital))
        text_printf(out, "  capital   %.6g %s, %.6g a level\n", p->grid.capital,
                    p->grid.quote, p->grid.capital / (double)p->grid.levels);
}

static void put_regime(const struct offer *o, struct text *out)
{
    const struct regime *r = &o->regime;
    text_printf(out, "  regime    %s", regime_label_name(r->pooled));
    if (r->reason[0])
        text_printf(out, ": %s", r->reason);
    for (int k = 0; k < CLASS_COUNT; k++)
        if (value_usable(r->p[k]))
            text_printf(
                out, "%s %s %.2f", k ? "," : ";",
                regime_label_name(regime_class_label((enum regime_class)k)),
                r->p[k].v);
    put_rounded(out, "\n  scores    trend ", o->scores_1h.t, "");
    put_rounded(out, ", mean reversion ", o->scores_1h.m, "");
    put_rounded(out, ", volatility ", o->scores_1h.v, "");
    text_puts(out, "; a random walk has 50, 50, 0\n");
}

static void put_cell(struct text *out, struct value x)
{
    if (value_usable(x))
        text_printf(out, " %10.4g", x.v);
    else
        text_printf(out, " %10.10s",
                    x.status == VALUE_NOT_IDENTIFIED
                        ? "none"
                        : value_status_name(x.status));
}

static void put_metric(const struct offer *o, enum metric_id id,
                       struct text *out)
{
    const struct metric *m = &metrics[id];
    struct value now = o->day[OFFER_HOURS].values[id];
    double low, high, percentile = metric_percentile(id, now);
    char name[32];

    offer_day(o, id, &low, &high);
    snprintf(name, sizeof(name), "%s %s", m->name, timeframe_name(m->tf));
    text_printf(out, "    %-14s", name);
    put_cell(out, now);
    put_cell(out, o->day[0].values[id]);
    if (isnan(low))
        text_printf(out, " %10s %10s", "", "");
    else
        text_printf(out, " %10.4g %10.4g", low, high);
    if (isnan(percentile))
        text_printf(out, "         %s\n", m->unit);
    else
        text_printf(out, "  %.3f  %s\n", percentile, m->unit);
}

static void put_check(const struct offer *o, enum gate_id id, struct text *out)
{
    static const char *const words[ANSWER_COUNT] = {
        [ANSWER_YES] = "pass",
        [ANSWER_NO] = "FAIL",
        [ANSWER_UNKNOWN] = "UNKNOWN",
        [ANSWER_NOT_APPLICABLE] = "-",
    };
    const struct gate_result *r = &o->p.gates.rows[id];
    const struct gate *g = &gate_table[id];

    if (r->pass == ANSWER_NOT_APPLICABLE)
        return;
    text_printf(out, "  %-8s%-10s %s: ", words[r->pass], g->id, g->meaning);
    if (value_usable(r->value))
        text_printf(out, "%.4g %s", r->value.v, g->unit);
    else if (r->pass == ANSWER_YES)
        text_puts(out, "none was seen");
    else
        text_puts(out, value_status_name(r->value.status));
    text_printf(out, ", %s %g\n", gate_sense(id), r->limit);
}

static void put_theme(const struct offer *o, enum gate_theme theme,
                      struct text *out)
{
    const enum metric_id *ids;
    size_t n = offer_metrics(theme, &ids);
    enum answer pass = gate_theme_pass(&o->p.gates, theme);

    text_printf(out, "\n%s: %s\n", gate_theme_text(theme),
                pass == ANSWER_NOT_APPLICABLE
                    ? "no gate of a first start asks; the figures"
                    : answer_name(pass));
    if (n)
        text_printf(out, "    %-14s %10s %10s %10s %10s  walks below\n", "",
                    "now", "a day ago", "lowest", "highest");
    for (size_t i = 0; i < n; i++)
        put_metric(o, ids[i], out);
    for (int i = 0; i < GATE_COUNT; i++)
        if (gate_table[i].theme == theme)
            put_check(o, (enum gate_id)i, out);
}

static void put_gates(const struct offer *o, struct text *out)
{
    int passed = 0, asked = 0;
    struct text shut = TEXT_INIT(100);

    for (int group = 1; group <= GATE_GROUPS; group++) {
        enum answer pass = gate_group_pass(&o->p.gates, group);
        if (pass == ANSWER_NOT_APPLICABLE)
            continue;
        asked++;
        passed += pass == ANSWER_YES;
        if (pass != ANSWER_YES)
            text_printf(&shut, "%sG%d", shut.len ? ", " : "", group);
    }
    text_printf(out, "\ngates: %d of %d pass", passed, asked);
    if (shut.len)
        text_printf(out, "; shut: %s. Not now", text_str(&shut));
    text_puts(out, " (G5 and G8 are asked of restarts)\n");
    text_release(&shut);
}

static void put_remark(void *payload, const char *remark)
{
    text_printf(payload, "note: %s\n", remark);
}

void offer_screen(const struct offer *o, struct text *out)
{
    char slot[MOMENT_TEXT], closed[MOMENT_TEXT], close[NUMBER_TEXT];

    moment_format(o->slot_ms, slot);
    moment_format(o->close_ms, closed);
    number_format(o->p.close, close);
    text_printf(out, "%s  %s at %s, slot %s\n", o->p.grid.symbol, close, closed,
                slot);
    put_range(o, out);
    put_chances(o, out);
    put_regime(o, out);
    for (int i = 0; i < GATE_THEMES; i++)
        put_theme(o, (enum gate_theme)i, out);
    put_gates(o, out);
    offer_remarks(o, put_remark, out);
    text_printf(out, "%s:\n  ",
                gates_open(&o->p.gates)
                    ? "once the bot runs, to have it watched"
                    : "if it is run all the same, to have it watched");
    offer_command(o, out);
    text_puts(out, "\n");
}
