#include "cli/offer.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"

size_t offer_metrics(enum gate_theme theme, const enum metric_id **out)
{
    static const enum metric_id energy[] = { METRIC_ADX_1H, METRIC_ADX_4H,
                                             METRIC_Z_SLOPE_1H,
                                             METRIC_ER24_1H };
    static const enum metric_id reversion[] = { METRIC_RHO1_1H,
                                                METRIC_HALF_LIFE_1H,
                                                METRIC_T_DF_200_1H };
    static const enum metric_id volatility[] = {
        METRIC_ATR_1H, METRIC_VER_1H, METRIC_ATR_4H,     METRIC_VER_4H,
        METRIC_BBW_1H, METRIC_BBW_4H, METRIC_BBW_PCT_1H,
    };
    static const struct {
        const enum metric_id *ids;
        size_t count;
    } themes[GATE_THEMES] = {
        [THEME_ENERGY] = { energy, ARRAY_LEN(energy) },
        [THEME_REVERSION] = { reversion, ARRAY_LEN(reversion) },
        [THEME_VOLATILITY] = { volatility, ARRAY_LEN(volatility) },
    };
    *out = themes[theme].ids;
    return themes[theme].count;
}

void offer_day(const struct offer *o, enum metric_id id, double *low,
               double *high)
{
    *low = *high = NO_VALUE;
    for (int i = 0; i <= OFFER_HOURS; i++) {
        struct value x = o->day[i].values[id];
        if (!value_usable(x))
            continue;
        *low = fmin(*low, x.v); /* passes over a NaN */
        *high = fmax(*high, x.v);
    }
}

void offer_id(const struct offer *o, char id[GRID_ID_MAX])
{
    struct civil day = moment_civil(o->slot_ms);
    snprintf(id, GRID_ID_MAX, "%s-%02d%02d", o->p.grid.symbol, day.month % 100,
             day.day % 100);
    for (char *c = id; *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    }
}

/* In single quotes unless it is plain. */
static void put_word(const char *word, struct text *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_./,:=+-";
    if (word[0] && strspn(word, plain) == strlen(word)) {
        text_puts(out, word);
        return;
    }
    text_puts(out, "'");
    for (const char *c = word; *c; c++) {
        if (*c == '\'')
            text_puts(out, "'\\''");
        else
            text_append(out, c, 1);
    }
    text_puts(out, "'");
}

static void put_option(const char *name, const char *word, struct text *out)
{
    text_printf(out, " --%s ", name);
    put_word(word, out);
}

static void put_number(const char *name, double v, struct text *out)
{
    char text[NUMBER_TEXT];
    if (isnan(v))
        return;
    number_format(v, text);
    put_option(name, text, out);
}

static const char *side_word(enum grid_side side)
{
    return side == GRID_LONG    ? "long"
           : side == GRID_SHORT ? "short"
                                : "neutral";
}

void offer_command(const struct offer *o, struct text *out)
{
    const struct grid *g = &o->p.grid;
    bool above = isnan(g->stop.below);
    char id[GRID_ID_MAX];

    offer_id(o, id);
    text_puts(out, "gridwatch");
    if (o->config)
        put_option("config", o->config, out);
    if (o->exit_config)
        put_option("exit-config", o->exit_config, out);
    text_puts(out, " grid create ");
    put_word(id, out);
    put_option("symbol", g->symbol, out);
    put_option("side", side_word(g->side), out);
    put_number("lower", g->lower, out);
    put_number("upper", g->upper, out);
    put_number("stop", above ? g->stop.above : g->stop.below, out);
    text_printf(out, " --levels %lld --spacing geometric",
                (long long)g->levels);
    put_number("capital", g->capital, out);
}

void offer_remarks(const struct offer *o,
                   void (*put)(void *payload, const char *remark),
                   void *payload)
{
    const struct proposal *p = &o->p;
    char text[200], price[NUMBER_TEXT];

    if (!o->trading)
        put(payload, "the exchange has halted trading in this symbol");
    if (o->special_treatment)
        put(payload, "the exchange treats this symbol specially: it may be "
                     "delisted");
    if (!p->step_kept) {
        snprintf(text, sizeof(text),
                 "the range is narrow: even %d levels are only %.2f %% apart",
                 PROPOSE_LEVELS_LEAST, 100 * p->step);
        put(payload, text);
    }
    if (o->kappa < 4 || o->kappa > 6) {
        snprintf(text, sizeof(text),
                 "kappa %g: what is known of pi and stops was measured from "
                 "4 to 6",
                 o->kappa);
        put(payload, text);
    }
    if (!isnan(p->grid.stop.below) && !isnan(p->grid.stop.above)) {
        number_format(p->grid.stop.above, price);
        snprintf(text, sizeof(text),
                 "the command has one stop: add 'above: %s' to the grid's file",
                 price);
        put(payload, text);
    }
    if (o->tick_guessed)
        put(payload, "the price step of the symbol could not be had: prices "
                     "have six digits");
}
