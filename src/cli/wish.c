#include "cli/wish.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"

#define KAPPA_LEAST 1
#define KAPPA_MOST  20

/* An option of `grid` by its name: other words of it have more of them. */
static const char *own_option(const struct context *c, const char *name)
{
    const struct arg_table *table = &c->command->options;
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].name, name) == 0)
            return c->args->value[1][i];
    return NULL;
}

/* BASE-QUOTE in capitals and digits, as the exchange writes it. */
static bool is_symbol(const char *s)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t base = strspn(s, letters);
    size_t quote = s[base] == '-' ? strspn(s + base + 1, letters) : 0;
    return base && quote && !s[base + 1 + quote];
}

/* Options of other words say nothing here. */
static int refuse_others(const struct context *c, struct error *err)
{
    const struct arg_table *table = &c->command->options;
    for (size_t i = 0; i < table->count; i++) {
        if (c->args->value[1][i] &&
            !args_takes(WISH_TAKES, table->rows[i].name))
            return error_set(err, FAULT_USAGE, "'grid propose' takes no --%s",
                             table->rows[i].name);
    }
    return 0;
}

static int read_side(const struct context *c, struct grid *g, struct error *err)
{
    const char *side = own_option(c, "side");
    const char *market = own_option(c, "market");
    if (market && strcmp(market, "spot") != 0)
        return error_set(err, FAULT_USAGE,
                         "'grid propose' reads spot candles only");
    g->market = GRID_SPOT;
    if (!side || strcmp(side, "long") == 0)
        g->side = GRID_LONG;
    else if (strcmp(side, "short") == 0)
        g->side = GRID_SHORT;
    else if (strcmp(side, "neutral") == 0)
        g->side = GRID_NEUTRAL;
    else
        return error_set(err, FAULT_USAGE, "--side '%.40s' is not known", side);
    return 0;
}

static int read_numbers(const struct context *c, struct wish *w,
                        struct error *err)
{
    const char *kappa = own_option(c, "kappa");
    const char *capital = own_option(c, "capital");

    w->kappa = c->config->propose.kappa;
    if (kappa && (!number_parse(kappa, &w->kappa) || w->kappa < KAPPA_LEAST ||
                  w->kappa > KAPPA_MOST))
        return error_set(err, FAULT_USAGE,
                         "--kappa '%.40s' is not a number from %d to %d", kappa,
                         KAPPA_LEAST, KAPPA_MOST);
    w->grid.capital = NO_VALUE;
    if (capital &&
        (!number_parse(capital, &w->grid.capital) || w->grid.capital <= 0))
        return error_set(err, FAULT_USAGE,
                         "--capital '%.40s' is not a number above zero",
                         capital);
    return 0;
}

int wish_read(const struct context *c, struct wish *w, struct error *err)
{
    const char *symbol = c->args->word_count > 1 ? c->args->words[1] : NULL;
    struct grid *g = &w->grid;

    *g = (struct grid){ .started_at_ms = MOMENT_NONE,
                        .take_profit = NO_VALUE,
                        .stop = { NO_VALUE, NO_VALUE } };
    if (!symbol)
        return error_set(err, FAULT_USAGE,
                         "'grid propose' needs a symbol such as BTC-USDT");
    if (strlen(symbol) >= sizeof(g->symbol) || !is_symbol(symbol))
        return error_set(err, FAULT_USAGE,
                         "'%.40s' is not a symbol such as BTC-USDT", symbol);
    snprintf(g->symbol, sizeof(g->symbol), "%s", symbol);
    snprintf(g->quote, sizeof(g->quote), "%.15s", strchr(symbol, '-') + 1);
    snprintf(g->id, sizeof(g->id), "proposal");
    if (refuse_others(c, err) || read_side(c, g, err))
        return -1;
    return read_numbers(c, w, err);
}
